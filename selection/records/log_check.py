"""The check of the log, and of all rows against it: what somebody with rights over the database changed behind it.

Each line's hash covers the line before it, and its seal covers the images of the rows that it changed. So every row
that has images must stand as its last image left it, each image must begin where the one before it ended, and an image
may be missing only where a later line erased it. What this cannot show, lines cut off at the end with all that they
did, shows in a head that was noted elsewhere: in an exported workbook, the minutes or a backup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from selection.records.base import Base, row_values
from selection.records.journal import Blob, Image, LogLine, Reason, RoleGrant, Setting, User
from selection.records.log import FIRST, hash_of, seal_of
from selection.records.recorder import RECORDED, Change, Values
from selection.records.store import Store
from selection.records.tables import Round, SourceFile

#: Triggers that refuse changes of the log.
GUARDS = {"sqlite": ("log_no_delete", "log_no_update"), "postgresql": ("log_no_change", "log_no_truncate")}
#: What reading a column that somebody filled with something else raises.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that is wrong: its code in the catalogue, the line of the log that shows it, and the row it is about.

    ``row`` is the id of a row of ``table``, or the key of a setting.
    """

    code: str
    line: int | None = None
    table: str | None = None
    row: int | str | None = None


@dataclass(frozen=True, slots=True)
class LogReport:
    """What the check of the log found. ``unchecked`` counts rows whose images an earlier version erased with others."""

    lines: int
    head: str
    faults: tuple[LogFault, ...] = ()
    unchecked: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def code(self) -> str:
        """What is wrong first, or ``log.whole``."""
        return self.faults[0].code if self.faults else "log.whole"

    @property
    def broken_at(self) -> int | None:
        """The line at which the first fault shows, if a line shows it."""
        return self.faults[0].line if self.faults else None


@dataclass
class _Checked:
    """What the lines of the log said, kept while they are read."""

    head: str = FIRST
    lines: int = 0
    faults: list[LogFault] = field(default_factory=list)
    revisions: dict[int, int] = field(default_factory=dict)
    #: The last line that erased images of a round, and whether it wrote down what stayed.
    erased: dict[int, tuple[int, bool]] = field(default_factory=dict)
    unkept: list[tuple[int, int | None]] = field(default_factory=list)
    grants: set[tuple[int, int | None, str]] = field(default_factory=set)
    users: set[int] = field(default_factory=set)
    retention: Mapping[str, Any] | None = None
    #: Images that do not begin where the one before them ended: the row was changed in between.
    breaks: list[LogFault] = field(default_factory=list)
    #: The last image of each row: the line, and the row after it.
    last: dict[tuple[str, int], tuple[int, Values | None]] = field(default_factory=dict)

    def fault(self, code: str, line: int | None = None, table: str | None = None, row: int | str | None = None) -> None:
        self.faults.append(LogFault(code, line, table, row))


def verify_chain(store: Store, head: tuple[int, str] | None = None) -> LogReport:
    """Check every line, every seal whose images are kept, and each round's revision; not the rows themselves.

    Parameters
    ----------
    head
        A line's number and hash noted earlier: the log must still hold it.
    """
    checked = _Checked()
    with store.read() as session:
        try:
            _lines_checked(session, head, checked)
        except MALFORMED:
            checked.fault("log.unreadable", checked.lines)
    return _report(checked)


def verify_log(store: Store, head: tuple[int, str] | None = None) -> LogReport:
    """Check the chain, and then every row, role, name, setting and file against it, and that the log is guarded.

    Rows are not checked where the chain itself is broken: nothing can be told of them then.
    """
    checked, unchecked = _Checked(), 0
    with store.read() as session:
        try:
            _lines_checked(session, head, checked)
            if not checked.faults:
                unchecked = _rows_checked(session, checked)
                _people_checked(session, checked)
                _files_checked(session, checked)
                _guards_checked(session, store, checked)
        except MALFORMED:
            checked.fault("log.unreadable", checked.lines)
    return _report(checked, unchecked)


def _report(checked: _Checked, unchecked: int = 0) -> LogReport:
    return LogReport(checked.lines, checked.head, tuple(checked.faults), unchecked)


