"""Parts of an application: each function reads one theme of a row into its draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from selection.intake.application_sheet import SEARCHED, ApplicationSheet
from selection.intake.beside import age_beside_name, name_alone
from selection.intake.columns import AGE_FIELDS, OWN
from selection.intake.draft import Draft
from selection.intake.kept_answers import consent_purpose, keep_answers, kept_words
from selection.intake.memo import memo
from selection.intake.parsing.identities import BLANK
from selection.intake.posts import read_posts
from selection.intake.reader import Cell
from selection.intake.row import Row
from selection.intake.shared_cells import CellPerson
from selection.intake.values import choices
from selection.intake.values.age_words import Age
from selection.intake.values.ages import read_age
from selection.intake.values.consents import read_consent
from selection.intake.values.kinds import read_kind
from selection.intake.values.moments import read_moments
from selection.intake.values.names import read_name
from selection.intake.values.organisations import read_organisation
from selection.intake.values.own_values import read_own
from selection.intake.values.places import is_post_office_box, read_district, read_postal_code
from selection.intake.values.reading import Reading
from selection.intake.values.served import read_served
from selection.intake.values.withdrawals import without_withdrawal
from selection.intake.wanted import read_wanted
from selection.intake.willing import read_willing
from selection.intake.wording import fold, is_empty, written

_EMAIL = re.compile(r"(?:mailto:)?([^\s@;,:<>()]+@[^\s@;,<>()]+\.[A-Za-z]{2,})")
#: A telephone number beside an address, in one cell of both.
_PHONE = re.compile(r"(?<![\w@.])\+?\d[\d ()-]{5,18}\d(?![\w@])")
_NO_EMAIL = ("anonymous", "anonyymi", "-", "ei ole", "ei", "ei sähköpostia", "ingen", "no")

_CHOICES: dict[str, Callable[[Cell], Reading[tuple[str, ...]]]] = {
    "gender": choices.read_gender,
    "mother_tongue": choices.read_mother_tongue,
    "situation": choices.read_situation,
    "organisation_type": lambda cell: choices.read_choice("organisation_type", cell),
    "youth_council": choices.read_yes_no,
    "served_before": read_served,
}


@memo(maxsize=5_000, typed=True)
def _choice(field: str, cell: Cell) -> Reading[tuple[str, ...]]:
    return _CHOICES[field](cell)


def read_row(
    sheet: ApplicationSheet, index: int, instead: Mapping[str, str] | None = None, person: CellPerson | None = None
) -> Draft:
    """The draft of a row, ``index`` from 0; ``instead`` holds a person's corrections, field or header → the answer to
    read. They change what is read, never the answers kept as written. ``person`` is the one of several people whom a
    cell of the row names."""
    row = Row(sheet, index, instead or {}, person)
    for part in (
        keep_answers,
        _person,
        _age,
        _place,
        _chosen,
        read_willing,
        _organisation,
        read_posts,
        read_wanted,
        _consents,
        _rest,
    ):
        part(row)
    return row.draft


def _person(row: Row) -> None:
    match, cell = row.first("name")
    first, given = row.first("first_name")
    last, family = row.first("last_name")
    both = not is_empty(given) and not is_empty(family)
    if "name" not in row.instead and (both or (is_empty(cell) and not (is_empty(given) and is_empty(family)))):
        match, cell = first or last, " ".join(part for part in (written(given), written(family)) if part)
        match = replace(match, field="name") if match is not None else None
    if match is not None and "name" not in row.instead and len(written(cell).split()) == 1:
        parts = [read_name(row.cell(other)).value or "" for other in row.matches("name")]
        alone = list(dict.fromkeys(part for part in parts if len(part.split()) == 1 and "@" not in part))
        if len(alone) == 2:  # two columns under one header, a first name and a last name
            cell = " ".join(alone)
            row.note(match, "name_joined", cell)
    stands = name_alone(row, match, cell)
    name = read_name(without_withdrawal(stands) if isinstance(stands, str) else stands)
    row.draft.name = name.value or ""
    row.remark(match, written(cell), name.remarks)
    if row.person is not None and row.person.place == 0:
        row.note(match, "persons_in_cell", "; ".join(one.text for one in row.person.people))
    for shared, answer in row.undivided():
        row.note(shared, "answer_of_several", written(answer))
    match, cell = row.first("email")
    address = _EMAIL.search(written(cell))
    if address is not None:
        row.draft.email = address.group(1)
    elif not is_empty(cell) and fold(written(cell)) not in _NO_EMAIL:
        row.note(match, "email_unreadable", written(cell))
    contacts, (match, cell) = written(cell), row.first("phone")
    row.draft.phone = written(cell)
    if match is None and (number := _PHONE.search(contacts)) is not None:
        row.draft.phone = number.group().strip()
    if isinstance(cell, str) and re.fullmatch(r"\d([.,]\d+)?e\+?\d+", fold(cell)):
        row.note(match, "phone_digits_lost", written(cell))


def _age(row: Row) -> None:
    on = row.sheet.rules.eligibility.age_on
    draft = row.draft
    unread = False
    found: list[Age] = []
    answers = [(field, *row.first(field)) for field in AGE_FIELDS]
    if all(is_empty(cell) for _, _, cell in answers) and (beside := age_beside_name(row)) is not None:
        answers = [(beside[0].field or "", *beside)]
    for field, match, cell in answers:
        if is_empty(cell):
            continue
        identity = row.sheet.identities.get((row.index, match.index)) if match is not None else None
        if identity is not None and written(cell) == BLANK:
            found.append(Age(birth_year=identity[0]))
            continue
        reading = read_age(cell, field, on)
        row.remark(match, written(cell), reading.remarks)
        unread = unread or (reading.value is None and bool(reading.remarks))
        if reading.value is not None:
            found.append(reading.value)
    if not found:  # an identity code in a column of its own, or beside the name, tells the year
        named = [match.index for match in row.matches("name")]
        years = [
            year
            for (index, column), (year, whole) in sorted(row.sheet.identities.items())
            if index == row.index and (whole or column in named)
        ]
        found += [Age(birth_year=year) for year in years[:1]]
    draft.birth_year = next((age.birth_year for age in found if age.birth_year is not None), None)
    draft.age_stated = next((age.stated for age in found if age.stated is not None), None)
    if draft.birth_year is not None and draft.age_stated is not None:
        age, (least, most) = on.year - draft.birth_year, draft.age_stated
        if age < least - 2 or (most is not None and age > most + 2):
            row.note(None, "age_disagrees")
        draft.age_stated = None
    if draft.birth_year is None and draft.age_stated is None and not unread and "age" in row.sheet.asked:
        where = [match for field in AGE_FIELDS for match in row.matches(field)]
        where += [replace(match, field="birth_year", header="") for match in row.matches("name")]
        row.note(next(iter(where), None), "birth_year_missing")


def _place(row: Row) -> None:
    # The postal code, which may stand in the same cell, is compared by itself.
    row.draft.street = re.sub(
        r"[^\w]+", " ", re.split(r"(?<!\d)\d{5}(?!\d)", fold(written(row.first("street_address")[1])))[0]
    ).strip()
    match, cell = row.first("postal_code")
    for other in ("street_address", *row.sheet.places_with_codes) if is_empty(cell) else ():
        found, address = row.first(other)
        code_in_address = re.search(r"(?<!\d)\d{5}(?!\d)", written(address))
        if code_in_address is not None:
            match, cell = found, code_in_address.group()
            break
    reading = read_postal_code(cell, row.sheet.known_codes)
    row.remark(match, written(cell), reading.remarks)
    code = reading.value
    if code is not None:
        if row.sheet.known_codes and code not in row.sheet.known_codes:
            row.note(match, "postal_code_box" if is_post_office_box(code) else "postal_code_elsewhere", code)
        row.draft.values["postal_code"] = (code,)
    district = read_district(row.first("district")[1])
    if district:
        row.draft.values["district"] = (district,)
    municipality = " ".join(re.sub(r"(?<!\d)\d{5}(?!\d)", " ", written(row.first("municipality")[1])).split())
    if municipality:
        row.draft.values["municipality"] = (municipality,)


def _chosen(row: Row) -> None:
    for field in _CHOICES:
        match, cell = row.answer(field)
        if is_empty(cell):
            continue
        reading = _choice(field, cell)
        row.remark(match, kept_words(field, written(cell)), reading.remarks)
        if reading.value is not None:
            row.draft.values[field] = reading.value
    if any(_choice("served_before", row.cell(match)).value == ("yes",) for match in row.matches("served_before")[1:]):
        row.draft.values["served_before"] = ("yes",)  # a column for each earlier term
    for field in row.sheet.by_field:
        if field.startswith(OWN):
            _own(row, field)


def _own(row: Row, field: str) -> None:
    """The values of a field of the city's own: of one column, or of a column for each option."""
    name = field.removeprefix(OWN)
    chosen, odd = row.ticked(field)
    values = [match.option or "" for match in chosen]
    for unread in odd:
        row.note(unread, "tick_unclear", written(row.cell(unread)))
    match = next((one for one in row.matches(field) if one.option is None), None)
    cell = row.cell(match) if match is not None else row.instead.get(field)
    reading = read_own(cell, row.sheet.own_values[name])
    row.remark(match, written(cell), reading.remarks)
    values += [value for value in reading.value or () if value not in values]
    if values:
        row.draft.values[name] = tuple(values)


