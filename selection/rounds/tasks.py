"""What workers compute: functions of plain arguments, called in another process, that tell their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from selection import proposal
from selection.explain.least_change import sitting_pool
from selection.explain.room import Room
from selection.explain.room import room as room_of
from selection.explain.ways_out import WayOut, ways_out
from selection.explain.why import Answer, Questions
from selection.jobs.worker import Telling
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.roster import Roster, Seat
from selection.rounds.facts import facts_of
from selection.rounds.given import Given
from selection.solving.conflict import conflict_named
from selection.solving.run import Run


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is saved: its roster, and the facts of its making."""

    roster: Roster
    facts: dict[str, Any]


def propose(
    given: Given,
    time_limit: float | None,
    telling: Telling,
) -> Proposed:
    """Make a proposal, telling the rosters found on the way: without pairs and reserves.

    Raises
    ------
    SelectionError
        as :func:`selection.proposal.propose`.
    """
    pool = given.pool

    def found(chosen: tuple[int, ...]) -> None:
        # Only looked at, whatever number of tables the rules let one person sit at.
        telling.found(Roster(pool.seats_taken(chosen), len(pool.tables)))

    run = Run(time_limit=time_limit, progress=telling.progress, stoppable=telling.stoppable, found=found)
    made = proposal.propose(pool, given.rules, locks=given.locks, run=run)
    return Proposed(made.roster, facts_of(made, pool, given.locks))


#: Seconds for all of the answer about one person, the making of the programs aside.
WHY_SECONDS = 20.0

#: Rosters whose programs a worker keeps: questions come by turns about a few.
KEPT = 2
_asked: list[tuple[Given, Sequence[Seat], Questions]] = []


def questions_about(given: Given, seats: Sequence[Seat], run: Run) -> Questions:
    """Questions about a roster; the limit of ``run`` is of each. Their programs are made once, while others are not in
    the way."""
    held = next((one for one in _asked if one[0] == given and one[1] == seats), None)
    if held is None:
        held = (given, seats, Questions.of(given.proposal(seats)))
    else:
        _asked.remove(held)
    _asked.insert(0, held)
    del _asked[KEPT:]
    held[2].run_by(run)
    return held[2]


def why(given: Given, seats: Sequence[Seat], key: str, telling: Telling) -> tuple[Answer, ...]:
    """Why somebody has a seat; or else why not, at each table where they would sit. What is not settled within
    :data:`WHY_SECONDS` is told as far as it is proven.

    Parameters
    ----------
    seats
        The roster; reserves hold no seat.
    key
        The person's key.
    """
    run = Run(time_limit=WHY_SECONDS, stoppable=telling.stoppable)
    questions = questions_about(given, seats, run)
    pool = questions.rows.pool
    if any(seat.person == key and seat.role is not Role.RESERVE for seat in seats):
        return (questions.why(key),)
    place = pool.places[key]
    tables = list(dict.fromkeys(pool.tables[one.table] for one in pool.candidates if one.applicant == place))
    questions.run_by(replace(run, time_limit=WHY_SECONDS / max(len(tables), 1)))
    answers = []
    for number, table in enumerate(tables):
        telling.progress(table, number, len(tables))
        answers.append(questions.why_not(key, table))
    return tuple(answers)


def ways(given: Given, seats: Sequence[Seat], facts: Locks, seconds: float, telling: Telling) -> tuple[WayOut, ...]:
    """The least changes of the rules under which the requirements can hold, as many as are found in time.

    Parameters
    ----------
    seats
        Of a roster that was to be changed: they count as accepted. Empty where none was.
    facts
        Locks that are nobody's to drop.
    """
    pool = sitting_pool(given.pool, seats) if seats else given.pool
    return ways_out(pool, given.rules, given.locks, facts=facts, time_limit=seconds, stoppable=telling.stoppable)


def room(given: Given, telling: Telling) -> tuple[Room, ...]:
    """The least and the most seats that each requirement and goal can get with all requirements kept.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    rows = given.rows()
    with conflict_named(rows):
        return room_of(rows, progress=telling.progress, stoppable=telling.stoppable)
