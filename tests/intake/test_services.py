"""Exports of form services: a recorded shape for each, with made-up people, the same three in all."""

from __future__ import annotations

import datetime as dt

import pytest

from selection.intake.columns import meaning
from selection.intake.field_parts import field_of_part
from selection.intake.values.moments import read_moments
from tests.intake.builders import read_rows

TABLES = ("Keskusta", "Eteläinen", "Itäinen", "Pohjoinen")
PEOPLE = (
    ("Aino Aalto", "1952", "Nainen", "15100", ("Keskusta",), "En ole", "aino@example.org"),
    ("Bo Berg", "1980", "Mies", "15610", ("Keskusta", "Eteläinen"), "Varavaltuutettu", "bo@example.org"),
    ("Carita Ceder", "1999", "Nainen", "15240", ("Pohjoinen",), "En ole", "carita@example.org"),
)
WISH, POST = "Mihin kumppanuuspöytään haet?", "Oletko luottamushenkilö?"


def surveymonkey() -> list[list[str]]:
    first = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    first += [
        "Last Name",
        "Custom Data 1",
        "Yhteystiedot",
        "",
        "",
        "Syntymävuosi",
        "Sukupuoli",
        WISH,
        "",
        "",
        "",
        POST,
        "",
    ]
    second = [""] * 9 + ["Nimi", "Postinumero", "Sähköpostiosoite", "Open-Ended Response", "Response", *TABLES]
    second += ["Response", "Other (please specify)"]
    rows = [
        [
            "11901",
            "400",
            "04/02/2021 09:01:11 AM",
            "04/02/2021 09:11:11 AM",
            "10.0.0.1",
            "",
            "",
            "",
            "",
            name,
            code,
            email,
            year,
            gender,
            *(one if one in wishes else "" for one in TABLES),
            post,
            "",
        ]
        for name, year, gender, code, wishes, post, email in PEOPLE
    ]
    return [first, second, *rows]


def formstack() -> list[list[str]]:
    head = ["Time", "Nimi (First)", "Nimi (Last)", "Syntymävuosi", "Sukupuoli", "Osoite (Address)", "Osoite (Address2)"]
    head += ["Osoite (City)", "Osoite (State)", "Osoite (Zip)", WISH, POST, "Sähköposti", "User IP Address", "Browser"]
    rows = [
        [
            "2021-04-02 09:11:11",
            *name.split(),
            year,
            gender,
            "Esimerkkikatu 1",
            "",
            "Lahti",
            "",
            code,
            "\n".join(wishes),
            post,
            email,
            "10.0.0.1",
            "Firefox",
        ]
        for name, year, gender, code, wishes, post, email in PEOPLE
    ]
    return [[*head, "Submission ID"], *([*row, "88990"] for row in rows)]


def qualtrics() -> list[list[str]]:
    head = ["StartDate", "EndDate", "IPAddress", "RecordedDate", "ResponseId", "RecipientLastName", "UserLanguage"]
    said = [
        "Start Date",
        "End Date",
        "IP Address",
        "Recorded Date",
        "Response ID",
        "Recipient Last Name",
        "User Language",
    ]
    said += ["Etu- ja sukunimi", "Syntymävuosi", "Sukupuoli - Selected Choice", "Postinumero", WISH]
    said += [f"{POST} - Selected Choice", f"{POST} - Muu - Text", "Sähköposti"]
    zone = '{"ImportId":"%s","timeZone":"America/Denver"}'
    ids = [zone % one if "Date" in one else '{"ImportId":"%s"}' % one for one in head]  # noqa: UP031
    rows = [
        [
            "2021-04-02 00:01:11",
            "2021-04-02 00:11:11",
            "10.0.0.1",
            "2021-04-02 00:11:12",
            "R_1",
            "",
            "SV",
            name,
            year,
            gender,
            code,
            ",".join(wishes),
            post,
            "",
            email,
        ]
        for name, year, gender, code, wishes, post, email in PEOPLE
    ]
    questions = [f"Q{number}" for number in range(1, 9)]
    return [[*head, *questions], said, [*ids, *('{"ImportId":"%s"}' % one for one in questions)], *rows]  # noqa: UP031


def airtable() -> list[list[str]]:
    head = ["Nimi", "Syntymävuosi", "Sukupuoli", "Postinumero", "Kumppanuuspöydät", "Luottamustehtävä", "Sähköposti"]
    times = ["2021-04-02T06:11:11.000Z", "2021-05-30T06:11:11.000Z"]
    rows = [
        [name, year, gender, code, ",".join(wishes), post, email, *times, "rec1"]
        for name, year, gender, code, wishes, post, email in PEOPLE
    ]
    return [[*head, "Created", "Last Modified", "Record ID"], *rows]


