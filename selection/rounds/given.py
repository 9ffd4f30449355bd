"""Given: what a computation about a round is given, in the server's process and in a worker's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.constraints import build_rows
from selection.model.locks import Locks
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.proposal import Proposal, candidates_of


@dataclass(frozen=True)
class Given:
    """Whom the program may choose among, by which rules and locks; equal where every answer would be.

    Attributes
    ----------
    asked
        The fields that the form asked; ``None`` for all.
    left_out, waived
        See :class:`selection.model.pool.Pool`.
    """

    rules: Rules
    applicants: tuple[Applicant, ...]
    asked: frozenset[str] | None
    locks: Locks
    left_out: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()

    @property
    def pool(self) -> Pool:
        """The pool, built anew."""
        return Pool.build(self.applicants, self.rules, self.asked, left_out=self.left_out, waived=self.waived)

    def rows(self) -> Rows:
        """The rows of the rules and locks over the pool."""
        return build_rows(self.pool, self.rules, self.locks)

    def proposal(self, seats: Sequence[Seat]) -> Proposal:
        """A roster as a proposal to ask about: its seats count as accepted, and nothing of it is proven; no reserves,
        who hold no seat."""
        held = tuple(seat for seat in seats if seat.role is not Role.RESERVE)
        pool = self.pool
        rows = build_rows(pool.admitting(candidates_of(pool, held)), self.rules, self.locks)
        return Proposal(rows, self.rules.lottery.seed, held, (), "HiGHS", "", 0.0, False)
