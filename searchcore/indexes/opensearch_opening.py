"""Opening an index: made where it is not there, refused where it belongs to another model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

import numpy as np
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from searchcore.errors import IndexRefused, NotFound
from searchcore.indexes.base import Record
from searchcore.indexes.opensearch_client import Client
from searchcore.indexes.opensearch_errors import status_of, translated
from searchcore.indexes.opensearch_existing import ExistingFields
from searchcore.indexes.opensearch_fields import FORMAT, OwnFields, definition, object_properties
from searchcore.indexes.opensearch_scores import Calibration, calibration
from searchcore.products import Product

_PATIENCE: Final = 6


class Fields(Protocol):
    """Say which field of an index holds what."""

    @property
    def vectors(self) -> tuple[str, ...]: ...
    @property
    def has_objects(self) -> bool: ...
    @property
    def shown(self) -> Any: ...
    @property
    def tie_breaks(self) -> Any: ...
    @property
    def read_only(self) -> bool: ...
    @property
    def id_field(self) -> str: ...

    def term(self, name: str) -> str: ...
    def number(self, name: str) -> str: ...
    def counted(self, mapping: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]: ...
    def words(self, text: str, every: bool) -> dict[str, Any] | None: ...
    def begins(self, text: str) -> dict[str, Any]: ...
    def product(self, hit: Mapping[str, Any]) -> Product: ...
    def record(self, hit: Mapping[str, Any]) -> Record: ...


def opened(
    client: Client, model_key: str, dimension: int, fields: Mapping[str, str] | None, make: bool = True
) -> tuple[Fields, Calibration | None]:
    """Return the fields of the index and what turns its scores into cosines; raises IndexRefused, SearchError.

    Where there is none it is made, or NotFound raised unless told to `make` it.
    """
    try:
        mapping = mapping_of(client, missing_ok=not fields)
    except NotFoundError:
        if not make:
            raise NotFound(f"There is no index “{client.name}” yet.", "Ingest the catalogue.") from None
        _make(client, model_key, dimension)
        mapping = mapping_of(client)
    meta = mapping.get("_meta", {})
    if fields:
        existing = ExistingFields(fields, mapping, client.name)
        _check(client.name, {"dimension": existing.vector_field.get("dimension", dimension), **_made_with(meta)},
               {"dimension": dimension, "model": model_key})  # fmt: skip
        return existing, _calibrated(client, existing)
    if "model_key" not in meta:
        raise IndexRefused(
            f"The index “{client.name}” was not made by Loupe.",
            "Name its fields as `fields` to search it, or choose another name.",
        )
    if meta.get("format", FORMAT) > FORMAT:
        raise IndexRefused(
            f"The index “{client.name}” has format {meta['format']}; this release reads up to {FORMAT}.",
            "Use the newer release that wrote it, or choose another name.",
        )
    _check(client.name, _made_with(meta), {"model": model_key, "dimension": dimension})
    method = mapping["properties"]["vector"].get("method", {})
    space = method.get("space_type") or mapping["properties"]["vector"].get("space_type") or client.profile.space
    return OwnFields(mapping["properties"]), calibration(space, method.get("engine", ""), (2, 19))


def with_objects(client: Client) -> OwnFields:
    """Give an index of an earlier release the fields about objects, found as its vectors are; raises SearchError."""
    properties = mapping_of(client)["properties"]
    # Another process may have been first.
    if "object_vector" not in properties:
        properties = object_properties(properties["vector"])
        client.call("write", lambda raw: raw.indices.put_mapping(index=client.name, body={"properties": properties}))
    return OwnFields(properties)


def mapping_of(client: Client, missing_ok: bool = False) -> Mapping[str, Any]:
    """Return the mapping of the index; raises SearchError, NotFoundError only where that is `missing_ok`."""
    try:
        found = client.attempt(lambda raw: raw.indices.get_mapping(index=client.name))
    except OpenSearchException as error:
        if missing_ok and isinstance(error, NotFoundError):
            raise
        raise translated(error, "look", client.name, client.profile) from None
    # An alias answers under the name of the index behind it.
    mapping: Mapping[str, Any] = next(iter(found.values()))["mappings"]
    return mapping


def _make(client: Client, model_key: str, dimension: int) -> None:
    body = definition(client.profile, model_key, dimension)
    try:
        client.attempt(lambda raw: raw.indices.create(index=client.name, body=body))
    except OpenSearchException as error:
        if "resource_already_exists" not in str(error):
            raise translated(error, "create", client.name, client.profile) from None
    for attempt in range(1, _PATIENCE):
        # A new index of Serverless is not there for everybody at once.
        try:
            client.raw.search(index=client.name, body={"size": 0})
            return
        except OpenSearchException as error:
            if status_of(error) not in (404, 503):
                raise translated(error, "search", client.name, client.profile) from None
            client.pause(attempt)
    raise IndexRefused(f"The index “{client.name}” does not become ready.", "Try again in a minute.")


def _made_with(meta: Mapping[str, Any]) -> dict[str, Any]:
    named = {"model": meta.get("model_key"), "dimension": meta.get("dimension")}
    return {name: value for name, value in named.items() if value is not None}


def _check(index: str, made: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    for name, value in made.items():
        if str(value) != str(wanted[name]):
            raise IndexRefused(
                f"The index “{index}” was made with {'the ' * (name == 'model')}{name} {value}; "
                f"this pipeline has {wanted[name]}.",
                "Use the pipeline that made it, or choose another name and ingest the catalogue.",
            )


def _calibrated(client: Client, fields: ExistingFields) -> Calibration | None:
    field = fields.vector_field
    method = field.get("method", {})
    if field.get("data_type", "float") != "float" or "model_id" in field:
        return None
    version = client.version()
    engine = method.get("engine") or ("nmslib" if version < (2, 18) else "faiss")
    space = method.get("space_type") or field.get("space_type") or "l2"
    return calibration(space, engine, version, _are_unit(client, fields.vector))


def _are_unit(client: Client, vector: str) -> bool:
    """Tell by a handful of documents whether the stored vectors have length 1."""
    hits = client.search({"size": 10, "_source": True, "query": {"exists": {"field": vector}}})["hits"]["hits"]
    found = [hit["_source"][vector] for hit in hits if vector in hit.get("_source", {})]
    return bool(found) and bool(np.allclose(np.linalg.norm(np.asarray(found, dtype=np.float64), axis=1), 1, atol=1e-3))
