"""Import: a file, how it was understood, what it changes, and taking it."""

from __future__ import annotations

import hashlib

import streamlit as st

from selection import actions as do
from selection.errors import FileError, SelectionError
from selection.intake import ColumnMatch, Intake, Mapping, mapping_of
from selection.rules import Rules
from selection.rules_file import parse_rules
from selection.texts import error_text, text
from selection.ui import importing, navigation, panels, session, words
from selection.ui.components import columns, frame, table
from selection.ui.importing import Understood, Upload
from selection.ui.text import escape, instant, number, plain

KINDS = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]


def _mapping(shape: str) -> Mapping | None:
    """What was confirmed of the columns: in this session, else for an earlier file of the same shape."""
    chosen = st.session_state.get("of_round:mapping")
    if isinstance(chosen, Mapping):
        return chosen
    for profile in do.mapping_profiles(session.store(), session.user()):
        if profile.signature == shape:
            return Mapping.from_json(str(profile.mapping["json"]))
    return None


def _understand(uploads: list[Upload], rules: Rules) -> Understood:
    """Read the files; with what was confirmed of their columns, where something was."""
    digest = hashlib.sha256(b"".join(upload.content for upload in uploads)).hexdigest()
    plainly: Understood = session.remembered("understood", digest, lambda: importing.understand(uploads, rules))
    mapping = _mapping(mapping_of(plainly.first.columns).shape)
    if mapping is None:
        return plainly
    key = (digest, mapping.to_json())
    mapped: Understood = session.remembered("mapped", key, lambda: importing.understand(uploads, rules, mapping))
    return mapped


def _panel(uploads: list[Upload]) -> tuple[Rules, Understood] | None:
    """The sortition field's pair, if that is what came; asks for the size where the quotas leave it open."""
    try:
        found = panels.panel_of(uploads)
    except FileError as error:
        if error.code != "sortition_size":
            raise
        least, most = (int(str(error.params[name])) for name in ("least", "most"))
        size = st.number_input(text("ui.sortition.size"), least, most, least, key="panel_size")
        found = panels.panel_of(uploads, int(size))
    if found is not None:
        rules = found[0]
        st.info(text("ui.sortition.found", seats=rules.members.aim, n=len(rules.requirements)))
    return found


def _counts(intake: Intake) -> None:
    items = (
        ("rows", intake.rows),
        ("applications", len(intake.applications)),
        ("set_aside", len(intake.set_aside)),
        ("findings", len(intake.findings)),
    )
    boxes = "".join(
        f"<div><dt>{escape(text(f'ui.import.{name}'))}</dt><dd>{escape(number(count))}</dd></div>"
        for name, count in items
    )
    st.html(f'<dl class="k-figures">{boxes}</dl>')
    for note in intake.notes:
        st.info(plain(text(f"intake.note.{note.code}", **{"sheet": note.sheet, "file": note.file, **note.params})))


def _set_aside(intake: Intake) -> None:
    if not intake.set_aside:
        return
    with st.expander(text("ui.import.set_aside_list", n=len(intake.set_aside))):
        rows = [
            table.Row(
                str(place), [str(row.origin.row), text(f"set_aside.{row.code}", **row.params), _same(row.same_as)]
            )
            for place, row in enumerate(intake.set_aside)
        ]
        heads = [
            table.Column(text("ui.import.row"), head=True, kind="number"),
            table.Column(text("ui.import.why")),
            table.Column(text("ui.import.kept_row"), small="hide"),
        ]
        table.show(table.Table(text("ui.import.set_aside"), heads, rows, dense=True), key="set_aside")
        st.caption(text("ui.import.set_aside_note"))


def _same(origin: object) -> str:
    return str(getattr(origin, "row", "")) if origin is not None else ""


