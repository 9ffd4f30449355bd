"""Who can never be seated: whom no roster that meets the requirements seats, however few seats and goals it fills."""

from __future__ import annotations

from collections.abc import Iterable

from selection.explain.roster_steps import checked
from selection.model.rows import Rows
from selection.solver import total
from selection.solving.required import required_program
from selection.solving.run import PLAIN, Run


def barred(rows: Rows, applicants: Iterable[int], run: Run = PLAIN) -> frozenset[int]:
    """Of some applicants (places in the pool) those whom no roster that meets the requirements seats, whatever it does
    to seats filled and goals.

    One run seats as many of them at once as can be; who sits then is not barred, and the others are asked again. It is
    brought to its end, whatever the limit of the run: of a part of it nothing could be said.

    Raises
    ------
    Infeasible
        if there is no roster at all.
    """
    seats: dict[int, list[int]] = {place: [] for place in applicants}
    for place, candidate in enumerate(rows.pool.candidates):
        if candidate.applicant in seats:
            seats[candidate.applicant].append(place)
    program = required_program(rows, run.whole)
    waiting = {applicant: own for applicant, own in seats.items() if own}
    while program.minimise(total((place for own in waiting.values() for place in own), -1)).value < 0:
        chosen = checked(rows, program.chosen(len(rows.pool.candidates)))
        waiting = {applicant: own for applicant, own in waiting.items() if not any(chosen[place] for place in own)}
    return frozenset(applicant for applicant, own in seats.items() if not own or applicant in waiting)
