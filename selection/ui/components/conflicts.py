"""Requirements that cannot hold together, each in words with its numbers, and where they can be changed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from selection.errors import ConflictError, Conflicting
from selection.explain.sentences import change_text
from selection.explain.ways_out import WayOut
from selection.rules import Rules
from selection.texts import text
from selection.ui import navigation, session, tasks, words
from selection.ui.components.composition import span
from selection.ui.desk import Desk
from selection.ui.jobs import Job, jobs
from selection.ui.text import escape

#: Seconds between two looks at whether ways out were found, and for how long they are looked for.
LOOK = 0.5
SECONDS = 20.0


def in_words(desk: Desk, one: Conflicting) -> str:
    """``Naisia (Itäinen, jäsenet): vähintään 6, halukkaita hakijoita 3``."""
    places = (words.table_name(one.table) if one.table else "", words.body_name(one.role) if one.role else "")
    where = ", ".join(place for place in places if place)
    said = words.rule_title(desk.rules, one.id)
    if where:
        said = f"{said} ({where})"
    numbers = []
    if one.at_least is not None or one.at_most is not None:
        numbers.append(span(one.at_least, one.at_most))
    if one.willing is not None:
        numbers.append(text("ui.conflict.willing", n=one.willing))
    return f"{said}: {', '.join(numbers)}" if numbers else said


def show(desk: Desk, error: ConflictError) -> None:
    """The smallest set of requirements that cannot hold together, and the least changes that would be enough."""
    items = "".join(f"<li>{escape(in_words(desk, one))}</li>" for one in error.requirements)
    st.html(f"<ul>{items}</ul>")
    st.html(f'<p class="k-tight">{escape(text("ui.conflict.relax", n=len(error.requirements)))}</p>')
    _ways(desk)
    st.page_link(navigation.page("criteria"), label=text("ui.conflict.change"))


def _ways(desk: Desk) -> None:
    job = _looked_for(desk)
    if not job.over:
        _watch(job)
    elif job.state == "done" and job.result:
        names = {one.key: one.name for one in desk.pool.applicants}
        items = "".join(f"<li>{escape(way_text(way, desk.rules, names))}</li>" for way in job.result)
        st.html(f'<p class="k-tight">{escape(text("explain.ways"))}</p><ul>{items}</ul>')


def way_text(way: WayOut, rules: Rules, names: Mapping[str, str]) -> str:
    """The changes of one way out."""
    return "; ".join(change_text(change, rules, names) for change in way.changes)


def _watch(job: Job) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        st.caption(text("ui.conflict.looking"))

    watch()


def _looked_for(desk: Desk) -> Job:
    """The search for ways out, begun once for the round as it is."""
    sign = (desk.round.id, desk.round.revision)

    def begin() -> Job:
        arguments = {"given": desk.given, "seconds": SECONDS}
        return jobs().start(("ways", *sign), "ways", tasks.ways, arguments, forget=True)

    job: Job = session.remembered("ways", sign, begin)
    return job
