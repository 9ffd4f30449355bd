"""The workbook of the roster at work, made when it is asked for."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.constraints import build_rows
from selection.outputs.workbook import workbook_bytes
from selection.pool import Role
from selection.proposal import Proposal, Seat, candidates_of
from selection.steps import Step
from selection.texts import text
from selection.ui import session
from selection.ui.desk import Desk


def workbook_button(desk: Desk) -> None:
    """A button that downloads the workbook; nothing before the first proposal."""
    if desk.version is None:
        return
    st.download_button(
        text("workbook.download"),
        lambda: workbook_bytes(proposal_of(desk)),
        f"{desk.rules.name}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click=_log,
        args=(desk,),
    )


def _log(desk: Desk) -> None:
    assert desk.version is not None
    session.act(do.LogExport(round_id=desk.round.id, kind="workbook", version_id=desk.version.id))


def seats_of(desk: Desk, roster: do.Roster) -> tuple[Seat, ...]:
    """The seats of a roster as the core has them; people no longer in the pool hold none."""
    known = {seat.person for seat in roster.seats} & set(desk.pool.places)
    return tuple(
        Seat(one.person, one.table, Role(one.role.value), one.deputy_of if one.deputy_of in known else None)
        for one in roster.seats
        if one.person in known
    )


def proposal_of(desk: Desk) -> Proposal:
    """The roster at work as a proposal, counted anew: it may have been changed by people."""
    assert desk.version is not None
    facts = desk.version.facts or {}
    seats = seats_of(desk, desk.roster)
    pool = desk.pool.admitting(candidates_of(desk.pool, seats))
    steps = tuple(Step(one["name"], one["value"], one["bound"], 0.0) for one in facts.get("steps", ()))
    return Proposal(
        build_rows(pool, desk.rules),
        str(facts.get("seed", "")),
        seats,
        steps,
        str(facts.get("solver", "–")),
        str(facts.get("solver_version", "–")),
        float(facts.get("seconds", 0.0)),
        bool(facts.get("proven", False)),
    )
