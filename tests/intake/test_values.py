"""Values with their traps: each class of cases of the field notes, and words that are not in them."""

from __future__ import annotations

import datetime as dt

import pytest

from selection.intake import finding_text, typing
from selection.intake.kept_answers import consent_purpose
from selection.intake.reader import Cell
from selection.intake.values.age_words import Age
from selection.intake.values.ages import read_age
from selection.intake.values.choices import (
    is_ticked,
    read_choice,
    read_gender,
    read_mother_tongue,
    read_situation,
    yes_or_no,
)
from selection.intake.values.moments import read_moments
from selection.intake.values.names import is_certain_test, is_likely_test, is_total, read_name
from selection.intake.values.officials import read_official, without_parties
from selection.intake.values.organisations import organisation_key, read_organisation
from selection.intake.values.places import is_post_office_box, read_district, read_postal_code
from selection.intake.values.seats import BOTH, read_roles
from selection.intake.values.served import read_served
from selection.intake.values.wishes import TableNames, read_wishes
from selection.model.people import Role
from selection.texts import in_language
from tests.intake.builders import codes, form, one, read_rows, rules

ON = dt.date(2021, 9, 1)
MEMBER, DEPUTY = frozenset({Role.MEMBER}), frozenset({Role.DEPUTY})


class TestPostalCodes:
    """Cases 9, 10, 11 and 28."""

    @pytest.mark.parametrize(
        "cell",
        [
            15100,
            15100.0,
            "15100.0",
            "15 100",
            "'15100",
            "FI-15100",
            "15100 LAHTI",
            "Lahti 15100",
            " 15100\u00a0",
            "15100,0",
            "fi 15100",
        ],
    )
    def test_forms_of_one_code(self, cell: Cell) -> None:
        reading = read_postal_code(cell, ("15100",))
        assert (reading.value, reading.remarks) == ("15100", ())

    def test_a_whole_address(self) -> None:
        assert read_postal_code("Launeenkatu 5 A 3, 15610 Lahti", ()).value == "15610"

    @pytest.mark.parametrize(
        ("cell", "code", "suggestion"),
        [
            ("15l00", "postal_code_letters", "15100"),
            ("l5100", "postal_code_letters", "15100"),
            ("1510O", "postal_code_letters", "15100"),
            (1510, "postal_code_short", "15100"),
            (100, "postal_code_short", "00100"),
            ("151000", "postal_code_long", "15100"),
            ("Launeella", "postal_code_unreadable", None),
            ("15100 tai 15110", "postal_code_several", None),
        ],
    )
    def test_what_is_not_one_is_asked_never_changed(self, cell: Cell, code: str, suggestion: str | None) -> None:
        reading = read_postal_code(cell, ("15100", "15110"))
        assert reading.value is None
        assert [(remark.code, remark.suggestion) for remark in reading.remarks] == [(code, suggestion)]

    def test_boxes_are_no_homes(self) -> None:
        assert is_post_office_box("15101")
        application, findings = one({"Postinumero": "15101"})
        assert application.applicant.value("postal_code") == "15101"
        assert [(finding.code, finding.cell) for finding in findings] == [("postal_code_box", "E2")]

    def test_a_code_of_no_table_is_kept_and_flagged(self) -> None:
        application, findings = one({"Postinumero": "15860"})
        assert application.applicant.value("postal_code") == "15860"
        assert application.applicant.wishes == ("eteläinen",)
        assert [finding.code for finding in findings] == ["postal_code_elsewhere"]

    @pytest.mark.parametrize("text", ["Launeella", "asun Launeen alueella", "Laune", "LAUNE"])
    def test_districts_in_any_inflection(self, text: str) -> None:
        assert read_district(text) == "Laune"

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Kärpäsestä", "Kärpänen"),
            ("Uudessakylässä", "Uusikylä"),
            ("Villähteellä", "Villähde"),
            ("Tonttilan suunta", "Tonttila"),
        ],
    )
    def test_districts_whose_stem_changes(self, text: str, name: str) -> None:
        assert read_district(text) == name

    def test_an_unknown_district_is_kept_as_written(self) -> None:
        assert read_district("Kaukalampi 15100") == "Kaukalampi"


