"""The roster of a panel: who sits where when it is drawn, checked from scratch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.errors import SolverError
from selection.explain.roster_steps import checked, step_values
from selection.fair.types import Types
from selection.model.people import Role
from selection.model.roster import Seat
from selection.model.rows import Rows
from selection.proposal import chosen_of
from selection.solving.bodies import Bodies
from selection.solving.lottery import lot_order


def seats_of_panel(rows: Rows, types: Types, panel: tuple[int, ...], seed: str) -> tuple[Seat, ...]:
    """Who sits where when a panel is drawn: of each type the first in the order of lots."""
    pool = rows.pool
    bodies = Bodies.of(rows, lot_order(pool, seed))
    waiting = [sorted(people, key=bodies.lot.__getitem__) for people in types.people]
    drawn: dict[tuple[int, Role], list[int]] = {}
    for (number, table, role), count in zip(types.seats, panel, strict=True):
        drawn.setdefault((table, role), []).extend(waiting[number].pop(0) for _ in range(count))
    seats: list[Seat] = []
    for table, name in enumerate(pool.tables):
        here = (drawn.get((table, role), []) for role in (Role.MEMBER, Role.DEPUTY))
        members, deputies = bodies.seated(name, *here)
        seats += [*members, *deputies]
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
