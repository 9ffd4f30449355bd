"""Limits: what the number of people that a row counts must be; how it is written in a program, counted from a roster,
loosened by seats and said in words.

A new kind of limit is one class here or beside its rule: everybody else asks it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from selection.errors import Phrase
from selection.model.shares import share_limits, share_written

#: Candidates, as places in the pool's list.
Places = tuple[int, ...]
Weights = tuple[tuple[int, int], ...]

Side = Literal["least", "most"]
Rounding = Literal["up", "nearest"]

#: Which number of a requirement a loosening changes; ``dropped`` where the requirement has none, or goes as a whole.
Number = Literal["at_least", "at_most", "at_least_share", "at_most_share", "dropped"]


class Written(NamedTuple):
    """A row of the program: coefficients by candidate, and the bounds of the weighted sum."""

    weights: Weights
    lower: int | None
    upper: int | None


class Loosened(NamedTuple):
    """A number of a requirement, as it is and as it would be."""

    number: Number
    before: int | Fraction | None
    after: int | Fraction | None


class Limits(ABC):
    """What the number of people counted must be.

    Attributes
    ----------
    at_least, at_most
        The limits where no roster changes them; ``None`` where a side is open or depends on the roster.
    least_share, most_share
        The limits as shares, where they are shares.
    body
        Candidates on whose number the limits depend; a larger body misses a share by less.
    """

    at_least: int | None = None
    at_most: int | None = None
    least_share: Fraction | None = None
    most_share: Fraction | None = None
    body: Places = ()

    @abstractmethod
    def row(self, counted: Places) -> Written:
        """The row of the program that keeps these limits for the candidates counted."""

    @abstractmethod
    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """``(at_least, at_most)`` for a roster, given as 0 or 1 for each candidate."""

    @abstractmethod
    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """What to change where a side is to be passed by ``seats``.

        ``reached`` has for each row of the requirement the number counted, and of the body, of a roster that passes it.
        """

    def words(self) -> tuple[Phrase, ...]:
        """What is asked for, as texts of the catalogues."""
        return ()

    @property
    def unit(self) -> int:
        """So many of the weighted sum make one person."""
        return 1

    def furthest(self, side: Side, everybody: int) -> int:
        """By how many seats a side can be loosened at most, of so many applicants."""
        return everybody

    def needed(self, size: int) -> int:
        """The fewest people that a body of a size needs of those counted."""
        return 0

    def renumbered(self, numbers: Mapping[int, int]) -> Limits:
        """The limits with other numbers for the candidates."""
        return self


@dataclass(frozen=True, slots=True)
class Count(Limits):
    """At least so many, at most so many; ``floor`` and ``ceiling``: no loosening goes beyond."""

    at_least: int | None = None
    at_most: int | None = None
    floor: int | None = None
    ceiling: int | None = None

    def row(self, counted: Places) -> Written:
        """``least ≤ Σ x ≤ most``."""
        return Written(tuple((place, 1) for place in counted), self.at_least, self.at_most)

    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """The same for every roster."""
        return self.at_least, self.at_most

    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """The number moved by the seats."""
        if side == "least":
            return Loosened("at_least", self.at_least, (self.at_least or 0) - seats)
        return Loosened("at_most", self.at_most, (self.at_most or 0) + seats)

    def words(self) -> tuple[Phrase, ...]:
        """``at least 3``, ``at most 4``, ``3–4`` or ``exactly 3``."""
        least, most = self.at_least, self.at_most
        if least is None:
            return () if most is None else (Phrase("explain.at_most", {"count": most}),)
        if most is None:
            return (Phrase("explain.at_least", {"count": least}),)
        if least == most:
            return (Phrase("explain.exactly", {"count": least}),)
        return (Phrase("explain.between", {"least": least, "most": most}),)

    def furthest(self, side: Side, everybody: int) -> int:
        """Down to nobody, up to everybody, or to the ends that are set."""
        if side == "least":
            return self.at_least or 1 if self.floor is None else max((self.at_least or 0) - self.floor, 0)
        return everybody if self.ceiling is None else max(self.ceiling - (self.at_most or 0), 0)

    def needed(self, size: int) -> int:
        """The least, whatever the size."""
        return self.at_least or 0


@dataclass(frozen=True, slots=True)
class ShareOf(Limits):
    """At least, or at most, a share of a body, whatever its size; one side."""

    body: Places
    least_share: Fraction | None = None
    most_share: Fraction | None = None
    rounding: Rounding = "up"

    @property
    def _share(self) -> tuple[Fraction | None, Fraction | None, str]:
        return self.least_share, self.most_share, self.rounding

    def row(self, counted: Places) -> Written:
        """Linear in the size n: with s = p/q, ``q·count − p·n ≥ 0`` (up), or ``2q·count − 2p·n ≥ 1 − q`` (nearest); the
        mirror images for an upper share."""
        p, q = share_written(self._share, len(self.body)).as_integer_ratio()
        near = self.rounding == "nearest"
        scale = 2 if near else 1
        inside = set(counted)
        weights = tuple((place, scale * ((q if place in inside else 0) - p)) for place in self.body)
        if self.least_share is not None:
            return Written(weights, 1 - q if near else 0, None)
        return Written(weights, None, q if near else 0)

    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """The share of the people whom the body has in the roster."""
        return share_limits(self._share, sum(1 for place in self.body if chosen[place]))

    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """The share that the roster reaches, to a whole per cent."""
        shares = [Fraction(count, size) for count, size in reached if size]
        if side == "least":
            least = min((100 * one.numerator // one.denominator for one in shares), default=0)
            return Loosened("at_least_share", self.least_share, Fraction(least, 100))
        most = max((-(-100 * one.numerator // one.denominator) for one in shares), default=100)
        return Loosened("at_most_share", self.most_share, Fraction(most, 100))

    def words(self) -> tuple[Phrase, ...]:
        """``at least 40 %``."""
        sides = (("explain.at_least", self.least_share), ("explain.at_most", self.most_share))
        return tuple(Phrase(code, {"count": share}) for code, share in sides if share is not None)

    @property
    def unit(self) -> int:
        """The share's denominator, twice where it rounds to the nearest."""
        return share_written(self._share, len(self.body)).denominator * (2 if self.rounding == "nearest" else 1)

    def needed(self, size: int) -> int:
        """The share of that size."""
        return share_limits(self._share, size)[0] or 0

    def renumbered(self, numbers: Mapping[int, int]) -> Limits:
        """The body by the new numbers."""
        return replace(self, body=tuple(numbers[place] for place in self.body))