class TestAges:
    """Cases 12 and 13."""

    @pytest.mark.parametrize(
        ("cell", "year"),
        [(1975, 1975), ("1975", 1975), (1975.0, 1975), ("1975,0", 1975), ("v. 1975", 1975), ("12.3.1975", 1975), ("1975-03-12", 1975),
         (dt.date(1975, 3, 12), 1975), ("synt. 1975 ", 1975), ("12/3/1975", 1975), ("19750312", 1975)],
    )  # fmt: skip
    def test_forms_of_a_birth_year(self, cell: Cell, year: int) -> None:
        reading = read_age(cell, "birth_year", ON)
        assert (reading.value, reading.remarks) == (Age(birth_year=year), ())

    @pytest.mark.parametrize(
        ("cell", "code", "suggestion"),
        [(75, "year_or_age", "1975"), ("45", "year_or_age", "1976"), ("-75", "two_digit_year", "1975"), ("'75", "two_digit_year", "1975"),
         (1875, "year_out_of_range", None), (2030, "year_out_of_range", None), ("l975", "year_unreadable", "1975"), ("kevät", "year_unreadable", None),
         (27465, "year_was_serial", "1975"), ("197", "year_out_of_range", None)],
    )  # fmt: skip
    def test_what_is_no_birth_year_is_asked(self, cell: Cell, code: str, suggestion: str | None) -> None:
        reading = read_age(cell, "birth_year", ON)
        assert reading.value is None
        assert [(remark.code, remark.suggestion) for remark in reading.remarks] == [(code, suggestion)]

    def test_an_age_in_the_year_column_is_an_age_and_said(self) -> None:
        reading = read_age("45v", "birth_year", ON)
        assert reading.value == Age(stated=(45, 45))
        assert [remark.code for remark in reading.remarks] == ["age_in_year_column"]

    @pytest.mark.parametrize(
        ("cell", "stated"),
        [
            (45, (45, 45)),
            ("45 v", (45, 45)),
            ("45-vuotias", (45, 45)),
            ("45 år", (45, 45)),
            ("yli 70", (70, None)),
            ("noin 50", (50, 50)),
        ],
    )
    def test_ages(self, cell: Cell, stated: tuple[int, int | None]) -> None:
        assert read_age(cell, "age", ON).value == Age(stated=stated)

    @pytest.mark.parametrize(
        ("text", "year", "age"),
        [
            ("täytän 35", "1986", "35"),
            ("Täytän tänä vuonna 35 vuotta", "1986", "35"),
            ("fyller 35", "1986", "35"),
            ("olen 35", "35 v", "35"),
            ("I am 35 years old", "35 v", "35"),
            ("kolmekymmentäviisi", "1986", "35"),
            ("Kolmekymmentä viisi vuotta", "35 vuotta", "35 vuotta"),
            ("kolmekymmentäviisivuotias", "35-vuotias", "35-vuotias"),
            ("trettiofem", "1986", "35"),
            ("thirty-five", "1986", "35"),
            ("seitsemänkymmentäviisi", "1975", "75"),
            ("täytän ensi vuonna 35", None, None),
            ("pian 35", None, None),
            ("kolmekymmentäfem", None, None),
        ],
    )
    def test_an_age_in_words_is_suggested_where_it_is_certain(
        self, text: str, year: str | None, age: str | None
    ) -> None:
        for column, suggestion in (("birth_year", year), ("age", age)):
            reading = read_age(text, column, ON)
            assert (reading.value, [remark.suggestion for remark in reading.remarks]) == (None, [suggestion])
            if suggestion is not None:
                assert read_age(suggestion, column, ON).value is not None

    @pytest.mark.parametrize("text", ["ma 5. kesäkuuta 1975", "5 juni 1975", "June 5, 1975", "5. kesäk. 1975"])
    def test_dates_with_the_name_of_the_month(self, text: str) -> None:
        reading = read_age(text, "birth_date", ON)
        assert (reading.value, reading.remarks) == (Age(birth_year=1975), ())
        (remark,) = read_age("5. kesäkuuta 75", "birth_date", ON).remarks
        assert (remark.code, remark.suggestion) == ("two_digit_year", "1975")

    def test_a_year_in_the_age_column_is_the_birth_year(self) -> None:
        reading = read_age(1960, "age", ON)
        assert reading.value == Age(birth_year=1960)
        assert [remark.code for remark in reading.remarks] == ["year_in_age_column"]

    @pytest.mark.parametrize(
        ("cell", "stated"),
        [("13-17", (13, 17)), ("18 – 29", (18, 29)), ("18–29-vuotias", (18, 29)), ("18 — 29 v.", (18, 29)), ("65+", (65, None)), ("yli 65 v.", (65, None)),
         ("65 v. täyttäneet", (65, None)), (">65", (65, None)), ("65 tai yli", (65, None)), ("alle 18", (0, 17)), ("65 år eller äldre", (65, None)),
         ("75 or over", (75, None)), ("under 18", (0, 17))],
    )  # fmt: skip
    def test_bands(self, cell: Cell, stated: tuple[int, int | None]) -> None:
        reading = read_age(cell, "age_group", ON)
        assert (reading.value, reading.remarks) == (Age(stated=stated), ())

    @pytest.mark.parametrize("cell", [dt.datetime(2025, 10, 17), dt.date(2025, 10, 17)])
    def test_a_band_that_excel_made_a_date_of_is_restored_and_said(self, cell: Cell) -> None:
        reading = read_age(cell, "age_group", ON)
        assert reading.value == Age(stated=(10, 17))
        assert [(remark.code, remark.suggestion) for remark in reading.remarks] == [("band_was_date", "10–17")]

    @pytest.mark.parametrize("cell", ["en halua kertoa", "", None, "-", "vill inte uppge"])
    def test_who_does_not_say_is_in_no_band(self, cell: Cell) -> None:
        reading = read_age(cell, "age_group", ON)
        assert (reading.value, reading.remarks) == (None, ())

    def test_a_missing_year_is_a_finding_not_a_refusal(self) -> None:
        application, findings = one({"Syntymävuosi": ""})
        assert application.applicant.birth_year is None
        assert [(finding.code, finding.column, finding.cell) for finding in findings] == [
            ("birth_year_missing", "Syntymävuosi", "C2")
        ]

    def test_who_is_too_young_is_flagged(self) -> None:
        """Eighteen is who turns eighteen in the year on which ages count."""
        assert codes(one({"Syntymävuosi": 2004})[1]) == ["under_age"]
        assert codes(one({"Syntymävuosi": 2003})[1]) == []

    def test_who_is_too_young_is_set_aside_where_the_rules_refuse(self) -> None:
        ages = {**rules().eligibility.model_dump(), "below_minimum": "refuse"}
        born = [{"Nimi": f"Nuori {'ABC'[n]}orhonen", "Syntymävuosi": year} for n, year in enumerate((2004, 2003, ""))]
        intake = read_rows(form(*born), using=rules().changed(eligibility=ages))
        assert [(aside.code, aside.origin.row) for aside in intake.set_aside] == [("under_age", 2)]

    def test_who_is_too_old_is_set_aside_and_of_a_stated_age_flagged(self) -> None:
        ages = {**rules().eligibility.model_dump(), "maximum_age": 40}
        born = [{"Nimi": f"Vanha {'ABC'[n]}orhonen", "Syntymävuosi": year} for n, year in enumerate((1980, 1981, ""))]
        intake = read_rows(form(*born), using=rules().changed(eligibility=ages))
        assert [(aside.code, aside.origin.row) for aside in intake.set_aside] == [("over_age", 2)]
        stated = read_rows(form({"Syntymävuosi": "", "Ikä": "65+"}), using=rules().changed(eligibility=ages))
        assert "over_age" in [finding.code for finding in stated.findings] and len(stated.applicants) == 1

    def test_nobody_is_born_after_the_year_of_the_round(self) -> None:
        assert read_age(ON.year, "birth_year", ON).value == Age(birth_year=ON.year)
        assert read_age(ON.year + 1, "birth_year", ON).remarks[0].code == "year_out_of_range"

    def test_the_birth_year_goes_before_the_stated_age(self) -> None:
        application, findings = one({"Ikä": 30})
        assert (application.applicant.birth_year, application.applicant.age_stated) == (1975, None)
        assert [finding.code for finding in findings] == ["age_disagrees"]


