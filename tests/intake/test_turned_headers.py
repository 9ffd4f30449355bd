"""Headers that hold a field's word and ask something else, deny it, or are broken off."""

from __future__ import annotations

import pytest

from selection.intake.applications_json import people_json
from selection.intake.columns import is_negative, meaning
from tests.intake.builders import read_rows


@pytest.mark.parametrize(
    "header",
    [
        "Aiemmat luottamustehtävät",
        "Tidigare förtroendeuppdrag",
        "Former positions of trust",
        "Oletko ollut luottamushenkilö?",
        "Oletko kiinnostunut luottamustehtävistä?",
        "Ehdokkuus luottamustehtävään",
        "Puolison luottamustehtävät",
        "Luottamustehtävät työnantajan edustajana",
        "Lapsen syntymävuosi",
        "Barnens födelseår",
        "Yhteyshenkilön sähköposti",
        "Ilmoittajan nimi",
        "Kontaktpersonens namn",
        "Yhdistyksen postinumero",
        "Employer's postal code",
        "Entinen nimi",
        "Mihin alueen tilaisuuteen osallistut?",
        "Mistä kuulit kumppanuuspöydistä?",
        "Missä pöydässä olet ollut jäsenenä?",
        "User language",
        "IP address",
        "Lomakkeen kieli",
    ],
)
def test_another_question_is_no_field(header: str) -> None:
    found = meaning(header)
    assert (found.field, found.confidence != "sure" or found.field is None) == (None, True)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Oletko luottamushenkilö?", "official"),
        ("Oletko toiminut aiemmin kumppanuuspöydässä?", "served_before"),
        ("Minkä alueen toimintaan haluat osallistua?", "wishes"),
        ("Vanhempainyhdistyksen nimi", "organisation"),
        ("Mikä on äidinkielesi?", "mother_tongue"),
        ("Sukupuoli", "gender"),
        ("Luott.tehtävä", "official"),
        ("Sukup.", "gender"),
        ("Synt.v.", "birth_year"),
    ],
)
def test_the_question_itself_and_written_short(header: str, field: str) -> None:
    assert meaning(header).field == field


@pytest.mark.parametrize(
    ("header", "denied"),
    [
        ("En ole luottamushenkilö", True),
        ("Nimeäni ei saa julkaista", True),
        ("Jag är inte förtroendevald", True),
        ("I am not an elected official", True),
        ("Oletko luottamushenkilö vai et?", False),
        ("Jos en tule valituksi jäseneksi, olen käytettävissä varajäseneksi", False),
        ("Luottamushenkilö", False),
    ],
)
def test_headers_that_deny(header: str, denied: bool) -> None:
    assert is_negative(header) == denied


def test_a_tick_under_a_denial_is_a_no() -> None:
    head = ["Nimi", "Kumppanuuspöytä", "Olen luottamushenkilö", "En ole luottamushenkilö", "Nimeäni ei saa julkaista"]
    rows = [
        ["Aino Koskela", "Keskusta", None, "x", "x"],
        ["Olli Niemi", "Keskusta", "x", None, None],
        ["Sirpa Salo", "Keskusta", None, None, "ei"],
    ]
    told = [(one["fields"]["official"], one["fields"]["consents"]) for one in people_json(read_rows([head, *rows]))]
    assert told == [([], {"publish": False}), (["other_body"], {}), ([], {"publish": True})]


def test_an_earlier_table_is_no_wish() -> None:
    head = ["Nimi", "Kumppanuuspöytä", "Missä pöydässä olet ollut jäsenenä?"]
    (person,) = people_json(read_rows([head, ["Aino Koskela", "Keskusta", "Itäinen"]]))
    assert person["fields"]["wishes"] == ["keskusta"]
