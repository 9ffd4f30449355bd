"""People: who is one and the same, who only looks so, and that the order of rows decides nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest

from selection.intake import Intake, person_by_hand, person_key
from selection.intake.draft import Draft
from selection.intake.duplicates import _alike, _may_be_one, certain_groups
from selection.model.people import Origin, Role
from selection.solving.union_find import joined
from tests.intake.builders import OTHERS, codes, form, read, read_rows, sheet

FIRST = {"Nimi": "Virtanen Maija", "Sähköposti": "maija.virtanen@example.org", "Aikaleima": "12.4.2021 klo 9.00"}
SECOND = {
    "Nimi": "Maija Virtanen",
    "Sähköposti": "Maija.Virtanen@Example.org",
    "Aikaleima": "20.4.2021 klo 9.00",
    "Mihin kumppanuuspöytään haet?": "Keskusta",
}


CODES = [f"15{number:03}" for number in range(400)]


def names(intake: Intake) -> list[str]:
    return [one.name for one in intake.applicants]


class TestKeys:
    def test_a_key_survives_turned_names_case_and_spaces(self) -> None:
        assert person_key("Virtanen, Maija", "M@Example.org", 1975) == person_key(
            " maija  VIRTANEN", "m@example.org", 1975
        )
        assert person_key("Maija Virtanen", "", 1975) != person_key("Maija Virtanen", "", 1976)
        assert len(person_key("Maija Virtanen", "", None)) == 16

    def test_two_of_one_name_and_year_have_keys_of_their_own_in_any_order(self) -> None:
        rows = form(
            {"Sähköposti": "", "Postinumero": "15100"}, {"Sähköposti": "", "Postinumero": "15240", "Sukupuoli": "Mies"}
        )
        there = {one.value("postal_code"): one.key for one in read_rows(rows).applicants}
        back = {one.value("postal_code"): one.key for one in read_rows([rows[0], *rows[:0:-1]]).applicants}
        assert len(set(there.values())) == 2
        assert there == back

    def test_a_second_application_does_not_change_the_key_of_the_person(self) -> None:
        alone = read_rows(form(SECOND)).applicants[0].key
        assert [one.key for one in read_rows(form(FIRST, SECOND)).applicants] == [alone]


class TestCertainDuplicates:
    """Case 19."""

    def test_rows_of_one_sign_are_one_group_whichever_years_they_tell(self) -> None:
        """Against all pairs compared: one person's rows hang together through any of them."""
        draws = random.Random(11)
        for _ in range(50):
            years = [draws.choice([None, 1950, 1955, 1961, 1970, 1985]) for _ in range(draws.randint(2, 9))]
            drafts = [
                Draft(
                    Origin("a", "b", row), sheet=0, row=row, name="Aino Aalto", email="a@example.org", birth_year=year
                )
                for row, year in enumerate(years)
            ]
            pairs = [
                (one, other)
                for one in range(len(years))
                for other in range(one + 1, len(years))
                if _may_be_one(drafts[one], drafts[other])
            ]
            expected = [list(group) for group in joined(len(years), pairs) if len(group) > 1]
            assert [[draft.row for draft in group] for group in certain_groups(drafts)] == expected

    def test_of_five_thousand_rows_alike_one_is_kept_and_each_is_looked_at_once(self) -> None:
        alike = Draft(Origin("a", "b", 1), sheet=0, row=1, name="Aino Aalto", email="a@example.org", birth_year=1950)
        assert sum(1 for _ in _alike([alike] * 5_000, ())) == 4_999

    def test_the_newest_is_kept_with_the_wishes_of_both(self) -> None:
        intake = read_rows(form(FIRST, *OTHERS, SECOND))
        (away,) = intake.set_aside
        assert (away.code, away.origin.row, away.same_as.row if away.same_as else None) == ("duplicate", 2, 5)
        (kept,) = [one for one in intake.applicants if one.name == "Maija Virtanen"]
        assert kept.wishes == ("keskusta", "eteläinen")
        assert [(finding.code, finding.params) for finding in intake.of_person(kept.key)] == [
            ("wishes_merged", {"rows": "Vastaukset!2"})
        ]

    def test_a_later_one_goes_before_a_fuller_one(self) -> None:
        later = {**SECOND, "Syntymävuosi": "", "Postinumero": "", "Äidinkieli": ""}
        intake = read_rows(form(FIRST, *OTHERS, later))
        assert [one.origin.row for one in intake.set_aside] == [2]

    def test_the_same_wherever_the_rows_stand(self) -> None:
        for people in ((FIRST, SECOND, *OTHERS), (SECOND, *OTHERS, FIRST)):
            intake = read_rows(form(*people))
            assert "Virtanen Maija" not in names(intake)
            assert {one.name: one.wishes for one in intake.applicants}["Maija Virtanen"] == ("keskusta", "eteläinen")

    def test_by_name_year_and_postal_code_where_none_gives_an_address(self) -> None:
        intake = read_rows(form({"Sähköposti": ""}, {"Nimi": "VIRTANEN, Maija", "Sähköposti": ""}))
        assert [one.code for one in intake.set_aside] == ["duplicate"]

    @pytest.mark.parametrize(
        "other",
        [
            {"Sähköposti": "uusi@example.org"},  # whoever knows a name could overwrite an application
            {"Sähköposti": ""},
            {"Postinumero": "15100"},
            {"Katuosoite": "Toinen tie 8"},
        ],
    )
    def test_another_address_is_asked_about(self, other: dict[str, Any]) -> None:
        intake = read_rows(form({**FIRST, "Katuosoite": "Esimerkkikatu 1 A"}, *OTHERS, {**SECOND, **other}))
        assert intake.set_aside == ()
        assert len(intake.applicants) == 4
        assert "likely_duplicate" in codes(intake.findings)
        wishes = {one.origin.row: one.wishes for one in intake.applicants if one.origin is not None}
        assert (wishes[2], wishes[5]) == (("eteläinen",), ("keskusta",))

    def test_one_street_written_in_two_ways_is_one(self) -> None:
        streets = ("Esimerkkikatu 1 A 2, 15610 Lahti", "ESIMERKKIKATU 1 A, 2")
        rows = form(*({**one, "Katuosoite": street} for one, street in zip((FIRST, SECOND), streets, strict=True)))
        assert [one.code for one in read_rows(rows).set_aside] == ["duplicate"]

    def test_other_telephone_numbers_are_asked_about_without_an_address(self) -> None:
        numbers = ("040 000 00 01", "040 000 00 02")
        people = [{"Sähköposti": "", "Puhelin": number} for number in numbers]
        assert read_rows(form(*people)).set_aside == ()
        people[1]["Puhelin"] = "+358 40 0000001"
        assert len(read_rows(form(*people)).set_aside) == 1

    def test_a_late_one_replaces_none_that_came_in_time(self) -> None:
        late = {**SECOND, "Aikaleima": "2.5.2021 klo 9.00"}
        for people in ((FIRST, *OTHERS, late), (late, FIRST, *OTHERS)):
            intake = read_rows(form(*people))
            (kept,) = [one for one in intake.applications if one.applicant.name == "Virtanen Maija"]
            assert kept.applicant.wishes == ("eteläinen",)
            assert codes(list(intake.of_person(kept.key))) == ["late_repeat"]
            (away,) = intake.set_aside
            assert away.code == "duplicate"
            assert away.same_as == kept.origin

    def test_of_two_late_ones_the_newer_is_kept(self) -> None:
        late = [{**one, "Aikaleima": f"{day}.5.2021 klo 9.00"} for one, day in ((SECOND, 3), (FIRST, 2))]
        (kept,) = read_rows(form(*late)).applicants
        assert kept.wishes == ("keskusta", "eteläinen")

    def test_of_three_applications_one_is_left(self) -> None:
        third = {**FIRST, "Aikaleima": "21.4.2021 klo 9.00", "Mihin kumppanuuspöytään haet?": "Itäinen"}
        intake = read_rows(form(FIRST, SECOND, third))
        assert len(intake.set_aside) == 2
        assert intake.applicants[0].wishes == ("itäinen", "keskusta", "eteläinen")

    def test_what_they_set_aside_can_be_taken_back(self) -> None:
        from selection.intake import Correction

        rows = form(FIRST, *OTHERS, SECOND)
        (away,) = read_rows(rows).set_aside
        assert away.application is not None
        intake = read_rows(rows, corrections=[Correction(away.key, "keep")])
        assert intake.set_aside == ()
        assert len(intake.applicants) == 4

    def test_different_birth_years_are_said(self) -> None:
        intake = read_rows(form(FIRST, {**SECOND, "Syntymävuosi": 1957}, {"Nimi": "X Y"}))
        assert len(intake.applicants) == 3  # a generation apart: perhaps mother and daughter
        intake = read_rows(form(FIRST, {**SECOND, "Syntymävuosi": 1976}))
        assert "duplicates_disagree" in codes(intake.findings)