class TestMoments:
    """Case 14."""

    def moments(self, *cells: Cell) -> list[dt.datetime | None]:
        return [reading.value for reading in read_moments(cells)[0]]

    def test_finnish_forms(self) -> None:
        assert self.moments(
            "3.3.2025 klo 9.05", "3.3.2025 9.05.11", "31.03.2025 23:59:59", "1.4.2025 0.02", "ma 3.3.2025 klo 9.05"
        ) == [
            dt.datetime(2025, 3, 3, 9, 5),
            dt.datetime(2025, 3, 3, 9, 5, 11),
            dt.datetime(2025, 3, 31, 23, 59, 59),
            dt.datetime(2025, 4, 1, 0, 2),
            dt.datetime(2025, 3, 3, 9, 5),
        ]

    def test_serial_numbers_iso_and_real_dates(self) -> None:
        assert self.moments(
            45719.378, "45719,5", "2025-03-03T09:05:00", dt.datetime(2025, 3, 3, 1), dt.date(2025, 3, 3)
        ) == [
            dt.datetime(2025, 3, 3, 9, 4, 19),
            dt.datetime(2025, 3, 3, 12),
            dt.datetime(2025, 3, 3, 9, 5),
            dt.datetime(2025, 3, 3, 1),
            dt.datetime(2025, 3, 3),
        ]

    def test_universal_time_is_told_in_finnish_time(self) -> None:
        assert self.moments("2025-03-31T21:30:00Z") == [dt.datetime(2025, 4, 1, 0, 30)]

    def test_the_column_decides_of_day_and_month(self) -> None:
        assert self.moments("3/4/25 9:05", "8/20/25 12:51:45")[0] == dt.datetime(2025, 3, 4, 9, 5)
        assert self.moments("3/4/25 9:05", "20/8/25 12:51:45")[0] == dt.datetime(2025, 4, 3, 9, 5)
        assert self.moments("3/4/2025 1:05 PM")[0] == dt.datetime(2025, 3, 4, 13, 5)

    def test_that_it_could_not_be_told_is_told(self) -> None:
        assert read_moments(["3/4/25 9:05", "5/6/25 9:05"])[1]
        assert not read_moments(["3/4/25 9:05", "8/20/25 12:51:45"])[1]
        assert not read_moments(["3.4.2025 9.05"])[1]

    def test_late_and_early_are_flagged_and_kept(self) -> None:
        _, findings = one({"Aikaleima": "26.4.2021 klo 0.02"})
        assert [(finding.code, finding.params) for finding in findings] == [("late", {"closes": "2021-04-25"})]
        assert [finding.code for finding in one({"Aikaleima": "1.3.2021 klo 9.00"})[1]] == ["early"]
        for within in ("29.3.2021 klo 0.00", "25.4.2021 klo 23.59"):
            assert codes(one({"Aikaleima": within})[1]) == []
        assert one({"Aikaleima": "25.4.2021 klo 23.59"})[1] == []

    def test_an_unreadable_time_is_said(self) -> None:
        assert [finding.code for finding in one({"Aikaleima": "eilen"})[1]] == ["time_unreadable"]

    @pytest.mark.parametrize(
        "text",
        [
            "to 1.4.2021 klo 15.05",
            "torstaina 1.4.2021 klo 15.05",
            "torstai 1. huhtikuuta 2021 klo 15.05",
            "torsdag den 1 april 2021 kl. 15:05",
            "Thursday, April 1, 2021 at 3:05 PM",
            "1 Apr 2021 15:05",
        ],
    )
    def test_days_and_months_by_name(self, text: str) -> None:
        (reading,), assumed = read_moments([text])
        assert (reading.value, reading.remarks, assumed) == (dt.datetime(2021, 4, 1, 15, 5), (), False)

    @pytest.mark.parametrize("text", ["huhtikuussa 2021", "1. huhtikuuta", "31. huhtikuuta 2021", "99 april 2021"])
    def test_what_names_no_day_is_asked(self, text: str) -> None:
        assert [remark.code for remark in read_moments([text])[0][0].remarks] == ["time_unreadable"]

    def test_a_time_that_was_typed_is_read(self) -> None:
        found = one({"Aikaleima": "eilen"})[1][0]
        application, findings = one({"Aikaleima": "eilen"}, corrections=[typing(found, "1.4.2021 klo 9.00")])
        assert (application.submitted_at, findings) == (dt.datetime(2021, 4, 1, 9, 0), [])


