"""Sign-ins: who is signed in and was lately, and ending them; each also sees and ends their own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame, table
from selection.ui.text import instant, plain

#: So many are listed; the log has all.
LISTED = 100


def _end(user_id: int, name: str) -> None:
    session.act(do.EndSignIns(user_id=user_id), told=plain(text("ui.users.ended", name=name)))


def show(rows: Sequence[do.SignInRow]) -> None:
    """The sign-ins, the last seen first, with a button for each who is signed in."""
    frame.section(text("ui.users.sign_ins"))
    heads = [
        table.Column(text("ui.users.who"), head=True),
        *(table.Column(text(f"ui.users.{name}")) for name in ("began", "seen", "state")),
    ]
    lines = [
        table.Row(
            str(place),
            [
                text("ui.users.person", name=row.user_name, number=row.user_id),
                instant(row.began_at),
                instant(row.seen_at),
                table.Cell(badges=[_state(row)]),
            ],
        )
        for place, row in enumerate(rows[:LISTED])
    ]
    if lines:
        table.show(table.Table(text("ui.users.sign_ins"), heads, lines, dense=True), key="sign_ins")
    for user_id, name in {row.user_id: row.user_name for row in rows if row.open}.items():
        said = f"{text('ui.users.end')}: {text('ui.users.person', name=name, number=user_id)}"
        st.button(plain(said), key=f"end_{user_id}", on_click=_end, args=(user_id, name))


def _state(row: do.SignInRow) -> table.Badge:
    return table.Badge(text("ui.users.open"), "good") if row.open else table.Badge(text("ui.users.over"))


def own() -> None:
    """A button that ends one's own sign-ins elsewhere, where there are any."""
    who = session.identity()
    if who is None:
        return
    user = session.user()
    others = [
        row for row in do.sign_ins(session.store(), user) if row.open and row.user_id == user.id and row.key != who.key
    ]
    if others and st.button(text("ui.sign_out.others", n=len(others)), key="sign_out_others"):
        ended = do.EndSignIns(user_id=user.id, but=who.key)
        session.act(ended, told=text("ui.sign_out.others_done"))
        st.rerun()
