"""The shapes that files of applications have: encodings, broken letters, titles, two header rows, several sheets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import read_applications
from selection.intake.assembly import intake_of
from selection.intake.layout import address
from tests.intake.builders import ANSWERS, OTHERS, book, check, form, read, read_rows, rules, saved, sheet, xlsx

SEMICOLONS = "Sukunimi;Etunimi;Syntymävuosi;Sähköposti;Kumppanuuspöytä\nMäkelä;Päivi;1960;p@example.org;Itäinen\nÅberg;Göran;1971;g@example.org;Keskusta\n"


class TestSeparatedText:
    """Case 1."""

    @pytest.mark.parametrize(
        ("encoding", "told"),
        [
            ("cp1252", "Windows-1252"),
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16"),
        ],
    )
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_encoding_and_separator_are_found_and_told(
        self, tmp_path: Path, encoding: str, told: str, separator: str
    ) -> None:
        path = saved(tmp_path, "hakemukset.csv", SEMICOLONS.replace(";", separator).encode(encoding))
        intake = read_applications([path], rules())
        check(intake)
        assert [one.name for one in intake.applicants] == ["Päivi Mäkelä", "Göran Åberg"]
        assert intake.applicants[0].wishes == ("itäinen",)
        (note,) = [note for note in intake.notes if note.code == "read_as_text"]
        assert note.params == {"encoding": told, "separator": separator}

    def test_line_ends_within_an_answer_and_rows_as_excel_counts_them(self, tmp_path: Path) -> None:
        text = 'Nimi;Perustelut\n"Aino Aalto";"rivi; yksi\r\nrivi ""kaksi"""\n\nEero Eskola;lyhyt\n'
        intake = read_applications([saved(tmp_path, "a.csv", text.encode())], rules())
        assert intake.applications[0].motivation == 'rivi; yksi\nrivi "kaksi"'
        assert [one.origin.row for one in intake.applicants if one.origin] == [2, 4]

    def test_the_line_for_excel_names_the_separator(self, tmp_path: Path) -> None:
        intake = read_applications([saved(tmp_path, "a.csv", b"sep=|\nNimi|Postinumero\nAino Aalto|15100\n")], rules())
        assert intake.applicants[0].value("postal_code") == "15100"

    def test_text_named_as_a_workbook_is_read_and_told(self, tmp_path: Path) -> None:
        intake = read_applications([saved(tmp_path, "hakemukset.xls", SEMICOLONS.encode())], rules())
        assert len(intake.applicants) == 2
        assert "renamed_text" in [note.code for note in intake.notes]


class TestBrokenLetters:
    """Cases 2 and 3."""

    def test_text_decoded_twice_is_mended(self) -> None:
        header = "Syntymävuosi".encode().decode("cp1252")
        intake = read_rows(
            [["Nimi", header, "Kaupunginosa"], ["Väinö Öster".encode().decode("cp1252"), 1960, "MÃ¶ysÃ¤"]]
        )
        assert intake.applicants[0].birth_year == 1960
        assert intake.applicants[0].name == "Väinö Öster"
        assert intake.applicants[0].value("district") == "Möysä"
        assert [note.params["n"] for note in intake.notes if note.code == "letters_mended"] == [3]

    @pytest.mark.parametrize("header", ["Syntym?vuosi", "Syntym\ufffdvuosi"])
    def test_lost_letters_are_guessed_for_the_header_and_told(self, header: str) -> None:
        intake = read_rows([["Nimi", header], ["Aino Aalto", 1960]])
        assert intake.applicants[0].birth_year == 1960
        assert intake.columns[1].confidence == "check"
        assert {"letters_lost", "column_check"} <= {note.code for note in intake.notes}

    def test_letters_lost_in_answers_are_told(self) -> None:
        intake = read_rows([["Nimi", "Kaupunginosa"], ["V\ufffdin\ufffd Aalto", "Laune"]])
        assert [note.code for note in intake.notes] == ["letters_lost"]

    def test_invisible_characters_do_not_matter(self) -> None:
        rows = [
            ["\ufeffTunnus", "Nimi\u00a0", "Sähkö\u00adposti", "Synty\u200bmävuosi"],
            ["1", "Aino\u00a0Aalto ", "a@example.org", "1960\u00a0"],
        ]
        intake = read_rows(rows)
        assert [column.field for column in intake.columns] == ["source_id", "name", "email", "birth_year"]
        assert (intake.applicants[0].name, intake.applicants[0].birth_year) == ("Aino Aalto", 1960)