class TestGender:
    """Case 15."""

    @pytest.mark.parametrize(
        ("cell", "value"),
        [("Nainen ", "woman"), ("N", "woman"), ("nais", "woman"), ("kvinna", "woman"), ("F", "woman"), ("K", "woman"), ("mies", "man"), ("M", "man"), ("man", "man"),
         ("muu: queer", "other"), ("Muunsukupuolinen", "other"), ("En halua kertoa", "undisclosed"), ("vill inte uppge", "undisclosed"), ("-", "undisclosed")],
    )  # fmt: skip
    def test_words(self, cell: str, value: str) -> None:
        reading = read_gender(cell)
        assert (reading.value, reading.remarks) == ((value,), ())

    @pytest.mark.parametrize(
        ("cell", "code"), [("Mies/Nainen", "gender_unclear"), (1, "code_unknown"), ("?!", "gender_unclear")]
    )
    def test_what_cannot_be_told_is_asked(self, cell: Cell, code: str) -> None:
        reading = read_gender(cell)
        assert reading.value is None
        assert [remark.code for remark in reading.remarks] == [code]

    def test_no_answer_is_not_a_refusal_to_answer(self) -> None:
        application, findings = one({"Sukupuoli": ""})
        assert (application.applicant.values.get("gender"), findings) == (None, [])

    def test_own_words_of_gender_are_not_kept(self) -> None:
        application, _ = one({"Sukupuoli": "muu: queer"})
        assert application.answers["Sukupuoli"] == "muu"


