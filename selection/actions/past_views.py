"""Reading what the applications were: before later changes of them, and which line of the log corrected what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.actions.base import User
from selection.actions.views import reading, sees_details
from selection.records import afterwards
from selection.records import application_rows as a
from selection.records import tables as t
from selection.records.history import HistoryLine, read_lines
from selection.records.journal import Image, LogLine
from selection.records.store import Store

#: Application id → as it was before a line (or several) of the log; ``None`` where it was not there yet.
Before = Mapping[int, a.ApplicationRow | None]


def earlier_applications(store: Store, user: User, round_id: int) -> list[Before]:
    """What each line of the log changed of the applications, as it was before it; the last line first.

    Laid over the applications one after another they go back in time. Nothing is left of it once applicants are erased.
    Contacts and notes are not told.
    """
    with reading(store, user, round_id) as (session, _row):
        names, all_of_it = _files(session, round_id), sees_details(session, user, round_id)
        found: dict[int, dict[int, a.ApplicationRow | None]] = {}
        for image in reversed(_images(session, round_id)):
            found.setdefault(image.seq, {})[image.row_id] = _row_of(image.before, names, all_of_it)
        return list(found.values())


def since_decision(store: Store, user: User, round_id: int) -> Before:
    """The applications changed or added since the decision, as they were decided from; nothing before a decision.

    Nothing is left of it once applicants are erased. Contacts and notes are not told.
    """
    with reading(store, user, round_id) as (session, _row):
        names, all_of_it = _files(session, round_id), sees_details(session, user, round_id)
        return {
            key: _row_of(was, names, all_of_it) for key, was in afterwards.since_decision(session, round_id).items()
        }


def correctors(store: Store, user: User, round_id: int) -> Mapping[tuple[int, str], HistoryLine]:
    """``(application id, field)`` → the line that made the correction that holds now."""
    with reading(store, user, round_id) as (session, _row):
        people = session.scalars(select(t.Application).where(t.Application.round_id == round_id))
        held = {(row.id, field): _sign(entry) for row in people for field, entry in row.corrections.items()}
        did = select(LogLine.seq).where(LogLine.round_id == round_id, LogLine.effect == "change")
        changed = set(session.scalars(did))  # an undoing brings back what another line had made
        made: dict[tuple[int, str], int] = {}
        for image in _images(session, round_id):
            before, after = ((side or {}).get("corrections", {}) for side in (image.before, image.after))
            for field, entry in after.items():
                if image.seq in changed and entry != before.get(field):
                    place = (image.row_id, field)
                    if held.get(place) == _sign(entry):
                        made[place] = image.seq
        wanted = sorted(set(made.values()))
        lines = [session.get(LogLine, seq) for seq in wanted]
        told = {line.seq: line for line in read_lines(session, round_id, [one for one in lines if one is not None])}
        return {place: told[seq] for place, seq in made.items() if seq in told}


def _files(session: Session, round_id: int) -> Mapping[int, str]:
    return {x.id: x.name for x in session.scalars(select(t.SourceFile).where(t.SourceFile.round_id == round_id))}


def _images(session: Session, round_id: int) -> list[Image]:
    query = select(Image).where(Image.round_id == round_id, Image.table == t.Application.__tablename__)
    return list(session.scalars(query.order_by(Image.seq, Image.id)))


def _row_of(values: dict[str, Any] | None, names: Mapping[int, str], all_of_it: bool) -> a.ApplicationRow | None:
    if values is None:
        return None
    row = t.Application(**values)
    found = a.application_row(row, names.get(row.file_id or 0), None, ())
    return found if all_of_it else found.without_details()


def _sign(entry: object) -> str:
    return json.dumps(entry, sort_keys=True)
