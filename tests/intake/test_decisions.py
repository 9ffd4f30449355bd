"""What people decide: corrections, the confirmed mapping, the same file later, the template; and what they read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from selection.intake import (
    Application,
    Correction,
    Intake,
    Mapping,
    accepting,
    accepting_alike,
    field_name,
    finding_text,
    fits,
    grouped,
    mapping_difference,
    mapping_of,
    mend_of,
    note_text,
    read_applications,
    recommended_questions,
    set_aside_text,
    template_workbook,
    typing,
    without,
)
from selection.intake.columns import FIELDS
from selection.intake.corrections import setting_aside
from selection.intake.differences import differences
from selection.model.people import Role
from selection.model.rules import Deputies
from selection.model.vocabulary import VOCABULARY
from selection.texts import LANGUAGES, has_text, in_language
from tests.intake.builders import ANSWERS, OTHERS, codes, form, one, read_rows, rules, saved


class TestCorrections:
    def test_a_suggestion_is_taken_and_the_answer_stays_visible(self) -> None:
        rows = form({"Postinumero": "15l00"}, *OTHERS)
        before = read_rows(rows)
        (finding,) = before.findings
        after = read_rows(rows, corrections=[accepting(finding)])
        assert after.applicants[0].value("postal_code") == "15100"
        assert after.applications[0].answers["Postinumero"] == "15l00"
        assert after.applicants[0].key == before.applicants[0].key
        assert codes(after.findings) == ["wish_elsewhere"]

    def test_all_alike_at_once(self) -> None:
        rows = form(*({**other, "Postinumero": "156l0"} for other in OTHERS))
        findings = read_rows(rows).findings
        after = read_rows(rows, corrections=accepting_alike(findings[0], findings))
        assert [one.value("postal_code") for one in after.applicants] == ["15610", "15610"]

    def test_another_value_can_be_typed_also_a_name_or_a_year(self) -> None:
        rows = form({"Nimi": "MAIJA VIRTANEN", "Syntymävuosi": 75}, *OTHERS)
        before = read_rows(rows)
        by_code = {finding.code: finding for finding in before.findings}
        after = read_rows(
            rows, corrections=[typing(by_code["name_case"], "Maija Virtanen"), typing(by_code["year_or_age"], "1946")]
        )
        assert (after.applicants[0].name, after.applicants[0].birth_year) == ("Maija Virtanen", 1946)
        assert after.applicants[0].key == before.applicants[0].key
        assert after.findings == ()

    def test_a_name_in_two_columns(self) -> None:
        rows = [["Etunimi", "Sukunimi"], ["MAIJA", "VIRTANEN"], ["Eero", "Eskola"]]
        (finding,) = [one for one in read_rows(rows).findings if one.code == "name_case"]
        assert read_rows(rows, corrections=[accepting(finding)]).applicants[0].name == "Maija Virtanen"

    def test_a_row_is_set_aside_with_the_reason(self) -> None:
        rows = form({}, *OTHERS)
        key = read_rows(rows).applicants[0].key
        after = read_rows(rows, corrections=[setting_aside(key, "Perui puhelimessa")])
        assert [(one.code, one.params) for one in after.set_aside] == [("by_hand", {"reason": "Perui puhelimessa"})]
        assert after.set_aside[0].application is not None

    def test_a_correction_can_be_undone(self) -> None:
        rows = form({"Postinumero": "15l00"}, *OTHERS)
        before = read_rows(rows)
        done = (accepting(before.findings[0]), setting_aside(before.applicants[1].key, "x"))
        assert read_rows(rows, corrections=without(without(done, done[0]), done[1])) == before

    def test_a_finding_can_be_let_be(self) -> None:
        rows = form({"Postinumero": "15860"}, *OTHERS)
        (finding,) = read_rows(rows).findings
        assert read_rows(rows, corrections=[Correction(finding.person, "dismiss", code=finding.code)]).findings == ()

    def test_it_follows_the_person_to_another_row(self) -> None:
        rows = form({"Postinumero": "15l00"}, *OTHERS)
        correction = accepting(read_rows(rows).findings[0])
        after = read_rows([rows[0], *rows[2:], rows[1]], corrections=[correction])
        assert after.applicants[-1].value("postal_code") == "15100"

    def test_no_suggestion_cannot_be_taken(self) -> None:
        (finding,) = read_rows(form({"Postinumero": "jossain"}, *OTHERS)).findings
        with pytest.raises(ValueError, match="suggestion"):
            accepting(finding)

    def test_a_field_that_the_file_does_not_ask_can_be_given(self) -> None:
        rows = [["Nimi"], ["Aino Aalto"], ["Eero Eskola"]]
        key = read_rows(rows).applicants[0].key
        given = [
            Correction(key, field=field, value=value)
            for field, value in (
                ("gender", "nainen"),
                ("birth_year", "1960"),
                ("wishes", "keskusta"),
                ("official", "valtuutettu"),
                ("roles", "varajäsen"),
                ("postal_code", "15100"),
            )
        ]
        applicant = read_rows(rows, corrections=given).applicants[0]
        assert (applicant.birth_year, applicant.wishes, applicant.roles) == (
            1960,
            ("keskusta",),
            frozenset({Role.DEPUTY}),
        )
        assert applicant.values == {"gender": ("woman",), "official": ("councillor",), "postal_code": ("15100",)}


class TestGroups:
    def test_by_how_they_are_mended(self) -> None:
        rows = form(
            {"Postinumero": "15l00", "Syntymävuosi": ""},
            {**OTHERS[0], "Aikaleima": "1.5.2021 klo 9.00", "Postinumero": "15860"},
        )
        groups = grouped(read_rows(rows).findings)
        assert [(group.mend, group.code) for group in groups] == [
            ("accept", "postal_code_letters"),
            ("type", "birth_year_missing"),
            ("decide", "late"),
            ("note", "postal_code_elsewhere"),
        ]
        assert mend_of(groups[0].findings[0]) == "accept"


class TestMapping:
    rows = (
        ["Nimi", "Kenttä 7", "Sukupuoli", "Asuminen", "Puolue"],
        ["Aino Aalto", "15100", "1", "Vuokralla", "x"],
        ["Eero Eskola", "15240", "2", "Oma", "y"],
    )

    def mapping(self) -> Mapping:
        return Mapping(
            fields={"kenttä 7": "postal_code", "asuminen": "own:asumismuoto"},
            values={"sukupuoli": {"1": "nainen", "2": "mies"}},
        )

    def test_a_persons_word_goes_first(self) -> None:
        intake = read_rows(self.rows, mapping=self.mapping())
        first = intake.applicants[0]
        assert first.values == {"asumismuoto": ("Vuokralla",), "gender": ("woman",), "postal_code": ("15100",)}
        assert intake.applications[0].answers["Sukupuoli"] == "1"
        assert intake.findings == ()

    def test_a_column_can_be_left_out(self) -> None:
        intake = read_rows(self.rows, mapping=Mapping(fields={"sukupuoli": None}))
        assert "gender" not in intake.asked

    def test_it_is_remembered_as_text(self) -> None:
        mapping = self.mapping()
        assert Mapping.from_json(mapping.to_json()) == mapping
        for wrong in ("{}", '{"fields": {"a": "nonsense"}, "values": {}, "header_row": null, "shape": ""}', "[]", "x"):
            with pytest.raises(ValueError):
                Mapping.from_json(wrong)

    def test_the_next_file_of_the_shape_is_known_and_differences_are_shown(self) -> None:
        intake = read_rows(self.rows, mapping=self.mapping())
        mapping = mapping_of(intake.columns)
        assert fits(mapping, intake.columns)
        assert not mapping_difference(mapping, intake.columns)
        again = read_rows(self.rows, mapping=mapping)
        assert [column.field for column in again.columns] == [column.field for column in intake.columns]
        other = read_rows([["Nimi", "Kenttä 8", "Sukupuoli"], ["Aino Aalto", "x", "N"]])
        assert not fits(mapping, other.columns)
        difference = mapping_difference(mapping, other.columns)
        assert (difference.new, difference.gone) == (("Kenttä 8",), ("kenttä 7", "asuminen", "puolue"))

    def test_options_stay_options(self) -> None:
        rows = [["Nimi", "Pöytä: Eteläinen", "Pöytä: Keskusta"], ["Aino Aalto", "", "x"], ["Eero Eskola", "x", "x"]]
        mapping = mapping_of(read_rows(rows).columns)
        assert [one.wishes for one in read_rows(rows, mapping=mapping).applicants] == [
            ("keskusta",),
            ("eteläinen", "keskusta"),
        ]


class TestAgain:
    """Case 25."""

    def applications(self, *people: dict[str, object], **more: str) -> tuple[Application, ...]:
        rows = form(*people)  # type: ignore[arg-type]
        rows[0] = [more.get(str(header), header) for header in rows[0]]
        return read_rows(rows).applications

    def test_new_changed_and_vanished(self) -> None:
        before = self.applications({}, *OTHERS)
        now = self.applications(
            {"Nimi": "Uusi Ukko", "Sähköposti": "u@example.org", "Syntymävuosi": 1999}, OTHERS[0], {"Postinumero": "15500"},
            Sukupuoli="Sukupuolesi", Syntymävuosi="Synt. vuosi",
        )  # fmt: skip
        found = differences(before, now)
        assert [one.applicant.name for one in found.new] == ["Uusi Ukko"]
        assert [one.applicant.name for one in found.vanished] == ["Sanna Salo"]
        assert [one.applicant.name for one in found.same] == ["Kalle Korhonen"]
        (changed,) = found.changed
        assert [(field.field, field.before, field.now) for field in changed.fields] == [
            ("postal_code", ("15610",), ("15500",))
        ]

    def test_a_person_is_known_again_by_other_signs(self) -> None:
        before = self.applications({}, *OTHERS)
        now = self.applications({"Syntymävuosi": 1957}, {**OTHERS[0], "Sähköposti": "k@example.org"}, OTHERS[1])
        found = differences(before, now)
        assert (found.new, found.vanished, len(found.changed)) == ((), (), 2)
        assert found.keys is not None
        assert found.keys[before[0].key] == now[0].key != before[0].key

    def test_nothing_new_is_no_difference(self) -> None:
        before = self.applications({}, *OTHERS)
        assert not differences(before, self.applications(OTHERS[1], {}, OTHERS[0]))

    def test_two_of_one_name_are_not_mistaken(self) -> None:
        twins = [{"Sähköposti": "", "Postinumero": code} for code in ("15100", "15240")]
        before = self.applications(*twins)
        found = differences(before, self.applications(twins[1]))
        assert [one.applicant.value("postal_code") for one in found.vanished] == ["15100"]


class TestTemplate:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_filled_in_it_is_read_without_a_question(self, language: str, tmp_path: Path) -> None:
        from openpyxl import load_workbook

        with in_language(language):
            questions = recommended_questions(rules())
            made = load_workbook(io.BytesIO(template_workbook(rules())))
        page = made.worksheets[0]
        opened = {
            "name": "Aino Aalto",
            "birth_year": 1960,
            "postal_code": "15100",
            "organisation": "Seura ry",
            "motivation": "x",
            "email": "a@example.org",
            "phone": "040",
        }
        longest = max(len(question.options) for question in questions)
        for row in range(longest):
            for column, question in enumerate(questions, start=1):
                value = (
                    opened.get(question.code, "")
                    if not question.options
                    else question.options[row % len(question.options)]
                )
                page.cell(row + 2, column, f"{value} {chr(65 + row) * 3}" if question.code == "name" else value)
                if question.code == "kind":
                    page.cell(row + 2, column, question.options[min(row, 1)])
                if question.code == "email":
                    page.cell(row + 2, column, f"{row}@example.org")
                if question.code == "birth_year":
                    page.cell(row + 2, column, 1950 + row)
        made.save(tmp_path / "a.xlsx")
        intake = read_applications([tmp_path / "a.xlsx"], rules())
        assert [column.field for column in intake.columns if column.confidence != "sure"] == []
        assert set(codes(intake.findings)) <= {"resident_with_organisation", "wish_elsewhere", "consent_missing"}
        for field, values in VOCABULARY.items():
            if field in intake.asked:
                assert {value for one in intake.applicants for value in one.values.get(field, ())} == set(values), field
        assert {one.roles for one in intake.applicants} == {
            frozenset({Role.MEMBER}),
            frozenset({Role.DEPUTY}),
            frozenset(Role) - {Role.RESERVE},
        }
        assert {"privacy", "post", "retain"} == set(intake.applications[0].consents)

    def test_without_deputies_nobody_is_asked_of_them(self) -> None:
        using = rules().model_copy(update={"deputies": Deputies(aim=0)})
        assert "roles" not in [question.code for question in recommended_questions(using)]

    def test_its_lists_are_lists(self) -> None:
        from openpyxl import load_workbook

        made = load_workbook(io.BytesIO(template_workbook(rules())))
        page = made.worksheets[0]
        assert page.freeze_panes == "A2"
        assert len(page.data_validations.dataValidation) == sum(
            bool(question.options) for question in recommended_questions(rules())
        )
        assert [one.sheet_state for one in made.worksheets] == ["visible", "visible", "hidden"]


class TestMessages:
    def everything(self) -> Intake:
        rows = form(
            {"Postinumero": "1510", "Aikaleima": "1.5.2021 klo 9.00", "Syntymävuosi": 2010},
            {"Nimi": "testi"},
            {"Nimi": "Maija Virtanen", "Aikaleima": "2.5.2021 klo 9.00"},
            {**OTHERS[0], "Mihin kumppanuuspöytään haet?": "", "Postinumero": ""},
            but={"Puolue": "x"},
        )
        return read_rows(rows)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_has_its_text(self, language: str) -> None:
        intake = self.everything()
        assert intake.findings
        assert intake.set_aside
        assert intake.notes
        with in_language(language):
            said = [
                *map(finding_text, intake.findings),
                *map(set_aside_text, intake.set_aside),
                *map(note_text, intake.notes),
            ]
            assert not [one for one in said if re.match(r"^[a-z_.]+$", one) or "{" in one]
            assert not [field for field in FIELDS if field_name(field) == field and language == "fi"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_code_of_the_source_has_its_text(self, language: str) -> None:
        source = "\n".join(path.read_text("utf-8") for path in sorted(Path("selection/intake").rglob("*.py")))
        patterns = {
            "finding": r'(?:asked|but|Remark|note)\(\s*(?:draft, |base, |match, |row, |None, )?"([a-z_]+)"',
            "set_aside": r'return "([a-z_]+_row|no_name|repeated_header|under_age|over_age)"',
            "error": r'(?:FileError|Refused)\(\s*"([a-z_]+)"',
        }
        with in_language(language):
            for kind, pattern in patterns.items():
                found = set(re.findall(pattern, source))
                assert len(found) > 5
                assert sorted(code for code in found if not has_text(f"{kind}.{code}")) == []

    def test_dates_and_fields_are_written_out(self) -> None:
        with in_language("fi"):
            (late,) = [one for one in one_late() if one.code == "late"]
            assert "{" not in finding_text(late)
            assert field_name("own:asumismuoto") == "asumismuoto"


def one_late() -> list:  # type: ignore[type-arg]
    return one({"Aikaleima": "1.5.2021 klo 9.00"})[1]


class TestPrivacy:
    """Case 23."""

    HETU = "131052-308T"  # the example of the authority, nobody's

    def test_identity_codes_never_reach_the_application(self, tmp_path: Path) -> None:
        from tests.intake.builders import check, xlsx

        rows = form(
            {
                "Syntymäaika": self.HETU,
                "Syntymävuosi": "",
                "Perustelut": f"Olen {self.HETU} ja asun täällä",
                "Henkilötunnus": self.HETU,
            },
            *({**other, "Perustelut": "soittakaa 040123-4567", "Henkilötunnus": ""} for other in OTHERS),
        )
        path = saved(tmp_path, "a.xlsx", xlsx(("Vastaukset", rows)))
        intake = read_applications([path], rules())
        check(intake)
        assert self.HETU not in repr(intake)
        assert "308T" not in repr(intake)
        assert intake.applicants[0].birth_year == 1952
        assert intake.applications[0].motivation == "Olen ******-**** ja asun täällä"
        assert intake.applications[1].motivation == "soittakaa 040123-4567"
        assert [finding.column for finding in intake.findings if finding.code == "personal_id_blanked"] == [
            "Perustelut"
        ]
        assert {note.code: note.params for note in intake.notes}["identities_blanked"] == {"n": 3}

    @pytest.mark.parametrize(
        "code",
        ["131052-308T", "131052-308t", "010175-123A", "131052308T", "010101A123N", "131052–308T", "131052 - 308T"],
    )
    def test_forms_of_an_identity_code(self, code: str) -> None:
        from selection.intake.parsing.identities import without_identities

        text_, years = without_identities(f"a {code}.")
        assert text_ == "a ******-****."
        assert len(years) == 1

    @pytest.mark.parametrize("code", ["040123-4567", "0401234567", "15610-123", "2021-04-25", "123456-7890"])
    def test_what_is_none(self, code: str) -> None:
        from selection.intake.parsing.identities import without_identities

        assert without_identities(f"a {code}.") == (f"a {code}.", [])

    def test_a_birth_date_is_kept_as_a_year_only(self) -> None:
        application, _ = one({"Syntymävuosi": "", "Syntymäaika": "12.3.1960"})
        assert application.applicant.birth_year == 1960
        assert "12.3" not in str(application.answers)

    def test_an_address_is_kept_as_a_postal_code_only(self) -> None:
        rows = [["Nimi", "Osoite"], ["Aino Aalto", "Launeenkatu 5 A 3, 15610 Lahti"], ["Eero Eskola", "turvakielto"]]
        intake = read_rows(rows)
        assert intake.applicants[0].value("postal_code") == "15610"
        assert "Launeenkatu" not in repr(intake)
        assert [one.non_disclosure for one in intake.applications] == [False, True]

    @pytest.mark.parametrize(("answer", "secret"), [("Kyllä", True), ("Ei", False), ("", False)])
    def test_a_column_that_asks_of_non_disclosure_is_heard(self, answer: str, secret: bool) -> None:
        application, _ = one({"Onko sinulla turvakielto?": answer})
        assert application.non_disclosure is secret

    def test_texts_are_kept_whole_and_plain(self) -> None:
        """Case 29."""
        said = "Rivi 1_x000D_\r\n• toinen <b>rivi</b> # otsikko [x](javascript:…) 😀\x07" + "a" * 4000
        application, _ = one({"Perustelut": said})
        assert application.motivation == "Rivi 1\n\n• toinen <b>rivi</b> # otsikko [x](javascript:…) 😀" + "a" * 4000

    def test_telephone_numbers(self) -> None:
        """Case 26."""
        for cell in ("+358 40 123 4567", "040-1234 567", 401234567):
            application, findings = one({"Puhelin": cell})
            assert (application.phone, findings) == (str(cell), [])
        assert codes(one({"Puhelin": "4.01E+08"})[1]) == ["phone_digits_lost"]

    def test_answers_hold_what_was_written(self) -> None:
        application, _ = one()
        assert set(application.answers) <= set(ANSWERS)
