"""Actions on what a round's figures are held against: the city's population, of the city's own table."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.actions.base import ASIDE, RoundAction, User, Work
from selection.actions.rights import Right
from selection.actions.views import reading
from selection.errors import ActionError
from selection.model.rules import Population
from selection.model.vocabulary import VOCABULARY
from selection.records.base import now
from selection.records.store import Store
from selection.records.tables import PopulationTable


class _OfPopulation(RoundAction):
    """In every state of the round: nobody is chosen by it, and the yearly report is written long after the decision."""

    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE


class SetPopulation(_OfPopulation):
    """Hold the round's data against these counts, in place of the rules' own."""

    code: ClassVar[str] = "set_population"
    source: str = Field(max_length=300)
    groups: dict[str, dict[str, int]]

    def apply(self, work: Work) -> dict[str, Any]:
        if not self.groups or any(field not in ("age", *VOCABULARY) for field in self.groups):
            raise ActionError("does_not_fit")
        Population(source=self.source, groups=self.groups)
        row = _held(work.session, work.round.id)
        if row is None:
            row = PopulationTable(round_id=work.round.id)
            work.session.add(row)
        row.source, row.groups = self.source.strip(), {name: dict(held) for name, held in self.groups.items()}
        row.made_at, row.made_by = now(), work.user.id
        return {"n": sum(map(len, self.groups.values()))}


class RemovePopulation(_OfPopulation):
    """Hold the round's data against the rules' own population again."""

    code: ClassVar[str] = "remove_population"

    def apply(self, work: Work) -> dict[str, Any]:
        row = _held(work.session, work.round.id)
        if row is None:
            raise ActionError("no_population")
        work.session.delete(row)
        return {}


def population(store: Store, user: User, round_id: int) -> Population | None:
    """The population that was given for the round; ``None`` where the rules' own holds."""
    with reading(store, user, round_id) as (session, _row):
        row = _held(session, round_id)
        return None if row is None else Population(source=row.source, groups=row.groups)


def _held(session: Session, round_id: int) -> PopulationTable | None:
    return session.scalars(select(PopulationTable).where(PopulationTable.round_id == round_id)).one_or_none()
