"""Each applicant as read, as ``inspect --people`` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from selection.intake import read_applications
from selection.intake.applications_json import age_band, people_json
from selection.model.rules_file import preset
from tests.command import run


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "haku.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


HEADERS = (
    "Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Luottamustehtävä;Äidinkieli;Yhdistys;Jäsen vai varajäsen"
)


def test_values_are_codes_and_nothing_is_null_or_an_empty_list(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        HEADERS,
        "Aino Koskela;1970;nainen;15100;Keskusta, itäinen;kaupunginvaltuutettu;ruotsi;Kissat ry;varajäsen",
        "Eero Laine;;;;;ei;;;",
    )
    first, second = people_json(read_applications([path], preset("lahti-2021")))
    assert (first["sheet"], first["row"], first["part"], first["name"]) == ("", 2, "", "Aino Koskela")
    fields = first["fields"]
    assert {name: fields[name] for name in ("birth_year", "age_band", "gender", "mother_tongue", "organisation")} == {
        "birth_year": 1970,
        "age_band": None,
        "gender": "woman",
        "mother_tongue": "sv",
        "organisation": "Kissat ry",
    }
    assert (fields["wishes"], fields["roles"]) == (["keskusta", "itäinen"], ["deputy"])
    assert (fields["official"], fields["kind"], fields["served_before"]) == (["councillor"], "representative", None)
    assert first["asked"] == []
    fields = second["fields"]
    assert (fields["birth_year"], fields["gender"], fields["organisation"]) == (None, None, None)
    assert (fields["official"], fields["wishes"], fields["situation"]) == ([], [], [])
    assert "birth_year_missing" in second["asked"]


def test_ages_as_answered() -> None:
    assert [age_band(one) for one in (None, (65, None), (45, 64), (52, 52))] == [None, "65+", "45–64", "52"]


def test_the_command_writes_them(tmp_path: Path) -> None:
    path = csv(tmp_path, HEADERS, "Aino Koskela;1970;nainen;15100;Keskusta;ei;suomi;;jäsen")
    assert run("inspect", path, "--people", "people.json", cwd=tmp_path).returncode == 0
    (person,) = json.loads((tmp_path / "people.json").read_text("utf-8"))["people"]
    assert person["row"] == 2 and person["fields"]["roles"] == ["member"]