class TestOfficials:
    """Case 16."""

    @pytest.mark.parametrize(
        ("text", "official", "remark"),
        [
            ("En ole luottamushenkilö", "none", None),
            ("Ei tällä hetkellä, ent. valtuutettu", "none", None),
            ("varavaltuutettu (kok.)", "deputy_councillor", None),
            ("pääluottamusmies", "none", None),
            ("kirkkovaltuusto", "none", "official_elsewhere"),
            ("aluevaltuutettu", "none", "official_elsewhere"),
            ("Launeen omakotiyhdistyksen pj", "none", None),
            ("entinen kaupunginvaltuutettu", "none", "official_past"),
            ("valtuutettu 2017–2021", "none", "official_past"),
            ("valtuutettu 2021–2025", "councillor", None),
            ("En ole valtuutettu, mutta olen lautakunnan varajäsen", "board_member", None),
            ("kaupunginvaltuuston varajäsen", "deputy_councillor", None),
            ("Olen valtuutettu ja sivistyslautakunnan jäsen", "councillor board_member", None),
            ("kh:n varajäsen", "city_board", None),
            ("Vanhusneuvosto", "other_body", None),
            ("hallituksen jäsen", "none", "official_unclear"),
            ("Kyllä", "other_body", None),
            ("", "none", None),
            ("nej", "none", None),
            ("ersättare i fullmäktige", "deputy_councillor", None),
        ],
    )
    def test_positions_and_what_only_sounds_like_one(self, text: str, official: str, remark: str | None) -> None:
        reading = read_official(text, ON)
        assert reading.value is not None
        assert reading.value.official == tuple(official.split())
        assert [found.code for found in reading.remarks] == ([remark] if remark else [])

    def test_the_youth_council_is_a_field_of_its_own(self) -> None:
        application, findings = one({"Oletko luottamushenkilö?": "nuorisovaltuuston jäsen"})
        assert application.applicant.value("official") == "none"
        assert application.applicant.value("youth_council") == "yes"
        assert findings == []

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("varavaltuutettu (kok.)", "varavaltuutettu"),
            ("valtuutettu, sd.", "valtuutettu"),
            ("valtuutettu (Vihreät)", "valtuutettu"),
            ("valtuutettu / vas.", "valtuutettu"),
            ("pääluottamusmies", "…"),
            ("lautakunnan jäsen", "lautakunnan jäsen"),
        ],
    )
    def test_parties_and_unions_are_not_kept(self, text: str, kept: str) -> None:
        assert without_parties(text) == kept
        application, _ = one({"Oletko luottamushenkilö?": text})
        assert application.answers["Oletko luottamushenkilö?"] == kept


class TestSeats:
    """Case 17."""

    @pytest.mark.parametrize(
        ("text", "roles", "remark"),
        [
            ("varajäseneksi", DEPUTY, None),
            ("Varajäsen", DEPUTY, None),
            ("jäsen", MEMBER, None),
            ("vain jäseneksi", MEMBER, None),
            ("vain varajäseneksi", DEPUTY, None),
            ("Jäsen;Varajäsen;", BOTH, None),
            ("Jäseneksi tai varajäseneksi", BOTH, None),
            ("kumpi vain käy", BOTH, None),
            ("en halua varajäseneksi", MEMBER, None),
            ("jäseneksi, mutta käy myös vara", BOTH, "roles_unclear"),
            ("puheenjohtajaksi", BOTH, "roles_unclear"),
            ("ersättare", DEPUTY, None),
            ("ordinarie ledamot", MEMBER, None),
        ],
    )
    def test_members_and_deputies(self, text: str, roles: frozenset[Role], remark: str | None) -> None:
        reading = read_roles(text, "Jäsen vai varajäsen")
        assert reading.value == roles
        assert [found.code for found in reading.remarks] == ([remark] if remark else [])

    @pytest.mark.parametrize(
        ("text", "header"),
        [
            ("ei", "Haetko jäseneksi vai varajäseneksi?"),
            ("En ole käytettävissä", "Olen käytettävissä"),
            ("en jäseneksi enkä varajäseneksi", "Haettava tehtävä"),
            ("Jäsen: ei, varajäsen: ei", "Haettava tehtävä"),
            ("ei kumpikaan", "Olen käytettävissä myös varajäseneksi"),
            ("en halua kumpaankaan", "Haettava tehtävä"),
            ("ingendera av dem", "Ledamot eller ersättare"),
            ("neither", "Member or deputy"),
        ],
    )
    def test_who_says_no_to_both_is_not_seated(self, text: str, header: str) -> None:
        reading = read_roles(text, header)
        assert (reading.value, [one.code for one in reading.remarks]) == (frozenset(), ["roles_refused"])

    @pytest.mark.parametrize(
        ("text", "roles"),
        [
            ("ei väliä kumpi", BOTH),
            ("en osaa sanoa, kumpi vain", BOTH),
            ("kumpaan tahansa", BOTH),
            ("en jäseneksi, mutta varajäseneksi kyllä", DEPUTY),
            ("jäseneksi en, varajäseneksi kyllä", DEPUTY),
            ("varajäseneksi en", MEMBER),
        ],
    )
    def test_not_every_no_is_one(self, text: str, roles: frozenset[Role]) -> None:
        assert (read_roles(text, "Haettava tehtävä").value, read_roles(text, "Haettava tehtävä").remarks) == (roles, ())

    def test_yes_and_no_depend_on_the_question(self) -> None:
        header = "Olen käytettävissä myös varajäseneksi"
        assert read_roles("Kyllä", header).value == BOTH
        assert read_roles("En", header).value == MEMBER
        assert read_roles("", header).value is None

    def test_who_says_nothing_accepts_both(self) -> None:
        application, findings = one({"Jäsen vai varajäsen": ""})
        assert (application.applicant.roles, findings) == (BOTH, [])


