"""Versions of a roster: making, naming, proposing, taking as the draft, taking away."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import session
from selection.ui.components import edits, frame, table
from selection.ui.components.table import Action
from selection.ui.text import escape, instant, plain


def name_of(version: do.VersionRow) -> str:
    """A version as a person calls it."""
    kind = text(f"version.{version.kind}")
    if version.kind == "draft":
        code = "ui.version.current" if version.current else "ui.version.earlier"
        return text(code, when=instant(version.made_at))
    named = f"{kind}: {version.name}" if version.name else kind
    return f"{named} ({version.owner})" if version.owner else f"{named}, {instant(version.made_at)}"


def make(desk: Desk) -> None:
    """Keep the draft under a name, or begin a trial of one's own."""
    may = do.rights(session.store(), session.user(), desk.round.id)
    if do.Right.TRY not in may:
        return
    with st.container(border=True):
        left, right = st.columns(2, gap="large")
        if do.Right.PREPARE in may:
            with left, st.form("name_version", border=False, clear_on_submit=True):
                name = st.text_input(text("ui.version.name"), max_chars=80, placeholder=text("ui.version.name_example"))
                if st.form_submit_button(text("ui.version.keep")):
                    session.act(do.NameVersion(round_id=desk.round.id, name=name), told=text("ui.version.kept"))
                    st.rerun()
        with right if do.Right.PREPARE in may else left, st.form("trial", border=False, clear_on_submit=True):
            name = st.text_input(text("ui.version.trial_name"), max_chars=80)
            if st.form_submit_button(text("ui.version.try")):
                session.act(do.CopyVersion(round_id=desk.round.id, name=name), told=text("ui.version.trial_made"))
                st.rerun()
        st.caption(text("ui.version.note"))


def _menu(desk: Desk, version: do.VersionRow) -> list[Action]:
    mine = version.kind == "trial" and version.owner_id == session.user().id
    prepares = do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id)
    items = []
    if prepares and not version.current and desk.round.state == "draft":
        items.append(Action("use", text("ui.version.use")))
    if mine or (prepares and version.kind == "named"):
        items.append(Action("rename", text("ui.version.rename")))
    if mine and not version.proposed:
        items.append(Action("propose", text("ui.version.propose")))
    if mine or (prepares and version.kind == "named"):
        items.append(Action("drop", text("ui.version.drop"), look="danger"))
    return items


def listed(desk: Desk, versions: list[do.VersionRow]) -> int | None:
    """All versions with what can be done with each; the id of a trial that shall be worked on."""
    shown = [one for one in versions if one.kind != "draft" or one.current] or versions[:1]
    rows = []
    for one in shown:
        mine = one.kind == "trial" and one.owner_id == session.user().id
        badges = [table.Badge(text("ui.version.proposed"), "warn")] if one.proposed else []
        buttons = [Action("work", text("ui.version.work"))] if mine else []
        cells: list[table.Content] = [
            table.Cell(name_of(one), strong=True, badges=badges),
            instant(one.made_at),
            len(one.roster.seats),
            table.Cell(id=str(one.id), name=name_of(one), buttons=buttons, menu=_menu(desk, one)),
        ]
        rows.append(table.Row(str(one.id), cells))
    heads = [
        table.Column(text("ui.version.version"), head=True, kind="bare"),
        table.Column(text("ui.version.made"), small="hide"),
        table.Column(text("ui.version.seats"), kind="number"),
        table.Column(text("ui.applicants.actions"), kind="bare"),
    ]
    frame.section(text("ui.version.all"))
    table.show(
        table.Table(text("ui.version.all"), heads, rows),
        key="versions",
        on_action=lambda event: st.session_state.__setitem__("of_round:version_ask", (event.action, event.subject)),
    )
    asked = st.session_state.pop("of_round:version_ask", None)
    if asked is None:
        return None
    version = next((one for one in versions if str(one.id) == asked[1]), None)
    if version is None:
        return None
    if asked[0] == "work":
        return version.id
    _ask(desk, version, asked[0])
    return None


def _ask(desk: Desk, version: do.VersionRow, action: str) -> None:
    @st.dialog(text(f"ui.version.{action}.title"))
    def dialog() -> None:
        st.markdown(f"**{plain(name_of(version))}**")
        st.markdown(text(f"ui.version.{action}.note"))
        made: do.Action
        if action == "rename":
            name = st.text_input(text("ui.version.name"), value=version.name, max_chars=80, key="rename")
            made = do.RenameVersion(round_id=desk.round.id, version_id=version.id, name=name)
        elif action == "drop":
            made = do.DropVersion(round_id=desk.round.id, version_id=version.id)
        else:
            reason = edits.ask_reason(action)
            kind = do.UseVersion if action == "use" else do.ProposeChange
            made = kind(round_id=desk.round.id, version_id=version.id, reason=reason)
        if st.button(text(f"ui.version.{action}.do"), type="primary"):
            session.act(made, told=text(f"ui.version.{action}.done"), revision=desk.round.revision)
            st.rerun()

    dialog()


def banner(desk: Desk) -> None:
    """On the proposal page: that this is a trial, and the way back."""
    version = desk.version
    if version is None or version.current:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="trial_banner"):
        st.html(f'<p class="k-tight">{escape(text("ui.version.banner", name=name_of(version)))}</p>', width="stretch")
        st.button(text("ui.version.leave"), key="leave_trial", on_click=session.choose_version, args=(None,))
