"""What an outside reader's own files showed: forms of other makers, in other words than the word lists were made from."""

from __future__ import annotations

import datetime as dt

import pytest

from selection.intake import field_name, note_text
from selection.intake.corrections import Correction
from selection.intake.reader import Cell
from selection.intake.results import Intake
from selection.intake.values.kinds import Kind, read_kind
from selection.intake.values.officials import read_official, without_parties
from selection.intake.values.seats import BOTH, read_roles
from selection.intake.values.wishes import TableNames, read_wishes
from selection.model.people import Role
from tests.intake.builders import codes, one, read, read_rows, rules, sheet

ON = dt.date(2021, 9, 1)
NAMES = TableNames(rules().tables)


def fields(*headers: str, answers: tuple[Cell, ...] = ()) -> list[str | None]:
    """The fields of these headers, in a file with names; ``answers`` fill the column of the last."""
    rows: list[list[Cell]] = [["Nimi", *headers]]
    for number, answer in enumerate(answers or ("",) * 3):
        rows.append([f"Aino Aalto{'abcdef'[number]}", *[""] * (len(headers) - 1), answer])
    return [column.field for column in read_rows(rows).columns[1:]]


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "field"),
        [
            ("Minä vuonna synnyit?", "birth_year"),
            ("Asuinpaikan pnro", "postal_code"),
            ("Företräder du en förening eller söker du som invånare?", "kind"),
            ("Edustatko yhdistystä vai haetko itsenäisenä asukkaana?", "kind"),
            ("I andra hand?", "wishes"),
            ("Inskickat", "submitted_at"),
            ("Ilm. aika", "submitted_at"),
            ("Svar-ID", "source_id"),
            ("Mitä teet työksesi tai muuten arjessa?", "situation"),
            ("Vad gör du till vardags?", "situation"),
            ("Satt du i bordet förra perioden?", "served_before"),
            ("Olitko mukana viime kaudella?", "served_before"),
            ("Lisätiedot", "remarks"),
            ("M/N", "gender"),
            ("IV. Miksi?", "motivation"),
            ("Tietojani saa käyttää täydennysvalinnassa", "consent"),
        ],
    )
    def test_in_other_words(self, header: str, field: str) -> None:
        assert fields(header) == [field]

    def test_a_short_one_is_taken_where_its_answers_say_the_same(self) -> None:
        assert fields("s.v.", answers=("-52", 1949, "1960")) == ["birth_year"]
        assert fields("s.v.", answers=("on", "ei", "ei")) == [None]

    def test_candidates_are_people_and_their_contact_details_hold_addresses(self) -> None:
        rows = [
            ["Jäsenehdokas", "Yhteystiedot"],
            ["Aino Aalto", "mailto:aino@example.org"],
            ["Eero Ek", "040 1 / e@example.org"],
        ]
        assert [one.email for one in read_rows(rows).applications] == ["aino@example.org", "e@example.org"]

    def test_answers_of_an_unknown_column_are_told_to_point_to_a_field(self) -> None:
        intake = read_rows([["Nimi", "Q17"], *([f"Aino Aalto{letter}", f"{letter}@example.org"] for letter in "abc")])
        (note,) = intake.notes
        assert (note.code, note.params["field"]) == ("column_suggested", "email")
        assert field_name("email") in note_text(note)

    def test_postal_codes_under_a_header_of_districts_are_told(self) -> None:
        rows = [["Nimi", "Asuinalue"], *([f"Aino Aalto{letter}", "15110"] for letter in "abc")]
        intake = read_rows(rows)
        assert [note.code for note in intake.notes] == ["column_values"]
        assert all(one.value("district") is None for one in intake.applicants)

    def test_serial_times_are_no_reason_to_doubt_a_header(self) -> None:
        rows = [
            ["Lähetysajankohta", "Nimi"],
            [44287.378, "Aino Aalto"],
            [44288.5, "Eero Eskola"],
            [44289.25, "Ilo Ilves"],
        ]
        assert read_rows(rows).notes == ()

    def test_a_sensitive_column_is_told_with_its_reason(self) -> None:
        intake = read_rows([["Nimi", "Allergiat"], ["Aino Aalto", "-"]])
        assert [note_text(note) for note in intake.notes if note.code == "column_sensitive"] == [
            "Saraketta Allergiat ei tuoda: se näyttää kysyvän arkaluonteista tietoa (terveys tai toimintakyky)."
        ]


