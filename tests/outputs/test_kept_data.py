"""Figures from counts alone: small groups are merged, and the rest is never left small."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selection.model.rules import Publish
from selection.outputs.kept_data import kept_cells, kept_data_file

COUNT = st.tuples(st.integers(0, 30), st.integers(0, 8), st.integers(0, 8))
VALUES = ("woman", "man", "other", "undisclosed", "unknown")


def statistics(counts):
    """As they are kept of a round of one table, of one field."""

    def group(column):
        held = {value: one[column] for value, one in zip(VALUES, counts, strict=True) if one[column]}
        return {"n": sum(held.values()), "fields": {"gender": held}}

    return {"applicants": group(0), "a/member": group(1), "a/deputy": group(2)}


@given(st.lists(COUNT, min_size=5, max_size=5))
def test_no_cell_is_small_and_nobody_is_counted_twice(counts) -> None:
    kept = statistics(counts)
    cells = kept_cells(kept)
    for cell in cells:
        assert cell.applicants == 0 or cell.applicants >= Publish().least_applicants
        assert (
            all(one == 0 or one >= Publish().least_seated for one in (cell.members, cell.deputies))
            or cell.group == "merged"
        )
    told = [sum(getattr(one, name) for one in cells) for name in ("applicants", "members", "deputies")]
    whole = [kept[name]["n"] for name in ("applicants", "a/member", "a/deputy")]
    assert all(ours <= all_of_them for ours, all_of_them in zip(told, whole, strict=True))
    if any(cell.group == "merged" for cell in cells):
        assert told == whole


def test_members_and_deputies_of_all_tables_are_added() -> None:
    counts = [(20, 5, 4), (18, 5, 6), (2, 0, 0), (0, 0, 0), (6, 0, 0)]
    kept = statistics(counts)
    kept["b/member"] = kept["a/member"]
    found = {cell.group: (cell.applicants, cell.members, cell.deputies) for cell in kept_cells(kept)}
    assert found == {"woman": (20, 10, 4), "man": (18, 10, 6), "merged": (8, 0, 0)}


def test_the_file_is_words_and_numbers() -> None:
    lines = kept_data_file(statistics([(20, 5, 4), (18, 5, 6), (0, 0, 0), (0, 0, 0), (6, 0, 0)])).decode("utf-8-sig")
    header, *rows = lines.strip().splitlines()
    assert header.split(";")[:4] == ["tieto", "ryhma", "hakijoita", "hakijoista"]
    assert rows[0].split(";")[2] == "18" and "45" not in header
    assert len(rows) == 3
