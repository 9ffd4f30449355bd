"""What came after a decision: the applications changed or added since, read from the images of the log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.records.journal import Image, LogLine
from selection.records.tables import Application

#: The line of the log that a decision is.
DECISION = "record_decision"


def since_decision(
    session: Session, round_id: int, application_id: int | None = None
) -> dict[int, dict[str, Any] | None]:
    """Application id → its row as it was decided from, of those changed since; ``None`` of those that came later.

    Of one application, or all. Nothing before a decision, nor once the images were erased.
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
        found.setdefault(image.row_id, image.before)
    return found
