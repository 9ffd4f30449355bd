"""Data about the round: no person in it, no cell small enough to tell somebody from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from selection.constraints import build_rows
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Publish
from selection.outputs.round_data import (
    COLUMNS,
    Cell,
    Group,
    merged,
    round_cells,
    round_data_files,
)
from tests.outputs.made import people, proposal
from tests.outputs.test_letters import rows_of

SHARE = COLUMNS.index("share")
LEAST = Publish()
LEAST_CELL, LEAST_SEATED = LEAST.least_applicants, LEAST.least_seated
PLACES = st.frozensets(st.integers(0, 30), max_size=31)


@given(st.lists(st.integers(0, 6), min_size=31, max_size=31), PLACES, PLACES)
def test_no_cell_is_small_and_none_can_be_told_by_subtracting(
    answers: list[int], members: frozenset[int], deputies: frozenset[int]
) -> None:
    whole = Group("merged", frozenset(range(31)), members, deputies - members)
    groups = [
        replace(whole, name=str(number)).within(
            *(frozenset(place for place, answer in enumerate(answers) if answer == number),) * 3
        )
        for number in range(6)
    ]
    told = merged(groups, whole, LEAST)
    for one in told:
        assert len(one.applicants) >= LEAST_CELL
        if one.applicants != whole.applicants:
            assert not one.is_small(LEAST)
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
    assert {row[SHARE] for row in data[1:] if row[1:3] == ["sukupuoli", "nainen"]} == {"50"}


def recovered(cells: list[Cell], tables: Sequence[str], measure: str) -> list[tuple[str, str, int]]:
    """What anybody finds by solving the published totals for the counts left out, by Gauss's elimination over the
    rationals: counts of one group at one table that have one value, with it. Shares no code with what leaves out."""
    told = {(cell.table, cell.group): getattr(cell, measure) for cell in cells}
    of = {cell.table: cell.of[("applicants", "members", "deputies").index(measure)] for cell in cells}
    groups = [group for table, group in told if table is None and group != "merged"]
    columns = [*groups, "rest"]
    unknown = {(t, g): i for i, (t, g) in enumerate((t, g) for t in tables for g in columns if (t, g) not in told)}
    lines = []
    for group in groups:
        cells_of = [unknown[t, group] for t in tables if (t, group) in unknown]
        lines.append((cells_of, told[None, group] - sum(told.get((t, group), 0) for t in tables)))
    for table in tables:
        rest = of[table] - sum(told[t, g] for t, g in told if t == table and g != "merged")
        lines.append(([unknown[t, g] for t, g in unknown if t == table], rest))
    rest_of_all = of[None] - sum(told[None, group] for group in groups)
    lines.append(([unknown[t, g] for t, g in unknown if g == "rest"], rest_of_all))
    rows = [[Fraction(int(i in held)) for i in range(len(unknown))] + [Fraction(n)] for held, n in lines]
    zero = {i for held, n in lines if n == 0 for i in held}
    rows += [[Fraction(int(i == one)) for i in range(len(unknown))] + [Fraction(0)] for one in sorted(zero)]
    place = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(place, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place][column]
        rows[place] = [value / head for value in rows[place]]
        for r in range(len(rows)):
            if r != place and rows[r][column]:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[place], strict=True)]
        place += 1
    names = {i: cell for cell, i in unknown.items()}
    found = []
    for row in rows:
        held = [i for i in range(len(unknown)) if row[i]]
        if len(held) == 1:
            found.append((*names[held[0]], int(row[-1])))
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 160))
def test_no_small_count_comes_back_by_subtraction(seed: int, size: int) -> None:
    """Seats by lot in four tables: whatever the counts, none that was left out and is small can be solved for."""
    chance = random.Random(seed)
    applicants = people(size)
    rules = proposal().rules
    pool = Pool.build(applicants, rules)
    seats = []
    for place in chance.sample(range(size), size * 2 // 3):
        role = chance.choice((Role.MEMBER, Role.MEMBER, Role.DEPUTY))
        seats.append(Seat(pool.applicants[place].key, chance.choice(pool.tables), role))
    made = replace(proposal(), rows=build_rows(pool, rules), seats=tuple(seats))
    for field in {cell.field for cell in round_cells(made)}:
        cells = [cell for cell in round_cells(made) if cell.field == field]
        for measure in ("members", "deputies"):
            if {cell.group for cell in cells if cell.table is None} == {"merged"}:
                continue  # no group is told: the table's seats, which are public
            groups = {cell.group for cell in cells if cell.table is None} - {"merged"}
            untold = [sum((t, g) not in {(c.table, c.group) for c in cells} for t in pool.tables) for g in groups]
            assert 1 not in untold  # as it would be the total without the others
            small = [one for one in recovered(cells, pool.tables, measure) if 0 < one[2] < LEAST_SEATED]
            assert small == []


def test_the_rules_say_from_how_many_on_a_group_is_told() -> None:
    rules = proposal().rules.model_copy(update={"publish": Publish(least_applicants=30, licence="CC BY 4.0")})
    large = replace(proposal(), rows=build_rows(Pool.build(people(80), rules), rules), seats=())
    assert {cell.applicants for cell in round_cells(large)} and all(c.applicants >= 30 for c in round_cells(large))
    data = rows_of(next(iter(round_data_files(large).values())))
    assert {row[-1] for row in data[1:]} == {"CC BY 4.0"}
