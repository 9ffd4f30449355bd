"""Verify: does a decision follow from these applications, and where did people change it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from selection.checking import Checked, check
from selection.outputs.checkable import Checkable
from selection.outputs.readback import SeatChange, recorded_seats, seat_changes
from selection.pool import Applicant, Pool
from selection.proposal import Proposal, Seat, propose
from selection.rows import Standing
from selection.steps import Progress


@dataclass(frozen=True)
class Verification:
    """What was found.

    Attributes
    ----------
    intact
        Whether the check sheet is as the program wrote it.
    files_missing, files_other
        Names of files that were used and not handed in as they were, and of files handed in that were not used.
    people_missing
        How many people of the recorded roster are not in the applications.
    recomputed
        The proposal made anew from the recorded rules, locks and seed.
    steps_differ
        ``(name, recorded, recomputed)`` of steps whose value differs.
    proposal_differs
        Seats of the recorded proposal that the recomputed one has otherwise.
    changes
        Seats that people changed on the tables' sheets.
    checked
        How every rule stands for the roster on the tables' sheets.
    """

    intact: bool
    files_missing: tuple[str, ...]
    files_other: tuple[str, ...]
    people_missing: int
    recomputed: Proposal
    steps_differ: tuple[tuple[str, int, int | None], ...]
    proposal_differs: tuple[SeatChange, ...]
    changes: tuple[SeatChange, ...]
    checked: Checked

    @property
    def same_files(self) -> bool:
        """Whether the applications are those that were used, byte for byte."""
        return not self.files_missing and not self.files_other

    @property
    def follows(self) -> bool:
        """Whether the recorded proposal follows from these inputs: rules, steps and the draw give it again."""
        return self.intact and self.same_files and not self.steps_differ and not self.proposal_differs

    @property
    def broken(self) -> tuple[Standing, ...]:
        """Requirements that the decided roster does not meet."""
        return tuple(one for one in self.checked.requirements if not one.holds)


def verify(
    recorded: Checkable,
    decided: Sequence[Seat],
    applicants: Iterable[Applicant],
    *,
    files: Sequence[tuple[str, str]],
    asked: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Make the proposal anew and hold it against what was recorded and what was decided.

    Parameters
    ----------
    decided
        The roster on the tables' sheets.
    files
        ``(name, sha256)`` of the applications handed in.

    Raises
    ------
    ProposalFileError
        if the recorded rules are no valid rules.
    LockError, ConflictError
        if the recorded rules and locks do not fit these applications.
    """
    people = tuple(applicants)
    known = {one.key for one in people}
    rules = recorded.rules()
    locks = recorded.board_locks()
    asked = None if asked is None else tuple(asked)
    again = propose(Pool.build(people, rules, asked), rules, seed=recorded.seed, locks=locks, progress=progress)
    used, given = ({digest: name for name, digest in some} for some in (recorded.files, files))
    before = recorded_seats(recorded)
    return Verification(
        intact=recorded.intact,
        files_missing=_names_not_in(used, given),
        files_other=_names_not_in(given, used),
        people_missing=len({seat.key for seat in before} - known),
        recomputed=again,
        steps_differ=_steps_differ(recorded, again),
        proposal_differs=seat_changes(before, again.seats),
        changes=seat_changes(before, decided),
        checked=check(decided, people, rules, asked=asked, locks=locks),
    )


def _names_not_in(some: Mapping[str, str], others: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for digest, name in some.items() if digest not in others)


def _steps_differ(recorded: Checkable, again: Proposal) -> tuple[tuple[str, int, int | None], ...]:
    values = {step.name: step.value for step in again.steps}
    differing = [(name, value, values.get(name)) for name, value, _ in recorded.steps if values.get(name) != value]
    return tuple(differing)
