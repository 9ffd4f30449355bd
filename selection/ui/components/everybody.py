"""Why not, of everybody not proposed, asked in the background and kept until something changes; who can never sit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.explain import Answer
from selection.explain.sentences import answer_sentences, never_sentence
from selection.texts import error_text, text
from selection.ui import answers, session
from selection.ui.components import frame, reasons
from selection.ui.desk import Desk
from selection.ui.exporting import seats_of
from selection.ui.jobs import Job, jobs
from selection.ui.text import escape, plain

#: Seconds between two looks at how far it is.
LOOK = 0.5


def arguments(desk: Desk) -> dict[str, object]:
    """What every question is asked of: rules, applicants and locks."""
    return {
        "rules": desk.rules,
        "applicants": desk.pool.applicants,
        "asked": desk.pool.asked,
        "locks": desk.solver_locks,
    }


def show(desk: Desk, table: str | None) -> None:
    """Everybody who is not proposed to a table (``None``: to each table), with the step that decides."""
    frame.section(text("ui.everybody.title"))
    roster = reasons.roster_asked(desk)
    job = _held(desk, roster)
    if job is None or job.state == "dropped":
        st.button(
            text("ui.everybody.ask"),
            key="everybody",
            help=text("ui.everybody.help"),
            on_click=_begin,
            args=(desk, roster),
        )
    elif not job.over:
        _watch(desk, job)
    elif job.state == "failed":
        error = job.error
        st.error(plain(error_text(error)) if isinstance(error, SelectionError) else text("ui.why.failed"))
    else:
        _told(desk, roster, job.result, table)


def _key(desk: Desk) -> tuple[object, ...]:
    return ("everybody", desk.round.id, session.user().id)


def _held(desk: Desk, roster: do.Roster) -> Job | None:
    """The job of this roster, rules, applicants and locks; ``None`` once any of them has changed."""
    held = session.kept("everybody")
    if held is None:
        return None
    pool, rules, locks, asked, job = held
    same = pool is desk.pool and rules is desk.rules and (locks, asked) == (desk.solver_locks, roster)
    return job if same and isinstance(job, Job) else None


def _begin(desk: Desk, roster: do.Roster) -> None:
    jobs().stop(_key(desk))
    job = jobs().start(
        _key(desk), "everybody", answers.everybody, {**arguments(desk), "seats": seats_of(desk, roster)}, forget=True
    )
    session.keep("everybody", (desk.pool, desk.rules, desk.solver_locks, roster, job))


def _watch(desk: Desk, job: Job) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        about, action = st.columns([5, 1], vertical_alignment="center")
        about.progress(
            job.number / max(job.total, 1), text=text("ui.everybody.working", done=job.number, total=job.total)
        )
        action.button(
            text("ui.propose.stop"), key="stop_everybody", on_click=jobs().stop, args=(_key(desk),), width="stretch"
        )

    watch()


def _told(desk: Desk, roster: do.Roster, found: answers.Everybody, table: str | None) -> None:
    names = {one.key: one.name for one in desk.pool.applicants}
    if found.never:
        st.warning(plain(never_sentence(found.never, names)))
    if found.left:
        st.info(text("ui.everybody.left", n=found.left))
        st.button(text("ui.everybody.ask"), key="everybody", on_click=_begin, args=(desk, roster))
    shown = [one for one in found.answers if table in (None, one.table)]
    st.caption(text("ui.everybody.count", n=len({one.key for one in shown})))
    items = "".join(_item(desk, one, names) for one in sorted(shown, key=lambda one: names[one.key].casefold()))
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
        return jobs().start(("never", *sign), "never", answers.never, arguments(desk), forget=True)

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
