"""The review app's entry for ``streamlit run app.py``: the server around ``selection/ui/main.py``."""

import streamlit as st

from selection.ui import server

app = st.App(
    server.SCRIPT,
    secrets=server.secrets(),
    routes=server.routes(),
    middleware=server.middleware(),
    on_script_error=server.on_script_error,
)
