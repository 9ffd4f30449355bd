"""People: rows of one person brought together, and what only all rows or the rules can tell of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from selection.intake import duplicates
from selection.intake.application_sheet import ApplicationSheet
from selection.intake.columns import ColumnMatch
from selection.intake.draft import Draft
from selection.intake.identity import told_apart
from selection.intake.layout import address
from selection.intake.results import Application, Finding, SetAside
from selection.intake.values.names import is_likely_test
from selection.intake.values.wishes import Wishes
from selection.model.people import Applicant, Origin

if TYPE_CHECKING:
    from selection.model.rules import Rules

#: How many rows a finding lists.
LISTED = 10


def give_keys(drafts: Sequence[Draft]) -> None:
    """A key to every row: the person's own to the one that would be kept, one of their own to those that would not."""
    second = {
        id(draft)
        for group in duplicates.certain_groups(drafts)
        for kept in (duplicates.valid(group),)
        for draft in group
        if draft is not kept
    }
    firsts = Counter(draft.base_key for draft in drafts if id(draft) not in second and draft.name)
    used: Counter[str] = Counter()
    for draft in drafts:
        key = draft.base_key
        if id(draft) in second or firsts[key] != 1 or not draft.name:
            key = told_apart(key, draft.content)
        used[key] += 1
        draft.key = key if used[key] == 1 else told_apart(key, str(used[key]))


def without_duplicates(drafts: Sequence[Draft], kept: Collection[str]) -> tuple[list[Draft], list[SetAside]]:
    """One row for each person who certainly is one, with the wishes of all their rows; and the rows set aside.

    ``kept`` holds keys of rows that a person declared to be somebody of their own.
    """
    gone: dict[int, SetAside] = {}
    for group in duplicates.certain_groups(drafts, kept):
        base = duplicates.valid(group)
        others = [draft for draft in group if draft is not base]
        late = [draft for draft in others if draft.late and not base.late]
        _merge(base, [draft for draft in others if base.late or not draft.late])
        if late:
            note(base, "late_repeat", {"rows": places(late)})
        for draft in others:
            gone[id(draft)] = set_aside(draft, "duplicate", {"same_as": place(base.origin)}, same_as=base.origin)
    return [draft for draft in drafts if id(draft) not in gone], list(gone.values())


def _merge(base: Draft, others: Sequence[Draft]) -> None:
    """Wishes of the rows set aside follow the kept row's own; ``others`` are those that count, none too late."""
    rows = places(others)
    tables = list(base.wishes.tables)
    for draft in sorted(others, key=lambda draft: (draft.sent, draft.content), reverse=True):
        tables += [table for table in draft.wishes.tables if table not in tables]
    if len(tables) > len(base.wishes.tables):
        base.wishes = Wishes(tuple(tables), base.wishes.ordered)
        note(base, "wishes_merged", {"rows": rows})
    if len({draft.birth_year for draft in (base, *others)} - {None}) > 1:
        note(base, "duplicates_disagree", {"rows": rows})


def check_people(
    drafts: Sequence[Draft], sheets: Sequence[ApplicationSheet], rules: Rules, kept: Collection[str]
) -> None:
    """Put down what is to be looked at: likely duplicates, shared addresses, ages, tables, organisations alike."""
    asked = set()
    for first, second, reason in duplicates.likely_pairs(drafts):
        if first.key not in kept and second.key not in kept:
            # One question for a pair, at the newer row.
            newer = duplicates.newest((first, second))
            older = first if newer is second else second
            note(newer, "likely_duplicate", {"other": place(older.origin), "why": reason}, other=older.key)
            asked.add(frozenset((first.key, second.key)))
    for shared in duplicates.shared_emails(drafts):
        if frozenset(draft.key for draft in shared) in asked:
            continue
        for draft in shared:
            note(draft, "same_email", {"rows": places([other for other in shared[: LISTED + 2] if other is not draft])})
    _organisations_alike(drafts, sheets)
    for draft in drafts:
        if is_likely_test(draft.name) and draft.key not in kept:
            note(draft, "test_row")
        _check_age(draft, rules)
        _check_table(draft, rules)


