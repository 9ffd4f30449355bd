"""Actions on what an import asked: settling findings, and whether two applications are one person's.

After the decision they are for those of a supplementary call: no application that was decided from is changed.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field
from sqlalchemy import or_, select

from selection.actions.applicant_actions import correct, field_code
from selection.actions.base import ALSO_LATER, RoundAction, Work
from selection.actions.departures import take_answer
from selection.actions.rights import Right
from selection.errors import ActionError
from selection.records.merging import forget_person
from selection.records.people import field_values
from selection.records.tables import Application, Finding


class SettleFinding(RoundAction):
    """Settle findings alike: take the suggestion, type a value, set the applications aside, or leave as it is."""

    code: ClassVar[str] = "settle_finding"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ALSO_LATER
    finding_ids: tuple[int, ...]
    how: Literal["accept", "type", "set_aside", "ignore"]
    values: tuple[str, ...] = ()
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        if self.how == "set_aside" and not work.reason:
            raise ActionError("reason_missing")
        codes: dict[str, None] = {}
        for finding_id in self.finding_ids:
            finding = _open_finding(work, finding_id)
            codes[field_code(finding.field or "")] = None
            self._settle(work, finding)
        return {"n": len(self.finding_ids), "how": self.how, "field": next(iter(codes)) if len(codes) == 1 else None}

    def _settle(self, work: Work, finding: Finding) -> None:
        finding.how = self.how
        if self.how == "set_aside":
            row = _application_of(work, finding)
            row.status, row.set_aside_code, row.set_aside_reason = "set_aside", finding.code, work.reason
        elif self.how in ("accept", "type"):
            suggestion = finding.suggestion["values"] if finding.suggestion else None
            if finding.field == "organisation" and finding.params.get("suggested"):
                suggestion = [str(finding.params["suggested"])]  # as it is written, not as it is compared
            values = list(self.values) if self.how == "type" else suggestion
            if values is None or finding.field is None:
                raise ActionError("no_suggestion", id=finding.id)
            correct(_application_of(work, finding), finding.field, values)
            finding.value = {"values": values}


def _open_finding(work: Work, finding_id: int) -> Finding:
    finding = work.session.get(Finding, finding_id)
    if finding is None or finding.round_id != work.round.id:
        raise ActionError("no_such_finding", id=finding_id)
    if finding.how is not None:
        raise ActionError("finding_settled", id=finding_id)
    return finding


def _application_of(work: Work, finding: Finding) -> Application:
    if finding.application_id is None:
        raise ActionError("finding_of_file", id=finding.id)
    return work.changeable(finding.application_id)


class _TwoPeople(RoundAction):
    """An answer to whether two applications are one person's."""

    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ALSO_LATER
    reason: str = ""

    def _settle_pair(self, work: Work, first: int, second: int, how: str) -> None:
        pair = (first, second)
        between = select(Finding).where(
            Finding.round_id == work.round.id,
            or_(Finding.application_id.in_(pair), Finding.other_id.in_(pair)),
            Finding.how.is_(None),
        )
        for finding in work.session.scalars(between.order_by(Finding.id)):
            if {finding.application_id, finding.other_id} == set(pair):
                finding.how = how


class MergeDuplicates(_TwoPeople):
    """Keep one of two applications of a person; ``values`` are fields of the kept one to change, such as its wishes.

    Seats, locks and the answer of the dropped application pass to the kept one.
    """

    code: ClassVar[str] = "merge_duplicates"
    keep: int
    drop: int
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def apply(self, work: Work) -> dict[str, Any]:
        keep, drop = work.application(self.keep), work.changeable(self.drop)
        if keep.id == drop.id:
            raise ActionError("same_person")
        for field, values in sorted(self.values.items()):
            if field_values(keep.current, field) != list(values):
                correct(work.changeable(keep.id), field, list(values))
        drop.status, drop.set_aside_code, drop.set_aside_reason = "set_aside", "duplicate", work.reason or None
        drop.same_as_id = keep.id
        if keep.status == "set_aside" and keep.set_aside_code == "duplicate":
            keep = work.changeable(keep.id)
            keep.status, keep.set_aside_code, keep.set_aside_reason, keep.same_as_id = "active", None, None, None
        forget_person(work.session, work.round, drop, keep)
        take_answer(work, drop, keep)
        self._settle_pair(work, keep.id, drop.id, "merged")
        return {"person": keep.id, "other": drop.id}


class KeepBoth(_TwoPeople):
    """The two applications are of two people: one that was set aside is taken back in, with its own wishes alone."""

    code: ClassVar[str] = "keep_both"
    first: int
    second: int

    def apply(self, work: Work) -> dict[str, Any]:
        for row, other in ((work.application(self.first), self.second), (work.application(self.second), self.first)):
            if row.set_aside_code == "duplicate" and row.same_as_id == other:
                row = work.changeable(row.id)
                row.status, row.set_aside_code, row.set_aside_reason, row.same_as_id = "active", None, None, None
                _part_wishes(work, work.application(other))
        self._settle_pair(work, self.first, self.second, "keep_both")
        return {"person": self.first, "other": self.second}


def _part_wishes(work: Work, kept: Application) -> None:
    """Give an application its own wishes back, once no row whose wishes it was given is set aside for it any more."""
    work.session.flush()
    others = select(Application.id).where(Application.round_id == work.round.id, Application.same_as_id == kept.id)
    if work.session.scalars(others.where(Application.set_aside_code == "duplicate")).first() is not None:
        return
    merged = select(Finding).where(Finding.application_id == kept.id, Finding.code == "wishes_merged")
    for finding in work.session.scalars(merged.order_by(Finding.id)):
        if "own" in finding.params and "wishes" not in kept.corrections:
            correct(work.changeable(kept.id), "wishes", [str(wish) for wish in finding.params["own"]])
        if finding.how is None:
            finding.how = "keep_both"
