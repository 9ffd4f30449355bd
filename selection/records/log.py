"""The log: append-only and hash-chained. :mod:`selection.records.log_check` checks it.

Each line's hash is the sha256 of the hash before it and the line's canonical JSON. A change of any line breaks the
chain from there on; triggers of the database refuse changes in the first place.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.records.base import now
from selection.records.journal import Image, LogLine, Reason
from selection.records.recorder import PART, RECORDED, Change
from selection.records.store import Store

FIRST = "0" * 64
#: What a text in a line of the log may be: a code, a date, the id of a table or a field; no sentences.
CODE = re.compile(r"[\w.:/+–-]{0,60}( [\w.:/+–-]{1,60}){0,3}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be written. ``effect``: change, undo, redo, none (not undone) or barrier (nor anything before)."""

    user_id: int
    code: str
    params: Mapping[str, Any]
    round_id: int | None = None
    revision: int | None = None
    scope: str = ""
    effect: str = "none"
    target: int | None = None
    request: str | None = None
    reason: str = ""


def append(session: Session, entry: Entry, changes: Sequence[Change]) -> LogLine:
    """Write a line with its images and reason. The session must be the only writer."""
    for name, value in entry.params.items():
        if not _is_code(value):
            raise ValueError(f"{name} of {entry.code} is not an id or a code")
    last = session.execute(select(LogLine.seq, LogLine.hash).order_by(LogLine.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    images = [
        Image(seq=seq, round_id=entry.round_id, table=c.table, row_id=c.row_id, before=c.before, after=c.after)
        for c in changes
    ]
    session.add_all(images)
    salt = None
    if images or entry.reason:
        salt = secrets.token_hex(32)
        session.add(Reason(seq=seq, round_id=entry.round_id, text=entry.reason, salt=salt))
    line = LogLine(
        seq=seq,
        at=now(),
        user_id=entry.user_id,
        round_id=entry.round_id,
        revision=entry.revision,
        scope=entry.scope,
        code=entry.code,
        params=dict(entry.params),
        effect=entry.effect,
        target=entry.target,
        seal=seal_of(salt, entry.reason, changes) if salt else None,
        request=entry.request,
        previous=previous,
    )
    line.hash = hash_of(line)
    session.add(line)
    session.flush()
    return line


def _is_code(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, int) for item in value)
    return value is None or isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value) is not None)


def canonical(content: object) -> bytes:
    """The one way in which a JSON value is written for hashing."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(line: LogLine) -> str:
    """The hash of a line: of the hash before it and of all that it holds."""
    names = ("seq", "at", "user_id", "round_id", "revision", "scope", "code", "params", "effect", "target", "seal")
    content = {name: getattr(line, name) for name in (*names, "request")}
    return hashlib.sha256(line.previous.encode() + canonical(content)).hexdigest()


def seal_of(salt: str, reason: str, changes: Sequence[Change]) -> str:
    """The seal of a line: of its images and its reason, with the salt that is kept and erased with them."""
    rows = [[c.table, c.row_id, c.before, c.after] for c in changes]
    return hashlib.sha256(salt.encode() + canonical([reason, rows])).hexdigest()


def images_of(session: Session, seq: int) -> list[Change]:
    """The rows that one line changed, in the order they were written."""
    found = session.scalars(select(Image).where(Image.seq == seq).order_by(Image.id))
    return [Change(image.table, image.row_id, image.before, image.after) for image in found]


def net_changes(session: Session, seqs: Sequence[int]) -> list[Change]:
    """What lines changed together: each row before the first of them and after the last."""
    ends: dict[tuple[str, int], tuple[int, int]] = {}
    for part in range(0, len(seqs), PART):
        query = select(Image.table, Image.row_id, func.min(Image.id), func.max(Image.id))
        query = query.where(Image.seq.in_(seqs[part : part + PART])).group_by(Image.table, Image.row_id)
        for table, row_id, first, last in session.execute(query):
            held = ends.get((table, row_id), (first, last))
            ends[table, row_id] = (min(held[0], first), max(held[1], last))
    wanted = sorted({image for pair in ends.values() for image in pair})
    images: dict[int, Image] = {}
    for part in range(0, len(wanted), PART):
        found = session.scalars(select(Image).where(Image.id.in_(wanted[part : part + PART])))
        images |= {image.id: image for image in found}
    changes = [Change(*row, images[first].before, images[last].after) for row, (first, last) in ends.items()]
    return sorted(
        (change for change in changes if change.before != change.after),
        key=lambda change: (list(RECORDED).index(change.table), change.row_id),
    )


def log_head(store: Store) -> tuple[int, str]:
    """The last line's number and hash, to be noted where the database's owner cannot change it."""
    with store.read() as session:
        last = session.execute(select(LogLine.seq, LogLine.hash).order_by(LogLine.seq.desc()).limit(1)).first()
        return (last.seq, last.hash) if last else (0, FIRST)
