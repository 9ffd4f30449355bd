"""Rows of shares: written in small whole numbers, and met by exactly the bodies that the share asks for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.constraints import build_rows
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.shares import share_limits, share_written
from selection.proposal import propose
from tests.strategies import tiny_rules

SHARES = st.fractions(0, 1) | st.decimals(0, 1, places=9).map(Fraction)


@given(SHARES, st.booleans(), st.sampled_from(["up", "nearest"]), st.integers(1, 40))
def test_the_share_written_allows_what_the_share_allows(share: Fraction, least: bool, rounding: str, most: int) -> None:
    given = (share, None, rounding) if least else (None, share, rounding)
    written = share_written(given, most)
    instead = (written, None, rounding) if least else (None, written, rounding)
    assert written.denominator <= max(100, 2 * most)
    assert [share_limits(given, size) for size in range(most + 1)] == [
        share_limits(instead, size) for size in range(most + 1)
    ]


def pool_of(women: int, men: int, rules) -> Pool:
    people = [
        Applicant(f"k{n}", f"N{n}", wishes=("a",), values={"gender": ("woman" if n < women else "man",)})
        for n in range(women + men)
    ]
    return Pool.build(people, rules)


def rules_with(share: str, rounding: str):
    rule = {"id": "r", "field": "gender", "values": ["woman"], "body": "together", "rounding": rounding}
    return tiny_rules(
        tables=[{"id": "a", "postal_codes": []}],
        members={"least": 0, "aim": 8},
        deputies={"aim": 7},
        requirements=[{**rule, "at_least_share": share}],
        goals=[],
    )


@pytest.mark.parametrize(("share", "most"), [("50.000001 %", 2), ("50.1 %", 2), ("50 %", 2), ("33.3333334 %", 4)])
def test_a_share_of_many_decimals_is_no_conflict(share: str, most: int) -> None:
    """Of one woman and many men, rounded to nearest: 2 of whom one is a woman under 50.000001 %, as 50 % gives 3."""
    rules = rules_with(share, "nearest")
    proposal = propose(pool_of(1, 6, rules), rules, seed="x")
    assert sum(seat.role is not Role.RESERVE for seat in proposal.seats) == most
    assert all(one.holds for one in proposal.requirements())
    assert proposal.proven


def test_rows_hold_for_exactly_the_bodies_of_the_share() -> None:
    for share in ("50.000001 %", "33.3333334 %", "66.6666666 %"):
        for rounding in ("up", "nearest"):
            rules = rules_with(share, rounding)
            pool = pool_of(4, 4, rules)
            rows = [row for row in build_rows(pool, rules).requirements if row.id == "r"]
            asked = Fraction(share.split()[0]) / 100
            for women in range(5):
                for men in range(5):
                    seated = {*range(women), *range(4, 4 + men)}
                    chosen = [int(one.applicant in seated and one.role is Role.MEMBER) for one in pool.candidates]
                    needed, _ = share_limits((asked, None, rounding), women + men)
                    assert needed is not None
                    assert all((row.off(chosen) == 0) == (women >= needed) for row in rows)
