"""Assembly: files → sheets → rows → people; the one way in for the commands and the review app."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from selection.errors import FileError
from selection.intake import duplicates
from selection.intake.columns import ColumnMatch
from selection.intake.corrections import Correction
from selection.intake.identity import told_apart
from selection.intake.layout import Layout
from selection.intake.mapping import Mapping
from selection.intake.reader import Book, read_book
from selection.intake.results import Application, Finding, Intake, Note, SetAside, SourceFile
from selection.intake.rows import Draft, RowReader
from selection.intake.selecting import Chosen, chosen_sheets
from selection.intake.setting_aside import reason_for
from selection.intake.values.names import is_likely_test
from selection.intake.values.organisations import Organisation
from selection.intake.values.wishes import TableNames, Wishes
from selection.pool import Applicant, Origin

if TYPE_CHECKING:
    from selection.rules import Rules


def read_applications(
    paths: Sequence[Path],
    rules: Rules,
    *,
    mapping: Mapping | None = None,
    corrections: Sequence[Correction] = (),
) -> Intake:
    """Read application files as one round's intake.

    Parameters
    ----------
    mapping
        What a person confirmed of the columns; headers it does not know are matched as usual.
    corrections
        What a person decided about rows and findings.

    Raises
    ------
    FileError
        if a file cannot be read, or no sheet of a file has a column of names or a row under it.
    """
    return intake_of([read_book(Path(path)) for path in paths], rules, mapping=mapping, corrections=corrections)


def intake_of(
    books: Sequence[Book],
    rules: Rules,
    *,
    mapping: Mapping | None = None,
    corrections: Sequence[Correction] = (),
) -> Intake:
    """The intake of files already read; see :func:`read_applications`."""
    names = TableNames(rules.tables)
    gathered = _Gathered(rules)
    for book in books:
        chosen, notes = chosen_sheets(book, rules, names, mapping)
        gathered.notes += notes
        for sheet in chosen:
            gathered.add(book, sheet, rules, names, mapping)
    gathered.correct(corrections)
    gathered.pair_up()
    return gathered.intake([SourceFile(book.name, book.sha256) for book in books])


@dataclass(slots=True)
class _Gathered:
    """Rows of all sheets on their way to people."""

    rules: Rules
    drafts: list[Draft] = field(default_factory=list)
    readers: dict[tuple[str, str], RowReader] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    columns: list[ColumnMatch] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    dismissed: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, book: Book, chosen: Chosen, rules: Rules, names: TableNames, mapping: Mapping | None) -> None:
        """Read the rows of one sheet."""
        layout = chosen.layout
        reader = RowReader(layout, book.name, chosen.columns, chosen.matcher, rules, names, mapping, chosen.table)
        self.columns += chosen.columns
        self.readers[book.name, layout.sheet.name] = reader
        if reader.moments_assumed:
            self.notes.append(Note(book.name, layout.sheet.name, "date_order_assumed"))
        for row in layout.data_rows:
            self.drafts.append(reader.read(row))

    # ── keys and corrections ─────────────────────────────────────────────────────────────────────────────────────────

    def _give_keys(self) -> None:
        """A key to every row: the person's own to the one that would be kept, another to those that would not."""
        second = {
            id(draft)
            for group in duplicates.certain_groups(self.drafts)
            for kept in (duplicates.newest(group),)
            for draft in group
            if draft is not kept
        }
        firsts = Counter(draft.base_key for draft in self.drafts if id(draft) not in second and draft.name)
        used: Counter[str] = Counter()
        for draft in self.drafts:
            key = draft.base_key
            if id(draft) in second or firsts[key] != 1 or not draft.name:
                key = told_apart(key, draft.content)
            used[key] += 1
            draft.key = key if used[key] == 1 else told_apart(key, str(used[key]))

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Give keys, then read the corrected rows again; a corrected row keeps the key of its original answers."""
        self._give_keys()
        by_person: dict[str, list[Correction]] = defaultdict(list)
        for correction in corrections:
            by_person[correction.person].append(correction)
        self.kept = {one.person for one in corrections if one.action == "keep"}
        self.dismissed = {(one.person, one.code, one.field) for one in corrections if one.action == "dismiss"}
        drafts = []
        for draft in self.drafts:
            mine = by_person.get(draft.key, ())
            instead = {one.field: one.value for one in mine if one.action == "value"}
            if instead:
                key = draft.key
                draft = self.readers[draft.origin.file, draft.origin.sheet].read(draft.row, instead)
                draft.key = key
            out = next((one for one in mine if one.action == "set_aside"), None)
            if out is not None:
                self.set_aside.append(SetAside(draft.origin, "by_hand", {"reason": out.reason}, key=draft.key))
                continue
            reader = self.readers[draft.origin.file, draft.origin.sheet]
            code = reason_for(draft, reader, kept=draft.key in self.kept)
            if code is not None:
                self.set_aside.append(SetAside(draft.origin, code, key=draft.key))
                continue
            drafts.append(draft)
        self.drafts = drafts

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def pair_up(self) -> None:
        """Set certain duplicates aside, and say which rows may be one person's."""
        gone: set[int] = set()
        for group in duplicates.certain_groups(self.drafts, self.kept):
            base = duplicates.newest(group)
            others = [draft for draft in group if draft is not base]
            self._merge(base, others)
            for draft in others:
                gone.add(id(draft))
                params = {"same_as": _place(base.origin)}
                self.set_aside.append(SetAside(draft.origin, "duplicate", params, same_as=base.origin, key=draft.key))
        self.drafts = [draft for draft in self.drafts if id(draft) not in gone]
        for first, second, reason in duplicates.likely_pairs(self.drafts):
            if not {first.key, second.key} & self.kept:
                for draft, other in ((first, second), (second, first)):
                    self._row_finding(draft, "likely_duplicate", other=_place(other.origin), why=reason)
        for shared in duplicates.shared_emails(self.drafts):
            for draft in shared:
                rows = ", ".join(_place(other.origin) for other in shared if other is not draft)
                self._row_finding(draft, "same_email", rows=rows)
        self._organisations()
        for draft in self.drafts:
            self._check(draft)

    def _merge(self, base: Draft, others: Sequence[Draft]) -> None:
        """Wishes of the rows set aside follow the kept row's own."""
        tables = list(base.wishes.tables)
        for draft in sorted(
            others, key=lambda draft: (draft.submitted_at or dt.datetime.min, draft.content), reverse=True
        ):
            tables += [table for table in draft.wishes.tables if table not in tables]
        if len(tables) > len(base.wishes.tables):
            base.wishes = Wishes(tuple(tables), base.wishes.ordered)
            self._row_finding(base, "wishes_merged", rows=", ".join(_place(draft.origin) for draft in others))
        years = {draft.birth_year for draft in (base, *others)} - {None}
        if len(years) > 1:
            self._row_finding(base, "duplicates_disagree", rows=", ".join(_place(draft.origin) for draft in others))

    def _organisations(self) -> None:
        with_one = [draft for draft in self.drafts if draft.organisation is not None]
        names = [draft.organisation.name for draft in with_one if draft.organisation is not None]
        keys = [draft.organisation.key for draft in with_one if draft.organisation is not None]
        if not keys:
            return
        same = duplicates.similar_organisations(names, keys)
        written_as = _most_common_names(names, keys)
        for draft in with_one:
            assert draft.organisation is not None
            other = same.get(draft.organisation.key)
            if other is not None:
                reader = self.readers[draft.origin.file, draft.origin.sheet]
                match = reader.by_field["organisation"][0]
                self._row_finding(
                    draft, "similar_organisation", match, found=draft.organisation.name, suggestion=written_as[other]
                )

    def _check(self, draft: Draft) -> None:
        """What only the rules, or the row as a whole, can tell."""
        rules = self.rules
        if is_likely_test(draft.name) and draft.key not in self.kept:
            self._row_finding(draft, "test_row")
        minimum = rules.eligibility.minimum_age
        if minimum is not None:
            age = rules.eligibility.age_on.year - draft.birth_year if draft.birth_year is not None else None
            if age is None and draft.age_stated is not None:
                age = draft.age_stated[1]
            if age is not None and age < minimum:
                self._row_finding(draft, "under_age", minimum=minimum)
        code = draft.values.get("postal_code", (None,))[0]
        home = rules.table_of_postal_code(code) if code is not None else None
        if not draft.wishes.tables:
            if home is None:
                self._row_finding(draft, "no_table", postal_code=code or "")
        elif home is not None and home not in draft.wishes.tables:
            self._row_finding(draft, "wish_elsewhere", home=home, wish=draft.wishes.tables[0])

    def _row_finding(
        self,
        draft: Draft,
        code: str,
        match: ColumnMatch | None = None,
        *,
        found: str = "",
        suggestion: str | None = None,
        **params: str | int,
    ) -> None:
        draft.findings.append(
            Finding(
                draft.origin,
                code,
                column=match.header if match is not None else None,
                cell=f"{_letters(match.index)}{draft.origin.row}" if match is not None else None,
                found=found,
                suggestion=suggestion,
                params=params,
                field=match.field if match is not None else None,
            )
        )

    def intake(self, files: Sequence[SourceFile]) -> Intake:
        """Everything put together, in the order of files, sheets and rows."""
        place = {key: number for number, key in enumerate(self.readers)}

        def where(origin: Origin) -> tuple[int, int]:
            return place[origin.file, origin.sheet], origin.row

        drafts = sorted(self.drafts, key=lambda draft: where(draft.origin))
        findings = [
            replace(finding, person=draft.key)
            for draft in drafts
            for finding in draft.findings
            if (draft.key, finding.code, "") not in self.dismissed
            and (draft.key, finding.code, finding.column or "") not in self.dismissed
        ]
        readers = list(self.readers.values())
        return Intake(
            files=tuple(files),
            rows=sum(len(reader.layout.data_rows) for reader in readers),
            applications=tuple(_application(draft) for draft in drafts),
            set_aside=tuple(sorted(self.set_aside, key=lambda one: where(one.origin))),
            findings=tuple(findings),
            columns=tuple(self.columns),
            asked=frozenset(name for reader in readers for name in reader.asked),
            notes=tuple(self.notes),
        )


def _application(draft: Draft) -> Application:
    applicant = Applicant(
        key=draft.key,
        name=draft.name,
        origin=draft.origin,
        wishes=draft.wishes.tables,
        wishes_ordered=draft.wishes.ordered,
        roles=draft.roles,
        birth_year=draft.birth_year,
        age_stated=draft.age_stated,
        values=dict(sorted(draft.values.items())),
    )
    return Application(
        applicant=applicant,
        email=draft.email,
        phone=draft.phone,
        motivation=draft.motivation,
        organisation_name=draft.organisation.name if draft.organisation is not None else "",
        organisation_role=draft.organisation_role,
        consents=dict(draft.consents),
        submitted_at=draft.submitted_at,
        answers=dict(draft.answers),
    )


def _most_common_names(names: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """For each organisation key the form it was written in most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for name, key in zip(names, keys, strict=True):
        forms[key][name] += 1
    return {key: max(counts, key=lambda name: (counts[name], len(name), name)) for key, counts in forms.items()}


def _place(origin: Origin) -> str:
    return f"{origin.sheet}!{origin.row}" if origin.sheet else str(origin.row)


def _letters(index: int) -> str:
    from selection.intake.layout import address

    return address(0, index)[:-1]
