"""A person's card: answers as given, what was corrected, status, contact, notes."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from selection import actions as do
from selection.intake import set_aside_because
from selection.model.places import PLACE_FIELDS
from selection.model.titles import table_title
from selection.records.application_rows import BESIDE_TABLE
from selection.rounds import intake_step, words
from selection.rounds.desk import Desk
from selection.rounds.own_data import own_data_bytes
from selection.texts import label, text
from selection.ui import downloads, rosters, session
from selection.ui.components import answer_news, correction, download_button, table
from selection.ui.text import escape, instant, plain

CONTACTS: tuple[Literal["asked", "agreed", "declined", "withdrawn"] | None, ...] = (
    None,
    "asked",
    "agreed",
    "declined",
    "withdrawn",
)


def show(desk: Desk, application_id: int) -> None:
    """Open the card as a dialog; that it was opened stands in the log first."""
    if session.act(do.LookAtPerson(round_id=desk.round.id, application_id=application_id)) is None:
        st.rerun()

    @st.dialog(text("ui.card.title"), width="medium")
    def card() -> None:
        person = desk.by_id[application_id]
        st.markdown(f"### {plain(person.name)}")
        st.html(f'<p class="k-quiet">{escape(_status(desk, person))}</p>')
        if person.withheld:
            _fields(desk, person)
            st.caption(text("ui.card.withheld"))
            return
        about, answers, contact = st.tabs([text(f"ui.card.{name}") for name in ("about", "answers", "contact")])
        with about:
            _fields(desk, person)
        with answers:
            _answers(person)
        with contact:
            _contact(desk, person)
            _notes(desk, person)
        _own_data(desk, person)

    card()


def _status(desk: Desk, person: do.ApplicationRow) -> str:
    seat = desk.roster.seat_of(person.person_key)
    parts = []
    if person.status == "set_aside":
        parts.append(set_aside_reason(desk, person))
    elif seat is not None:
        parts.append(f"{table_title(desk.rules, seat.table)}: {words.role_name(seat.role)}")
    else:
        parts.append(rosters.unseated(desk))
    lock = desk.lock_of.get(person.id)
    if lock is not None:
        parts.append(f"{text(f'ui.badge.lock_{lock.kind}')} ({lock.reason})")
    if person.origin is not None:
        parts.append(
            text("ui.card.origin", file=person.origin.file, sheet=person.origin.sheet, row=person.origin.place)
        )
    elif person.by_hand:
        parts.append(text("ui.card.by_hand"))
    return " · ".join(parts)


def set_aside_reason(desk: Desk, person: do.ApplicationRow) -> str:
    """Why an application is set aside."""
    if person.set_aside_reason:
        return text("ui.applicants.set_aside_because", reason=person.set_aside_reason)
    stays = desk.by_id.get(person.same_as_id or 0)
    row = None if stays is None or stays.origin is None else str(stays.origin.place)
    return text("ui.applicants.set_aside_because", reason=set_aside_because(person.set_aside_code, same_as=row))


def held(desk: Desk, person: do.ApplicationRow) -> dict[str, str]:
    """What is held of a person, field by field, in words."""
    applicant = person.as_applicant()
    found = {
        "name": applicant.name,
        "wishes": ", ".join(table_title(desk.rules, wish) for wish in applicant.wishes),
        "roles": ", ".join(words.role_name(role) for role in ("member", "deputy") if role in applicant.roles)
        or text("workbook.available.none"),
        "birth_year": str(applicant.birth_year or ""),
    }
    if applicant.age_stated is not None:
        least, most = applicant.age_stated
        found["age_stated"] = f"{least}–{most}" if most is not None else f"{least}+"
    for name, values in applicant.values.items():
        found[name] = ", ".join(label(name, value) for value in values)
    if person.beside and person.beside_table is not None:
        found[BESIDE_TABLE] = table_title(desk.rules, person.beside_table)
    if intake_step.ORGANISATION_NAME in found:
        found["organisation"] = found.pop(intake_step.ORGANISATION_NAME)
    hidden = PLACE_FIELDS if person.hides_place else ()
    return {name: value for name, value in found.items() if value and name not in hidden}


def _fields(desk: Desk, person: do.ApplicationRow) -> None:
    """What is held, what it was in the application, and the way to correct it."""
    editable = desk.may_change(person.id) and do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id)
    shown = held(desk, person)
    asked = session.kept("correct")
    if asked is not None and asked[0] == person.id:
        correction.form(desk, person, asked[1], lambda: session.keep("correct", None))
    rows = []
    for name in dict.fromkeys([*correction.FIELDS, *shown]):
        corrected = person.corrections.get(name)
        if name == "organisation":
            corrected = person.corrections.get(intake_step.ORGANISATION_NAME, corrected)
        sub: tuple[str, ...] = ()
        if corrected is not None:
            before = ", ".join(words.held_value(desk.rules, name, one) for one in corrected["from"]) or text(
                "ui.card.unknown"
            )
            sub = (text("ui.card.was", value=before),)
        value = shown.get(name)
        may = editable and name in correction.FIELDS
        action = table.Action("correct", text("ui.card.correct"), look="link")
        cells: list[table.Content] = [
            words.field_name(name),
            table.Cell(
                value or text("ui.card.unknown"),
                id=name,
                name=words.field_name(name),
                quiet=value is None,
                sub=sub,
                buttons=[action] if may else [],
            ),
        ]
        rows.append(table.Row(name, cells))
    heads = [table.Column(text("ui.card.field"), head=True, width="35%"), table.Column(text("ui.card.value"))]
    table.show(
        table.Table(text("ui.card.about"), heads, rows, dense=True),
        key="card_fields",
        on_action=lambda event: session.keep("correct", (person.id, event.subject)),
    )


def _answers(person: do.ApplicationRow) -> None:
    if not person.original:
        st.caption(text("ui.card.no_answers"))
        return
    items = "".join(
        f"<dt>{escape(header)}</dt><dd>{escape(answer)}</dd>" for header, answer in person.original.items() if answer
    )
    st.html(f'<dl class="k-answers">{items}</dl>')


def _contact(desk: Desk, person: do.ApplicationRow) -> None:
    prepares = do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id)
    if prepares and person.non_disclosure != (
        on := st.toggle(text("ui.card.set_non_disclosure"), value=person.non_disclosure, key=f"disclose_{person.id}")
    ):
        made = do.SetNonDisclosure(round_id=desk.round.id, application_id=person.id, on=on)
        session.act(made, revision=desk.round.revision)
        st.rerun()
    if person.non_disclosure:
        st.warning(text("ui.card.non_disclosure"))
    elif person.contact_data:
        st.html("<p>" + "<br>".join(escape(value) for value in person.contact_data.values()) + "</p>")
    now = person.contact.status if person.contact is not None else None
    if not prepares:
        answer = text(f"ui.contact.{now or 'not_asked'}")
        st.markdown(plain(f"{text('ui.card.asked')}: {answer}"))
        return
    with st.form("contact", border=False):
        status = st.radio(
            text("ui.card.asked"),
            CONTACTS,
            index=CONTACTS.index(now),
            format_func=lambda one: text(f"ui.contact.{one or 'not_asked'}"),
            horizontal=True,
        )
        note = st.text_input(text("ui.card.contact_note"), value=person.contact.note if person.contact else "")
        if st.form_submit_button(text("ui.save")):
            action = do.SetContact(round_id=desk.round.id, application_id=person.id, status=status, note=note)
            answer_news.note(desk, action, text("ui.card.contact_saved"), revision=desk.round.revision)
            st.rerun()


def _own_data(desk: Desk, person: do.ApplicationRow) -> None:
    """Everything that is kept of the person, to be given to them; for those who may take files out."""
    store = session.store()
    if not do.may(store, session.user(), do.Right.EXPORT, desk.round.id):
        return

    def made(user: do.User) -> bytes:
        return own_data_bytes(do.person_data(store, user, desk.round.id, person.id), desk.rules)

    log = do.HandOutData(round_id=desk.round.id, application_id=person.id)
    st.download_button(
        text("ui.own_data.download"),
        downloads.on_demand(log, made),
        text("ui.own_data.file"),
        download_button.XLSX,
        key="own_data",
        help=text("ui.own_data.help"),
        on_click="ignore",
    )


def _notes(desk: Desk, person: do.ApplicationRow) -> None:
    st.markdown(f"**{text('ui.card.notes')}**")
    for note in person.notes:
        said = f"{instant(note.made_at)} · {note.made_by}"
        st.html(f'<p class="k-note"><span class="k-quiet">{escape(said)}</span><br>{escape(note.text)}</p>')
    if not do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id):
        return
    with st.form("note", border=False, clear_on_submit=True):
        written = st.text_area(text("ui.card.new_note"), max_chars=2000, height=90)
        if st.form_submit_button(text("ui.card.add_note")) and written.strip():
            session.act(
                do.AddNote(round_id=desk.round.id, application_id=person.id, text=written),
                told=text("ui.card.note_saved"),
            )
            st.rerun()
