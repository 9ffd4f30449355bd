"""What a change of the roster does: requirements and goals before and after, seat by seat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selection import actions as do
from selection.model.rows import Standing
from selection.model.source import Source
from selection.model.titles import value_name
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import standings
from selection.ui.components.composition import span


@dataclass(frozen=True, slots=True)
class Effect:
    """One requirement or goal that a change moves: counts and deviations before and after."""

    title: str
    table: str | None
    required: bool
    before: int
    after: int
    deviation_before: int
    deviation_after: int
    limits: str

    @property
    def direction(self) -> int:
        """-1 where it gets worse, 1 where it gets better, 0 where only the count changes."""
        gain = self.deviation_before - self.deviation_after
        return (gain > 0) - (gain < 0)

    @property
    def words(self) -> str:
        """``Ikä 18–29: 2 → 1 (tavoite 2–3), 1 paikka kauempana``."""
        code = {-1: "worse", 0: "same", 1: "better"}[self.direction]
        return text(
            f"ui.effect.{'required' if self.required else 'aimed'}.{code}",
            title=self.title,
            before=self.before,
            after=self.after,
            limits=self.limits,
        )


def with_roster(desk: Desk, roster: do.Roster) -> Desk:
    """The desk with another roster on it."""
    return desk.with_roster(roster)


def with_version(desk: Desk, version: do.VersionRow) -> Desk:
    """The desk with another version on it."""
    return replace(desk, version=version)


def of_change(desk: Desk, roster: do.Roster) -> list[Effect]:
    """What changes between the roster at work and another one, worse first."""
    return between(desk, with_roster(desk, roster))


def of_election(desk: Desk, application_id: int) -> list[Effect]:
    """What changes when somebody becomes a councillor: the cap on officials is counted anew."""
    person = desk.by_id[application_id]
    values = {**person.current.get("values", {}), "official": ["councillor"]}
    elected = replace(person, current={**person.current, "values": values})
    people = {**desk.people, person.person_key: elected}
    applicants = [people[one.key].as_applicant() for one in desk.pool.applicants]
    pool = desk.pool.of(applicants, desk.rules)
    return between(desk, Desk(desk.round, desk.rules, people, pool, desk.locks, desk.version))


def between(desk: Desk, after: Desk) -> list[Effect]:
    """What differs from one desk to another, worse first."""
    found = _changed(desk, desk.rows.standings(desk.chosen), after.rows.standings(after.chosen), required=True)
    found += _changed(
        desk, desk.rows.goal_standings(desk.chosen), after.rows.goal_standings(after.chosen), required=False
    )
    return sorted(found, key=lambda effect: (effect.direction, not effect.required))


def _changed(desk: Desk, before: Iterable[Standing], after: Iterable[Standing], *, required: bool) -> list[Effect]:
    def sign(one: Standing) -> tuple[Source, str, str | None, str | None, str | None]:
        # A requirement on each organisation tells its worst one, which a change may turn into another.
        by_value = not required or one.value in desk.people
        return (one.source, one.id, one.table, one.role, one.value if by_value else None)

    old = {sign(one): one for one in before}
    found = []
    for one in after:
        was = old.get(sign(one))
        count, deviation = (was.count, was.deviation) if was is not None else (0, 0)
        silent = standings.silent(one) and one.deviation == deviation
        if silent or (count == one.count and deviation == one.deviation):
            continue
        if required and one.deviation == deviation:
            continue
        title = words.rule_title(desk.rules, one.id)
        if not required:
            title = f"{title} – {value_name(desk.rules, one.id, one.value)}"
        elif one.role:
            title = f"{title}, {words.body_name(one.role)}"
        limits = span(one.at_least, one.at_most)
        found.append(Effect(title, one.table, required, count, one.count, deviation, one.deviation, limits))
    return found


def totals(desk: Desk) -> tuple[int, int]:
    """Requirements that fail, and seats outside the goals, over all tables."""
    failing = sum(not one.holds for one in desk.rows.standings(desk.chosen))
    return failing, sum(one.deviation for one in desk.rows.goal_standings(desk.chosen))
