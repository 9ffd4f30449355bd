"""Separated text: the encoding and the separator are found, and told."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .encodings import decoded
from .limits import MAX_ROWS, Params, Refused, check_size, cut

SEPARATORS = (";", "\t", ",", "|")
TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_SAMPLE = 20_000
_SAMPLED_ROWS = 20


def parse_text(data: bytes, suffix: str) -> Params:
    """A file of separated text; ``suffix`` tells whether its name says it is one.

    Raises
    ------
    Refused
        if it is not text, or is neither a table nor named as one.
    """
    encoding, text, certain = decoded(data)
    sample = text[:_SAMPLE]
    if sum(1 for letter in sample if ord(letter) < 32 and letter not in "\t\r\n\f\v") > len(sample) // 100:
        raise Refused("not_a_spreadsheet")
    text = text.replace("\0", "")
    first_line, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first_line)
    if told is not None:  # a line for Excel, which does not count it as a row
        text, separator, even = rest, told.group(1), True
    else:
        separator, even = separator_of(sample)
    if not even and suffix not in TEXT_ENDINGS:
        raise Refused("not_a_spreadsheet")
    csv.field_size_limit(10_000_000)
    rows: list[list[Any]] = []
    begins, lines = 0, text.count("\n") + (not text.endswith("\n"))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        for record in reader:
            if reader.line_num - begins > 1:
                _check_quotes(record, separator, begins + 1 + (told is not None))
                if reader.line_num >= lines and _is_open(text, begins, separator):
                    raise Refused("quote_never_closed", line=begins + 1 + (told is not None))
            begins = reader.line_num
            rows.append([cell if cell.strip() else None for cell in record])
            if len(rows) > 20 * MAX_ROWS:
                raise Refused("too_many_rows", sheet="", most=MAX_ROWS)
    except csv.Error:
        raise Refused("damaged") from None
    cut(rows)
    check_size(rows, "", len(text))
    sheet = {"name": "", "hidden": False, "rows": rows}
    return {"kind": "csv", "encoding": encoding, "encoding_certain": certain, "separator": separator, "sheets": [sheet]}


def _check_quotes(record: Sequence[str], separator: str, line: int) -> None:
    """Refuse a cell of several lines that are rows themselves: a quote was not closed before them."""
    for cell in record:
        swallowed = [part for part in cell.splitlines()[1:] if part.count(separator) >= max(len(record) - 1, 3)]
        if len(swallowed) > 1 or (swallowed and len(record) < 3):
            raise Refused("quote_never_closed", line=line)


def _is_open(text: str, begins: int, separator: str) -> bool:
    """Whether the text from a line on ends within a quoted cell."""
    rest = "".join(text.splitlines(keepends=True)[begins:])
    try:
        for _ in csv.reader(io.StringIO(rest, newline=""), delimiter=separator, skipinitialspace=True, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def separator_of(sample: str) -> tuple[str, bool]:
    """The separator that gives the most even rows, and whether it gives a table at all."""
    best: tuple[float, int, str] = (0.0, 1, ";")
    several = False
    for separator in SEPARATORS:
        counts: list[int] = []
        try:
            for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True):
                if any(cell.strip() for cell in record):
                    counts.append(len(record))
                if len(counts) > _SAMPLED_ROWS:
                    break
        except csv.Error:
            continue
        if len(counts) > 2 and len(sample) == _SAMPLE:
            counts.pop()  # the sample may end within a record
        wide = Counter(width for width in counts if width > 1)  # a title or a note is a record of one cell
        if not wide:
            continue
        fields, often = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
        if (found := (often / len(counts), fields, separator)) > best:
            best, several = found, often > 1 and fields > 2  # a header and a row, under titles of one cell
    evenness, fields, separator = best
    return separator, fields > 1 and (evenness >= 0.6 or several)
