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
    """The population of a CSV with a header row; fields and groups by the product's own ids or by their words.

    Raises
    ------
    FileError
        if the file is no such table; ``row`` and ``found`` name the first row that cannot be used.
    """
    try:
        written = content[:_MOST].decode("utf-8-sig")
        first = written.splitlines()[0]
    except (UnicodeDecodeError, IndexError):
        raise FileError("population_unreadable", file=file) from None
    separator = ";" if ";" in first else "\t" if "\t" in first else ","
    groups: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(written, newline=""), delimiter=separator), start=1):
        if number == 1 or not any(cell.strip() for cell in row):
            continue
        cells = [" ".join(cell.split()) for cell in row[:3]]
        field = _field(cells[0])
        group = _group(field, cells[1]) if field is not None and len(cells) == 3 else None
        count = cells[2].replace(" ", "") if len(cells) == 3 else ""
        if field is None or group is None or not count.isdecimal():
            raise FileError("population_row", file=file, row=number, found=separator.join(cells))
        groups.setdefault(field, {})[group] = groups.get(field, {}).get(group, 0) + int(count)
    if not groups:
        raise FileError("population_unreadable", file=file)
    return Population(source=file, groups=groups)


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