def limesurvey() -> list[list[str]]:
    head = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "IP address"]
    head += ["nimi. Etu- ja sukunimi", "svuosi. Syntymävuosi", "sukup. Sukupuoli", "pnro. Postinumero"]
    head += [f"poyta[SQ00{number}]. {WISH} [{one}]" for number, one in enumerate(TABLES)]
    rows = [
        ["1", "2021-04-02 09:11:11", "5", "sv", "1234", "2021-04-02 09:01:11", "10.0.0.1", name, year, gender, code]
        + ["Yes" if one in wishes else "No" for one in TABLES]
        + [post, email]
        for name, year, gender, code, wishes, post, email in PEOPLE
    ]
    return [[*head, f"lhenk. {POST}", "email. Sähköposti"], *rows]


@pytest.mark.parametrize("service", [surveymonkey, formstack, qualtrics, airtable, limesurvey])
def test_the_same_three_people_are_read(service) -> None:  # type: ignore[no-untyped-def]
    intake = read_rows(service())
    assert intake.set_aside == ()
    for one, (name, year, gender, code, wishes, post, email) in zip(intake.applications, PEOPLE, strict=True):
        applicant = one.applicant
        assert (applicant.name, applicant.birth_year, one.email) == (name, int(year), email)
        assert (applicant.value("gender"), applicant.value("postal_code")) == (
            {"Nainen": "woman", "Mies": "man"}[gender],
            code,
        )
        assert set(applicant.wishes) == {wish.lower() for wish in wishes}
        assert applicant.values["official"] == ("deputy_councillor" if post == "Varavaltuutettu" else "none",)
        assert one.submitted_at is not None and one.submitted_at.replace(second=0) == dt.datetime(2021, 4, 2, 9, 11)
        assert applicant.value("mother_tongue") is None  # that of the form is nobody's
        assert "Esimerkkikatu" not in str(one.answers)
    assert not [one for one in intake.findings if one.code in ("street", "late")]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2021-04-25T21:30:00.000Z", "2021-04-26 00:30"),
        ("2021-04-25T23:59:00+03:00", "2021-04-25 23:59"),
        ("2021-04-25 23:30 CET", "2021-04-26 01:30"),
        ("2021/04/02 9:11:11 AM GMT+3", "2021-04-02 09:11"),
        ("04/02/2021 09:01:11 AM (UTC)", "2021-04-02 12:01"),
        ("3.4.2021 klo 12.15", "2021-04-03 12:15"),
        ("2021-01-15 12:00 UTC-05:00", "2021-01-15 19:00"),
        ("3.4.2021 12:15 EEST", "2021-04-03 12:15"),
    ],
)
def test_times_of_other_zones_are_finnish_time(cell: str, moment: str) -> None:
    value = read_moments([cell])[0][0].value
    assert value is not None and value.replace(second=0) == dt.datetime.fromisoformat(moment)


def test_a_header_may_name_the_zone_of_its_column() -> None:
    for header, hour in (("Aikaleima (UTC)", 0), ("Timestamp UTC+3", 21), ("Aikaleima", 21), ("Tidstämpel (CET)", 23)):
        rows = [["Nimi", header], ["Aino Aalto", "2021-04-24 21:30:00"]]
        sent = read_rows(rows).applications[0].submitted_at
        assert sent is not None and sent.hour == hour


def test_the_zone_that_a_service_tells_under_the_header() -> None:
    for zone, hour in (("UTC", 2), ("Europe/Helsinki", 23), ("America/Denver", 8)):
        under = ['{"ImportId":"endDate","timeZone":"%s"}' % zone, *['{"ImportId":"QID%d"}' % n for n in range(3)]]  # noqa: UP031
        head = ["EndDate", "Q1", "Q2", "Q3"], ["End Date", "Name", "Year of birth", "Gender"]
        rows = [*head, under, ["2021-04-24 23:30:00", "Aino Aalto", "1950", "Woman"]]
        sent = read_rows(rows).applications[0].submitted_at
        assert sent is not None and sent.hour == hour


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Which association do you represent?", "organisation"),
        ("Vilken förening representerar du?", "organisation"),
        ("Mitä tahoa edustat?", "organisation"),
        ("What type of organisation do you represent?", "organisation_type"),
        ("Minkä tyyppistä yhteisöä edustat?", "organisation_type"),
        ("Do you represent an organisation?", "kind"),
        ("Edustatko yhteisöä?", "kind"),
    ],
)
def test_which_organisation_is_not_whether(header: str, field: str) -> None:
    assert meaning(header).field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nimi (First)", "first_name"),
        ("Name - Last", "last_name"),
        ("Namn (Efternamn)", "last_name"),
        ("Address: Zip / Postal Code", "postal_code"),
        ("Osoite [Postitoimipaikka]", "municipality"),
        ("Name (Prefix)", ""),
        ("Adress (Land)", ""),
        ("Nimi (pakollinen)", None),
        ("Sukupuoli (Zip)", None),
    ],
)
def test_parts_of_names_and_addresses(header: str, field: str | None) -> None:
    assert field_of_part(header) == field


@pytest.mark.parametrize("header", ["Start language", "Aloituskieli", "User Language", "Startspråk", "Lomakkeen kieli"])
def test_the_language_of_the_form_is_not_the_mother_tongue(header: str) -> None:
    assert meaning(header).field is None
