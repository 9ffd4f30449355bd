"""Documents of the round: each made when it is asked for, and each export noted in the log."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.model.law import SpecialReasons
from selection.outputs.annex import public_annex_bytes
from selection.outputs.archive import zipped
from selection.outputs.document import TEMPLATE_LANGUAGES, document_bytes
from selection.outputs.json_proposal import json_bytes, proposal_json
from selection.outputs.letters import letter_files
from selection.outputs.round_data import round_data_files
from selection.outputs.workbook import moment_of
from selection.rounds.desk import Desk
from selection.rounds.export import Export, export_of
from selection.texts import error_text, in_language, text
from selection.ui import effects, session, standings
from selection.ui.components import (
    download_button,
    frame,
    kept_data,
    population,
    special_reasons,
    term_documents,
    version_list,
)
from selection.ui.text import plain


def show(desk: Desk) -> None:
    """The section of the page: what is for the board, what is public, what stays inside the office."""
    frame.section(text("ui.documents.title"))
    decision = do.decision(session.store(), session.user(), desk.round.id)
    if desk.round.erased == "all":
        st.info(text("ui.documents.erased"))
        if decision is not None:
            kept_data.annex(desk, decision)
        kept_data.show(desk)
        return
    if desk.round.erased:
        st.warning(text("ui.documents.partly_erased"))
    st.caption(text("ui.documents.note"))
    of = _version(desk, decision)
    if of is None or of.version is None:
        return
    frame.section(text("ui.documents.for_board"), 3)
    _board_item(of)
    if decision is not None and of.version.id == decision.version_id:
        kept_data.annex(desk, decision)
    else:
        download_button.row(
            of, "annex", "annex.xlsx", lambda export: public_annex_bytes(export.proposal, export.details)
        )
    frame.section(text("ui.documents.inside"), 3)
    download_button.row(of, "workbook", "workbook.xlsx", download_button.workbook_of)
    download_button.row(of, "json", "proposal.json", _json)
    download_button.row(of, "letters", "letters.zip", _letters)
    frame.section(text("ui.documents.open"), 3)
    if desk.round.erased:
        kept_data.show(desk)
    else:
        download_button.row(of, "data", "data.zip", _data)
        population.show(desk)
    if desk.round.state == "decided":
        term_documents.show(desk)


def _version(desk: Desk, decision: do.DecisionRow | None) -> Desk | None:
    """The desk with the version that the documents are of: the draft, what was presented, what was decided or sits."""
    ids: tuple[int | None, ...] = (desk.round.presented_id,) if desk.round.state == "ready" else ()
    if desk.round.state == "decided":
        ids = (decision.version_id if decision is not None else None, desk.round.standing_id)
    found: list[do.VersionRow] = []
    for one in ids:
        if one is not None:
            try:
                found.append(do.version(session.store(), session.user(), desk.round.id, one))
            except SelectionError as error:
                st.error(plain(error_text(error)))
    if not found:
        return desk if desk.version is not None else None
    if len(found) == 1:
        return effects.with_version(desk, found[0])
    by_id = {one.id: one for one in found}
    chosen = st.selectbox(
        text("ui.documents.of"),
        list(by_id),
        format_func=lambda one: version_list.name_of(by_id[one]),
        key="documents_of",
    )
    return effects.with_version(desk, by_id[chosen])


def _board_item(desk: Desk) -> None:
    """The board's item: its language, the city's own template, and the special reason where the law asks for one."""
    rules, bodies = standings.law(desk)
    with st.container(border=True, key="document_item"):
        download_button.what("item")
        language, own = st.columns(2)
        code = language.selectbox(
            text("ui.documents.language"),
            TEMPLATE_LANGUAGES,
            format_func=lambda one: text(f"ui.language.{one}"),
            key="item_language",
        )
        session.expect_files()
        template = own.file_uploader(text("ui.documents.template"), ["docx"], key="item_template")
        special_reasons.show(rules, bodies)
        decision = do.decision(session.store(), session.user(), desk.round.id)
        kept = SpecialReasons.from_text(decision.special_reason) if decision is not None else None
        reasons = special_reasons.ask(rules, bodies, "item_reason", kept)
        if missing := special_reasons.missing(rules, bodies, reasons):
            waits = download_button.download("item", "item.docx")
            st.button(waits, disabled=True, key="item_waits", help=plain(missing))
            return
        content = template.getvalue() if template is not None else None
        if content is not None and not _usable(desk, code, content, reasons):
            return
        download_button.button(
            desk,
            download_button.download("item", "item.docx"),
            download_button.file_name(desk, "item.docx"),
            "item",
            lambda export: item_of(export, reasons, content),
            code=code,
        )


def item_of(export: Export, reasons: SpecialReasons, template: bytes | None) -> bytes:
    """The board's item, from the package's template or from one that was handed in."""
    with tempfile.TemporaryDirectory(prefix="kokoonpano-") as folder:
        path = None
        if template is not None:
            path = Path(folder) / "template.docx"
            path.write_bytes(template)
        return document_bytes(
            export.proposal,
            template=path,
            details=export.details,
            special_reason=reasons,
            changes=export.changes,
            going_on=export.provenance.going_on,
            state=export.provenance.state,
            log_head=export.provenance.log_head,
        )


def _usable(desk: Desk, code: str, template: bytes, reasons: SpecialReasons) -> bool:
    """Whether the city's own template can be filled in; told at once, not when it is downloaded."""

    def tried() -> str:
        try:
            with in_language(code):
                item_of(export_of(desk, session.store(), session.user()), reasons, template)
        except SelectionError as error:
            return error_text(error)
        return ""

    sign = (hashlib.sha256(template).hexdigest(), code, desk.version.id if desk.version else None)
    fault: str = session.remembered("item_template_tried", sign, tried)
    if fault:
        st.error(plain(fault))
    return not fault


def _letters(export: Export) -> bytes:
    return zipped(letter_files(export.proposal, export.details), moment_of(export.proposal.rules))


def _json(export: Export) -> bytes:
    files = {"files": [{"name": name, "sha256": digest} for name, digest in export.files]}
    told = export.provenance
    content = proposal_json(export.proposal, files, going_on=told.going_on, state=told.state_of(export.proposal))
    return json_bytes(content)


def _data(export: Export) -> bytes:
    return zipped(round_data_files(export.proposal, export.population), moment_of(export.proposal.rules))
