"""The installed package's own entry, the same as ``app.py`` of a checkout (:func:`selection.ui.server.command`)."""

import streamlit as st

from selection.ui import server

app = st.App(
    server.SCRIPT,
    secrets=server.secrets(),
    routes=server.routes(),
    middleware=server.middleware(),
    on_script_error=server.on_script_error,
)