def _lines_checked(session: Session, head: tuple[int, str] | None, checked: _Checked) -> None:
    kept = {reason.seq: reason for reason in session.scalars(select(Reason))}
    images = _images_by_line(session)
    waiting = next(images, None)
    for line in session.scalars(select(LogLine).order_by(LogLine.seq)).yield_per(500):
        seq = checked.lines + 1
        if line.seq != seq:
            checked.fault("log.line_missing", seq)
            return
        if line.previous != checked.head or line.hash != hash_of(line):
            checked.fault("log.line_changed", seq)
            return
        if head is not None and head[0] == seq and head[1] != line.hash:
            checked.fault("log.other_head", seq)
        if waiting is not None and waiting[0] < seq:
            checked.fault("log.image_added", waiting[0])
            return
        own: list[Image] = []
        if waiting is not None and waiting[0] == seq:
            own, waiting = waiting[1], next(images, None)
        if not _sealed(checked, line, kept.pop(seq, None), own):
            checked.fault("log.image_changed", seq)
            return
        checked.lines, checked.head = seq, line.hash
        _note(checked, line)
        _images_noted(checked, seq, own)
    for code, seq in _loose_ends(checked, head, waiting, kept):
        checked.fault(code, seq)
    for round_id, revision in session.execute(select(Round.id, Round.revision).order_by(Round.id)):
        if checked.revisions.get(round_id, 0) != revision:
            checked.fault("log.cut_off", checked.lines + 1)
            break


def _loose_ends(
    checked: _Checked, head: tuple[int, str] | None, waiting: tuple[int, list[Image]] | None, kept: Mapping[int, Reason]
) -> Iterator[tuple[str, int]]:
    """What is left once all lines are read: a head beyond the end, images of no line, images that nothing erased."""
    if (head is not None and head[0] > checked.lines) or waiting is not None or kept:
        yield "log.cut_off", checked.lines + 1
    for seq, round_id in checked.unkept:
        if checked.erased.get(round_id or 0, (0, False))[0] < seq:
            yield "log.image_missing", seq


def _images_by_line(session: Session) -> Iterator[tuple[int, list[Image]]]:
    found = session.scalars(select(Image).order_by(Image.seq, Image.id)).yield_per(500)
    for seq, images in groupby(found, lambda image: image.seq):
        yield seq, list(images)


def _sealed(checked: _Checked, line: LogLine, reason: Reason | None, images: list[Image]) -> bool:
    """Whether the images and the reason of a line are those that were written with it."""
    if line.seal is None or reason is None:
        if line.seal is not None:
            checked.unkept.append((line.seq, line.round_id))
        return reason is None and not images
    if reason.round_id != line.round_id or any(image.round_id != line.round_id for image in images):
        return False
    return line.seal == seal_of(reason.salt, reason.text, [_change(image) for image in images])


def _change(image: Image) -> Change:
    return Change(image.table, image.row_id, image.before, image.after)


def _note(checked: _Checked, line: LogLine) -> None:
    """What a line says of revisions, erasing, users, roles and settings."""
    if line.round_id is not None and line.revision is not None:
        checked.revisions[line.round_id] = line.revision
    user, role = line.params.get("user"), line.params.get("user_role")
    match line.code:
        case "erase_applicants":
            checked.erased[line.round_id or 0] = (line.seq, line.seal is not None)
        case "remove_example":
            checked.erased[line.params["id"]] = (line.seq, True)
            checked.grants = {grant for grant in checked.grants if grant[1] != line.params["id"]}
        case "create_round" | "create_example":
            checked.grants.add((line.user_id, line.round_id, "coordinator"))
        case "add_user":
            checked.users.add(line.params["id"])
        case "grant_role":
            checked.grants.add((line.params["user"], line.round_id, str(role)))
        case "revoke_role":
            _revoke(checked, line.params["user"], line.round_id, str(role))
        case "revoke_all":
            checked.grants = {grant for grant in checked.grants if grant[0] != user}
        case "change_retention":
            checked.retention = line.params


def _revoke(checked: _Checked, user: int, round_id: int | None, role: str) -> None:
    """Take a role away; where a line names no round and none is held in all of them, one that is held in a round:
    so was written what the user of one machine lost when its records became shared."""
    if round_id is None and (user, None, role) not in checked.grants:
        round_id = min((grant[1] or 0 for grant in checked.grants if (grant[0], grant[2]) == (user, role)), default=0)
    checked.grants.discard((user, round_id, role))


