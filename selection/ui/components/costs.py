"""What changed criteria cost: a table of step values, before the change is taken."""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st

from selection.explain.roster_words import goal_cost_sentence, tradeoff_gap_sentences
from selection.explain.tradeoffs import TradeOff
from selection.model.people import Role
from selection.model.rules import Rules
from selection.rounds import answers
from selection.rounds.desk import Desk
from selection.rounds.version_state import seats_of
from selection.texts import text
from selection.ui import questions, session
from selection.ui.components import conflicts, frame, reasons
from selection.ui.job_worker import Job
from selection.ui.jobs import jobs
from selection.ui.text import escape

#: Seconds between two looks at whether it is there, and after which it is given up.
LOOK = 0.2
PATIENCE = 90.0


def comparable(before: Rules, after: Rules) -> bool:
    """Whether both seat the same people at the same tables in the same roles."""
    return (
        before.table_ids == after.table_ids
        and before.eligibility == after.eligibility
        and before.has(Role.DEPUTY) == after.has(Role.DEPUTY)
    )


def show(desk: Desk, changed: Rules) -> None:
    """Work the cost out and show it; within a dialog, which waits."""
    if not comparable(desk.rules, changed):
        st.info(text("ui.cost.other"))
        return
    job = _asked(desk, changed)
    place = st.empty()
    while not job.over and job.seconds < PATIENCE:
        place.progress(job.number / max(job.total, 1), text=text("ui.cost.working"))
        time.sleep(LOOK)
    place.empty()
    if not job.over:
        jobs().drop(job)
        st.warning(text("ui.why.late"))
    elif job.state == "done":
        told(desk, job.result)
    else:
        conflicts.failed_with(desk, replace(desk.given, rules=changed), job.error)


def _asked(desk: Desk, changed: Rules) -> Job:
    """The job of these rules, kept for as long as the round stays as it is."""
    sign = (desk.round.id, desk.round.revision)
    held: dict[str, Job] = session.remembered("costs", sign, dict)
    name = changed.model_dump_json()
    job = held.get(name)
    if job is None or job.state in ("failed", "dropped"):
        seats = seats_of(desk, reasons.roster_asked(desk))
        arguments = {"given": desk.given, "changed": changed, "seats": seats}
        job = held[name] = questions.start(desk.round.id, ("costs", *sign, name), "costs", answers.tradeoff, arguments)
    return job


def told(desk: Desk, found: TradeOff) -> None:
    """The steps in a table, then the goals that get farther or nearer, then what is proven."""
    heads = "".join(
        f'<th scope="col" class="{"n" if name != "step" else ""}">{escape(text(f"explain.tradeoff.{name}"))}</th>'
        for name in ("step", "before", "cost", "after")
    )
    rows = []
    for one in found.steps:
        word = "" if not one.worse_by else text(f"explain.difference.{'worse' if one.worse_by > 0 else 'better'}")
        mark = f" <b>{escape(word)}</b>" if word else ""
        rows.append(
            f'<tr><th scope="row">{escape(text(f"step.{one.name}"))}</th><td class="n">{one.before}</td>'
            f'<td class="n">{one.cost}{mark}</td><td class="n">{one.after}</td></tr>'
        )
    title = text("explain.tradeoff.title")
    st.html(
        f'{frame.scroll(title)}<table class="k-table"><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
    lines = [goal_cost_sentence(one, desk.rules) for one in found.goals if one.before != one.after]
    if not lines and not any(one.worse_by for one in found.steps):
        lines = [text("explain.tradeoff.nothing")]
    items = "".join(f"<li>{escape(line)}</li>" for line in [*lines, *tradeoff_gap_sentences(found)])
    st.html(f'<ul class="k-plain">{items}</ul>')
