"""The city's population by group, from a CSV of the city's own: ``field;group;people``."""

from __future__ import annotations

import csv
import io

from selection.ages import age_band
from selection.errors import FileError
from selection.pool import VOCABULARY
from selection.rules import Population
from selection.texts import LANGUAGES, has_text, in_language, label, text

#: More is no table of groups.
_MOST = 1_000_000


def population_of_csv(content: bytes, *, file: str) -> Population:
    """The population of a CSV, with or without a header row; fields and groups by the product's own ids or words.

    Raises
    ------
    FileError
        if the file is no such table; ``row``, ``column`` and ``found`` name the first cell that cannot be used.
    """
    try:
        written = _decoded(content)
        first = written.splitlines()[0]
    except (UnicodeDecodeError, IndexError):
        raise FileError("population_unreadable", file=file) from None
    if len(content) > _MOST or "\x00" in written:
        raise FileError("population_unreadable", file=file)
    separator = ";" if ";" in first else "\t" if "\t" in first else ","
    groups: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(written, newline=""), delimiter=separator), start=1):
        cells = [" ".join(cell.split()) for cell in row[:3]]
        if not any(cells) or (number == 1 and _is_header(cells)):
            continue
        if len(cells) < 3:
            raise FileError("population_row", file=file, row=number, found=separator.join(cells))
        field = _field(cells[0])
        if field is None:
            known = ", ".join(("age", *VOCABULARY))
            raise FileError("population_field", file=file, row=number, column=1, found=cells[0], known=known)
        group = _group(field, cells[1])
        if group is None:
            known = "18–29, 75+" if field == "age" else ", ".join(VOCABULARY[field])
            raise FileError("population_group", file=file, row=number, column=2, found=cells[1], known=known)
        count = cells[2].replace(" ", "")
        if not (count.isascii() and count.isdecimal()) or len(count) > 12:
            raise FileError("population_count", file=file, row=number, column=3, found=cells[2])
        groups.setdefault(field, {})[group] = groups.get(field, {}).get(group, 0) + int(count)
    if not groups:
        raise FileError("population_unreadable", file=file)
    return Population(source=file, groups=groups)


def _decoded(content: bytes) -> str:
    """As text: UTF-8, or what Excel's plain csv of a Finnish Windows is."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _is_header(cells: list[str]) -> bool:
    """Whether a first row names columns: a row of data has a number in its third cell."""
    return len(cells) < 3 or not cells[2].replace(" ", "").isdecimal()


def _field(written: str) -> str | None:
    known = ("age", *VOCABULARY)
    if written in known:
        return written
    return _spoken(written, {name: f"data.field.{name}" for name in known})


def _spoken(written: str, codes: dict[str, str]) -> str | None:
    """The id whose word, in any language, was written."""
    for language in LANGUAGES:
        with in_language(language):
            for name, code in codes.items():
                if has_text(code) and text(code).casefold() == written.casefold():
                    return name
    return None


def _group(field: str, written: str) -> str | None:
    if field == "age":
        band = written.replace("-", "–")
        return band if age_band(band) is not None else None
    if written in VOCABULARY[field]:
        return written
    for language in LANGUAGES:
        with in_language(language):
            for name in VOCABULARY[field]:
                if label(field, name).casefold() == written.casefold():
                    return name
    return None
