"""The Equality Act's share of women and men, measured for each body from its seats, whatever the round's rules ask.

Act on Equality between Women and Men (609/1986), section 4 a: a municipal body has at least 40 % women and 40 % men,
unless there are special reasons. Members and deputies are measured apart (KHO 1997:49), each table by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from selection.model.people import Applicant, Role
from selection.model.shares import share_limits

if TYPE_CHECKING:
    from selection.model.roster import Seat
    from selection.model.rules import Reading, Rules
    from selection.proposal import Proposal

#: The least share of women, and of men.
LEAST_SHARE = Fraction(2, 5)

#: The bodies that the Act speaks of; reserves hold no seat.
ROLES = (Role.MEMBER, Role.DEPUTY)

#: A table's id and a role.
BodyKey = tuple[str, Role]


@dataclass(frozen=True, slots=True)
class BodyShare:
    """Women and men among the members, or among the deputies, of one table.

    Who answered otherwise or not at all counts to neither and stays in the size. ``women`` and ``men`` are ``None``
    where the share cannot be measured: the file's column of gender was not read, or data of somebody seated are gone.
    """

    table: str
    role: Role
    size: int
    women: int | None
    men: int | None
    reading: Reading = "nearest"

    @property
    def key(self) -> BodyKey:
        """Which body."""
        return self.table, self.role

    @property
    def measured(self) -> bool:
        """Whether women and men could be counted."""
        return self.women is not None and self.men is not None

    @property
    def unstated(self) -> int | None:
        """People who count to neither."""
        if self.women is None or self.men is None:
            return None
        return self.size - self.women - self.men

    @property
    def fewest(self) -> int | None:
        """How many there are of the gender with fewer people."""
        return None if self.women is None or self.men is None else min(self.women, self.men)

    @property
    def least(self) -> int:
        """The fewest women, and the fewest men, that are lawful: 40 % of the size, rounded to the nearest person
        (opinion TAS 426/2010: 1 of 3), or up where the rules take the exact reading."""
        return share_limits((LEAST_SHARE, None, "nearest" if self.reading == "nearest" else "up"), self.size)[0] or 0

    @property
    def holds(self) -> bool | None:
        """Whether the body is lawful without a special reason; ``None`` where that cannot be measured."""
        return None if self.fewest is None else self.fewest >= self.least

    @property
    def rounded(self) -> bool:
        """Whether the body is lawful only as 40 % is rounded to the nearest person."""
        return bool(self.holds) and self.fewest is not None and self.fewest < LEAST_SHARE * self.size

    @property
    def short(self) -> tuple[str, ...]:
        """The genders with fewer people than is lawful, ``woman`` or ``man``."""
        counts = (("woman", self.women), ("man", self.men))
        return tuple(gender for gender, count in counts if count is not None and count < self.least)

    @property
    def under(self) -> tuple[str, ...]:
        """The genders under an exact 40 %, ``woman`` or ``man``."""
        counts = (("woman", self.women), ("man", self.men))
        return tuple(gender for gender, count in counts if count is not None and count < LEAST_SHARE * self.size)

    def count(self, gender: str) -> int | None:
        """How many there are of a gender, ``woman`` or ``man``."""
        return self.women if gender == "woman" else self.men


def measure(
    rules: Rules, seats: Iterable[Seat], applicants: Iterable[Applicant], *, gender_read: bool = True
) -> tuple[BodyShare, ...]:
    """The share in every body that has people, by the order of the tables; nothing where the Act does not apply.

    Parameters
    ----------
    applicants
        Those seated among others; a body with somebody who is not among them cannot be measured.
    gender_read
        Whether the file's column of gender was read; without it only bodies are measured in which everybody's is known.
    """
    if not rules.law.equality_act:
        return ()
    people = {one.key: one for one in applicants}
    bodies: dict[BodyKey, list[str]] = {(table, role): [] for table in rules.table_ids for role in ROLES}
    for seat in seats:
        if (seat.table, seat.role) in bodies:
            bodies[seat.table, seat.role].append(seat.person)
    found = []
    for (table, role), keys in bodies.items():
        if not keys:
            continue
        women: int | None = None
        men: int | None = None
        genders = [people[key].value("gender") for key in keys if key in people]
        if len(genders) == len(keys) and (gender_read or None not in genders):
            women, men = genders.count("woman"), genders.count("man")
        found.append(BodyShare(table, role, len(keys), women, men, rules.law.reading))
    return tuple(found)


def law_of(proposal: Proposal) -> tuple[BodyShare, ...]:
    """The share in every body of a proposal: see :func:`measure`."""
    pool = proposal.pool
    return measure(proposal.rules, proposal.seats, pool.applicants, gender_read=pool.was_asked("gender"))


def breaking(bodies: Iterable[BodyShare]) -> tuple[BodyShare, ...]:
    """The bodies whose composition needs a special reason."""
    return tuple(one for one in bodies if one.holds is False)


@dataclass(frozen=True, slots=True)
class SpecialReasons:
    """Why bodies have fewer women or men than the Act asks, and what was done: one text for all bodies, and texts of
    single bodies, which come before it."""

    for_all: str = ""
    by_body: Mapping[BodyKey, str] = field(default_factory=dict)

    def of(self, body: BodyShare) -> str:
        """The reason given for a body; empty where none is."""
        return (self.by_body.get(body.key, "") or self.for_all).strip()

    def wanting(self, bodies: Iterable[BodyShare]) -> tuple[BodyShare, ...]:
        """The bodies that need a special reason and have none."""
        return tuple(one for one in breaking(bodies) if not self.of(one))

    def named(self) -> dict[str, str]:
        """The reasons of single bodies by ``table/role``; those without a word left out."""
        return {f"{table}/{role.value}": said.strip() for (table, role), said in self.by_body.items() if said.strip()}

    def to_text(self) -> str:
        """As one text, as records keep it: the reason for all as it is, reasons of bodies as a JSON object by
        ``table/role``, with that for all under an empty name."""
        given = self.named()
        if not given:
            return self.for_all.strip()
        if self.for_all.strip():
            given[""] = self.for_all.strip()
        return json.dumps(given, ensure_ascii=False, sort_keys=True)

    @classmethod
    def given(cls, for_all: str, by_body: Mapping[str, str]) -> SpecialReasons:
        """Reasons by ``table/role``.

        Raises
        ------
        ValueError
            if something is no body.
        """
        return cls(for_all, {_body(name): said for name, said in by_body.items()})

    @classmethod
    def from_text(cls, kept: str) -> SpecialReasons:
        """What :meth:`to_text` wrote; any other text is a reason for all bodies, such as those of older decisions."""
        try:
            content = json.loads(kept)
            return cls.given(str(content.pop("", "")), {name: str(said) for name, said in content.items()})
        except (ValueError, AttributeError, TypeError, RecursionError):
            return cls(kept)


def _body(name: str) -> BodyKey:
    """A body from ``table/role``.

    Raises
    ------
    ValueError
        if it is none.
    """
    table, slash, role = name.rpartition("/")
    if not slash or Role(role) not in ROLES:
        raise ValueError(name)
    return table, Role(role)
