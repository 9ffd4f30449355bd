"""Columns: headers in the words of the notes and in others; sensitive, weak and own columns; what values suggest."""

from __future__ import annotations

import pytest

from selection.intake.columns import FIELDS, forms, meaning, normalised
from selection.intake.wording import lexicon
from selection.model.criteria import Goal
from tests.intake.builders import OTHERS, form, read_rows, rules


@pytest.mark.parametrize("field", lexicon("columns")["synonyms"])
def test_every_known_header_means_its_field(field: str) -> None:
    assert field in FIELDS
    wrong = {
        header: meaning(header).field
        for header in lexicon("columns")["synonyms"][field]
        if meaning(header).field != field
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("8. Oletko Lahden kaupungin luottamushenkilö (valtuutettu, varavaltuutettu, lautakunnan jäsen)?\n*Pakollinen", "official"),
        ("Miksi haluat mukaan kumppanuuspöydän toimintaan?", "motivation"),
        ("Kerro lyhyesti, miksi haet kumppanuuspöytään", "motivation"),
        ("Oletko ollut aiemmin kumppanuuspöydän jäsen?", "served_before"),
        ("Mitä järjestöä tai yhteisöä edustat?", "organisation"),
        ("Minkä tyyppistä yhteisöä edustat?", "organisation_type"),
        ("Mikä on asemasi yhdistyksessä?", "organisation_role"),
        ("Voitko toimia tarvittaessa myös varajäsenenä?", "roles"),
        ("Haetko asukkaana vai jonkin yhteisön edustajana?", "kind"),
        ("Ilmoita syntymävuotesi (nelinumeroisena) *", "birth_year"),
        ("Q3: Minkä ikäinen olet (vuosina)?", "age"),
        ("Millä alueella asut?", "district"),
        ("Minkä kumppanuuspöydän jäseneksi haet? Voit valita useita.", "wishes"),
        ("Hyväksyn, että tietojani käsitellään", "consent"),
        ("Jätä puhelinnumerosi", "phone"),
        ("SÄHKÖPOSTIOSOITE:", "email"),
        ("Syntymavuosi", "birth_year"),
        ("Postinumer", "postal_code"),
        ("Vilket år är du född?", "birth_year"),
        ("Vilket partnerskapsbord söker du till?", "wishes"),
        ("What is your postal code?", "postal_code"),
        ("Varför vill du vara med i partnerskapsbordet?", "motivation"),
        ("Luottamustehtävä yhdistyksessä", "organisation_role"),
        ("Onko sinulla turvakielto?", "non_disclosure"),
    ],
)  # fmt: skip
def test_headers_in_other_words(header: str, field: str) -> None:
    assert meaning(header).field == field


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Henkilötunnus", "personal_id"), ("HETU", "personal_id"), ("Personbeteckning", "personal_id"), ("Onko sinulla jokin sairaus?", "health"),
        ("Erityisruokavalio ja allergiat", "health"), ("Esteettömyystarpeet", "health"), ("Vamma tai toimintarajoite", "health"), ("Kansalaisuus", "origin"),
        ("Syntymämaa", "origin"), ("Uskontokunta", "religion"), ("Seurakunnan jäsenyys", "religion"), ("Puolue", "politics"), ("Minkä puolueen jäsen olet?", "politics"),
        ("Ammattiliitto", "union"), ("Political party", "politics"), ("Disability", "health"), ("Fackförening", "union"), ("Seksuaalinen suuntautuminen", "orientation"),
    ],
)  # fmt: skip
def test_sensitive_columns_are_off(header: str, kind: str) -> None:
    found = meaning(header)
    assert (found.field, found.sensitive) == (None, kind)
    intake = read_rows(form({}, *OTHERS, but={header: "jotain"}))
    (column,) = [column for column in intake.columns if column.header == header]
    assert not column.used
    assert not any("jotain" in str(one) for one in intake.applications)
    assert [note.params["column"] for note in intake.notes if note.code == "column_sensitive"] == [header]


@pytest.mark.parametrize(
    "header", ["Oletko vammaisneuvoston jäsen?", "Partnerskapsbord", "Parturi-kampaaja", "Kansalaisryhmän nimi"]
)
def test_what_only_sounds_sensitive_is_not(header: str) -> None:
    assert meaning(header).sensitive is None


def test_a_header_with_a_sensitive_remark_in_brackets_keeps_its_meaning() -> None:
    assert meaning("Luottamustehtävät (tehtävä ja puolue)").field == "official"


