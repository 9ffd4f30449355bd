"""Criteria: the requirements and goals that the rules of a round name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from selection.model import limits
from selection.model.counting import Counting, Strict
from selection.model.limits import Limits, Places
from selection.model.spelling import folded

#: Ids of the program's own rows: a rule of a city under one of them would be taken for such a row.
RESERVED_IDS = (
    "one_seat",
    "accepted",
    "members",
    "deputies",
    "personal_deputies",
    "seated",
    "kept_out",
    "kept_apart",
    "supposed",
)

Body = Literal["members", "deputies", "each", "together"]


def _share(value: object) -> object:
    """A share as an exact fraction: ``0.16``, ``"16 %"``, ``"16%"`` and ``"4/25"`` are the same."""
    if isinstance(value, bool) or value is None:
        return value
    written = str(value).strip().replace(",", ".").replace("\u2212", "-")
    percent = written.endswith("%")
    try:
        share = Fraction(written.rstrip("% \u00a0"))
    except (ValueError, ZeroDivisionError):
        raise PydanticCustomError("share_not_a_number", "not a share", {"found": str(value)}) from None
    if percent:
        share /= 100
    if not 0 <= share <= 1:
        raise PydanticCustomError("share_out_of_range", "share out of range", {"found": str(value)})
    return share


Share = Annotated[Fraction, BeforeValidator(_share)]
Count = Annotated[int, Field(ge=0, strict=True)]


def in_order(least: Fraction | int | None, most: Fraction | int | None) -> None:
    """Refuse a lower bound over the upper one."""
    if least is not None and most is not None and least > most:
        told = {
            name: f"{float(100 * one):g} %" if isinstance(one, Fraction) else one
            for name, one in (("least", least), ("most", most))
        }
        raise PydanticCustomError("least_over_most", "least over most", told)


class Range(Strict):
    """The seats that a goal gives to one value in the members of a table.

    Shares are of the size aimed at: ``share`` gives ``⌊s·aim⌋ … ⌈s·aim⌉``, ``at_least_share`` gives ``⌊s·aim⌋`` and
    ``at_most_share`` gives ``⌈s·aim⌉``. ``cover`` asks for one seat where the value has a willing applicant.
    """

    share: Share | None = None
    at_least: Count | None = None
    at_most: Count | None = None
    at_least_share: Share | None = None
    at_most_share: Share | None = None
    cover: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = (self.share, self.at_least, self.at_most, self.at_least_share, self.at_most_share)
        if not self.cover and all(part is None for part in given):
            raise PydanticCustomError("range_empty", "an empty range", {})
        in_order(self.at_least, self.at_most)
        in_order(self.at_least_share, self.at_most_share)
        return self

    def seats(self, aim: int, *, willing: bool) -> tuple[int | None, int | None]:
        """``(at_least, at_most)`` in whole seats for a size aimed at; ``None`` where that side is open."""
        least = [part for part in (self.at_least,) if part is not None]
        most = [part for part in (self.at_most,) if part is not None]
        for share in (self.share, self.at_least_share):
            if share is not None:
                least.append(share.numerator * aim // share.denominator)
        for share in (self.share, self.at_most_share):
            if share is not None:
                most.append(-(-share.numerator * aim // share.denominator))
        if self.cover and willing:
            least.append(1)
        return (max(least) if least else None, min(most) if most else None)


class Rule(Strict):
    """What all requirements and goals have in common: a name, and the tables that they are for."""

    #: What a rule is told as where it is not applied.
    kind: ClassVar[Literal["requirement", "goal"]] = "requirement"

    id: Annotated[str, Field(pattern=r"^[\w-]+$")]
    title: str | None = None
    tables: tuple[str, ...] = ()

    @field_validator("id")
    @classmethod
    def _not_reserved(cls, id: str) -> str:
        if id in RESERVED_IDS:
            raise PydanticCustomError("id_reserved", "reserved", {"found": id, "reserved": ", ".join(RESERVED_IDS)})
        return id

    @property
    def counts(self) -> tuple[Counting, ...]:
        """Whom the rule counts: each group by fields of its own."""
        raise NotImplementedError

    @property
    def counted_fields(self) -> tuple[str, ...]:
        """The fields that must have been read, each once."""
        return tuple(dict.fromkeys(name for group in self.counts for name in group.fields))

    def at(self, table: str) -> bool:
        """Whether the rule is for this table; a rule that names no table is for all."""
        return not self.tables or table in self.tables


class Required(Rule):
    """A requirement of any kind.

    ``body`` is ``members``, ``deputies``, ``each`` of the two apart, or both ``together``.
    """

    body: Body = "each"

    @property
    def capped_fields(self) -> tuple[str, ...]:
        """Fields of which an unknown value may hide that the rule is broken, as of a maximum."""
        return ()

    def words(self) -> str:
        """What a rule without numbers asks for, in the language in force; numbers are said by who prints them."""
        return ""


class Criterion(Rule, Counting):
    """A rule that counts one group, or one for each value but those of ``except``."""

    exempt: tuple[str, ...] = Field((), alias="except")

    @property
    def mentioned(self) -> tuple[str, ...]:
        """All values that are named, those not counted too."""
        return (*self.named, *self.exempt)

    def is_exempt(self, parts: Sequence[str]) -> bool:
        """Whether a value, given by the part of each field, is one of those that are not counted."""
        if not self.exempt:
            return False
        held = [folded(part) for part in parts]
        return any(
            all(part in map(folded, known) for part, known in zip(held, self.parts(value), strict=True))
            for value in self.exempt
        )

    @property
    def counts(self) -> tuple[Counting, ...]:
        """The rule's own fields and values."""
        return (self,)