class TestOrganisations:
    """Case 18."""

    def test_five_spellings(self) -> None:
        names = [
            "Launeen Asukasyhdistys ry",
            "launeen asukasyhdistys r.y.",
            "LAUNEEN ASUKASYHDISTYS",
            "Launeen  asukasyhdistys, ry.",
            "Launeen asukasyhdistys rf",
        ]
        assert {organisation_key(name) for name in names} == {"launeen asukasyhdistys"}

    @pytest.mark.parametrize(
        "text",
        [
            "-",
            "ei mikään",
            "Edustan itseäni",
            "en edusta ketään",
            "yksityishenkilö",
            "",
            "ei ole",
            "En edusta yhdistystä",
            "None",
        ],
    )
    def test_what_names_none(self, text: str) -> None:
        reading = read_organisation(text)
        assert (reading.value, reading.remarks) == (None, ())

    def test_a_reference_is_asked_about(self) -> None:
        assert [remark.code for remark in read_organisation("ks. yllä").remarks] == ["organisation_unclear"]

    @pytest.mark.parametrize(
        ("kind", "organisation", "expected", "remark"),
        [
            ("Asukkaana", "", "resident", []),
            ("Yhteisön edustajana", "Launeen seura", "representative", []),
            ("molemmat", "Launeen seura", "representative", []),
            ("molemmat", "", "resident", ["kind_both"]),
            ("", "Launeen seura", "representative", []),
            ("", "-", "resident", []),
            ("Yhteisön edustajana", "", "representative", ["organisation_missing"]),
            ("Asukkaana", "Launeen seura", "resident", ["resident_with_organisation"]),
            ("Kyllä", "Launeen seura", "representative", []),
        ],
    )
    def test_kind(self, kind: str, organisation: str, expected: str, remark: list[str]) -> None:
        application, findings = one({"Haetko asukkaana vai yhteisön edustajana?": kind, "Yhteisön nimi": organisation})
        assert application.applicant.value("kind") == expected
        assert [finding.code for finding in findings] == remark

    @pytest.mark.parametrize(
        ("text", "value"),
        [("Yhdistys, järjestö tai seura", "association"), ("urheiluseura", "association"), ("Oppilaitos", "educational_institution"), ("Yritys", "company"),
         ("Seurakunta", "congregation"), ("säätiö", "other_community"), ("förening", "association")],
    )  # fmt: skip
    def test_types(self, text: str, value: str) -> None:
        assert read_choice("organisation_type", text).value == (value,)


