"""What workers compute: functions of plain arguments, called in another process, that tell their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selection.constraints import build_rows
from selection.locks import Locks
from selection.pairs import Likeness, best_pairs
from selection.pool import Applicant, Pool, Role
from selection.rules import Rules
from selection.steps import Progress, solve


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is saved: ``(person, table, role, deputy of)`` for each seat, and the facts of its making."""

    seats: tuple[tuple[str, str, str, str | None], ...]
    facts: dict[str, Any]


def propose(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    time_limit: float | None,
    progress: Progress | None = None,
) -> Proposed:
    pool = Pool.build(applicants, rules, asked)
    rows = build_rows(pool, rules, locks)
    solution = solve(rows, rules.lottery.seed, time_limit=time_limit, progress=progress)
    likeness = Likeness.of(pool, rules)
    seats = []
    for t, table in enumerate(pool.tables):
        m = [
            c.applicant
            for c, x in zip(pool.candidates, solution.chosen)
            if x and c.table == t and c.role is Role.MEMBER
        ]
        d = [
            c.applicant
            for c, x in zip(pool.candidates, solution.chosen)
            if x and c.table == t and c.role is Role.DEPUTY
        ]
        pairs = best_pairs(likeness, m, d)
        seats += [(pool.applicants[one].key, table, "member", None) for one in m]
        seats += [
            (pool.applicants[one].key, table, "deputy", pool.applicants[pairs[one]].key if one in pairs else None)
            for one in d
        ]
    facts = {
        "seconds": solution.seconds,
        "proven": solution.proven,
        "seed": rules.lottery.seed,
        "steps": [{"name": s.name, "value": s.value, "bound": s.bound} for s in solution.steps],
    }
    return Proposed(tuple(seats), facts)