class Requirement(Criterion, Required):
    """What must hold: a count or a share of a group in a body, or at most so many of each value of a field.

    Shares are of the size that the body in fact has. ``rounding`` ``up`` takes the next whole person, ``nearest`` the
    nearest one. ``scope`` ``round`` counts the bodies of all its tables together. ``expected`` lists values that an
    ``each`` requirement counts even where no applicant has them.
    No way out of a conflict takes ``at_least`` under ``at_least_flex``, or ``at_most`` over ``at_most_flex``.
    """

    values: tuple[str, ...] = ()
    each: bool = False
    expected: tuple[str, ...] = ()
    at_least: Count | None = None
    at_most: Count | None = None
    at_least_flex: Count | None = None
    at_most_flex: Count | None = None
    at_least_share: Share | None = None
    at_most_share: Share | None = None
    rounding: Literal["up", "nearest"] = "up"
    scope: Literal["table", "round"] = "table"

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.each == bool(self.values):
            raise PydanticCustomError("values_or_each", "values or each", {"id": self.id})
        if self.expected and not self.each:
            raise PydanticCustomError("expected_without_each", "expected without each", {"id": self.id})
        if self.exempt and not self.each:
            raise PydanticCustomError("except_without_each", "except without each", {"id": self.id})
        if (self.at_least, self.at_most, self.at_least_share, self.at_most_share) == (None,) * 4:
            raise PydanticCustomError("requirement_empty", "no bound", {"id": self.id})
        in_order(self.at_least, self.at_most)
        in_order(self.at_least_share, self.at_most_share)
        in_order(self.at_least_flex, self.at_least)
        in_order(self.at_most, self.at_most_flex)
        return self

    @property
    def capped_fields(self) -> tuple[str, ...]:
        """Those of a maximum."""
        return () if self.at_most is None and self.at_most_share is None else self.fields

    def limits(self, body: Places) -> tuple[Limits, ...]:
        """What each of its groups must be in a body, given by its candidates."""
        several: list[Limits] = []
        if self.at_least is not None or self.at_most is not None:
            several.append(limits.Count(self.at_least, self.at_most, self.at_least_flex, self.at_most_flex))
        if self.at_least_share is not None:
            several.append(limits.ShareOf(body, self.at_least_share, None, self.rounding))
        if self.at_most_share is not None:
            several.append(limits.ShareOf(body, None, self.at_most_share, self.rounding))
        return tuple(several)

    @property
    def named(self) -> tuple[str, ...]:
        """The values that the rule names."""
        return (*self.values, *self.expected)


class Goal(Criterion):
    """What should hold: for each value of a field a range of seats in the members of each table, with a priority.

    ``ranges`` names values; ``each`` gives one range to every value, of the table's own postal codes
    (``among = "table"``) or of the whole pool. ``scope`` ``round`` counts the members of all its tables together, and
    its shares are of the sizes that these aim at together.
    """

    priority: Annotated[int, Field(ge=1, le=3, strict=True)]
    kind = "goal"

    ranges: dict[str, Range] = Field({})
    each: Range | None = None
    among: Literal["pool", "table"] = "pool"
    scope: Literal["table", "round"] = "table"

    @model_validator(mode="after")
    def _aims_at_something(self) -> Self:
        if not self.ranges and self.each is None:
            raise PydanticCustomError("goal_empty", "no ranges", {"id": self.id})
        if self.exempt and self.each is None:
            raise PydanticCustomError("except_without_each", "except without each", {"id": self.id})
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """The values that the rule names."""
        return tuple(self.ranges)
