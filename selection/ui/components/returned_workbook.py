"""A workbook that came back from Excel: what people changed in it, every rule checked, taken as a version."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from selection import actions as do
from selection.errors import EditedRosterError, SelectionError
from selection.model.roster import Seat
from selection.rounds.desk import Desk
from selection.rounds.returned import roster_returned
from selection.texts import error_text, problem_text, text
from selection.ui import effects, session, standings
from selection.ui.components import edits, frame, moves
from selection.ui.text import escape, plain


@dataclass(frozen=True)
class Returned:
    """What was read of a workbook: its roster, or why it cannot be read, line by line."""

    seats: tuple[Seat, ...] = ()
    intact: bool = True
    of_these_files: bool = True
    faults: tuple[str, ...] = ()


def read(content: bytes, name: str, desk: Desk, digests: frozenset[str]) -> Returned:
    """Read a workbook back, its names matched to the people of the round; ``digests`` are of the round's own files."""
    try:
        with tempfile.TemporaryDirectory(prefix="kokoonpano-") as folder:
            path = Path(folder) / "workbook.xlsx"
            path.write_bytes(content)
            found = roster_returned(path, desk.pool.applicants, name)
    except EditedRosterError as error:
        return Returned(faults=(error_text(error), *(problem_text(one.code, one.params) for one in error.problems)))
    except SelectionError as error:
        return Returned(faults=(error_text(error),))
    return Returned(found.seats, found.intact, found.files == digests, tuple(_faults(found.seats, desk)))


def _faults(seats: tuple[Seat, ...], desk: Desk) -> list[str]:
    """What no roster can be: somebody in two seats, or a table that there is not."""
    held: set[str] = set()
    faults: list[str] = []
    for seat in seats:
        if seat.person in held:
            faults.append(text("ui.returned.twice", name=desk.people[seat.person].name))
        held.add(seat.person)
    strange = dict.fromkeys(seat.table for seat in seats if seat.table not in desk.pool.tables)
    return faults + [text("error.no_such_table", table=table) for table in strange]


def show(desk: Desk, *, may_prepare: bool, may_try: bool) -> None:
    """The section of the page: a workbook handed in, its differences, and where they can be taken."""
    draft = desk.round.state == "draft"
    if not (may_try or (may_prepare and draft)) or desk.round.erased == "all":
        return
    frame.section(text("ui.returned.title"))
    st.caption(text("ui.returned.note"))
    session.expect_files()
    upload = st.file_uploader(
        text("ui.returned.choose"), ["xlsx"], key=f"returned_{desk.round.id}_{session.kept('returned_number') or 0}"
    )
    if upload is None:
        return
    desk = _compared(desk)
    if desk.version is None:
        return
    content = upload.getvalue()
    store, user = session.store(), session.user()
    digests = frozenset(file.sha256 for file in do.source_files(store, user, desk.round.id))
    sign = (hashlib.sha256(content).hexdigest(), desk.round.revision, desk.version.id)
    found: Returned = session.remembered("returned", sign, lambda: read(content, upload.name, desk, digests))
    if found.faults:
        st.error("\n".join(f"- {plain(fault)}" for fault in found.faults))
        return
    for holds, code in ((found.intact, "not_intact"), (found.of_these_files, "other_files")):
        if not holds:
            st.warning(text(f"ui.returned.{code}"))
    roster = replace(desk.roster, seats=found.seats)
    difference = desk.roster.compare(roster)
    if not (difference.came or difference.went or difference.moved):
        st.info(text("ui.returned.same"))
        return
    moves.show(desk, difference, ("app", "workbook"), key="returned_difference")
    edits.show_effects(desk, effects.of_change(desk, roster))
    _requirements(effects.with_roster(desk, roster))
    _take(desk, roster, draft=may_prepare and draft, trial=may_try)


def _compared(desk: Desk) -> Desk:
    """The desk with the roster that a workbook is held against: the draft, what was presented, or who sits now."""
    version = {"ready": desk.round.presented_id, "decided": desk.round.standing_id}.get(desk.round.state)
    if version is None:
        return desk
    return effects.with_version(desk, do.version(session.store(), session.user(), desk.round.id, version))


def _requirements(desk: Desk) -> None:
    """Whether every requirement would hold, and which would not."""
    found = standings.requirements(desk, desk.rows.standings(desk.chosen), None)
    failing = [one for one in found if not one.holds]
    if not failing:
        st.success(text("ui.returned.all_hold"))
        return
    st.warning(text("ui.returned.fails", n=len(failing)))
    lines = "".join(f"<li>{escape(one.body)}: {escape(one.title)}, {escape(one.standing)}</li>" for one in failing)
    st.html(f'<ul class="k-plain">{lines}</ul>')


def _take(desk: Desk, roster: do.Roster, *, draft: bool, trial: bool) -> None:
    """Take the roster into the draft or into a trial of one's own, with a reason; both can be undone."""
    places = [place for place, may in (("draft", draft), ("trial", trial)) if may]
    into = st.radio(
        text("ui.returned.into"), places, format_func=lambda one: text(f"ui.returned.into.{one}"), key="returned_into"
    )
    reason = edits.ask_reason("returned")
    if not st.button(text("ui.returned.take"), type="primary", key="returned_take"):
        return
    version_id: int | None = None
    if into == "trial":
        assert desk.version is not None
        copy = do.CopyVersion(round_id=desk.round.id, name=text("ui.returned.name"), version_id=desk.version.id)
        made = session.act(copy)
        if made is None:
            st.rerun()
        version_id = made.id
    action = do.TakeRoster(round_id=desk.round.id, roster=roster, reason=reason, version_id=version_id)
    told = text(f"ui.returned.taken.{into}")
    revision = session.drawn(desk.round) if into == "draft" else None
    if session.act(action, told=told, revision=revision) is not None:
        session.keep("returned_number", (session.kept("returned_number") or 0) + 1)
    st.rerun()
