"""Composition of a proposal in figures: women and men in every body, counted from the seats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selection.criteria import Requirement
from selection.pool import Role
from selection.proposal import Proposal
from selection.rows import share_limits
from selection.rules import Rules

#: Act on Equality between Women and Men (609/1986), section 4 a: at least 40 % women and men in a municipal body.
LEAST_SHARE = Fraction(2, 5)


@dataclass(frozen=True, slots=True)
class GenderBalance:
    """Women and men among the members, or among the deputies, of one table.

    ``unstated`` are those who answered otherwise or not at all: they count to neither, and stay in the size.
    ``least_women`` and ``least_men`` are whole persons.
    """

    table: str
    role: Role
    women: int
    men: int
    unstated: int
    least_women: int
    least_men: int

    @property
    def size(self) -> int:
        """People in the body."""
        return self.women + self.men + self.unstated

    @property
    def holds(self) -> bool:
        """Whether there are enough women and enough men."""
        return self.women >= self.least_women and self.men >= self.least_men


def gender_balances(proposal: Proposal) -> tuple[GenderBalance, ...]:
    """Bodies that have people, by table; members and deputies are counted apart (KHO 1997:49)."""
    people = {one.key: one for one in proposal.pool.applicants}
    balances = []
    for table in proposal.pool.tables:
        for role in (Role.MEMBER, Role.DEPUTY):
            genders = [people[seat.key].value("gender") for seat in proposal.at(table, role)]
            if not genders:
                continue
            women, men = genders.count("woman"), genders.count("man")
            least = [_least(proposal.rules, gender, len(genders)) for gender in ("woman", "man")]
            balances.append(GenderBalance(table, role, women, men, len(genders) - women - men, *least))
    return tuple(balances)


def _least(rules: Rules, gender: str, size: int) -> int:
    """The least number of a gender in a body: by the rules' rounding, or rounded up where they have no such rule."""
    rule = next((one for one in rules.requirements if _is_for(one, gender)), None)
    share = LEAST_SHARE if rule is None else rule.at_least_share
    return share_limits((share, None, "up" if rule is None else rule.rounding), size)[0] or 0


def _is_for(rule: Requirement, gender: str) -> bool:
    return rule.fields == ("gender",) and rule.values == (gender,) and rule.at_least_share is not None
