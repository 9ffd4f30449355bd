"""How people are told of in outputs: name order, age band, whom they represent, where their application stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from selection.model.ages import band_of
from selection.model.counting import CROSS
from selection.model.deputy_orders import deputy_orders
from selection.model.people import Applicant, Origin, Role
from selection.model.roster import Seat, sort_name
from selection.model.rules import Rules
from selection.model.titles import rule_name, seat_title, table_title, value_name
from selection.proposal import Proposal
from selection.texts import label, text


@dataclass(frozen=True, slots=True)
class Details:
    """What only people read of an applicant: the organisation's name as written, and how to be in touch.

    ``protected``: the address is under a non-disclosure order; no contact data are written out. ``note``: what those
    who prepare the decision wrote down, such as that the person was asked.
    """

    organisation: str = ""
    email: str = ""
    phone: str = ""
    protected: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody who belongs to a table without a seat, such as with the right to speak; ``None``: to every table."""

    name: str
    table: str | None = None
    detail: Details = field(default_factory=Details)


@dataclass(frozen=True)
class People:
    """The applicants of a proposal by key, and what is told of them."""

    proposal: Proposal
    by_key: Mapping[str, Applicant]
    several_sheets: bool
    several_files: bool
    details: Mapping[str, Details] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()

    @classmethod
    def of(
        cls, proposal: Proposal, details: Mapping[str, Details] | None = None, beside: Iterable[Beside] = ()
    ) -> People:
        """All applicants of a proposal's pool, and those who belong to a table beside the seats."""
        pool = proposal.pool
        sheets = {(one.origin.file, one.origin.sheet) for one in pool.applicants if one.origin is not None}
        by_key = {one.key: one for one in pool.applicants}
        return cls(
            proposal, by_key, len(sheets) > 1, len({file for file, _ in sheets}) > 1, details or {}, tuple(beside)
        )

    def detail(self, person: Applicant) -> Details:
        """What only people read of an applicant; empty where nothing was handed in."""
        return self.details.get(person.key, Details())

    def postal_code(self, person: Applicant) -> str | None:
        """The postal code; nothing that tells where somebody lives under a non-disclosure order."""
        return None if self.detail(person).protected else person.value("postal_code")

    def remark(self, person: Applicant) -> str | None:
        """What is to be minded of a person: a non-disclosure order."""
        return text("letters.protected") if self.detail(person).protected else None

    def beside_at(self, table: str) -> list[Beside]:
        """Those beside the seats of a table, in alphabetical order; who was given no table belongs to each."""
        return sorted((one for one in self.beside if one.table in (table, None)), key=lambda one: sort_name(one.name))

    def age(self, person: Applicant) -> str | None:
        """The age band; ``None`` where the age is unknown or in no band."""
        pool = self.proposal.pool
        return band_of(pool.ages[pool.places[person.key]], self.proposal.rules.pairs.age_bands)

    def gender(self, person: Applicant) -> str | None:
        """The gender as answered, in words."""
        known = person.value("gender")
        return None if known is None else label("gender", known)

    def organisation(self, person: Applicant) -> str | None:
        """The organisation that a representative represents."""
        if person.value("kind") != "representative":
            return None
        return self.detail(person).organisation or person.value("organisation")

    def represents(self, person: Applicant) -> str | None:
        """The organisation that the person represents, or that the person applies as a resident."""
        known = person.value("kind")
        return self.organisation(person) or (None if known is None else label("kind", known))

    def wishes(self, person: Applicant) -> str | None:
        """The tables named, first wish first where there is one."""
        return ", ".join(table_title(self.proposal.rules, wish) for wish in person.wishes) or None

    def available(self, person: Applicant) -> str:
        """For which seats the person is available."""
        if person.roles >= {Role.MEMBER, Role.DEPUTY}:
            return text("workbook.available.both")
        return text(f"workbook.available.{next((role.value for role in Role if role in person.roles), 'none')}")

    def place(self, origin: Origin | None) -> str | int | None:
        """Where the application stands: the row, with the sheet and the file where there are several."""
        if origin is None:
            return None
        if not self.several_sheets:
            return origin.place
        where = f"{origin.sheet}!{origin.place}"
        return f"[{origin.file}]{where}" if self.several_files else where

    def ordered(self, seats: Iterable[Seat]) -> list[Seat]:
        """Seats in alphabetical order of their people: no order of merit can be read into it."""
        return sorted(seats, key=lambda seat: (sort_name(self.by_key[seat.person].name), seat.person))

    def standing(self, seats: Iterable[Seat]) -> list[Seat]:
        """Seats of deputies: in the order in which they rise where they have one, else in alphabetical order."""
        return list(seats) if self.proposal.rules.ordered_deputies else self.ordered(seats)

    def in_role(self, table: str, role: Role) -> list[Seat]:
        """The seats of a role at a table, as they are listed."""
        seats = self.proposal.at(table, role)
        return self.standing(seats) if role is Role.DEPUTY else self.ordered(seats)

    def seat_word(self, seat: Seat) -> str:
        """The seat in words, of a deputy who stands in an order with the place in it."""
        return seat_title(seat.role, self.order_of(seat))

    def order_of(self, seat: Seat) -> int | None:
        """The place of a deputy in the order in which they rise, from 1; ``None`` of all others."""
        return self._orders.get((seat.table, seat.person)) if seat.role is Role.DEPUTY else None

    @cached_property
    def _orders(self) -> dict[tuple[str, str], int]:
        return deputy_orders(self.proposal.rules, self.proposal.seats)

    def pairs(self) -> dict[str, str]:
        """Person key → the name of the member's deputy, or of the deputy's member."""
        found: dict[str, str] = {}
        for seat in self.proposal.seats:
            if seat.deputy_of is not None and seat.deputy_of in self.by_key:
                found[seat.person] = self.by_key[seat.deputy_of].name
                found[seat.deputy_of] = self.by_key[seat.person].name
        return found

    def not_seated(self) -> list[Applicant]:
        """Applicants in no seat and not in reserve, in alphabetical order."""
        seated = {seat.person for seat in self.proposal.seats}
        rest = [one for one in self.proposal.pool.applicants if one.key not in seated]
        return sorted(rest, key=lambda one: (sort_name(one.name), one.key))


