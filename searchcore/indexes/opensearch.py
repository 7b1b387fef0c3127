"""The index in OpenSearch: Serverless (Classic, NextGen), a managed domain, or self-managed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, Literal

from searchcore.aws import AwsOptions
from searchcore.errors import SearchError
from searchcore.indexes.base import Facet, IndexInfo, NotStored, Record, VectorIndex
from searchcore.indexes.opensearch_bulk import Action, send
from searchcore.indexes.opensearch_client import Client
from searchcore.indexes.opensearch_fields import OwnFields, document, document_id
from searchcore.indexes.opensearch_filters import clause
from searchcore.indexes.opensearch_opening import Fields, mapping_of, opened, with_objects
from searchcore.indexes.opensearch_profiles import Profile, profile_named
from searchcore.indexes.opensearch_settling import PAGE, Settling
from searchcore.products import Product
from searchcore.query import Filters
from searchcore.results import Hit
from searchcore.vectors import Vectors, unit_row

WINDOW: Final = 10_000
"""Documents that one search reaches."""
POOL: Final = 100
"""Candidates that the graph is searched for at least: fewer cost recall."""
FACET_VALUES: Final = 1_000


class OpenSearchIndex(VectorIndex):
    """Keep an index in OpenSearch, or search one that is there already where `fields` names its fields."""

    def __init__(
        self,
        name: str,
        model_key: str,
        dimension: int,
        *,
        url: str,
        profile: str | Profile = "self-managed",
        engine: str = "",
        space: str = "",
        fields: Mapping[str, str] | None = None,
        region: str | None = None,
        aws_profile: str | None = None,
        ca_certs: str | None = None,
        make: bool = True,
    ) -> None:
        """Open the index, or make it unless told not to; raises NotFound, IndexRefused, SearchError."""
        chosen = profile_named(profile) if isinstance(profile, str) else profile
        self._profile = replace(chosen, engine=engine or chosen.engine, space=space or chosen.space)
        self._model_key, self._dimension = model_key, dimension
        self._client = Client(url, name, self._profile, AwsOptions(region=region, profile=aws_profile), ca_certs)
        self._fields: Fields
        self._fields, self._cosine = opened(self._client, model_key, dimension, fields, make)
        self._settling = Settling(self._client)
        self._unseen = False
        # OpenSearch counts no writes: those made elsewhere are known by the number of products alone.
        self._opening, self._writes, self._written = secrets.token_hex(4), 0, time.monotonic()

    def upsert(self, records: Sequence[Record]) -> None:
        with self._writing():
            self._upsert(records)

    def _upsert(self, records: Sequence[Record]) -> None:
        checked = {record.product.id: record.normalised(self._dimension) for record in records}
        if not checked:
            return
        if not self._fields.has_objects and any(record.object_vector is not None for record in checked.values()):
            self._fields = with_objects(self._client)
        own = self._profile.own_ids
        # Without ids of our own, what a product had before is removed after its new document is stored.
        before = {} if own else self._settling.documents(list(checked))
        if not own:
            self._settling.stamp(self._meta())
        self._unseen = self._profile.refreshes
        outcome = send(self._client, [
            Action.index(each, document(record), document_id(each) if own else None)
            for each, record in checked.items()
        ])  # fmt: skip
        if not own:
            self._settling.remember(outcome.done)
            self._settling.remove({each: before[each] for each, _ in outcome.done})
        if outcome.refused:
            raise NotStored(outcome.refused)

    def delete(self, ids: Sequence[str]) -> None:
        with self._writing():
            own = self._profile.own_ids
            found = {each: {document_id(each)} for each in ids} if own else self._settling.documents(list(ids))
            self._settling.remove(found)
            self._unseen = self._profile.refreshes

    def get(self, ids: Sequence[str]) -> list[Record]:
        found: dict[str, Record] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            body = {"query": {"terms": {self._fields.id_field: part}}, "size": WINDOW, "_source": True}
            for hit in self._search(body | self._newest_first()):
                record = self._fields.record(hit)
                found.setdefault(record.product.id, record)
        return [found[each] for each in ids if each in found]

    def count(self, filters: Filters | None = None) -> int:
        return self._counted(self._passing(filters))

    def facets(self, filters: Filters | None = None) -> list[Facet]:
        terms, numbers = self._fields.counted(mapping_of(self._client))
        order = [{"_count": "desc"}, {"_key": "asc"}]
        values = {f"t{name}": {"terms": {"field": field, "size": FACET_VALUES, "order": order}}
                  for name, field in terms.items()}  # fmt: skip
        spans = {f"{end}{name}": {end: {"field": field}} for name, field in numbers.items() for end in ("min", "max")}
        # OpenSearch takes no brackets in the name of an aggregation, and a field's name may hold anything.
        aliases = {key: f"a{number}" for number, key in enumerate((*values, *spans))}
        asked = {aliases[key]: what for key, what in (*values.items(), *spans.items())}
        got = self._reply({"size": 0, "query": self._passing(filters), "aggs": asked}).get("aggregations", {})
        found = []
        for name in sorted(terms.keys() | numbers.keys()):
            buckets = got[aliases[f"t{name}"]]["buckets"] if name in terms else []
            low, high = (got[aliases[f"{end}{name}"]]["value"] if name in numbers else None for end in ("min", "max"))
            if buckets or low is not None:
                found.append(Facet(name, tuple((each["key"], each["doc_count"]) for each in buckets), low, high))
        return found

    def search(self, vector: Vectors, k: int, filters: Filters | None = None) -> list[Hit]:
        query = [round(each, 7) for each in unit_row(vector, self._dimension).tolist()]
        passing = clause(filters, self._fields.term, self._fields.number)

        def asked(pool: int) -> dict[str, Any]:
            knn = {"vector": query, "k": pool, **({"filter": passing} if passing else {})}
            either = [{"knn": {field: knn}} for field in self._fields.vectors]
            return either[0] if len(either) == 1 else {"dis_max": {"queries": either}}

        return [
            Hit(self._fields.product(hit), self._cosine(score) if self._cosine else None, score)
            for hit, score in self._best(asked, k)
        ]

    def search_text(
        self, text: str, k: int, filters: Filters | None = None, match: Literal["any", "all"] = "any"
    ) -> list[Hit]:
        words = self._fields.words(text, match == "all")
        if words is None:
            return []
        passing = clause(filters, self._fields.term, self._fields.number)
        asked = {"bool": {"must": [words], "filter": [passing] if passing else []}}
        return [Hit(self._fields.product(hit), None, score) for hit, score in self._best(lambda pool: asked, k)]

    def browse(self, k: int, filters: Filters | None = None) -> list[Product]:
        if k < 1:
            return []
        if not self._fields.tie_breaks:
            return self._first(self._passing(filters), k)
        # Of one score for all, so that the ids alone order them.
        passing = {"constant_score": {"filter": self._passing(filters)}}
        return [self._fields.product(hit) for hit, _ in self._ranked(passing, k, k)]

    def with_id(self, text: str, k: int, filters: Filters | None = None) -> list[Product]:
        if k < 1 or not text:
            return []
        asked = {"bool": {"must": [self._fields.begins(text)], "filter": [self._passing(filters)]}}
        return [self._fields.product(hit) for hit, _ in self._ranked(asked, k, k)][:k]

    def hashes(self) -> dict[str, str]:
        if self._fields.read_only:
            raise _not_ours()
        if not self._profile.own_ids:
            self._settling.wait(self._meta())
        newest, older = dict[str, str](), dict[str, list[str]]()
        for hit in self._everything():
            product_id, content_hash = hit["_source"]["product_id"], hit["_source"]["content_hash"]
            if product_id in newest:
                older.setdefault(product_id, []).append(hit["_id"])
            newest.setdefault(product_id, content_hash)
        self._settling.remove(older)
        return newest

    def info(self) -> IndexInfo:
        if not (self._fields.has_objects or self._fields.read_only):
            # Another process may have given the index these fields: without them nothing is found by its object.
            self._fields = OwnFields(mapping_of(self._client)["properties"])
        notes = [self._profile.note] if self._profile.note else []
        if self._fields.read_only:
            notes.append("This index was made elsewhere: it is searched and never written.")
        if self._cosine is None:
            notes.append("Its scores are no cosines and not calibrated: they rank, and do not tell how alike.")
        return IndexInfo("opensearch", self._client.location, self._model_key, self._dimension, self.count(),
                         revision=self._revision, objects=self._count_objects(), notes=tuple(notes))  # fmt: skip

    def close(self) -> None:
        self._client.raw.close()

    def _best(self, asked: Callable[[int], Mapping[str, Any]], k: int) -> list[tuple[Mapping[str, Any], float]]:
        """Return the k best documents, ties by id, each product once.

        Which of equal scores a graph gives is chance: where the cut falls among equals, more are fetched until the
        scores fall.
        """
        if k < 1:
            return []
        k, pool = min(k, WINDOW), min(WINDOW, max(POOL, 2 * k))
        found = self._ranked(asked(pool), k + 1, k)
        while len(found) > k and found[k - 1][1] == found[k][1]:
            found = self._ranked(asked(pool), pool, k)
            if pool == WINDOW or len(found) < pool or found[-1][1] < found[k - 1][1]:
                break
            pool = min(WINDOW, 4 * pool)
        return found[:k]

    def _first(self, passing: Mapping[str, Any], k: int) -> list[Product]:
        """Return the first products by `_id`, which OpenSearch does not sort by: of the first 10,000 that it gives."""
        ids = sorted(hit["_id"] for hit in self._search({"query": passing, "size": WINDOW, "_source": False}))[:k]
        if not ids:
            return []
        body = {"query": {"ids": {"values": ids}}, "size": len(ids), "_source": self._shown}
        found = {hit["_id"]: self._fields.product(hit) for hit in self._search(body)}
        return [found[each] for each in ids if each in found]

    @property
    def _shown(self) -> Mapping[str, Any]:
        return {"includes": list(self._fields.shown), "excludes": list(self._fields.vectors)}

    def _ranked(self, query: Mapping[str, Any], size: int, k: int) -> list[tuple[Mapping[str, Any], float]]:
        # Sorting by the score, too, leaves `_score` out unless it is asked for.
        body = {"query": query, "size": min(size, WINDOW), "track_total_hits": False, "track_scores": True,
                "_source": self._shown,
                "sort": [{"_score": "desc"}, *self._fields.tie_breaks]}  # fmt: skip
        found = {hit["_id"]: (hit, float(hit["_score"])) for hit in reversed(self._search(body))}
        if self._profile.own_ids or self._fields.read_only:
            in_order = list(reversed(found.values()))
        else:
            once = {hit["sort"][1]: (hit, score) for hit, score in found.values()}
            in_order = list(reversed(once.values()))
        if not self._fields.tie_breaks:
            in_order.sort(key=lambda pair: (-pair[1], pair[0]["_id"]))
        return in_order

    def _count_objects(self) -> int:
        return self._counted({"term": {"object_sought": True}}) if self._fields.has_objects else 0

    def _counted(self, passing: Mapping[str, Any]) -> int:
        body = {"size": 0, "track_total_hits": True, "query": passing}
        return int(self._reply(body)["hits"]["total"]["value"])

    def _everything(self) -> Iterator[Mapping[str, Any]]:
        body: dict[str, Any] = {"size": 5_000, "_source": ["product_id", "content_hash"], **self._newest_first()}
        while hits := self._search(body):
            yield from hits
            body["search_after"] = hits[-1]["sort"]

    def _newest_first(self) -> dict[str, Any]:
        return {"sort": list(self._fields.tie_breaks)} if self._fields.tie_breaks else {}

    def _passing(self, filters: Filters | None) -> Mapping[str, Any]:
        return clause(filters, self._fields.term, self._fields.number) or {"match_all": {}}

    def _search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        hits: list[dict[str, Any]] = self._reply(body)["hits"]["hits"]
        return hits

    def _reply(self, body: dict[str, Any]) -> Any:
        if self._unseen:
            self._client.call("write", lambda raw: raw.indices.refresh(index=self._client.name))
            self._unseen = False
        return self._client.search(body)

    def _meta(self) -> Mapping[str, Any]:
        meta: Mapping[str, Any] = mapping_of(self._client).get("_meta", {})
        return meta

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._fields.read_only:
            raise _not_ours()
        try:
            yield
        finally:
            # Afterwards, and after a failure too: whoever read meanwhile has seen some of it at most.
            self._writes, self._written = self._writes + 1, time.monotonic()

    @property
    def _revision(self) -> str:
        seen_late = self._writes > 0 and 0 < self._profile.visible_after < time.monotonic() - self._written
        return f"{self._opening}-{self._writes}{'-visible' * seen_late}"


def _not_ours() -> SearchError:
    return SearchError(
        "This index was made elsewhere: Loupe searches it and does not write to it.",
        "Leave `fields` out and choose another name: then Loupe makes an index of its own.",
    )
