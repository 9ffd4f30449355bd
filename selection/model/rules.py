"""Rules: what a round requires and aims at; one validated TOML file a round."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from selection.model.ages import Age, age_band, overlapping
from selection.model.counting import Counting, Name, Strict
from selection.model.criteria import Count, Goal, Required, Requirement, Rule
from selection.model.eligibility import Eligibility
from selection.model.if_then import IfThen
from selection.model.people import Role
from selection.model.reserves import Reserves, Seats
from selection.model.rule_locks import Apart, NotHere, OneOf, RuleLock, Together
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY

Order = Literal["seats_first", "goals_first"]
Reading = Literal["nearest", "exact"]
#: The parts of a rules file that hold requirements over groups: a kind each.
REQUIRED = ("requirements", "if_then")


def _days_in_order(first: dt.date | None, last: dt.date | None) -> None:
    """Refuse a time that ends before it begins."""
    if first is not None and last is not None and first > last:
        raise PydanticCustomError("ends_first", "ends first", {"first": first.isoformat(), "last": last.isoformat()})


class Titles(Strict):
    """What a table is called in each language, where that is not its id."""

    fi: Name | None = None
    sv: Name | None = None
    en: Name | None = None


class OwnMembers(Strict):
    """How many members one table has, where that is other than at the others."""

    least: Seats | None = None
    aim: Annotated[int, Field(ge=1, le=10_000, strict=True)] | None = None


class OwnSeats(Strict):
    """How many deputies or reserves one table aims at, where that is other than at the others."""

    aim: Seats


class Table(Strict):
    """One area's body: its id (exported, and shown where it has no title), the other names applicants use, its postal
    codes, and the sizes that are its own."""

    id: Name
    titles: Titles = Titles()
    names: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    members: OwnMembers = OwnMembers()
    deputies: OwnSeats | None = None
    reserves: OwnSeats | None = None


class Members(Strict):
    """How many members a table has: at least ``least``, and the size aimed at."""

    least: Seats
    aim: Annotated[int, Field(ge=1, le=10_000, strict=True)]

    @model_validator(mode="after")
    def _least_within_aim(self) -> Self:
        if self.least > self.aim:
            raise PydanticCustomError("least_over_aim", "least over aim", {"least": self.least, "aim": self.aim})
        return self


class Deputies(Strict):
    """How many deputies a table aims at; 0 for none. Personal deputies: one for a member, in pairs (Local Government
    Act 410/2015, section 31). Others stand in one order, in which they rise: ``order_by`` says what decides it."""

    aim: Seats = 0
    personal: bool = True
    order_by: Annotated[tuple[Literal["goals", "lot"], ...], Field(min_length=1)] = ("goals", "lot")


class Pairs(Strict):
    """What one difference between a member and the personal deputy weighs, in whole numbers; ``fields`` of any other
    field, such as one that only the city's own form asks."""

    kind: Count = 4
    organisation: Count = 2
    postal_code: Count = 2
    age: Count = 1
    age_bands: tuple[str, ...] = ()
    fields: dict[Name, Annotated[int, Field(ge=1, le=1_000, strict=True)]] = Field(default_factory=dict)

    @field_validator("age_bands")
    @classmethod
    def _bands_apart(cls, bands: tuple[str, ...]) -> tuple[str, ...]:
        """Each age lies in one band at most: else how unlike two people are would hang on the order of the bands."""
        before: dict[str, Age] = {}
        for band in bands:
            ages = age_band(band)
            if ages is None:
                raise PydanticCustomError("unknown_age_band", "band", {"found": band})
            other = next((one for one, held in before.items() if overlapping(held, ages)), None)
            if other is not None:
                raise PydanticCustomError("bands_overlap", "overlap", {"found": band, "other": other})
            before[band] = ages
        return bands


class Lottery(Strict):
    """The seed of the drawing of lots; public, so that anybody can repeat the draw."""

    seed: str = ""


class Steps(Strict):
    """In which order the steps are taken: the seats before the goals, or the goals before the seats."""

    order: Order = "seats_first"


