"""Correcting a value of an applicant: the right field for each kind of value; the answer as given stays visible."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection import actions as do
from selection.model.people import Role
from selection.model.titles import table_title
from selection.model.vocabulary import VOCABULARY
from selection.rounds import intake_step, words
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui import session
from selection.ui.text import plain

#: Fields of the product that a person may have, in the order of the card.
FIELDS = (
    "name",
    "birth_year",
    "gender",
    "postal_code",
    "wishes",
    "roles",
    "kind",
    "organisation",
    "organisation_type",
    "official",
    "served_before",
    "mother_tongue",
    "situation",
    "youth_council",
)
SEVERAL = ("situation", "official")


def ask(desk: Desk, person: do.ApplicationRow, field: str, key: str) -> tuple[str, ...]:
    """A widget for the values of a field; what was entered, none for unknown."""
    now = intake_step.values_of(person.as_applicant(), field)[1]
    title = words.field_name(field)
    if field == "wishes":
        return tuple(
            st.multiselect(
                title,
                desk.rules.table_ids,
                [one for one in now if one in desk.rules.table_ids],
                key=key,
                format_func=lambda one: table_title(desk.rules, one),
                placeholder=text("ui.edit.choose"),
            )
        )
    if field == "roles":
        roles = [Role.MEMBER.value, Role.DEPUTY.value]
        return tuple(st.multiselect(title, roles, list(now), key=key, format_func=words.role_name))
    known = VOCABULARY.get(field)
    if known is not None and field in SEVERAL:
        return tuple(
            st.multiselect(
                title,
                known,
                [one for one in now if one in known],
                key=key,
                format_func=lambda one: label(field, one),
                placeholder=text("ui.edit.choose"),
            )
        )
    if known is not None:
        choices = [None, *known]
        current = now[0] if now and now[0] in known else None
        chosen = st.selectbox(
            title,
            choices,
            choices.index(current),
            key=key,
            format_func=lambda one: text("ui.card.unknown") if one is None else label(field, one),
        )
        return () if chosen is None else (chosen,)
    if field == "organisation":
        now = person.as_applicant().values.get(intake_step.ORGANISATION_NAME, now)
    typed = st.text_input(title, value=now[0] if now else "", key=key, max_chars=200)
    return (typed.strip(),) if typed.strip() else ()


def action_of(
    desk: Desk, person: do.ApplicationRow, field: str, values: tuple[str, ...], reason: str
) -> do.CorrectValue:
    """The action that sets a field."""
    return do.CorrectValue(round_id=desk.round.id, application_id=person.id, field=field, values=values, reason=reason)


def form(desk: Desk, person: do.ApplicationRow, field: str, done: Callable[[], None]) -> None:
    """A form that corrects one field."""
    with st.form(f"correct_{field}", border=True):
        values = ask(desk, person, field, f"value_{person.id}_{field}")
        reason = st.text_input(text("ui.correct.reason"), max_chars=300, key=f"why_{person.id}_{field}")
        if st.form_submit_button(text("ui.save"), type="primary"):
            action = action_of(desk, person, field, values, reason)
            told = text("ui.correct.saved", field=words.field_name(field))
            if session.act(action, told=told, revision=desk.round.revision) is None:
                _tell_difference(desk, person, field, values)
            done()
            st.rerun()


def _tell_difference(desk: Desk, person: do.ApplicationRow, field: str, values: tuple[str, ...]) -> None:
    """After a refusal: what somebody else made of the value meanwhile, beside what was entered here."""
    now = do.application(session.store(), session.user(), desk.round.id, person.id)
    held = intake_step.values_of(now.as_applicant(), field)[1]
    if held == intake_step.values_of(person.as_applicant(), field)[1]:
        return
    said = {
        name: plain(", ".join(words.held_value(desk.rules, field, one) for one in some) or text("ui.card.unknown"))
        for name, some in (("now", held), ("yours", values))
    }
    session.tell("info", text("ui.overtaken.value", field=words.field_name(field), **said))
