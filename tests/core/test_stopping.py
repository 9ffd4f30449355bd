"""A solve that is ended early: the best roster so far, each step with what is still open."""

import pytest

from selection.errors import TimeLimitError
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.proposal import propose
from selection.solving.steps import GOAL_STEPS
from tests.browser.scene import understood


@pytest.fixture(scope="module")
def pool():
    intake = understood().first
    return Pool.build(intake.applicants, preset("lahti-2021"), intake.asked)


def stopped_at(pool, step):
    stops = []

    def progress(name, number, total):
        if name == step:
            stops[0]()

    return propose(pool, preset("lahti-2021"), progress=progress, stoppable=stops.append)


@pytest.mark.parametrize(
    ("step", "open_at_most"),
    [
        ("goals_1_worst", {*GOAL_STEPS, "wishes", "pairs"}),
        ("goals_2", {*GOAL_STEPS[2:], "wishes", "pairs"}),
        ("goals_3_worst", {*GOAL_STEPS[4:], "wishes", "pairs"}),
    ],
)
def test_the_steps_before_are_proven_and_the_others_told(pool, step, open_at_most):
    made = stopped_at(pool, step)
    gaps = {step.name for step in made.steps if not step.proven}
    assert not made.proven
    assert gaps and gaps <= open_at_most
    assert all(one.holds for one in made.requirements())


def test_before_the_first_roster_there_is_nothing_to_take(pool):
    with pytest.raises(TimeLimitError):
        stopped_at(pool, "members_least")
