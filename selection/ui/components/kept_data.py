"""The round's data once applicants were erased: from the counts that were kept of all of them."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.outputs.kept_data import kept_data_file
from selection.ui import session
from selection.ui.components import downloading
from selection.ui.desk import Desk


def show(desk: Desk) -> None:
    """What it is, and its button; nothing where no counts were kept."""
    statistics = desk.round.statistics
    if not statistics:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="document_kept_data"):
        downloading.what("kept_data")
        st.download_button(
            downloading.download("data.csv"),
            kept_data_file(statistics),
            downloading.file_name(desk, "data.csv"),
            "text/csv",
            key="download_kept_data",
            on_click=_log,
            args=(desk.round.id,),
            help=downloading.name("kept_data"),
        )


def _log(round_id: int) -> None:
    session.act(do.LogExport(round_id=round_id, kind="kept_data"))
