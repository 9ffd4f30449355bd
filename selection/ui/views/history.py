"""History: who changed what, when and why; undo a change, or go back to any state."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame, table
from selection.ui.components.table import Action
from selection.ui.text import instant, plain

#: Lines shown at first, and more at a time.
LINES = 100


def _row(line: do.HistoryLine, latest: int, rights: Collection[do.Right]) -> table.Row:
    badges = [table.Badge(text("ui.history.undone"), "warn")] if line.undone else []
    menu = []
    if line.can_undo and _right_of(line) in rights:
        menu.append(Action("undo", text("ui.history.undo")))
    if do.Right.PREPARE in rights and 0 < line.revision < latest:
        menu.append(Action("back", text("ui.history.back")))
    cells: list[table.Content] = [
        instant(line.at),
        line.user_name,
        table.Cell(line.text, badges=badges, quiet=line.undone),
        line.reason or "–",
        table.Cell(id=str(line.seq), name=line.text, menu=menu),
    ]
    return table.Row(str(line.seq), cells, tone="off" if line.undone else "")


def _right_of(line: do.HistoryLine) -> do.Right:
    """What it takes to undo a line: the right of what was done; trials are their owner's."""
    kind = do.known_actions().get(line.code.split(".")[1])
    return do.Right.TRY if kind is None or line.scope else kind.right


def _ask(row: do.RoundRow, line: do.HistoryLine, action: str) -> None:
    @st.dialog(text(f"ui.history.{action}.title"))
    def dialog() -> None:
        st.markdown(f"{instant(line.at)}: **{plain(line.text)}**")
        st.markdown(text(f"ui.history.{action}.note"))
        if st.button(text(f"ui.history.{action}.do"), type="primary"):
            made: do.Action = do.GoBackTo(round_id=row.id, revision=line.revision)
            if action == "undo":
                made = do.Undo(round_id=row.id, seq=line.seq)
            session.act(made, told=text(f"ui.history.{action}.done"), revision=row.revision)
            st.rerun()

    dialog()


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.history"), text("ui.history.lede"))
    row = session.round_row()
    if row is None:
        frame.missing("round", "rounds")
        return
    store, user = session.store(), session.user()
    limit = int(st.session_state.get("of_round:history_limit", LINES))
    looks = st.toggle(text("ui.history.looks"), key="history_looks")
    lines = do.history(store, user, row.id, limit=limit, looks=looks)
    rights = do.rights(store, user, row.id)
    heads = [
        table.Column(text("ui.history.when"), width="12rem"),
        table.Column(text("ui.history.who"), width="9rem"),
        table.Column(text("ui.history.what"), head=True),
        table.Column(text("ui.history.why"), width="22%"),
        table.Column(text("ui.applicants.actions"), kind="bare", width="5rem"),
    ]
    shown = [_row(line, row.revision, rights) for line in lines]
    table.show(
        table.Table(text("ui.page.history"), heads, shown, empty=text("ui.history.empty")),
        key="history",
        on_action=lambda event: st.session_state.__setitem__("of_round:history_ask", (event.action, event.subject)),
    )
    if len(lines) == limit and st.button(text("ui.history.more")):
        st.session_state["of_round:history_limit"] = limit + LINES
        st.rerun()
    asked = st.session_state.pop("of_round:history_ask", None)
    if asked is not None:
        line = next((one for one in lines if str(one.seq) == asked[1]), None)
        if line is not None:
            _ask(row, line, asked[0])


page()
