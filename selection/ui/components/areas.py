"""Which postal codes belong to which table, and which are asked about; changed in place."""

from __future__ import annotations

import re

import streamlit as st

from selection.model.titles import table_title
from selection.rounds import rules_edit
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui.components import criteria, frame, table
from selection.ui.text import plain

_CODE = re.compile(r"\d{5}")


def show(desk: Desk, *, editable: bool) -> None:
    """The section of the page."""
    frame.section(text("ui.areas.title"))
    st.caption(text("ui.areas.note"))
    rules = desk.rules
    rows = [table.Row(one.id, [table_title(rules, one.id), ", ".join(one.postal_codes) or "–"]) for one in rules.tables]
    if rules.ask_postal_codes:
        rows.append(table.Row("ask", [text("ui.areas.ask"), ", ".join(rules.ask_postal_codes)]))
    heads = [
        table.Column(text("ui.areas.table"), head=True, kind="bare", width="30%"),
        table.Column(text("ui.areas.codes")),
    ]
    table.show(table.Table(text("ui.areas.title"), heads, rows, dense=True), key="areas")
    if editable:
        with st.expander(text("ui.areas.change")), st.form("areas_form", border=False):
            _form(desk)


def _form(desk: Desk) -> None:
    rules = desk.rules
    typed = {
        one.id: st.text_area(
            table_title(rules, one.id), ", ".join(one.postal_codes), key=f"codes_{one.id}", help=text("ui.areas.help")
        )
        for one in rules.tables
    }
    ask = st.text_area(
        text("ui.areas.ask"), ", ".join(rules.ask_postal_codes), key="codes_ask", help=text("ui.areas.ask_help")
    )
    reason = st.text_input(text("ui.correct.reason"), max_chars=300, key="areas_reason")
    if not st.form_submit_button(text("ui.save"), type="primary"):
        return
    wrong = [word for one in (*typed.values(), ask) for word in _words(one) if _CODE.fullmatch(word) is None]
    codes = {name: _words(one) for name, one in typed.items()}
    twice = [code for code in _words(", ".join(typed.values())) if sum(code in held for held in codes.values()) > 1]
    if wrong:
        st.error(plain(text("ui.areas.wrong", found=", ".join(wrong[:10]))))
    elif twice:
        st.error(plain(text("ui.areas.twice", codes=", ".join(dict.fromkeys(twice)))))
    else:
        tables = [one.model_copy(update={"postal_codes": codes[one.id]}) for one in rules.tables]
        criteria.save(desk, lambda toml: rules_edit.set_areas(toml, tables, _words(ask)), reason)


def _words(typed: str) -> tuple[str, ...]:
    """What was typed, separated by commas, spaces or lines; each once."""
    return tuple(dict.fromkeys(word for word in re.split(r"[\s,;]+", typed) if word))
