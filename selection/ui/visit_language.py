"""The language of a visit: what was chosen, else what the address says, else what the browser remembers."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selection.serving.web import LANGUAGE_COOKIE, LANGUAGE_QUERY
from selection.texts import LANGUAGES, ask_visit, use_language


def language_of_visit() -> str:
    """What was chosen here, else what the address says, else what the browser remembers."""
    cookies = st.context.cookies
    for found in (
        st.session_state.get("language"),
        st.query_params.get(LANGUAGE_QUERY),
        cookies.get(LANGUAGE_COOKIE) if cookies else None,
    ):
        if found in LANGUAGES:
            return str(found)
    return LANGUAGES[0]


def _of_visit() -> str | None:
    """The language of the visitor whom this thread answers; callbacks and fragments run outside of a page's run."""
    return language_of_visit() if get_script_run_ctx(suppress_warning=True) is not None else None


ask_visit(_of_visit)


def choose_language(code: str) -> None:
    """Speak another language from this run on."""
    st.session_state["language"] = code
    use_language(code)
    st.query_params.pop(LANGUAGE_QUERY, None)
