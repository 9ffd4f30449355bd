"""What a seal binds: each thing that could move a lot, tried by changing it after the seal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from selection.errors import SealError
from selection.intake import Intake, read_applications
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.model.seal import ascii_names, is_canonical
from selection.outputs.proof import proof_json, verify_proof
from selection.proposal import propose
from selection.rounds.program_hash import program_hash
from selection.rounds.seal_file import SealFile, published_root, read_seal
from selection.rounds.sealed_round import sealed, sealed_draw

DRAWN = ["lotto=1.2.3.4.5.6.7+8"]
RULES = """
schema = "selection.rules/1"
name = "pieni"
[[tables]]
id = "keskusta"
[[tables]]
id = "itäinen"
[members]
least = 2
aim = 3
[deputies]
aim = 1
[eligibility]
age_on = 2025-01-01
minimum_age = 15
below_minimum = "refuse"
[lottery]
seed = "1"
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
body = "each"
at_least_share = "40 %"
[[requirements]]
id = "one_organisation"
field = "organisation"
each = true
body = "each"
at_most = 2
[[goals]]
id = "age"
field = "age"
priority = 1
[goals.ranges]
"18–29" = { share = "50 %" }
"30–64" = { share = "50 %" }
"""
HEAD = "Tunnus;Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Yhdistys"


def rows() -> list[list[str]]:
    return [
        [
            str(n),
            f"Hakija{chr(64 + n)} Testaa",
            str(1958 + 2 * n),
            "nainen" if n % 2 else "mies",
            f"1510{n % 10}",
            "Keskusta" if n % 3 else "Itäinen",
            f"Yhdistys {chr(97 + n % 4)} ry" if n % 2 else "",
        ]
        for n in range(1, 19)
    ]


def read(folder: Path, table: list[list[str]], rules: Rules, name: str = "haku.csv") -> Intake:
    path = folder / name
    path.write_text("\n".join([HEAD, *(";".join(row) for row in table)]), encoding="utf-8")
    return read_applications([path], rules)


def rules_of(text: str) -> Rules:
    return parse_rules(text, "r.toml")


@pytest.fixture
def rules() -> Rules:
    return rules_of(RULES)


@pytest.fixture
def seal(tmp_path: Path, rules: Rules) -> SealFile:
    return sealed(read(tmp_path, rows(), rules), rules, ["lotto"])


def changed(row: int, column: int, value: str) -> list[list[str]]:
    table = rows()
    assert table[row][column] != value
    table[row][column] = value
    return table


@pytest.mark.parametrize(
    ("column", "value"),
    [(1, "Toinen Henkilö"), (2, "1983"), (3, "nainen"), (4, "15870"), (5, "Keskusta"), (6, "Uusi yhdistys ry")],
)
def test_one_changed_cell_is_refused_and_no_other_row_is_named(
    tmp_path: Path, rules: Rules, seal: SealFile, column: int, value: str
) -> None:
    """A name and a year of birth in the same band are of nobody's data, and yet another person's."""
    intake = read(tmp_path, changed(11, column, value), rules)
    with pytest.raises(SealError) as refused:
        sealed_draw(seal, DRAWN, intake, rules)
    assert refused.value.code == "seal_other_people"
    assert refused.value.params["rows"] == "13" and refused.value.params["n"] == 1


def test_another_spelling_of_an_organisation_changes_nothing(tmp_path: Path, rules: Rules, seal: SealFile) -> None:
    before = sealed_draw(seal, DRAWN, read(tmp_path, rows(), rules), rules)
    table = rows()
    for row in table:
        row[6] = row[6].upper()
    again = sealed_draw(seal, DRAWN, read(tmp_path, table, rules), rules)
    assert again.seed == before.seed
    assert [one.key for one in again.intake.applicants] == [one.key for one in before.intake.applicants]


def test_a_number_of_a_group_is_never_a_value_that_the_rules_name(tmp_path: Path) -> None:
    rules = rules_of(RULES.replace('name = "pieni"', 'name = "1"'))
    made = sealed(read(tmp_path, rows(), rules), rules, ["lotto"])
    assert sorted(made.groups["organisation"].values()) == ["2", "3"]


def test_a_name_corrected_between_two_seals_keeps_its_ticket_and_is_bound(
    tmp_path: Path, rules: Rules, seal: SealFile
) -> None:
    corrected = changed(3, 1, "Hakija Oikaistu")
    second = sealed(read(tmp_path, corrected, rules), rules, ["lotto"], previous=seal)
    assert [one.ticket for one in second.people] == [one.ticket for one in seal.people]
    assert second.terms.corrected and "Oikaistu" not in json.dumps(second.terms.to_json())
    assert sealed_draw(second, DRAWN, read(tmp_path, corrected, rules), rules)
    with pytest.raises(SealError):
        sealed_draw(second, DRAWN, read(tmp_path, rows(), rules), rules)
    # A data salt stays, and so does the leaf of whoever changed nothing.
    assert [one.leaf for one in second.people] == [one.leaf for one in seal.people]


def test_the_same_answer_number_twice_is_two_applications(tmp_path: Path, rules: Rules) -> None:
    table = rows()
    table[5][0] = table[4][0]
    intake = read(tmp_path, table, rules)
    made = sealed(intake, rules, ["lotto"])
    assert len(made.applications) == len(intake.applications) == 18
    assert sealed_draw(made, DRAWN, read(tmp_path, table, rules), rules)


def test_a_repeated_application_is_set_aside_and_keeps_its_own_ticket(tmp_path: Path, rules: Rules) -> None:
    table = [*rows(), rows()[7]]
    intake = read(tmp_path, table, rules)
    assert len(intake.set_aside) == 1
    made = sealed(intake, rules, ["lotto"])
    drawn = sealed_draw(made, DRAWN, intake, rules).intake
    tickets = [one.key for one in drawn.applicants]
    assert len(made.applications) == 19 and len(set(tickets)) == 18
    assert set(tickets) == {one.ticket for one in made.people if one.is_active}


def test_who_is_too_young_is_sealed_as_set_aside(tmp_path: Path, rules: Rules) -> None:
    made = sealed(read(tmp_path, changed(17, 2, "2012"), rules), rules, ["lotto"])
    assert [one.data["status"] for one in made.people if not one.is_active] == ["set_aside:under_age"]


def test_a_seal_is_drawn_by_one_command(tmp_path: Path, rules: Rules, seal: SealFile) -> None:
    intake = read(tmp_path, rows(), rules)
    drawings = sealed_draw(seal, DRAWN, intake, rules, by="propose").drawings
    done = seal.marked(drawings, "propose")
    assert sealed_draw(done, DRAWN, intake, rules, by="propose").seed
    assert sealed_draw(done, None, intake, rules).seed
    with pytest.raises(SealError) as refused:
        sealed_draw(done, DRAWN, intake, rules, by="draw")
    assert refused.value.code == "seal_drawn_by"


def test_nothing_is_sealed_after_a_seal_that_was_drawn(tmp_path: Path, rules: Rules, seal: SealFile) -> None:
    intake = read(tmp_path, rows(), rules)
    done = seal.marked((("lotto", "1"),), "propose")
    with pytest.raises(SealError) as refused:
        sealed(intake, rules, ["lotto"], previous=done)
    assert refused.value.code == "seal_previous_drawn"


LOCK = '\n[[locks]]\nperson = "HakijaB Testaa"\n'


def test_locks_are_bound_and_their_hash_confirms_no_name(tmp_path: Path) -> None:
    rules = rules_of(RULES + LOCK)
    intake = read(tmp_path, rows(), rules)
    one, other = (sealed(intake, rules, ["lotto"]) for _ in range(2))
    assert one.seal["locks"] != other.seal["locks"]
    assert one.seal["rules"] == other.seal["rules"]
    assert sealed_draw(one, DRAWN, intake, rules).locks.seated[0].key in {held.ticket for held in one.people}
    elsewhere = rules_of(RULES + LOCK.replace("HakijaB", "HakijaC"))
    for others, waived in ((elsewhere, ()), (rules_of(RULES), ()), (rules, ("women",))):
        with pytest.raises(SealError) as refused:
            sealed_draw(one, DRAWN, intake, others, waived)
        assert refused.value.code == "seal_other_locks"


def test_the_order_of_wishes_and_the_fields_asked_are_bound(tmp_path: Path, rules: Rules, seal: SealFile) -> None:
    intake = read(tmp_path, rows(), rules)
    first = intake.applications[0]
    unordered = replace(first, applicant=replace(first.applicant, wishes_ordered=False))
    for other in (
        replace(intake, applications=(unordered, *intake.applications[1:])),
        replace(intake, asked=intake.asked - {"gender"}),
    ):
        with pytest.raises(SealError) as refused:
            sealed_draw(seal, DRAWN, other, rules)
        assert refused.value.code == "seal_other_locks"


def test_a_seal_is_read_as_it_was_written(tmp_path: Path, rules: Rules, seal: SealFile) -> None:
    (tmp_path / "s.json").write_bytes(seal.to_bytes())
    (tmp_path / "l.json").write_bytes(seal.list_bytes())
    assert read_seal(tmp_path / "s.json") == seal
    assert published_root(tmp_path / "l.json") == published_root(tmp_path / "s.json") == seal.root
    told = json.loads(seal.to_bytes())
    told["terms"]["waived"] = ["women"]
    (tmp_path / "s.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(SealError) as refused:
        read_seal(tmp_path / "s.json")
    assert refused.value.code == "seal_broken"


@pytest.fixture
def proof(tmp_path: Path, rules: Rules) -> dict[str, Any]:
    intake = read(tmp_path, [*rows(), rows()[7]], rules)
    made = sealed(intake, rules, ["lotto"])
    drawn = sealed_draw(made, DRAWN, intake, rules)
    pool = replace(Pool.build(drawn.intake.applicants, rules, intake.asked), seal=drawn.mark)
    proposal = propose(pool, rules, seed=drawn.seed, locks=drawn.locks)
    content: dict[str, Any] = json.loads(json.dumps(proof_json(proposal, made.seal, made.people, made.terms)))
    return content


def test_a_proof_holds(proof: dict[str, Any]) -> None:
    found = verify_proof(proof, "p.json", program_hash())
    assert found.holds and found.program


def _set_aside(proof: dict[str, Any]) -> None:
    person = next(person for person in proof["people"] if person["data"]["status"] == "active")
    person["status"] = person["data"]["status"] = "set_aside:withdrawn"


def _reinstate(proof: dict[str, Any]) -> None:
    person = next(person for person in proof["people"] if person["data"]["status"] != "active")
    person["status"] = person["data"]["status"] = "active"
    person["lot"] = "0" * 64


FORGERIES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "a rule": ("rules", lambda proof: proof["rules"]["requirements"][0].update(at_least_share="20 %")),
    "a size": ("rules", lambda proof: proof["rules"]["members"].update(aim=2)),
    "the round": ("rules", lambda proof: proof["rules"].update(name="toinen")),
    "a field asked": ("rules", lambda proof: proof["terms"]["asked"].remove("gender")),
    "a waiver": ("rules", lambda proof: proof["terms"]["waived"].append("women")),
    "a lock": (
        "rules",
        lambda proof: proof["terms"]["locks"].append(["kept_out", [proof["people"][0]["ticket"]], None, None]),
    ),
    "the order of wishes": (
        "rules",
        lambda proof: proof["terms"]["unordered"].append(proof["people"][0]["ticket"]),
    ),
    "somebody set aside": ("data", _set_aside),
    "somebody reinstated": ("data", _reinstate),
    "a status shown": ("data", lambda proof: proof["people"][0].update(status="set_aside:late")),
    "a group": ("data", lambda proof: proof["people"][0]["data"]["values"].update(gender=["other"])),
    "somebody more": ("sealed", lambda proof: proof["people"].append(dict(proof["people"][0]))),
    "somebody less": ("sealed", lambda proof: proof["people"].pop()),
    "the order of the numbers": (
        "sealed",
        lambda proof: proof["drawn"][0].__setitem__(1, "7.6.5.4.3.2.1+8"),
    ),
    "a seal's number": ("sealed", lambda proof: proof["seal"].update(number="2")),
    "a lot": (
        "lots",
        lambda proof: next(person for person in proof["people"] if "lot" in person).update(lot="f" * 64),
    ),
    "the roster": ("roster", lambda proof: proof["roster"].pop()),
    "a step": ("steps", lambda proof: proof["steps"][0].update(value=proof["steps"][0]["value"] + 1)),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_proof_fails_where_it_was_forged(proof: dict[str, Any], forgery: str) -> None:
    """The part that fails does so whatever the rest of the file says: a forger may compute the roster again."""
    part, forge = FORGERIES[forgery]
    forge(proof)
    found = verify_proof(proof, "p.json", program_hash())
    assert not found.parts[part] and not found.holds


def test_numbers_stand_in_one_way() -> None:
    assert is_canonical("1.2.3+4") and is_canonical("6.2.5")
    assert not any(map(is_canonical, ("3.1.2+4", "01.2", "1,2", "", "1.2+", "x")))


def test_two_fields_never_share_a_key() -> None:
    assert ascii_names(["ikä", "ika", "школа", "дом"]) == {"ika": "ika", "ikä": "ika_2", "дом": "_", "школа": "__2"}
