"""Zipped workbooks, checked entry by entry before anything interprets them."""

from __future__ import annotations

import io
import zipfile
import zlib

from .limits import BOMB_RATIO, BOMB_SIZE, MAX_ENTRIES, MAX_UNPACKED, Params, Refused
from .markup import ods_marks, xlsx_marks
from .workbook import sheets_of


class Archive:
    """The entries of a zipped file by name; reading one never gives more than its declared size."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Refused("damaged") from None
        if len(entries) > MAX_ENTRIES:
            raise Refused("too_many_entries", count=len(entries), most=MAX_ENTRIES)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("encrypted")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED or (unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * len(data)):
            raise Refused("too_large_unpacked", megabytes=unpacked // 1_000_000)
        self.names = tuple(dict.fromkeys(entry.filename for entry in entries))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """One entry's bytes. Raises :class:`Refused` where it is damaged or its size was a lie."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError):
            raise Refused("damaged") from None


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
