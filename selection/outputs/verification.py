"""Verify: does a decision follow from these applications, and where did people change it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from selection.checking import Checked, check_in
from selection.constraints import build_rows
from selection.errors import ConflictError, LockError, SelectionError
from selection.model.deputy_orders import with_orders
from selection.model.locks import Locks
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat, SeatChange, seat_changes
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.seal import SealMark
from selection.outputs.amendments import Amendment, amended, amendments
from selection.outputs.checkable import Checkable, cells_as_text
from selection.outputs.figures import FIGURES, figure_lines
from selection.outputs.readback import SheetCells, exported_seats, recorded_seats
from selection.proposal import Proposal, candidates_of, propose
from selection.solving.steps import Progress
from selection.texts import LANGUAGES, in_language


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A sheet of figures that does not say what the roster gives.

    ``rows`` are row numbers whose cells are other than counted, ``gone`` is how many counted rows are not there;
    ``missing`` that the whole sheet is not.
    """

    sheet: str
    rows: tuple[int, ...] = ()
    gone: int = 0
    missing: bool = False


@dataclass(frozen=True)
class Verification:
    """What was found.

    Attributes
    ----------
    intact
        Whether the check sheet is as the program wrote it.
    computed
        Whether a computed proposal is recorded at all.
    outdated
        Whether data of people were changed after it was computed and what they were then is not known any more.
    files_missing, files_other
        Names of files that were used and not handed in as they were, and of files handed in that were not used.
    people_missing
        How many people of the recorded roster are not in the applications.
    amendments
        People corrected, added or left out, with the people as read from the files.
    later
        Those of them that were so after the proposal was computed, with the people that it was computed from.
    recomputed
        The proposal made anew from the recorded rules, locks and seed; ``None`` where that could not be done, and
        ``failure`` says why.
    steps_differ
        ``(name, recorded, recomputed)`` of steps whose value differs.
    proposal_differs
        Seats of the recorded proposal that the recomputed one has otherwise.
    changes
        Seats that differ between the recorded proposal and the tables' sheets: what people changed in all.
    edited
        Those of them that were changed after the program wrote the workbook.
    figures
        Sheets whose figures are not those of the roster on the tables' sheets.
    checked
        How every rule stands for the roster on the tables' sheets.
    roster, written
        The roster on the tables' sheets, and the one that the workbook was written with.
    """

    intact: bool
    computed: bool
    outdated: bool
    files_missing: tuple[str, ...]
    files_other: tuple[str, ...]
    people_missing: int
    amendments: tuple[tuple[Amendment, Applicant | None], ...]
    later: tuple[tuple[Amendment, Applicant | None], ...]
    recomputed: Proposal | None
    failure: SelectionError | None
    steps_differ: tuple[tuple[str, int, int | None], ...]
    proposal_differs: tuple[SeatChange, ...]
    changes: tuple[SeatChange, ...]
    edited: tuple[SeatChange, ...]
    figures: tuple[FigureDifference, ...]
    checked: Checked
    roster: Proposal
    written: Proposal

    @property
    def same_files(self) -> bool:
        """Whether the applications are those that were used, byte for byte."""
        return not self.files_missing and not self.files_other

    @property
    def repeated(self) -> bool:
        """Whether rules, steps and the draw give the recorded proposal again."""
        return self.recomputed is not None and not self.steps_differ and not self.proposal_differs

    @property
    def follows(self) -> bool:
        """Whether the recorded proposal follows from these inputs: rules, steps and the draw give it again, whether or
        not the files are the same byte for byte."""
        return self.intact and self.repeated

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
    sheets: Sequence[SheetCells] = (),
    asked: Iterable[str] | None = None,
    left_out: Iterable[str] = (),
    waived: Iterable[str] = (),
    seal: SealMark | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Make the proposal anew and hold it against what was recorded and what was decided.

    Parameters
    ----------
    decided
        The roster on the tables' sheets.
    applicants
        As read from the files; the recorded amendments are made here.
    files
        ``(name, sha256)`` of the applications handed in.
    sheets
        All sheets of the workbook: their figures are compared too.
    left_out, waived, seal
        See :class:`selection.model.pool.Pool`.

    Raises
    ------
    ProposalFileError
        if the recorded rules are no valid rules.
    UnreadRequirementError
        if a requirement cannot be counted, and is not waived.
    """
    without: dict[str, frozenset[str]] = {"left_out": frozenset(left_out), "waived": frozenset(waived)}
    read = {one.key: one for one in applicants}
    people = amended(read.values(), recorded.amendments)
    solved = amended(people, recorded.solved_amendments or ())
    known = {one.key for one in (*people, *solved)}
    rules = recorded.rules()
    locks = recorded.board_locks()
    fields = recorded.asked if recorded.asked is not None else None if asked is None else tuple(asked)
    pool = replace(Pool.build(people, rules, fields, **without), seal=seal)
    then = pool
    if recorded.solved_amendments is not None or recorded.solved_asked is not None:
        then_asked = fields if recorded.solved_asked is None else recorded.solved_asked
        then = replace(Pool.build(solved, rules, then_asked, **without), seal=seal)
    again: Proposal | None = None
    failure: SelectionError | None = None
    if recorded.steps:
        try:
            again = propose(then, rules, seed=recorded.seed, locks=recorded.proposed_locks(), progress=progress)
        except (LockError, ConflictError) as error:
            failure = error
    used, given = ({digest: name for name, digest in some} for some in (recorded.files, files))
    before, written = recorded_seats(recorded), exported_seats(recorded)

    def changes(one: Sequence[Seat], other: Sequence[Seat]) -> tuple[SeatChange, ...]:
        return seat_changes(with_orders(rules, one), with_orders(rules, other))

    roster, as_written = (_roster(pool, rules, locks, recorded.seed, seats) for seats in (decided, written))
    return Verification(
        intact=recorded.intact,
        computed=bool(recorded.steps),
        outdated=recorded.outdated and recorded.solved_amendments is None,
        files_missing=_names_not_in(used, given),
        files_other=_names_not_in(given, used),
        people_missing=len({seat.person for seat in before} - known),
        amendments=tuple((one, read.get(one.key)) for one in recorded.amendments),
        later=_later(solved, people),
        recomputed=again,
        failure=failure,
        steps_differ=() if again is None else _steps_differ(recorded, again),
        proposal_differs=() if again is None else changes(before, again.seats),
        changes=changes(before, decided) if recorded.steps else (),
        edited=changes(written, decided),
        figures=figures_differ(recorded, roster, sheets) if sheets else (),
        checked=check_in(pool, decided, rules, locks=locks),
        roster=roster,
        written=as_written,
    )


def _roster(pool: Pool, rules: Rules, locks: Locks, seed: str, seats: Sequence[Seat]) -> Proposal:
    """A roster that nobody computed, as the sheets are made from it; who is not in the pool left out."""
    seats = [seat for seat in seats if seat.person in pool.places]
    seated = pool.admitting(candidates_of(pool, seats))
    return Proposal(build_rows(seated, rules, locks), seed, tuple(seats), (), "", "", 0.0, False)


def figures_differ(recorded: Checkable, roster: Proposal, sheets: Sequence[SheetCells]) -> tuple[FigureDifference, ...]:
    """Where the sheets of figures say something else than a roster gives, in the workbook's own language."""
    if recorded.language not in LANGUAGES:
        return ()
    cells = dict(sheets)
    with in_language(recorded.language):
        counted = figure_lines(roster)
    found: list[FigureDifference] = []
    for code in FIGURES:
        title = recorded.layout.get(f"figures.{code}")
        if title is None:
            continue
        if title not in cells:
            found.append(FigureDifference(title, missing=True))
            continue
        wanted = Counter(cells_as_text(line.values) for line in counted[code])
        width = max((len(line.values) for line in counted[code]), default=0)
        other: list[int] = []
        for number, row in enumerate(cells[title][1:], start=2):
            here = cells_as_text([*row, *[None] * width][: max(width, len(row))])
            if not any(here):
                continue
            if wanted[here] > 0:
                wanted[here] -= 1
            else:
                other.append(number)
        gone = max(wanted.total() - len(other), 0)
        if other or gone:
            found.append(FigureDifference(title, tuple(other), gone))
    return tuple(found)


def _later(solved: Sequence[Applicant], people: Sequence[Applicant]) -> tuple[tuple[Amendment, Applicant | None], ...]:
    before = {one.key: one for one in solved}
    return tuple((one, before.get(one.key)) for one in amendments(solved, people))


def _names_not_in(some: Mapping[str, str], others: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for digest, name in some.items() if digest not in others)


def _steps_differ(recorded: Checkable, again: Proposal) -> tuple[tuple[str, int, int | None], ...]:
    values = {step.name: step.value for step in again.steps}
    differing = [(name, value, values.get(name)) for name, value, _ in recorded.steps if values.get(name) != value]
    return tuple(differing)
