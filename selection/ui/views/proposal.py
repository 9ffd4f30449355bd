"""The proposal, table by table: members beside their deputies, the rules in sight, each change with its effect."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection import actions as do
from selection.model.people import Role
from selection.rounds.desk import Desk, let_go
from selection.texts import text
from selection.ui import rosters, round_at_work, seat_revisions, session, standings
from selection.ui.components import (
    card,
    composition,
    download_button,
    edits,
    erased,
    everybody,
    frame,
    held_changes,
    offers,
    overview,
    panel,
    part,
    proposal_run,
    proposed,
    reasons,
    rule_notes,
    state_line,
    table,
    table_choice,
    undo,
    unread,
    version_list,
)
from selection.ui.jobs import jobs
from selection.ui.text import plain

ALL = "*"
ASKS: dict[str, Callable[[Desk, int], None]] = {
    "swap": edits.swap,
    "move": edits.move,
    "deputy": edits.deputy,
    "remove": edits.remove,
    "out": edits.keep_out,
    "card": card.show,
    "why": reasons.why,
}


def _clicked(desk: Desk) -> Callable[[table.Event], None]:
    """What a button of a roster does: locks are set and shown at once, everything else is asked about first."""

    def handle(event: table.Event) -> None:
        person = desk.by_id.get(int(event.subject)) if event.subject.isdecimal() else None
        if person is None:
            return
        if event.action != "lock":
            st.session_state["of_round:ask"] = (event.action, person.id)
            return
        made = _lock(desk, person)
        # Where somebody else changed the round meanwhile, the whole page is as old as the roster.
        if made is not None and seat_revisions.alone_since(desk.round.revision, made.revision or 0):
            part.redraw()

    return handle


def _lock(desk: Desk, person: do.ApplicationRow) -> do.Outcome | None:
    """Lock a person where they sit, or let them go."""
    held = desk.lock_of.get(person.id)
    seat = desk.seat_of(person.id)
    if held is None and person.person_key in desk.held_keys:
        return held_changes.let_go(desk, person)
    if held is not None and held.kind == "seat":
        return session.act(
            do.Unlock(round_id=desk.round.id, lock_id=held.id), told=text("ui.lock.off", name=plain(person.name))
        )
    if seat is None:
        return None
    action = do.LockSeat(
        round_id=desk.round.id,
        application_id=person.id,
        table=seat.table,
        role=Role.DEPUTY if seat.role is Role.RESERVE else seat.role,
        reason=edits.reason_default(),
    )
    return session.act(action, told=text("ui.lock.on", name=plain(person.name)))


def _start_page(desk: Desk, *, stopped: bool) -> None:
    """Before the first proposal: what there is to choose from, and the button."""
    overview.willing(desk)
    if not stopped:
        everybody.never(desk)
    if not proposal_run.may(desk):
        st.info(proposal_run.whose(desk))
        return
    st.button(
        text("ui.propose.first"),
        type="primary",
        key="propose",
        on_click=proposal_run.start,
        args=(desk,),
        disabled=stopped or _closed(desk),
    )


def _closed(desk: Desk) -> bool:
    """Whether the roster cannot be changed: it is no longer a draft, and no trial."""
    return desk.round.state != "draft" and edits.of_trial(desk) is None


def _tools(desk: Desk, busy: bool, *, stopped: bool) -> None:
    """Propose again, undo, redo, download."""
    with st.container(horizontal=True, gap="small", key="tools"):
        if proposal_run.may(desk):
            st.button(
                text("ui.propose.again"),
                type="primary",
                key="propose",
                on_click=proposal_run.start,
                args=(desk,),
                disabled=stopped or busy or _closed(desk),
                help=text("ui.propose.again_help", n=len(desk.locks) + len(desk.held[0])),
            )
            undo.buttons(desk.round.id, edits.of_trial(desk), disabled=busy or _closed(desk))
        download_button.workbook_button(desk)


def _one_table(desk: Desk, name: str, *, editable: bool) -> None:
    shown = standings.panel(desk, name)
    panel.show_summary(shown)
    left, right = st.columns([7, 3], gap="large")
    with right:
        panel.show(shown)
    with left:
        handle = _clicked(desk)
        frame.section(text("ui.roster.title"))
        table.show(
            rosters.roster_table(desk, name, editable=editable, menu=rosters.looking()),
            key=f"roster_{name}",
            on_action=handle,
        )
        if desk.rules.ordered_deputies and desk.rules.aim(name, Role.DEPUTY):
            frame.section(text("ui.roster.deputies_title"), 3)
            deputies = rosters.deputy_table(desk, name, editable=editable, menu=rosters.looking())
            table.show(deputies, key=f"deputies_{name}", on_action=handle)
        if desk.rules.aim(name, Role.RESERVE):
            frame.section(text("ui.roster.reserves_title"), 3)
            reserves = rosters.reserve_table(desk, name, editable=editable, menu=rosters.looking())
            table.show(reserves, key=f"reserves_{name}", on_action=handle)
        beside = rosters.beside_table(desk, name)
        if beside.rows:
            frame.section(text("ui.roster.beside_title"), 3)
            table.show(beside, key=f"beside_{name}", on_action=handle)
    if shown.goals:
        frame.section(text("ui.composition.title"))
        composition.show(shown.goals)


def _ask() -> None:
    asked = st.session_state.pop("of_round:ask", None)
    if asked is None:
        return
    action, person = asked
    if action in ASKS:
        ASKS[action](round_at_work.require(session.version_id()), person)


def _proposal() -> None:
    """All that changes with a lock."""
    desk = round_at_work.require(session.version_id())
    version_list.banner(desk)
    if erased.everybody(desk.round):
        return
    if not desk.round.active:
        frame.missing("applications", "importing")
        return
    jobs().warm()
    stopped = unread.stops(desk)
    busy = proposal_run.under_way(desk)
    if desk.version is None:
        if not busy:
            _start_page(desk, stopped=stopped)
        return
    _tools(desk, busy, stopped=stopped)
    if not proposal_run.may(desk):
        st.caption(proposal_run.whose(desk))
    state_line.show(desk)
    proposed.show(desk)
    held_changes.show(desk, closed=busy or _closed(desk) or not proposal_run.may(desk))
    unread.told(desk)
    rule_notes.show(desk.rules)
    rule_notes.show_uncounted(desk)
    gone = let_go(desk)
    if gone:
        st.warning(text("ui.apply.let_go", n=len(gone), names=plain(", ".join(one.name for one in gone))))
    chosen = table_choice.table(desk, "table", more={ALL: text("ui.proposal.all")}, kept=True)
    if chosen == ALL:
        overview.all_tables(desk)
    elif chosen is not None:
        _one_table(desk, chosen, editable=proposal_run.may(desk) and not _closed(desk))
    if desk.round.erased:
        # Those who were not chosen are gone: nothing can be said of who else could sit.
        return
    everybody.show(desk, None if chosen == ALL else chosen)
    offers.show(desk, closed=stopped or busy or _closed(desk) or not proposal_run.may(desk))


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.proposal"), text("ui.proposal.lede"))
    part.show(_proposal)
    _ask()


page()