class TestTitlesAboveTheHeader:
    """Case 4."""

    def test_the_header_is_found_under_titles(self) -> None:
        rows = [["Kumppanuuspöydät 2025–2027 hakemukset"], [], ["Tulostettu 1.4.2025"], *form({}, *OTHERS)]
        intake = read_rows(rows)
        assert len(intake.applicants) == 3
        assert intake.applicants[0].origin is not None
        assert intake.applicants[0].origin.row == 5

    def test_a_person_may_choose_the_header(self) -> None:
        from selection.intake import Mapping

        rows = [["Nimi", "Postinumero"], ["Etu- ja sukunimi", "Postinro"], ["Aino Aalto", "15100"]]
        assert read_rows(rows, mapping=Mapping(header_row=2)).rows == 1

    def test_a_person_may_choose_the_header_of_one_sheet_alone(self) -> None:
        from selection.intake import Mapping

        rows = [["Nimi", "Postinumero"], ["Etu- ja sukunimi", "Postinro"], ["Aino Aalto", "15100"]]
        other = [*rows[:2], ["Eero Eskola", "15200"]]
        chosen = Mapping(header_rows={"hakemukset.xlsx": {"Etelä": 2}, "muu.xlsx": {"Itä": 2}})
        intake = read(sheet(rows, "Etelä"), sheet(other, "Itä"), mapping=chosen)
        assert [(one.name, one.header_row, one.rows) for one in intake.sheets] == [("Etelä", 2, 1), ("Itä", 1, 2)]
        assert Mapping.from_json(chosen.to_json()) == chosen

    def test_a_file_of_one_person_and_five_columns_is_enough(self) -> None:
        rows = [
            ["Nimi", "Syntymävuosi", "Sukupuoli", "Postinumero", "Kumppanuuspöytä"],
            ["Aino Aalto", 1960, "nainen", 15100, "Keskusta"],
        ]
        (applicant,) = read_rows(rows).applicants
        assert applicant.wishes == ("keskusta",)
        assert applicant.values == {"gender": ("woman",), "postal_code": ("15100",)}


class TestTwoHeaderRows:
    """Case 5, and a block of contact data."""

    def test_one_column_for_each_option(self) -> None:
        rows = [
            ["Nimi", "6. Mihin pöytiin haet?", "", "", "", "Postinumero"],
            ["", "Eteläinen", "Itäinen", "Pohjoinen", "Keskusta", ""],
            ["Aino Aalto", 1, "", 1, "", 15100],
            ["Eero Eskola", "", "x", "", "", 15100],
            ["Iida Ilola", "", "", "", "", 15100],
        ]
        intake = read(sheet(rows, merged=((0, 1, 0, 4),)))
        assert [(one.wishes, one.wishes_ordered) for one in intake.applicants] == [
            (("eteläinen", "pohjoinen"), False),
            (("itäinen",), False),
            ((), True),
        ]

    def test_the_same_without_merged_cells(self) -> None:
        rows = [
            ["Nimi", "Mihin pöytiin haet?", "", "Sukupuoli"],
            ["", "Eteläinen", "Itäinen", ""],
            ["Aino Aalto", "", "Kyllä", "N"],
        ]
        assert read_rows(rows).applicants[0].wishes == ("itäinen",)

    @pytest.mark.parametrize(
        "pattern", ["6. Mihin pöytiin haet?: {}", "Mihin pöytiin haet? [{}]", "Mihin pöytiin haet - {}", "{}"]
    )
    def test_one_row_with_question_and_option(self, pattern: str) -> None:
        options = ["Eteläinen", "Itäinen", "Pohjoinen", "Keskusta"]
        rows = [
            ["Nimi", *(pattern.format(option) for option in options)],
            ["Aino Aalto", "", "1", "", "1"],
            ["Eero Eskola", "Valittu", "", "", ""],
        ]
        intake = read_rows(rows)
        assert [set(one.wishes) for one in intake.applicants] == [{"itäinen", "keskusta"}, {"eteläinen"}]
        assert not any(one.wishes_ordered for one in intake.applicants)

    def test_contact_data_in_a_block(self) -> None:
        rows = [
            ["Vastaajan numero", "Yhteystiedot", "", "", "Sukupuoli"],
            ["", "Etunimi", "Sukunimi", "Sähköposti", ""],
            [1, "Aino", "Aalto", "aino@example.org", "Nainen"],
            [2, "Eero", "Eskola", "eero@example.org", "Mies"],
        ]
        for marks in ({"merged": ((0, 1, 0, 3),)}, {}):
            intake = read(sheet(rows, **marks))
            assert [(one.applicant.name, one.email) for one in intake.applications] == [
                ("Aino Aalto", "aino@example.org"),
                ("Eero Eskola", "eero@example.org"),
            ]

    def test_other_questions_of_one_column_an_option(self) -> None:
        rows = [
            ["Nimi", "Elämäntilanne: Opiskelija", "Elämäntilanne: Eläkeläinen", "Elämäntilanne: Yrittäjä"],
            ["Aino Aalto", "", "1", "1"],
            ["Eero Eskola", "Opiskelija", "", ""],
        ]
        intake = read_rows(rows)
        assert [one.values.get("situation") for one in intake.applicants] == [("retired", "entrepreneur"), ("student",)]