class TestLikelyDuplicates:
    @pytest.mark.parametrize(
        "other",
        [
            {"Nimi": "Maja Virtanen", "Sähköposti": ""},
            {"Nimi": "Maija Virtannen", "Sähköposti": "m@example.org"},
            {"Nimi": "Maija Kaarina Virtanen", "Postinumero": "15100"},
            {"Nimi": "Maija Virtanen", "Sähköposti": "", "Postinumero": "15100", "Syntymävuosi": ""},
        ],
    )
    def test_both_are_kept_and_the_pair_is_asked_about_once(self, other: dict[str, Any]) -> None:
        intake = read_rows(form({}, *OTHERS, other))
        assert len(intake.applicants) == 4
        told = [finding for finding in intake.findings if finding.code == "likely_duplicate"]
        assert len(told) == 1
        asked = (told[0].origin.row, told[0].params["other"])
        assert asked in {(2, "Vastaukset!5"), (5, "Vastaukset!2")}
        rows = {one.applicant.key: one.origin.row for one in intake.applications if one.origin is not None}
        assert (rows[told[0].person], rows[told[0].other]) == (told[0].origin.row, 7 - told[0].origin.row)

    def test_a_pair_of_one_address_is_not_listed_again_for_it(self) -> None:
        intake = read_rows(form({}, *OTHERS, {"Nimi": "Maja Virtanen", "Syntymävuosi": 1960}))
        assert codes(intake.findings) == ["likely_duplicate"]

    def test_different_people_are_not_told_of_each_other(self) -> None:
        intake = read_rows(
            form({}, *OTHERS, {"Nimi": "Matti Virtanen", "Sähköposti": "matti@example.org", "Syntymävuosi": 1974})
        )
        assert "likely_duplicate" not in codes(intake.findings)

    def test_who_was_declared_another_is_not_asked_again(self) -> None:
        from selection.intake import Correction

        rows = form({}, *OTHERS, {"Nimi": "Maja Virtanen", "Sähköposti": ""})
        key = next(one.person for one in read_rows(rows).findings if one.code == "likely_duplicate")
        assert codes(read_rows(rows, corrections=[Correction(key, "keep")]).findings) == []

    def test_a_crowd_of_one_name_is_bounded(self) -> None:
        crowd = [{"Sähköposti": f"{n}@example.org", "Postinumero": CODES[n % len(CODES)]} for n in range(400)]
        told = [one for one in read_rows(form(*crowd)).findings if one.code == "likely_duplicate"]
        assert 0 < len(told) < 400 * 12


