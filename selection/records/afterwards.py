"""What came after a decision: the applications changed or added since, read from the images of the log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.records.journal import Image, LogLine
from selection.records.tables import Application, SourceFile

#: The line of the log that a decision is.
DECISION = "record_decision"


def since_decision(
    session: Session, round_id: int, application_id: int | None = None
) -> dict[int, dict[str, Any] | None]:
    """Application id → its row as it was decided from, of those changed since; ``None`` of those that came later.

    Of one application, or all. Nothing before a decision; once the images were erased, those alone that came later.
    """
    decided = select(func.max(LogLine.seq)).where(LogLine.round_id == round_id, LogLine.code == DECISION)
    later = select(Image).where(
        Image.round_id == round_id,
        Image.table == Application.__tablename__,
        Image.seq > decided.scalar_subquery(),
    )
    if application_id is not None:
        later = later.where(Image.row_id == application_id)
    found: dict[int, dict[str, Any] | None] = {}
    for image in session.scalars(later.order_by(Image.id)):
        if image.before != image.after:  # an erasure keeps the rows that stay as they are
            found.setdefault(image.row_id, image.before)
    for later_id in came_later(session, round_id):
        if application_id in (None, later_id):
            found.setdefault(later_id, None)
    return found


def came_later(session: Session, round_id: int) -> dict[int, str]:
    """Application id → the instant it came, of those that came after the decision, such as of a supplementary call.

    Read from the lines of the log, which stay when applicants are erased.
    """
    decided = select(func.max(LogLine.seq)).where(LogLine.round_id == round_id, LogLine.code == DECISION)
    codes = ("import_supplement", "add_person")
    later = select(LogLine).where(
        LogLine.round_id == round_id, LogLine.code.in_(codes), LogLine.seq > decided.scalar_subquery()
    )
    files: dict[int, str] = {}
    added: dict[int, str] = {}
    for line in session.scalars(later.order_by(LogLine.seq)):
        kept, name = (files, "file") if line.code == codes[0] else (added, "person")
        if isinstance(line.params.get(name), int):
            kept[int(line.params[name])] = line.at
    made = {one.id: one.made_at for one in session.scalars(select(SourceFile).where(SourceFile.id.in_(sorted(files))))}
    people = session.scalars(select(Application).where(Application.round_id == round_id).order_by(Application.id))
    found = {}
    for row in people:
        if row.file_id in made:
            found[row.id] = files[row.file_id]
        elif row.id in added:
            found[row.id] = added[row.id]
    return found
