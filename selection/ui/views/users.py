"""Users: who may do what in which round and who is signed in, for the administrator of shared use."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame, sign_ins
from selection.ui.text import escape, instant, plain


def _change(action: do.GrantRole | do.RevokeRole) -> None:
    """Give or take away a role, and remember the way back."""
    if session.act(action, told=text("ui.users.changed")) is not None:
        st.session_state["role_change"] = action


def _take_back(changed: do.GrantRole | do.RevokeRole) -> None:
    other = do.RevokeRole if isinstance(changed, do.GrantRole) else do.GrantRole
    st.session_state.pop("role_change", None)
    back = other(user_id=changed.user_id, role=changed.role, round_id=changed.round_id)
    session.act(back, told=text("ui.users.taken_back"))


def _where(round_id: int | None, rounds: dict[int, str]) -> str:
    return text("ui.users.all_rounds") if round_id is None else rounds.get(round_id, str(round_id))


def _undo(names: dict[int, str], rounds: dict[int, str]) -> None:
    """The way back from the last change, which says whose role it was."""
    changed: do.GrantRole | do.RevokeRole | None = st.session_state.get("role_change")
    if changed is None:
        return
    code = "ui.users.undo_grant" if isinstance(changed, do.GrantRole) else "ui.users.undo_revoke"
    said = text(
        code,
        name=names.get(changed.user_id, str(changed.user_id)),
        role=text(f"role.{changed.role.value}"),
        where=_where(changed.round_id, rounds),
    )
    st.button(plain(said), key="role_undo", on_click=_take_back, args=(changed,))


def _ask_role(row: do.UserRow, role: do.UserRole, round_id: int | None, where: str) -> None:
    @st.dialog(text("ui.users.take.title"))
    def dialog() -> None:
        st.markdown(plain(text("ui.users.take.what", name=row.name, role=text(f"role.{role.value}"), where=where)))
        if st.button(text("ui.users.take"), type="primary", key="take_sure"):
            _change(do.RevokeRole(user_id=row.id, role=role, round_id=round_id))
            st.rerun()

    dialog()


def _ask_all(row: do.UserRow) -> None:
    @st.dialog(text("ui.users.take_all.title"))
    def dialog() -> None:
        st.markdown(plain(text("ui.users.take_all.what", name=row.name)))
        if st.button(text("ui.users.take_all.do"), type="primary", key="take_all_sure"):
            session.act(do.RevokeAll(user_id=row.id), told=plain(text("ui.users.took_all", name=row.name)))
            st.session_state.pop("role_change", None)
            st.rerun()

    dialog()


def _person(row: do.UserRow, rounds: dict[int, str]) -> None:
    with st.container(border=True):
        frame.section(text("ui.users.person", name=row.name, number=row.id), 3)
        at = row.signed_in_at
        signed = text("ui.users.signed_in", at=instant(at)) if at else text("ui.users.never_signed_in")
        # Names are the provider's, and two may be alike: the account's lasting id tells them apart.
        st.html(f'<p class="k-quiet">{escape(row.subject)}<br>{escape(signed)}</p>')
        if not row.roles:
            st.html(f'<p class="k-quiet">{escape(text("ui.users.no_role"))}</p>')
            return
        for name, round_id in row.roles:
            role, where = do.UserRole(name), _where(round_id, rounds)
            about, take = st.columns([4, 1], vertical_alignment="center")
            about.markdown(plain(f"{text(f'role.{role.value}')} · {where}"))
            asked = take.button(
                text("ui.users.take"),
                key=f"take_{row.id}_{role.value}_{round_id}",
                help=plain(f"{row.name}: {text(f'role.{role.value}')}"),
                width="stretch",
            )
            if asked:
                _ask_role(row, role, round_id, where)
        if st.button(text("ui.users.take_all"), key=f"take_all_{row.id}", help=plain(row.name)):
            _ask_all(row)


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


def _matches(row: do.UserRow, words: str) -> bool:
    """Whether each word stands in the name, the number or the account's id."""
    held = f"{row.name} {row.id} {row.subject}".casefold()
    return all(word in held for word in words.casefold().split())


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.users"), text("ui.users.lede"))
    store, user = session.store(), session.user()
    rows = do.users(store, user)
    rounds = {row.id: row.name for row in do.rounds(store, user)}
    _undo({row.id: row.name for row in rows}, rounds)
    if rows:
        _give(rows, rounds)
    frame.section(text("ui.users.all"))
    words = st.text_input(text("ui.users.search"), key="user_search", max_chars=80)
    shown = [row for row in rows if _matches(row, words)]
    for row in shown:
        _person(row, rounds)
    if rows and not shown:
        st.info(text("ui.users.nobody"))
    sign_ins.show(do.sign_ins(store, user))


page()
