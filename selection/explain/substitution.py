"""Who instead: for a seat the best substitutes and what each changes; or a deputy who rises, and the new deputy.

Nobody else moves, so that these are the smallest changes there are; a roster that moves others as well may come out
better (see :mod:`selection.explain.least_change`). There is one measure of the best: requirements that would break,
then the steps in their order with ``pairs``, then how few people move, then the person's key. It is counted of every
swap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.explain.known_program import SLOW_STEP
from selection.explain.roster_steps import (
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
from selection.explain.swap_counts import Swaps, Unlikeness
from selection.model.people import Role
from selection.model.rows import Rows
from selection.solving.objectives import OBJECTIVES

#: A swap: the candidates who go and the candidates who come.
Swap = tuple[tuple[int, ...], tuple[int, ...]]

#: What swaps are compared by: less is better.
Rank = tuple[int, tuple[int, ...], int, int, str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to fill a seat, in short.

    Attributes
    ----------
    key
        Who takes the seat.
    rises
        Whether that is a deputy of the table; ``deputy`` is then who becomes deputy instead, ``None`` for nobody.
    fails
        How many requirements would be broken, or broken by more than now.
    steps
        The steps that change, in their order.
    """

    key: str
    rises: bool
    deputy: str | None
    fails: int
    steps: tuple[StepChange, ...]


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

    Best first, by the measure of this module. Only swaps that keep the requirements are told.

    Raises
    ------
    KeyError
        if the person has no seat in the roster.
    """
    finder = _Finder(rows, roster, key)
    ranked = [swap for rank, swap in finder.ranked() if not rank[0]]
    coming = [swap for swap in ranked if len(swap[0]) == 1][:count]
    rising = [swap for swap in ranked if len(swap[0]) > 1][:count]
    chosen = {*coming, *rising}
    return tuple(finder.told(swap) for swap in ranked if swap in chosen)


def choices(rows: Rows, roster: Roster, key: str) -> tuple[Choice, ...]:
    """Everybody who can take a person's seat, the best first by the measure of this module: each person from outside,
    and each deputy who can rise with the best new deputy. Last come those with whom a requirement would break.

    Raises
    ------
    KeyError
        if the person has no seat in the roster.
    """
    finder = _Finder(rows, roster, key)
    return tuple(finder.in_short(rank, swap) for rank, swap in finder.ranked())


class _Finder:
    def __init__(self, rows: Rows, roster: Roster, key: str) -> None:
        self.rows = rows
        self.roster = tuple(roster)
        pool = rows.pool
        taken = [place for place, seat in enumerate(roster) if seat]
        mine = [place for place in taken if pool.applicants[pool.candidates[place].applicant].key == key]
        if not mine:
            raise KeyError(key)
        self.seat = mine[0]
        self.table = pool.candidates[self.seat].table
        self.seated = {pool.candidates[place].applicant for place in taken}
        self.swaps = Swaps(rows, roster)
        self.unlike = Unlikeness(rows, roster, self.table)
        self.known = step_values(rows, roster)

    def ranked(self) -> list[tuple[Rank, Swap]]:
        """One swap for each person who can take the seat, the best first."""
        return sorted([*self._coming(), *self._rising()])

    def _key(self, place: int) -> str:
        return self.rows.pool.applicants[self.rows.pool.candidates[place].applicant].key

    def _rank(self, swap: Swap, counted: tuple[int, tuple[int, ...]]) -> Rank:
        """The measure of a swap, of which requirements and the steps before ``pairs`` are counted already."""
        out, into = swap
        who = [self._key(place) for place in into]
        moved = 1 + len(into)
        return (*counted, self.unlike.after(out, into), moved, who[0], who[1] if len(who) > 1 else "")

    def _free(self, role: Role) -> list[int]:
        """Candidates for a body of the table who have no seat."""
        candidates = self.rows.pool.candidates
        return [
            place for place in self.rows.by_body[self.table, role] if candidates[place].applicant not in self.seated
        ]

    def _coming(self) -> list[tuple[Rank, Swap]]:
        """Somebody from outside takes the seat."""
        swaps = [((self.seat,), (place,)) for place in self._free(self.rows.pool.candidates[self.seat].role)]
        return [(self._rank(swap, self.swaps.counted(*swap)), swap) for swap in swaps]

    def _rising(self) -> list[tuple[Rank, Swap]]:
        """A deputy of the table takes a member's seat; for each the best new deputy, or none where none can be."""
        pool = self.rows.pool
        if pool.candidates[self.seat].role != Role.MEMBER:
            return []
        members = {pool.candidates[place].applicant: place for place in self.rows.by_body[self.table, Role.MEMBER]}
        outside = self._free(Role.DEPUTY)
        found: list[tuple[Rank, Swap]] = []
        for place in self.rows.by_body[self.table, Role.DEPUTY]:
            up = members.get(pool.candidates[place].applicant)
            if not self.roster[place] or up is None:
                continue
            best = self._best([((self.seat, place), (up, new)) for new in outside])
            best = best or self._best([((self.seat, place), (up,))])
            found += [best] if best else []
        return found

    def _best(self, swaps: Sequence[Swap]) -> tuple[Rank, Swap] | None:
        """The best of some swaps that keep the requirements. ``pairs`` comes after the other steps, so it is counted
        only where these are as good as any."""
        counted = [(self.swaps.counted(*swap), swap) for swap in swaps]
        least = min((count for count, _ in counted if not count[0]), default=None)
        return min(((self._rank(swap, count), swap) for count, swap in counted if count == least), default=None)

    def in_short(self, rank: Rank, swap: Swap) -> Choice:
        """A swap with the steps that it changes."""
        who = [self._key(place) for place in swap[1]]
        after = {name: OBJECTIVES[name].minimised(value) for name, value in zip(self.swaps.names, rank[1], strict=True)}
        after[SLOW_STEP] = self.known[SLOW_STEP] + rank[2] - self.unlike.now
        steps = step_changes(self.known, after)
        return Choice(who[0], len(swap[0]) > 1, who[1] if len(who) > 1 else None, rank[0], steps)

    def told(self, swap: Swap) -> Substitute:
        """A swap with all that it changes, counted anew from the seats."""
        rows = self.rows
        roster = self.swaps.swapped(*swap)
        was = {(one.id, one.table, one.role, one.value) for one in broken(rows, self.roster)}
        assert all((one.id, one.table, one.role, one.value) in was for one in broken(rows, roster))
        who = [self._key(place) for place in swap[1]]
        before, after = rows.standings(self.roster), rows.standings(roster)
        return Substitute(
            who[0],
            len(swap[0]) > 1,
            who[1] if len(who) > 1 else None,
            step_changes(self.known, step_values(rows, roster)),
            tuple(RowChange(a, b) for a, b in zip(before, after, strict=True) if a != b),
            goal_changes(rows, self.roster, roster),
            moves(rows, self.roster, roster),
            roster,
        )
