"""Noting an answer: what became of the seat and the lock of somebody who declined or withdrew is said with it."""

from __future__ import annotations

from selection import actions as do
from selection.model.titles import table_title
from selection.records.readiness import LEFT
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import session
from selection.ui.text import plain


def note(desk: Desk, action: do.SetContact, told: str, *, revision: int) -> None:
    """Do the action and tell what came of it."""
    made = session.act(action, told=told if action.status not in LEFT else None, revision=revision)
    if made is None or action.status not in LEFT:
        return
    person = desk.by_id[action.application_id]
    now = do.application(session.store(), session.user(), desk.round.id, person.id)
    lines = [text(f"ui.apply.is_{action.status}", name=plain(person.name))]
    if now.status != "active":
        lines.append(text("ui.apply.left_pool"))
    if "locks" in made.params:
        lines.append(text("ui.apply.left_lock"))
    if "table" in made.params:
        lines.append(text("ui.apply.left_seat", seat=_seat(desk, made.params["table"], made.params["role"])))
    elif now.status == "active" and (seat := desk.seat_of(person.id)) is not None:
        lines.append(text("ui.apply.left_stays", seat=_seat(desk, seat.table, seat.role.value)))
    session.tell("success", " ".join(lines))


def _seat(desk: Desk, table: str, role: str) -> str:
    return plain(f"{table_title(desk.rules, table)}: {words.role_name(role)}")
