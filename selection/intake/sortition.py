"""The sortition field's files: quotas (categories.csv) and respondents → rules of one table, and applications."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selection.errors import FileError
from selection.intake.layout import address
from selection.intake.reader import Book, Cell, read_books
from selection.intake.results import Application, Finding, Intake, Note, SourceFile
from selection.pool import Applicant, Origin, Role
from selection.rules import Rules

#: Headers of the quotas, as the field's tools write and read them.
CATEGORY = ("category", "feature")
VALUE = ("name", "value", "category value", "category_value", "category-value")
LEAST, MOST, FLEX = "min", "max", ("min_flex", "max_flex")

#: The tools of the field write plain text; other files are not opened to see.
SUFFIXES = (".csv", ".tsv", ".txt")

#: The one table's id.
TABLE = "panel"

#: Headers of a name, in the order in which its parts are written.
NAMES = (("first_name", "last_name"), ("first name", "last name"), ("name",), ("full_name",), ("nimi",))


@dataclass(frozen=True, slots=True)
class Quota:
    """At least and at most so many of one value of a category."""

    category: str
    value: str
    least: int
    most: int

    @property
    def field(self) -> str:
        """The pool's field: apart from the product's own fields, which may have the same name."""
        return f"category.{self.category}"


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
        if the files are not two, a column or a number is missing, or the size is not known.
    """
    if not 1 <= len(paths) <= 2 or any(Path(path).suffix.lower() not in SUFFIXES for path in paths):
        return None
    books = read_books([Path(path) for path in paths])
    quotas_at = [number for number, book in enumerate(books) if _heads(book) and _quota_columns(_heads(book))]
    if not quotas_at:
        return None
    if len(books) != 2 or len(quotas_at) != 1:
        raise FileError("sortition_pair", file=books[quotas_at[0]].name)
    categories, respondents = books[quotas_at[0]], books[1 - quotas_at[0]]
    quotas = _quotas(categories)
    if size is None:
        size = base.members.aim if base is not None else _size(quotas, categories.name)
    rules = _rules(quotas, size, base, Path(categories.name).stem)
    return rules, _intake(books, categories, respondents, quotas)


def _heads(book: Book) -> list[str]:
    rows = book.sheets[0].rows if book.sheets else ()
    return [_text(cell).lower() for cell in rows[0]] if rows else []


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _quota_columns(heads: Sequence[str]) -> tuple[int, int, int, int] | None:
    """The columns of category, value, least and most; ``None`` if these are not quotas."""
    category = next((heads.index(one) for one in CATEGORY if one in heads), None)
    value = next((heads.index(one) for one in VALUE if one in heads), None)
    if category is None or value is None or LEAST not in heads or MOST not in heads:
        return None
    return category, value, heads.index(LEAST), heads.index(MOST)


def _quotas(book: Book) -> tuple[Quota, ...]:
    columns = _quota_columns(_heads(book))
    assert columns is not None
    quotas: list[Quota] = []
    for number, row in enumerate(book.sheets[0].rows[1:], start=2):
        category, value, least, most = (_text(row[column]) if column < len(row) else "" for column in columns)
        if not any((category, value, least, most)):
            continue
        for header, written in ((LEAST, least), (MOST, most)):
            if not re.fullmatch(r"\d{1,6}", written):
                raise FileError("sortition_number", file=book.name, row=number, column=header)
        if not category or not value or any((one.category, one.value) == (category, value) for one in quotas):
            raise FileError("sortition_value", file=book.name, row=number)
        if int(least) > int(most):
            raise FileError("sortition_least_over_most", file=book.name, row=number, least=least, most=most)
        quotas.append(Quota(category, value, int(least), int(most)))
    if not quotas:
        raise FileError("sortition_empty", file=book.name)
    return tuple(quotas)


def _size(quotas: Sequence[Quota], file: str) -> int:
    """The one size that the sums of all categories' quotas allow."""
    sums = [
        (
            sum(one.least for one in quotas if one.category == name),
            sum(one.most for one in quotas if one.category == name),
        )
        for name in dict.fromkeys(one.category for one in quotas)
    ]
    low, high = max(least for least, _ in sums), min(most for _, most in sums)
    if low > high:
        raise FileError("sortition_sums", file=file, least=low, most=high)
    if low < high:
        raise FileError("sortition_size", file=file, least=low, most=high)
    return low


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
        "lottery": base.lottery.model_dump() if base is not None else {},
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


def _intake(books: Sequence[Book], categories: Book, respondents: Book, quotas: Sequence[Quota]) -> Intake:
    sheet = respondents.sheets[0]
    heads = _heads(respondents)
    known: dict[str, dict[str, str]] = {}
    for one in quotas:
        known.setdefault(one.category, {})[one.value.casefold()] = one.value
    places: dict[str, int] = {}
    for category in known:
        if " ".join(category.lower().split()) not in heads:
            raise FileError("sortition_column", file=respondents.name, column=category)
        places[category] = heads.index(" ".join(category.lower().split()))
    named = next(([heads.index(part) for part in parts] for parts in NAMES if all(p in heads for p in parts)), [0])
    applications: list[Application] = []
    findings: list[Finding] = []
    alike: dict[str, int] = {}
    for number, row in enumerate(sheet.rows[1:], start=2):
        cells = [_text(cell) for cell in row]
        if not any(cells):
            continue
        cells += [""] * (len(heads) - len(cells))
        content = "\n".join(cells)
        alike[content] = alike.get(content, 0) + 1
        # The same in every order of rows: of rows alike in all cells it does not matter which is which.
        key = hashlib.sha256(f"{alike[content]}\n{content}".encode()).hexdigest()[:16]
        origin = Origin(respondents.name, sheet.name, number)
        values: dict[str, tuple[str, ...]] = {}
        for category, place in places.items():
            value = known[category].get(cells[place].casefold())
            if value is not None:
                values[f"category.{category}"] = (value,)
            else:
                cell = address(number - 1, place)
                findings.append(Finding(origin, "sortition_value", category, cell, cells[place], person=key))
        name = " ".join(cells[place] for place in named if cells[place])
        applicant = Applicant(key, name, origin, (TABLE,), True, frozenset({Role.MEMBER}), values=values)
        applications.append(Application(applicant))
    if not applications:
        raise FileError("sortition_empty", file=respondents.name)
    notes = [Note(categories.name, "", "sortition_flex")] if set(FLEX) & set(_heads(categories)) else []
    return Intake(
        files=tuple(SourceFile(book.name, book.sha256) for book in books),
        rows=len(applications),
        applications=tuple(applications),
        findings=tuple(findings),
        asked=frozenset(one.field for one in quotas),
        notes=tuple(notes),
    )
