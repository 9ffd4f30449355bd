"""What the sheets of a workbook show beside what they must: rows that do not fit the people they name, the rules, or
what the program wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from selection.outputs.checkable import Checkable, cells_as_text, row_digest
from selection.outputs.checkable_parsing import is_checkable
from selection.outputs.people import Details, People
from selection.outputs.readback import SheetCells, rows_of_table
from selection.outputs.rosters import roster_lines
from selection.outputs.sheets import Line
from selection.outputs.verification import FigureDifference, Verification
from selection.outputs.workbook import not_proposed_lines, rule_lines
from selection.texts import LANGUAGES, in_language, text
from selection.version import __version__


@dataclass(frozen=True)
class Shown:
    """What was found on the sheets.

    Attributes
    ----------
    differences
        Sheets of which rows are other than they must be, or are gone.
    more
        Sheets that the program did not write.
    uncomputed
        Sheets that cannot be made again from the applications: their rows were held against what was recorded of them.
    recorded
        Whether the workbook records how its rows were written: older ones do not.
    """

    differences: tuple[FigureDifference, ...]
    more: tuple[str, ...]
    uncomputed: tuple[str, ...]
    recorded: bool

    @property
    def holds(self) -> bool:
        """Whether every row is as it must be."""
        return not self.differences and not self.more


def shown_in(
    recorded: Checkable, found: Verification, sheets: Sequence[SheetCells], details: Mapping[str, Details]
) -> Shown:
    """Hold every sheet against the applications where it follows from them, and else against what was recorded.

    Parameters
    ----------
    details
        Person key → what only people read, as the applications tell it.
    """
    own = [title for title, rows in sheets if is_checkable(rows)]
    others = [(title, rows) for title, rows in sheets if title not in own]
    known = set(recorded.images)
    computed = _computed(recorded, found, details)
    tables = {title for code, title in recorded.layout.items() if code.startswith("sheet.")}
    differences: list[FigureDifference] = []
    for title, rows in others:
        image = recorded.images.get(title, ())
        if title in tables and title in computed:
            rows_other, gone = _table_differs(recorded, found, rows, computed[title], image)
        else:
            rows_other, gone = _image_differs(rows, image) if image else ((), 0)
            if title in computed:
                lines_other, lines_gone = _lines_differ(rows, computed[title])
                rows_other, gone = tuple(sorted({*rows_other, *lines_other})), max(gone, lines_gone)
        if rows_other or gone:
            differences.append(FigureDifference(title, rows_other, gone))
    titles = [title for title, _ in sheets]
    differences += [FigureDifference(title, missing=True) for title in recorded.images if title not in titles]
    figures = {title for code, title in recorded.layout.items() if code.startswith("figures.")}
    return Shown(
        tuple(differences),
        tuple(title for title, _ in others if known and title not in known) + tuple(own[:-1]),
        tuple(title for title in recorded.images if title not in computed and title not in figures),
        bool(known),
    )


def _computed(
    recorded: Checkable, found: Verification, details: Mapping[str, Details]
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Sheet → its rows under the header, of the sheets that follow from applications, rules and roster. Words are told
    by another version in other words: then only the tables' sheets."""
    if recorded.language not in LANGUAGES:
        return {}
    amended = {one.key for one in recorded.amendments}
    told = {key: replace(one, organisation="") if key in amended else one for key, one in details.items()}
    with in_language(recorded.language):
        people = People.of(found.roster, told)
        lines = {
            title: roster_lines(people, code.removeprefix("sheet."))
            for code, title in recorded.layout.items()
            if code.startswith("sheet.")
        }
        made = {title: _text_of(several) for title, several in lines.items()}
        if recorded.versions.get("selection") == __version__:
            made[text("workbook.rules")] = _text_of(rule_lines(found.written))
            if not amended:
                made[text("workbook.not_proposed")] = _text_of(not_proposed_lines(People.of(found.written, told)))
    return made


def _text_of(lines: Iterable[Line]) -> tuple[tuple[str, ...], ...]:
    return tuple(cells_as_text(line.values) for line in lines)


def _table_differs(
    recorded: Checkable,
    found: Verification,
    rows: Sequence[Sequence[object]],
    wanted: Sequence[tuple[str, ...]],
    image: Sequence[str],
) -> tuple[tuple[int, ...], int]:
    """Rows of a table's sheet that do not tell what the applications say of the people they name. A row of somebody
    whose data people changed may also stand as it was written, and so must every row that names nobody for a seat."""
    amended = {one.key for one in recorded.amendments}
    names = {cells_as_text((one.name,)) for one in found.roster.pool.applicants if one.key in amended}
    left, written = Counter(wanted), Counter(image)
    other: list[int] = []
    for row in rows_of_table(rows, recorded):
        cells = cells_as_text(row.cells)
        if not any(cells):
            continue
        of_amended = any((cell,) in names for cell in cells)
        digest = row_digest(row.cells)
        if row.is_seat and left[cells] > 0:
            left[cells] -= 1
        elif (not row.is_seat or of_amended) and (written[digest] > 0 or not image):
            written[digest] -= 1
        else:
            other.append(row.number)
    return tuple(other), 0


def _lines_differ(rows: Sequence[Sequence[object]], wanted: Sequence[tuple[str, ...]]) -> tuple[tuple[int, ...], int]:
    """Rows under the header that are not the lines, in their order; and how many lines are not there."""
    here = [cells_as_text(row) for row in rows[1:]]
    return _in_order(here, list(wanted), 2)


def _image_differs(rows: Sequence[Sequence[object]], image: Sequence[str]) -> tuple[tuple[int, ...], int]:
    return _in_order([row_digest(row) for row in rows], list(image), 1)


def _in_order(here: Sequence[object], wanted: Sequence[object], first: int) -> tuple[tuple[int, ...], int]:
    """Places, numbered from ``first``, of what stands here and is not wanted there; and how much of that is gone."""
    other: list[int] = []
    gone = 0
    for what, start, end, least, most in SequenceMatcher(None, wanted, here, autojunk=False).get_opcodes():
        if what != "equal":
            other += range(first + least, first + most)
            gone += max((end - start) - (most - least), 0)
    return tuple(other), gone