class Call(Strict):
    """When the call was open; an application sent after it is flagged."""

    opens: dt.date | None = None
    closes: dt.date | None = None

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        _days_in_order(self.opens, self.closes)
        return self


class Term(Strict):
    """The term of office."""

    starts: dt.date | None = None
    ends: dt.date | None = None

    @model_validator(mode="after")
    def _starts_first(self) -> Self:
        _days_in_order(self.starts, self.ends)
        return self


class Population(Strict):
    """How many people of the city belong to each group of a field: what the round's data are held against.

    Nothing is chosen by it. ``source`` says where the counts come from.
    """

    source: str = ""
    groups: dict[str, dict[str, Count]] = Field(default_factory=dict)


class Law(Strict):
    """What the law asks of the bodies, whatever the requirements of the round: see :mod:`selection.model.law`.

    ``equality_act``: whether the Act on Equality between Women and Men (609/1986), section 4 a, applies; ``reading``:
    whether its 40 % is rounded to the nearest person or taken exactly.
    """

    equality_act: Annotated[bool, Field(strict=True)] = True
    reading: Reading = "nearest"


class Publish(Strict):
    """What is told of groups in data without persons: counts under these are merged with others, so that nobody can be
    told from them. ``licence`` is that of the open data."""

    least_applicants: Annotated[int, Field(ge=2, le=100)] = 5
    least_seated: Annotated[int, Field(ge=2, le=100)] = 3
    licence: str = ""


