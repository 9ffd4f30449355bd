"""What every action is: a schema, a right, the states of a round in which it can be done, and the change it makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.actions.rights import Right, rights_in
from selection.errors import ActionError, PermissionDenied
from selection.model.roster import Roster
from selection.model.rules_file import parse_rules
from selection.records.afterwards import since_decision
from selection.records.base import Base, now
from selection.records.journal import User as UserRecord
from selection.records.tables import Application, Round, RulesText, Version

#: Scopes of undoing. The main line is what ``GoBackTo`` goes back along; what stands aside (contacts, notes, named
#: versions, dates) is a fact that no going back of the draft takes away; each trial version has a line of its own.
MAIN = ""
ASIDE = "aside"

#: States of a round for changes of people: a draft, and after the decision those of a supplementary call.
ALSO_LATER = ("draft", "decided")

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class User:
    """Who acts. ``at_server``: whoever runs the server, who keeps users and their roles without having one."""

    id: int
    name: str
    at_server: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did: its line in the log, the round's new revision, and the ids it made or changed."""

    seq: int
    round_id: int | None
    revision: int | None
    code: str
    params: dict[str, Any]
    repeated: bool = False

    @property
    def id(self) -> int:
        """The id of the row that the action made.

        Raises
        ------
        KeyError
            if it made none.
        """
        return int(self.params["id"])


@dataclass
class Work:
    """One action under way: the transaction, who acts, and the round."""

    session: Session
    user: User
    rights: frozenset[Right]
    found: Round | None
    reason: str = ""
    scope: str = MAIN
    target: int | None = None

    @property
    def round(self) -> Round:
        """The round of the action."""
        if self.found is None:
            raise ActionError("no_such_round", id="–")
        return self.found

    def need(self, right: Right) -> None:
        """Raise :class:`PermissionDenied` unless the user has the right here."""
        if right not in self.rights:
            raise PermissionDenied("not_allowed", right=right.value)

    def application(self, application_id: int) -> Application:
        """An application of this round."""
        row = self.session.get(Application, application_id)
        if row is None or row.round_id != self.round.id:
            raise ActionError("no_such_application", id=application_id)
        return row

    def changeable(self, application_id: int) -> Application:
        """An application that may be changed: after the decision one that came later, as long as it has no seat."""
        row = self.application(application_id)
        if self.round.state == "decided":
            if since_decision(self.session, self.round.id, row.id).get(row.id, {}) is not None:
                raise ActionError("was_decided_from", id=row.id)
            if row.person_key in roster_of(self.version(self.round.standing_id or 0)).people():
                raise ActionError("has_a_seat", id=row.id)
        return row

    def version(self, version_id: int) -> Version:
        """A version of this round; of trials only one's own, or one that was proposed."""
        row = self.session.get(Version, version_id)
        if row is None or row.round_id != self.round.id:
            raise ActionError("no_such_version", id=version_id)
        if row.kind == "trial" and row.owner_id != self.user.id and not row.proposed:
            raise ActionError("no_such_version", id=version_id)
        return row

    def draft(self) -> Version:
        """The round's draft."""
        if self.round.draft_id is None:
            raise ActionError("no_draft")
        return self.version(self.round.draft_id)

    def people(self) -> dict[str, Application]:
        """The round's applications by person key."""
        found = self.session.scalars(
            select(Application).where(Application.round_id == self.round.id).order_by(Application.id)
        )
        return {row.person_key: row for row in found}

    def require_active(self, version: Version) -> None:
        """Raise unless everybody seated has an application that counts."""
        people = self.people()
        for key in roster_of(version).people():
            if key not in people:
                raise ActionError("unknown_person")
            if people[key].status != "active":
                raise ActionError("seated_set_aside", id=people[key].id)

    def table(self, name: str) -> str:
        """A table of the round's rules."""
        rules = self.session.get(RulesText, self.round.rules_id or 0)
        known = table_ids(rules.text) if rules is not None else ()
        if name not in known:
            raise ActionError("no_such_table", table=name)
        return name

    def copy_of(self, source: Version, kind: str, name: str = "", owner_id: int | None = None) -> Version:
        """A new version with the roster of another."""
        row = Version(
            round_id=self.round.id,
            kind=kind,
            name=name,
            owner_id=owner_id,
            parent_id=source.id,
            rules_id=source.rules_id,
            roster=source.roster,
            facts=source.facts,
            proposed=False,
            made_at=now(),
        )
        return self.add(row)

    def add(self, row: Row) -> Row:
        """Add a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row


class Action(BaseModel):
    """The root of all actions. A subclass says what it needs and, in :meth:`apply`, what it changes.

    Attributes
    ----------
    code
        The line of the history: ``action.<code>`` in the catalogues.
    right, states
        Who may, and in which states of the round.
    effect
        What it is to undo: ``change`` (can be undone), ``none`` (cannot), ``barrier`` (nor anything before it).
    strict
        Whether any change since ``expected_revision`` on the round's main line stops it.
    needs_reason
        Whether a person must say why.
    moves_on
        Whether the round is another than before: pages drawn from an earlier revision read it anew.
    keeps_images
        Whether its line keeps an image of every row of the round, as it takes all earlier images away.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: ClassVar[str]
    right: ClassVar[Right]
    states: ClassVar[tuple[str, ...]] = ("draft",)
    effect: ClassVar[str] = "change"
    scope: ClassVar[str] = MAIN
    strict: ClassVar[bool] = False
    needs_reason: ClassVar[bool] = False
    moves_on: ClassVar[bool] = True
    keeps_images: ClassVar[bool] = False

    def allow(self, work: Work) -> None:
        """Raise unless this user may do this in this state of the round."""
        work.need(self.right)
        require_state(work, self.states)
        self.demand_reason()

    def demand_reason(self) -> None:
        """Raise ``reason_missing`` where a reason is obligatory and none was given."""
        if self.needs_reason and not str(getattr(self, "reason", "")).strip():
            raise ActionError("reason_missing")

    def apply(self, work: Work) -> dict[str, Any]:
        """Make the change; returns what the log line holds: ids, codes and counts only."""
        raise NotImplementedError


