"""The door of shared use: signing in, having no role yet, and who is here with the way out."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import ActionError, SignInEnded
from selection.serving import settings
from selection.texts import error_text, text
from selection.ui import navigation, session
from selection.ui.components import frame, sign_ins
from selection.ui.text import plain

#: Under which a session remembers whose it is.
HELD = "signed_in_as"


def let_in() -> bool:
    """Whether this visitor may go on; if not, the page is drawn that says why and what to do."""
    shared = settings.current()
    if shared is None:
        return True
    who = session.identity()
    if st.session_state.get(HELD, who and who.key) != (who and who.key):
        # Somebody else in the same window: nothing of the one before stays.
        st.session_state.clear()
        session.begin()
    ended: SignInEnded | None = None
    if who is not None:
        st.session_state[HELD] = who.key
        try:
            user = do.sign_in(session.store(), who)
        except SignInEnded as error:
            ended = error
        else:
            if _has_a_role(user, who, shared):
                return True
            navigation.only(lambda: _no_role(user, shared.contact))
            return False
    navigation.only(lambda: _sign_in(ended))
    return False


def who_is_here() -> None:
    """In the side bar: the name, and signing out."""
    if settings.current() is None:
        return
    with st.sidebar:
        st.caption(text("ui.sign_in.here", name=plain(session.user().name)))
        if st.button(text("ui.sign_out"), key="sign_out"):
            _sign_out()
        sign_ins.own()


def _has_a_role(user: do.User, who: do.Identity, shared: settings.Shared) -> bool:
    if do.has_a_role(session.store(), user):
        return True
    if shared.administrator != who.subject:
        return False
    try:
        do.first_administrator(session.store(), who.login, who.name)
    except ActionError:  # there is one already: who was the first is no longer asked
        return False
    return True


def _sign_in(ended: SignInEnded | None) -> None:
    frame.language_choice()
    frame.heading(text("ui.page.sign_in"), text("ui.sign_in.lede"))
    if ended is not None:
        st.info(plain(error_text(ended)))
    st.button(text("ui.sign_in"), type="primary", key="sign_in", on_click=st.login)


def _no_role(user: do.User, contact: str) -> None:
    frame.language_choice()
    frame.heading(text("ui.page.no_role"), text("ui.no_role.lede", name=user.name))
    ask = text("ui.no_role.ask_them", contact=contact) if contact else text("ui.no_role.ask")
    st.markdown(plain(f"{ask} {text('ui.no_role.number', number=user.id)}"))
    again, out = st.columns(2)
    again.button(text("ui.no_role.again"), type="primary", key="again", width="stretch")
    if out.button(text("ui.sign_out"), key="sign_out", width="stretch"):
        _sign_out()


def _sign_out() -> None:
    """End the sign-in here and at the provider: a copy of the browser's cookies opens nothing any more."""
    who = session.identity()
    if who is not None:
        do.sign_out(session.store(), who.key)
    st.session_state.clear()
    st.logout()
    st.stop()
