"""Data about the round: no person in it, no cell small enough to tell somebody from."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from selection.constraints import build_rows
from selection.model.pool import Pool
from selection.outputs.round_data import (
    COLUMNS,
    LEAST_CELL,
    LEAST_SEATED,
    Group,
    merged,
    round_cells,
    round_data_files,
)
from tests.outputs.made import people, proposal
from tests.outputs.test_letters import rows_of

PLACES = st.frozensets(st.integers(0, 30), max_size=31)


@given(st.lists(st.integers(0, 6), min_size=31, max_size=31), PLACES, PLACES)
def test_no_cell_is_small_and_none_can_be_told_by_subtracting(
    answers: list[int], members: frozenset[int], deputies: frozenset[int]
) -> None:
    whole = Group("merged", frozenset(range(31)), members, deputies - members)
    groups = [
        whole.within(frozenset(place for place, answer in enumerate(answers) if answer == number))
        for number in range(6)
    ]
    told = merged(groups, whole)
    for one in told:
        assert len(one.applicants) >= LEAST_CELL
        if one.applicants != whole.applicants:
            assert not one.is_small
    rest = whole.without(told)
    assert not rest.applicants or (told == [] and len(whole.applicants) < LEAST_CELL)
    assert sum(len(one.members) for one in told) == len(whole.members)


def test_cells_of_a_round_add_up() -> None:
    cells = round_cells(proposal())
    assert cells and all(one.applicants >= LEAST_CELL for one in cells)
    of_gender = [one for one in cells if one.table is None and one.field == "gender"]
    assert sum(one.applicants for one in of_gender) == len(people())
    assert all(one.members == 0 or one.members >= LEAST_SEATED for one in of_gender if one.group != "merged")


def test_the_files_hold_no_name_and_every_column_is_explained() -> None:
    files = round_data_files(proposal())
    data, dictionary = (rows_of(one) for one in files.values())
    assert [row[0] for row in dictionary[1:]] == data[0] and len(data[0]) == len(COLUMNS)
    written = b"".join(files.values()).decode()
    assert [one.name for one in people() if one.name in written] == []


def test_the_share_aimed_at_stands_beside_the_counts() -> None:
    rules = proposal().rules
    large = replace(proposal(), rows=build_rows(Pool.build(people(80), rules), rules), seats=())
    data = rows_of(next(iter(round_data_files(large).values())))
    assert {row[-1] for row in data[1:] if row[1:3] == ["sukupuoli", "nainen"]} == {"50 %"}