def _images_noted(checked: _Checked, seq: int, images: list[Image]) -> None:
    """Keep the last image of each row; one that does not begin where the last ended shows a change in between."""
    for image in images:
        key = (image.table, image.row_id)
        before = checked.last.get(key)
        erased = checked.erased.get(image.round_id or 0, (0, False))[0]
        if before is not None and before[0] > erased and erased < seq and not _equal(before[1], image.before):
            checked.breaks.append(LogFault("log.row_changed", seq, image.table, image.row_id))
        checked.last[key] = (seq, image.after)


def _equal(image: Mapping[str, Any] | None, row: Mapping[str, Any] | None) -> bool:
    """Whether a row is as an image holds it; columns that came with a later version are in rows alone."""
    if image is None or row is None:
        return image is row
    return all(row.get(name) == value for name, value in image.items() if name in row)


def _rows_checked(session: Session, checked: _Checked) -> int:
    """Each row against its last image; returns how many rows have none since an earlier version's erasure."""
    unchecked = 0
    checked.faults += checked.breaks
    for name, kind in RECORDED.items():
        there = set()
        for row in session.scalars(select(kind).order_by(inspect(kind).primary_key[0])).yield_per(500):
            values = row_values(row)
            there.add(values["id"])
            seq, image = checked.last.get((name, values["id"]), (0, None))
            erased, wrote = checked.erased.get(_round_of(row), (0, True))
            if seq and seq >= erased:
                if not _equal(image, values):
                    checked.fault("log.row_changed" if image is not None else "log.row_added", seq, name, values["id"])
            elif isinstance(row, User) or not wrote:
                unchecked += 1
            else:
                checked.fault("log.row_added", None, name, values["id"])
        for (table, row_id), (seq, image) in checked.last.items():
            if table == name and image is not None and row_id not in there:
                checked.fault("log.row_missing", seq, name, row_id)
    return unchecked


def _round_of(row: Base) -> int:
    return int(row.id if isinstance(row, Round) else getattr(row, "round_id", None) or 0)


def _people_checked(session: Session, checked: _Checked) -> None:
    """Users, the roles they hold, and the settings, against the lines that gave them."""
    there = set(session.scalars(select(User.id)))
    for user_id in sorted(there - checked.users):
        checked.fault("log.row_added", None, User.__tablename__, user_id)
    for user_id in sorted(checked.users - there):
        checked.fault("log.row_missing", None, User.__tablename__, user_id)
    held: set[tuple[int, int | None, str]] = set()
    for grant in session.scalars(select(RoleGrant).order_by(RoleGrant.id)):
        key = (grant.user_id, grant.round_id, grant.role)
        if key not in checked.grants or key in held:
            checked.fault("log.row_added", None, RoleGrant.__tablename__, grant.id)
        held.add(key)
    for user_id, _, _ in sorted(checked.grants - held, key=str):
        checked.fault("log.role_missing", None, RoleGrant.__tablename__, user_id)
    settings = {row.key: row.value for row in session.scalars(select(Setting))}
    expected = {} if checked.retention is None else {"retention": dict(checked.retention)}
    for name in sorted(settings.keys() | expected.keys()):
        if settings.get(name) != expected.get(name):
            checked.fault("log.setting_changed", None, Setting.__tablename__, name)


def _files_checked(session: Session, checked: _Checked) -> None:
    """The bytes of files that were imported, against their hashes."""
    kept = set()
    for blob in session.scalars(select(Blob).order_by(Blob.id)).yield_per(10):
        if not isinstance(blob.content, bytes) or hashlib.sha256(blob.content).hexdigest() != blob.sha256:
            checked.fault("log.file_changed", None, Blob.__tablename__, blob.id)
        kept.add((blob.round_id, blob.sha256))
    for file in session.scalars(select(SourceFile).order_by(SourceFile.id)):
        if (file.round_id, file.sha256) not in kept and file.round_id not in checked.erased:
            checked.fault("log.file_missing", None, SourceFile.__tablename__, file.id)


def _guards_checked(session: Session, store: Store, checked: _Checked) -> None:
    """Whether the database still refuses changes of the log."""
    if store.is_sqlite:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('log') AND tgenabled IN ('O', 'A')"
    there = set(session.scalars(text(query)))
    for name in GUARDS["sqlite" if store.is_sqlite else "postgresql"]:
        if name not in there:
            checked.fault("log.unguarded", None, LogLine.__tablename__, name)
