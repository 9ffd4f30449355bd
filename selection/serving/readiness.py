"""Whether the app can do its work now: the records are read, and a round of six people is solved in a process apart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from selection import jobs
from selection.errors import SelectionError
from selection.model.people import Applicant, Origin, Role
from selection.model.pool import Pool
from selection.model.rules_file import parse_rules
from selection.proposal import propose

#: How long an answer holds: solving is tried now and then, whoever asks and however often.
HOLDS_SECONDS, FAILED_SECONDS = 300.0, 15.0
#: A solve takes a fraction of it; a machine that cannot end it in that time serves nobody.
LIMITS = jobs.Limits(seconds=12.0, processor=10)
PEOPLE = 6
RULES = """
schema = "selection.rules/1"
name = "readiness"
[members]
least = 3
aim = 3
[deputies]
aim = 2
[reserves]
aim = 1
[eligibility]
age_on = 2025-01-01
[lottery]
seed = "readiness"
[[tables]]
id = "table"
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
body = "members"
at_least = 2
"""


def solved() -> list[int]:
    """How many members, deputies and reserves a proposal for six made-up people has."""
    people = [
        Applicant(
            key=f"person-{number}",
            name=f"Person {number}",
            origin=Origin("", "", number + 2),
            wishes=("table",),
            birth_year=1960 + number,
            values={"gender": ("woman" if number % 2 else "man",)},
        )
        for number in range(PEOPLE)
    ]
    rules = parse_rules(RULES, "readiness")
    seats = propose(Pool.build(people, rules), rules).seats
    return [sum(seat.role is role for seat in seats) for role in (Role.MEMBER, Role.DEPUTY, Role.RESERVE)]


def solves() -> bool:
    """Whether a proposal can be made now, as pages have them made: in a process of its own, under limits."""
    try:
        # Not in the queue of files that people read in: those take as long as they take.
        return bool(jobs.start(solved, limits=LIMITS).result() == [3, 2, 1])
    except (jobs.JobEnded, SelectionError, OSError):
        return False


class Held:
    """An answer that is found out at most every so often, by one caller at a time."""

    def __init__(self, ask: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._lock = threading.Lock()
        self._answer, self._until = False, -1.0

    def __call__(self) -> bool:
        """The answer, or the last one while it holds."""
        with self._lock:
            if self._clock() >= self._until:
                self._answer = self._ask()
                self._until = self._clock() + (HOLDS_SECONDS if self._answer else FAILED_SECONDS)
            return self._answer


solving = Held(solves)
