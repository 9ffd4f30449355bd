"""Rows: one data row of a sheet → what the person said, and what to look at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selection.intake.columns import OWN, ColumnMatch, normalised
from selection.intake.identity import name_tokens, person_key
from selection.intake.layout import Layout, address
from selection.intake.mapping import Mapping as ColumnMapping
from selection.intake.matching import Matcher
from selection.intake.reader import Cell
from selection.intake.results import Finding
from selection.intake.values.ages import Age, read_age
from selection.intake.values.choices import (
    is_ticked,
    read_choice,
    read_gender,
    read_mother_tongue,
    read_served,
    read_situation,
    read_yes_no,
    without_special,
    yes_or_no,
)
from selection.intake.values.moments import read_moments
from selection.intake.values.names import read_name
from selection.intake.values.officials import read_official, without_parties
from selection.intake.values.organisations import Organisation, read_organisation
from selection.intake.values.places import is_post_office_box, read_district, read_postal_code
from selection.intake.values.reading import Reading, Remark
from selection.intake.values.seats import BOTH, read_roles
from selection.intake.values.wishes import TableNames, Wishes, read_wishes
from selection.intake.wording import fold, is_empty, written
from selection.pool import Origin, Role

if TYPE_CHECKING:
    from selection.rules import Rules

_EMAIL = re.compile(r"[^\s@;,<>()]+@[^\s@;,<>()]+\.[A-Za-z]{2,}")
_AGE_FIELDS = ("birth_year", "birth_date", "age", "age_group")


@dataclass(slots=True)
class Draft:
    """What one row says, while it is being put together."""

    origin: Origin
    row: int
    name: str = ""
    email: str = ""
    phone: str = ""
    birth_year: int | None = None
    age_stated: tuple[int, int | None] | None = None
    wishes: Wishes = Wishes()
    roles: frozenset[Role] = BOTH
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: Organisation | None = None
    organisation_role: str = ""
    motivation: str = ""
    consents: dict[str, bool] = field(default_factory=dict)
    submitted_at: dt.datetime | None = None
    answers: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    key: str = ""
    filled: int = 0

    @property
    def base_key(self) -> str:
        """The person's key before persons alike are told apart."""
        return person_key(self.name, self.email, self.birth_year)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The parts of the name, folded and sorted."""
        return name_tokens(self.name)

    @property
    def content(self) -> str:
        """Everything the row says, for telling rows apart without their numbers."""
        said = [f"{key}={value}" for key, value in sorted(self.answers.items())]
        return "\n".join([self.submitted_at.isoformat() if self.submitted_at else "", *said])


class RowReader:
    """Reads the rows of one sheet.

    Parameters
    ----------
    table
        Where the sheet is one area's own, that table's id; else ``None``.
    """

    def __init__(
        self,
        layout: Layout,
        file: str,
        columns: Sequence[ColumnMatch],
        matcher: Matcher,
        rules: Rules,
        names: TableNames,
        mapping: ColumnMapping | None = None,
        table: str | None = None,
    ) -> None:
        self.layout, self.file, self.rules, self.names, self.table = layout, file, rules, names, table
        self.columns = tuple(columns)
        self.mapping = mapping or ColumnMapping()
        self.by_field: dict[str, tuple[ColumnMatch, ...]] = {}
        for match in self.columns:
            if match.used and match.field is not None and match.field not in self.by_field:
                self.by_field[match.field] = matcher.in_order(self.columns, match.field)
        self.known_codes = (
            *(code for table_ in rules.tables for code in table_.postal_codes),
            *rules.ask_postal_codes,
        )
        self.moments, self.moments_assumed = self._moments()
        self.identities = {(row, column): (year, whole) for row, column, year, whole in layout.sheet.identities}
        self._merged = self._merged_cells()

    def _moments(self) -> tuple[dict[int, Reading[dt.datetime]], bool]:
        matches = self.by_field.get("submitted_at", ())
        if not matches:
            return {}, False
        readings, assumed = read_moments(self.layout.column(matches[0].index))
        return dict(zip(self.layout.data_rows, readings, strict=True)), assumed

    def _merged_cells(self) -> dict[tuple[int, int], Cell]:
        """Values of cells that are merged into one above them: the sheet shows them there."""
        first = self.layout.header_rows[-1] + 1
        merged: dict[tuple[int, int], Cell] = {}
        for top, left, bottom, right in self.layout.sheet.merged:
            if top >= first and bottom > top and left == right and bottom < len(self.layout.sheet.rows):
                for row in range(top + 1, bottom + 1):
                    merged[row, left] = self.layout.cell(top, left)
        return merged

    @cached_property
    def asked(self) -> frozenset[str]:
        """Fields of the pool that a column of this sheet answers."""
        have = set(self.by_field)
        found = have & {
            "gender",
            "kind",
            "organisation",
            "organisation_type",
            "mother_tongue",
            "situation",
            "official",
            "youth_council",
            "served_before",
            "postal_code",
            "district",
            "municipality",
        }
        if have & set(_AGE_FIELDS):
            found.add("age")
        if "organisation" in have:
            found.add("kind")
        if "street_address" in have:
            found.add("postal_code")
        found |= {name.removeprefix(OWN) for name in have if name.startswith(OWN)}
        return frozenset(found)

    def read(self, row: int, instead: Mapping[str, str] | None = None) -> Draft:
        """The draft of a row; ``instead`` holds a person's corrections, field or header → answer to read."""
        return _Row(self, row, instead or {}).draft()


