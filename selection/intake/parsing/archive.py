"""Zipped workbooks: what kind of one it is, and what its sheets hold."""

from __future__ import annotations

from .entries import Archive
from .limits import Params, Refused
from .markup import ods_marks, xlsx_marks
from .workbook import sheets_of


def parse_archive(data: bytes) -> Params:
    """An OpenDocument or Office Open XML workbook."""
    archive = Archive(data)
    if "xl/workbook.bin" in archive:
        raise Refused("binary_workbook")
    is_ods = "mimetype" in archive and b"opendocument.spreadsheet" in archive.read("mimetype")
    if not is_ods and not any(name.endswith("workbook.xml") for name in archive.names):
        raise Refused("not_a_spreadsheet")
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            _check_xml(archive.read(name))
    if is_ods:
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused("encrypted")
        if "content.xml" not in archive:
            raise Refused("damaged")
        return {"kind": "ods", "sheets": sheets_of(data, ods_marks(archive.read("content.xml")))}
    macros = any(name.endswith("vbaProject.bin") for name in archive.names)
    return {"kind": "xlsx", "macros": macros, "sheets": sheets_of(data, xlsx_marks(archive))}


def _check_xml(content: bytes) -> None:
    """Refuse what no spreadsheet program writes: entity definitions, and encodings that would hide them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:200]:
        raise Refused("unsafe_xml")
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise Refused("unsafe_xml")
