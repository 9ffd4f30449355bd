"""The roster of a panel: who sits where when it is drawn, checked from scratch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.errors import SolverError
from selection.explain.roster_steps import checked, step_values
from selection.fair.types import Types
from selection.model.people import Role
from selection.model.roster import Seat, sort_name
from selection.model.rows import Rows
from selection.proposal import chosen_of
from selection.solving.lottery import lot_order
from selection.solving.pairs import Likeness, best_pairs


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