class TestHouseholds:
    """Case 20."""

    def test_one_address_of_two_people_is_only_told(self) -> None:
        couple = [
            {"Nimi": name, "Syntymävuosi": year, "Sähköposti": "perhe.koski@example.org"}
            for name, year in (("Koski Aino", 1952), ("Koski Eero", 1950))
        ]
        intake = read_rows(form(*couple, *OTHERS))
        assert len(intake.applicants) == 4
        assert codes(intake.findings) == ["same_email", "same_email"]


class TestTestRows:
    """Case 21."""

    def test_only_a_certain_test_is_set_aside(self) -> None:
        people = [
            {"Nimi": name, "Sähköposti": f"{n}@example.org", "Syntymävuosi": 1950 + n}
            for n, name in enumerate(("testi testi", "Aku Ankka", "asdf", "Matti Meikäläinen"))
        ]
        intake = read_rows(form(*people))
        assert names(intake) == ["Aku Ankka", "Matti Meikäläinen"]
        assert [one.code for one in intake.set_aside] == ["test_row", "test_row"]
        assert codes(intake.findings) == ["test_row", "test_row"]

    def test_a_row_without_a_name_is_set_aside_and_can_be_named(self) -> None:
        from selection.intake import Correction

        rows = form({"Nimi": ""}, *OTHERS)
        (away,) = read_rows(rows).set_aside
        assert away.code == "no_name"
        intake = read_rows(rows, corrections=[Correction(away.key, field="name", value="Maija Virtanen")])
        assert (names(intake)[0], intake.set_aside) == ("Maija Virtanen", ())