class TestNameColumns:
    """Cases 6 and 7."""

    def test_the_question_goes_before_the_login(self) -> None:
        rows = [
            ["ID", "Start time", "Completion time", "Email", "Name", "Nimi2", "Sähköposti"],
            [1, "", dt.datetime(2021, 4, 1, 9, 5), "anonymous", "", "Aino Aalto", "aino@example.org"],
            [2, "", dt.datetime(2021, 4, 2, 9, 5), "anonymous", "Eero Eskola (opiskelija)", "", ""],
        ]
        intake = read_rows(rows)
        assert [(one.applicant.name, one.email) for one in intake.applications] == [
            ("Aino Aalto", "aino@example.org"),
            ("Eero Eskola", ""),
        ]
        assert intake.applications[0].submitted_at == dt.datetime(2021, 4, 1, 9, 5)

    def test_a_copy_of_a_header_has_its_meaning(self) -> None:
        rows = [["Nimi", "Nimi.1"], ["", "Aino Aalto"], ["", "Eero Eskola"]]
        assert [one.name for one in read_rows(rows).applicants] == ["Aino Aalto", "Eero Eskola"]

    def test_quiz_columns_are_left_out(self) -> None:
        rows = [["Nimi", "Pisteet – Nimi", "Palaute – Nimi"], ["Aino Aalto", 0, ""], ["Eero Eskola", 0, ""]]
        assert [column.used for column in read_rows(rows).columns] == [True, False, False]


class TestSheets:
    """Case 22, and a sheet for each area."""

    def test_the_sheet_of_answers_is_read_and_the_summary_passed_over(self) -> None:
        summary = sheet([["Yhteenveto", ""], ["Vastauksia", 3], ["Keski-ikä", 51.5]], "Yhteenveto")
        intake = read(summary, sheet(form({}, *OTHERS)), sheet([["1", "Nainen"], ["2", "Mies"]], "Codes", hidden=True))
        assert intake.rows == 3
        assert [note.params["sheet"] for note in intake.notes if note.code == "sheet_passed_over"] == [
            "Yhteenveto",
            "Codes",
        ]

    def test_a_sheet_for_each_area_gives_the_wish(self) -> None:
        header = ["Nimi", "Postinumero"]
        intake = read(
            sheet([header, ["Aino Aalto", "15610"]], "Eteläinen"),
            sheet([header, ["Eero Eskola", "15610"]], "Keskustan alue"),
            sheet([header, ["Iida Ilola", "15610"]], "Muut"),
        )
        assert [one.wishes for one in intake.applicants] == [("eteläinen",), ("keskusta",), ()]

    def test_of_codes_and_words_the_words_are_read(self) -> None:
        codes_ = [["Nimi", "Sukupuoli"], ["Aino Aalto", 1], ["Eero Eskola", 2]]
        words = [["Nimi", "Sukupuoli"], ["Aino Aalto", "Nainen"], ["Eero Eskola", "Mies"]]
        for sheets in (
            (sheet(codes_, "Koodit"), sheet(words, "Tekstit")),
            (sheet(words, "Tekstit"), sheet(codes_, "Koodit")),
        ):
            intake = read(*sheets)
            assert [one.value("gender") for one in intake.applicants] == ["woman", "man"]
            assert [note.params["sheet"] for note in intake.notes if note.code == "sheet_twin"] == ["Koodit"]

    def test_hidden_rows_and_columns_are_read_and_told(self) -> None:
        intake = read(sheet(form({}, *OTHERS), hidden_rows=(2,), hidden_columns=(2, 50)))
        assert len(intake.applicants) == 3
        told = {note.code: note.params for note in intake.notes}
        assert told["hidden_rows"] == {"n": 1, "rows": "3"}
        assert told["hidden_columns"] == {"n": 1, "columns": "C"}

    def test_totals_and_notes_are_no_people(self) -> None:
        rows = [
            *form({}, *OTHERS),
            [],
            ["", "Yhteensä", 3],
            ["", "Huom! Keltaisella merkityt ovat nuorisovaltuuston edustajia."],
            ["", "", 5883],
        ]
        intake = read_rows(rows)
        assert [one.name for one in intake.applicants] == ["Maija Virtanen", "Kalle Korhonen", "Sanna Salo"]
        assert [(one.origin.row, one.code) for one in intake.set_aside] == [
            (6, "total_row"),
            (7, "note_row"),
            (8, "total_row"),
        ]

    def test_a_repeated_header_is_no_person(self) -> None:
        rows = form({}, *OTHERS)
        intake = read_rows([*rows[:2], rows[0], *rows[2:]])
        assert [(one.origin.row, one.code) for one in intake.set_aside] == [(3, "repeated_header")]

    def test_several_files_at_once(self, tmp_path: Path) -> None:
        first = saved(tmp_path, "a.xlsx", xlsx(("Vastaukset", form({}))))
        second = saved(tmp_path, "b.csv", SEMICOLONS.encode())
        intake = read_applications([first, second], rules())
        check(intake)
        assert [file.name for file in intake.files] == ["a.xlsx", "b.csv"]
        assert [one.origin.file for one in intake.applicants if one.origin] == ["a.xlsx", "b.csv", "b.csv"]

    def test_files_of_one_name_are_kept_apart(self) -> None:
        first, second = book(sheet(form({}))), book(sheet(form(*OTHERS)))
        intake = intake_of([first, second], rules())
        check(intake)
        assert len(intake.applicants) == 3


