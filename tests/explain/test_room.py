"""The room of requirements and goals against every roster there is."""

from __future__ import annotations

import pytest

from selection.explain.room import room, room_within_steps
from selection.model.rows import Row
from selection.proposal import propose
from tests.explain.brute import ranked
from tests.strategies import tiny_pool, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"], "body": "each", "at_least_share": "40 %"}


GUIDED = {
    "id": "guided",
    "if": {"field": "gender", "values": ["man", "undisclosed"]},
    "then": {"field": "kind", "values": ["resident"]},
}


@pytest.mark.parametrize(("seed", "if_then"), [*((seed, []) for seed in range(5)), (0, [GUIDED]), (1, [GUIDED])])
def test_room_equals_brute_force(seed: int, if_then: list[dict[str, object]]) -> None:
    rules = tiny_rules(requirements=[WOMEN], if_then=if_then)
    proposal = propose(tiny_pool(6, seed, rules), rules)
    rows = proposal.rows
    rosters = ranked(rows)
    best = min(one.steps for one in rosters)
    by_row = {(row.id, row.table, row.role, row.value): row for row in (*rows.requirements, *rows.goals)}

    def counts(row: Row, kept: int) -> list[int]:
        left = [one for one in rosters if one.steps[:kept] == best[:kept]]
        return [sum(one.chosen[place] for place in row.counted) for one in left]

    for found, within in zip(room(rows, roster=proposal.chosen), room_within_steps(proposal), strict=True):
        row = by_row[found.id, found.table, found.role, found.value]
        assert (found.least, found.most) == (min(counts(row, 0)), max(counts(row, 0)))
        kept = 10 if row.priority is None else 2 + 2 * row.priority
        assert (within.least, within.most) == (min(counts(row, kept)), max(counts(row, kept)))
        assert within.count == found.count == sum(proposal.chosen[place] for place in row.counted)