class _Row:
    """One row being read."""

    def __init__(self, reader: RowReader, row: int, instead: Mapping[str, str]) -> None:
        self.reader, self.row, self.instead = reader, row, instead
        self.result = Draft(Origin(reader.file, reader.layout.sheet.name, row + 1), row)

    def cell(self, match: ColumnMatch) -> Cell:
        """The cell to read: a correction, a merged cell's value, a mapped answer, or what stands there."""
        for name in (match.header, match.field):
            if name and name in self.instead:
                return self.instead[name]
        cell = self.reader.layout.cell(self.row, match.index)
        if cell is None:
            cell = self.reader._merged.get((self.row, match.index))
        instead = self.reader.mapping.values.get(normalised(match.header)) if self.reader.mapping.values else None
        return instead.get(written(cell), cell) if instead else cell

    def matches(self, name: str) -> tuple[ColumnMatch, ...]:
        return self.reader.by_field.get(name, ())

    def first(self, name: str) -> tuple[ColumnMatch | None, Cell]:
        """The first column of a field that is filled in this row, and its cell."""
        for match in self.matches(name):
            cell = self.cell(match)
            if not is_empty(cell):
                return match, cell
        match = self.matches(name)[0] if self.matches(name) else None
        if match is None and name in self.instead:
            return None, self.instead[name]
        return match, None

    def note(
        self, match: ColumnMatch | None, code: str, found: str = "", suggestion: str | None = None, **params: Any
    ) -> None:
        """Put down a finding, at a cell or on the row."""
        self.result.findings.append(
            Finding(
                origin=self.result.origin,
                code=code,
                column=match.header if match is not None else None,
                cell=address(self.row, match.index) if match is not None else None,
                found=found,
                suggestion=suggestion,
                params=params,
                field=match.field if match is not None else None,
            )
        )

    def remarks(self, match: ColumnMatch | None, cell: Cell, remarks: Sequence[Remark]) -> None:
        for remark in remarks:
            shown = written(cell)
            if remark.code in ("official_unclear", "official_past", "official_elsewhere"):
                shown = without_parties(shown)
            self.note(match, remark.code, shown[:200], remark.suggestion, **remark.params)

    def draft(self) -> Draft:
        """Read everything."""
        self._person()
        self._age()
        self._place()
        self._choices()
        self._organisation()
        self._official()
        self._wishes()
        self._rest()
        self._answers()
        return self.result

    # ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _person(self) -> None:
        match, cell = self.first("name")
        first, given = self.first("first_name")
        last, family = self.first("last_name")
        if not is_empty(given) or not is_empty(family):
            parts = (written(given), written(family))
            shown, where = " ".join(part for part in parts if part), first or last
            if is_empty(cell) or (given is not None and family is not None):
                match, cell = where, shown
        reading = read_name(cell)
        self.result.name = reading.value or ""
        self.remarks(match, cell, reading.remarks)
        match, cell = self.first("email")
        address_ = _EMAIL.search(written(cell))
        if address_ is not None:
            self.result.email = address_.group()
        elif not is_empty(cell) and fold(written(cell)) not in ("anonymous", "-", "ei ole", "ei"):
            self.note(match, "email_unreadable", written(cell)[:200])
        match, cell = self.first("phone")
        self.result.phone = written(cell)
        if isinstance(cell, str) and re.fullmatch(r"\d([.,]\d+)?e\+?\d+", fold(cell)):
            self.note(match, "phone_digits_lost", written(cell))

    def _age(self) -> None:
        on = self.reader.rules.eligibility.age_on
        unread = False
        found: list[Age] = []
        for name in _AGE_FIELDS:
            match, cell = self.first(name)
            if is_empty(cell):
                continue
            identity = self.reader.identities.get((self.row, match.index)) if match is not None else None
            if identity is not None and identity[1]:
                found.append(Age(birth_year=identity[0]))
                continue
            reading = read_age(cell, name, on)
            self.remarks(match, cell, reading.remarks)
            unread = unread or (reading.value is None and bool(reading.remarks))
            if reading.value is not None:
                found.append(reading.value)
        for age in found:
            self.result.birth_year = self.result.birth_year or age.birth_year
            self.result.age_stated = self.result.age_stated or age.stated
        if self.result.birth_year is None and not found:  # an identity code in a column of its own tells the year
            years = [
                year for (row, _), (year, whole) in sorted(self.reader.identities.items()) if row == self.row and whole
            ]
            self.result.birth_year = years[0] if years else None
        if self.result.birth_year is not None and self.result.age_stated is not None:
            age_now = on.year - self.result.birth_year
            least, most = self.result.age_stated
            if age_now < least - 2 or (most is not None and age_now > most + 2):
                self.note(None, "age_disagrees")
            self.result.age_stated = None
        if (
            self.result.birth_year is None
            and self.result.age_stated is None
            and not unread
            and "age" in self.reader.asked
        ):
            match = next((match for name in _AGE_FIELDS for match in self.matches(name)), None)
            self.note(match, "birth_year_missing")

    def _place(self) -> None:
        match, cell = self.first("postal_code")
        if is_empty(cell):
            other, address_ = self.first("street_address")
            code = re.search(r"(?<!\d)\d{5}(?!\d)", written(address_))
            if code is not None:
                match, cell = other, code.group()
        reading = read_postal_code(cell, self.reader.known_codes)
        self.remarks(match, cell, reading.remarks)
        code_ = reading.value
        if code_ is not None:
            known = code_ in self.reader.known_codes
            if not known and is_post_office_box(code_):
                self.note(match, "postal_code_box", code_)
            elif not known:
                self.note(match, "postal_code_elsewhere", code_)
            self.result.values["postal_code"] = (code_,)
        for name in ("district", "municipality"):
            _, cell = self.first(name)
            text = read_district(cell) if name == "district" else " ".join(written(cell).split())
            if text:
                self.result.values[name] = (text,)

    def _ticked(self, name: str) -> tuple[list[tuple[ColumnMatch, str]], list[ColumnMatch]]:
        """The chosen options of a column-per-option question, and cells that are neither a tick nor empty."""
        chosen: list[tuple[ColumnMatch, str]] = []
        odd: list[ColumnMatch] = []
        for match in self.matches(name):
            if match.option is None:
                continue
            cell = self.cell(match)
            ticked = is_ticked(cell, match.option)
            if ticked:
                chosen.append((match, match.option))
            elif ticked is None:
                odd.append(match)
        return chosen, odd

    def _answer(self, name: str) -> tuple[ColumnMatch | None, Cell]:
        """The answer to a question in one cell, or its ticked options as one text."""
        if name in self.instead:
            return (self.matches(name) or (None,))[0], self.instead[name]
        chosen, odd = self._ticked(name)
        if chosen or odd:
            texts = [option for _, option in chosen] + [written(self.cell(match)) for match in odd]
            return (chosen[0][0] if chosen else odd[0]), ";".join(texts)
        for match in self.matches(name):
            if match.option is None and not is_empty(self.cell(match)):
                return match, self.cell(match)
        return (self.matches(name) or (None,))[0], None

    def _choices(self) -> None:
        readers: dict[str, Any] = {
            "gender": read_gender,
            "mother_tongue": read_mother_tongue,
            "situation": read_situation,
            "organisation_type": lambda cell: read_choice("organisation_type", cell),
            "youth_council": read_yes_no,
            "served_before": read_served,
        }
        for name, read in readers.items():
            match, cell = self._answer(name)
            if is_empty(cell):
                continue
            reading = read(cell)
            self.remarks(match, cell, reading.remarks)
            if reading.value is not None:
                self.result.values[name] = reading.value
        for name, matches in self.reader.by_field.items():
            if name.startswith(OWN):
                text = " ".join(written(self.cell(matches[0])).split())
                if text:
                    self.result.values[name.removeprefix(OWN)] = (text,)
        match, cell = self._answer("roles")
        reading = read_roles(cell, match.header if match is not None else "")
        self.remarks(match, cell, reading.remarks)
        self.result.roles = reading.value if reading.value is not None else BOTH

    def _organisation(self) -> None:
        match, cell = self.first("organisation")
        organisation = read_organisation(cell)
        self.remarks(match, cell, organisation.remarks)
        role, said = self._answer("kind")
        kind: str | None = None
        if not is_empty(said):
            yes = yes_or_no(written(said))
            if yes is not None:
                kind = "representative" if yes else "resident"
            else:
                reading = read_choice("kind", said, several=True)
                self.remarks(role, said, reading.remarks)
                kinds = reading.value or ()
                if len(kinds) > 1 or "both" in kinds:
                    kind = "representative" if organisation.value is not None else "resident"
                elif kinds:
                    kind = kinds[0]
        if kind is None and match is not None:
            kind = "representative" if organisation.value is not None else "resident"
        if kind is not None:
            self.result.values["kind"] = (kind,)
        if organisation.value is not None and kind == "resident":
            self.note(match, "resident_with_organisation", organisation.value.name)
        elif organisation.value is not None:
            self.result.organisation = organisation.value
            self.result.values["organisation"] = (organisation.value.key,)
        elif kind == "representative" and match is not None:
            self.note(match, "organisation_missing")
        if kind == "resident":
            self.result.values.pop("organisation_type", None)
        _, cell = self.first("organisation_role")
        self.result.organisation_role = written(cell)

    def _official(self) -> None:
        if not self.matches("official"):
            return
        match, cell = self._answer("official")
        reading = read_official(cell)
        self.remarks(match, cell, reading.remarks)
        if reading.value is not None:
            self.result.values["official"] = reading.value.official
            if reading.value.youth_council:
                self.result.values["youth_council"] = ("yes",)

    def _wishes(self) -> None:
        names = self.reader.names
        if "wishes" in self.instead:
            texts = [((self.matches("wishes") or (None,))[0], self.instead["wishes"])]
            chosen, odd = [], []
        else:
            texts = [(match, self.cell(match)) for match in self.matches("wishes") if match.option is None]
            chosen, odd = self._ticked("wishes")
        tables: list[str] = []
        ordered = True
        for match, cell in texts:
            reading = read_wishes(cell, names)
            self.remarks(match, cell, reading.remarks)
            if reading.value is not None:
                ordered = ordered and (reading.value.ordered or bool(tables))
                tables += reading.value.tables
        for _, option in chosen:
            table = names.exactly(option)
            tables += [table] if table is not None else names.ids if names.is_any(option) else []
            ordered = False
        for match in odd:
            self.note(match, "tick_unclear", written(self.cell(match))[:200])
        if not tables and self.reader.table is not None:
            tables = [self.reader.table]
        self.result.wishes = Wishes(tuple(dict.fromkeys(tables)), ordered)

    def _rest(self) -> None:
        self.result.motivation = "\n\n".join(
            written(self.cell(match)) for match in self.matches("motivation") if not is_empty(self.cell(match))
        )
        for match in self.matches("consent"):
            cell = self.cell(match)
            text = written(cell)
            answer = yes_or_no(text)
            purpose = consent_purpose(match.header)
            agreed = answer if answer is not None else bool(text)
            self.result.consents[purpose] = self.result.consents.get(purpose, True) and agreed
            if purpose == "post" and not agreed:
                self.note(match, "consent_missing", text)
        reading = self.reader.moments.get(self.row)
        if reading is not None:
            match = self.matches("submitted_at")[0]
            self.remarks(match, self.cell(match), reading.remarks)
            self.result.submitted_at = reading.value
            closes = self.reader.rules.call_closes
            if closes is not None and reading.value is not None and reading.value.date() > closes:
                self.note(match, "late", written(self.cell(match)), closes=closes.isoformat())

    def _answers(self) -> None:
        cells = self.reader.layout.sheet.rows[self.row]
        self.result.filled = sum(1 for cell in cells if not is_empty(cell))
        for match in self.reader.columns:
            if not match.used or match.field in (None, "street_address", "birth_date"):
                continue
            text = written(self.reader.layout.cell(self.row, match.index))
            if not text:
                continue
            if match.field == "official":
                text = without_parties(text)
            elif match.field == "situation":
                text = without_special(text)
            elif match.field == "gender":
                text = re.sub(r"(?i)^(muu|annat|other)\s*[:(,].*$", r"\1", text, flags=re.DOTALL)
            header = match.header
            while header in self.result.answers:
                header += " "
            self.result.answers[header] = text


def consent_purpose(header: str) -> str:
    """What a consent is for: ``publish``, ``retain``, ``post`` or ``privacy``; never one for another."""
    text = fold(header)
    if re.search(r"julkais|julkise|julkinen|publicer|publish", text):
        return "publish"
    if re.search(r"säilyt|täydennysval|reservi|varalla|bevara|retain|keep", text):
        return "retain"
    if re.search(r"tietosuoj|tietoje|rekister|dataskydd|privacy|data protection|uppgifter", text):
        return "privacy"
    if re.search(r"tehtäv|jäse|valin|valit|toimi|uppdrag|medlem|post\b|seat|member", text):
        return "post"
    return "privacy"
