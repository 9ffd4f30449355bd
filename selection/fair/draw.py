"""Draw: a roster drawn from a fair distribution by a public seed, with everybody's exact chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Unpack

from selection.constraints import build_rows
from selection.errors import DrawLimitError, InputError
from selection.explain.barred import barred
from selection.fair.distribution import Distribution
from selection.fair.held import held_types
from selection.fair.lots import LOTS, chances_of, drawn_by, lots_of
from selection.fair.panel import check_roster, seats_of_panel
from selection.fair.search import Gathered, Search
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.solving.conflict import conflict_named
from selection.solving.run import PLAIN, Run, RunOptions
from selection.texts import format_share

__all__ = ["LOTS", "Draw", "draw", "fair_distribution"]


@dataclass(frozen=True)
class Draw:
    """Who was drawn, and from what.

    Attributes
    ----------
    held
        Step → its value, the same in every roster that could be drawn.
    lots
        For each panel of the distribution how many of the :data:`LOTS` lots it has.
    drawn
        The lot drawn, from 0, and the panel that has it.
    chances
        Person key → the chance of a seat, for every applicant.
    barred
        Keys of those whom no roster that meets the requirements seats.
    """

    rows: Rows
    seed: str
    held: Mapping[str, int]
    distribution: Distribution
    lots: tuple[int, ...]
    drawn: tuple[int, int]
    seats: tuple[Seat, ...]
    chances: Mapping[str, Fraction]
    barred: frozenset[str] = frozenset()

    @property
    def pool(self) -> Pool:
        """Whom was drawn from."""
        return self.rows.pool

    @property
    def smallest(self) -> Fraction:
        """The smallest chance of those whom a roster can seat."""
        never = frozenset(self.never)
        return min(chance for key, chance in self.chances.items() if key not in never)

    @property
    def never(self) -> tuple[str, ...]:
        """Keys of those whom no roster of the draw seats, for any reason."""
        return (*self.without_seat, *self.by_requirements, *self.by_goals)

    @property
    def without_seat(self) -> tuple[str, ...]:
        """Keys of those who accept no seat that they may hold."""
        seated = {one.applicant for one in self.pool.candidates}
        return tuple(one.key for place, one in enumerate(self.pool.applicants) if place not in seated)

    @property
    def by_requirements(self) -> tuple[str, ...]:
        """Keys of those who accept a seat, but whom no roster that meets the requirements seats."""
        none = set(self.without_seat)
        return tuple(key for key in self.chances if key in self.barred and key not in none)

    @property
    def by_goals(self) -> tuple[str, ...]:
        """Keys of those whom the requirements allow, but with whom a roster is less good in seats or goals."""
        types = self.distribution.types
        pairs = zip(types.people, self.distribution.seatable, strict=True)
        unseated = [self.pool.applicants[place].key for people, able in pairs if not able for place in people]
        return tuple(sorted(key for key in unseated if key not in self.barred))


def fair_distribution(
    pool: Pool,
    rules: Rules,
    *,
    locks: Locks | None = None,
    leximin: bool = True,
    tolerance: float = 1e-6,
    work: int | None = None,
    gathered: Gathered | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> tuple[Rows, dict[str, int], Distribution]:
    """The rows, the values of the steps, and a fair distribution over the rosters that keep both.

    Parameters
    ----------
    tolerance
        How far below its bound the smallest chance may stay.
    work
        Of the search for the distribution, in units (:data:`selection.fair.budget.WORK`), which end it at the same
        place on every machine; ``None`` for as long as it takes.
    gathered
        Told how many panels there are, and how far the smallest chance is from its bound.
    run, options
        As of :func:`selection.proposal.propose`. The time limit and a stop are of the search, whose first panel is
        found whatever the limit; nobody is told of steps or of rosters on the way, and no executor is asked.

    Raises
    ------
    ConflictError
        if there is no roster.
    InputError
        if the rosters seat nobody.
    """
    rows = build_rows(pool, rules, (locks or Locks()).checked(pool, rules))
    run = replace(run or PLAIN, **options)
    held, types = held_types(rows, run)
    if not types.people:
        raise InputError("draw_nobody")
    with conflict_named(rows):
        size = held["members"] if len(pool.tables) == 1 and not rules.has(Role.DEPUTY) else None
        search = Search(types, size=size, tolerance=tolerance, work=work, gathered=gathered, run=run)
        found = search.maximin()
        return rows, held, search.leximin(found) if leximin else found


def draw(
    pool: Pool,
    rules: Rules,
    *,
    seed: str | None = None,
    locks: Locks | None = None,
    leximin: bool = True,
    tolerance: float = 1e-6,
    work: int | None = None,
    most_gap: float | None = None,
    gathered: Gathered | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> Draw:
    """Draw a roster. See :func:`fair_distribution` for the other parameters and errors; ``seed`` as in ``propose``.

    Parameters
    ----------
    most_gap
        By how much the smallest chance of another draw may be larger; ``None`` for any.

    Raises
    ------
    DrawLimitError
        if it could be larger by more: then nothing is drawn.

    Notes
    -----

    Repeatable by anybody from the seed, the person keys and the lots: the panel is the one that has lot
    ``SHA-256(seed, "panel") mod LOTS``, and in each type the first in the order of lots are taken.
    """
    seed = rules.lottery.seed if seed is None else seed
    rows, held, distribution = fair_distribution(
        pool,
        rules,
        locks=locks,
        leximin=leximin,
        tolerance=tolerance,
        work=work,
        gathered=gathered,
        run=run,
        **options,
    )
    if most_gap is not None and distribution.gap > most_gap:
        raise DrawLimitError("draw_limit", gap=format_share(distribution.gap), most=format_share(most_gap))
    lots = lots_of(distribution.shares)
    lot, panel = drawn_by(seed, lots)
    seats = seats_of_panel(rows, distribution.types, distribution.panels[panel], seed)
    chances = chances_of(distribution.types, distribution.panels, lots)
    done = Draw(rows, seed, held, distribution, lots, (lot, panel), seats, chances, _barred(rows, distribution))
    check_roster(rows, held, seats)
    return done


def _barred(rows: Rows, distribution: Distribution) -> frozenset[str]:
    """Keys of those whom no roster that meets the requirements seats: of each type that no panel seats one is asked."""
    pairs = zip(distribution.types.people, distribution.seatable, strict=True)
    unseated = [people for people, able in pairs if not able]
    never = barred(rows, [people[0] for people in unseated])
    return frozenset(rows.pool.applicants[place].key for people in unseated if people[0] in never for place in people)
