"""The history of a round: the log's lines with the names put in, and what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from selection.errors import RulesError
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.model.titles import table_name
from selection.records.journal import Image, LogLine, Reason
from selection.records.tables import Application, Round, RulesText, SourceFile, Version
from selection.records.user_names import shown_names
from selection.texts import has_text, text

PEOPLE = ("person", "other", "deputy")
CODES = ("how", "status", "kind", "whom", "role", "user_role", "field")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing done in a round. ``text(line.code, **line.params)`` reads it.

    ``at`` is UTC as ISO 8601; ``undone`` says that it was undone and not done again; ``can_undo`` that ``Undo(seq=…)``
    may be tried; ``changed_rows`` counts the rows it changed.
    """

    seq: int
    revision: int
    at: str
    user_id: int
    user_name: str
    code: str
    params: dict[str, Any]
    reason: str
    scope: str
    undone: bool
    can_undo: bool
    changed_rows: int

    @property
    def text(self) -> str:
        """The line in the language in force."""
        return text(self.code, **self.params)


@dataclass
class _Stacks:
    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)
    ever_undone: set[int] = field(default_factory=set)


def _stacks(session: Session, round_id: int, scope: str | None) -> _Stacks:
    """Replay of all changes and undoings of a scope (``None``: of all scopes)."""
    lines = select(LogLine.seq, LogLine.effect, LogLine.target).where(
        LogLine.round_id == round_id, LogLine.effect != "none"
    )
    if scope is not None:
        lines = lines.where(or_(LogLine.scope == scope, LogLine.effect == "barrier"))
    stacks = _Stacks()
    for seq, effect, target in session.execute(lines.order_by(LogLine.seq)):
        if effect == "change":
            stacks.done.append(seq)
            stacks.undone.clear()
        elif effect == "undo" and target in stacks.done:
            stacks.done.remove(target)
            stacks.undone.append(target)
            stacks.ever_undone.add(target)
        elif effect == "redo" and target is not None:
            if target in stacks.undone:
                stacks.undone.remove(target)
            stacks.done.append(target)
            stacks.ever_undone.discard(target)
        elif effect == "barrier":
            stacks.done.clear()
            stacks.undone.clear()
    return stacks


def undone_lines(session: Session, round_id: int) -> frozenset[int]:
    """Lines that were undone and not done again."""
    return frozenset(_stacks(session, round_id, None).ever_undone)


def undo_stack(session: Session, round_id: int, scope: str) -> list[int]:
    """Lines that can be undone, oldest first."""
    return _stacks(session, round_id, scope).done


def redo_stack(session: Session, round_id: int, scope: str) -> list[int]:
    """Lines that can be done again; the last is the next."""
    return _stacks(session, round_id, scope).undone


def lines_since(session: Session, round_id: int, revision: int) -> list[HistoryLine]:
    """What was done in a round after a revision, oldest first."""
    query = select(LogLine).where(LogLine.round_id == round_id, LogLine.revision > revision)
    return read_lines(session, round_id, list(session.scalars(query.order_by(LogLine.seq))))


def read_lines(session: Session, round_id: int, lines: Sequence[LogLine]) -> list[HistoryLine]:
    """Lines of the log as a person reads them."""
    if not lines:
        return []
    seqs = [line.seq for line in lines]
    stacks = _stacks(session, round_id, None)
    done = set(stacks.done)
    targets = {line.seq: line for line in _targets(session, lines)}
    names = _Names(session, round_id, (*lines, *targets.values()))
    reasons: dict[int, str] = {
        seq: why for seq, why in session.execute(select(Reason.seq, Reason.text).where(Reason.seq.in_(seqs)))
    }
    counts: dict[int, int] = {
        seq: n
        for seq, n in session.execute(select(Image.seq, func.count()).where(Image.seq.in_(seqs)).group_by(Image.seq))
    }
    found = []
    for line in lines:
        params = names.fill(line.params)
        target = targets.get(line.target or 0)
        if target is not None:
            params["what"] = text(_code(target), **names.fill(target.params))
        found.append(
            HistoryLine(
                seq=line.seq,
                revision=line.revision or 0,
                at=line.at,
                user_id=line.user_id,
                user_name=names.user(line.user_id),
                code=_code(line),
                params=params,
                reason=reasons.get(line.seq, ""),
                scope=line.scope,
                undone=line.seq in stacks.ever_undone,
                can_undo=line.seq in done and line.effect == "change",
                changed_rows=counts.get(line.seq, 0),
            )
        )
    return found