class TestWishes:
    """Cases 8 and 30."""

    names = TableNames(rules().tables)

    @pytest.mark.parametrize(
        ("text", "tables", "ordered"),
        [
            ("Eteläinen;Keskusta;", "eteläinen keskusta", True),
            ("Eteläinen, Keskusta", "eteläinen keskusta", True),
            ("Eteläinen\nKeskusta", "eteläinen keskusta", True),
            ("Eteläisen alueen kumppanuuspöytä;Itäisen alueen kumppanuuspöytä", "eteläinen itäinen", True),
            ("Nastola", "itäinen", True),
            ("Etelä-Lahti", "eteläinen", True),
            ("pohjoiseen", "pohjoinen", True),
            ("keskustassa tai pohjoisessa", "keskusta pohjoinen", True),
            ("kaikki käy", "eteläinen itäinen pohjoinen keskusta", False),
            ("ei väliä", "eteläinen itäinen pohjoinen keskusta", False),
            ("keskusta; kaikki käy", "keskusta eteläinen itäinen pohjoinen", True),
            ("1) keskusta 2) pohjoinen", "keskusta pohjoinen", True),
            ("2. pohjoinen, 1. keskusta", "keskusta pohjoinen", True),
            ("pohjoinen (2), keskusta (1)", "keskusta pohjoinen", True),
            ("toissijaisesti pohjoinen, ensisijaisesti eteläinen", "eteläinen pohjoinen", True),
            ("kaikki paitsi keskusta", "eteläinen itäinen pohjoinen", False),
            ("E", "eteläinen", True),
            ("K, P", "keskusta pohjoinen", True),
            ("södra; centrum", "eteläinen keskusta", True),
            ("the northern table", "pohjoinen", True),
            ("Haluan eteläisen alueen pöytään", "eteläinen", True),
        ],
    )
    def test_any_order_wording_and_inflection(self, text: str, tables: str, ordered: bool) -> None:
        reading = read_wishes(text, self.names)
        assert reading.value is not None
        assert (reading.value.tables, reading.value.ordered) == (tuple(tables.split()), ordered)
        assert reading.remarks == ()

    def test_a_table_that_is_not_there_is_asked_about(self) -> None:
        assert [remark.code for remark in read_wishes("läntinen", self.names).remarks] == ["table_unknown"]
        reading = read_wishes("läntinen tai eteläinen", self.names)
        assert reading.value is not None
        assert reading.value.tables == ("eteläinen",)
        assert [remark.code for remark in reading.remarks] == ["wish_partly_unread"]

    def test_a_table_that_is_not_wanted_is_no_wish(self) -> None:
        reading = read_wishes("itäinen, ei keskusta", self.names)
        assert reading.value is not None
        assert reading.value.tables == ("itäinen",)
        assert [remark.code for remark in reading.remarks] == ["wish_refused"]

    def test_a_district_names_its_table_and_that_is_said(self) -> None:
        application, findings = one({"Mihin kumppanuuspöytään haet?": "Mukkulan pöytä", "Postinumero": "15240"})
        assert application.applicant.wishes == ("pohjoinen",)
        assert [(finding.code, finding.suggestion) for finding in findings] == [("wish_by_district", "pohjoinen")]

    def test_the_wish_goes_before_the_postal_code_and_that_is_said(self) -> None:
        application, findings = one({"Postinumero": "15240"})
        assert application.applicant.wishes == ("eteläinen",)
        assert [(finding.code, finding.params) for finding in findings] == [
            ("wish_elsewhere", {"home": "pohjoinen", "wish": "eteläinen"})
        ]
        with in_language("sv"):
            said = finding_text(findings[0], rules())
        assert "norra" in said and "södra" in said and "pohjoinen" not in said

    def test_who_names_none_keeps_none_and_the_pool_takes_the_postal_code(self) -> None:
        application, findings = one({"Mihin kumppanuuspöytään haet?": ""})
        assert (application.applicant.wishes, findings) == ((), [])

    def test_who_can_sit_nowhere_is_said(self) -> None:
        _, findings = one({"Mihin kumppanuuspöytään haet?": "", "Postinumero": ""})
        assert [finding.code for finding in findings] == ["no_table"]

    def test_first_and_second_choice_in_columns_of_their_own(self) -> None:

        rows = [
            ["Nimi", "Toissijainen alue", "Ensisijainen alue"],
            ["Aino Aalto", "Keskusta", "Itäinen"],
            ["Eero Eskola", "", "Pohjoinen"],
        ]
        assert [one.wishes for one in read_rows(rows).applicants] == [("itäinen", "keskusta"), ("pohjoinen",)]

    def test_tables_of_any_city(self) -> None:
        from selection.model.rules import Table

        names = TableNames(
            [
                Table(id="Pöytä 1", names=("Hervanta",)),
                Table(id="Pöytä 2", names=("Tesoma", "länsi")),
                Table(id="table-c"),
            ]
        )
        for text, table in (
            ("pöytä 2", "Pöytä 2"),
            ("Hervannan pöytä", "Pöytä 1"),
            ("Tesomalla", "Pöytä 2"),
            ("Table-C", "table-c"),
        ):
            reading = read_wishes(text, names)
            assert reading.value is not None, text
            assert reading.value.tables == (table,), text


class TestChoices:
    """Cases 27 and others."""

    @pytest.mark.parametrize("cell", ["x", "X", "✓", "TOSI", "TRUE", True, 1, "1", "Valittu", "Eteläinen", "Kyllä"])
    def test_ticks(self, cell: Cell) -> None:
        assert is_ticked(cell, "Eteläinen") is True

    @pytest.mark.parametrize("cell", [None, "", " ", False, 0, "0", "EPÄTOSI", "-", "Ei valittu"])
    def test_no_ticks(self, cell: Cell) -> None:
        assert is_ticked(cell, "Eteläinen") is False

    def test_neither(self) -> None:
        assert is_ticked("ehkä", "Eteläinen") is None

    @pytest.mark.parametrize(
        ("text", "values"),
        [("eläkeläinen ja yrittäjä", ("retired", "entrepreneur")), ("Työssä;Opiskelija;", ("employed", "student")), ("työkyvyttömyyseläkkeellä", ("retired",)),
         ("sairauslomalla", ("other",)), ("palkansaaja", ("employed",)), ("pensionär", ("retired",)), ("hoitovapaalla", ("at_home",))],
    )  # fmt: skip
    def test_situations(self, text: str, values: tuple[str, ...]) -> None:
        assert read_situation(text).value == values

    def test_words_of_health_are_not_kept(self) -> None:
        application, _ = one({"Elämäntilanne": "työkyvyttömyyseläkkeellä"})
        assert application.answers["Elämäntilanne"] == "…"
        assert application.applicant.value("situation") == "retired"

    def test_an_occupation_is_not_guessed_at(self) -> None:
        assert [remark.code for remark in read_situation("sairaanhoitaja").remarks] == ["value_unknown"]

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("suomi", "fi"),
            ("Suomea", "fi"),
            ("ruotsi", "sv"),
            ("svenska", "sv"),
            ("venäjä", "other"),
            ("Arabic", "other"),
            ("muu", "other"),
        ],
    )
    def test_mother_tongues(self, text: str, value: str) -> None:
        assert read_mother_tongue(text).value == (value,)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("Kyllä", "yes"),
            ("En", "no"),
            ("Kyllä, varajäsenenä", "yes"),
            ("kaudella 2019–2021", "yes"),
            ("en ole ollut", "no"),
            ("jäsen", "yes"),
        ],
    )
    def test_earlier_terms(self, text: str, value: str) -> None:
        assert read_served(text).value == (value,)

    def test_another_body_is_no_table(self) -> None:
        reading = read_served("Nastolan aluejohtokunnassa")
        assert reading.value == ("no",)
        assert [remark.code for remark in reading.remarks] == ["served_elsewhere"]

    def test_yes_and_no(self) -> None:
        assert [yes_or_no(text) for text in ("Kyllä", "ei", "Ja", "Nej", "en ole", "ehkä", "kyllä en")] == [
            True,
            False,
            True,
            False,
            False,
            None,
            None,
        ]

    @pytest.mark.parametrize(("first", "second", "agreed"), [("Kyllä", "Kyllä", True), ("Kyllä", "Ei", False)])
    def test_a_consent_asked_twice_is_one_where_both_are(self, first: str, second: str, agreed: bool) -> None:
        asked = {"Tietojani saa käyttää täydennysvalinnassa": first, "Hakemukseni saa säilyttää kauden loppuun": second}
        assert one(asked)[0].consents["retain"] is agreed

    @pytest.mark.parametrize(
        ("header", "purpose"),
        [
            ("Olen lukenut tietosuojaselosteen", "privacy"),
            ("Suostun tehtävään, jos minut valitaan", "post"),
            ("Yhteystietoni saa julkaista", "publish"),
            ("Hakemukseni saa säilyttää täydennysvalintoja varten", "retain"),
            ("Suostun tietojeni käsittelyyn", "privacy"),
        ],
    )
    def test_consents_are_kept_apart(self, header: str, purpose: str) -> None:
        assert consent_purpose(header) == purpose


