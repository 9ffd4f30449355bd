"""Pools and rules for tests: tiny ones that brute force can search, and real-sized ones drawn at random."""

from __future__ import annotations

import random
from typing import Any

from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Rules

TABLES = ("a", "b")


def tiny_rules(**parts: Any) -> Rules:
    """Two tables of one or two members with personal deputies, goals of all three priorities."""
    content: dict[str, Any] = {
        "schema": "selection.rules/1",
        "name": "tiny",
        "tables": [{"id": table, "postal_codes": [f"1000{index}"]} for index, table in enumerate(TABLES)],
        "members": {"least": 0, "aim": 2},
        "deputies": {"aim": 1},
        "eligibility": {"age_on": "2021-09-01"},
        "requirements": [
            {"id": "officials", "field": "official", "values": ["councillor"], "body": "together", "at_most": 1},
            {"id": "organisation", "field": "organisation", "each": True, "at_most": 1},
        ],
        "goals": [
            {"id": "gender", "field": "gender", "priority": 1, "ranges": {"woman": {"share": "50 %"}}},
            {"id": "kind", "field": "kind", "priority": 2, "ranges": {"resident": {"at_least": 1, "at_most": 1}}},
            {"id": "own", "field": "asumismuoto", "priority": 3, "ranges": {"oma": {"cover": True}}},
        ],
        "pairs": {"age_bands": ["18–29", "30–64", "65+"]},
    }
    return Rules.model_validate({**content, **parts})


def random_applicants(count: int, seed: int, tables: tuple[str, ...] = TABLES) -> list[Applicant]:
    """Applicants with every field drawn at random."""
    draw = random.Random(seed)
    people = []
    for number in range(count):
        wishes = tuple(draw.sample(tables, draw.randint(1, min(2, len(tables)))))
        roles = draw.choice([{Role.MEMBER, Role.DEPUTY}, {Role.MEMBER}, {Role.MEMBER, Role.DEPUTY}, {Role.DEPUTY}])
        values = {
            "gender": (draw.choice(["woman", "man", "undisclosed"]),),
            "kind": (draw.choice(["resident", "representative"]),),
            "postal_code": (draw.choice(["10000", "10001", "15100", "15610"]),),
            "official": (draw.choice(["councillor", "none", "none", "none"]),),
            "asumismuoto": (draw.choice(["oma", "vuokra"]),),
        }
        if draw.random() < 0.4:
            values["organisation"] = (draw.choice(["org1", "org2", "org3"]),)
        people.append(
            Applicant(
                f"key{number:03d}",
                f"N{number}",
                None,
                wishes,
                True,
                frozenset(roles),
                draw.randint(1940, 2003),
                None,
                values,
            )
        )
    return people


def tiny_pool(count: int, seed: int, rules: Rules) -> Pool:
    """A pool of random applicants for the tiny rules."""
    return Pool.build(random_applicants(count, seed), rules)