def _code(line: LogLine) -> str:
    """The text of a line: that of the action, or the one that also says whose seat or lock went with it."""
    if line.code == "set_contact" and line.params.keys() & {"table", "locks"}:
        what = "both" if line.params.keys() >= {"table", "locks"} else "seat" if "table" in line.params else "lock"
        return f"action.{line.code}.{what}"
    left = line.code in ("use_version", "go_back", "back_to_draft") and line.params.get("people")
    return f"action.{line.code}.left" if left else f"action.{line.code}"


def _targets(session: Session, lines: Iterable[LogLine]) -> list[LogLine]:
    wanted = [line.target for line in lines if line.target is not None]
    return list(session.scalars(select(LogLine).where(LogLine.seq.in_(wanted)))) if wanted else []


class _Names:
    """Names for the ids in a set of lines, read in a few queries."""

    def __init__(self, session: Session, round_id: int, lines: Sequence[LogLine]) -> None:
        people = sorted({i for line in lines for i in _people_in(line.params)})
        self._people: dict[int, str] = {
            row.id: str(row.current.get("name", ""))
            for row in session.scalars(select(Application).where(Application.id.in_(people)))
            if row.round_id == round_id
        }
        versions = sorted({i for line in lines if isinstance(i := line.params.get("version"), int)})
        self._versions = {
            row.id: row.name or text(f"version.{row.kind}")
            for row in session.scalars(select(Version).where(Version.id.in_(versions)))
        }
        self._users = shown_names(session)
        files = select(SourceFile.id, SourceFile.name).where(SourceFile.round_id == round_id)
        self._files: dict[int, str] = {i: name for i, name in session.execute(files)}
        self._round = session.get(Round, round_id)
        self._rules: Rules | None = None
        if self._round is not None and any("table" in line.params for line in lines):
            rules = session.get(RulesText, self._round.rules_id or 0)
            self._rules = _rules_of(rules.text) if rules is not None else None

    def user(self, user_id: int) -> str:
        return self._users.get(user_id) or text("history.somebody", id=user_id)

    def person(self, application_id: int) -> str:
        return self._people.get(application_id) or text("history.person", id=application_id)

    def fill(self, params: dict[str, Any]) -> dict[str, Any]:
        filled = dict(params)
        for key, value in params.items():
            if value is None:
                filled[key] = "–"
            elif key in PEOPLE:
                filled[key] = self.person(value)
            elif key == "people":
                filled[key] = ", ".join(self.person(i) for i in value)
            elif key == "version":
                filled[key] = self._versions.get(value) or text("history.version", id=value)
            elif key == "user":
                filled[key] = self.user(value)
            elif key in CODES:
                code = f"{'role' if key == 'user_role' else key}.{value}"
                filled[key] = text(code) if has_text(code) else value
            elif key == "table":
                filled[key] = value if self._rules is None else table_name(self._rules, value)
            elif key == "file":
                filled[key] = self._files.get(value) or text("history.file", id=value)
            elif key == "round":
                filled[key] = self._round.name if self._round else str(value)
        return filled


def _people_in(params: dict[str, Any]) -> list[int]:
    found = [params[key] for key in PEOPLE if isinstance(params.get(key), int)]
    several = params.get("people")
    return found + (several if isinstance(several, list) else [])


@lru_cache(maxsize=32)
def _rules_of(toml: str) -> Rules | None:
    """Rules for the names of their tables; ``None`` where they can no longer be read."""
    try:
        return parse_rules(toml, "")
    except RulesError:
        return None
