"""Keeping pairs: member and personal deputy who both keep their seats stay a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selection.model.people import Role
from selection.proposal import Seat


def pairs_kept(before: Sequence[Seat], after: Sequence[Seat]) -> tuple[Seat, ...]:
    """The roster with the old pairs where both still sit; those whose pairs that breaks take what is left."""
    members = {(seat.key, seat.table) for seat in after if seat.role == Role.MEMBER}
    old = {(seat.key, seat.table): seat.deputy_of for seat in before if seat.role == Role.DEPUTY}
    kept: dict[str, str] = {}
    for seat in after:
        member = old.get((seat.key, seat.table)) if seat.role == Role.DEPUTY and seat.deputy_of else None
        if member is not None and (member, seat.table) in members:
            kept[seat.key] = member
    taken = set(kept.values())
    told: dict[str, str] = dict(kept)
    for table in dict.fromkeys(seat.table for seat in after):
        rest = [seat for seat in after if seat.table == table and seat.deputy_of and seat.key not in kept]
        wanted = [seat.deputy_of for seat in rest if seat.deputy_of]
        free = [one for one in wanted if one not in taken]
        spare = [
            seat.key
            for seat in after
            if seat.table == table and seat.role == Role.MEMBER and seat.key not in taken and seat.key not in free
        ]
        for seat in rest:
            if seat.deputy_of in free:
                told[seat.key] = str(seat.deputy_of)
            else:
                told[seat.key] = spare.pop(0)
    paired = [replace(seat, deputy_of=told.get(seat.key, seat.deputy_of)) for seat in after]
    order = {seat.key: number for number, seat in enumerate(paired)}
    tables = list(dict.fromkeys(seat.table for seat in paired))

    def rank(seat: Seat) -> tuple[int, int, int]:
        follows = order[seat.deputy_of] if seat.deputy_of else len(order) + order[seat.key]
        role = list(Role).index(seat.role)
        return (tables.index(seat.table), role, follows if seat.role == Role.DEPUTY else order[seat.key])

    return tuple(sorted(paired, key=rank))