class TestOrganisations:
    def test_alike_names_are_asked_about_with_the_usual_form(self) -> None:
        people = [
            {"Nimi": f"{name} {name}nen", "Sähköposti": f"{name}@example.org", "Syntymävuosi": 1950 + n,
             "Haetko asukkaana vai yhteisön edustajana?": "yhteisön edustajana", "Yhteisön nimi": organisation}
            for n, (name, organisation) in enumerate(
                (("Aino", "Launeen Asukasyhdistys ry"), ("Eero", "launeen asukasyhdistys"), ("Iida", "Launeen as.yhd"), ("Olli", "Mukkulan kyläyhdistys"))
            )
        ]  # fmt: skip
        intake = read_rows(form(*people))
        assert [one.value("organisation") for one in intake.applicants[:2]] == ["launeen asukasyhdistys"] * 2
        told = [
            (one.origin.row, one.found, one.suggestion) for one in intake.findings if one.code == "similar_organisation"
        ]
        assert told == [(4, "Launeen as.yhd", "Launeen Asukasyhdistys ry")]

    @pytest.mark.parametrize(
        ("short", "full"),
        [
            ("MLL", "Mannerheimin Lastensuojeluliitto ry"),
            ("LAY ry", "Launeen asukasyhdistys"),
            ("spr", "Suomen Punainen Risti"),
            ("Mukkulan kyläs.", "Mukkulan kyläseura ry"),
            ("Mukkulan ks", "Mukkulan kyläseura ry"),
            ("Pens. för.", "Pensionärernas förening rf"),
            ("LRA", "Lahti Residents' Association"),
            ("Omakotiyhdistys Laune", "Launeen omakotiyhdistys ry"),
            ("Föreningen Grannar i Åbo", "Grannarna i Åbo förening"),
        ],
    )
    def test_short_forms_are_asked_about(self, short: str, full: str) -> None:
        kind = {"Haetko asukkaana vai yhteisön edustajana?": "Yhteisön edustajana"}
        rows = form({"Yhteisön nimi": short}, *({**one, "Yhteisön nimi": full} for one in OTHERS), but=kind)
        told = [one for one in read_rows(rows).findings if one.code == "similar_organisation"]
        assert [(one.origin.row, one.suggestion) for one in told] == [(2, full)]

    @pytest.mark.parametrize(
        ("short", "full"),
        [
            ("Lahden seura", "Lahden seurakunta"),
            ("MLL", "Mukkulan Omakotiyhdistys"),
            ("Lahden as.yhd. 1", "Lahden asukasyhdistys 2"),
            ("LAY", "Launeen asukasyhdistys Pohjoinen"),
        ],
    )
    def test_what_no_short_form_is_is_not(self, short: str, full: str) -> None:
        kind = {"Haetko asukkaana vai yhteisön edustajana?": "Yhteisön edustajana"}
        rows = form({"Yhteisön nimi": short}, *({**one, "Yhteisön nimi": full} for one in OTHERS), but=kind)
        assert "similar_organisation" not in codes(read_rows(rows).findings)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Kylä 1", "Kylä 2"),
            ("Lahden asukasyhdistys 1 ry", "Lahden asukasyhdistys 2 ry"),
            ("Lahden eläkkeensaajat, osasto I", "Lahden eläkkeensaajat, osasto II"),
            ("Nastolan kyläyhdistys A", "Nastolan kyläyhdistys B"),
            ("Nastolan kyläyhdistys", "Nastolan kyläyhdistys 2"),
            ("Nastolan itäinen kyläyhdistys ry", "Nastolan läntinen kyläyhdistys ry"),
            ("Lahden Yläkylän asukkaat", "Lahden Alakylän asukkaat"),
            ("Lahden Seudun Naisvoimistelijat", "Lahden Seudun Miesvoimistelijat"),
            ("Byalaget nr 12 rf", "Byalaget nr 13 rf"),
        ],
    )
    def test_names_that_a_small_word_tells_apart_are_not_asked_about(self, one: str, other: str) -> None:
        people = [
            {
                "Nimi": name,
                "Sähköposti": f"{name}@example.org",
                "Haetko asukkaana vai yhteisön edustajana?": "yhteisön edustajana",
                "Yhteisön nimi": organisation,
            }
            for name, organisation in (("Aino", one), ("Eero", one), ("Iida", other))
        ]
        found = codes(read_rows(form(*people)).findings)
        assert "similar_organisation" not in found

    @pytest.mark.parametrize("other", ["Launeen Asukayhdistys ry", "Launeen asukas yhdistys", "Launen asukasyhdistys"])
    def test_names_spelt_otherwise_are_still_asked_about(self, other: str) -> None:
        people = [
            {
                "Nimi": name,
                "Sähköposti": f"{name}@example.org",
                "Haetko asukkaana vai yhteisön edustajana?": "yhteisön edustajana",
                "Yhteisön nimi": organisation,
            }
            for name, organisation in (
                ("Aino", "Launeen asukasyhdistys"),
                ("Eero", "Launeen asukasyhdistys"),
                ("Iida", other),
            )
        ]
        assert "similar_organisation" in codes(read_rows(form(*people)).findings)


