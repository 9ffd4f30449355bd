"""Download buttons of documents: made when they are asked for, each noted in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from selection import actions as do
from selection.outputs.workbook import workbook_bytes
from selection.rounds.desk import Desk
from selection.rounds.export import Export, export_of
from selection.texts import text
from selection.ui import downloads, session
from selection.ui.components import disclosure
from selection.ui.text import escape

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
MIMES = {".xlsx": XLSX, ".docx": DOCX, ".zip": ZIP, ".csv": "text/csv", ".json": "application/json"}

#: Makes a document of a roster.
Make = Callable[[Export], bytes]


def button(
    desk: Desk,
    label: str,
    file: str,
    kind: str,
    make: Make,
    *,
    code: str | None = None,
) -> None:
    """A button that downloads a document of the roster at work, in the language in force or in ``code``.

    ``kind`` is what the log calls it. Nothing for those who may not take files out.
    """
    if desk.version is None or not do.may(session.store(), session.user(), do.Right.EXPORT, desk.round.id):
        return
    store = session.store()
    log = do.LogExport(round_id=desk.round.id, kind=kind, version_id=desk.version.id)
    made = downloads.on_demand(log, lambda user: make(export_of(desk, store, user)), code)
    _offer(label, made, file, log, disclosure.protected_in(desk, kind))


def row(desk: Desk, kind: str, file: str, make: Make) -> None:
    """One document: what it is, who may see it, and its button."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"document_{kind}"):
        what(kind)
        button(desk, download(kind, file), file_name(desk, file), kind, make)


def row_of_kept(desk: Desk, kind: str, file: str, make: Callable[[], bytes], *, version_id: int | None = None) -> None:
    """The same of a document that is made of what the records keep when the people of the round are erased."""
    log = do.LogExport(round_id=desk.round.id, kind=kind, version_id=version_id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"document_{kind}"):
        what(kind)
        made = downloads.on_demand(log, lambda _: make())
        _offer(download(kind, file), made, file_name(desk, file), log, disclosure.protected_in(desk, kind))


def download(kind: str, file: str) -> str:
    """The label of a button: that it downloads, what kind of file, and which document, so that no two are the same to
    who hears them without what stands beside."""
    kind_of_file = text(f"ui.documents.format.{file.rpartition('.')[2]}")
    return text("ui.documents.download_kind", kind=kind_of_file, name=name(kind))


def what(kind: str) -> None:
    """A document's name, and what it holds and for whom."""
    said = f"<b>{escape(name(kind))}</b><br>{escape(text(f'ui.documents.{kind}.note'))}"
    st.html(f'<p class="k-tight">{said}</p>', width="stretch")


def name(kind: str) -> str:
    """What a document is called."""
    return text(f"ui.documents.{kind}.name")


def file_name(desk: Desk, file: str) -> str:
    """A document's file name: the rules' name, and the document's own in the language in force."""
    stem, _, ending = file.rpartition(".")
    return f"{desk.rules.name}-{text(f'ui.documents.file.{stem}')}.{ending}"


def workbook_button(desk: Desk) -> None:
    """A button that downloads the workbook; nothing before the first proposal."""
    button(desk, text("workbook.download"), f"{desk.rules.name}.xlsx", "workbook", workbook_of)


def workbook_of(export: Export) -> bytes:
    """The internal workbook."""
    return workbook_bytes(
        export.proposal,
        files=export.files,
        set_aside=export.set_aside,
        findings=export.findings,
        details=export.details,
        provenance=export.provenance,
        beside=export.beside,
    )


def _offer(
    label: str,
    made: Callable[[], bytes],
    file: str,
    log: do.LogExport,
    protected: Sequence[do.ApplicationRow] = (),
) -> None:
    """A download button; whatever makes the file notes it in the log. Before a file that names ``protected`` people a
    question: the download is there once it was answered."""
    if disclosure.open_question(log, protected):
        if st.button(label, key=f"download_{log.kind}_asks"):
            disclosure.ask(log, protected)
        return
    mime = next(mime for suffix, mime in MIMES.items() if file.endswith(suffix))
    st.download_button(label, made, file, mime, key=f"download_{log.kind}", on_click="ignore")
