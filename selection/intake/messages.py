"""Messages: what a person reads of findings, rows set aside and notes, and how findings are grouped for mending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from selection.intake.columns import OWN, ColumnMatch
from selection.intake.results import Finding, Note, SetAside
from selection.model.rules import Rules
from selection.model.titles import with_titles
from selection.texts import format_date, has_text, text

Mend = Literal["accept", "type", "decide", "note"]

#: Findings without a suggestion that a person mends by typing a value.
_TYPED = frozenset(
    {
        "birth_year_missing",
        "year_or_age",
        "year_out_of_range",
        "year_unreadable",
        "age_out_of_range",
        "age_unreadable",
        "age_in_year_column",
        "postal_code_unreadable",
        "postal_code_several",
        "postal_code_short",
        "postal_code_long",
        "code_unknown",
        "gender_unclear",
        "value_unknown",
        "value_negated",
        "value_ambiguous",
        "yes_no_unclear",
        "table_unknown",
        "tick_unclear",
        "roles_refused",
        "no_table",
        "postal_code_ask",
        "organisation_missing",
        "organisation_above",
        "email_unreadable",
        "phone_digits_lost",
        "time_unreadable",
        "name_unusual",
        "name_organisation",
        "cell_error",
    }
)
#: Findings that call for a decision on the row as a whole.
_DECIDED = frozenset(
    {
        "likely_duplicate",
        "duplicates_disagree",
        "test_row",
        "early",
        "late",
        "under_age",
        "over_age",
        "struck_out",
        "withdrawn",
        "status_doubt",
        "consent_missing",
    }
)
_DAYS = ("closes", "opens")


def finding_text(finding: Finding, rules: Rules | None = None) -> str:
    """What is said of a finding, in the language in force; tables by their ids where no ``rules`` give them a title."""
    return text(f"finding.{finding.code}", **_shown(finding.params, rules))


def set_aside_text(row: SetAside) -> str:
    """Why a row was set aside, in the language in force."""
    return text(f"set_aside.{row.code}", **_shown(row.params, None))


def set_aside_because(code: str | None, *, reason: str | None = None, same_as: str | None = None) -> str:
    """Why an application was set aside, from what the records hold of it; ``same_as`` is the place of the row that
    stays, where it is one person's second application."""
    return text(f"set_aside.{code or 'by_hand'}", reason=reason or "–", same_as=same_as or "–", n=0)


def note_text(note: Note, rules: Rules | None = None) -> str:
    """What is told of a file or a sheet, in the language in force; tables as in :func:`finding_text`."""
    return text(f"intake.note.{note.code}", **{"file": note.file, "sheet": note.sheet, **_shown(note.params, rules)})


#: Notes on columns that are said once of all of them, by ``intake.notes.<code>``.
_OF_COLUMNS = ("column_unknown", "column_unnamed", "column_unclear", "column_if_chosen", "column_check")


def note_lines(notes: Iterable[Note], rules: Rules | None = None) -> list[str]:
    """What is told of files and sheets: each text once, and columns of one kind in one sentence."""
    columns: dict[str, list[str]] = {}
    lines: dict[str, str] = {}
    for note in notes:
        if note.code in _OF_COLUMNS:
            shown = _shown(note.params, rules)
            column = str(shown["column"])
            said = (
                text("intake.note.column_and_field", column=column, field=shown["field"])
                if "field" in shown
                else column
            )
            several = columns.setdefault(note.code, [])
            if column not in several:
                several.append(column)
            lines[note.code] = note_text(note, rules)
        else:
            said = note_text(note, rules)
            lines[said] = said
    for code, several in columns.items():
        if len(several) > 1:
            lines[code] = text(f"intake.notes.{code}", columns=", ".join(several))
    return list(lines.values())


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One sentence that is said of several rows: ``places`` the first of them, as ``E5`` or ``12``."""

    sheet: str
    said: str
    places: tuple[str, ...]
    count: int


def finding_lines(findings: Iterable[Finding], rules: Rules | None = None, most: int = 12) -> list[FindingLine]:
    """Findings that say the same of one sheet in one line, with the places of the first ``most``."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        key = (finding.origin.sheet, finding.code, finding_text(finding, rules))
        places.setdefault(key, []).append(finding.cell or str(finding.origin.place))
    return [FindingLine(sheet, said, tuple(rows[:most]), len(rows)) for (sheet, _, said), rows in places.items()]


def reason_text(column: ColumnMatch) -> str:
    """Why a column was taken for its field, or left out."""
    return text(f"intake.reason.{column.reason}", detail=column.detail)


def field_name(field: str) -> str:
    """The name of a field in the language in force; a field of the city's own goes by the name it has."""
    code = f"field.{field}"
    return text(code) if has_text(code) else field.removeprefix(OWN)


def _shown(params: Mapping[str, str | int], rules: Rules | None) -> dict[str, object]:
    """Parameters as a person reads them: dates in the language's form, fields and tables by name, the tab by its
    word."""
    shown: dict[str, object] = dict(params) if rules is None else with_titles(rules, params)
    for name, value in params.items():
        if name in _DAYS:
            shown[name] = format_date(dt.date.fromisoformat(str(value)))
        elif name == "field":
            shown[name] = field_name(str(value))
        elif name == "sensitive":
            shown[name] = text(f"intake.sensitive.{value}")
        elif name == "separator" and value == "\t":
            shown[name] = text("intake.tab")
    return shown


def mend_of(finding: Finding) -> Mend:
    """How a finding is mended: by taking its suggestion, by typing, by a decision on the row, or not at all."""
    if finding.suggestion is not None:
        return "accept"
    if finding.code in _TYPED:
        return "type"
    return "decide" if finding.code in _DECIDED else "note"


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind that are mended in one way."""

    code: str
    mend: Mend
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings by kind and by how they are mended: what can be accepted first, the larger groups before the smaller."""
    groups: dict[tuple[Mend, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((mend_of(finding), finding.code), []).append(finding)
    order: tuple[Mend, ...] = ("accept", "type", "decide", "note")
    found = [FindingGroup(code, mend, tuple(members)) for (mend, code), members in groups.items()]
    return tuple(sorted(found, key=lambda group: (order.index(group.mend), -len(group.findings), group.code)))
