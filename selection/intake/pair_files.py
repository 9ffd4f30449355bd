"""The files of a pair: which table holds the quotas, which the respondents, which those who were selected already."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selection.errors import FileError
from selection.intake.quotas import CATEGORY, heads_of, is_quotas, quota_columns
from selection.intake.reader import Book
from selection.model.spelling import folded

#: The tools of the field write plain text; workbooks hold the same tables as sheets.
TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
#: Files of a pair: quotas, respondents, and those selected already.
MOST_FILES = 3
#: Names of a file or sheet that lists people selected already.
_SELECTED = re.compile(
    r"already|select(?!ion)|chosen|drawn|valit(?:tu|ut|uista|tujen)|\bjo[ _-]|arvotu|istuv|"
    r"valdes?\b|\bvalda|utval|redan"
)
#: Bytes read of an entry of a workbook to see whether it may hold quotas.
_LOOKED_AT = 4_000_000


@dataclass(frozen=True, slots=True)
class PairFiles:
    """The tables of a pair, each as a book of one sheet; ``selected`` where there is one."""

    categories: Book
    respondents: Book
    selected: Book | None = None


def may_be_pair(paths: Sequence[Path]) -> bool:
    """Whether files can be a pair by their number, their endings and, of workbooks, the words in them."""
    if not 1 <= len(paths) <= MOST_FILES:
        return False
    suffixes = [path.suffix.lower() for path in paths]
    if all(suffix in TEXTS for suffix in suffixes):
        return True
    if not all(suffix in (*TEXTS, *WORKBOOKS) for suffix in suffixes):
        return False
    books = [path for path, suffix in zip(paths, suffixes, strict=True) if suffix in WORKBOOKS]
    return len(books) < len(paths) or any(map(_has_quota_words, books))


def _has_quota_words(path: Path) -> bool:
    """Whether a workbook has the headers of quotas among its texts; a damaged one is left to the usual reading."""
    words = [rb"min", rb"max", b"|".join(word.encode() for word in CATEGORY)]
    found: set[bytes] = set()
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist()[:1_000] if name.endswith(".xml")]
            for name in names:
                if not name.endswith(("sharedStrings.xml", "content.xml")) and "worksheets/" not in name:
                    continue
                with archive.open(name) as entry:
                    text = entry.read(_LOOKED_AT)
                found |= {word for word in words if re.search(rb">\s*(?:" + word + rb")\s*<", text, re.IGNORECASE)}
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return False
    return len(found) == len(words)


def pair_files(books: Iterable[Book]) -> PairFiles | None:
    """The tables of a pair, known by their headers; ``None`` where none holds quotas.

    Raises
    ------
    FileError
        if there are no quotas or respondents beside each other, or it is not told which people were selected already.
    """
    tables = [_named(book, number) for book in books for number, sheet in enumerate(book.sheets) if sheet.rows]
    quotas = [table for table in tables if is_quotas(heads_of(table))]
    if not quotas:
        return None
    others = [table for table in tables if table not in quotas]
    if len(quotas) > 1 or not others:
        raise FileError("sortition_pair", file=quotas[0].name)
    selected = [
        table for table in others if _SELECTED.search(folded(f"{Path(table.name).stem} {table.sheets[0].name}"))
    ]
    if len(others) > 1:
        # Other sheets of a workbook hold notes and results.
        people = [table for table in others if table in selected or _holds_categories(table, quotas[0])]
        others = people or others
    if len(others) == 1:
        return PairFiles(quotas[0], others[0])
    if len(others) == 2 and len(selected) == 1:
        (respondents,) = (table for table in others if table not in selected)
        return PairFiles(quotas[0], respondents, selected[0])
    raise FileError("sortition_selected", file=quotas[0].name, files=", ".join(table.name for table in others))


def _named(book: Book, number: int) -> Book:
    """A book of one of its sheets alone."""
    return replace(book, sheets=(book.sheets[number],))


def _holds_categories(table: Book, quotas: Book) -> bool:
    """Whether a table has a column of the first category."""
    columns = quota_columns(heads_of(quotas))
    heads = heads_of(table)
    if columns is None:
        return True
    cells = (row[columns[0]] for row in quotas.sheets[0].rows[1:] if columns[0] < len(row))
    return any(folded(str(cell)) in heads for cell in cells if cell is not None)
