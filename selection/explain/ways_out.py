"""Ways out of a conflict: the least changes of the rules' numbers under which there is a roster, several of them.

An elastic program lets every requirement be loosened by whole seats at a price; the cheapest loosening is a way out,
and with its set of requirements forbidden the next cheapest is another. Each is verified by solving the changed rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Unpack

from selection.constraints import build_rows
from selection.explain.roster_steps import checked
from selection.explain.rule_change import Change, Number, changed_locks, changed_rules
from selection.model.limits import Side
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import Row, RowKey, Rows
from selection.model.rules import Rules
from selection.model.source import LockKind, Source
from selection.solver import Infeasible, OutOfTime
from selection.solving.required import program_by, required_program
from selection.solving.run import PLAIN, Run, RunOptions


@dataclass(frozen=True, slots=True)
class WayOut:
    """Changes under which the requirements can hold, verified by solving; ``seats`` are those loosened in all."""

    changes: tuple[Change, ...]

    @property
    def seats(self) -> int:
        """How many seats the requirements are loosened by in all."""
        return sum(one.seats for one in self.changes)


#: What can be loosened by one number: whose, and on which side.
Knob = tuple[RowKey, Side]


@dataclass
class _Loosened:
    """A knob's variables: the seats it is loosened by (at most ``most``), and whether it is at all."""

    seats: int
    used: int
    most: int
    rows: list[Row] = field(default_factory=list)


def ways_out(
    pool: Pool,
    rules: Rules,
    locks: Locks | None = None,
    *,
    facts: Locks | None = None,
    count: int = 4,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> tuple[WayOut, ...]:
    """Up to ``count`` ways out, the smallest change first: fewest seats and numbers, one point each; of equal ones
    first those that drop fewer locks, as many people kept out would else fill the list.

    Empty where there is a roster already, or where only firm requirements are in the way.

    Parameters
    ----------
    facts
        Locks that are nobody's to drop: who refused or resigned does not come back, and who was elected stays.
    run, options
        As of :func:`selection.proposal.propose`. After a limit or a stop those found so far are given.
    """
    run = replace(run or PLAIN, **options)
    facts = facts or Locks()
    locks = (locks or Locks()).plus(facts)
    rows = build_rows(pool, rules, locks)
    elastic = _Elastic(rows, facts, run)
    found: list[WayOut] = []
    for changes in elastic.ways():
        again = build_rows(pool, changed_rules(rules, changes), changed_locks(locks, changes))
        if changes and possible(again, run):
            found.append(WayOut(changes))
        if not changes or len(found) == count:
            break
    return tuple(found)


def possible(rows: Rows, run: Run = PLAIN) -> bool:
    """Whether any roster meets all requirements; the one found is counted. Brought to its end, whatever the limit."""
    program = required_program(rows, run.whole)
    try:
        program.minimise({})
    except Infeasible:
        return False
    checked(rows, program.chosen(len(rows.pool.candidates)))
    return True


class _Elastic:
    """The requirements, each loosened at a price."""

    def __init__(self, rows: Rows, facts: Locks, run: Run) -> None:
        self.rows = rows
        self.program = program_by(rows, run)
        self.knobs: dict[Knob, _Loosened] = {}
        firm = {(LockKind.SEATED, one.key) for one in facts.seated} | {
            (LockKind.KEPT_OUT, key) for key in (*facts.kept_out, *(one.key for one in facts.kept_from))
        }
        for row in rows.requirements:
            if row.source.firm or (row.lock, row.value) in firm:
                self.program.add(row)
            elif row.binding:
                self._loosen(row)

    def _loosen(self, row: Row) -> None:
        sides: tuple[tuple[Side, int | None, int], ...] = (("least", row.lower, 1), ("most", row.upper, -1))
        for side, bound, sign in sides:
            if bound is None:
                continue
            one = self._knob(row, side)
            one.rows.append(row)
            # A share row counts in parts of a seat: so many of them make one. A lock is dropped as a whole.
            parts = len(row.counted) if row.lock else row.limits.unit
            weights = {**dict(row.weights), one.seats: sign * parts}
            self.program.add_row(weights, bound if sign > 0 else None, None if sign > 0 else bound)

    def _knob(self, row: Row, side: Side) -> _Loosened:
        sizes = row.source is Source.SIZE
        # The sizes are the same at every table, and a lock is one whatever rows it has.
        knob: Knob = (row.key._replace(table=None, role=None) if sizes or row.lock else row.key, side)
        if row.lock:
            knob = (knob[0], "least")
        if knob not in self.knobs:
            count = row.limits.furthest(side, len(self.rows.pool.applicants))
            most = 1 if row.lock else count
            if sizes and row.role == Role.MEMBER and side == "least":
                # A table of nobody keeps every share and most counts: no advice.
                most = max(count - 1, 0)
            seats = self.program.add_variable(0, most, whole=True)
            used = self.program.add_variable(0, 1, whole=True)
            self.program.add_row({seats: 1, used: -most}, None, 0)
            self.knobs[knob] = _Loosened(seats, used, most)
        return self.knobs[knob]

    def ways(self) -> Iterator[tuple[Change, ...]]:
        """Sets of changes, the smallest first; of two that are equally small the one that drops fewer locks."""
        point = len(self.knobs) + 1
        price = {variable: point for one in self.knobs.values() for variable in (one.seats, one.used)}
        price |= {one.used: point + 1 for (key, _), one in self.knobs.items() if key.lock}
        while True:
            try:
                best = self.program.minimise(price)
            except (Infeasible, OutOfTime):
                return
            if not best.proven:
                return
            values = list(self.program.values)
            used = {knob: one for knob, one in self.knobs.items() if values[one.used] > 0.5}
            amounts = {knob: round(values[one.seats]) for knob, one in used.items()}
            try:
                chosen = self._largest(used, amounts)
            except OutOfTime:
                return
            yield tuple(self._change(knob, one, amounts[knob], chosen) for knob, one in used.items())
            if not used:
                return
            self.program.add_row({one.used: 1 for one in used.values()}, None, len(used) - 1)

    def _largest(self, used: dict[Knob, _Loosened], amounts: dict[Knob, int]) -> tuple[int, ...]:
        """A roster of this way out; where a share is loosened, one with large bodies: it misses the share by least."""
        bodies = [place for one in used.values() for row in one.rows for place in row.limits.body]
        if bodies:
            for knob, one in self.knobs.items():
                self.program.set_bounds(one.seats, 0, amounts.get(knob, 0))
            self.program.minimise(dict.fromkeys(bodies, -1))
        chosen = self.program.chosen(len(self.rows.pool.candidates))
        for one in self.knobs.values():
            self.program.set_bounds(one.seats, 0, one.most)
        return chosen

    def _change(self, knob: Knob, one: _Loosened, seats: int, chosen: tuple[int, ...]) -> Change:
        (_, id, table, role, lock), side = knob
        row = one.rows[0]
        if lock is not None:
            where = None if row.lock and row.lock.everywhere else row.table
            return Change(id, where, None, "lock", None, None, lock, lock=row.lock)
        reached = [(each.count(chosen), sum(chosen[place] for place in each.limits.body)) for each in one.rows]
        told = row.limits.loosened(side, seats, reached)
        number: Number = told.number
        if row.source is Source.SIZE:
            number = "least" if side == "least" else "aim"
        return Change(id, table, role, number, told.before, told.after, None, seats)
