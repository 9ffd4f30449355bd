"""What the file of a supplementary call would add to a decided round, person by person, before it is taken."""

from __future__ import annotations

import streamlit as st

from selection.rounds.supplementary_call import Supplement
from selection.texts import text
from selection.ui.components import frame, table
from selection.ui.text import escape


def difference(found: Supplement) -> None:
    """Who is new, who is in the round already, and who may be."""
    frame.section(text("ui.import.difference"))
    counts = (
        (len(found.new), text("ui.import.difference.new")),
        (len(found.there), text("ui.supplement.there")),
        (len(found.alike), text("ui.supplement.alike")),
    )
    lines = "".join(f"<li><b>{count}</b> {escape(said)}</li>" for count, said in counts if count)
    st.html(f'<ul class="k-plain">{lines}</ul>')
    alike = dict(found.alike)
    is_new = table.Badge(text("ui.import.is_new"), "good")
    is_there = table.Badge(text("ui.supplement.is_there"), "warn")
    rows = [
        _row(f"new-{place}", name, is_new, text("ui.supplement.may_be", name=alike[name]) if name in alike else "")
        for place, name in enumerate(found.new)
    ]
    rows += [
        _row(f"there-{place}", name, is_there, text("ui.supplement.was_set_aside") if aside else "")
        for place, (name, aside) in enumerate(found.there)
    ]
    if rows:
        heads = [
            table.Column(text("ui.findings.person"), head=True, kind="bare", width="30%"),
            table.Column(text("ui.compare.change")),
            table.Column(text("ui.supplement.what")),
        ]
        with st.expander(text("ui.import.difference.people", n=len(rows))):
            table.show(table.Table(text("ui.import.difference"), heads, rows, dense=True), key="supplement")


def _row(key: str, name: str, badge: table.Badge, noted: str) -> table.Row:
    return table.Row(key, [name, table.Cell(badges=[badge]), noted])
