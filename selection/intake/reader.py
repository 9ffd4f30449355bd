"""Files → plain cells: each file is parsed by a child process under limits, and only plain values cross back."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selection.errors import FileError

#: Bytes of a file, seconds and answer of the child: more is refused.
MAX_FILE = 20_000_000
MAX_SECONDS = 20.0
MAX_ANSWER = 400_000_000

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet's cells and what its markup says. Rows and columns count from 0, at cell A1.

    ``identities`` tells where personal identity codes were blanked: row, column, birth year, whether the cell held
    nothing else.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    coloured: tuple[int, ...] = ()
    uncomputed: tuple[tuple[int, int], ...] = ()
    identities: tuple[tuple[int, int, int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """One file: what it was (``xlsx``, ``xls``, ``ods``, ``csv``), its sheets, its digest."""

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    separator: str | None = None


def read_book(path: Path) -> Book:
    """Read one file.

    Raises
    ------
    FileError
        for a file that is missing, over a limit, encrypted, damaged, or no spreadsheet.
    """
    try:
        if path.is_dir():
            raise FileError("directory", file=path.name)
        size = path.stat().st_size
        if size > MAX_FILE:
            raise FileError("too_large", file=path.name, megabytes=-(-size // 1_000_000), most=MAX_FILE // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileError("file_not_found", file=str(path)) from None
    except OSError:
        raise FileError("file_not_readable", file=path.name) from None
    return book_of(data, path.name)


def book_of(data: bytes, name: str) -> Book:
    """Parse a file's bytes in a child process. Raises :class:`FileError` as :func:`read_book` does."""
    answer = _ask_child(data, name)
    if "error" in answer:
        raise FileError(answer["error"], file=name, **answer["params"])
    return Book(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=answer["kind"],
        sheets=tuple(_sheet(sheet) for sheet in answer["sheets"]),
        encoding=answer.get("encoding"),
        separator=answer.get("separator"),
    )


def _ask_child(data: bytes, name: str) -> dict[str, Any]:
    spec = importlib.util.find_spec("python_calamine")
    libraries = str(Path(spec.origin).parent.parent) if spec is not None and spec.origin else ""
    # A bare interpreter (no site, no environment, no user paths) starts in 20 ms and can import nothing by surprise.
    command = [
        sys.executable,
        "-I",
        "-S",
        str(Path(__file__).with_name("child.py")),
        libraries,
        Path(name).suffix.lower(),
    ]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False, cwd=os.path.abspath(os.sep)
        )
    except subprocess.TimeoutExpired:
        raise FileError("reader_timeout", file=name, seconds=int(MAX_SECONDS)) from None
    if len(done.stdout) > MAX_ANSWER:
        raise FileError("reader_memory", file=name)
    if done.returncode != 0 or not done.stdout:
        # Killed by its processor limit, or aborted for want of memory.
        timed_out = done.returncode in (-24, -9)
        raise (
            FileError("reader_timeout", file=name, seconds=int(MAX_SECONDS))
            if timed_out
            else FileError("reader_memory", file=name)
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _sheet(raw: dict[str, Any]) -> Sheet:
    return Sheet(
        name=raw["name"],
        rows=tuple(tuple(_cell(cell) if isinstance(cell, dict) else cell for cell in row) for row in raw["rows"]),
        hidden=raw["hidden"],
        merged=_tuples(raw.get("merged", ())),
        hidden_rows=tuple(raw.get("hidden_rows", ())),
        hidden_columns=tuple(raw.get("hidden_columns", ())),
        struck=tuple(raw.get("struck", ())),
        coloured=tuple(raw.get("coloured", ())),
        uncomputed=_tuples(raw.get("uncomputed", ())),
        identities=_tuples(raw.get("identities", ())),
    )


def _tuples(lists: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(tuple(one) for one in lists)


def _cell(moment: dict[str, str]) -> Cell:
    written = moment["t"]
    if "T" in written:
        return dt.datetime.fromisoformat(written)
    return dt.date.fromisoformat(written) if "-" in written else dt.time.fromisoformat(written)
