"""Evidence: what the values of a column say of its field; they never decide against its header."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from selection.intake.reader import Cell
from selection.intake.values.ages import read_age
from selection.intake.values.choices import values_in
from selection.intake.values.numerals import with_numbered_months
from selection.intake.values.places import read_postal_code
from selection.intake.values.seats import read_roles
from selection.intake.values.wishes import TableNames, read_wishes
from selection.intake.wording import fold, written

#: How many of a column's answers are looked at, and how much of each.
SAMPLE, LETTERS = 60, 500
#: From this share of its answers on, a column's values speak for a field.
ENOUGH = 0.8
#: An age band.
_BAND = (
    r"\d\d ?- ?\d\d\b.{0,12}|\d\d ?\+.{0,8}|(alle|yli|under|över|over) \d\d\b.{0,12}|\d\d\D{0,10} (tai|eller|or) \w+"
)
#: Words of answers that tell of a seat.
SEAT = re.compile(r"jäsen|vara|varsinai|ordinarie|medlem|ersätt|ledam|deputy|member")
#: Fields whose answers are told from any others.
_TELLING = ("email", "birth_year", "postal_code", "gender", "wishes", "age_group", "situation", "mother_tongue")


def _text(cell: Cell) -> str:
    return fold(written(cell))


def _is_moment(cell: Cell) -> bool:
    if isinstance(cell, float):  # a date that lost its format
        return 20_000 < cell < 80_000
    text = with_numbered_months(_text(cell))
    return (
        isinstance(cell, dt.date)
        or re.match(r"(?:[^\W\d]{2,12}\.?,?\s+)?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}", text) is not None
    )


class Evidence:
    """The first answers of a column.

    Parameters
    ----------
    cells
        Its answers, without empty ones.
    header
        Its header: a yes means different things under different ones.
    on
        The day on which ages count.
    """

    def __init__(self, cells: Sequence[Cell], header: str, names: TableNames, on: dt.date) -> None:
        self.cells = tuple(cell[:LETTERS] if isinstance(cell, str) else cell for cell in cells[:SAMPLE])
        self.header, self.names, self.on = header, names, on

    def share(self, field: str) -> float | None:
        """Which share of the answers are of a field's kind; ``None`` where that cannot be told."""
        test = self._test(field)
        if test is None or not self.cells:
            return None
        return sum(map(test, self.cells)) / len(self.cells)

    def field(self, among: Sequence[str] = _TELLING) -> str | None:
        """The field that nearly all answers point to, ``among`` those whose answers have a form of their own."""
        if len(self.cells) < 2:
            return None
        for field in among:
            share = self.share(field)
            if share is not None and share >= ENOUGH:
                return field
        if among != _TELLING:
            return None
        words = [_text(cell) for cell in self.cells]
        seats = sum(SEAT.search(word) is not None and len(word) < 60 for word in words)
        if seats == len(words) or (seats >= 0.5 * len(words) and (self.share("roles") or 0.0) >= ENOUGH):
            return "roles"
        return "kind" if all(values_in("kind", word) for word in words) else None

    def _test(self, field: str) -> Callable[[Cell], bool] | None:
        """Whether a cell is of a field's kind, for fields whose answers have a form of their own."""
        if field == "gender":
            return lambda cell: bool(values_in("gender", _text(cell))) and _text(cell) not in ("x", "-")
        if field in ("mother_tongue", "kind", "situation", "organisation_type"):
            return lambda cell: bool(values_in(field, _text(cell)))
        tests: dict[str, Callable[[Cell], bool]] = {
            "email": lambda cell: re.search(r"[^\s@;,]@[^\s@;,]+\.\w", _text(cell)[:80]) is not None,
            "birth_year": lambda cell: re.fullmatch(r"(19\d\d|20[01]\d)(\.0)?|['-]\d\d", _text(cell)) is not None,
            "postal_code": lambda cell: read_postal_code(cell, ()).value is not None,
            "wishes": self._is_wish,
            "phone": lambda cell: re.fullmatch(r"\+?[\d\s()\-]{6,20}", _text(cell)) is not None,
            "submitted_at": _is_moment,
            "age_group": lambda cell: re.fullmatch(_BAND, _text(cell)) is not None,
            "age": lambda cell: read_age(cell, "age", self.on).value is not None,
            "roles": lambda cell: not read_roles(cell, self.header).remarks,
        }
        return tests.get(field)

    def _is_wish(self, cell: Cell) -> bool:
        reading = read_wishes(cell, self.names)
        return reading.value is not None and not reading.remarks
