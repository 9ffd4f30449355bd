"""What the worker computes for the app: a proposal as it is saved, why and why not, ways out of a conflict."""

from dataclasses import replace

import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.least_change import sitting_pool
from selection.explain.rule_change import changed_rules
from selection.explain.sentences import answer_sentences
from selection.explain.ways_out import possible
from selection.intake import read_applications
from selection.model.criteria import Requirement
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.rules_file import parse_rules, preset
from selection.rounds import answers, tasks
from selection.rounds.given import Given
from selection.ui.components.conflicts import way_text
from tests.browser.scene import PRESET, understood
from tests.clock import clock_in
from tests.test_cli import RULES, make


class Telling:
    """Keeps what it is told."""

    def __init__(self):
        self.steps = []
        self.told = []

    def found(self, result):
        self.told.append(result)

    def progress(self, name, number, total):
        self.steps.append((name, number, total))

    def stoppable(self, stop):
        pass


@pytest.fixture
def round_of():
    intake = understood().first
    return Given(preset(PRESET), tuple(intake.applicants), intake.asked, Locks())


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    rules = parse_rules(RULES, "pieni")
    intake = read_applications([make(tmp_path_factory.mktemp("round")) / "hakemukset.csv"], rules)
    return Given(rules, tuple(intake.applicants), intake.asked, Locks())


@pytest.fixture(scope="module")
def seats(small):
    made = tasks.propose(small, time_limit=None, telling=Telling())
    return list(made.roster.seats)


def test_a_proposal_tells_its_steps_and_facts(round_of):
    telling = Telling()
    made = tasks.propose(round_of, time_limit=None, telling=telling)
    assert [name for name, _, _ in telling.steps] == [step["name"] for step in made.facts["steps"]] + ["lots"]
    assert made.facts["proven"] is True
    # Each step's roster is told, so that a stop leaves something to look at.
    assert len(telling.told) > 5
    assert set(telling.told[0].people()) <= {one.key for one in round_of.applicants}
    assert {seat.role for seat in made.roster.seats} == {"member", "deputy", "reserve"}


def test_why_somebody_is_seated(small, seats):
    member = next(seat for seat in seats if seat.role is Role.MEMBER)
    answers = tasks.why(small, seats, member.key, telling=Telling())
    names = {one.key: one.name for one in small.applicants}
    assert [answer.supposed for answer in answers] == ["left_out"]
    assert names[member.key] in answer_sentences(answers[0], small.rules, names)[0]


def test_why_somebody_is_not_seated_at_each_table_wished_for(small, seats):
    taken = {seat.person for seat in seats if seat.role is not Role.RESERVE}
    outside = next(one for one in small.applicants if one.key not in taken and len(one.wishes) == 1)
    answers = tasks.why(small, seats, outside.key, telling=Telling())
    assert [(answer.supposed, answer.table) for answer in answers] == [("seated", outside.wishes[0])]
    assert answers[0].verdict in ("worse", "equal", "conflict")


def test_why_tells_what_is_proven_when_its_time_is_up(small, seats, monkeypatch):
    """A question cut short at any moment is told as far as it is known, as it is where everybody is asked about."""
    clock = clock_in(monkeypatch, "selection.explain.why", "selection.solver")
    names = {one.key: one.name for one in small.applicants}
    taken = {seat.person for seat in seats if seat.role is not Role.RESERVE}
    outside = [one.key for one in small.applicants if one.key not in taken and one.wishes][:2]
    said = []
    for key in (*outside, seats[0].person):
        for looks in (0, 2, 4, 6):
            clock.looks = looks
            answers = tasks.why(small, seats, key, telling=Telling())
            assert answers
            said += [answer_sentences(one, small.rules, names) for one in answers if one.verdict == "open"]
    assert any(len(one) > 1 and one[1].startswith("Varmaa on") and "vähintään" in one[1] for one in said)


def test_ways_out_of_a_conflict(small):
    rules = small.rules
    women = next(one for one in rules.requirements if one.fields == ("gender",))
    assert isinstance(women, Requirement)
    many = women.model_copy(update={"at_least": 99, "at_least_share": None})
    asked = rules.changed(requirements=tuple(many if one.id == women.id else one for one in rules.requirements))
    found = tasks.ways(replace(small, rules=asked), seats=(), facts=Locks(), seconds=20.0, telling=Telling())
    assert found
    assert "99" in way_text(found[0], asked, {})


def test_ways_out_where_vacant_seats_cannot_be_filled(small, seats):
    table = small.rules.table_ids[0]
    here = [seat for seat in seats if seat.table == table and seat.role is not Role.RESERVE]
    stays = here[0].key
    gone = [seat.person for seat in here if stays not in (seat.person, seat.deputy_of)]
    sizes = {"least": 2, "aim": small.rules.members.aim}
    strict = replace(small, rules=small.rules.changed(members=sizes))
    asked = {"seats": seats, "gone": gone, "among": (), "rising": False}
    with pytest.raises(ConflictError):
        answers.fill(strict, **asked, telling=Telling())
    filling, facts = answers.filling(strict, **asked)
    found = tasks.ways(filling, seats=seats, facts=facts, seconds=20.0, telling=Telling())
    assert found
    for way in found:
        # Who resigned is not let back in, nor is anybody put out.
        assert all(one.number != "lock" for one in way.changes)
        rules = changed_rules(strict.rules, way.changes)
        assert possible(build_rows(sitting_pool(strict.pool, seats), rules, filling.locks.plus(facts)))
