"""The sortition field's files: quotas (categories.csv) and respondents → rules of one table, and applications."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from selection.errors import FileError, PairError, Problem
from selection.intake.households import FIELD as HOUSEHOLD
from selection.intake.households import household_columns, household_of
from selection.intake.layout import address
from selection.intake.pair_files import MOST_FILES, PairFiles, may_be_pair, pair_files
from selection.intake.pair_people import Ids, Selected, ids_of, name_columns, people_of, rows_text
from selection.intake.quotas import FLEX, Quota, heads_of, read_quotas, size_by_quotas
from selection.intake.reader import Book, in_job, read_books
from selection.intake.results import Application, Finding, Intake, Note, SetAside, SourceFile
from selection.model.people import Applicant, Origin, Role
from selection.model.rules import Rules
from selection.model.spelling import Spellings, folded
from selection.texts import text

#: The one table's id.
TABLE = "panel"

#: The finding on a value that is in no quota.
UNKNOWN = "sortition_value"

#: Letters told of a cell.
MOST_LETTERS = 40


def read_sortition(
    paths: Sequence[Path],
    *,
    size: int | None = None,
    base: Rules | None = None,
    one_per_household: bool = True,
) -> tuple[Rules, Intake] | None:
    """Rules and intake of a pair of files, known by their headers; ``None`` if no file holds quotas.

    The tables may be text files or sheets of workbooks. A third one, whose name says so, lists people selected already:
    they and their households are not among those to choose from.

    Parameters
    ----------
    one_per_household
        Whether at most one respondent of a household is selected, where the file tells households or addresses.
    size
        Seats of the panel; by default those of ``base``, or what the sums of the quotas leave as the only one.
    base
        Rules whose size and seed are taken.

    Raises
    ------
    FileError
        if it cannot be told which table is which, or the size is not known.
    PairError
        if columns or numbers are missing, or one id stands on two rows: every faulty row at once; a single one is a
        :class:`FileError` of its own.
    """
    found: tuple[Rules, Intake] | None = (
        in_job(_read, [Path(path) for path in paths], size, base, one_per_household)
        if 1 <= len(paths) <= MOST_FILES
        else None
    )
    return found


def _read(
    paths: Sequence[Path], size: int | None, base: Rules | None, one_per_household: bool
) -> tuple[Rules, Intake] | None:
    if not may_be_pair(paths):
        return None
    books = read_books(paths)
    files = pair_files(books)
    if files is None:
        return None
    quotas, problems = read_quotas(files.categories)
    intake = _intake(books, files, quotas, problems, one_per_household)
    if size is None:
        size = base.members.aim if base is not None else size_by_quotas(quotas, files.categories.name)
    households = one_per_household and HOUSEHOLD in intake.asked
    return _rules(quotas, size, base, Path(files.categories.name).stem, households), intake


def _rules(quotas: Sequence[Quota], size: int, base: Rules | None, name: str, households: bool) -> Rules:
    ids: list[str] = []
    one_each = {"id": HOUSEHOLD, "title": text("sortition.household"), "field": HOUSEHOLD, "each": True}
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
                "at_least_flex": one.least_flex,
                "at_most_flex": one.most_flex,
            }
            for id, one in zip(ids, quotas, strict=True)
        ]
        + ([{**one_each, "body": "members", "at_most": 1}] if households else []),
    }
    return Rules.model_validate(content)


def _intake(
    books: Sequence[Book],
    files: PairFiles,
    quotas: Sequence[Quota],
    problems: Sequence[Problem],
    one_per_household: bool,
) -> Intake:
    """The respondents as applications.

    Raises
    ------
    FileError
        if a column is missing, one id stands on two rows, or there are ``problems`` of the quotas: all at once.
    """
    respondents = files.respondents
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
    ids = ids_of(respondents, heads, set(places.values()))
    problems += ids.problems
    if len(problems) == 1:
        raise FileError(problems[0].code, **problems[0].params)
    if problems:
        raise PairError("sortition_problems", problems, n=len(problems))
    named = name_columns(heads)
    home = household_columns(heads)
    already = Selected.of(files.selected, heads, ids.column)
    applications: list[Application] = []
    aside: list[SetAside] = []
    findings: list[Finding] = []
    alike: dict[str, int] = {}
    homes: dict[str, tuple[str, ...]] = {}
    for number, cells in people_of(respondents, len(heads)):
        content = "\n".join(cells)
        alike[content] = alike.get(content, 0) + 1
        # The same in every order of rows: of rows alike in all cells it does not matter which is which.
        key = hashlib.sha256(f"{alike[content]}\n{content}".encode()).hexdigest()[:16]
        origin = Origin(respondents.name, sheet.name, number)
        values: dict[str, tuple[str, ...]] = {}
        unknown: list[Finding] = []
        for category, place in places.items():
            value = known[category].find(cells[place])
            if value is not None:
                values[f"category.{category}"] = (value,)
            else:
                cell = address(number - 1, place)
                unknown.append(Finding(origin, UNKNOWN, category, cell, cells[place], person=key))
        name = " ".join(cells[place] for place in named if cells[place])
        applicant = Applicant(key, name, origin, (TABLE,), True, frozenset({Role.MEMBER}), values=values)
        application = Application(applicant)
        lives = household_of(cells, home)
        if number in ids.repeats:
            first = Origin(respondents.name, sheet.name, ids.repeats[number])
            aside.append(SetAside(origin, "same_row", {"same_as": first.row}, first, key, application))
        elif already.has(cells, ids.column, named):
            aside.append(SetAside(origin, "selected_already", key=key, application=application))
        elif lives is not None and lives in already.homes:
            aside.append(SetAside(origin, "selected_household", key=key, application=application))
        else:
            applications.append(application)
            findings += unknown
            if lives is not None:
                homes[key] = lives
    if not applications:
        raise FileError("sortition_empty", file=respondents.name)
    # Numbers in place of addresses, the same in every order of rows.
    numbers = {lives: str(number) for number, lives in enumerate(sorted(set(homes.values())), start=1)}
    applications = [_living(one, numbers[homes[one.key]]) if one.key in homes else one for one in applications]
    asked = [one.field for one in quotas]
    return Intake(
        files=tuple(SourceFile(book.name, book.sha256) for book in books),
        rows=len(applications) + len(aside),
        applications=tuple(applications),
        set_aside=tuple(aside),
        findings=tuple(findings),
        asked=frozenset([*asked, HOUSEHOLD] if homes else asked),
        notes=tuple(_notes(files, ids, already, aside, len(homes) - len(numbers) if one_per_household else 0)),
    )


def _living(application: Application, household: str) -> Application:
    """The application with the number of its household."""
    values = {**application.applicant.values, HOUSEHOLD: (household,)}
    return replace(application, applicant=replace(application.applicant, values=values))


def _notes(files: PairFiles, ids: Ids, already: Selected, aside: Sequence[SetAside], sharing: int) -> Iterator[Note]:
    """What is told of the pair as a whole."""
    respondents = files.respondents.name
    if set(FLEX) <= set(heads_of(files.categories)):
        yield Note(files.categories.name, "", "sortition_flex")
    if ids.without:
        params: dict[str, str | int] = {"rows": rows_text(ids.without), "n": len(ids.without)}
        yield Note(respondents, "", "sortition_no_id", params)
    if ids.alike:
        yield Note(respondents, "", "sortition_alike", {"rows": rows_text(ids.alike), "n": len(ids.alike)})
    if ids.repeats:
        yield Note(
            respondents, "", "sortition_same_rows", {"rows": rows_text(sorted(ids.repeats)), "n": len(ids.repeats)}
        )
    if sharing:
        yield Note(respondents, "", "sortition_household", {"n": sharing})
    if files.selected is not None:
        out = sum(one.code in ("selected_already", "selected_household") for one in aside)
        yield Note(files.selected.name, "", "sortition_selected", {"n": already.count, "out": out})


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
