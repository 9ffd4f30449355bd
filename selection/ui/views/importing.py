"""Import: a file, how it was understood, what it changes, and taking it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from selection import actions as do
from selection.errors import FileError, SelectionError
from selection.intake import Mapping, mapping_difference, mapping_of
from selection.intake.reader import named_apart
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.rounds import file_changes, intake_step, quota_files, supplementary_call, words
from selection.rounds.intake_step import Understood, Upload, nearest
from selection.rounds.readings import sign_of
from selection.rounds.second_reading import fitted
from selection.serving import settings
from selection.texts import error_text, text
from selection.ui import navigation, session
from selection.ui.components import columns, form_template, frame, imported, supplement, understood
from selection.ui.text import plain

KINDS = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]


@dataclass(frozen=True)
class Reading:
    """A file as understood, with the mapping of its columns, and the name of the earlier file that this is from."""

    understood: Understood
    mapping: Mapping
    like: str = ""


def _understand(uploads: list[Upload], rules: Rules) -> Reading:
    """Read the files: as a person said in this session, else like an earlier file of much the same columns."""
    contents = b"".join(upload.content for upload in uploads)
    digest = hashlib.sha256(contents).hexdigest() + sign_of(rules)
    mapping, like = session.kept("mapping"), ""
    if mapping is None:
        plainly: Understood = session.remembered("understood", digest, lambda: intake_step.understand(uploads, rules))
        profile = nearest(do.mapping_profiles(session.store(), session.user()), plainly.first.columns)
        if profile is None:
            return Reading(plainly, Mapping())
        remembered = Mapping.from_json(str(profile.mapping["json"]))
        mapping, like = fitted(remembered, plainly.first.columns, rules), profile.name
    read = session.remembered(
        "mapped", (digest, mapping.to_json()), lambda: intake_step.understand(uploads, rules, mapping)
    )
    return Reading(read, mapping, like)


def _confirm(mapping: Mapping) -> None:
    """Keep what a person said of the file for the next run."""
    session.keep("mapping", mapping)


def _panel(uploads: list[Upload]) -> tuple[Rules, Understood] | None:
    """The sortition field's pair, if that is what came; asks for the size where the quotas leave it open."""
    try:
        found = quota_files.panel_of(uploads)
    except FileError as error:
        if error.code != "sortition_size":
            raise
        least, most = (int(str(error.params[name])) for name in ("least", "most"))
        size = st.number_input(text("ui.sortition.size"), least, most, least, key="panel_size")
        found = quota_files.panel_of(uploads, int(size))
    if found is not None:
        rules = found[0]
        st.info(text("ui.sortition.found", seats=rules.members.aim, n=len(rules.requirements)))
    return found


def _ways_back(reading: Reading) -> None:
    """Out of the import altogether, or back to how the program reads the file by itself."""
    if st.button(text("ui.import.cancel")):
        _forget()
        st.rerun()
    changed = reading.like or session.kept("mapping") is not None
    if changed and st.button(text("ui.import.own_reading")):
        session.keep("mapping", Mapping())
        st.rerun()


def _forget() -> None:
    """Take the files out of the page."""
    st.session_state["upload_number"] = st.session_state.get("upload_number", 0) + 1
    session.keep("mapping", None)


def _quotas(row: do.RoundRow, panel: Rules) -> bool:
    """Make the quotas of the sortition field's pair the rules of the round; whether that could be done."""
    action = do.ChangeRules(round_id=row.id, text=quota_files.rules_toml(panel), reason=text("ui.sortition.reason"))
    return session.act(action) is not None


def _take(row: do.RoundRow, uploads: list[Upload], read: Understood, actions: Sequence[do.ImportFile]) -> None:
    """Take the files, remember how they were read, and go on to what is next."""
    for action in actions:
        if session.act(action) is None:
            return
    if read.first.columns:
        _remember_columns(row, uploads, read)
    taken = sum(entry.set_aside is None for action in actions for entry in action.applications)
    session.tell("success", text("ui.import.taken", n=taken))
    _forget()
    then = "decision" if row.state == "decided" else "criteria"
    st.switch_page(navigation.page("findings" if any(action.findings for action in actions) else then))


