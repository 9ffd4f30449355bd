"""Why not, of everybody not proposed, asked in the background and kept until something changes; who can never sit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.explain.sentences import answer_sentences, never_sentence
from selection.explain.why import Answer
from selection.model.roster import Seat, sort_name
from selection.rounds import answers
from selection.rounds.desk import Desk
from selection.rounds.given import Given
from selection.rounds.version_state import seats_of
from selection.texts import text
from selection.ui import questions, session
from selection.ui.components import conflicts, frame, reasons
from selection.ui.job_worker import Job
from selection.ui.text import escape, plain
from selection.ui.watchers import this_page
from selection.ui.why_not_answers import Asking, Everybody, askings

#: Seconds between two looks at how far it is.
LOOK = 0.5


def show(desk: Desk, table: str | None) -> None:
    """Everybody who is not proposed to a table (``None``: to each table), with the step that decides."""
    frame.section(text("ui.everybody.title"))
    roster = reasons.roster_asked(desk)
    asking = _found(desk, roster)
    if asking is not None and not asking.over:
        _watch(asking)
        return
    failed = asking.failed if asking is not None else None
    if failed is not None:
        if asking is not None and asking.by == session.user().id:
            conflicts.failed(desk, failed.error)
    elif asking is not None and asking.total > 0:
        _told(desk, roster, asking.result, table)
    if asking is None or failed is not None or asking.stopping:
        st.button(
            text("ui.everybody.ask"),
            key="everybody",
            help=text("ui.everybody.help"),
            on_click=_begin,
            args=(desk, roster),
        )


def _of(desk: Desk, roster: do.Roster) -> tuple[int, int, Given, tuple[Seat, ...]]:
    return (desk.round.id, desk.round.revision, desk.given, seats_of(desk, roster))


def _begin(desk: Desk, roster: do.Roster) -> None:
    if session.allowed(do.Right.READ, desk.round.id):
        askings().begin(*_of(desk, roster), by=session.user().id)


def _found(desk: Desk, roster: do.Roster) -> Asking | None:
    """The asking about this roster, whichever visitor began it; ``None`` once rules, applicants or locks changed."""
    return askings().find(*_of(desk, roster))


def _watch(asking: Asking) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        asking.watchers.add(this_page())
        if asking.over:
            st.rerun()
        about, action = st.columns([5, 1], vertical_alignment="center")
        done, total = asking.done, asking.total
        about.progress(done / max(total, 1), text=text("ui.everybody.working", done=done, total=total))
        action.button(text("ui.propose.stop"), key="stop_everybody", on_click=asking.stop, width="stretch")

    watch()


def _told(desk: Desk, roster: do.Roster, found: Everybody, table: str | None) -> None:
    names = {one.key: one.name for one in desk.pool.applicants}
    if found.never:
        st.warning(plain(never_sentence(found.never, names)))
    if found.left:
        st.info(text("ui.everybody.left", n=found.left))
    shown = [one for one in found.answers if table in (None, one.table)]
    st.caption(text("ui.everybody.count", n=len({one.key for one in shown})))
    items = "".join(_item(desk, one, names) for one in sorted(shown, key=lambda one: sort_name(names[one.key])))
    summary = escape(text("ui.everybody.show"))
    if items:
        st.html(f'<details class="k-details"><summary>{summary}</summary><ul class="k-plain">{items}</ul></details>')
    st.caption(text("ui.why.note" if roster == desk.roster else "ui.why.note_changed"))


def _item(desk: Desk, answer: Answer, names: dict[str, str]) -> str:
    verdict, *rest = answer_sentences(answer, desk.rules, names)
    under = "".join(f"<li>{escape(line)}</li>" for line in rest)
    return f"<li>{escape(verdict)}{f'<ul>{under}</ul>' if under else ''}</li>"


def never(desk: Desk) -> None:
    """Applicants who can never be seated under these rules, worked out ahead of any proposal; nothing where all can."""
    sign = (desk.round.id, desk.round.revision)

    def begin() -> Job:
        return questions.start(desk.round.id, ("never", *sign), "never", answers.never, {"given": desk.given})

    job: Job = session.remembered("never", sign, begin)
    if not job.over:

        @st.fragment(run_every=LOOK)
        def watch() -> None:
            if job.over:
                st.rerun()

        watch()
    elif job.state == "done" and job.result:
        _never(desk, job.result)


def _never(desk: Desk, keys: Sequence[str]) -> None:
    names = {one.key: one.name for one in desk.pool.applicants}
    st.warning(plain(never_sentence(keys, names)))
