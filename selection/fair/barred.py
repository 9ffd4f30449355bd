"""Who cannot be drawn, and why: whom only a better roster leaves out is never said to be barred by requirements."""

from __future__ import annotations

from collections.abc import Iterable

from selection.model.rows import Rows
from selection.solver import Infeasible, Program, total


def barred(rows: Rows, applicants: Iterable[int]) -> frozenset[int]:
    """Of some applicants (places in the pool) those whom no roster that meets the requirements seats, whatever it does
    to seats filled and goals.

    One run seats as many of them at once as can be; who sits then is not barred, and the others are asked again.
    """
    seats: dict[int, list[int]] = {place: [] for place in applicants}
    for place, candidate in enumerate(rows.pool.candidates):
        if candidate.applicant in seats:
            seats[candidate.applicant].append(place)
    program = Program(len(rows.pool.candidates))
    for row in rows.requirements:
        program.add(row)
    waiting = {place: own for place, own in seats.items() if own}
    while waiting:
        try:
            most = program.minimise(total((place for own in waiting.values() for place in own), -1))
        except Infeasible:
            break
        if most.value == 0:
            break
        waiting = {place: own for place, own in waiting.items() if all(program.values[one] < 0.5 for one in own)}
    return frozenset(place for place, own in seats.items() if not own or place in waiting)
