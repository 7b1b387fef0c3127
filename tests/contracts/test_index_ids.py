"""How every index finds products by the beginning of their id."""

from __future__ import annotations

from searchcore import Filters
from tests.contracts.records import record


def test_ids_are_found_by_their_beginning_in_any_case_the_very_one_first(index):
    index.upsert([
        record("A-1%_2", title="other"), record("A-10", category="bag"), record("A-11"), record("a-1", category="bag"),
        record("B-1", title="A-1"), record("\\x"),
    ])  # fmt: skip

    def found(text: str, k: int = 9, filters: Filters | None = None) -> list[str]:
        return [product.id for product in index.with_id(text, k, filters)]

    assert found("A-1") == found("a-1") == ["a-1", "A-1%_2", "A-10", "A-11"]
    assert (found("a-1", 2), found("a-1", 0), found("", 9)) == (["a-1", "A-1%_2"], [], [])
    assert found("A-1", 9, Filters(category="bag")) == ["a-1", "A-10"]
    assert (found("A-1%"), found("A_1"), found("%"), found("\\"), found("1")) == (["A-1%_2"], [], [], ["\\x"], [])
    index.delete(["a-1"])
    assert found("A-1") == ["A-1%_2", "A-10", "A-11"]
