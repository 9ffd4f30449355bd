"""Disclosing: before a name under a non-disclosure order leaves with the area it stands under, whether it may."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import session
from selection.ui.text import escape, plain

#: Documents that name nobody.
NAMELESS = ("data", "summary")
#: Documents that name everybody who applied, and where they wish to be; the others name who sits or is in reserve.
OF_ALL = ("workbook", "letters")
#: Documents that also name those beside the seats.
WITH_BESIDE = ("workbook", "attendance", "contacts")


def protected_in(desk: Desk, kind: str) -> tuple[do.ApplicationRow, ...]:
    """Those under a non-disclosure order whom a document of a roster names."""
    if kind in NAMELESS:
        return ()
    seated = set(desk.roster.people())
    return tuple(
        one
        for one in desk.people.values()
        if one.non_disclosure
        and (
            one.person_key in seated
            or (kind in OF_ALL and one.in_pool)
            or (kind in WITH_BESIDE and one.beside and one.status == "active")
        )
    )


def _answered() -> set[tuple[int | None, int]]:
    held = session.kept("disclosed")
    return held if isinstance(held, set) else set()


def open_question(log: do.LogExport, protected: Sequence[do.ApplicationRow]) -> bool:
    """Whether it was not yet answered, in this session for this version, that each of the names may be shown."""
    answered = _answered()
    return any((log.version_id, one.id) not in answered for one in protected)


def ask(log: do.LogExport, protected: Sequence[do.ApplicationRow]) -> None:
    """The question; the answer is noted in the log, and only "yes" makes the download available."""

    @st.dialog(text("ui.disclosing.title"), width="medium")
    def dialog() -> None:
        st.markdown(text("ui.disclosing.note", n=len(protected)))
        st.html(f'<ul class="k-plain">{"".join(f"<li>{escape(one.name)}</li>" for one in protected)}</ul>')
        with st.container(horizontal=True, gap="small"):
            if st.button(text("ui.disclosing.yes"), type="primary", key="disclosing_yes"):
                _answer(log, protected, allowed=True)
            if st.button(text("ui.disclosing.no"), key="disclosing_no"):
                _answer(log, protected, allowed=False)

    dialog()


def _answer(log: do.LogExport, protected: Sequence[do.ApplicationRow], *, allowed: bool) -> None:
    action = do.AnswerDisclosure(
        round_id=log.round_id,
        application_ids=tuple(one.id for one in protected),
        kind=log.kind,
        allowed=allowed,
        version_id=log.version_id,
    )
    names = plain(", ".join(one.name for one in protected))
    made = session.act(action, told=text("ui.disclosing.told_yes" if allowed else "ui.disclosing.told_no", names=names))
    if made is not None and allowed:
        session.keep("disclosed", _answered() | {(log.version_id, one.id) for one in protected})
    st.rerun()
