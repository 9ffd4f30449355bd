"""One file → its plain cells as JSON; called in a job of its own (:mod:`selection.jobs`).

The answer is ``{"kind", "sha256", "sheets": […]}`` or ``{"error", "params"}``. A cell is text, a number, a truth
value, ``null``, or ``{"t": ISO}`` for a moment.
"""

from __future__ import annotations

import gc
import hashlib
import json
from pathlib import PurePath

from .archive import parse_archive
from .delimited import parse_text
from .identities import blank_identities, may_hold_identities
from .limits import Params, Refused
from .workbook import sheets_of

_WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<script")
_OTHER_KINDS = (
    b"%pdf",
    b"{\\rtf",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"mz\x90",
)


def parse(data: bytes, suffix: str) -> Params:
    """Read one file by its contents. The file name's ending decides only between text and no spreadsheet at all.

    Raises
    ------
    Refused
        if the file is not a spreadsheet, damaged, encrypted, or over a limit.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty_file")
    if data.startswith(b"PK"):
        return parse_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _parse_compound(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_WEB_PAGE) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head):
        raise Refused("html_file")
    if head.startswith((b"<?xml", b"<workbook")):
        raise Refused("xml_spreadsheet" if b"workbook" in head else "not_a_spreadsheet")
    if head.startswith(_OTHER_KINDS):
        raise Refused("not_a_spreadsheet")
    return parse_text(data, suffix)


def _parse_compound(data: bytes) -> Params:
    """A compound file is an old workbook, or a new one that is encrypted."""

    def names(*streams: str) -> bool:
        return any(stream.encode("utf-16-le") in data for stream in streams)

    if names("EncryptedPackage", "EncryptionInfo"):
        raise Refused("encrypted")
    if not names("Workbook", "Book"):
        raise Refused("not_a_spreadsheet")
    return {"kind": "xls", "sheets": sheets_of(data, {})}


def answer(data: bytes, suffix: str) -> str:
    """The JSON answer for a file; an error is an answer too, never a traceback."""
    found: Params
    try:
        found = parse(data, suffix)
        found["sha256"] = hashlib.sha256(data).hexdigest()
        written = json.dumps(found)
        if may_hold_identities(written) and blank_identities(found["sheets"]):
            written = json.dumps(found)
        return written
    except Refused as refused:
        return json.dumps({"error": refused.code, "params": refused.params})
    except MemoryError:
        return '{"error": "reader_memory", "params": {}}'
    except Exception:
        return '{"error": "damaged", "params": {}}'
    except BaseException as panic:  # a library's panic is no Exception
        if isinstance(panic, KeyboardInterrupt | SystemExit):
            raise
        return '{"error": "damaged", "params": {}}'


def parse_file(path: str) -> str:
    """The answer for the file at a path: what a job does with it."""
    gc.disable()  # the process ends with its answer
    with open(path, "rb") as file:
        return answer(file.read(), PurePath(path).suffix.lower())
