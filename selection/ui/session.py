"""One visitor's session: who, in which language, in which round; doing an action and telling how it went."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selection import actions as do
from selection.errors import ActionError, PermissionDenied, SelectionError, SignInEnded, StaleError
from selection.serving import settings, sign_ins
from selection.serving.uploads import expected
from selection.serving.web import ROUND_COOKIE
from selection.texts import error_text, text, use_language
from selection.ui import seat_revisions
from selection.ui.text import instant, plain, spoken
from selection.ui.visit_language import language_of_visit

ROUND_QUERY = "kierros"
VERSION_QUERY = "versio"
#: The part of every page where news is shown, to be drawn anew by itself.
NEWS = "news"


@st.cache_resource(max_entries=4, show_spinner=False)
def _store(url: str | None, folder: str | None) -> do.Store:
    return do.open_store()


def store() -> do.Store:
    """The records; one connection pool for all sessions, another where the environment names another place."""
    return _store(os.environ.get("SELECTION_DATABASE_URL"), os.environ.get("SELECTION_DATA"))


def claims() -> dict[str, Any]:
    """What the login's provider said of this visitor; empty where nobody is signed in."""
    return dict(st.user.to_dict()) if settings.current() is not None else {}


def identity() -> do.Identity | None:
    """Who signed in here, in shared use; whether the sign-in still holds is for :func:`user` to say."""
    return sign_ins.identity_of(claims())


def user(at_work: bool = False) -> do.User:
    """Who is at work here; in shared use read anew from the database at each call.

    Parameters
    ----------
    at_work
        Whether this is something the visitor does, which keeps the sign-in from ending.

    Raises
    ------
    SignInEnded
        if nobody is signed in, or no longer.
    """
    if settings.current() is not None:
        who = identity()
        if who is None:
            raise SignInEnded("not_signed_in")
        return do.sign_in(store(), who) if at_work else do.signed_in(store(), who.key)
    if "user" not in st.session_state:
        st.session_state["user"] = do.local_user(store())
    held: do.User = st.session_state["user"]
    return held


def administering() -> bool:
    """Whether users and their roles are this visitor's to keep; alone on one machine there are none to keep."""
    return settings.current() is not None and do.may(store(), user(), do.Right.ADMINISTER)


def begin() -> None:
    """Settle the language and the round of this run: what the address says wins, then what the session remembers."""
    st.session_state.pop("of_round:row", None)
    st.session_state.pop("said", None)
    st.session_state["takes_files"] = False
    st.session_state["language"] = language_of_visit()
    use_language(st.session_state["language"])
    asked = st.query_params.get(ROUND_QUERY)
    if asked is None and "round_id" not in st.session_state:
        asked = st.context.cookies.get(ROUND_COOKIE)
    if isinstance(asked, str) and asked.isdecimal():
        st.session_state["round_id"] = int(asked)
    version = st.query_params.get(VERSION_QUERY)
    if version is not None and version.isdecimal():
        st.session_state["of_round:version"] = int(version)
    elif version_id() is not None:
        st.query_params[VERSION_QUERY] = str(version_id())
    at_work = st.session_state.get("round_id")
    if at_work is not None and st.query_params.get(ROUND_QUERY) != str(at_work):
        st.query_params[ROUND_QUERY] = str(at_work)


def choose_round(round_id: int | None) -> None:
    """Work in another round from this run on; its number stands in the address, so that a reload comes back to it."""
    for name in [name for name in st.session_state if str(name).startswith("of_round:")]:
        del st.session_state[name]
    if round_id is None:
        st.session_state["round_id"] = None
        st.query_params.pop(ROUND_QUERY, None)
    else:
        st.session_state["round_id"] = round_id
        st.query_params[ROUND_QUERY] = str(round_id)


def choose_version(version_id: int | None) -> None:
    """Work on a trial version from this run on; ``None`` goes back to the draft."""
    if version_id is None:
        st.session_state.pop("of_round:version", None)
        st.query_params.pop(VERSION_QUERY, None)
    else:
        st.session_state["of_round:version"] = version_id
        st.query_params[VERSION_QUERY] = str(version_id)


def version_id() -> int | None:
    """The trial version at work, ``None`` for the draft."""
    held = kept("version")
    return held if isinstance(held, int) else None


def round_row() -> do.RoundRow | None:
    """The round at work, ``None`` before one is chosen or where this one is not (or no longer) to be seen.

    Read once a run, and anew after an action.
    """
    round_id = st.session_state.get("round_id")
    if round_id is None:
        return None
    held = kept("row")
    if isinstance(held, do.RoundRow):
        return held
    try:
        row = do.round_row(store(), user(), round_id)
    except ActionError as error:
        # Where the records cannot be reached it is still the round at work.
        if not isinstance(error, PermissionDenied) and error.code != "no_such_round":
            raise
        choose_round(None)
        return None
    keep("row", row)
    return row


