"""Users: who may do what in which round, for the administrator of shared use."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame
from selection.ui.text import escape, plain


def _change(action: do.GrantRole | do.RevokeRole) -> None:
    """Give or take away a role, and remember the way back."""
    if session.act(action, told=text("ui.users.changed")) is not None:
        other = do.RevokeRole if isinstance(action, do.GrantRole) else do.GrantRole
        back = other(user_id=action.user_id, role=action.role, round_id=action.round_id)
        st.session_state["role_change_back"] = back


def _take_back() -> None:
    back = st.session_state.pop("role_change_back", None)
    if back is not None:
        session.act(back, told=text("ui.users.taken_back"))


def _where(round_id: int | None, rounds: dict[int, str]) -> str:
    return text("ui.users.all_rounds") if round_id is None else rounds.get(round_id, str(round_id))


def _person(row: do.UserRow, rounds: dict[int, str]) -> None:
    with st.container(border=True):
        frame.section(text("ui.users.person", name=row.name, number=row.id), 3)
        if not row.roles:
            st.html(f'<p class="k-quiet">{escape(text("ui.users.no_role"))}</p>')
        for name, round_id in row.roles:
            role = do.UserRole(name)
            about, take = st.columns([4, 1], vertical_alignment="center")
            about.markdown(plain(f"{text(f'role.{role.value}')} · {_where(round_id, rounds)}"))
            take.button(
                text("ui.users.take"),
                key=f"take_{row.id}_{role.value}_{round_id}",
                help=plain(f"{row.name}: {text(f'role.{role.value}')}"),
                on_click=_change,
                args=(do.RevokeRole(user_id=row.id, role=role, round_id=round_id),),
                width="stretch",
            )


def _give(rows: list[do.UserRow], rounds: dict[int, str]) -> None:
    names = {row.id: text("ui.users.person", name=row.name, number=row.id) for row in rows}
    roles = [role.value for role in do.UserRole]
    with st.form("give_role", border=True):
        frame.section(text("ui.users.give"), 3)
        user_id = st.selectbox(text("ui.users.who"), list(names), format_func=names.__getitem__)
        role = st.selectbox(text("ui.users.role"), roles, format_func=lambda name: text(f"role.{name}"))
        where: int | None = st.selectbox(
            text("ui.users.where"), [None, *rounds], format_func=lambda one: _where(one, rounds)
        )
        if not st.form_submit_button(text("ui.users.do_give"), type="primary"):
            return
    _change(do.GrantRole(user_id=user_id, role=do.UserRole(role), round_id=where))
    st.rerun()


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.users"), text("ui.users.lede"))
    store, user = session.store(), session.user()
    rows = [row for row in do.users(store, user) if row.subject != "local"]
    rounds = {row.id: row.name for row in do.rounds(store, user)}
    if "role_change_back" in st.session_state:
        st.button(text("ui.users.undo"), key="role_undo", on_click=_take_back)
    if rows:
        _give(rows, rounds)
    frame.section(text("ui.users.all"))
    for row in rows:
        _person(row, rounds)


page()
