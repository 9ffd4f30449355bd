"""Columns of the city's own with several values in a cell, split as the rules name them."""

from __future__ import annotations

import pytest

from selection.intake.values.own_values import named_values, read_own
from selection.model.rules import Rules
from selection.model.spelling import Spellings
from tests.intake.builders import OTHERS, form, read_rows

RULES = Rules.model_validate(
    {
        "name": "a",
        "tables": [{"id": "t"}],
        "members": {"least": 1, "aim": 1},
        "eligibility": {"age_on": "2025-01-01"},
        "requirements": [
            {"id": "it", "field": "taidot", "values": ["it"], "at_least": 1},
            {
                "id": "g",
                "field": "taidot",
                "groups": {"muut": ["laki", "Talous, raha"]},
                "values": ["muut"],
                "at_least": 1,
            },
            {"id": "x", "field": ["taidot", "gender"], "values": ["soitto × woman"], "at_least": 1},
        ],
    }
)
KNOWN = Spellings(["law", "it", "Money, banking", "home and school"])


@pytest.mark.parametrize(
    ("cell", "values", "asked"),
    [
        ("law; it", ("law", "it"), False),
        ("law;it;", ("law", "it"), False),
        ("law\nIT", ("law", "it"), False),
        ("Law, it", ("law", "it"), False),
        ("law ja it", ("law", "it"), False),
        ("law / it", ("law", "it"), False),
        ("money, banking", ("Money, banking",), False),
        ("Money, banking, law", ("Money, banking", "law"), False),
        ("law, Home and school", ("law", "home and school"), False),
        ("law, gardening", ("law", "gardening"), True),
        ("gardening, fishing", ("gardening, fishing",), False),
        ("gardening; fishing", ("gardening", "fishing"), False),
        ("law; law", ("law",), False),
        ("2,5", ("2,5",), False),
        ("", None, False),
        (";", None, False),
        (7, ("7",), False),
    ],
)
def test_a_cell_is_split_where_that_gives_values_of_the_rules(cell: object, values: object, asked: bool) -> None:
    reading = read_own(cell, KNOWN)  # type: ignore[arg-type]
    assert reading.value == values
    assert [remark.code for remark in reading.remarks] == ["own_values_split"] * asked


def test_the_values_are_those_that_any_rule_names() -> None:
    known = named_values(RULES, "taidot")
    assert [known.find(one) for one in ("IT", "laki", "talous, raha", "Soitto", "muut", "woman")] == [
        "it", "laki", "Talous, raha", "soitto", None, None,
    ]  # fmt: skip


def test_a_file_is_read_so_in_one_column_and_in_one_for_each_option() -> None:
    intake = read_rows(form({"Taidot": "laki; it"}, *OTHERS), using=RULES)
    assert intake.applicants[0].values["taidot"] == ("laki", "it")
    assert "taidot" not in intake.applicants[1].values
    ticks = read_rows(
        form({"Taidot [it]": "x", "Taidot [laki]": "", "Taidot [Talous, raha]": "x"}, *OTHERS), using=RULES
    )
    assert ticks.applicants[0].values["taidot"] == ("it", "Talous, raha")
    assert "taidot" not in ticks.applicants[1].values


def test_who_has_several_values_counts_to_each() -> None:
    from selection.constraints import build_rows
    from selection.model.pool import Pool

    intake = read_rows(form({"Taidot": "laki; it"}, *OTHERS), using=RULES)
    rows = build_rows(Pool.build(intake.applicants, RULES, intake.asked), RULES)
    counted = {row.id: len(row.counted) for row in rows.requirements if row.id in ("it", "g")}
    assert set(counted) == {"it", "g"} and all(counted.values())