@dataclass(frozen=True, slots=True)
class News:
    """What happened, to be shown on the next run: ``kind`` is success, info, warning or error."""

    kind: str
    text: str


def tell(kind: str, message: str) -> None:
    """Show a message on the next run (or, from a callback, on this one)."""
    waiting = [] if st.session_state.get("news_shown") else st.session_state.get("news", [])
    st.session_state["news"] = [*waiting, News(kind, message)]
    st.session_state["news_shown"] = False


@st.fragment(key=NEWS)
def show_news() -> None:
    """Show what happened since the last run."""
    news: list[News] = st.session_state.get("news", [])
    st.session_state["news_shown"] = True
    # A place of its own, also where there is no news: else what stands below it would be built anew and lose the focus.
    with st.container(key="news"):
        for item in news:
            {"success": st.success, "info": st.info, "warning": st.warning, "error": st.error}[item.kind](item.text)
    st.session_state["said"] = spoken(" ".join(item.text for item in news))


def said() -> str:
    """The news that this run showed as one text, to be said aloud."""
    return str(st.session_state.get("said", ""))


def end(row: do.RoundRow | None) -> None:
    """A run came to its end: the visitor has seen its news and the round as it was read.

    What a run that was cut short has shown is shown again.
    """
    if st.session_state.get("news_shown"):
        st.session_state.pop("news", None)
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and not st.session_state.get("takes_files"):
        expected.close(context.session_id)
    keep("drawn", row.revision if row is not None else None)


def expect_files() -> None:
    """Say that the page has a place for files: called before each is drawn. Only who has a role here may send any."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not do.roles(store(), user(), st.session_state.get("round_id")):
        return
    if runtime.exists():
        expected.keep(runtime.get_instance().is_active_session)
    who = identity()
    expected.open(context.session_id, None if who is None else who.key)
    st.session_state["takes_files"] = True


def drawn(row: do.RoundRow) -> int:
    """The revision of the round that the visitor saw: a click is answered by a run that has read a newer one."""
    seen = kept("drawn")
    return seen if isinstance(seen, int) else row.revision


def act(action: do.Action, *, told: str | None = None, revision: int | None = None) -> do.Outcome | None:
    """Do one action; ``None`` where it could not be done, and then the visitor is told why.

    ``revision`` is that of the round as the page was drawn from it: the second of two writers is told, not overwritten.
    """
    st.session_state.pop("of_round:row", None)
    try:
        outcome = do.perform(
            store(), user(at_work=True), action, expected_revision=revision, idempotency_key=uuid4().hex
        )
    except StaleError as error:
        lines = [overtaken_by(line) for line in getattr(error, "changes", ())]
        tell("warning", "\n\n".join([plain(error_text(error)), *(f"- {plain(line)}" for line in lines)]))
        return None
    except SelectionError as error:
        tell("error", plain(error_text(error)))
        return None
    if isinstance(action, seat_revisions.SEATS_ONLY) and outcome.revision is not None:
        seat_revisions.made().add(outcome.revision)
    if told is not None:
        tell("success", told)
    return outcome


def allowed(right: do.Right, round_id: int) -> bool:
    """Whether the visitor has a right in a round now; who has not is told. Asked before any work is begun."""
    try:
        do.require(store(), user(at_work=True), right, round_id)
    except SelectionError as error:
        tell("error", plain(error_text(error)))
        return False
    return True


def overtaken_by(line: do.HistoryLine) -> str:
    """What somebody else did meanwhile: when, who, what and why."""
    said = f"{instant(line.at)} · {line.user_name}: {line.text}"
    return f"{said} ({line.reason})" if line.reason else said


def kept(name: str) -> Any:
    """What was kept of this round in this visitor's session, ``None`` where nothing was."""
    return st.session_state.get(f"of_round:{name}")


def keep(name: str, value: object) -> None:
    """Keep something of this round in this visitor's session alone, until another round is chosen."""
    st.session_state[f"of_round:{name}"] = value


def remembered(name: str, version: object, make: Callable[[], Any]) -> Any:
    """A value of this round made once per ``version`` and kept in this visitor's session alone."""
    held = kept(name)
    if held is None or held[0] != version:
        held = (version, make())
        keep(name, held)
    return held[1]


def show_failure(error: Exception) -> None:
    """What a visitor sees where a page fails: what to do next, no traceback."""
    if isinstance(error, SelectionError):
        st.error(plain(error_text(error)))
    else:
        st.error(text("ui.failed"))