class TestNobody:
    def test_no_column_of_names(self) -> None:
        with pytest.raises(FileError) as caught:
            read_rows([["Postinumero", "Sukupuoli"], ["15100", "Nainen"]])
        assert caught.value.code == "no_name_column"
        assert caught.value.params == {
            "file": "hakemukset.xlsx",
            "sheet": "Vastaukset",
            "row": 1,
            "found": "Postinumero, Sukupuoli",
        }

    def test_answers_without_a_header_are_not_quoted(self) -> None:
        with pytest.raises(FileError) as caught:
            read_rows([["Aino Aalto", "15100", "aino@example.org"], ["Eero Eskola", "15100", "eero@example.org"]])
        assert "Aalto" not in str(caught.value)

    def test_no_row_under_the_header(self) -> None:
        with pytest.raises(FileError) as caught:
            read_rows([list(ANSWERS)])
        assert (caught.value.code, caught.value.params["row"]) == ("no_data_rows", 1)

    def test_an_empty_sheet(self) -> None:
        with pytest.raises(FileError) as caught:
            read_rows([])
        assert caught.value.code == "empty_file"


class TestMarks:
    """Case 32."""

    def test_merged_answers_hold_for_all_their_rows(self) -> None:
        rows = form({"Yhteisön nimi": "Launeen seura"}, *OTHERS)
        column = rows[0].index("Yhteisön nimi")
        rows = [row if number < 2 else [*row[:column], "", *row[column + 1 :]] for number, row in enumerate(rows)]
        intake = read(sheet(rows, merged=((1, column, 2, column),)))
        kinds = {one.applicant.name: one.organisation_name for one in intake.applications}
        assert intake.applicants[1].name == "Kalle Korhonen"
        assert [(finding.code, finding.cell) for finding in intake.findings if finding.code == "merged_cell"] == [
            ("merged_cell", address(2, column))
        ]
        assert kinds["Sanna Salo"] == ""

    def test_strike_through_and_colours_are_told_not_interpreted(self) -> None:
        intake = read(sheet(form({}, *OTHERS), struck=(1,), coloured=(2,)))
        assert len(intake.applicants) == 3
        assert [(finding.code, finding.origin.row) for finding in intake.findings] == [("struck_out", 2)]
        assert {note.code: note.params.get("rows") for note in intake.notes} == {
            "struck_rows": "2",
            "coloured_rows": "3",
        }

    def test_formulas_without_a_value_are_told(self) -> None:
        rows = form({"Postinumero": ""}, *OTHERS)
        intake = read(sheet(rows, uncomputed=((1, rows[0].index("Postinumero")),)))
        assert [note.params["rows"] for note in intake.notes if note.code == "uncomputed_cells"] == ["2"]