@pytest.mark.parametrize(
    ("header", "form_"),
    [
        ("1. Nimi", "nimi"),
        ("Q4: Ikä?", "ikä"),
        ("3) Sukupuoli *", "sukupuoli"),
        ("Nimi:\u00a0", "nimi"),
        ("Sähkö\u00adposti\n", "sähköposti"),
        ("a) Nimi", "nimi"),
        ("12 - Ikä", "ikä"),
    ],
)
def test_normal_form(header: str, form_: str) -> None:
    assert normalised(header) == form_


def test_a_number_that_is_part_of_the_header_stays() -> None:
    assert normalised("1. vaihtoehto") == "vaihtoehto"
    assert "nimi" in forms("Nimi2")


class TestWeakHeaders:
    def test_are_taken_where_the_answers_agree(self) -> None:
        rows = [
            ["Nimi", "Alue", "Sp", "Kieli"],
            ["Aino Aalto", "Eteläinen", "N", "suomi"],
            ["Eero Eskola", "Keskusta", "M", "ruotsi"],
        ]
        intake = read_rows(rows)
        assert [column.field for column in intake.columns] == ["name", "wishes", "gender", "mother_tongue"]
        assert [column.confidence for column in intake.columns[1:]] == ["check"] * 3
        assert [note.code for note in intake.notes] == ["column_check"] * 3

    def test_are_left_out_where_they_do_not(self) -> None:
        rows = [["Nimi", "Alue", "Kieli"], ["Aino Aalto", "Mukkula", "1"], ["Eero Eskola", "Laune", "2"]]
        intake = read_rows(rows)
        assert [column.field for column in intake.columns] == ["name", None, None]
        assert [note.code for note in intake.notes] == ["column_unclear"] * 2

    def test_sv_is_never_taken_by_itself(self) -> None:
        rows = [["Nimi", "sv"], ["Aino Aalto", 1960], ["Eero Eskola", 1971]]
        column = read_rows(rows).columns[1]
        assert (column.field, column.used, column.suggestion) == (None, False, "birth_year")


class TestValues:
    def test_suggest_a_field_for_an_unknown_header_and_no_more(self) -> None:
        rows = [["Nimi", "Kenttä 7"], ["Aino Aalto", "aino@example.org"], ["Eero Eskola", "eero@example.org"]]
        column = read_rows(rows).columns[1]
        assert (column.field, column.used, column.suggestion) == (None, False, "email")

    def test_outvote_a_header_only_as_a_suggestion(self) -> None:
        rows = [["Nimi", "Postinumero"], ["Aino Aalto", "aino@example.org"], ["Eero Eskola", "eero@example.org"]]
        intake = read_rows(rows)
        column = intake.columns[1]
        assert (column.field, column.used, column.suggestion, column.confidence) == (
            "postal_code",
            True,
            "email",
            "check",
        )
        assert [note.code for note in intake.notes] == ["column_values"]


class TestOwnFields:
    def test_a_column_that_the_rules_name_is_read_as_written(self) -> None:
        goal = Goal(id="asuminen", field="asumismuoto", priority=2, each={"cover": True})
        using = rules().model_copy(update={"goals": (*rules().goals, goal)})
        intake = read_rows(form({"7. Asumismuoto *": " Vuokralla "}, *OTHERS), using=using)
        assert intake.applicants[0].values["asumismuoto"] == ("Vuokralla",)
        assert "asumismuoto" in intake.asked

    def test_an_unknown_column_is_not_imported(self) -> None:
        intake = read_rows(form({"Asumismuoto": "Vuokralla"}, *OTHERS))
        assert "Vuokralla" not in str(intake.applications)
        assert [note.code for note in intake.notes] == ["column_unknown"]


def test_asked_tells_the_fields_of_the_pool() -> None:
    assert read_rows([["Nimi", "Ikä"], ["Aino Aalto", 60]]).asked == {"age"}
    assert read_rows(form({}, *OTHERS)).asked == {
        "age", "gender", "postal_code", "kind", "organisation", "official", "mother_tongue",
    }  # fmt: skip


def test_a_label_is_short_and_the_header_whole() -> None:
    header = "Miksi haluat mukaan kumppanuuspöydän toimintaan ja mitä annettavaa sinulla on sille?"
    column = read_rows([["Nimi", header], ["Aino Aalto", "koska"]]).columns[1]
    assert column.header == header
    assert len(column.label) <= 60
    assert column.label.endswith("…")