class TestLists:
    """Hand-made lists: one sheet for each area, named by a short word or by the title above the header."""

    ROWS = (["Nimi", "Postinro"], ["Aino Aalto", "15100"])

    def wishes(self, intake: Intake) -> list[tuple[str, ...]]:
        return [one.wishes for one in intake.applicants]

    @pytest.mark.parametrize("name", ["Pohj.", "Pohjoisen hakijat", "POHJOINEN 2021", "pohjoinen"])
    def test_the_name_of_the_sheet(self, name: str) -> None:
        intake = read(sheet(self.ROWS, name))
        assert self.wishes(intake) == [("pohjoinen",)]
        assert [(note.code, note.params["table"]) for note in intake.notes] == [("sheet_table", "pohjoinen")]

    @pytest.mark.parametrize("title", ["ITÄINEN ALUE, hakijat 26.4.", "Itäinen"])
    def test_the_title_above_the_header(self, title: str) -> None:
        assert self.wishes(read(sheet([[title], *self.ROWS], "Taul3"))) == [("itäinen",)]

    @pytest.mark.parametrize("name", ["Taul1", "Itä ja pohjoinen", "Kaikki"])
    def test_a_name_of_none_or_of_several_tells_nothing(self, name: str) -> None:
        intake = read(sheet(self.ROWS, name))
        assert self.wishes(intake) == [()]
        assert intake.notes == ()

    def test_an_answer_goes_before_the_name_of_the_sheet(self) -> None:
        rows = [["Nimi", "Toivottu pöytä"], ["Aino Aalto", "Keskusta"], ["Eero Eskola", ""]]
        assert self.wishes(read(sheet(rows, "Itäinen"))) == [("keskusta",), ("itäinen",)]

    @pytest.mark.parametrize("text", ["PERUUTTANUT 5.4.", "Peruttu puhelimessa", "vetäytyi hausta", "Återtagit 3.4"])
    def test_withdrawn_with_a_date_beside_it(self, text: str) -> None:
        intake = read_rows([["Nimi", "Lisätiedot"], ["Aino Aalto", text], ["Eero Eskola", "perustelut hyvät"]])
        assert [(one.code, one.origin.row) for one in intake.set_aside] == [("withdrawn", 2)]
        kept = read_rows(
            [["Nimi", "Lisätiedot"], ["Aino Aalto", text]], corrections=[Correction(intake.set_aside[0].key, "keep")]
        )
        assert [one.name for one in kept.applicants] == ["Aino Aalto"]


class TestSeats:
    def test_yes_if_not_as_a_member_is_both(self) -> None:
        asked = "Voitko toimia myös varajäsenenä?"
        assert read_roles("Kyllä, jos en pääse varsinaiseksi", asked).value == BOTH
        assert read_roles("Ei, vain varsinaiseksi", asked).value == frozenset({Role.MEMBER})
        assert read_roles("Kyllä, vain varajäseneksi", asked).value == frozenset({Role.DEPUTY})

    @pytest.mark.parametrize("answer", ["Mieluummin varajäseneksi", "Helst ordinarie", "Ensisijaisesti jäseneksi"])
    def test_who_likes_one_better_does_not_refuse_the_other(self, answer: str) -> None:
        reading = read_roles(answer, "Jäsen vai varajäsen?")
        assert reading.value == BOTH
        assert [remark.code for remark in reading.remarks] == ["roles_preferred"]


