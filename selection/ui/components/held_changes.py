"""Changes made by hand that the next solve keeps: each told, each can be let go."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.model.titles import table_title
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.rounds.held import Held
from selection.texts import text
from selection.ui import session
from selection.ui.components import edits, moves
from selection.ui.text import escape, plain


def told(desk: Desk, one: Held) -> str:
    """A person and where they are kept."""
    name = moves.name_of(desk, one.key)
    if one.table is None or one.role is None:
        return text("held.out", name=name)
    role = words.role_name(one.role).lower()
    seat = text("held.seat", name=name, table=table_title(desk.rules, one.table), role=role)
    return seat if one.member is None else text("ui.compare.deputy_of", seat=seat, name=moves.name_of(desk, one.member))


def show(desk: Desk, *, closed: bool) -> None:
    """The list with a button for each; nothing where nobody changed anything, or nothing can be changed any more."""
    kept, not_kept = desk.held
    if closed or not (kept or not_kept):
        return
    with st.expander(text("held.title", n=len(kept))):
        st.caption(text("held.note"))
        for one in kept:
            person = desk.people.get(one.key)
            if person is None:
                continue
            with st.container(horizontal=True, vertical_alignment="center", key=f"held_{person.id}"):
                st.html(f'<p class="k-tight">{escape(told(desk, one))}</p>', width="stretch")
                st.button(text("held.let_go"), key=f"let_go_{person.id}", on_click=_let_go, args=(desk, person))
        lost(desk, not_kept)


def lost(desk: Desk, several: Sequence[Held]) -> None:
    """Those that no solve can keep."""
    if several:
        items = "".join(f"<li>{escape(told(desk, one))}</li>" for one in several)
        st.html(f'<p class="k-tight">{escape(text("held.lost"))}</p><ul class="k-plain">{items}</ul>')


def _let_go(desk: Desk, person: do.ApplicationRow) -> None:
    let_go(desk, person)


def let_go(desk: Desk, person: do.ApplicationRow) -> do.Outcome | None:
    """Let one go; the seat stays as it is."""
    action = do.LetGo(round_id=desk.round.id, application_id=person.id, version_id=edits.of_trial(desk))
    return session.act(action, told=text("held.gone", name=plain(person.name)))
