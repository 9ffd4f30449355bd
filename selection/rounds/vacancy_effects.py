"""What each candidate for a vacant seat would do to requirements and goals, so that they are told by effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selection.model.people import Role
from selection.model.roster import Roster
from selection.rounds.desk import Desk
from selection.texts import text


@dataclass(frozen=True, slots=True)
class VacancyEffect:
    """``breaks``: requirements that would fail and hold with the seat vacant; ``mends``: those that fail and
    would hold; ``closer``: seats by which the goals would be closer to what is aimed at (negative: farther)."""

    breaks: int
    mends: int
    closer: int


def of(
    desk: Desk, keys: Sequence[str], table: str, role: Role, partner: str | None = None
) -> Mapping[str, VacancyEffect]:
    """The effect of each person in the vacant seat, against leaving it vacant."""
    failing, off = _state(desk, desk.roster, table)
    found = {}
    for key in keys:
        after, off_after = _state(desk, desk.roster.seat(key, table, role, partner), table)
        found[key] = VacancyEffect(len(after - failing), len(failing - after), off - off_after)
    return found


def words(effect: VacancyEffect) -> str:
    """The effect in a few words: requirements first."""
    if effect.breaks:
        return text("vacancy.breaks", n=effect.breaks)
    if effect.mends:
        return text("vacancy.mends", n=effect.mends)
    if effect.closer > 0:
        return text("vacancy.closer", n=effect.closer)
    return text("vacancy.farther", n=-effect.closer) if effect.closer < 0 else text("vacancy.same")


def _state(
    desk: Desk, roster: Roster, table: str
) -> tuple[frozenset[tuple[str, str | None, str | None, str | None]], int]:
    """Which requirements of a table and of the round fail, and the seats that lie outside the table's goals."""
    after = desk.with_roster(roster)
    chosen = after.chosen
    # Rows are those of the pool and the seats admitted to it: others only for a seat that somebody did not ask for.
    rows = (desk if len(chosen) == len(desk.chosen) else after).rows_of(table)
    failing = frozenset((one.id, one.table, one.role, one.value) for one in rows.standings(chosen) if not one.holds)
    return failing, sum(one.deviation for one in rows.goal_standings(chosen))
