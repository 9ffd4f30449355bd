"""Trade-offs: what changed rules (a priority, a range, the order of the steps) gain, and what they cost elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from selection.conflict import conflicting
from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.differences import checked, step_values
from selection.locks import Locks
from selection.proposal import Proposal
from selection.rows import Row
from selection.rules import Rules
from selection.solver import Infeasible, SolverName, total
from selection.steps import GOAL_STEPS, LARGER_IS_BETTER, LAST_STEPS, Progress, SteppedProgram, step_names


@dataclass(frozen=True, slots=True)
class StepCost:
    """One step in the proposal and under the changed rules.

    Attributes
    ----------
    before
        In the proposal, under its rules.
    after
        Under the changed rules: the best there is.
    cost
        The new roster measured by the proposal's rules: of the rosters that are best under the changed rules, the best.
    """

    name: str
    before: int
    after: int
    cost: int

    @property
    def worse_by(self) -> int:
        """Seats by which the new roster is worse, measured by the proposal's rules; negative where it is better."""
        lost = self.cost - self.before
        return -lost if self.name in LARGER_IS_BETTER else lost


@dataclass(frozen=True, slots=True)
class GoalCost:
    """One goal, all its values at a table together: seats off its ranges as the proposal's rules have them."""

    id: str
    table: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Steps and goals before and after a change of the rules; ``roster`` is one of the best under the changed rules."""

    steps: tuple[StepCost, ...]
    goals: tuple[GoalCost, ...]
    roster: tuple[int, ...]


def trade_off(
    proposal: Proposal,
    rules: Rules,
    *,
    locks: Locks | None = None,
    solver: SolverName = "HiGHS",
    progress: Progress | None = None,
) -> TradeOff:
    """What the changed rules come to, step by step up to the wishes, before they are taken.

    Parameters
    ----------
    rules
        With the same tables and roles as the proposal's.
    locks
        Those of the proposal.

    Raises
    ------
    ConflictError
        if the changed requirements cannot hold together.
    """
    pool = proposal.pool
    rows = build_rows(pool, rules, locks)
    stepped = SteppedProgram(rows, solver=solver)
    names = [name for name in step_names(rules.steps.order) if name != LAST_STEPS[-1]]
    try:
        for number, name in enumerate(names):
            if progress:
                progress(name, number, len(names) + 1)
            stepped.take(name)
    except Infeasible:
        raise ConflictError(conflicting(rows)) from None
    if progress:
        progress("costs", len(names), len(names) + 1)
    measured = _measured(stepped, proposal.rows.goals)
    for name in GOAL_STEPS:
        stepped.program.at_most(measured[name], stepped.program.minimise(measured[name]).value)
    roster = stepped.program.chosen(len(pool.candidates))
    checked(rows, roster)
    before, after = step_values(proposal.rows, proposal.chosen), step_values(rows, roster)
    cost = step_values(proposal.rows, roster)
    steps = tuple(StepCost(name, before[name], after[name], cost[name]) for name in before if name != LAST_STEPS[-1])
    return TradeOff(steps, _goal_costs(proposal, roster), roster)


def _measured(stepped: SteppedProgram, goals: tuple[Row, ...]) -> dict[str, dict[int, int]]:
    """The goal steps of other rules as expressions of this program."""
    program = stepped.program
    found: dict[str, dict[int, int]] = {}
    for priority in (1, 2, 3):
        tables: dict[str | None, list[int]] = {}
        for row in goals:
            if row.priority == priority:
                tables.setdefault(row.table, []).append(program.add_deviation(row))
        worst = program.add_variable(0, None)
        for deviations in tables.values():
            program.add_row({**total(deviations, -1), worst: 1}, 0, None)
        found[f"goals_{priority}_worst"] = {worst: 1}
        found[f"goals_{priority}"] = total([one for group in tables.values() for one in group])
    return found


def _goal_costs(proposal: Proposal, roster: tuple[int, ...]) -> tuple[GoalCost, ...]:
    off: dict[tuple[str, str | None], list[int]] = {}
    for number, chosen in enumerate((proposal.chosen, roster)):
        for goal in proposal.rows.goal_standings(chosen):
            off.setdefault((goal.id, goal.table), [0, 0])[number] += goal.deviation
    return tuple(GoalCost(id, table, *seats) for (id, table), seats in off.items())