class TestNames:
    """Cases 21 and 24."""

    @pytest.mark.parametrize("text", ["Maija-Liisa von Essen-Åkerlund", "Nguyễn Thị Hà", "O'Brien Sean", "Ng"])
    def test_names_stay_as_written(self, text: str) -> None:
        reading = read_name(text)
        assert (reading.value, reading.remarks) == (text, ())

    @pytest.mark.parametrize(
        "text",
        ["redacted", "[Redacted]", "Nimi poistettu", "Name withheld", "Namn borttaget", "***", "█████", "XXXX", "N/A",
         "anonymisoitu hakija", "salattu", "Personen är anonymiserad", "?", '"'],
    )  # fmt: skip
    def test_what_was_taken_out_is_no_name(self, text: str) -> None:
        assert read_name(text).value is None

    @pytest.mark.parametrize("text", ["Poistettu Pekka", "Anonen Aino", "Na Li", "Ei-ichi Tanaka", "Name Surnameson"])
    def test_names_near_such_words_are_names(self, text: str) -> None:
        assert read_name(text).value == text

    def test_spaces_and_composed_letters(self) -> None:
        assert read_name("Maija-Liisa  von Essen ").value == "Maija-Liisa von Essen"
        assert read_name("Na\u0308ta\u0308").value == "Nätä"

    @pytest.mark.parametrize(
        ("text", "suggestion"),
        [
            ("VIRTANEN MAIJA", "Virtanen Maija"),
            ("maija-liisa virtanen", "Maija-Liisa Virtanen"),
            ("MAIJA VON ESSEN", "Maija von Essen"),
        ],
    )
    def test_another_case_is_only_suggested(self, text: str, suggestion: str) -> None:
        reading = read_name(text)
        assert reading.value == text
        assert [(remark.code, remark.suggestion) for remark in reading.remarks] == [("name_case", suggestion)]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('=HYPERLINK("http://x";"Maija")', "name_like_formula"),
            ("+358401234567", "name_like_formula"),
            ("@Maija", "name_like_formula"),
            ("-Pekka", "name_like_formula"),
            ("Maija 12", "name_unusual"),
        ],
    )
    def test_what_is_hardly_a_name_is_said(self, text: str, code: str) -> None:
        assert [remark.code for remark in read_name(text).remarks] == [code]

    def test_tests(self) -> None:
        assert all(is_certain_test(name) for name in ("testi testi", "asdf", "Test", "Testi2 Testi"))
        assert not any(is_certain_test(name) for name in ("Aku Ankka", "Matti Meikäläinen", "Testi Virtanen", "Maija"))
        assert all(is_likely_test(name) for name in ("Aku Ankka", "Meikäläinen Matti", "Testi Virtanen"))

    def test_totals(self) -> None:
        assert all(
            is_total(text) for text in ("Yhteensä", "Yhteensä 163", "Yht.", "Totalt: 12", "Hakijoita yhteensä 163")
        )
        assert not any(is_total(text) for text in ("Maija Summanen", "Yhtenen Aino"))
