"""The sortition field's files: quotas (categories.csv) and respondents → rules of one table, and applications."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from selection.errors import FileError, PairError, Problem
from selection.intake.layout import address
from selection.intake.quotas import FLEX, Quota, cell_text, heads_of, quota_columns, read_quotas, size_by_quotas
from selection.intake.reader import Book, in_job, read_books
from selection.intake.results import Application, Finding, Intake, Note, SetAside, SourceFile
from selection.model.people import Applicant, Origin, Role
from selection.model.rules import Rules
from selection.model.spelling import Spellings, folded, spelled

#: The tools of the field write plain text; other files are not opened to see.
SUFFIXES = (".csv", ".tsv", ".txt")

#: The one table's id.
TABLE = "panel"

#: Headers of a name, in the order in which its parts are written.
NAMES = (("first_name", "last_name"), ("first name", "last name"), ("name",), ("full_name",), ("nimi",))

#: Headers of a respondent's id, wherever the column stands; the first column may also be called otherwise.
IDS = ("id", "nationbuilder_id", "respondent_id", "person_id", "participant_id", "vastaajatunnus")
FIRST_ID = re.compile(r"(?!.*(house|address|area|talou|alue|osoite))((.*[ _-])?id|.*tunnus|.*tunniste)")

#: The finding on a value that is in no quota.
UNKNOWN = "sortition_value"

#: Rows listed at most of one fault, and letters told of a cell.
MOST_ROWS, MOST_LETTERS = 20, 40


def read_sortition(
    paths: Sequence[Path], *, size: int | None = None, base: Rules | None = None
) -> tuple[Rules, Intake] | None:
    """Rules and intake of a pair of files, known by their headers; ``None`` if no file holds quotas.

    Parameters
    ----------
    size
        Seats of the panel; by default those of ``base``, or what the sums of the quotas leave as the only one.
    base
        Rules whose size and seed are taken.

    Raises
    ------
    FileError
        if the files are not two, or the size is not known.
    PairError
        if columns or numbers are missing, or one id stands on two rows: every faulty row at once; a single one is a
        :class:`FileError` of its own.
    """
    if not 1 <= len(paths) <= 2 or any(Path(path).suffix.lower() not in SUFFIXES for path in paths):
        return None
    found: tuple[Rules, Intake] | None = in_job(_read, [Path(path) for path in paths], size, base)
    return found


def _read(paths: Sequence[Path], size: int | None, base: Rules | None) -> tuple[Rules, Intake] | None:
    books = read_books(paths)
    quotas_at = [number for number, book in enumerate(books) if heads_of(book) and quota_columns(heads_of(book))]
    if not quotas_at:
        return None
    if len(books) != 2 or len(quotas_at) != 1:
        raise FileError("sortition_pair", file=books[quotas_at[0]].name)
    categories, respondents = books[quotas_at[0]], books[1 - quotas_at[0]]
    quotas, problems = read_quotas(categories)
    intake = _intake(books, categories, respondents, quotas, problems)
    if size is None:
        size = base.members.aim if base is not None else size_by_quotas(quotas, categories.name)
    return _rules(quotas, size, base, Path(categories.name).stem), intake


def _rules(quotas: Sequence[Quota], size: int, base: Rules | None, name: str) -> Rules:
    ids: list[str] = []
    for one in quotas:
        written = re.sub(r"[^\w]+", "-", f"{one.category}-{one.value}").strip("-") or "quota"
        ids.append(written if written not in ids else f"{written}-{len(ids) + 1}")
    content: dict[str, Any] = {
        "name": base.name if base is not None else name,
        "tables": [{"id": TABLE}],
        "members": {"least": size, "aim": size},
        # No age is computed: the quotas name the categories' own values.
        "eligibility": {"age_on": "2000-01-01"},
        "lottery": base.lottery.model_dump(exclude_unset=True) if base is not None else {},
        "requirements": [
            {
                "id": id,
                "title": f"{one.category}: {one.value}",
                "field": one.field,
                "values": [one.value],
                "body": "members",
                "at_least": one.least,
                "at_most": one.most,
            }
            for id, one in zip(ids, quotas, strict=True)
        ],
    }
    return Rules.model_validate(content)


def _intake(
    books: Sequence[Book], categories: Book, respondents: Book, quotas: Sequence[Quota], problems: Sequence[Problem]
) -> Intake:
    """The respondents as applications.

    Raises
    ------
    FileError
        if a column is missing, one id stands on two rows, or there are ``problems`` of the quotas: all at once.
    """
    sheet = respondents.sheets[0]
    heads = heads_of(respondents)
    known = {
        name: Spellings(quota.value for quota in quotas if quota.category == name)
        for name in dict.fromkeys(quota.category for quota in quotas)
    }
    places: dict[str, int] = {}
    problems = list(problems)
    for category in known:
        times = heads.count(folded(category))
        if times == 1:
            places[category] = heads.index(folded(category))
        else:
            code = "sortition_column_twice" if times else "sortition_column"
            problems.append(Problem(code, {"file": respondents.name, "column": category}))
    problems += _same_ids(respondents, heads, set(places.values()))
    if len(problems) == 1:
        raise FileError(problems[0].code, **problems[0].params)
    if problems:
        raise PairError("sortition_problems", problems, n=len(problems))
    named = next(([heads.index(part) for part in parts] for parts in NAMES if all(p in heads for p in parts)), [0])
    applications: list[Application] = []
    findings: list[Finding] = []
    alike: dict[str, int] = {}
    for number, cells in _people(respondents, len(heads)):
        content = "\n".join(cells)
        alike[content] = alike.get(content, 0) + 1
        # The same in every order of rows: of rows alike in all cells it does not matter which is which.
        key = hashlib.sha256(f"{alike[content]}\n{content}".encode()).hexdigest()[:16]
        origin = Origin(respondents.name, sheet.name, number)
        values: dict[str, tuple[str, ...]] = {}
        for category, place in places.items():
            value = known[category].find(cells[place])
            if value is not None:
                values[f"category.{category}"] = (value,)
            else:
                cell = address(number - 1, place)
                findings.append(Finding(origin, UNKNOWN, category, cell, cells[place], person=key))
        name = " ".join(cells[place] for place in named if cells[place])
        applicant = Applicant(key, name, origin, (TABLE,), True, frozenset({Role.MEMBER}), values=values)
        applications.append(Application(applicant))
    if not applications:
        raise FileError("sortition_empty", file=respondents.name)
    notes = [Note(categories.name, "", "sortition_flex")] if set(FLEX) & set(heads_of(categories)) else []
    return Intake(
        files=tuple(SourceFile(book.name, book.sha256) for book in books),
        rows=len(applications),
        applications=tuple(applications),
        findings=tuple(findings),
        asked=frozenset(one.field for one in quotas),
        notes=tuple(notes),
    )


def _people(respondents: Book, width: int) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty: its number and its cells as written, one for each header."""
    for number, row in enumerate(respondents.sheets[0].rows[1:], start=2):
        cells = [cell_text(cell) for cell in row]
        if any(cells):
            yield number, cells + [""] * (width - len(cells))


