"""Verifying: a draw counted again from what it wrote of itself; its fairness is proven anew, not searched for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selection.constraints import build_rows
from selection.errors import SolverError
from selection.fair.held import held_types
from selection.fair.lots import LOTS, chances_of, drawn_by
from selection.fair.panel import check_roster, seats_of_panel
from selection.fair.search import Search
from selection.fair.types import Types
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Seat, seat_changes
from selection.model.rows import Rows
from selection.model.rules import Rules

#: A chance that is larger by less may be the same: the linear programs' tolerance.
SURELY = 1e-6


@dataclass(frozen=True)
class Written:
    """What a draw wrote of itself.

    Attributes
    ----------
    held
        Step → its value in every roster that could be drawn.
    people
        For each type the keys of its applicants.
    seats
        For each count of a panel its type, table and role.
    panels, lots
        Each panel's counts, and how many of the lots it has.
    chances
        Person key → the chance of a seat.
    bound
        What no draw's smallest chance exceeds.
    left_out_unknown
        Whether respondents with a value that is in no quota were left out.
    """

    seed: str
    held: Mapping[str, int]
    people: tuple[tuple[str, ...], ...]
    seats: tuple[tuple[int, str, Role], ...]
    panels: tuple[tuple[int, ...], ...]
    lots: tuple[int, ...]
    chances: Mapping[str, float]
    bound: float
    drawn: tuple[Seat, ...]
    left_out_unknown: bool = False


@dataclass(frozen=True)
class Recount:
    """What came of counting a draw again.

    Attributes
    ----------
    steps
        ``(name, written, counted again)`` of steps whose best value differs.
    same_people
        Whether applicants are alike, and may sit, as the draw had it: only then can its panels be counted.
    broken
        How many panels are no roster that keeps the requirements and has the best values.
    chances
        Keys whose chance is not what the lots give.
    same_drawn
        Whether the seed draws the same people into the same seats.
    smallest, bound
        The smallest chance of those whom a roster can seat, and what no draw's smallest chance exceeds.
    fairer
        The smallest chance of a draw that was found here, where it passes what was written that none exceeds.
    """

    steps: tuple[tuple[str, int | None, int | None], ...]
    same_people: bool
    broken: int = 0
    chances: tuple[str, ...] = ()
    same_drawn: bool = False
    smallest: float = 0.0
    bound: float = 1.0
    fairer: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the draw follows from the applications."""
        counted = self.same_people and not (self.steps or self.broken or self.chances)
        return counted and self.same_drawn and self.fairer is None


def count_again(
    pool: Pool, rules: Rules, written: Written, *, locks: Locks | None = None, work: int | None = None
) -> Recount:
    """Count a draw again from the applications and rules.

    Parameters
    ----------
    work
        Of the proof that no draw is fairer, in units; ``None`` for as long as it takes.

    Raises
    ------
    ConflictError
        if there is no roster.
    InputError
        if no roster seats anybody.
    """
    rows = build_rows(pool, rules, (locks or Locks()).checked(pool, rules))
    held, types = held_types(rows)
    both = [(one, written.held.get(one), held.get(one)) for one in dict.fromkeys([*written.held, *held])]
    steps = tuple(one for one in both if one[1] != one[2])
    if (_keys(types), _places(types)) != (written.people, written.seats):
        return Recount(steps, False)
    good = [panel for panel in written.panels if _holds(rows, types, held, panel, written.seed)]
    chances = chances_of(types, written.panels, written.lots)
    whole = sum(written.lots) == LOTS and min(written.lots) >= 0
    search = Search(types, size=None, work=work)
    possible, bound = search.proof(good)
    seatable = [keys for keys, able in zip(written.people, search.seatable, strict=True) if able]
    smallest = min(float(chances[key]) for keys in seatable for key in keys)
    return Recount(
        steps,
        True,
        len(written.panels) - len(good),
        tuple(key for key, chance in chances.items() if not whole or written.chances.get(key) != float(chance)),
        whole and _same_drawn(rows, types, written),
        smallest,
        max(bound, smallest),
        possible if possible > written.bound + SURELY else None,
    )


def _keys(types: Types) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(types.pool.applicants[place].key for place in people) for people in types.people)


def _places(types: Types) -> tuple[tuple[int, str, Role], ...]:
    return tuple((owner, types.pool.tables[table], role) for owner, table, role in types.seats)


def _holds(rows: Rows, types: Types, held: Mapping[str, int], panel: tuple[int, ...], seed: str) -> bool:
    """Whether a panel can be seated and makes a roster with these values."""
    if not _drawable(types, panel):
        return False
    try:
        check_roster(rows, held, seats_of_panel(rows, types, panel, seed))
    except SolverError:
        return False
    return True


def _same_drawn(rows: Rows, types: Types, written: Written) -> bool:
    _, panel = drawn_by(written.seed, written.lots)
    counts = written.panels[panel]
    return _drawable(types, counts) and not seat_changes(
        written.drawn, seats_of_panel(rows, types, counts, written.seed)
    )


def _drawable(types: Types, panel: tuple[int, ...]) -> bool:
    """Whether a panel has a count for each seat and each type has people enough for them."""
    return len(panel) == len(types.seats) and min(panel) >= 0 and not any(types.seated(panel) > types.sizes)
