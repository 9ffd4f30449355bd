"""The sheet that makes a workbook checkable: what went in, what came out, and a checksum over both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selection.errors import ProposalFileError
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.rules import Rules
from selection.outputs.amendments import Amendment
from selection.outputs.lock_records import LockRecord, locks_of_records
from selection.outputs.sheets import clean
from selection.texts import text

SCHEMA = "selection.workbook/1"

#: The cells of a record: what it is, its name, its value, and where it belongs.
COLUMNS = ("kind", "name", "value", "table", "role", "file", "sheet", "row", "deputy_of")
WIDTH = len(COLUMNS)

#: Characters of the rules in one cell: a line that can be read and printed.
PIECE = 120
#: Characters of the digest of a row.
ROW_DIGEST = 12

Record = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """One seat as proposed: who, by person key and by place in the applications; ``deputy_of`` is a member's key."""

    table: str
    role: Role
    key: str
    name: str
    file: str | None
    sheet: str | None
    row: int | None
    deputy_of: str | None = None


@dataclass(frozen=True)
class Checkable:
    """What the sheet holds.

    Attributes
    ----------
    versions
        Program → version: of the product and of the solver.
    files
        ``(name, sha256)`` of the applications.
    rules
        Name of the rules, and all of them as JSON, which must hold no line breaks.
    steps
        ``(name, value, bound)`` of each step taken; equal value and bound are a proof.
    seats
        The roster as the program proposed it; none where no proposal was computed.
    locks
        The board's, in force when the workbook was written.
    layout
        Where the rosters for people stand: code → name of a sheet or header of a column.
    held
        The roster as the workbook was written with, where people had changed the proposal by then; else ``None``.
    solved_locks
        The locks that the proposal was computed with, where they were others; else ``None``.
    reasons
        Why a lock was set: its persons' keys → the reason.
    amendments
        How the people as they were when the workbook was written differ from the applications as read.
    solved_amendments
        How the people that the proposal was made from differ from those; ``None`` where nothing was changed since, and
        where, after a change (see ``outdated``), it is not known any more.
    solved_asked
        Fields that the proposal took as asked; ``None`` for the same as those of the workbook.
    asked
        Fields taken as asked; ``None`` for those that the files asked.
    mapping
        How a person had the columns read, as JSON; empty where the program's own reading was taken.
    outdated
        Whether data of people, or the locks, were changed after the proposal was computed.
    older
        What of rules, locks and people was changed after it was computed.
    people
        A digest of the people as they were when the workbook was written; empty in older workbooks.
    withheld
        Keys of those whose contact data stay out of every file, as people marked them.
    waived
        Ids of requirements that people went on without, their field not being read.
    images
        Sheet → a digest of each of its rows as written (:func:`row_digest`), the header's first; empty in older
        workbooks.
    intact
        Whether the checksum fits the other cells: false after an edit of the sheet.
    """

    language: str
    versions: Mapping[str, str]
    files: tuple[tuple[str, str], ...]
    rules_name: str
    rules_text: str
    seed: str
    proven: bool
    steps: tuple[tuple[str, int, int], ...]
    seats: tuple[SeatRecord, ...]
    layout: Mapping[str, str] = field(default_factory=dict)
    locks: tuple[LockRecord, ...] = ()
    held: tuple[SeatRecord, ...] | None = None
    solved_locks: tuple[LockRecord, ...] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()
    solved_amendments: tuple[Amendment, ...] | None = None
    solved_asked: tuple[str, ...] | None = None
    asked: tuple[str, ...] | None = None
    mapping: str = ""
    outdated: bool = False
    older: tuple[str, ...] = ()
    people: str = ""
    withheld: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    images: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    intact: bool = True

    def rules(self) -> Rules:
        """The rules as the sheet tells them.

        Raises
        ------
        ProposalFileError
            if they are no valid rules.
        """
        try:
            return Rules.model_validate_json(self.rules_text)
        except ValueError as error:
            raise ProposalFileError("workbook_rules", name=self.rules_name) from error

    def board_locks(self) -> Locks:
        """The locks that were in force."""
        return locks_of_records(self.locks)

    def proposed_locks(self) -> Locks:
        """The locks that the proposal was computed with."""
        return locks_of_records(self.locks if self.solved_locks is None else self.solved_locks)

    def records(self) -> list[Record]:
        """All rows of the sheet under its header, the checksum last."""
        rows = [tuple(clean(cell) if isinstance(cell, str) else cell for cell in row) for row in self._records()]
        return [*rows, record("checksum", "sha256", checksum(rows))]

    def _records(self) -> Iterator[Record]:
        yield from self._solve_records()
        yield from self._lock_records()
        yield from self._people_records()
        yield from self._roster_records()
        for title, rows in self.images.items():
            for number, piece in _pieces("".join(rows)):
                yield record("image", title, piece, number)

    def _solve_records(self) -> Iterator[Record]:
        yield record("schema", None, SCHEMA)
        yield record("language", None, self.language)
        for program, version in self.versions.items():
            yield record("version", program, version)
        for name, digest in self.files:
            yield record("file", name, digest)
        yield record("rules", None, self.rules_name)
        for number, piece in _pieces(self.rules_text):
            yield record("rules_text", number, piece)
        yield record("seed", None, self.seed)
        yield record("proven", None, "yes" if self.proven else "no")
        for one in self.waived:
            yield record("waived", one, None)
        for name, value, bound in self.steps:
            yield record("step", name, value, bound)
        for code, title in self.layout.items():
            yield record("layout", code, title)

    def _lock_records(self) -> Iterator[Record]:
        for lock in self.locks:
            yield _lock_record("lock", lock)
        for keys, reason in self.reasons.items():
            yield record("lock_reason", keys, reason)
        if self.solved_locks is not None:
            yield record("solved_locks", None, len(self.solved_locks))
            for lock in self.solved_locks:
                yield _lock_record("solved_lock", lock)

    def _people_records(self) -> Iterator[Record]:
        for name in self.asked or ():
            yield record("asked", name, None)
        for number, piece in _pieces(self.mapping):
            yield record("mapping", number, piece)
        if self.outdated:
            yield record("outdated", None, "yes")
        for name in self.older:
            yield record("older_than", name, None)
        if self.people:
            yield record("people", "sha256", self.people)
        for key in self.withheld:
            yield record("withheld", key, None)
        for one in self.amendments:
            yield from _amendment_records(one)
        if self.solved_amendments is not None:
            yield record("solved_people", None, len(self.solved_amendments))
            for one in self.solved_amendments:
                yield from _amendment_records(one, "solved_")
        if self.solved_asked is not None:
            yield record("solved_fields", None, len(self.solved_asked))
            for name in self.solved_asked:
                yield record("solved_asked", name, None)

    def _roster_records(self) -> Iterator[Record]:
        for seat in self.seats:
            yield _seat_record("seat", seat)
        if self.held is not None:
            yield record("held_seats", None, len(self.held))
            for seat in self.held:
                yield _seat_record("held", seat)