def _organisation(row: Row) -> None:
    draft = row.draft
    match, cell = row.first("organisation")
    reading = read_organisation(cell)
    for other in row.matches("organisation")[1:] if reading.value is None and "organisation" not in row.instead else ():
        found = read_organisation(row.cell(other))
        if found.value is not None:
            match, cell, reading = other, row.cell(other), found
            break
    row.remark(match, written(cell), reading.remarks)
    kind = _kind(row, has_organisation=reading.value is not None)
    above = row.sheet.organisations_above.get(row.index) if "organisation" not in row.instead else None
    if above is not None:
        row.note(match, "organisation_above", suggestion=above)
    elif kind is None and match is not None and not reading.remarks:
        kind = "representative" if reading.value is not None else "resident"
    if kind is not None:
        draft.values["kind"] = (kind,)
    if reading.value is not None and kind == "resident":
        row.note(match, "resident_with_organisation", reading.value.name)
    elif reading.value is not None:
        draft.organisation = reading.value
        draft.values["organisation"] = (reading.value.key,)
    elif kind == "representative" and match is not None:
        row.note(match, "organisation_missing")
    if kind == "resident":
        draft.values.pop("organisation_type", None)
    draft.organisation_role = written(row.first("organisation_role")[1])


def _kind(row: Row, *, has_organisation: bool) -> str | None:
    """``resident`` or ``representative`` as answered; who says both is what the organisation's name makes of it."""
    match, cell = row.answer("kind")
    reading = read_kind(cell)
    row.remark(match, written(cell), reading.remarks)
    if reading.value is None:
        return None
    if row.sheet.kind_tells_type and reading.value.organisation_type is not None:
        row.draft.values["organisation_type"] = (reading.value.organisation_type,)
    if reading.value.kind == "both":
        if not has_organisation:
            row.note(match, "kind_both", written(cell))
        return "representative" if has_organisation else "resident"
    return reading.value.kind