def _difference(intake: Intake, held: list[do.ApplicationRow]) -> bool:
    """Show what the file changes; whether people missing from it shall be set aside."""
    if not any(not row.by_hand for row in held):
        return False
    frame.section(text("ui.import.difference"))
    coming = importing.difference(intake, held)
    lines = "".join(
        f"<li><b>{getattr(coming, name)}</b> {escape(text(f'ui.import.difference.{name}'))}</li>"
        for name in ("new", "changed", "same", "gone")
    )
    st.html(f'<ul class="k-plain">{lines}</ul>')
    if not coming.gone:
        return False
    return st.checkbox(text("ui.import.replace", n=coming.gone), help=text("ui.import.replace_help"))


def _take(
    row: do.RoundRow, uploads: list[Upload], understood: Understood, replace_all: bool, panel: Rules | None
) -> None:
    if panel is not None:
        quotas = panels.rules_toml(panel)
        if session.act(do.ChangeRules(round_id=row.id, text=quotas, reason=text("ui.sortition.reason"))) is None:
            return
    taken = 0
    for action in importing.actions_of(row.id, uploads, understood, replace_all=replace_all):
        outcome = session.act(action)
        if outcome is None:
            return
        taken += sum(entry.set_aside is None for entry in action.applications)
    if panel is None:
        _remember_columns(uploads, understood)
    session.tell("success", text("ui.import.taken", n=taken))
    st.session_state["upload_number"] = st.session_state.get("upload_number", 0) + 1
    st.session_state.pop("of_round:mapping", None)
    st.switch_page(navigation.page("findings" if understood.first.findings else "criteria"))


def _remember_columns(uploads: list[Upload], understood: Understood) -> None:
    """Keep how the columns were read for the next file of the same shape."""
    confirmed = mapping_of(understood.first.columns)
    profile = {"json": confirmed.to_json()}
    session.act(do.SaveMapping(name=uploads[0].name, signature=confirmed.shape, mapping=profile))


def _earlier(row: do.RoundRow) -> None:
    files = do.source_files(session.store(), session.user(), row.id)
    if not files:
        return
    frame.section(text("ui.import.earlier"))
    heads = [
        table.Column(text("ui.import.file"), head=True),
        table.Column(text("ui.import.rows"), kind="number"),
        table.Column(text("ui.import.when")),
    ]
    rows = [
        table.Row(str(file.id), [file.name, str(file.mapping.get("rows", "")), instant(file.made_at)]) for file in files
    ]
    table.show(table.Table(text("ui.import.earlier"), heads, rows), key="earlier_files")


def _confirmed(found: list[ColumnMatch]) -> None:
    """Keep what a person changed of the columns for the next run."""
    st.session_state["of_round:mapping"] = mapping_of(found)


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.importing"), text("ui.import.lede"))
    row = session.round_row()
    if row is None:
        frame.missing("round", "rounds")
        return
    key = f"upload_{row.id}_{st.session_state.get('upload_number', 0)}"
    files = st.file_uploader(
        text("ui.import.choose"), KINDS, accept_multiple_files=True, key=key, help=text("ui.import.choose_help")
    )
    if not files:
        st.caption(text("ui.import.stays_here"))
        _earlier(row)
        return
    uploads = [Upload(file.name, file.getvalue()) for file in files]
    store, user = session.store(), session.user()
    try:
        rules = parse_rules(do.rules_text(store, user, row.id), row.name)
        with st.spinner(text("ui.import.reading")):
            pair = _panel(uploads)
            understood = _understand(uploads, rules) if pair is None else pair[1]
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return
    frame.section(text("ui.import.understood"))
    _counts(understood.first)
    _set_aside(understood.first)
    if pair is None:
        columns.show(list(understood.first.columns), words.column_field, _confirmed)
    held = do.applications(store, user, row.id)
    replace_all = _difference(understood.first, held)
    people = len(understood.first.applications)
    if row.state != "draft":
        st.info(text("ui.closed"))
    elif st.button(text("ui.import.take", n=people), type="primary", disabled=not people):
        _take(row, uploads, understood, replace_all, None if pair is None else pair[0])


page()
