"""What workers compute: functions of plain arguments, called in another process, that tell their steps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selection import proposal
from selection.conflict import conflict_named
from selection.constraints import build_rows
from selection.explain import Answer, Questions
from selection.explain.room import Room
from selection.explain.room import room as room_of
from selection.explain.ways_out import WayOut, ways_out
from selection.locks import Locks
from selection.pool import Applicant, Pool, Role
from selection.proposal import Seat, candidates_of, chosen_of
from selection.rules import Rules
from selection.ui.facts import facts_of
from selection.ui.worker import Telling


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is saved: ``(person, table, role, deputy of)`` for each seat, and the facts of its making."""

    seats: tuple[tuple[str, str, str, str | None], ...]
    facts: dict[str, Any]


def propose(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    time_limit: float | None,
    telling: Telling,
) -> Proposed:
    """Make a proposal.

    Raises
    ------
    SelectionError
        as :func:`selection.proposal.propose`.
    """
    pool = Pool.build(applicants, rules, asked)
    made = proposal.propose(
        pool, rules, locks=locks, time_limit=time_limit, progress=telling.progress, stoppable=telling.stoppable
    )
    seats = tuple((seat.key, seat.table, seat.role.value, seat.deputy_of) for seat in made.seats)
    facts = facts_of(made, pool, locks)
    return Proposed(seats, facts)


#: Questions about the roster asked about last: its programs are made once. The sign tells one roster from another.
_asked: dict[object, Questions] = {}


def why(
    sign: object,
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    key: str,
    telling: Telling,
) -> tuple[Answer, ...]:
    """Why somebody has a seat; or else why not, at each table where they would sit.

    Parameters
    ----------
    sign
        Equal for questions about the same roster under the same rules.
    seats
        The roster; reserves hold no seat.
    key
        The person's key.
    """
    if sign not in _asked:
        _asked.clear()
        seated = [seat for seat in seats if seat.role is not Role.RESERVE]
        pool = Pool.build(applicants, rules, asked)
        pool = pool.admitting(candidates_of(pool, seated))
        _asked[sign] = Questions(build_rows(pool, rules, locks), chosen_of(pool, seated))
    questions = _asked[sign]
    pool = questions.rows.pool
    if any(seat.key == key and seat.role is not Role.RESERVE for seat in seats):
        return (questions.why(key),)
    place = pool.places[key]
    tables = list(dict.fromkeys(pool.tables[one.table] for one in pool.candidates if one.applicant == place))
    answers = []
    for number, table in enumerate(tables):
        telling.progress(table, number, len(tables))
        answers.append(questions.why_not(key, table))
    return tuple(answers)


def ways(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seconds: float,
    telling: Telling,
) -> tuple[WayOut, ...]:
    """The least changes of the rules under which the requirements can hold, as many as are found in time."""
    pool = Pool.build(applicants, rules, asked)
    return ways_out(pool, rules, locks, deadline=time.monotonic() + seconds)


def room(
    rules: Rules, applicants: Sequence[Applicant], asked: frozenset[str] | None, locks: Locks, telling: Telling
) -> tuple[Room, ...]:
    """The least and the most seats that each requirement and goal can get with all requirements kept.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    rows = build_rows(Pool.build(applicants, rules, asked), rules, locks)
    with conflict_named(rows):
        return room_of(rows, progress=lambda done, total: telling.progress("room", done, total))