def _pieces(written: str) -> Iterator[tuple[int, str]]:
    """A long text in pieces of one cell each, numbered from 1."""
    for number, start in enumerate(range(0, len(written), PIECE), start=1):
        yield number, written[start : start + PIECE]


def _lock_record(kind: str, lock: LockRecord) -> Record:
    return (kind, lock.kind, lock.keys, lock.table, lock.role, *(None,) * (WIDTH - 5))


def _seat_record(kind: str, seat: SeatRecord) -> Record:
    return (kind, seat.key, seat.name, seat.table, seat.role.value, seat.file, seat.sheet, seat.row, seat.deputy_of)


def _amendment_records(one: Amendment, when: str = "") -> Iterator[Record]:
    if one.used is None:
        yield record(f"{when}left_out", one.key, None)
        return
    for number, piece in _pieces(one.to_text()):
        yield record(f"{when}used", one.key, piece, number)


def record(kind: str, name: str | int | None, value: str | int | None, bound: int | None = None) -> Record:
    """One row of the sheet that is about no seat and no lock."""
    return (kind, name, value, bound, *(None,) * (WIDTH - 4))


def row_digest(row: Iterable[object]) -> str:
    """Twelve hexadecimal digits of a row's cells as text, the same whichever program saved them."""
    return hashlib.sha256("\x1f".join(cells_as_text(row)).encode()).hexdigest()[:ROW_DIGEST]


def cells_as_text(row: Iterable[object]) -> tuple[str, ...]:
    """Cells as text, the same whichever program saved them: spaces single, whole numbers without decimals, empty cells
    at the end left out."""

    def written(cell: object) -> str:
        if cell is None:
            return ""
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return " ".join(clean(str(cell)).split())

    cells = [written(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def checksum(records: Iterable[Record]) -> str:
    """A digest of the cells as text, so that it is the same whichever program saved the file."""
    digest = hashlib.sha256()
    for record in records:
        digest.update("\x1f".join("" if cell is None else str(cell) for cell in record).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def header() -> tuple[str, ...]:
    """The sheet's header row in the language in force."""
    return tuple(text(f"workbook.check.{name}") for name in COLUMNS)
