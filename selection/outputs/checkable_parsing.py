"""Reading the sheet that makes a workbook checkable back from its cells, and whether it is as the program wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.errors import ProposalFileError
from selection.model.people import Role
from selection.model.source import LockKind
from selection.outputs.amendments import Amendment
from selection.outputs.checkable import (
    ROW_DIGEST,
    SCHEMA,
    WIDTH,
    Checkable,
    Record,
    SeatRecord,
    checksum,
    header,
    record,
)
from selection.outputs.lock_records import LockRecord
from selection.texts import LANGUAGES, in_language


def is_checkable(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet, given with its header row, is one of these."""
    return (
        len(rows) > 1
        and len(rows[1]) > 2
        and rows[1][0] == "schema"
        and str(rows[1][2]).startswith("selection.workbook")
    )


def parse(rows: Sequence[Sequence[object]], *, file: str) -> Checkable:
    """Read the sheet back from its cells (with the header row).

    Raises
    ------
    ProposalFileError
        if the sheet is of another version of the format, or lacks what a proposal must say.
    """
    records = [_normal(row) for row in rows[1:]]
    records = [record for record in records if any(cell is not None for cell in record)]
    if not records or records[0][2] != SCHEMA:
        raise ProposalFileError(
            "workbook_version", file=file, found=str(records[0][2] if records else ""), known=SCHEMA
        )
    by_kind: dict[str, list[Record]] = {}
    for one in records:
        by_kind.setdefault(str(one[0]), []).append(one)
    try:
        return _checkable(by_kind, _is_intact(records) and _is_header(rows[0], by_kind) and not _beside(rows))
    except (KeyError, ValueError) as error:
        raise ProposalFileError("workbook_incomplete", file=file) from error


def _checkable(by_kind: Mapping[str, Sequence[Record]], intact: bool) -> Checkable:
    def several(kind: str) -> Sequence[Record]:
        return by_kind.get(kind, ())

    def together(kind: str) -> str:
        return "".join(str(one[2] or "") for one in several(kind))

    return Checkable(
        language=str(by_kind["language"][0][2]),
        versions={str(one[1]): str(one[2]) for one in several("version")},
        files=tuple((str(one[1]), str(one[2])) for one in several("file")),
        rules_name=str(by_kind["rules"][0][2]),
        rules_text=together("rules_text"),
        locks=tuple(map(_lock, several("lock"))),
        seed=str(by_kind["seed"][0][2] if by_kind["seed"][0][2] is not None else ""),
        proven=by_kind["proven"][0][2] == "yes",
        steps=tuple((str(one[1]), _int(one[2]), _int(one[3])) for one in several("step")),
        seats=tuple(map(_seat, several("seat"))),
        layout={str(one[1]): str(one[2]) for one in several("layout")},
        held=tuple(map(_seat, several("held"))) if several("held_seats") else None,
        solved_locks=tuple(map(_lock, several("solved_lock"))) if several("solved_locks") else None,
        reasons={str(one[1]): str(one[2] or "") for one in several("lock_reason")},
        amendments=_amendments(several("left_out"), several("used")),
        solved_amendments=_amendments(several("solved_left_out"), several("solved_used"))
        if several("solved_people")
        else None,
        solved_asked=tuple(str(one[1]) for one in several("solved_asked")) if several("solved_fields") else None,
        asked=tuple(str(one[1]) for one in several("asked")) if several("asked") else None,
        mapping=together("mapping"),
        outdated=bool(several("outdated")),
        older=_older(by_kind),
        people=together("people"),
        waived=tuple(str(one[1]) for one in several("waived")),
        withheld=tuple(str(one[1]) for one in several("withheld")),
        images=_images(several("image")),
        intact=intact,
    )


def _images(pieces: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Sheet → the digests of its rows."""
    written: dict[str, str] = {}
    for one in pieces:
        written[str(one[1])] = written.get(str(one[1]), "") + str(one[2] or "")
    return {
        title: tuple(digests[place : place + ROW_DIGEST] for place in range(0, len(digests), ROW_DIGEST))
        for title, digests in written.items()
    }


def _older(by_kind: Mapping[str, Sequence[Record]]) -> tuple[str, ...]:
    """What was changed since the proposal was computed; workbooks of before tell only that something was."""
    if "older_than" in by_kind:
        return tuple(str(one[1]) for one in by_kind["older_than"])
    if "outdated" not in by_kind:
        return ()
    locks = ("locks",) if "solved_locks" in by_kind else ()
    return (*locks, "people") if "solved_people" in by_kind or not locks else locks


def _amendments(left_out: Sequence[Record], used: Sequence[Record]) -> tuple[Amendment, ...]:
    found = [Amendment(str(one[1]), None) for one in left_out]
    written: dict[str, str] = {}
    for one in used:
        written[str(one[1])] = written.get(str(one[1]), "") + str(one[2] or "")
    found += [Amendment.from_text(key, text) for key, text in written.items()]
    return tuple(sorted(found, key=lambda one: one.key))


def _is_intact(records: Sequence[Record]) -> bool:
    return records[-1] == record("checksum", "sha256", checksum(records[:-1]))


def _is_header(row: Sequence[object], by_kind: Mapping[str, Sequence[Record]]) -> bool:
    code = str(by_kind["language"][0][2])
    if code not in LANGUAGES:
        return False
    with in_language(code):
        return tuple(row[:WIDTH]) == header()


def _beside(rows: Sequence[Sequence[object]]) -> bool:
    """Whether anything was written beside the sheet's own columns."""
    return any(cell not in (None, "") for row in rows for cell in row[WIDTH:])


def _lock(record: Record) -> LockRecord:
    role = _text(record[4])
    # Kinds and roles that the program does not know are mistakes of the sheet.
    return LockRecord(
        LockKind(str(record[1])).value, str(record[2]), _text(record[3]), None if role is None else Role(role).value
    )


def _seat(record: Record) -> SeatRecord:
    _, key, name, table, role, file, sheet, row, deputy_of = record
    return SeatRecord(
        table=str(table),
        role=Role(str(role)),
        key=str(key),
        name=str(name),
        file=_text(file),
        sheet=_text(sheet),
        row=None if row is None else _int(row),
        deputy_of=_text(deputy_of),
    )


def _text(cell: str | int | None) -> str | None:
    return None if cell is None else str(cell)


def _int(cell: object) -> int:
    if isinstance(cell, (int, float)) and int(cell) == cell:
        return int(cell)
    return int(str(cell))


def _normal(row: Sequence[object]) -> Record:
    """A row of exactly ``WIDTH`` cells: empty text is no value, 7.0 is 7."""
    cells: list[str | int | None] = []
    for cell in [*row, *(None,) * WIDTH][:WIDTH]:
        if cell is None or cell == "":
            cells.append(None)
        elif isinstance(cell, float) and cell.is_integer():
            cells.append(int(cell))
        else:
            cells.append(cell if isinstance(cell, int) and not isinstance(cell, bool) else str(cell))
    return tuple(cells)
