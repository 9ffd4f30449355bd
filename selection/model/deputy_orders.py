"""Deputies who are nobody's own: their places in the order in which they rise, which is that of their seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.seat import Seat


def with_orders(rules: Rules, seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """The seats, those of deputies who are nobody's own with their places, so that another order is another seat."""
    held = tuple(seats)
    orders = deputy_orders(rules, held)
    return tuple(
        replace(seat, order=orders.get((seat.table, seat.person))) if seat.role is Role.DEPUTY else seat
        for seat in held
    )


def deputy_orders(rules: Rules, seats: Iterable[Seat]) -> dict[tuple[str, str], int]:
    """Table and person → the place in the order of its deputies, from 1; nobody where deputies are personal."""
    found: dict[tuple[str, str], int] = {}
    if rules.ordered_deputies:
        last: dict[str, int] = {}
        for seat in seats:
            if seat.role is Role.DEPUTY:
                last[seat.table] = found[seat.table, seat.person] = last.get(seat.table, 0) + 1
    return found
