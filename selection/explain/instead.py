"""Who instead: for a seat the best substitutes and what each changes; or a deputy who rises, and the new deputy.

Nobody else moves, so that these are the smallest changes there are; a roster that moves others as well may come out
better (see :mod:`selection.explain.change`).
"""

from __future__ import annotations

from dataclasses import dataclass

from selection.explain.differences import (
    Move,
    Roster,
    RowChange,
    StepChange,
    broken,
    goal_changes,
    moves,
    step_changes,
    step_values,
)
from selection.explain.question import SLOW_STEP
from selection.explain.swaps import Swaps
from selection.pool import Role
from selection.rows import Rows

#: How many swaps per answer are counted with their pairs as well, before the best are told.
LOOKED_AT = 6

#: A swap: the candidates who go and the candidates who come.
Swap = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Substitute:
    """One way to fill a seat.

    Attributes
    ----------
    key
        Who takes the seat.
    rises
        Whether that is a deputy of the table; ``deputy`` is then who becomes deputy instead, ``None`` for nobody.
    steps, requirements, goals
        What changes, counted from the seats; of the requirements those whose count or limits change.
    moves
        Everybody who comes, goes or changes seats.
    """

    key: str
    rises: bool
    deputy: str | None
    steps: tuple[StepChange, ...]
    requirements: tuple[RowChange, ...]
    goals: tuple[RowChange, ...]
    moves: tuple[Move, ...]
    roster: tuple[int, ...]


def instead(rows: Rows, roster: Roster, key: str, *, count: int = 5) -> tuple[Substitute, ...]:
    """The best substitutes for a person's seat: up to ``count`` who come from outside, up to ``count`` who rise.

    Best first: by the steps in their order, then by how few people move, then by key. Only swaps that keep the
    requirements are told.

    Raises
    ------
    KeyError
        if the person has no seat in the roster.
    """
    finder = _Finder(rows, roster, key)
    found = finder.best(finder.direct(), count) + finder.best(finder.rising(), count)
    return tuple(sorted(found, key=finder.rank))


class _Finder:
    def __init__(self, rows: Rows, roster: Roster, key: str) -> None:
        self.rows = rows
        self.roster = tuple(roster)
        self.swaps = Swaps(rows, roster)
        self.known = step_values(rows, roster)
        pool = rows.pool
        taken = [place for place, one in enumerate(roster) if one]
        mine = [place for place in taken if pool.applicants[pool.candidates[place].applicant].key == key]
        if not mine:
            raise KeyError(key)
        self.seat = mine[0]
        self.seated = {pool.candidates[place].applicant for place in taken}

    def free(self, table: int, role: Role) -> list[int]:
        """Candidates for a body who have no seat."""
        candidates = self.rows.pool.candidates
        return [place for place in self.rows.by_body[table, role] if candidates[place].applicant not in self.seated]

    def direct(self) -> list[Swap]:
        """Somebody from outside takes the seat."""
        candidate = self.rows.pool.candidates[self.seat]
        return [((self.seat,), (place,)) for place in self.free(candidate.table, candidate.role)]

    def rising(self) -> list[Swap]:
        """A deputy of the table takes a member's seat; for each the best new deputy, or none where none can be."""
        pool = self.rows.pool
        leaving = pool.candidates[self.seat]
        if leaving.role != Role.MEMBER:
            return []
        members = {pool.candidates[place].applicant: place for place in self.rows.by_body[leaving.table, Role.MEMBER]}
        outside = self.free(leaving.table, Role.DEPUTY)
        found: list[Swap] = []
        for place in self.rows.by_body[leaving.table, Role.DEPUTY]:
            up = members.get(pool.candidates[place].applicant)
            if not self.roster[place] or up is None:
                continue
            tried: list[Swap] = [((self.seat, place), (up, new)) for new in outside]
            tried = self._sorted(tried)[:LOOKED_AT] or self._sorted([((self.seat, place), (up,))])
            found += tried
        return found

    def _sorted(self, swaps: list[Swap]) -> list[Swap]:
        """Those that keep the requirements, the best first."""
        valued = [(value, swap) for swap in swaps if (value := self.swaps.value(*swap)) is not None]
        return [swap for _, swap in sorted(valued)]

    def best(self, swaps: list[Swap], count: int) -> list[Substitute]:
        """The best few, counted anew from their seats."""
        told = [self._told(swap) for swap in self._sorted(swaps)[: LOOKED_AT * count]]
        by_key: dict[str, Substitute] = {}
        for one in sorted(told, key=self.rank):
            by_key.setdefault(one.key, one)
        return list(by_key.values())[:count]

    def rank(self, one: Substitute) -> tuple[object, ...]:
        """The steps so that less is better, then how few people move."""
        changed = {step.name: step.worse_by for step in one.steps}
        names = [*self.swaps.names, SLOW_STEP]
        return (tuple(changed.get(name, 0) for name in names), len(one.moves), one.key)

    def _told(self, swap: Swap) -> Substitute:
        rows, pool = self.rows, self.rows.pool
        roster = self.swaps.swapped(*swap)
        was = {(one.id, one.table, one.role, one.value) for one in broken(rows, self.roster)}
        assert all((one.id, one.table, one.role, one.value) in was for one in broken(rows, roster))
        into = [pool.applicants[pool.candidates[place].applicant].key for place in swap[1]]
        rises = len(swap[0]) > 1
        before, after = rows.standings(self.roster), rows.standings(roster)
        return Substitute(
            into[0],
            rises,
            into[1] if len(into) > 1 else None,
            step_changes(self.known, step_values(rows, roster)),
            tuple(RowChange(a, b) for a, b in zip(before, after, strict=True) if a != b),
            goal_changes(rows, self.roster, roster),
            moves(rows, self.roster, roster),
            roster,
        )