class RoundAction(Action):
    """An action in a round."""

    round_id: int


class RosterAction(RoundAction):
    """An edit of a roster: of the draft, or of one's own trial version (``version_id``)."""

    right: ClassVar[Right] = Right.PREPARE
    needs_reason: ClassVar[bool] = True
    version_id: int | None = None
    reason: str = ""

    def allow(self, work: Work) -> None:
        """The draft needs the right to prepare; a trial is its owner's alone, in every state of the round."""
        if self.version_id is None or self.version_id == work.round.draft_id:
            super().allow(work)
            return
        work.need(Right.TRY)
        row = work.version(self.version_id)
        if row.kind != "trial":
            raise ActionError("version_is_fixed", id=row.id)
        if row.owner_id != work.user.id:
            raise PermissionDenied("not_own_version", id=row.id)
        if work.round.erased:
            raise ActionError("round_is_erased", id=work.round.id)

    def edited(self, work: Work) -> Version:
        """The version that is edited; sets the scope of undoing."""
        if self.version_id is None or self.version_id == work.round.draft_id:
            return work.draft()
        work.scope = trial_scope(self.version_id)
        return work.version(self.version_id)


@lru_cache(maxsize=64)
def table_ids(rules: str) -> tuple[str, ...]:
    """The ids of the tables in the text of a rules file."""
    return tuple(table.id for table in parse_rules(rules, "").tables)


def trial_scope(version_id: int) -> str:
    """The scope of undoing of a trial version."""
    return f"trial:{version_id}"


def require_state(work: Work, states: tuple[str, ...]) -> None:
    """Raise unless the round is in one of the states (no states: any) and its people were not erased."""
    if states and work.found is not None and work.found.erased == "all":
        raise ActionError("round_is_erased", id=work.found.id)
    if states and work.found is not None and work.found.state not in states:
        raise ActionError(f"round_is_{work.found.state}", id=work.found.id)


def roster_of(version: Version) -> Roster:
    """The roster a version holds."""
    return Roster.from_json(version.roster)


def rights_of(session: Session, user: User, round_id: int | None) -> frozenset[Right]:
    """What a user may do in a round by the roles held; whoever runs the server keeps users."""
    return frozenset({Right.ADMINISTER}) if user.at_server else rights_in(session, user.id, round_id)


def user_of(record: UserRecord) -> User:
    """A user as the actions know one."""
    return User(record.id, record.name)


def known_actions() -> dict[str, type[Action]]:
    """All actions by code."""
    found: dict[str, type[Action]] = {}
    waiting: list[type[Action]] = [Action]
    while waiting:
        kind = waiting.pop(0)
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind):
            found[kind.code] = kind
    return dict(sorted(found.items()))