class Rules(Strict):
    """The rules of one round. See ``selection/presets/lahti-2021.toml`` for a commented example."""

    schema_: Literal["selection.rules/1"] = Field("selection.rules/1", alias="schema")
    name: Name
    title: str = ""
    tables: Annotated[tuple[Table, ...], Field(min_length=1)]
    ask_postal_codes: tuple[str, ...] = ()
    members: Members
    deputies: Deputies = Deputies()
    reserves: Reserves = Reserves()
    eligibility: Eligibility
    call: Call = Call()
    term: Term = Term()
    requirements: tuple[Requirement, ...] = ()
    if_then: tuple[IfThen, ...] = ()
    goals: tuple[Goal, ...] = ()
    pairs: Pairs = Pairs()
    lottery: Lottery = Lottery()
    steps: Steps = Steps()
    locks: tuple[RuleLock, ...] = ()
    apart: tuple[Apart, ...] = ()
    together: tuple[Together, ...] = ()
    one_of: tuple[OneOf, ...] = ()
    not_here: tuple[NotHere, ...] = ()
    population: Population = Population()
    law: Law = Law()
    publish: Publish = Publish()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for kinds in (("tables",), REQUIRED, ("goals",)):
            seen: set[str] = set()
            for kind, at, one in [(key, at, one.id) for key in kinds for at, one in enumerate(getattr(self, key))]:
                if one in seen:
                    raise PydanticCustomError("id_twice", "twice", {"key": kind, "found": one, "at": at})
                seen.add(one)
        codes, asked = set[str](), frozenset(self.ask_postal_codes)
        for place, table in enumerate(self.tables):
            for code in table.postal_codes:
                if code in codes:
                    raise PydanticCustomError("code_twice", "code twice", {"found": code, "at": place})
                if code not in asked:
                    codes.add(code)
        for place, name in enumerate(self.table_ids):
            least, aim = self.least(name), self.aim(name, Role.MEMBER)
            if least > aim:
                raise PydanticCustomError(
                    "table_least_over_aim", "least over aim", {"least": least, "aim": aim, "table": name, "at": place}
                )
        known = dict.fromkeys(self.table_ids)
        placed = [name for rule in self.rules for name in rule.tables]
        placed += [name for part in self.not_here for name in part.tables]
        locked = [lock.table for lock in self.locks] + [part.table for part in self.one_of]
        for named in placed + locked:
            if named is not None and named not in known:
                raise PydanticCustomError("unknown_table", "table", {"found": named, "known": ", ".join(known)})
        for id, group in self.counted:
            for value in group.mentioned:
                self._check_value(id, group, value)
        return self

    @staticmethod
    def _check_value(id: str, group: Counting, value: str) -> None:
        try:
            parts = group.parts(value)
        except ValueError:
            raise PydanticCustomError("value_parts", "parts", {"id": id, "found": value}) from None
        for name, alternatives in zip(group.fields, parts, strict=True):
            for alternative in alternatives:
                if name == "age" and age_band(alternative) is None:
                    raise PydanticCustomError("unknown_age_band", "band", {"found": alternative})
                known = VOCABULARY.get(name)
                if known and alternative not in known:
                    raise PydanticCustomError(
                        "unknown_value", "value", {"found": alternative, "field": name, "known": ", ".join(known)}
                    )

    def aim(self, table: str, role: Role) -> int:
        """The seats of a role that a table aims at: its own, or those of every table."""
        own = self._table(table)
        if role is Role.MEMBER:
            return self.members.aim if own.members.aim is None else own.members.aim
        common, its = (self.deputies, own.deputies) if role is Role.DEPUTY else (self.reserves, own.reserves)
        return common.aim if its is None else its.aim

    def least(self, table: str) -> int:
        """The fewest members with which a table may sit."""
        own = self._table(table).members.least
        return self.members.least if own is None else own

    def aims(self, role: Role) -> tuple[int, ...]:
        """The seats of a role that the tables aim at, each."""
        return tuple(self.aim(name, role) for name in self.table_ids)

    @property
    def ordered_deputies(self) -> bool:
        """Whether deputies are nobody's own: they stand in an order, and the first who may rises."""
        return not self.deputies.personal and self.has(Role.DEPUTY)

    def has(self, role: Role) -> bool:
        """Whether any table has seats of a role."""
        return any(self.aims(role))

    def _table(self, name: str) -> Table:
        return next(table for table in self.tables if table.id == name)

    @property
    def required(self) -> tuple[Required, ...]:
        """The requirements of every kind, in the order of the file's parts."""
        return tuple(rule for kind in REQUIRED for rule in getattr(self, kind))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All requirements and goals, in the file's order."""
        return (*self.required, *self.goals)

    @property
    def needed_fields(self) -> dict[str, tuple[str, ...]]:
        """Id of a requirement → the fields without which it cannot be kept; of the maximum age too."""
        of_age = {} if self.eligibility.maximum_age is None else {"maximum_age": ("age",)}
        return {rule.id: rule.counted_fields for rule in self.required} | of_age

    @property
    def counted(self) -> tuple[tuple[str, Counting], ...]:
        """Whom the rules count, each group with the id of its rule; what reserves must hold too."""
        groups = [(rule.id, group) for rule in self.rules for group in rule.counts]
        return (*groups, *(("reserves", group) for group in self.reserves.own))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the rules count by, and compare members and deputies by beside the usual, each once."""
        counted = (name for _, group in self.counted for name in group.fields)
        return tuple(dict.fromkeys((*counted, *self.pairs.fields)))

    @cached_property
    def table_ids(self) -> tuple[str, ...]:
        """Ids of the tables, in the file's order."""
        return tuple(table.id for table in self.tables)

    @cached_property
    def _tables_of_codes(self) -> dict[str, str]:
        asked = set(self.ask_postal_codes)
        return {code: table.id for table in self.tables for code in table.postal_codes if code not in asked}

    def table_of_postal_code(self, code: str) -> str | None:
        """The table a postal code belongs to; ``None`` for a code of no table, or one to ask about."""
        return self._tables_of_codes.get(code)

    @property
    def own_fields(self) -> tuple[str, ...]:
        """Fields that the rules name and the product does not know: columns of the city's own."""
        return tuple(name for name in self.fields if name not in VOCABULARY and name not in OPEN_FIELDS)

    def changed(self, **parts: Any) -> Rules:
        """The same rules with some parts replaced, validated anew."""
        return Rules.model_validate({**self.model_dump(by_alias=True), **parts})