class TestKinds:
    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            ("Launeen asukasyhdistyksen edustaja", Kind("representative", "association")),
            ("Mukkulan Martat ry:n puolesta", Kind("representative", "association")),
            ("yritys", Kind("representative", "company")),
            ("Seurakunta", Kind("representative", "congregation")),
            ("Oppilaitoksen edustajana", Kind("representative", "educational_institution")),
            ("Som invånare", Kind("resident")),
            ("Omasta puolestani", Kind("resident")),
            ("Bådadera", Kind("both")),
            ("Asukas, mutta myös yhdistyksen edustaja", Kind("both", "association")),
            ("En edusta mitään yhdistystä", Kind("resident")),
            ("Nej", Kind("resident")),
        ],
    )
    def test_read(self, answer: str, expected: Kind) -> None:
        assert read_kind(answer).value == expected

    def test_an_answer_of_another_question_is_asked_about(self) -> None:
        assert [remark.code for remark in read_kind("Punainen").remarks] == ["value_unknown"]

    def test_types_are_taken_where_the_answers_are_types(self) -> None:
        rows = [
            ["Nimi", "Haen"],
            ["Aino A", "asukkaana"],
            ["Eero E", "yhdistyksen edustajana"],
            ["Iiro I", "yrityksen edustajana"],
        ]
        intake = read_rows(rows)
        assert "organisation_type" in intake.asked
        assert [one.value("organisation_type") for one in intake.applicants] == [None, "association", "company"]

    def test_and_not_where_the_answer_is_one_of_two(self) -> None:
        rows = [["Nimi", "Haen"], ["Aino A", "asukkaana"], ["Eero E", "yhdistyksen edustajana"]]
        intake = read_rows(rows)
        assert "organisation_type" not in intake.asked
        assert [one.value("organisation_type") for one in intake.applicants] == [None, None]

    def test_a_resident_is_no_organisation(self) -> None:
        rows = [["Nimi", "Vilken förening?"], ["Aino A", "Som invånare"], ["Eero E", "Lahtis Marthor rf"]]
        assert [one.value("kind") for one in read_rows(rows).applicants] == ["resident", "representative"]


class TestOfficials:
    @pytest.mark.parametrize(
        ("answer", "position", "remarks"),
        [
            ("Kuntayhtymän valtuusto", ("other_body",), []),
            ("Valtuutetun avustaja", ("none",), ["official_elsewhere"]),
            ("Valtuutettuna kolmatta kautta", ("councillor",), []),
            ("Yes, member of the Education Board", ("board_member",), []),
            ("Member of the board of a housing company", ("none",), ["official_elsewhere"]),
            ("Nuorisovaltuuston pj", ("none",), []),
            ("I am on the youth council", ("none",), []),
            ("Pääluottamusmies JHL", ("none",), []),
            ("sivistyslautakunta", ("board_member",), []),
        ],
    )
    def test_read(self, answer: str, position: tuple[str, ...], remarks: list[str]) -> None:
        reading = read_official(answer, ON)
        assert reading.value is not None
        assert reading.value.official == position
        assert [remark.code for remark in reading.remarks] == remarks

    def test_no_union_is_kept(self) -> None:
        application, _ = one({"Oletko luottamushenkilö?": "Pääluottamusmies, JHL ry"})
        assert "JHL" not in str(application)
        assert without_parties("Tehy ry:n hallitus, valtuutettu").endswith("valtuutettu")


class TestWishes:
    @pytest.mark.parametrize(
        ("answer", "tables"),
        [
            ("Keskusta tai itä, ei kuitenkaan pohjoinen", ("keskusta", "itäinen")),
            ("etelä, en missään tapauksessa keskusta", ("eteläinen",)),
            ("Any of them", rules().table_ids),
            ("koko Lahti", rules().table_ids),
            ("Pohj.", ("pohjoinen",)),
        ],
    )
    def test_read(self, answer: str, tables: tuple[str, ...]) -> None:
        reading = read_wishes(answer, NAMES)
        assert reading.value is not None
        assert reading.value.tables == tables

    def test_no_matter_is_no_refusal(self) -> None:
        reading = read_wishes("ei väliä, vaikka keskusta", NAMES)
        assert reading.value is not None
        assert "keskusta" in reading.value.tables


def test_a_longer_name_at_the_same_place_and_age_may_be_the_same_person() -> None:
    rows = [
        ["Nimi", "Syntymävuosi", "Postinumero", "Sähköposti"],
        ["Aino Aho", 1960, "15110", "aino@example.org"],
        ["Aino Maria Aho", 1960, "15110", "toinen@example.org"],
        ["Aino Kaarina Aho", 1960, "15140", "kolmas@example.org"],
    ]
    intake = read_rows(rows)
    likely = [(one.origin.row, one.params["other"]) for one in intake.findings if one.code == "likely_duplicate"]
    assert likely in ([(2, "Vastaukset!3")], [(3, "Vastaukset!2")])


def test_a_birth_year_in_a_column_of_ages_is_not_changed_for_an_age() -> None:
    application, findings = one({"Syntymävuosi": "", "Ikä": 1970})
    assert application.applicant.birth_year == 1970
    assert [(finding.code, finding.suggestion) for finding in findings if finding.field == "age"] == [
        ("year_in_age_column", None)
    ]
    assert "birth_year_missing" not in codes(findings)
