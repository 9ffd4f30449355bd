"""Zipped workbooks: what kind of one it is, and what its sheets hold."""

from __future__ import annotations

import re

from .entries import Archive
from .limits import Params, Refused
from .markup import ods_marks, xlsx_marks
from .workbook import sheets_of

#: A sheet's dimension stands before its rows.
_HEAD = 20_000
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?\bref=(?P<quote>[\"'])(?P<ref>[^\"'<>]*)(?P=quote)[^>]*?/>")
_RANGE = re.compile(rb"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?")


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
    data = _with_dimensions(archive, data)
    macros = any(name.endswith("vbaProject.bin") for name in archive.names)
    return {"kind": "xlsx", "macros": macros, "sheets": sheets_of(data, xlsx_marks(archive))}


def _with_dimensions(archive: Archive, data: bytes) -> bytes:
    """The workbook without dimensions that are none (``A0``, as some libraries write of an empty or streamed sheet):
    they are optional, and the reading of cells ends at a false one."""
    changed: dict[str, bytes] = {}
    for name in archive.names:
        if "worksheets/" in name and name.endswith(".xml"):
            content = archive.read(name)
            found = _DIMENSION.search(content[:_HEAD])
            if found is not None and not _RANGE.fullmatch(found["ref"]):
                changed[name] = content[: found.start()] + content[found.end() :]
    return archive.rewritten(changed) if changed else data


def _check_xml(content: bytes) -> None:
    """Refuse what no spreadsheet program writes: entity definitions, and encodings that would hide them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:200]:
        raise Refused("unsafe_xml")
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise Refused("unsafe_xml")