def _same_ids(respondents: Book, heads: Sequence[str], categories: Collection[int]) -> list[Problem]:
    """Ids that stand on several rows: one person must not have two seats, or two chances of one."""
    column = next((heads.index(name) for name in IDS if name in heads), None)
    if column is None and heads and FIRST_ID.fullmatch(heads[0]):
        column = 0
    if column is None or column in categories:
        return []
    rows: dict[str, list[int]] = {}
    for number, cells in _people(respondents, len(heads)):
        if id := spelled(cells[column]):
            rows.setdefault(id, []).append(number)
    return [
        Problem("sortition_id_twice", {"file": respondents.name, "column": heads[column], "rows": rows_text(numbers)})
        for numbers in rows.values()
        if len(numbers) > 1
    ]


def rows_text(rows: Sequence[int]) -> str:
    """Row numbers in a list, the first of many."""
    return ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")


def unknown_values(intake: Intake, rules: Rules) -> list[Problem]:
    """The values of respondents that are in no quota: each with its column, its rows and the values of the quotas."""
    rows: dict[tuple[str, str], list[int]] = {}
    for finding in intake.findings:
        if finding.code == UNKNOWN and finding.column is not None:
            rows.setdefault((finding.column, finding.found), []).append(finding.origin.row)
    files = {finding.origin.file for finding in intake.findings if finding.code == UNKNOWN}
    quotas: dict[str, list[str]] = {}
    for rule in rules.requirements:
        quotas.setdefault(rule.fields[0], []).extend(rule.values)
    return [
        Problem(
            "sortition_unknown_value" if found else "sortition_no_value",
            {
                "file": ", ".join(sorted(files)),
                "column": column,
                "found": found[:MOST_LETTERS],
                "rows": rows_text(numbers),
                "n": len(numbers),
                "known": ", ".join(quotas.get(f"category.{column}", ())),
            },
        )
        for (column, found), numbers in rows.items()
    ]


def without_unknown(intake: Intake) -> Intake:
    """The intake without the respondents who have a value that is in no quota: they are set aside, and listed."""
    people = {finding.person for finding in intake.findings if finding.code == UNKNOWN}
    aside = [one for one in intake.applications if one.key in people]
    return replace(
        intake,
        applications=tuple(one for one in intake.applications if one.key not in people),
        set_aside=(
            *intake.set_aside,
            *(SetAside(one.origin, "unknown_value", key=one.key, application=one) for one in aside if one.origin),
        ),
    )
