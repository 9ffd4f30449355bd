"""Draw: a roster drawn from a fair distribution by a public seed, with everybody's exact chance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from selection.constraints import build_rows
from selection.errors import DrawLimitError, InputError, SolverError
from selection.explain.roster_steps import checked, step_values
from selection.fair.barred import barred
from selection.fair.distribution import Distribution, Progress, Search
from selection.fair.types import Types, types_of
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Seat, sort_name
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.proposal import chosen_of
from selection.solving.conflict import conflict_named
from selection.solving.lottery import lot_order
from selection.solving.objectives import SEATS
from selection.solving.pairs import Likeness, best_pairs
from selection.solving.steps import SteppedProgram, step_names
from selection.texts import format_share

#: Lots in the urn: the shares of the panels are rounded to so many, so that chances are exact and can be counted again.
LOTS = 1_000_000

#: Steps whose values every roster of the draw has; wishes, pairs and lots are not held.
HELD = 10


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
    seconds: float | None = None,
    work: int | None = None,
    progress: Progress | None = None,
) -> tuple[Rows, dict[str, int], Distribution]:
    """The rows, the values of the steps, and a fair distribution over the rosters that keep both.

    Parameters
    ----------
    tolerance
        How far below its bound the smallest chance may stay.
    seconds, work
        Of the search for the distribution, by the clock or in units of work (:data:`selection.fair.budget.WORK`), which
        end it at the same place on every machine; ``None`` for as long as it takes.

    Raises
    ------
    ConflictError
        if there is no roster.
    InputError
        if the rosters seat nobody.
    """
    rows = build_rows(pool, rules, (locks or Locks()).checked(pool, rules))
    held, types = held_types(rows)
    if not types.people:
        raise InputError("draw_nobody")
    with conflict_named(rows):
        size = held["members"] if len(pool.tables) == 1 and not rules.deputies.aim else None
        search = Search(types, size=size, tolerance=tolerance, seconds=seconds, work=work, progress=progress)
        found = search.maximin()
        return rows, held, search.leximin(found) if leximin else found


def held_types(rows: Rows) -> tuple[dict[str, int], Types]:
    """The values of the steps, proven, and the types of the rosters that keep them.

    Raises
    ------
    ConflictError
        if there is no roster.
    """
    with conflict_named(rows):
        held, met, closed = _held(rows)
        return held, types_of(rows, held, met=met, closed=closed)


def _held(rows: Rows) -> tuple[dict[str, int], frozenset[int], frozenset[int]]:
    """The values of the steps, proven, with the goals always met and the candidates never seated then.

    For one panel of a given size without goals the values are known.
    """
    rules = rows.rules
    if rules.members.least == rules.members.aim and not rules.deputies.aim and not rows.goals:
        tables = len(rows.pool.tables)
        held = {step.name: step.best(rules, tables) for step in SEATS if step.role is Role.MEMBER}
        return held, frozenset(), frozenset()
    stepped = SteppedProgram(rows, tightening=True)
    held = {name: stepped.take(name).value for name in step_names(rules.steps.order)[:HELD]}
    program = stepped.program
    met = frozenset(place for place, one in enumerate(stepped.deviations) if not program.is_open(one))
    upper = [program.upper(place) for place in range(len(rows.pool.candidates))]
    return held, met, frozenset(place for place, most in enumerate(upper) if most == 0)


def draw(
    pool: Pool,
    rules: Rules,
    *,
    seed: str | None = None,
    locks: Locks | None = None,
    leximin: bool = True,
    tolerance: float = 1e-6,
    seconds: float | None = None,
    work: int | None = None,
    most_gap: float | None = None,
    progress: Progress | None = None,
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
        seconds=seconds,
        work=work,
        progress=progress,
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


def drawn_by(seed: str, lots: Sequence[int]) -> tuple[int, int]:
    """The lot that a seed draws, and the panel that has it."""
    lot = int(hashlib.sha256(f"{seed}\npanel".encode()).hexdigest(), 16) % LOTS
    return lot, int(np.searchsorted(np.cumsum(lots), lot, side="right"))


def lots_of(shares: tuple[float, ...]) -> tuple[int, ...]:
    """Shares as whole lots that add up to :data:`LOTS`; what rounding leaves goes to the largest remainders."""
    exact = [share * LOTS for share in shares]
    lots = [int(one) for one in exact]
    order = sorted(range(len(lots)), key=lambda place: (lots[place] - exact[place], place))
    for place in order[: LOTS - sum(lots)]:
        lots[place] += 1
    return tuple(lots)


def chances_of(types: Types, panels: Sequence[tuple[int, ...]], lots: Sequence[int]) -> dict[str, Fraction]:
    """Person key → the chance of a seat that the lots of the panels give, for every applicant."""
    seated = [types.seated(panel) for panel in panels]
    chances = {one.key: Fraction(0) for one in types.pool.applicants}
    for number, people in enumerate(types.people):
        tickets = sum(lot * int(one[number]) for lot, one in zip(lots, seated, strict=True))
        for place in people:
            chances[types.pool.applicants[place].key] = Fraction(tickets, LOTS * len(people))
    return chances


def seats_of_panel(rows: Rows, types: Types, panel: tuple[int, ...], seed: str) -> tuple[Seat, ...]:
    """Who sits where when a panel is drawn: of each type the first in the order of lots."""
    pool, rules = rows.pool, rows.rules
    lot = {place: number for number, place in enumerate(lot_order(pool, seed))}
    waiting = [sorted(people, key=lot.__getitem__) for people in types.people]
    bodies: dict[tuple[int, Role], list[int]] = {}
    for (number, table, role), count in zip(types.seats, panel, strict=True):
        bodies.setdefault((table, role), []).extend(waiting[number].pop(0) for _ in range(count))
    key = [one.key for one in pool.applicants]
    likeness = Likeness.of(pool, rules)

    def by_name(places: list[int]) -> list[int]:
        return sorted(places, key=lambda place: (sort_name(pool.applicants[place].name), key[place]))

    seats: list[Seat] = []
    for table, name in enumerate(pool.tables):
        members = sorted(bodies.get((table, Role.MEMBER), []), key=lot.__getitem__)
        deputies = sorted(bodies.get((table, Role.DEPUTY), []), key=lot.__getitem__)
        member_of = best_pairs(likeness, members, deputies) if rules.deputies.personal and deputies else {}
        seats += [Seat(key[place], name, Role.MEMBER) for place in by_name(members)]
        seats += [
            Seat(key[place], name, Role.DEPUTY, key[member_of[place]] if place in member_of else None)
            for place in by_name(deputies)
        ]
    return tuple(seats)


def check_roster(rows: Rows, held: Mapping[str, int], seats: Sequence[Seat]) -> None:
    """Check a drawn roster from scratch.

    Raises
    ------
    SolverError
        if a requirement does not hold, or a step's value is not the one held.
    """
    chosen = chosen_of(rows.pool, seats)
    checked(rows, chosen)
    counted = step_values(rows, chosen)
    for step, value in held.items():
        if counted[step] != value:
            raise SolverError("roster_breaks_step", step=step)
