"""Before the call: a blank workbook to fill in, and the questions that the form should ask."""

from __future__ import annotations

import streamlit as st

from selection.intake import recommended_questions, template_workbook
from selection.model.rules import Rules
from selection.texts import text
from selection.ui import downloads
from selection.ui.components import table
from selection.ui.components.download_button import XLSX


def show(rules: Rules) -> None:
    """A folded part of the import page."""
    with st.expander(text("ui.template.title")):
        st.markdown(text("ui.template.note"))
        file = f"{text('ui.template.file')}.xlsx"
        made = downloads.of_nobody(lambda: template_workbook(rules))
        st.download_button(text("ui.template.download"), made, file, XLSX, key="template")
        heads = [
            table.Column(text("intake.template.question"), head=True, kind="bare", width="45%"),
            table.Column(text("intake.template.why")),
        ]
        rows = [
            table.Row(one.code, [table.Cell(one.wording, sub=one.options), one.why])
            for one in recommended_questions(rules)
        ]
        table.show(table.Table(text("ui.template.title"), heads, rows, dense=True), key="questions")
