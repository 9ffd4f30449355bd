"""Keeping pairs and the order of deputies: who keep their seats stay a pair, or in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selection.model.people import Role
from selection.model.roster import Seat


def pairs_kept(before: Sequence[Seat], after: Sequence[Seat]) -> tuple[Seat, ...]:
    """The roster with the old pairs where both still sit; those whose pairs that breaks take what is left."""
    members = {(seat.person, seat.table) for seat in after if seat.role == Role.MEMBER}
    old = {(seat.person, seat.table): seat.deputy_of for seat in before if seat.role == Role.DEPUTY}
    kept: dict[str, str] = {}
    for seat in after:
        member = old.get((seat.person, seat.table)) if seat.role == Role.DEPUTY and seat.deputy_of else None
        if member is not None and (member, seat.table) in members:
            kept[seat.person] = member
    taken = set(kept.values())
    told: dict[str, str] = dict(kept)
    for table in dict.fromkeys(seat.table for seat in after):
        rest = [seat for seat in after if seat.table == table and seat.deputy_of and seat.person not in kept]
        wanted = [seat.deputy_of for seat in rest if seat.deputy_of]
        free = [one for one in wanted if one not in taken]
        spare = [
            seat.person
            for seat in after
            if seat.table == table and seat.role == Role.MEMBER and seat.person not in taken and seat.person not in free
        ]
        for seat in rest:
            if seat.deputy_of in free:
                told[seat.person] = str(seat.deputy_of)
            else:
                told[seat.person] = spare.pop(0)
    paired = [replace(seat, deputy_of=told.get(seat.person, seat.deputy_of)) for seat in after]
    order = {seat.person: number for number, seat in enumerate(paired)}
    # Deputies who are nobody's own keep their order; who comes new stands behind them.
    stood = {(seat.person, seat.table): number for number, seat in enumerate(before) if seat.role == Role.DEPUTY}
    tables = list(dict.fromkeys(seat.table for seat in paired))

    def rank(seat: Seat) -> tuple[int, int, int]:
        alone = len(order) + stood.get((seat.person, seat.table), len(before) + order[seat.person])
        follows = order[seat.deputy_of] if seat.deputy_of else alone
        role = list(Role).index(seat.role)
        return (tables.index(seat.table), role, follows if seat.role == Role.DEPUTY else order[seat.person])

    return tuple(sorted(paired, key=rank))