def _remember_columns(row: do.RoundRow, uploads: list[Upload], read: Understood) -> None:
    """Keep how the columns were read for the next file of the same shape."""
    confirmed = mapping_of(read.first.columns)
    profile = {"json": confirmed.to_json()}
    session.act(do.SaveMapping(round_id=row.id, name=uploads[0].name, signature=confirmed.shape, mapping=profile))


def _as_read(reading: Reading) -> None:
    """The sheets and the columns, and how they differ from an earlier file of the kind."""
    first = reading.understood.first
    if reading.like:
        differs = mapping_difference(reading.mapping, first.columns)
        understood.like_before(reading.like, differs.new, differs.gone)
    understood.sheets(first, reading.mapping, _confirm)
    columns.show(
        list(first.columns),
        words.column_field,
        lambda found: _confirm(replace(reading.mapping, fields=mapping_of(found).fields)),
    )


def _offer(row: do.RoundRow, uploads: list[Upload], reading: Reading, panel: Rules | None) -> None:
    """What the files change, and the button that takes them."""
    read, held = reading.understood, do.applications(session.store(), session.user(), row.id)
    make: Callable[[], Sequence[do.ImportFile]]
    if row.state == "decided":
        found = supplementary_call.of(read, held)
        supplement.difference(found)
        people = len(found.new)
        make = partial(supplementary_call.actions_of, row.id, uploads, read, found, held)
    else:
        people, from_files = len(read.first.applications), any(not one.by_hand for one in held)
        replace_all = from_files and understood.difference(file_changes.of(read.first, held))
        make = partial(intake_step.actions_of, row.id, uploads, read, replace_all=replace_all)
    with st.container(horizontal=True, gap="small", key="take"):
        if row.state == "ready":
            st.info(text("ui.closed"))
        elif st.button(text("ui.import.take", n=people), type="primary", disabled=not people) and (
            panel is None or _quotas(row, panel)
        ):
            _take(row, uploads, read, make())
        _ways_back(reading)


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.importing"), text("ui.import.lede"))
    row = session.round_row()
    if row is None:
        frame.missing("round", "rounds")
        return
    if row.erased == "all":
        st.info(text("error.round_is_erased"))
        return
    if row.state == "decided":
        st.info(text("ui.supplement.note"))
    key = f"upload_{row.id}_{st.session_state.get('upload_number', 0)}"
    session.expect_files()
    files = st.file_uploader(
        text("ui.import.choose"), KINDS, accept_multiple_files=True, key=key, help=text("ui.import.choose_help")
    )
    if not files:
        st.caption(text("ui.import.stays_here" if settings.current() is None else "ui.import.stays_at_server"))
        imported.show(row)
        form_template.show(parse_rules(do.rules_text(session.store(), session.user(), row.id), row.name))
        return
    names = named_apart([file.name for file in files])
    uploads = [Upload(name, file.getvalue()) for name, file in zip(names, files, strict=True)]
    store, user = session.store(), session.user()
    try:
        rules = parse_rules(do.rules_text(store, user, row.id), row.name)
        with st.spinner(text("ui.import.reading")):
            pair = _panel(uploads) if row.state == "draft" else None
            reading = _understand(uploads, rules) if pair is None else Reading(pair[1], Mapping())
    except SelectionError as error:
        st.error(plain(error_text(error)))
        if isinstance(error, FileError):
            understood.header_row(error, _confirm)
        return
    frame.section(text("ui.import.understood"))
    understood.counts(reading.understood.first, rules)
    if pair is None:
        _as_read(reading)
    understood.findings(reading.understood.first, rules)
    _offer(row, uploads, reading, None if pair is None else pair[0])


page()
