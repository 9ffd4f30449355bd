"""Files of the known classes in other words and other layouts than the forms of the package's own word lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import (
    Application,
    Intake,
    accepting,
    mapping_of,
    note_text,
    read_applications,
    reason_text,
    typing,
)
from selection.intake.reader import Cell
from selection.model.people import Role
from selection.model.pool import Pool
from tests.intake.builders import check, read, read_rows, rules, saved, sheet, xlsx

MEMBER, DEPUTY = frozenset({Role.MEMBER}), frozenset({Role.DEPUTY})
BOTH = MEMBER | DEPUTY
PEOPLE = ("Saara Kettunen", "Olavi Rautio", "Heini Pesonen", "Jouni Laakso")


def answered(header: str, *answers: Cell) -> list[Application]:
    """The applications of people who answered one question beside their names."""
    return list(read_rows([["Nimi", header], *zip(PEOPLE, answers, strict=False)]).applications)


def columns(*headers: str, answers: Sequence[Sequence[Cell]]) -> list[Application]:
    """The same of several questions."""
    people = [[name, *said] for name, said in zip(PEOPLE, answers, strict=False)]
    return list(read_rows([["Nimi", *headers], *people]).applications)


def field_of(header: str, *answers: Cell) -> str | None:
    """The field that a column was read as."""
    intake = read_rows([["Nimi", header], *zip(PEOPLE, answers or ("–",) * 4, strict=False)])
    return next(column.field if column.used else None for column in intake.columns if column.header == header)


def found(intake: Intake, code: str) -> list[tuple[str | None, str]]:
    """Cell and what was found there, of the findings of one kind."""
    return [(one.cell, one.found) for one in intake.findings if one.code == code]


class TestWishes:
    def test_a_column_for_each_choice_in_order(self) -> None:
        for headers in (("Toive 1", "Toive 2"), ("Ykköstoive", "Kakkostoive"), ("1.", "2."), ("Val 1", "Val 2")):
            first, second = columns(*headers, answers=[("Itäinen", "Eteläinen"), ("Keskusta", None)])
            assert first.applicant.wishes == ("itäinen", "eteläinen") and first.applicant.wishes_ordered
            assert second.applicant.wishes == ("keskusta",)

    def test_a_choice_whose_answers_are_no_tables_is_left_alone(self) -> None:
        (first, _) = columns("Toive", answers=[("Lisää penkkejä puistoon",), ("Iltavuoroja uimahalliin",)])
        assert first.applicant.wishes == () and "Toive" not in first.answers

    def test_numbers_under_one_merged_question(self) -> None:
        rows = [
            ["Nimi", "Pöytätoiveet tärkeysjärjestyksessä", None, None],
            [None, "1.", "2.", "3."],
            [PEOPLE[0], "Itäinen", "Eteläinen", "Keskusta"],
            [PEOPLE[1], "Pohjoinen", None, None],
        ]
        for merged in ((), ((0, 1, 0, 3),)):
            first, second = read(sheet(rows, merged=merged)).applications
            assert first.applicant.wishes == ("itäinen", "eteläinen", "keskusta")
            assert second.applicant.wishes == ("pohjoinen",)

    @pytest.mark.parametrize("words", ["Etelän pöytä", "Eteläinen pöytä", "Eteläisen alueen pöytä", "Södra bordet"])
    def test_columns_to_tick_under_any_name_of_a_table(self, words: str) -> None:
        rows = [
            ["Nimi", "Pöydät, joihin ilmoittaudun", None],
            [None, words, "Idän pöytä"],
            [PEOPLE[0], 1, None],
            [PEOPLE[1], None, 1],
        ]
        first, second = read(sheet(rows, merged=((0, 1, 0, 2),))).applications
        assert (first.applicant.wishes, second.applicant.wishes) == (("eteläinen",), ("itäinen",))

    def test_a_tick_under_a_table_that_the_round_does_not_have_is_told_at_its_cell(self) -> None:
        rows = [
            ["Nimi", "Mihin pöytään haet?", None],
            [None, "Eteläinen", "Läntinen"],
            [PEOPLE[0], "x", None],
            [PEOPLE[1], None, "x"],
        ]
        intake = read(sheet(rows, merged=((0, 1, 0, 2),)))
        assert found(intake, "table_unknown") == [("C4", "Läntinen")]

    @pytest.mark.parametrize(
        ("first", "second"), [(2, 1), ("2.", "1."), ("toissijainen", "ensisijainen"), ("kakkonen", "ykkönen")]
    )
    def test_the_place_of_each_table_in_its_own_column(self, first: Cell, second: Cell) -> None:
        ranked, refused = columns(
            "Eteläinen pöytä", "Itäinen pöytä", "Pohjoinen", answers=[(first, second, None), ("en halua", 1, None)]
        )
        assert ranked.applicant.wishes == ("itäinen", "eteläinen") and ranked.applicant.wishes_ordered
        assert refused.applicant.wishes == ("itäinen",)

    def test_a_table_named_in_the_answer_to_another_question(self) -> None:
        first, second = answered("Haen", "eteläiseen pöytään asukkaana", "itäiseen pöytään yhdistyksen edustajana")
        assert (first.applicant.wishes, second.applicant.wishes) == (("eteläinen",), ("itäinen",))
        assert second.applicant.value("kind") == "representative"

    def test_all_but_one_leaves_that_one_out(self) -> None:
        (first,) = answered("Mihin pöytään haet?", "Ei pohjoista, muut käyvät")
        assert set(first.applicant.wishes) == {"eteläinen", "itäinen", "keskusta"}

    def test_headings_of_tables_between_the_people_say_more_than_the_name(self) -> None:
        rows = [
            ["HAKIJAT KUMPPANUUSPÖYTIIN"],
            ["Nimi", "s. vuosi", "sp", "edustaa"],
            ["ETELÄISEN ALUEEN HAKIJAT (1 kpl)"],
            [PEOPLE[0], 1961, "N", "-"],
            ["ITÄINEN ALUE (NASTOLA)"],
            [PEOPLE[1], 1949, "M", "Kärpäsen Omakotiyhdistys"],
        ]
        intake = read(sheet(rows))
        first, second = intake.applications
        assert (first.applicant.wishes, second.applicant.wishes) == (("eteläinen",), ("itäinen",))
        assert (first.applicant.birth_year, first.applicant.value("gender")) == (1961, "woman")
        assert second.organisation_name == "Kärpäsen Omakotiyhdistys"
        assert [one.code for one in intake.set_aside] == ["section_row", "section_row"]


class TestLayouts:
    def test_a_merged_question_ends_with_its_cell(self) -> None:
        rows = [
            [None, "Yhteystiedot", None, None, None],
            ["Nimi", "Matkapuhelinnumero", "Sähköpostiosoite", "Postinumero", "Sukupuoli"],
            [PEOPLE[0], "040 000 00 01", "saara@example.org", "15140", "Nainen"],
            [PEOPLE[1], "040 000 00 02", "olavi@example.org", "15150", "Mies"],
        ]
        intake = read(sheet(rows, merged=((0, 1, 0, 2),)))
        first = intake.applications[0]
        assert (first.phone, first.email) == ("040 000 00 01", "saara@example.org")
        assert first.applicant.value("postal_code") == "15140"
        assert [column.header for column in intake.columns][-2:] == ["Postinumero", "Sukupuoli"]

    def test_everything_in_one_column_as_excel_opens_separated_text(self, tmp_path: Path) -> None:
        lines = [
            "Nimi,Ikä,Sukupuoli,Pöytä",
            'Saara Kettunen,64,nainen,"Keskusta, Eteläinen"',
            "Olavi Rautio,76,mies,Itäinen",
        ]
        files = {
            "a.xlsx": xlsx(("Taul1", [[line] for line in lines])),
            "b.csv": "\n".join('"' + line.replace('"', '""') + '"' for line in lines).encode(),
        }
        for name, content in files.items():
            intake = read_applications([saved(tmp_path, name, content)], rules())
            check(intake)
            first, second = intake.applicants
            assert first.wishes == ("keskusta", "eteläinen") and first.age_stated == (64, 64)
            assert second.value("gender") == "man"
            (note,) = [one for one in intake.notes if one.code == "column_split"]
            assert "," in note_text(note)

    def test_names_with_a_comma_are_not_split(self) -> None:
        intake = read_rows([["Nimi"], ["Kettunen, Saara"], ["Rautio, Olavi"]])
        assert [one.name for one in intake.applicants] == ["Kettunen, Saara", "Rautio, Olavi"]

    def test_a_space_after_the_separator_does_not_break_a_quoted_answer(self, tmp_path: Path) -> None:
        content = b'Nimi, Postinumero, Toivottu p\xc3\xb6yt\xc3\xa4\nSaara Kettunen, 15140, "Keskusta, Itainen"\n'
        content += 'Olavi Rautio, 15150, "Itäinen, Eteläinen"\n'.encode()
        intake = read_applications([saved(tmp_path, "a.csv", content)], rules())
        assert intake.applicants[1].wishes == ("itäinen", "eteläinen")
        assert len(intake.columns) == 3

    def test_applicants_beside_each_other_are_refused_with_what_to_do(self) -> None:
        rows = [["Nimi", *PEOPLE], ["Syntymävuosi", 1961, 1949, 1998, 1975], ["Sukupuoli", "N", "M", "N", "M"]]
        with pytest.raises(FileError, match="sheet_turned"):
            read_rows([*rows, ["Postinumero", 15140, 15140, 15140, 15140]])

    def test_a_list_of_the_forms_fields_beside_the_answers_is_passed_over(self) -> None:
        guide = sheet([["Nimi", "Selitys"], ["Syntymävuosi", "v"], ["Sukupuoli", "s"], ["Postinumero", "p"]], "Ohje")
        intake = read(sheet([["Nimi", "Ikä"], [PEOPLE[0], 64]]), guide)
        assert [one.name for one in intake.applicants] == [PEOPLE[0]]
        assert "sheet_passed_over" in [note.code for note in intake.notes]

    def test_a_column_without_a_header_is_told_of(self) -> None:
        intake = read_rows([["Nimi", None, "Ikä"], [PEOPLE[0], "soitettu", 64], [PEOPLE[1], None, 76]])
        (note,) = [one for one in intake.notes if one.code == "column_unnamed"]
        assert note.params == {"column": "B"}


class TestErrorsOfFormulas:
    def test_in_a_workbook_each_is_told_at_its_cell(self, tmp_path: Path) -> None:
        def spoil(made: object) -> None:
            page = made.worksheets[0]  # type: ignore[attr-defined]
            for cell, error in (("B2", "#REF!"), ("C3", "#N/A"), ("D3", "#VALUE!")):
                page[cell] = error
                page[cell].data_type = "e"

        rows = [["Nimi", "Postinumero", "Mihin pöytään haet?", "Syntymävuosi"]]
        rows += [[name, 15140, "Itäinen", 1960 + place] for place, name in enumerate(PEOPLE)]
        intake = read_applications([saved(tmp_path, "a.xlsx", xlsx(("Taul1", rows), prepare=spoil))], rules())
        check(intake)
        assert found(intake, "cell_error") == [("B2", "#REF!"), ("C3", "#N/A"), ("D3", "#VALUE!")]
        first = intake.applicants[0]
        assert first.value("postal_code") is None and first.birth_year == 1960

    @pytest.mark.parametrize(
        "error", ["#REF!", "#NIMI?", "#PUUTTUU!", "#ARVO!", "#NAMN?", "#SAKNAS!", "#N/A", "Err:502"]
    )
    def test_in_text_they_are_no_answers(self, error: str) -> None:
        intake = read_rows([["Nimi", "Sukupuoli", "Yhteisön nimi"], [PEOPLE[0], "nainen", error], [error, "mies", "–"]])
        assert [one.name for one in intake.applicants] == [PEOPLE[0]]
        assert found(intake, "cell_error") == [("C2", error)] and intake.applications[0].organisation_name == ""
        assert [one.code for one in intake.set_aside] == ["note_row"]


class TestSeats:
    def test_two_columns_to_tick(self) -> None:
        answers = [("x", None), (None, "x"), ("x", "x"), ("Kyllä", "En")]
        for headers in (("Varsinaiseksi jäseneksi", "Varajäseneksi"), ("Haen jäseneksi", "Haen varajäseneksi")):
            roles = [one.applicant.roles for one in columns(*headers, answers=answers)]
            assert roles == [MEMBER, DEPUTY, BOTH, MEMBER]

    def test_a_confirmed_reading_is_the_same(self) -> None:
        rows = [["Nimi", "Varsinaiseksi jäseneksi", "Varajäseneksi", "Eteläinen pöytä", "Itäinen pöytä", "Toive 1"]]
        rows += [[PEOPLE[0], "x", None, 2, 1, "Keskusta"], [PEOPLE[1], None, "x", None, 1, None]]
        first = read_rows(rows)
        assert read_rows(rows, mapping=mapping_of(first.columns)).applicants == first.applicants

    @pytest.mark.parametrize(
        ("header", "yes", "no"),
        [
            ("Suostutko varajäseneksi, mikäli et tule valituksi varsinaiseksi?", "Kyllä", "En"),
            ("Käytettävissä varalle", "kyllä", "ei"),
            ("Samtycker du till att bli ersättare?", "Ja", "Nej"),
            ("Would you also accept a place as a stand-in?", "Yes, gladly", "No"),
        ],
    )
    def test_a_yes_to_being_a_deputy_too(self, header: str, yes: str, no: str) -> None:
        assert [one.applicant.roles for one in answered(header, yes, no)] == [BOTH, MEMBER]

    def test_only_as_a_stand_in(self) -> None:
        first, _ = answered("Would you also accept a place as a stand-in?", "Only as a stand-in", "Yes")
        assert first.applicant.roles == DEPUTY


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "field"),
        [
            ("Mitä sukupuolta olet?", "gender"),
            ("F/M", "gender"),
            ("Monta vuotta olet täyttänyt?", "age"),
            ("Hur många år har du fyllt?", "age"),
            ("Synnyit vuonna", "birth_year"),
            ("Hakijan suku- ja etunimi", "name"),
            ("Haluan vaikuttaa alueella", "wishes"),
            ("Edustettu taho", "organisation"),
            ("Mahdollinen taustayhteisösi", "organisation"),
            ("Are you applying on behalf of a group? If so, which one?", "organisation"),
            ("Haetko jonkin muun toimijan puolesta?", "kind"),
            ("Do you hold any office in the city council or its committees?", "official"),
            ("City positions", "official"),
        ],
    )
    def test_other_words_for_a_field(self, header: str, field: str) -> None:
        rows = [["Etunimi", "Sukunimi", header], ["Saara", "Kettunen", None], ["Olavi", "Rautio", None]]
        (column,) = [one for one in read_rows(rows).columns if one.header == header]
        assert (column.field, column.used) == (field, True)

    def test_a_further_question_belongs_to_the_one_before_it(self) -> None:
        headers = ("Haetko jonkin yhdistyksen puolesta?", "Jos vastasit kyllä, minkä?")
        first, second = columns(*headers, answers=[("Kyllä", "Lahden Lyseon lukio"), ("En", None)])
        assert first.organisation_name == "Lahden Lyseon lukio" and first.applicant.value("kind") == "representative"
        assert second.applicant.value("kind") == "resident"
        intake = read_rows([["Nimi", *headers], [PEOPLE[0], "Kyllä", "Seura ry"]])
        assert headers[0] in reason_text(intake.columns[-1])

    def test_two_columns_called_name_make_one_name_and_it_is_told(self) -> None:
        intake = read_rows([["Nimi", "Nimi", "Ikä"], ["Saara", "Kettunen", 64], ["Olavi", "Rautio", 76]])
        assert [one.name for one in intake.applicants] == ["Saara Kettunen", "Olavi Rautio"]
        assert found(intake, "name_joined") == [("A2", "Saara Kettunen"), ("A3", "Olavi Rautio")]

    def test_telephone_and_address_in_one_cell(self) -> None:
        (first,) = answered("Yhteystiedot", "puh. 040 000 00 01 / saara@example.org")
        assert (first.phone, first.email) == ("040 000 00 01", "saara@example.org")

    def test_a_postal_code_beside_the_town(self) -> None:
        first, _ = answered("Postitoimipaikka", "15140 Lahti", "Lahti 15150")
        assert (first.applicant.value("postal_code"), first.applicant.value("municipality")) == ("15140", "Lahti")


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "position"),
        [
            ("ei, mutta puolisoni on valtuutettu", "none"),
            ("Minulla ei ole luottamustoimia", "none"),
            ("Inga", "none"),
            ("Har inte haft några", "none"),
            ("I do not hold any office", "none"),
            ("valtuutettu vuoteen 2021 asti", "none"),
            ("varavaltuutettu vuoteen 2025 saakka", "deputy_councillor"),
            ("En ole valtuutettu mutta varavaltuutettu olen", "deputy_councillor"),
        ],
    )
    def test_positions_held_and_not_held(self, answer: str, position: str) -> None:
        (first,) = answered("Luottamustoimet", answer)
        assert first.applicant.value("official") == position

    @pytest.mark.parametrize(
        ("answer", "stated"), [("65–74v.", (65, 74)), ("En halua sanoa", None), ("I'd rather not say", None)]
    )
    def test_age_bands(self, answer: str, stated: tuple[int, int] | None) -> None:
        intake = read_rows([["Nimi", "Ikähaarukka"], [PEOPLE[0], answer], [PEOPLE[1], "18-29 vuotiaat"]])
        assert intake.applicants[0].age_stated == stated
        assert "age_unreadable" not in [one.code for one in intake.findings]

    @pytest.mark.parametrize(
        ("answer", "name"),
        [("Yes: Lahti Chess Club", "Lahti Chess Club"), ("I represent only myself", ""), ("bara mig själv", "")],
    )
    def test_organisations_named_and_not_named(self, answer: str, name: str) -> None:
        (first,) = answered("Organisation", answer)
        assert first.organisation_name == name

    @pytest.mark.parametrize("name", ["'=Kalle Kaava", "＝Kalle Kaava", "＋Kalle Kaava"])
    def test_names_that_would_act_as_a_formula(self, name: str) -> None:
        intake = read_rows([["Nimi", "Ikä"], [name, 40]])
        assert next((one.code, one.suggestion) for one in intake.findings) == ("name_like_formula", "Kalle Kaava")


class TestNamesWithMore:
    """A name and a year of birth or an age in one cell."""

    @pytest.mark.parametrize(
        "header",
        [
            "Nimi ja syntymävuosi",
            "Nimi (syntymävuosi)",
            "Sukunimi, etunimi, syntymävuosi",
            "Namn och födelseår",
            "Name / year of birth",
        ],
    )
    def test_the_header_asks_for_both(self, header: str) -> None:
        intake = read_rows(
            [
                [header, "Sukupuoli"],
                ["Saara Kettunen, 1975", "N"],
                ["Rautio Olavi (s. 1950)", "M"],
                ["Heini Pesonen", "N"],
            ]
        )
        said = [(one.applicant.name, one.applicant.birth_year) for one in intake.applications]
        assert said == [("Saara Kettunen", 1975), ("Rautio Olavi", 1950), ("Heini Pesonen", None)]
        assert [(one.code, one.cell) for one in intake.findings if one.code != "no_table"] == [
            ("birth_year_missing", "A4")
        ]
        assert "age" in intake.asked
        assert [note.params["field"] for note in intake.notes if note.code == "column_of_two"] == ["birth_year"]

    def test_an_age_beside_the_name(self) -> None:
        rows = [["Nimi ja ikä", "Sukupuoli"], ["Saara Kettunen, 45 v", "N"], ["Olavi Rautio 63", "M"]]
        assert [one.applicant.age_stated for one in read_rows(rows).applications] == [(45, 45), (63, 63)]

    def test_a_correction_of_the_year_leaves_the_name_alone(self) -> None:
        rows: list[list[Cell]] = [
            ["Nimi ja syntymävuosi", "Sukupuoli"],
            ["SAARA KETTUNEN, 75", "N"],
            ["Olavi Rautio, 1950", "M"],
        ]
        findings = [one for one in read_rows(rows).findings if one.suggestion is not None]
        assert [(one.code, one.cell, one.suggestion) for one in findings] == [
            ("name_case", "A2", "Saara Kettunen"),
            ("year_or_age", "A2", "1975"),
        ]
        mended = read_rows(rows, corrections=[accepting(one) for one in findings])
        first = mended.applications[0].applicant
        assert (first.name, first.birth_year) == ("Saara Kettunen", 1975)
        assert [one.code for one in mended.findings if one.suggestion is not None] == []

    def test_under_a_header_of_names_alone_it_is_said(self) -> None:
        said = answered("Sukupuoli", "N", "M")
        assert [one.applicant.name for one in said] == list(PEOPLE[:2])
        intake = read_rows(
            [["Nimi", "Sukupuoli"], ["Saara Kettunen 1975", "N"], ["Osasto 1234", "M"], ["Halli 2020", "M"]]
        )
        said = list(intake.applications)
        assert [(one.applicant.name, one.applicant.birth_year) for one in said] == [
            ("Saara Kettunen", 1975),
            ("Osasto 1234", None),
            ("Halli 2020", None),
        ]
        assert found(intake, "name_with_year") == [("A2", "Saara Kettunen 1975")]
        assert [cell for cell, _ in found(intake, "name_unusual")] == ["A3", "A4"]

    def test_an_identity_code_beside_the_name_is_no_name(self, tmp_path: Path) -> None:
        text = "Nimi ja henkilötunnus;Sukupuoli\nSaara Kettunen 010175-123A;N\n"
        intake = read_applications(
            [saved(tmp_path, "a.csv", text.replace("Nimi ja henkilötunnus", "Nimi").encode())], rules()
        )
        (one,) = intake.applications
        assert (one.applicant.name, one.applicant.birth_year) == ("Saara Kettunen", 1975)


class TestNoHeader:
    @pytest.mark.parametrize(
        "rows",
        [
            [["Saara Kettunen", 1975, "nainen", "15100"], ["Olavi Rautio", 1950, "mies", "15610"]],
            [["Saara Kettunen", "saara@example.org", "asukas"], ["Olavi Rautio", "olavi@example.org", "asukas"]],
            [["Kenkä", "Koko"], ["Saapas", "42"]],
        ],
    )
    def test_that_it_is_the_header_that_is_missing_is_said(self, rows: list[list[Cell]]) -> None:
        with pytest.raises(FileError) as caught:
            read_rows(rows)
        assert (caught.value.code, caught.value.params["sheet"]) == ("no_header_row", "Vastaukset")
        assert "Saara" not in str(caught.value), "an answer is not quoted"


class TestSeatsRefused:
    """A column for members and one for deputies."""

    @pytest.mark.parametrize(
        "headers", [("Jäseneksi", "Varajäseneksi"), ("Haetko jäseneksi?", "Voitko toimia varajäsenenä?")]
    )
    def test_who_says_no_to_both_is_no_candidate(self, headers: tuple[str, str]) -> None:
        answers = [("ei", "ei"), ("kyllä", "ei"), ("ei", None), (None, None)]
        rows = [
            ["Nimi", *headers, "Pöytä"],
            *([name, *said, "Itäinen"] for name, said in zip(PEOPLE, answers, strict=True)),
        ]
        intake = read_rows(rows)
        assert [one.applicant.roles for one in intake.applications] == [frozenset(), MEMBER, DEPUTY, BOTH]
        assert found(intake, "roles_refused") == [("B2", "ei")]
        pool = Pool.build(intake.applicants, rules(), intake.asked)
        assert intake.applications[0].key not in {pool.applicants[one.applicant].key for one in pool.candidates}
        (refusal,) = (one for one in intake.findings if one.code == "roles_refused")
        mended = read_rows(rows, corrections=[typing(refusal, "kyllä")])
        assert mended.applications[0].applicant.roles == MEMBER

    def test_an_option_not_ticked_is_no_refusal(self) -> None:
        for empty in (None, 0, "0", False, "FALSE", "ei valittu"):
            (first, _) = columns("Jäseneksi", "Varajäseneksi", answers=[(empty, empty), ("x", "x")])
            assert first.applicant.roles == BOTH, empty
