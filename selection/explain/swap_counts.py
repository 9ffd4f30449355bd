"""Swaps: what a few seats taken and given change, counted row by row without solving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import nan

import numpy as np

from selection.explain.roster_steps import Roster
from selection.model.people import Role
from selection.model.rows import Rows
from selection.solving.objectives import OBJECTIVES, PAIRS, Tally, seats_away, step_names
from selection.solving.pairs import Likeness, Profile


class Swaps:
    """A roster whose swaps are counted quickly: only the rows that a swap touches are counted again.

    Parameters
    ----------
    roster
        0 or 1 for each candidate; a requirement it breaks may stay broken, but no more than it is.
    """

    def __init__(self, rows: Rows, roster: Roster) -> None:
        self.rows = rows
        self.roster = tuple(roster)
        self.totals = [row.total(roster) for row in rows.requirements]
        self.counts = [row.count(roster) for row in rows.goals]
        self._touched: dict[int, list[tuple[int, int]]] = {}
        for number, row in enumerate(rows.requirements):
            for place, weight in row.weights:
                self._touched.setdefault(place, []).append((number, weight))
        self._goals: dict[int, list[int]] = {}
        for number, row in enumerate(rows.goals):
            for place in row.counted:
                self._goals.setdefault(place, []).append(number)
        self._off: dict[tuple[int, str | None], int] = {}
        for row, count in zip(rows.goals, self.counts, strict=True):
            self._off.setdefault((row.priority or 3, row.table), 0)
            self._off[row.priority or 3, row.table] += _outside(row.at_least, row.at_most, count)
        self._sizes: dict[tuple[Role, int], int] = {(role, table): 0 for table, role in rows.by_body}
        self._not_first = frozenset(seats_away(rows))
        self._away = 0
        for place, taken in enumerate(roster):
            if taken:
                self._sizes[self._body(place)] += 1
                self._away += place in self._not_first
        self.names = tuple(name for name in step_names(rows.rules.steps.order) if name != PAIRS.name)
        self._objectives = [OBJECTIVES[name] for name in self.names]

    def _body(self, place: int) -> tuple[Role, int]:
        candidate = self.rows.pool.candidates[place]
        return candidate.role, candidate.table

    def swapped(self, out: Iterable[int], into: Iterable[int]) -> tuple[int, ...]:
        """The roster after a swap."""
        chosen = list(self.roster)
        for place in out:
            chosen[place] = 0
        for place in into:
            chosen[place] = 1
        return tuple(chosen)

    def value(self, out: Sequence[int], into: Sequence[int]) -> tuple[int, ...] | None:
        """The steps after a swap, in their order and so that less is better, without ``pairs``.

        ``None`` where a requirement would break.
        """
        fails, steps = self.counted(out, into)
        return None if fails else steps

    def counted(self, out: Sequence[int], into: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """How many requirements a swap breaks (or breaks by more than now), and the steps as :meth:`value` has them."""
        change: dict[int, int] = {}
        goals: dict[int, int] = {}
        for places, sign in ((out, -1), (into, 1)):
            for place in places:
                for number, weight in self._touched.get(place, ()):
                    change[number] = change.get(number, 0) + sign * weight
                for number in self._goals.get(place, ()):
                    goals[number] = goals.get(number, 0) + sign
        fails = 0
        for number, by in change.items():
            row = self.rows.requirements[number]
            before = self.totals[number]
            fails += _outside(row.lower, row.upper, before + by) > _outside(row.lower, row.upper, before)
        off = dict(self._off)
        for number, by in goals.items():
            row, count = self.rows.goals[number], self.counts[number]
            now = _outside(row.at_least, row.at_most, count + by) - _outside(row.at_least, row.at_most, count)
            off[row.priority or 3, row.table] += now
        return fails, self._steps(out, into, off)

    def _steps(
        self, out: Sequence[int], into: Sequence[int], off: dict[tuple[int, str | None], int]
    ) -> tuple[int, ...]:
        sizes = dict(self._sizes)
        away = self._away
        for places, sign in ((out, -1), (into, 1)):
            for place in places:
                sizes[self._body(place)] += sign
                away += sign * (place in self._not_first)
        tally = Tally(sizes, off, away)
        return tuple(step.minimised(step.value(tally)) for step in self._objectives)


class Unlikeness:
    """How unlike the members and personal deputies of one table are, paired at their best, now and after swaps.

    Attributes
    ----------
    now
        Of the roster as it is; 0 where deputies are not personal.
    """

    def __init__(self, rows: Rows, roster: Roster, table: int) -> None:
        self.rows = rows
        self.personal = rows.rules.deputies.personal
        self.bodies = {
            role: [place for place in rows.by_body[table, role] if roster[place]] for role in (Role.MEMBER, Role.DEPUTY)
        }
        likeness = Likeness.of(rows.pool, rows.rules)
        self._weights = np.array(likeness.weights, dtype=np.float64)
        codes: list[dict[str, int]] = [{} for _ in likeness.weights]

        def coded(profile: Profile) -> list[float]:
            """The fields as numbers; an unknown value is like nothing, as nan is."""
            fields = zip(codes, profile, strict=True)
            return [nan if value is None else known.setdefault(value, len(known)) for known, value in fields]

        profiles = np.array([coded(profile) for profile in likeness.profiles], dtype=np.float64)
        self._profiles = profiles.reshape(-1, len(codes))
        self.now = self.after((), ())

    def after(self, out: Sequence[int], into: Sequence[int]) -> int:
        """The least sum over pairs after a swap at this table (see :meth:`selection.solving.pairs.Likeness.unlike`)."""
        from scipy.optimize import linear_sum_assignment  # loaded late: every command starts with this module

        if not self.personal:
            return 0
        sides = []
        for role, body in self.bodies.items():
            coming = [place for place in into if self.rows.pool.candidates[place].role is role]
            places = [*(place for place in body if place not in out), *coming]
            sides.append(self._profiles[[self.rows.pool.candidates[place].applicant for place in places]])
        unlike = (sides[0][:, None, :] != sides[1][None, :, :]) @ self._weights
        return round(float(unlike[linear_sum_assignment(unlike)].sum()))


def _outside(lower: int | None, upper: int | None, count: int) -> int:
    short = lower - count if lower is not None else 0
    over = count - upper if upper is not None else 0
    return max(short, over, 0)
