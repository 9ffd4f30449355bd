"""Going on: what was left open to question about seats when a roster was marked ready or decided, and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selection.texts import text

#: Causes that concern a person's safety, which nothing that may be published tells.
INTERNAL = ("non_disclosure",)


@dataclass(frozen=True, slots=True)
class GoingOn:
    """How many seats were open to question, how many of them for each cause, and why the matter went on.

    It names nobody.
    """

    seats: int
    causes: Mapping[str, int]
    reason: str

    def words(self, *, public: bool) -> str:
        """One sentence; ``public``: without the causes that concern a person's safety."""
        told = {cause: n for cause, n in self.causes.items() if not (public and cause in INTERNAL)}
        listed = ", ".join(f"{text(f'open_seat.{cause}')}: {n}" for cause, n in told.items())
        if not listed:
            return text("open_seat.told_bare", reason=self.reason)
        return text("open_seat.told", n=self.seats, causes=listed, reason=self.reason)

    def to_json(self) -> dict[str, Any]:
        """Plain values for a proposal's JSON."""
        return {"seats": self.seats, "causes": dict(self.causes), "reason": self.reason}
