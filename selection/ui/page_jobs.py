"""While a page waits for a job: a page that was closed, left or asked for something else ends its work."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx

from selection import jobs
from selection.ui import session

#: What jobs of pages use, loaded before the first of them.
LOADED = (
    "selection.rounds.intake_step",
    "selection.intake.assembly",
    "selection.intake.sortition",
    "selection.outputs.word_template",
    "selection.outputs.population",
    "selection.rounds.returned",
    "selection.rounds.rules_files",
    "selection.serving.readiness",
    "docxtpl",
    "jinja2.sandbox",
    "python_calamine",
)


def look() -> None:
    """End this run where nobody waits for it any more."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    if runtime.exists() and not runtime.get_instance().is_active_session(context.session_id):
        raise StopException
    # Writing a value is where the framework lets a newer request of the page take the place of this run.
    st.session_state["waiting"] = True


def whose() -> object:
    """The sign-in that a page belongs to; nobody's outside of pages and alone on one machine."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    who = session.identity()
    return None if who is None else who.login


def prepare() -> None:
    """Start the process that jobs are forked from, and watch over whoever waits for one."""
    jobs.on_waiting(look, whose)
    jobs.warm(*LOADED)


jobs.on_waiting(look, whose)
