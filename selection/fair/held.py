"""Held steps: the proven values that every roster of a draw has, and the types of the rosters that have them."""

from __future__ import annotations

from selection.fair.types import Types, types_of
from selection.model.people import Role
from selection.model.rows import Rows
from selection.solving.conflict import conflict_named
from selection.solving.objectives import SEATS, step_names
from selection.solving.run import PLAIN, Run
from selection.solving.stepped import SteppedProgram

#: Steps whose values every roster of the draw has; wishes, pairs and lots are not held.
HELD = 10


def held_types(rows: Rows, run: Run = PLAIN) -> tuple[dict[str, int], Types]:
    """The values of the steps, and the types of the rosters that keep them; proven, whatever the limit of the run.

    Raises
    ------
    ConflictError
        if there is no roster.
    """
    with conflict_named(rows):
        held, met, closed = _held(rows, run.whole)
        return held, types_of(rows, held, met=met, closed=closed)


def _held(rows: Rows, run: Run) -> tuple[dict[str, int], frozenset[int], frozenset[int]]:
    """The values of the steps, proven, with the goals always met and the candidates never seated then.

    For one panel of a given size without goals the values are known.
    """
    rules = rows.rules
    of_one_size = all(rules.least(name) == rules.aim(name, Role.MEMBER) for name in rules.table_ids)
    if of_one_size and not rules.has(Role.DEPUTY) and not rows.goals:
        held = {step.name: step.best(rules) for step in SEATS if step.role is Role.MEMBER}
        return held, frozenset(), frozenset()
    stepped = SteppedProgram.run_by(rows, run, tightening=True)
    held = {name: stepped.take(name).value for name in step_names(rules.steps.order)[:HELD]}
    program = stepped.program
    met = frozenset(place for place, one in enumerate(stepped.deviations) if not program.is_open(one))
    upper = [program.upper(place) for place in range(len(rows.pool.candidates))]
    return held, met, frozenset(place for place, most in enumerate(upper) if most == 0)
