"""Draft: what one row says, while the rows are being put together to people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from selection.intake.identity import name_tokens, person_key
from selection.intake.results import Finding
from selection.intake.shared_cells import CellPerson
from selection.intake.values.organisations import Organisation
from selection.intake.values.seats import BOTH
from selection.intake.values.wishes import Wishes
from selection.model.people import Origin, Role


@dataclass(slots=True)
class Draft:
    """What one row says.

    Attributes
    ----------
    sheet
        Number of the sheet among those read, over all files.
    row
        The row's index in its sheet, from 0.
    filled
        How many cells of the row hold something.
    key
        The person's key, once all rows are there.
    applied_with
        Letters of the others who applied in the same row, such as the personal deputy whom somebody proposes.
    person
        The one of several people of the row's names that this is; ``None`` where each cell is one person's.
    street
        The street address, folded: only to compare rows, it is not handed on.
    late
        Whether the row was sent after the call had closed.
    """

    origin: Origin
    sheet: int
    row: int
    filled: int = 0
    key: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    late: bool = False
    birth_year: int | None = None
    age_stated: tuple[int, int | None] | None = None
    wishes: Wishes = field(default_factory=Wishes)
    roles: frozenset[Role] = BOTH
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: Organisation | None = None
    organisation_role: str = ""
    motivation: str = ""
    remarks: str = ""
    non_disclosure: bool = False
    consents: dict[str, bool] = field(default_factory=dict)
    submitted_at: dt.datetime | None = None
    answers: dict[str, str] = field(default_factory=dict)
    applied_with: tuple[str, ...] = ()
    person: CellPerson | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def base_key(self) -> str:
        """The person's key before persons alike are told apart."""
        return person_key(self.name, self.email, self.birth_year)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The parts of the name, folded and sorted."""
        return name_tokens(self.name)

    @property
    def sent(self) -> dt.datetime:
        """When the row was sent; the earliest moment there is where that is not known."""
        return self.submitted_at or dt.datetime.min

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The row's answers, in an order of their own."""
        return tuple(sorted(self.answers.items()))

    @property
    def content(self) -> str:
        """Everything the row says, for telling rows apart without their numbers."""
        return "\n".join([self.sent.isoformat(), *(f"{header}={answer}" for header, answer in self.said)])
