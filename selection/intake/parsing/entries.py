"""The entries of a zipped workbook, checked before anything interprets them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from .limits import BOMB_RATIO, BOMB_SIZE, MAX_ENTRIES, MAX_UNPACKED, Refused


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
        self.names = tuple(entry.filename for entry in entries)
        # Of two entries of one name programs read different ones: what one person checked another would not see.
        if len({name.casefold().replace("\\", "/").lstrip("./") for name in self.names}) < len(self.names):
            raise Refused("duplicate_entries")

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """The bytes of the file with some entries changed."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
            for name in self.names:
                copy.writestr(name, changed[name] if name in changed else self.read(name))
        return made.getvalue()

    def read(self, name: str) -> bytes:
        """One entry's bytes. Raises :class:`Refused` where it is damaged or its size was a lie."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError):
            raise Refused("damaged") from None
