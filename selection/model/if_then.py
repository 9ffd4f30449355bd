"""If–then: where anybody of one group is, at least one of another must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from selection.errors import Phrase
from selection.model.counting import Counting, Group
from selection.model.criteria import Required
from selection.model.limits import Limits, Loosened, Places, Side, Written
from selection.texts import text


class IfThen(Required):
    """A requirement: if anybody of the group ``if`` is in a body, at least one of the group ``then`` is in it too."""

    given: Group = Field(alias="if")
    then: Group

    @property
    def counts(self) -> tuple[Counting, ...]:
        """Both groups."""
        return self.given, self.then

    @property
    def capped_fields(self) -> tuple[str, ...]:
        """Whoever is of unknown value may be of the first group."""
        return self.given.fields

    def words(self) -> str:
        """The rule as a sentence."""
        body = text(f"rules.body.{self.body}")
        return text("rules.if_then", given=self.given.words(), then=self.then.words(), body=body)


@dataclass(frozen=True, slots=True)
class OneIfAny(Limits):
    """At least one, if the body has anybody of ``body``, the candidates of the group ``given``.

    Attributes
    ----------
    most
        So many of them at most can be in the body.
    """

    given: Group
    most: int
    body: Places

    def row(self, counted: Places) -> Written:
        """``Σ given − most·Σ counted ≤ 0``."""
        weights = {place: 1 for place in self.body}
        for place in counted:
            weights[place] = weights.get(place, 0) - self.most
        return Written(tuple(sorted(weights.items())), None, 0)

    def limits(self, chosen: Sequence[int]) -> tuple[int | None, int | None]:
        """One, or none where nobody of the first group is in the roster."""
        return (1 if any(chosen[place] for place in self.body) else None), None

    def loosened(self, side: Side, seats: int, reached: Sequence[tuple[int, int]]) -> Loosened:
        """There is no number in it: the rule is dropped."""
        return Loosened("dropped", None, None)

    def words(self) -> tuple[Phrase, ...]:
        """``at least 1, if there is anybody of: 13–17``."""
        return (Phrase("explain.one_if_any", {"group": self.given}),)

    @property
    def unit(self) -> int:
        """One person less makes up for all of the first group."""
        return self.most

    def furthest(self, side: Side, everybody: int) -> int:
        """By the one."""
        return 1

    def renumbered(self, numbers: Mapping[int, int]) -> Limits:
        """The first group by the new numbers."""
        return replace(self, body=tuple(numbers[place] for place in self.body))
