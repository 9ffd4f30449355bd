"""A clean pool, messed up at random in the ways of real files, comes back, or a finding stands at the very cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from selection.errors import FileError
from selection.intake import Application, Intake, read_applications
from selection.intake.assembly import intake_of
from selection.intake.identity import name_tokens
from selection.intake.layout import address
from selection.intake.reader import Cell
from selection.intake.values.seats import BOTH
from selection.model.people import Role
from tests.intake.builders import book, check, read_rows, rules, saved, sheet, xlsx

FIRST_NAMES = ("Aino", "Eero", "Päivi", "Göran", "Maija-Liisa", "Thị", "Åke", "Juho", "Sirkka", "Olli")
LAST_NAMES = ("Virtanen", "von Essen", "Mäkelä", "Öberg", "Nieminen", "Al-Hassan", "Järvinen", "Korhonen", "Salo")
TABLES = rules().table_ids
CODES = tuple(code for table in rules().tables for code in table.postal_codes)


@dataclass(frozen=True)
class Person:
    """What somebody truly answered."""

    first: str
    last: str
    year: int
    gender: str
    code: str
    wishes: tuple[str, ...]
    roles: frozenset[Role]
    official: str
    organisation: str
    sent: dt.datetime

    @property
    def email(self) -> str:
        return f"{self.first}.{self.last}.{self.year}@example.org".replace(" ", "").lower()


@st.composite
def persons(draw: st.DrawFn) -> list[Person]:
    """Up to six people whom nothing makes look like each other."""
    chance = random.Random(draw(st.integers(0, 10**9)))
    firsts = chance.sample(FIRST_NAMES, draw(st.integers(1, 6)))
    return [
        Person(
            first=first,
            last=chance.choice(LAST_NAMES),
            year=1935 + 7 * number + chance.randrange(3),
            gender=chance.choice(("woman", "man", "other", "undisclosed")),
            code=chance.choice(CODES),
            wishes=tuple(chance.sample(TABLES, chance.randint(1, 3))),
            roles=chance.choice((frozenset({Role.MEMBER}), frozenset({Role.DEPUTY}), BOTH)),
            official=chance.choice(("none", "none", "councillor", "deputy_councillor", "board_member", "city_board")),
            organisation=chance.choice(("", "", "Launeen seura", "Mukkulan kyläyhdistys")),
            sent=dt.datetime(2021, 4, 1, 9, 0) + dt.timedelta(hours=chance.randrange(400)),
        )
        for number, first in enumerate(firsts)
    ]


# ── how people write what they mean ──────────────────────────────────────────────────────────────────────────────────

Way = Callable[[Person, random.Random], Cell]
GENDERS = {
    "woman": ("Nainen", "nainen ", "N", "kvinna", "female"),
    "man": ("Mies", "MIES", "m", "man", "male"),
    "other": ("Muu", "muunsukupuolinen", "muu: queer", "annat"),
    "undisclosed": ("En halua kertoa", "vill inte uppge", "ei ilmoitettu"),
}
OFFICIALS = {
    "none": (
        "En",
        "",
        "En ole luottamushenkilö",
        "-",
        "Ei tällä hetkellä, ent. valtuutettu",
        "pääluottamusmies",
        "Taloyhtiön pj",
    ),
    "councillor": ("valtuutettu", "Kaupunginvaltuutettu (kok.)", "kaupunginvaltuuston jäsen", "Kyllä, valtuutettu"),
    "deputy_councillor": ("varavaltuutettu", "Varavaltuutettu, sd.", "kaupunginvaltuuston varajäsen"),
    "board_member": ("lautakunnan jäsen", "sivistyslautakunta", "Teknisen lautakunnan varajäsen"),
    "city_board": ("kaupunginhallituksen jäsen", "kh:n varajäsen"),
}
SEATS = {
    frozenset({Role.MEMBER}): ("jäsen", "Jäseneksi", "vain jäseneksi", "varsinainen jäsen"),
    frozenset({Role.DEPUTY}): ("varajäsen", "vain varajäseneksi", "Varajäseneksi"),
    BOTH: ("molemmat", "Jäsen;Varajäsen;", "", "kumpi tahansa", "jäseneksi tai varajäseneksi"),
}
ALIASES = {
    "eteläinen": ("Eteläinen", "eteläisen alueen kumppanuuspöytä", "Etelä-Lahti", "Eteläiseen"),
    "itäinen": ("Itäinen", "Nastola", "itäisen alueen pöytä", "ITÄINEN"),
    "pohjoinen": ("Pohjoinen", "Pohjois-Lahti", "pohjoiseen"),
    "keskusta": ("Keskusta", "keskustan alue", "Keski-Lahti", "keskustaan"),
}


def wishes(person: Person, chance: random.Random) -> str:
    words = [chance.choice(ALIASES[table]) for table in person.wishes]
    if chance.random() < 0.2:
        return " ".join(f"{number}) {word}" for number, word in enumerate(words, start=1))
    return chance.choice((";", "; ", ", ", "\n", " / ")).join(words) + chance.choice(("", ";"))


WAYS: dict[str, tuple[str, ...]] = {
    "name": ("Nimi", "1. Etu- ja sukunimi *", "Hakijan nimi", "NIMI:", "Mikä on nimesi?"),
    "year": ("Syntymävuosi", "2. Syntymävuosi (esim. 1975)", "Synt.vuosi", "Minä vuonna olet syntynyt?", "Födelseår"),
    "gender": ("Sukupuoli", "Mikä on sukupuolesi?", "4) Sukupuoli (pakollinen)", "Kön"),
    "code": ("Postinumero", "Postinro", "Kotiosoitteen postinumero", "5. Mikä on postinumerosi?"),
    "wishes": ("Kumppanuuspöytä", "Mihin kumppanuuspöytään haet?", "7. Minkä pöydän jäseneksi haluat?", "Haettava kumppanuuspöytä"),
    "roles": ("Jäsen vai varajäsen", "Haen jäseneksi/varajäseneksi", "6. Jäsen vai varajäsen? Voit valita molemmat."),
    "official": ("Luottamushenkilö", "8. Oletko Lahden kaupungin luottamushenkilö (valtuutettu, varavaltuutettu, lautakunnan jäsen)?"),
    "organisation": ("Yhdistyksen nimi", "Yhteisön nimi", "Mitä yhteisöä edustat?"),
    "email": ("Sähköposti", "Sähköpostiosoite", "E-mail", "Sähkö\u00adposti\u00a0"),
    "sent": ("Aikaleima", "Valmistumisaika", "Lähetetty"),
}  # fmt: skip

CLEAN: dict[str, Way] = {
    "name": lambda one, _: f"{one.first} {one.last}",
    "year": lambda one, _: one.year,
    "gender": lambda one, _: GENDERS[one.gender][0],
    "code": lambda one, _: one.code,
    "wishes": lambda one, _: ";".join(one.wishes),
    "roles": lambda one, _: SEATS[one.roles][0],
    "official": lambda one, _: OFFICIALS[one.official][0],
    "organisation": lambda one, _: one.organisation,
    "email": lambda one, _: one.email,
    "sent": lambda one, _: one.sent,
}
MESSY: dict[str, tuple[Way, ...]] = {
    "name": (
        lambda one, _: f" {one.first}\u00a0 {one.last} ",
        lambda one, _: f"{one.last}, {one.first}",
        lambda one, _: f"{one.first} {one.last} (opiskelija)",
        lambda one, _: f"{one.first} {one.last}".upper(),
    ),
    "year": (
        lambda one, _: f"{one.year}.0",
        lambda one, _: f"12.3.{one.year}",
        lambda one, _: f"v. {one.year} ",
        lambda one, _: dt.date(one.year, 3, 12),
        lambda one, _: one.year - 1900,
        lambda one, _: f"l{str(one.year)[1:]}",
        lambda one, _: "",
    ),
    "gender": (lambda one, chance: chance.choice(GENDERS[one.gender]), lambda one, _: 1),
    "code": (
        lambda one, _: int(one.code),
        lambda one, _: f"FI-{one.code}",
        lambda one, _: f"{one.code[:2]} {one.code[2:]}",
        lambda one, _: f"{one.code} LAHTI",
        lambda one, _: one.code.replace("0", "O").replace("1", "l"),
        lambda one, _: one.code[:4],
        lambda one, _: f"{one.code}0",
    ),
    "wishes": (wishes, lambda one, _: "läntinen"),
    "roles": (lambda one, chance: chance.choice(SEATS[one.roles]), lambda one, _: "jäseneksi, mutta käy myös vara"),
    "official": (lambda one, chance: chance.choice(OFFICIALS[one.official]), lambda one, _: "kirkkovaltuusto"),
    "organisation": (lambda one, chance: (one.organisation and one.organisation.upper() + chance.choice((" ry", " r.y.", ""))) or chance.choice(("-", "ei mikään", "Edustan itseäni")),),
    "email": (lambda one, _: one.email.title(), lambda one, _: f"mailto:{one.email} "),
    "sent": (
        lambda one, _: f"{one.sent:%-d.%-m.%Y} klo {one.sent:%-H.%M}",
        lambda one, _: one.sent.isoformat(),
        lambda one, _: (one.sent - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1),
    ),
}  # fmt: skip


@dataclass
class File:
    """Rows of a messed-up file, with who stands in each and in which column each field."""

    rows: list[list[Cell]]
    columns: dict[str, int]
    people: dict[int, Person] = field(default_factory=dict)
    others: int = 0


@st.composite
def files(draw: st.DrawFn) -> File:
    """A file with some of its cells, columns and rows messed up."""
    people = draw(persons())
    chance = random.Random(draw(st.integers(0, 10**9)))
    order = list(WAYS)
    chance.shuffle(order)
    headers: list[Cell] = [chance.choice(WAYS[name]) for name in order]
    rows: list[list[Cell]] = []
    if chance.random() < 0.4:
        rows += [["Kumppanuuspöydät 2021–2023, hakemukset"], [], ["Tulostettu 26.4.2021"]]
    rows.append(headers)
    made = File(rows, {name: number for number, name in enumerate(order)})
    amount = draw(st.sampled_from((0.0, 0.2, 0.6)))
    for person in people:
        cells: list[Cell] = [
            (chance.choice(MESSY[name]) if chance.random() < amount else CLEAN[name])(person, chance) for name in order
        ]
        made.people[len(rows)] = person
        rows.append(cells)
        if chance.random() < 0.1:
            rows.append([])
        if chance.random() < 0.1:
            rows.append(list(headers))
            made.others += 1
    if chance.random() < 0.3:
        rows += [[], ["Yhteensä", len(people)], ["Huom! Keltaisella merkityt ovat uusia hakijoita."]]
        made.others += 2
    return made


def told(intake: Intake, made: File, row: int, name: str) -> bool:
    """Whether a finding stands at the cell of a field."""
    cell = address(row, made.columns[name])
    header = made.rows[row and next(n for n, one in enumerate(made.rows) if len(one) > 3)][made.columns[name]]
    return any(
        finding.cell == cell and finding.origin.row == row + 1 and finding.column == str(header).replace("\u00ad", "").replace("\u00a0", " ").strip()
        for finding in intake.findings
    )  # fmt: skip


def came_back(application: Application, person: Person) -> dict[str, bool]:
    """For each field whether it is what the person meant."""
    applicant = application.applicant
    return {
        "name": name_tokens(applicant.name) == name_tokens(f"{person.first} {person.last}"),
        "year": applicant.birth_year == person.year,
        "gender": applicant.value("gender") == person.gender,
        "code": applicant.value("postal_code") == person.code,
        "wishes": applicant.wishes == person.wishes,
        "roles": applicant.roles == person.roles,
        "official": applicant.values.get("official") == (person.official,),
        "organisation": (applicant.value("organisation") or "") == person.organisation.lower(),
        "email": application.email.lower() == person.email,
        "sent": application.submitted_at is not None and abs(application.submitted_at - person.sent) < dt.timedelta(minutes=1),
    }  # fmt: skip


def demand(intake: Intake, made: File) -> None:
    """Everybody is there, and whatever did not come back is told at its cell."""
    check(intake)
    assert intake.rows == len(made.people) + made.others
    by_row = {one.origin.row - 1: one for one in intake.applications if one.origin is not None}
    assert set(by_row) == set(made.people), [one.code for one in intake.set_aside]
    for row, person in made.people.items():
        for name, same in came_back(by_row[row], person).items():
            assert same or told(intake, made, row, name), (name, made.rows[row][made.columns[name]], by_row[row])


@given(files())
@settings(max_examples=150, deadline=None)
def test_the_pool_comes_back_or_is_asked_about(made: File) -> None:
    demand(read_rows(made.rows), made)


@given(files(), st.sampled_from((";", ",", "\t")), st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_also_from_separated_text(tmp_path: Path, made: File, separator: str, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [["" if cell is None else cell for cell in row] for row in made.rows]
    )
    path = saved(tmp_path, "hakemukset.csv", text.getvalue().encode(encoding))
    demand(read_applications([path], rules()), made)


@given(files())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_also_from_a_workbook(tmp_path: Path, made: File) -> None:
    path = saved(tmp_path, "hakemukset.xlsx", xlsx(("Vastaukset", made.rows)))
    demand(read_applications([path], rules()), made)


@given(files(), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_decides_nothing(made: File, seed: int) -> None:
    head = next(number for number, row in enumerate(made.rows) if len(row) > 3)
    body = [made.rows[row] for row in made.people]
    random.Random(seed).shuffle(body)
    clean = [made.rows[head], *(made.rows[row] for row in made.people)]

    def said(intake: Intake) -> object:
        people = {(one.key, replace(one, origin=None).__repr__()) for one in intake.applicants}
        return people, sorted((one.person, one.code, one.found) for one in intake.findings)

    assert said(read_rows(clean)) == said(
        intake_of([book(sheet([made.rows[head], *body], "Toinen"), name="x.xlsx")], rules())
    )


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=40),
                st.integers(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.booleans(),
                st.dates(),
                st.datetimes(),
                st.times(),
            ),
            max_size=8,
        ),
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize(
    "header", [[], ["Nimi"], ["Nimi", "Ikä", "Postinumero", "Alue", "Sukupuoli", "Rooli", "Syntymäaika", "Aikaleima"]]
)
def test_any_cells_at_all_give_an_intake_or_a_clear_error(header: list[Cell], rows: list[list[Cell]]) -> None:
    try:
        read_rows([header, *rows] if header else rows)
    except FileError as error:
        assert error.code in ("no_name_column", "no_header_row", "no_data_rows", "empty_file", "several_persons")


@given(
    st.text(max_size=200),
    st.sampled_from(("gender", "wishes", "roles", "official", "organisation", "year", "code", "name")),
)
@example("INFINITY", "year")
@example("١٩٧٥", "year")
@example("nan", "code")
@example("A\rA", "roles")
@settings(max_examples=200, deadline=None)
def test_any_answer_at_all_can_be_read(answer: str, name: str) -> None:
    headers = [WAYS[one][0] for one in WAYS]
    person = Person("Aino", "Aalto", 1960, "woman", "15100", ("keskusta",), BOTH, "none", "", dt.datetime(2021, 4, 1))
    cells = [answer if one == name else CLEAN[one](person, random.Random(0)) for one in WAYS]
    assert read_rows([list(headers), cells]).rows == 1
