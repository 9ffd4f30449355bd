"""Legends: what the numbers of a column stand for, told in its header, under the table or on another sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from selection.intake.columns import Header, forms
from selection.intake.layout import Layout
from selection.intake.reader import Book, Cell
from selection.intake.wording import fold, is_empty, written

#: Code → what it stands for.
Legend = Mapping[str, str]

_PAIR = re.compile(
    r"(?<![\d.])(?P<code>\d{1,2})\s*(?:=|:|-|–|→|\))\s*(?P<meaning>[^\d\s=:;,()][^;,()=\n]*?)"
    r"(?=\s*(?:[;,)\n]|$|\s\d{1,2}\s*[=:)–-]))"
)
#: The mark that joins a header with its legend: asterisks, or a raised number.
_MARK = re.compile(r"(\*+|[¹²³⁴⁵⁶⁷⁸⁹])")
#: Values of a column that are codes where nothing says what they stand for.
MOST_CODES = 20


def legend_in(text: str) -> dict[str, str]:
    """The codes that a text explains (``1 = nainen, 2 = mies``), at least two; empty for any other text."""
    found = {match["code"]: match["meaning"].strip(" .") for match in _PAIR.finditer(text)}
    return found if len(found) > 1 else {}


def legends_of(layout: Layout, book: Book) -> dict[int, Legend]:
    """Columns whose answers are all codes of a legend: column → legend."""
    coded = {header.index: codes for header in layout.headers if (codes := _codes(layout.column(header.index)))}
    if not coded:
        return {}
    told = list(_told(layout, book))
    found: dict[int, Legend] = {}
    for header in layout.headers:
        if header.index in coded:
            legend = legend_in(header.text) or _beside(header, told)
            if legend and coded[header.index] <= set(legend):
                found[header.index] = legend
    return found


def is_coded(cells: Sequence[Cell]) -> bool:
    """Whether a column holds numbers from 1 on that only a legend could tell; a column of 0 and 1 is ticked or not."""
    codes = _codes(cells)
    return len(codes) > 1 and "2" in codes and "0" not in codes


def _codes(cells: Sequence[Cell]) -> set[str]:
    """The distinct codes of a column all of whose answers are small whole numbers; empty for any other."""
    found: set[str] = set()
    for cell in cells:
        if is_empty(cell):
            continue
        said = written(cell)
        if len(said) > 2 or not said.isdecimal() or int(said) > MOST_CODES:
            return set()
        found.add(said)
    return found


def _told(layout: Layout, book: Book) -> Iterator[tuple[str, dict[str, str]]]:
    """What stands before each legend under the table or on another sheet, and the legend."""
    below = [layout.sheet.rows[row] for row in layout.data_rows]
    elsewhere = [row for sheet in book.sheets if sheet.name != layout.sheet.name for row in sheet.rows]
    label, listed = "", dict[str, str]()
    for cells in (*below, *elsewhere):
        texts = [written(cell) for cell in cells if not is_empty(cell)]
        said = "; ".join(texts)
        legend = legend_in(said)
        if legend:
            yield said[: _first(said)], legend
        number = next((at for at, one in enumerate(texts) if re.fullmatch(r"\d{1,2}", one)), None)
        if number is not None and len(texts) == number + 2 and number < 2:  # a list: question, code, meaning
            if number == 1 and texts[0] != label:
                if len(listed) > 1:
                    yield label, listed
                label, listed = texts[0], {}
            listed[texts[number]] = texts[number + 1]
        elif len(texts) == 1 and not legend:
            if len(listed) > 1:
                yield label, listed
            label, listed = texts[0], {}
    if len(listed) > 1:
        yield label, listed


def _first(said: str) -> int:
    match = _PAIR.search(said)
    return match.start() if match is not None else len(said)


def _beside(header: Header, told: Sequence[tuple[str, Legend]]) -> Legend:
    """The legend that names a header, or bears its mark; none where two do."""
    mark = _MARK.search(header.text)
    asked = set(forms(header.text))
    named = [legend for label, legend in told if label and asked & set(forms(label))]
    if not named and mark is not None:
        named = [legend for label, legend in told if (own := _MARK.search(label)) is not None and own[1] == mark[1]]
    return named[0] if len(named) == 1 else {}


def meant(cell: Cell, legend: Legend | None) -> Cell:
    """What a code of a legend stands for; any other cell as it is."""
    return cell if legend is None or is_empty(cell) else legend.get(fold(written(cell)), cell)