def _consents(row: Row) -> None:
    for match in row.matches("consent"):
        text = written(row.cell(match))
        if not text and match.index in row.sheet.negative:
            continue  # nothing was refused
        answer = read_consent(text, match.option or match.header)
        agreed = answer is True
        purpose = consent_purpose(match.header)
        row.draft.consents[purpose] = row.draft.consents.get(purpose, True) and agreed
        if purpose == "post" and not agreed:
            row.note(match, "consent_missing", text)
        elif answer is None:
            row.note(match, "consent_unclear", text)


def _rest(row: Row) -> None:
    draft = row.draft
    for field in ("motivation", "remarks"):
        texts = [written(row.cell(match)) for match in row.matches(field)]
        setattr(draft, field, "\n\n".join(text for text in texts if text))
    secret = choices.read_yes_no(row.answer("non_disclosure")[1])
    draft.non_disclosure = draft.non_disclosure or secret.value == ("yes",)
    match = row.sheet.column_of("submitted_at")
    reading = row.sheet.moments.get(row.index)
    if match is not None and {match.header, "submitted_at"} & set(row.instead):
        reading = read_moments([row.cell(match)])[0][0]
    call = row.sheet.rules.call
    if reading is not None:
        shown = written(row.original(match)) if match is not None else ""
        row.remark(match, shown, reading.remarks)
        draft.submitted_at = reading.value
        if reading.value is not None and call.closes is not None and reading.value.date() > call.closes:
            draft.late = True
            row.note(match, "late", shown, params={"closes": call.closes.isoformat()})
        elif reading.value is not None and call.opens is not None and reading.value.date() < call.opens:
            row.note(match, "early", shown, params={"opens": call.opens.isoformat()})
    for match in row.long_answers():
        row.note(match, "answer_long", params={"letters": SEARCHED})
    if row.index in row.sheet.withdrawn:
        row.note(None, "withdrawn")
    elif row.index in row.sheet.struck:
        row.note(None, "struck_out")
    elif row.index in row.sheet.doubtful:
        doubt = row.sheet.doubtful[row.index]
        row.note(doubt, "status_doubt", written(row.original(doubt)))
    for match in row.sheet.columns if row.sheet.notes else ():
        said = row.sheet.notes.get((row.index, match.index))
        if said and row.index not in row.sheet.withdrawn:
            row.note(match, "cell_note", " ".join(said.split()))
    for match in row.sheet.columns if row.sheet.identities or row.sheet.merged else ():
        year, whole = row.sheet.identities.get((row.index, match.index), (None, True))
        if year is not None and not whole:
            row.note(match, "personal_id_blanked", BLANK)
        if match.used and (row.index, match.index) in row.sheet.merged:
            row.note(match, "merged_cell", written(row.original(match)))
    for match in row.sheet.columns if row.sheet.dittos else ():
        if (row.index, match.index) in row.sheet.dittos:
            row.note(match, "ditto_mark", written(row.original(match)))
    for match in row.sheet.columns if row.sheet.errors else ():
        error = row.sheet.errors.get((row.index, match.index))
        if match.used and error is not None and match.field not in row.instead and match.header not in row.instead:
            row.note(match, "cell_error", error)


#: Every theme of a row, in the order in which they build on each other.
_PARTS: tuple[Callable[[Row], None], ...] = (
    keep_answers, _person, _age, _place, _chosen, read_willing, _organisation, read_posts, read_wanted, _consents,
    _rest,
)  # fmt: skip