@dataclass(frozen=True, slots=True)
class NoMoreThan(Limits):
    """At most as many as another body has: personal deputies and members."""

    body: Places

    #: As a share of the other body, for those who print shares.
    most_share = Fraction(1)

    def row(self, counted: Places) -> Written:
        """``Σ counted − Σ body ≤ 0``."""
        return Written(tuple(sorted([(place, 1) for place in counted] + [(place, -1) for place in self.body])), None, 0)

    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """As many as the other body has in the roster."""
        return None, sum(1 for place in self.body if chosen[place])

    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """Nothing but to go without."""
        return Loosened("dropped", None, None)

    def renumbered(self, numbers: Mapping[int, int]) -> Limits:
        """The other body by the new numbers."""
        return replace(self, body=tuple(numbers[place] for place in self.body))


@dataclass(frozen=True, slots=True)
class AllOrNone(Limits):
    """Two persons, each with at most one seat of theirs: both or neither."""

    first: Places = ()
    other: Places = ()

    def row(self, counted: Places) -> Written:
        """``Σ first − Σ other = 0``."""
        weights = sorted([(place, 1) for place in self.first] + [(place, -1) for place in self.other])
        return Written(tuple(weights), 0, 0)

    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """Two, where one of them is in the roster."""
        return (2 if any(chosen[place] for place in (*self.first, *self.other)) else None), None

    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """Nothing but to go without."""
        return Loosened("dropped", None, None)

    def words(self) -> tuple[Phrase, ...]:
        """``all or none``."""
        return (Phrase("explain.all_or_none", {}),)

    def renumbered(self, numbers: Mapping[int, int]) -> Limits:
        """Their seats by the new numbers."""
        first, other = (tuple(numbers[place] for place in places) for places in (self.first, self.other))
        return AllOrNone(first, other)
