"""The steps of a round: what is done, what comes next, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import navigation, session
from selection.ui.components import frame
from selection.ui.text import escape

#: Steps as a person goes through them, each with its page; the round's own ``step`` names the one that is next.
WAY = (
    ("import", "importing"),
    ("findings", "findings"),
    ("criteria", "criteria"),
    ("proposal", "proposal"),
    ("decision", "decision"),
)
NEXT = {"import": 0, "findings": 1, "proposal": 3, "review": 3, "ready": 4, "decided": 5}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, what it is called, how it stands, whether it is done or next."""

    number: int
    name: str
    page: str
    title: str
    note: str
    state: str


def steps_of(row: do.RoundRow) -> list[Step]:
    """The five steps of a round as they stand."""
    notes = {
        "import": text("ui.step.import.note", n=row.applications) if row.applications else "",
        "findings": text("ui.step.findings.note", n=row.open_findings) if row.open_findings else "",
        "criteria": text("ui.step.criteria.note"),
        "proposal": _proposed(row),
        "decision": text(f"ui.state.{row.state}") if row.state != "draft" else "",
    }
    upcoming = NEXT.get(row.step, 0)
    found = []
    for place, (name, page) in enumerate(WAY):
        state = "done" if place < upcoming else "next" if place == upcoming else "later"
        if name == "findings" and state == "done" and row.open_findings:
            state = "open"
        found.append(Step(place + 1, name, page, text(f"ui.step.{name}"), notes[name], state))
    return found


def _proposed(row: do.RoundRow) -> str:
    """Seats that are filled, and changes that somebody proposed and nobody has taken yet."""
    parts = [text("ui.step.proposal.note", n=row.seated)] if row.seated else []
    if row.proposed_changes and row.state == "draft":
        parts.append(text("ui.step.proposal.changes", n=row.proposed_changes))
    return " · ".join(parts)


def show(row: do.RoundRow) -> None:
    """The steps as a list, each a link; the next one stands out."""
    rights = do.rights(session.store(), session.user(), row.id)
    with st.container(key="steps", gap=None):
        for step in steps_of(row):
            with st.container(key=f"step_{step.name}", horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f'<span class="k-step {step.state}" aria-hidden="true">{step.number}</span>', width="content")
                opens = navigation.is_for(step.page, rights)
                if opens:
                    st.page_link(navigation.page(step.page), label=f"**{step.title}**")
                else:
                    st.markdown(f"**{step.title}**", width="content")
                note = " · ".join(part for part in (_state(step), step.note) if part)
                st.html(f'<span class="k-step-note">{escape(note)}</span>', width="stretch")
                if (
                    step.state == "next"
                    and opens
                    and st.button(text("ui.step.continue"), key=f"go_{step.name}", type="primary")
                ):
                    st.switch_page(navigation.page(step.page))


def _state(step: Step) -> str:
    """How a step stands; of one behind what is true of it, not that somebody went through it."""
    return text(f"step_done.{step.name}" if step.state == "done" else f"ui.step.state.{step.state}")


def line(row: do.RoundRow) -> str:
    """A round in one line of HTML: state and counts."""
    tone = {"ready": "warn", "decided": "good"}.get(row.state, "")
    counts = [text("ui.rounds.applications", n=row.applications)]
    if row.open_findings:
        counts.append(text("ui.step.findings.note", n=row.open_findings))
    if row.seated:
        counts.append(text("ui.step.proposal.note", n=row.seated))
    return (
        f'{frame.badge(text(f"ui.state.{row.state}"), tone)} <span class="k-quiet">{escape(" · ".join(counts))}</span>'
    )
