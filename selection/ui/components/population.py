"""The population that the round's data are held against: the rules' own, or a table of the city's that is handed in."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import FileError
from selection.model.rules import Population
from selection.outputs.population import population_of_csv
from selection.outputs.round_data import field_name
from selection.rounds.desk import Desk
from selection.texts import error_text, text
from selection.ui import session
from selection.ui.text import number, plain


def show(desk: Desk) -> None:
    """What the data are compared with now; who prepares the round may hand in another table, or take it away."""
    store, user = session.store(), session.user()
    own = do.population(store, user, desk.round.id)
    st.caption(plain(told(own, desk.rules.population)))
    if not do.may(store, user, do.Right.PREPARE, desk.round.id):
        return
    with st.expander(text("ui.population.title")):
        st.markdown(text("ui.population.note"))
        session.expect_files()
        upload = st.file_uploader(
            text("ui.population.choose"), ["csv"], key=f"population_{desk.round.id}_{session.kept('populations') or 0}"
        )
        if upload is not None:
            _take(desk, upload.getvalue(), upload.name)
        if own is not None and st.button(text("ui.population.remove"), key="population_remove"):
            session.act(do.RemovePopulation(round_id=desk.round.id), told=text("ui.population.removed"))
            st.rerun()


def told(own: Population | None, of_rules: Population) -> str:
    """In a sentence, what the data are compared with."""
    if own is not None:
        return text("ui.population.own", source=own.source or "–")
    return text("ui.population.rules", source=of_rules.source or "–") if of_rules.groups else text("ui.population.none")


def _take(desk: Desk, content: bytes, name: str) -> None:
    try:
        found = population_of_csv(content, file=name)
    except FileError as error:
        st.error(plain(error_text(error)))
        return
    lines = (
        text("ui.population.field", field=field_name(field), groups=len(held), people=number(sum(held.values())))
        for field, held in found.groups.items()
    )
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    if st.button(text("ui.population.take"), type="primary", key="population_take"):
        action = do.SetPopulation(round_id=desk.round.id, source=name, groups=found.groups)
        if session.act(action, told=text("ui.population.taken")) is not None:
            session.keep("populations", (session.kept("populations") or 0) + 1)
        st.rerun()