def parse_place(cell: object) -> tuple[str | None, str | None, int | None]:
    """``(file, sheet, row)`` of what :meth:`People.place` wrote; ``None`` for each part that is not told."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (None, None, int(cell)) if int(cell) == cell else (None, None, None)
    written = str(cell or "").strip()
    before, _, row = written.rpartition("!")
    row = row.rstrip("abcdefghi")  # of one of several persons of a row
    if not row.isdecimal():
        return (None, None, None)
    file, sheet = None, before or None
    if before.startswith("[") and "]" in before:
        file, _, sheet = before[1:].rpartition("]")
    return (file, sheet, int(row))


def group_words(rules: Rules, rule_id: str, value: str | None) -> str:
    """The value of a goal in words; ``yes`` of a rule is the rule itself."""
    named = value_name(rules, rule_id, value, between=CROSS)
    if value not in ("yes", "no"):
        return named
    rule = rule_name(rules, rule_id)
    return rule if value == "yes" else f"{rule}: {named}"


def loose_deputies(proposal: Proposal, table: str) -> tuple[Seat, ...]:
    """The deputies of a table who stand beside no member."""
    members = {seat.person for seat in proposal.at(table, Role.MEMBER)}
    beside: set[str] = set()
    loose = []
    for seat in proposal.at(table, Role.DEPUTY):
        if seat.deputy_of in members and seat.deputy_of not in beside:
            beside.add(seat.deputy_of)
        else:
            loose.append(seat)
    return tuple(loose)
