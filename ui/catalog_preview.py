"""The last look before loading: into which catalogue, what would be done there, at what cost."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import streamlit as st

from searchcore import Picture, SearchError
from searchcore.catalogues import SAMPLE
from searchcore.indexes.base import VectorIndex
from searchcore.ingest import DroppedFiles, IngestOptions, Item, Plan, Source, plan
from searchcore.ingest.web import Fetcher
from searchcore.labelling import nameless
from searchcore.pipelines import make_detector, make_embedder
from searchcore.rebuild import is_outdated, old_index, plan_rebuild
from ui import format
from ui.catalog_jobs import Load, begin
from ui.catalog_name import suggested_name
from ui.catalog_report import failures
from ui.catalog_state import Draft, look, own_catalogues, show_catalogue
from ui.engines import assembled, catalogues, is_begun, settings
from ui.grid import Card, gallery
from ui.plain import plain

_NEW = "A new catalogue"
_SHOWN = 4


def target_and_preview(draft: Draft, columns: Mapping[str, str]) -> None:
    """Ask where to load to, show what that would do, and offer the loading."""
    st.subheader("Into which catalogue?", anchor=False)
    catalogue, pipelines = _catalogue(draft), _pipelines()
    if not catalogue or not pipelines:
        return
    try:
        settings().on(catalogue)
        if catalogue == SAMPLE:
            raise SearchError("The sample catalogue is not overwritten.", "Choose another name.")
        objects = _objects(draft, catalogue, pipelines)
        wanted = (tuple(sorted(columns.items())), catalogue, tuple(pipelines), objects)
        if draft.checked != wanted:
            st.button(
                "Check what would be loaded", type="primary", key="check", icon=":material/fact_check:",
                on_click=lambda: st.session_state.update(checking=True),
            )  # fmt: skip
            if not st.session_state.pop("checking", False):
                return
            draft = _planned(draft, columns, catalogue, pipelines, objects)
            draft = replace(draft, columns=columns, checked=wanted)
            st.session_state["draft"] = draft
            st.rerun()
        _preview(draft, catalogue, objects)
    except SearchError as error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")


def _catalogue(draft: Draft) -> str:
    own, (left, right) = own_catalogues(), st.columns(2)
    if own:
        options, shown = [_NEW, *own], look().catalogue
        usual = options.index(shown) if shown in own else 0
        chosen = left.selectbox("Catalogue", options, usual, key=f"target-{draft.token}", persist_state="session")
        if chosen != _NEW:
            return str(chosen)
    name = (right if own else left).text_input(
        "Name of the new catalogue", suggested_name(draft.label), key=f"name-{draft.token}", persist_state="session",
        help="Small letters, digits, - and _.",
    ).strip()  # fmt: skip
    if name in catalogues():
        st.caption(plain(f"There is a catalogue “{name}”: the products are added to it."))
    return name


def _pipelines() -> list[str]:
    names = settings().pipeline_names
    if len(names) < 2:
        return list(names)
    return st.pills(
        "Pipelines", names, selection_mode="multi", default=settings().default_pipeline, key="add-pipelines"
    )


def _objects(draft: Draft, catalogue: str, pipelines: Sequence[str]) -> bool:
    """Ask whether products are to be found by the main object of their picture, too."""
    has_them = any((index := _known(name, catalogue)) and index.info().objects for name in pipelines)
    return st.checkbox(
        "Find products by the main object of their picture, too", has_them, key=f"objects-{draft.token}-{catalogue}",
        persist_state="session",
        help="For pictures of people and rooms: what stands out in each is found by itself. Loading takes longer, "
        "and costs a second embedding where these cost something.",
    )  # fmt: skip


def _known(pipeline: str, catalogue: str) -> VectorIndex | None:
    """Return the index where there is one: it would be made by opening, and a look shall leave nothing behind."""
    shown = look().pipeline or settings().default_pipeline, look().catalogue
    if not (is_begun(pipeline, catalogue) or (pipeline, catalogue) == shown):
        return None
    chosen = settings().on(catalogue)
    return old_index(pipeline, chosen) if is_outdated(pipeline, chosen) else assembled(pipeline, catalogue).index


def _planned(
    draft: Draft, columns: Mapping[str, str], catalogue: str, pipelines: Sequence[str], objects: bool
) -> Draft:
    source, plans, rebuilds = _source(draft, columns), dict[str, Plan](), dict[str, Plan]()
    for name in pipelines:
        bar = st.progress(0.0, "Looking through the products…")
        chosen = settings().on(catalogue)
        rebuilds[name] = plan_rebuild(name, chosen)
        hear = lambda done, total, bar=bar: bar.progress(  # noqa: E731
            done / max(total, 1), f"Looked at {done:,} of {total:,} products"
        )
        detector = make_detector(name, chosen, nameless)
        options = IngestOptions(objects=objects)
        plans[name] = plan(source, make_embedder(name, chosen), _known(name, catalogue), options, hear, detector)
        bar.empty()
    return replace(draft, plans=plans, rebuilds=rebuilds, cards=tuple(_cards(source)))


def _source(draft: Draft, columns: Mapping[str, str]) -> Source:
    return draft.place.source(columns, Fetcher() if settings().web_pictures else None)


def _preview(draft: Draft, catalogue: str, objects: bool) -> None:
    plans = list(draft.plans.values())
    st.subheader("What will be loaded", anchor=False)
    for name, each in draft.plans.items():
        _counts(name if len(plans) > 1 else "", each)
    gallery(draft.cards, key=f"preview-{draft.token}", on_event=lambda event: None, actions=(),
            label="The first products")  # fmt: skip
    _rebuilds(draft)
    _load(draft, catalogue, plans, IngestOptions(keep=not _removes(draft, plans), objects=objects))
    if plans[0].refused:
        st.caption("What is refused is left out; the others go in.")
        failures(plans[0].refused, key=f"refused-{draft.token}", words="refused")


def _counts(name: str, each: Plan) -> None:
    counts = {"new": each.new, "with another picture": each.changed, "to find by their object": each.deepened,
              "edited": each.edited,
              "unchanged": each.unchanged, "refused": len(each.refused)}  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if name:
            st.text(name)
        for what, number in counts.items():
            if number or what == "new":
                colour = "orange" if what == "refused" else "green" if what == "new" else "gray"
                st.badge(f"{number:,} {what}", color=colour)  # type: ignore[arg-type]
        if name:
            st.caption(format.effort(each.seconds, each.cost))


def _cards(source: Source) -> list[Card]:
    rows = (row for row in source.rows() if isinstance(row, Item))
    return [
        Card(
            id=item.product.id, title=item.product.title, picture_url=_picture(item), rank=0,
            subtitle=item.product.category or item.product.subcategory,
            price=format.price(item.product.price, item.product.currency), note=item.product.id,
        )
        for item in islice(rows, _SHOWN)
    ]  # fmt: skip


def _picture(item: Item) -> str:
    """Return a small copy as an address: the picture is not stored anywhere yet."""
    try:
        small = Picture.from_bytes(item.read()).to_jpeg(320, quality=80)
    except SearchError:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(small).decode()}"


def _removes(draft: Draft, plans: Sequence[Plan]) -> bool:
    most = max(each.removed for each in plans)
    if not most:
        return False
    others = format.count(most, "product")
    return bool(
        st.radio(
            f"The catalogue has {others} that this source does not name",
            [False, True], format_func=lambda remove: f"Remove {others}" if remove else "Keep them",
            key=f"removes-{draft.token}", horizontal=True, persist_state="session",
        )
    )  # fmt: skip


def _load(draft: Draft, catalogue: str, plans: Sequence[Plan], options: IngestOptions) -> None:
    parts = []
    store, removed = max(each.to_store for each in plans), 0 if options.keep else max(each.removed for each in plans)
    if store:
        parts.append(f"Load {format.count(store, 'product')}" + (f" and remove {removed:,}" if removed else ""))
    elif removed:
        parts.append(f"Remove {format.count(removed, 'product')}")
    else:
        same = any(each.unchanged for each in plans)
        words = "Nothing is new: the catalogue has all of it already." if same else "Nothing of it can be loaded."
        st.info(words, icon=":material/info:")
        return
    first = draft.rebuilds.values()
    if anew := sum(each.changed for each in first):
        parts.append(f"embed {anew:,} anew")
    effort = format.effort(
        max(each.seconds + before.seconds for each, before in zip(plans, first, strict=True)),
        sum(each.cost for each in (*plans, *first)),
    )
    st.button(f"{' and '.join(parts)}, {effort}", type="primary", icon=":material/upload:", key="load",
              on_click=_begin, args=(draft, catalogue, options))  # fmt: skip


def _rebuilds(draft: Draft) -> None:
    for name, each in draft.rebuilds.items():
        if each.changed:
            words = (
                f"The index of {name} was made by another model: its {format.count(each.changed, 'product')} are "
                f"embedded anew first, {format.effort(each.seconds, each.cost)}."
            )
            st.info(plain(words), icon=":material/autorenew:")


def _begin(draft: Draft, catalogue: str, options: IngestOptions) -> None:
    columns, place = draft.columns, draft.place
    fetch, dropped = Fetcher() if settings().web_pictures else None, isinstance(place.files, DroppedFiles)
    try:
        for pipeline in draft.plans:
            begin(Load(pipeline, catalogue, options, lambda: place.source(columns, fetch), dropped))
            assembled(pipeline, catalogue)
    except SearchError as error:
        st.session_state["source-error"] = error
        return
    for name in ("draft", "source-error"):
        st.session_state.pop(name, None)
    show_catalogue(catalogue)
