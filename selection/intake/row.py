"""Row: one data row being read; its cells by field, and the findings put down on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.intake.application_sheet import SEARCHED, ApplicationSheet
from selection.intake.columns import ColumnMatch, normalised
from selection.intake.draft import Draft
from selection.intake.layout import address
from selection.intake.legends import meant
from selection.intake.reader import Cell
from selection.intake.results import Finding
from selection.intake.shared_cells import CellPerson
from selection.intake.values.choices import is_declined, is_ticked, yes_or_no
from selection.intake.values.reading import Remark
from selection.intake.wording import is_empty, lexicon, written
from selection.model.people import Origin

#: Longest answer quoted in a finding, in letters.
QUOTED = 200
#: Fields whose answers are only kept, at any length.
FREE_TEXT = ("motivation", "skills", "remarks", "consent")


class Row:
    """One row of a sheet.

    Parameters
    ----------
    index
        The row's index in the sheet, from 0.
    instead
        A person's corrections: field or header → the answer to read.
    person
        The one of several people whom a cell of the row names; ``None`` where the row is one person's.
    """

    def __init__(
        self, sheet: ApplicationSheet, index: int, instead: Mapping[str, str], person: CellPerson | None = None
    ) -> None:
        self.sheet, self.index, self.instead, self.person = sheet, index, instead, person
        self._cells = sheet.layout.sheet.rows[index]
        self._as_written = not (instead or sheet.merged or sheet.dittos or sheet.mapping.values or person)
        self.draft = Draft(Origin(sheet.file, sheet.layout.sheet.name, index + 1), sheet.number, index, person=person)

    def original(self, match: ColumnMatch) -> Cell:
        """What stands in the cell, in the merged cell that covers it, or above the ditto mark; of several people whom
        the row names, what is this one's."""
        cell = self._standing(match)
        return cell if self.person is None else self.person.answer(match, cell)[0]

    def _standing(self, match: ColumnMatch) -> Cell:
        if self.sheet.dittos and (self.index, match.index) in self.sheet.dittos:
            return self.sheet.dittos[self.index, match.index]
        cell = self._cells[match.index] if match.index < len(self._cells) else None
        return self.sheet.merged.get((self.index, match.index)) if cell is None and self.sheet.merged else cell

    def cell(self, match: ColumnMatch) -> Cell:
        """The cell to read: a correction, the answer that a confirmed mapping puts for it, or what stands there."""
        if self._as_written:
            cell = self._cells[match.index] if match.index < len(self._cells) else None
        else:
            for name in (match.header, match.field) if self.instead else ():
                if name and name in self.instead:
                    return self.instead[name]
            cell = self.original(match)
            instead = self.sheet.mapping.values.get(normalised(match.header)) if self.sheet.mapping.values else None
            cell = instead.get(written(cell), cell) if instead else cell
        if match.index in self.sheet.legends:
            cell = meant(cell, self.sheet.legends[match.index])
        if match.index in self.sheet.negative:
            cell = self._denied(match, cell)
        return cell[:SEARCHED] if isinstance(cell, str) and _is_long(match, cell) else cell

    def _denied(self, match: ColumnMatch, cell: Cell) -> Cell:
        """What a cell under a header that denies says: a tick is a no, and a no of a consent denied is a yes."""
        answer = yes_or_no(written(cell)) if not is_empty(cell) else None
        if answer is None:
            return cell
        if answer:
            return str(lexicon("values")["no"][0])
        return str(lexicon("values")["yes"][0]) if match.field == "consent" else None

    def undivided(self) -> Sequence[tuple[ColumnMatch, Cell]]:
        """Answers that leave open whose of the row's people they are."""
        if self.person is None:
            return ()
        cells = ((match, self._standing(match)) for match in self.sheet.columns if match.used)
        return [(match, cell) for match, cell in cells if self.person.answer(match, cell)[1]]

    def long_answers(self) -> Sequence[ColumnMatch]:
        """Columns in use of whose answer only the beginning is searched."""
        if not any(isinstance(cell, str) and len(cell) > SEARCHED for cell in self._cells):
            return ()
        cells = ((match, self.original(match)) for match in self.sheet.columns if match.used)
        return [match for match, cell in cells if isinstance(cell, str) and _is_long(match, cell)]

    def matches(self, field: str) -> tuple[ColumnMatch, ...]:
        """The columns in use of a field, best first."""
        return self.sheet.by_field.get(field, ())

    def first(self, field: str) -> tuple[ColumnMatch | None, Cell]:
        """The best column of a field that is filled in this row, and its cell; the best column if none is."""
        matches = self.matches(field)
        for match in matches:
            cell = self.cell(match)
            if not is_empty(cell):
                return match, cell
        return (matches[0] if matches else None), self.instead.get(field)

    def ticked(self, field: str) -> tuple[list[ColumnMatch], list[ColumnMatch]]:
        """Columns of chosen options of a column-per-option question, and those that hold neither a tick nor nothing."""
        chosen: list[ColumnMatch] = []
        odd: list[ColumnMatch] = []
        for match in self.matches(field):
            if match.option is not None:
                ticked = is_ticked(self.cell(match), match.option)
                if ticked is None:
                    odd.append(match)
                elif ticked:
                    chosen.append(match)
        return chosen, odd

    def declined(self, field: str) -> list[ColumnMatch]:
        """Columns of a column-per-option question that hold a no in words; an empty one, or a 0, is only no tick."""
        options = (match for match in self.matches(field) if match.option is not None)
        return [match for match in options if is_declined(self.cell(match))]

    def answer(self, field: str) -> tuple[ColumnMatch | None, Cell]:
        """The answer to a question in one cell, or its ticked options as one text."""
        matches = self.matches(field)
        best = matches[0] if matches else None
        if field in self.instead:
            return best, self.instead[field]
        if best is None:
            return None, None
        chosen, odd = self.ticked(field) if matches[-1].option is not None else ([], [])
        if chosen or odd:
            texts = [match.option or "" for match in chosen] + [written(self.cell(match)) for match in odd]
            return (chosen or odd)[0], ";".join(texts)
        for match in matches:
            if match.option is None and not is_empty(self.cell(match)):
                if match.index in self.sheet.coded:
                    self.note(match, "code_unknown", written(self.cell(match)))
                    return match, None
                return match, self.cell(match)
        return best, None

    def answers(self, field: str) -> tuple[ColumnMatch | None, str]:
        """The answers of all columns of a field as one text, such as a yes and what it is; the first that says more."""
        best, cell = self.answer(field)
        if field in self.instead or is_empty(cell):
            return best, written(cell)
        more = [(match, self.cell(match)) for match in self.matches(field) if match.option is None and match != best]
        texts = [written(cell), *(written(other) for _, other in more if not is_empty(other))]
        return best, "; ".join(texts)

    def note(
        self,
        match: ColumnMatch | None,
        code: str,
        found: str = "",
        suggestion: str | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> None:
        """Put down a finding at a cell, or on the row as a whole."""
        self.draft.findings.append(
            Finding(
                origin=self.draft.origin,
                code=code,
                column=match.header if match is not None else None,
                cell=address(self.index, match.index) if match is not None else None,
                found=found[:QUOTED],
                suggestion=suggestion,
                params=params or {},
                field=match.field if match is not None else None,
            )
        )

    def remark(self, match: ColumnMatch | None, shown: str, remarks: Sequence[Remark]) -> None:
        """Put down what reading a cell gave rise to."""
        for remark in remarks:
            self.note(match, remark.code, shown, remark.suggestion, remark.params)


def _is_long(match: ColumnMatch, cell: str) -> bool:
    """Whether an answer is too long to be one to a question of facts."""
    return len(cell) > SEARCHED and match.field not in FREE_TEXT
