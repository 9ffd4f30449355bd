"""Candidates for a vacant seat are told by what they would do, counted from the whole roster."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.model.people import Role
from selection.rounds import vacancy_effects
from selection.rounds.vacancy_effects import VacancyEffect
from selection.texts import LANGUAGES, in_language
from tests.browser import scene


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    from selection.rounds import desk as desk_module

    made = scene.make(tmp_path_factory.mktemp("records"))
    return desk_module.read(made.store, made.user, made.row())


def test_each_candidate_is_counted_as_the_whole_roster(desk):
    table = desk.rules.table_ids[0]
    out = desk.roster.at(table, Role.MEMBER)[0].person
    vacant = desk.with_roster(desk.roster.without(out))
    keys = [one.key for one in desk.pool.applicants if vacant.roster.seat_of(one.key) is None][:12]
    found = vacancy_effects.of(vacant, [*keys, out], table, Role.MEMBER)

    def failing_and_off(roster: do.Roster) -> tuple[int, int]:
        after = vacant.with_roster(roster)
        failing = sum(not one.holds for one in after.rows.standings(after.chosen))
        return failing, sum(one.deviation for one in after.rows.goal_standings(after.chosen))

    before = failing_and_off(vacant.roster)
    for key in keys:
        after = failing_and_off(vacant.roster.seat(key, table, Role.MEMBER))
        assert found[key].breaks - found[key].mends == after[0] - before[0]
        assert found[key].closer == before[1] - after[1]
    assert len({(one.breaks, one.mends, one.closer) for one in found.values()}) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_requirement_is_said_first(language):
    with in_language(language):
        assert vacancy_effects.words(VacancyEffect(1, 2, 3)) != vacancy_effects.words(VacancyEffect(0, 2, 3))
        told = {vacancy_effects.words(one) for one in (VacancyEffect(0, 0, n) for n in (-1, 0, 1))}
        assert len(told) == 3