def _check_age(draft: Draft, rules: Rules) -> None:
    limits, age = rules.eligibility, draft.age_stated
    if draft.birth_year is not None:
        age = (limits.age_on.year - draft.birth_year,) * 2
    if age is None:
        return
    if limits.minimum_age is not None and limits.is_under(age):
        note(draft, "under_age", {"minimum": limits.minimum_age})
    if limits.maximum_age is not None and limits.is_over(age):
        note(draft, "over_age", {"maximum": limits.maximum_age})


def _check_table(draft: Draft, rules: Rules) -> None:
    """The applicant's own choice holds; that it is not the table of the postal code is only said."""
    code = next(iter(draft.values.get("postal_code", ())), None)
    home = rules.table_of_postal_code(code) if code is not None else None
    if not draft.wishes.tables and home is None and len(rules.tables) > 1:
        ask = code is not None and code in rules.ask_postal_codes
        note(draft, "postal_code_ask" if ask else "no_table", {"postal_code": code or "–"})
    elif home is not None and draft.wishes.tables and home not in draft.wishes.tables:
        note(draft, "wish_elsewhere", {"home": home, "wish": draft.wishes.tables[0]})


def _organisations_alike(drafts: Sequence[Draft], sheets: Sequence[ApplicationSheet]) -> None:
    named = [(draft, draft.organisation) for draft in drafts if draft.organisation is not None]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for _, organisation in named:
        forms[organisation.key][organisation.name] += 1
    written_as = {key: max(forms[key], key=lambda name: (forms[key][name], len(name), name)) for key in forms}
    same = duplicates.similar_organisations(written_as, {key: sum(forms[key].values()) for key in forms})
    for draft, organisation in named:
        if organisation.key in same:
            match = sheets[draft.sheet].column_of("organisation")
            alike = written_as[same[organisation.key]]
            note(draft, "similar_organisation", match=match, found=organisation.name, suggestion=alike)


def note(
    draft: Draft,
    code: str,
    params: dict[str, str | int] | None = None,
    *,
    match: ColumnMatch | None = None,
    found: str = "",
    suggestion: str | None = None,
    other: str = "",
) -> None:
    """Put down a finding on a row, or at a cell of it."""
    draft.findings.append(
        Finding(
            draft.origin,
            code,
            column=match.header if match is not None else None,
            cell=address(draft.row, match.index) if match is not None else None,
            found=found,
            suggestion=suggestion,
            params=params or {},
            field=match.field if match is not None else None,
            other=other,
        )
    )


def set_aside(
    draft: Draft, code: str, params: dict[str, str | int] | None = None, same_as: Origin | None = None
) -> SetAside:
    """A row set aside; with the application it would be, where it holds a person."""
    application = application_of(draft) if draft.name else None
    return SetAside(draft.origin, code, params or {}, same_as=same_as, key=draft.key, application=application)


def application_of(draft: Draft) -> Application:
    """The application that a row makes."""
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
        remarks=draft.remarks,
        non_disclosure=draft.non_disclosure,
        consents=dict(draft.consents),
        submitted_at=draft.submitted_at,
        answers=dict(draft.answers),
        applied_with=draft.applied_with,
    )


def place(origin: Origin) -> str:
    """Where a row stands, as the texts say it: ``Vastaukset!12``."""
    return f"{origin.sheet}!{origin.place}" if origin.sheet else str(origin.place)


def places(drafts: Sequence[Draft]) -> str:
    """Where several rows stand; of many only the first."""
    shown = ", ".join(place(draft.origin) for draft in drafts[:LISTED])
    return f"{shown} …" if len(drafts) > LISTED else shown
