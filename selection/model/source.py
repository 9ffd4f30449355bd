"""Source: what a row of the program comes from."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """What a row comes from. The logic asks this and never the row's id, which a rule of a city may share."""

    RULE = "rule"
    """A requirement or a goal of the rules."""
    ONE_SEAT = "one_seat"
    """One seat a person."""
    SIZE = "size"
    """The members, or the deputies, of a table."""
    PAIRING = "pairing"
    """No more personal deputies than members."""
    ACCEPTED = "accepted"
    """Nobody sits where the person did not accept to sit or may not."""
    LOCK = "lock"
    """A lock of the board, or of the rules, on persons."""
    SUPPOSED = "supposed"
    """What a question supposes."""

    @property
    def firm(self) -> bool:
        """Whether the row is nobody's to loosen."""
        return self in (Source.ONE_SEAT, Source.PAIRING, Source.ACCEPTED)

    @property
    def counts_group(self) -> bool:
        """Whether the row's count is of a group of people whose size is of interest."""
        return self in (Source.RULE, Source.SIZE)


class LockKind(StrEnum):
    """What a lock asks of its persons; the ids of their rows, and of locks in workbooks and records."""

    SEATED = "seated"
    KEPT_OUT = "kept_out"
    KEPT_APART = "kept_apart"
    KEPT_TOGETHER = "kept_together"
    ONE_OF = "one_of_these"

    @property
    def everywhere(self) -> bool:
        """Whether the lock has a row at each table."""
        return self in (LockKind.KEPT_APART, LockKind.KEPT_TOGETHER)
