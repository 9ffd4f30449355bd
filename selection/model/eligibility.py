"""Eligibility: who may be seated, by age."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

from selection.model.ages import Age
from selection.model.counting import Strict
from selection.model.criteria import Count, in_order


class Eligibility(Strict):
    """Who may be seated. Age is the year of ``age_on`` minus the birth year.

    Whoever is known to be over ``maximum_age`` gets no seat; of those under ``minimum_age`` that is said by
    ``below_minimum``.
    """

    age_on: dt.date
    minimum_age: Count | None = None
    below_minimum: Literal["flag", "refuse"] = "flag"
    maximum_age: Count | None = None

    @model_validator(mode="after")
    def _ages_in_order(self) -> Self:
        in_order(self.minimum_age, self.maximum_age)
        return self

    def refusal(self, age: Age | None) -> Literal["under_age", "over_age"] | None:
        """Why somebody of this age gets no seat; ``None`` where the age is unknown, or not known well enough."""
        if age is None:
            return None
        if self.below_minimum == "refuse" and self.is_under(age):
            return "under_age"
        return "over_age" if self.is_over(age) else None

    def is_under(self, age: Age) -> bool:
        """Whether somebody is known to be under the minimum age."""
        return self.minimum_age is not None and age[1] is not None and age[1] < self.minimum_age

    def is_over(self, age: Age) -> bool:
        """Whether somebody is known to be over the maximum age."""
        return self.maximum_age is not None and age[0] > self.maximum_age

    def is_open(self, age: Age | None) -> bool:
        """Whether there is a limit, and it is not known on which side of it somebody is."""
        if age is None:
            return (self.minimum_age, self.maximum_age) != (None, None)
        below = self.minimum_age is not None and age[0] < self.minimum_age and not self.is_under(age)
        return below or self.is_open_above(age)

    def is_open_above(self, age: Age | None) -> bool:
        """The same of the maximum age alone."""
        if self.maximum_age is None or age is None:
            return self.maximum_age is not None
        return not self.is_over(age) and (age[1] is None or age[1] > self.maximum_age)