class TestOrderOfRows:
    def test_nothing_depends_on_it(self) -> None:
        people = [
            FIRST,
            SECOND,
            *OTHERS,
            {"Nimi": "Maja Virtanen", "Sähköposti": ""},
            {"Nimi": "testi"},
            {"Nimi": ""},
            {"Nimi": "Kalle Korhonen", "Sähköposti": "", "Syntymävuosi": 1961},
        ]
        rows = form(*people)

        def said(intake: Intake) -> object:
            return (
                {(one.key, one.name, one.wishes, one.roles, tuple(one.values.items())) for one in intake.applicants},
                {(one.key, one.code) for one in intake.set_aside},
                sorted((one.person, one.code, one.found, one.suggestion or "") for one in intake.findings),
            )

        expected = said(read_rows(rows))
        for seed in range(8):
            body = rows[1:]
            random.Random(seed).shuffle(body)
            assert said(read(sheet([rows[0], *body], f"Taulukko{seed}"))) == expected


class TestByHand:
    def test_a_person_who_is_not_in_the_file(self) -> None:
        person = person_by_hand(
            " Aino  Aalto", email="a@example.org", birth_year=2004, wishes=["keskusta"], roles=frozenset({Role.MEMBER}),
            values={"youth_council": ["yes"]}, organisation="Nuorisovaltuusto ry",
        )  # fmt: skip
        assert person.origin is None
        assert person.key == person_key("Aino Aalto", "a@example.org", 2004)
        assert person.applicant.values == {
            "kind": ("representative",),
            "organisation": ("nuorisovaltuusto",),
            "youth_council": ("yes",),
        }

    def test_beside_the_seats_is_no_candidate(self) -> None:
        intake = Intake(applications=(person_by_hand("Aino Aalto", beside=True), person_by_hand("Eero Eskola")))
        assert names(intake) == ["Eero Eskola"]

    @pytest.mark.parametrize(
        "wrong", [{"name": " "}, {"name": "A", "values": {"gender": ["nainen"]}}, {"name": "A", "roles": frozenset()}]
    )
    def test_what_cannot_be(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"."):
            person_by_hand(**wrong)
