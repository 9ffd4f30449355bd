"""Check: does a roster made by anybody hold? The same rows, multiplied by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selection.constraints import build_rows
from selection.errors import ProposalFileError
from selection.model.locks import Locks
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.source import Source
from selection.proposal import candidates_of, chosen_of


@dataclass(frozen=True, slots=True)
class Checked:
    """How every requirement and goal stands for a roster."""

    requirements: tuple[Standing, ...]
    goals: tuple[Standing, ...]

    @property
    def holds(self) -> bool:
        """Whether every requirement holds."""
        return all(one.holds for one in self.requirements)


def check(
    seats: Sequence[Seat],
    applicants: Iterable[Applicant],
    rules: Rules,
    *,
    asked: Iterable[str] | None = None,
    locks: Locks | None = None,
    waived: Iterable[str] = (),
) -> Checked:
    """Count every rule from scratch for a roster, made by the program or by people.

    Parameters
    ----------
    asked
        Fields that were read; ``None`` for all.
    waived
        Ids of requirements to go on without where their field was not read.

    Raises
    ------
    ProposalFileError
        if the roster names a table that the rules do not have.
    UnreadRequirementError
        if a requirement cannot be counted, and is not waived.
    """
    return check_in(Pool.build(applicants, rules, asked, waived=waived), seats, rules, locks=locks)


def check_in(pool: Pool, seats: Sequence[Seat], rules: Rules, *, locks: Locks | None = None) -> Checked:
    """The same for a pool that is there already."""
    for seat in seats:
        if seat.table not in pool.tables:
            raise ProposalFileError("proposal_unknown_table", table=seat.table)
    pool = pool.admitting(candidates_of(pool, seats))
    rows = build_rows(pool, rules, locks)
    chosen = chosen_of(pool, seats)
    twice = Standing(Source.ONE_SEAT.value, None, None, None, None, _most_seats(seats), None, 1, Source.ONE_SEAT)
    standings = [one for one in rows.standings(chosen) if one.source is not Source.ONE_SEAT]
    return Checked((twice, *standings), rows.goal_standings(chosen))


def _most_seats(seats: Sequence[Seat]) -> int:
    """The most seats that one person has, reserves counted."""
    counts: dict[str, int] = {}
    for seat in seats:
        counts[seat.person] = counts.get(seat.person, 0) + 1
    return max(counts.values(), default=0)
