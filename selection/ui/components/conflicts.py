"""Requirements that cannot hold together, each in words with its numbers, and where they can be changed."""

from __future__ import annotations

import streamlit as st

from selection.errors import ConflictError, Conflicting
from selection.texts import text
from selection.ui import navigation, words
from selection.ui.components.composition import span
from selection.ui.desk import Desk
from selection.ui.text import escape


def in_words(desk: Desk, one: Conflicting) -> str:
    """``Naisia (Itäinen, jäsenet): vähintään 6, halukkaita hakijoita 3``."""
    places = (words.table_name(one.table) if one.table else "", words.body_name(one.role) if one.role else "")
    where = ", ".join(place for place in places if place)
    said = words.rule_title(desk.rules, one.id)
    if where:
        said = f"{said} ({where})"
    numbers = []
    if one.at_least is not None or one.at_most is not None:
        numbers.append(span(one.at_least, one.at_most))
    if one.willing is not None:
        numbers.append(text("ui.conflict.willing", n=one.willing))
    return f"{said}: {', '.join(numbers)}" if numbers else said


def show(desk: Desk, error: ConflictError) -> None:
    """The smallest set of requirements that cannot hold together."""
    items = "".join(f"<li>{escape(in_words(desk, one))}</li>" for one in error.requirements)
    st.html(f"<ul>{items}</ul>")
    st.html(f'<p class="k-tight">{escape(text("ui.conflict.relax", n=len(error.requirements)))}</p>')
    st.page_link(navigation.page("criteria"), label=text("ui.conflict.change"))
