"""Files → plain cells: each file is parsed by a child process under limits, and only plain values cross back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from selection import jobs
from selection.errors import FileError
from selection.intake.parsing.main import parse_file

#: Bytes of a file, and what its parsing may take: more is refused.
MAX_FILE = 20_000_000
PARSING = jobs.Limits(seconds=20.0, processor=20, memory=1_000_000_000, answer=400_000_000)
#: What the reading of files may take, with all that is made of their cells.
READING = jobs.Limits(seconds=60.0, processor=60, memory=2_000_000_000, answer=200_000_000)

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet's cells and what its markup says. Rows and columns count from 0, at cell A1.

    ``merged`` holds first row, first column, last row, last column. ``identities`` tells where personal identity codes
    were blanked: row, column, birth year, and whether the cell held nothing else; ``errors`` where a formula failed:
    row, column, and the error as Excel shows it. ``struck`` are rows with anything struck out, ``struck_whole``
    those of whose cells most are; ``notes`` are those on cells: row, column, text.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    struck_whole: tuple[int, ...] = ()
    notes: tuple[tuple[int, int, str], ...] = ()
    coloured: tuple[int, ...] = ()
    uncomputed: tuple[tuple[int, int], ...] = ()
    identities: tuple[tuple[int, int, int, bool], ...] = ()
    errors: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """One file: its name and digest, what it was (``xlsx``, ``xls``, ``ods`` or ``csv``), and its sheets.

    ``macros``: the file has some; they are never run. ``encoding_certain``: no other fits as well.
    """

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    separator: str | None = None
    macros: bool = False
    encoding_certain: bool = True


class _Reading:
    """A file being parsed by its child."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            if path.is_dir():
                raise FileError("directory", file=path.name)
            size = path.stat().st_size
            if size > MAX_FILE:
                most = MAX_FILE // 1_000_000
                raise FileError("too_large", file=path.name, megabytes=-(-size // 1_000_000), most=most)
            with path.open("rb"):
                self._job = jobs.start(parse_file, str(path.absolute()), limits=PARSING)
        except FileNotFoundError:
            raise FileError("file_not_found", file=str(path)) from None
        except OSError:
            raise FileError("file_not_readable", file=path.name) from None

    def book(self) -> Book:
        """Wait for the child, and take its answer."""
        with jobs.named_limits([self.name]):
            answer: dict[str, Any] = json.loads(self._job.result())
        if "error" in answer:
            raise FileError(answer["error"], **{"file": self.name, **_named(answer["params"], self.name)})
        return Book(
            name=self.name,
            sha256=answer["sha256"],
            kind=answer["kind"],
            sheets=tuple(_sheet(sheet) for sheet in answer["sheets"]),
            encoding=answer.get("encoding"),
            separator=answer.get("separator"),
            macros=answer.get("macros", False),
            encoding_certain=answer.get("encoding_certain", True),
        )

    def stop(self) -> None:
        """End the child, if it still runs."""
        self._job.stop()


def in_job(read: Callable[..., object], paths: Sequence[Path], *arguments: object) -> Any:
    """Call ``read(paths, *arguments)`` in a job: what stands in the cells is interpreted under limits too.

    Raises
    ------
    FileError
        of ``read``, or for all files together where a limit was reached.
    """
    if jobs.inside():
        return read(paths, *arguments)
    with jobs.named_limits(path.name for path in paths):
        return jobs.run(read, paths, *arguments, limits=READING)


def read_books(paths: Iterable[Path], meanwhile: Callable[[], object] = lambda: None) -> list[Book]:
    """Read files, all children side by side; ``meanwhile`` is called while they work.

    Rows are told apart by file, sheet and row: files of one name in several folders get names of their own.

    Raises
    ------
    FileError
        for a file that is missing, over a limit, encrypted, damaged, or no spreadsheet.
    """
    started: list[_Reading] = []
    try:
        started += (_Reading(path) for path in paths)
        meanwhile()
        books = [reading.book() for reading in started]
    finally:
        for reading in started:
            reading.stop()
    names = named_apart([book.name for book in books])
    return [replace(book, name=name) for book, name in zip(books, names, strict=True)]


def named_apart(names: Sequence[str]) -> list[str]:
    """The names, the later of two alike with a number: ``a.xlsx``, ``a (2).xlsx``."""
    apart: list[str] = []
    for name in names:
        path, number, free = PurePath(name), 1, name
        while free in apart or (number > 1 and free in names):
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        apart.append(free)
    return apart


def _named(params: dict[str, Any], file: str) -> dict[str, Any]:
    """Parameters of an error; a text file's one sheet goes by the file's name."""
    return {name: value or file if name == "sheet" else value for name, value in params.items()}


def _sheet(raw: dict[str, Any]) -> Sheet:
    return Sheet(
        name=raw["name"],
        rows=tuple(tuple(_cell(cell) if isinstance(cell, dict) else cell for cell in row) for row in raw["rows"]),
        hidden=raw["hidden"],
        merged=_tuples(raw.get("merged", ())),
        hidden_rows=tuple(raw.get("hidden_rows", ())),
        hidden_columns=tuple(raw.get("hidden_columns", ())),
        struck=tuple(raw.get("struck", ())),
        struck_whole=tuple(raw.get("struck_whole", ())),
        notes=_tuples(raw.get("notes", ())),
        coloured=tuple(raw.get("coloured", ())),
        uncomputed=_tuples(raw.get("uncomputed", ())),
        identities=_tuples(raw.get("identities", ())),
        errors=_tuples(raw.get("errors", ())),
    )


def _tuples(lists: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(tuple(one) for one in lists)


def _cell(moment: dict[str, str]) -> Cell:
    written = moment["t"]
    if "T" in written:
        return dt.datetime.fromisoformat(written)
    return dt.date.fromisoformat(written) if "-" in written else dt.time.fromisoformat(written)
