"""The frame of every page: look, side bar, headings, messages where something is missing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from selection import actions as do
from selection.texts import LANGUAGES, language, text
from selection.ui import session
from selection.ui.text import escape, plain
from selection.ui.visit_language import choose_language

HERE = Path(__file__).parent
UI = HERE.parent
FAVICON = str(UI / "favicon.svg")


def style() -> None:
    """The app's own look."""
    st.html(f"<style>{(UI / 'style.css').read_text(encoding='utf-8')}</style>")


def sidebar() -> None:
    """Product, the round at work, and the language switch."""
    st.logo(str(UI / "logo.svg"), size="large")
    with st.sidebar:
        row = session.round_row()
        if row is not None:
            state = text(f"ui.state.{row.state}")
            st.html(
                f'<div class="k-round"><strong>{escape(row.name)}</strong><span class="k-quiet">{state}</span></div>'
            )
        language_choice()


def language_choice() -> None:
    """The language switch: in the side bar, and on the pages before it, where nobody is let in yet."""
    codes = {code: text(f"ui.language.{code}") for code in LANGUAGES}
    st.selectbox(
        text("ui.language"),
        list(LANGUAGES),
        index=LANGUAGES.index(language()),
        format_func=codes.__getitem__,
        key="language_choice",
        on_change=lambda: choose_language(st.session_state["language_choice"]),
    )


def heading(title: str, lede: str = "") -> None:
    """The page's one main heading and a sentence on what it is for."""
    st.title(plain(title), anchor=False)
    if lede:
        st.html(f'<p class="k-lede">{escape(lede)}</p>')


def section(title: str, level: int = 2) -> None:
    """A heading within the page."""
    (st.header if level == 2 else st.subheader)(plain(title), anchor=False)


def badge(word: str, tone: str = "") -> str:
    """A word in a frame, as HTML."""
    return f'<span class="k-badge {escape(tone)}">{escape(word)}</span>'


def missing(what: str, page: str) -> None:
    """Say what a page still needs, and lead to the page where it comes from."""
    from selection.ui import navigation

    with st.container(border=True):
        st.html(f'<p class="k-lede">{escape(text(f"ui.missing.{what}"))}</p>')
        row = session.round_row()
        rights = do.rights(session.store(), session.user(), row.id if row is not None else None)
        needed = {"importing": do.Right.PREPARE, "proposal": do.Right.PREPARE}.get(page)
        if needed is not None and needed not in rights:
            roles = ", ".join(text(f"role.{role.value}") for role in do.UserRole if needed in do.RIGHTS[role])
            st.caption(plain(text("ui.role.done_by", roles=roles)))
        elif st.button(text(f"ui.missing.{what}.go"), type="primary", key=f"missing_{what}"):
            st.switch_page(navigation.page(page))


def scroll(name: str) -> str:
    """The opening tag of a part that may be wider than the screen: it can be scrolled with the keyboard too."""
    return f'<div class="k-scroll" role="region" tabindex="0" aria-label="{escape(name)}">'


def large_type() -> None:
    """Large type and no side bar, for a page that is shown on a screen in a meeting."""
    st.html(f"<style>{(UI / 'board.css').read_text(encoding='utf-8')}</style>")
