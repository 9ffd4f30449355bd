"""What is told of a file: columns of one kind in one sentence, rows that say the same in one line, what a round lacks."""

from __future__ import annotations

from pathlib import Path

from selection.intake import Correction, Mapping, read_applications
from selection.intake.messages import finding_lines, note_lines
from selection.model.rules import Rules
from selection.rounds.intake_step import Upload, actions_of, understand
from tests.intake.builders import OTHERS, form, read_rows, rules, saved

HEAD = "Nimi;Syntymävuosi;Postinumero"


def lines(folder: Path, text: str, using: Rules | None = None) -> list[str]:
    path = saved(folder, "a.csv", text.encode())
    return note_lines(read_applications([path], using or rules()).notes, using or rules())


def test_what_a_round_lacks_without_gender_or_officials_is_said(tmp_path: Path) -> None:
    said = lines(tmp_path, f"{HEAD}\nAino Aalto;1950;15100\n")
    assert any("Sukupuolta ei luettu" in one and "naisten osuus" in one and "40" in one for one in said)
    assert any("Luottamustehtäviä ei luettu" in one and "luottamushenkilöt" in one for one in said)
    whole = lines(tmp_path, f"{HEAD};Sukupuoli;Luottamustehtävä\nAino Aalto;1950;15100;nainen;ei\n")
    assert not any("ei luettu" in one for one in whole)
    bare = Rules.model_validate(
        {
            "name": "a",
            "tables": [{"id": "t"}],
            "members": {"least": 1, "aim": 1},
            "eligibility": {"age_on": "2025-01-01"},
        }
    )
    told = [one for one in lines(tmp_path, f"{HEAD}\nAino Aalto;1950;15100\n", bare) if "ei luettu" in one]
    assert len(told) == 1 and "Tasa-arvolain" in told[0]


def test_columns_left_out_for_one_reason_are_one_sentence(tmp_path: Path) -> None:
    said = lines(tmp_path, f"{HEAD};Kengännumero;Lempiväri\nAino Aalto;1950;15100;38;sininen\n")
    (one,) = [one for one in said if "Kengännumero" in one]
    assert "Lempiväri" in one


def test_rows_that_say_the_same_are_one_line() -> None:
    intake = read_rows(form(*({**one, "Syntymävuosi": "joskus"} for one in OTHERS)))
    (line,) = [one for one in finding_lines(intake.findings, rules(), most=1) if one.count > 1]
    assert (line.sheet, line.places, line.count) == ("Vastaukset", ("C2",), 2)


def test_remarks_are_taken_only_when_chosen_and_withdrawals_read_all_the_same() -> None:
    for header in ("Huomautukset", "Muuta", "Notes", "Other", "Övrigt", "Koordinaattorin muistiinpanot"):
        people = [{header: "naapurin mielestä hankala"}, *OTHERS, {"Nimi": "Urho Uusi", header: "perui hakemuksensa"}]
        intake = read_rows(form(*people))
        assert all(header not in one.answers and not one.remarks for one in intake.applications)
        (code,) = [note.code for note in intake.notes if note.params.get("column") == header]
        assert code in ("column_if_chosen", "column_unclear")
        assert [one.code for one in intake.set_aside] == ["withdrawn"]
        chosen = read_rows(form(*people), mapping=Mapping({header.casefold(): "remarks"}))
        assert chosen.applications[0].remarks == "naapurin mielestä hankala"


def test_thousands_of_equal_rows_are_taken_without_looking_for_each_among_all(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    text = f"{HEAD}\n" + "Aino Aalto;1950;15100\n" * 30
    upload = Upload("a.csv", text.encode())
    understood = understand([upload], rules())
    monkeypatch.setattr(type(understood.first), "application", None)
    (action,) = actions_of(1, [upload], understood)
    assert len(action.applications) == 30
    assert Correction(understood.first.set_aside[0].key, "keep").person in [
        entry.applicant.key for entry in action.applications
    ]
