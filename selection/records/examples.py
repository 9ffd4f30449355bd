"""Which rounds are examples, told by the line of the log that made them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.records.journal import LogLine
from selection.records.tables import SourceFile

#: The code of the line that makes an example round.
EXAMPLE = "create_example"


def is_example(session: Session, round_id: int) -> bool:
    """Whether a round was made as an example."""
    made = select(LogLine.seq).where(LogLine.round_id == round_id, LogLine.code == EXAMPLE)
    return session.scalars(made).first() is not None


def is_the_sample(session: Session, round_id: int, sha256: str) -> bool:
    """Whether a file is the one that the example round was made of."""
    kept = select(SourceFile.id).where(SourceFile.round_id == round_id, SourceFile.sha256 == sha256)
    return session.scalars(kept).first() is not None
