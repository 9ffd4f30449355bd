"""Trade-offs: what changed rules (a priority, a range, the order of the steps) gain, and what they cost elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Unpack

from selection.constraints import build_rows
from selection.errors import TimeLimitError
from selection.explain.roster_steps import checked, step_values
from selection.model.locks import Locks
from selection.model.rows import Row
from selection.model.rules import Rules
from selection.proposal import Proposal
from selection.solver import OutOfTime
from selection.solving.conflict import conflict_named
from selection.solving.objectives import GOALS
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.steps import GOAL_STEPS, LAST_STEPS, OBJECTIVES, Step, SteppedProgram, step_names


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
    bound
        What no roster can be better than under the changed rules: ``after`` unless the time was up.
    """

    name: str
    before: int
    after: int
    cost: int
    bound: int

    @property
    def worse_by(self) -> int:
        """Seats by which the new roster is worse, measured by the proposal's rules; negative where it is better."""
        return OBJECTIVES[self.name].worse_by(self.before, self.cost)


@dataclass(frozen=True, slots=True)
class GoalCost:
    """One goal, all its values at a table together: seats off its ranges as the proposal's rules have them."""

    id: str
    table: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Steps and goals before and after a change of the rules; ``roster`` is one of the best under the changed rules.

    Not ``proven`` where the time was up: a roster may then be better, or as good and cheaper.
    """

    steps: tuple[StepCost, ...]
    goals: tuple[GoalCost, ...]
    roster: tuple[int, ...]
    proven: bool = True


def trade_off(
    proposal: Proposal,
    rules: Rules,
    *,
    locks: Locks | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> TradeOff:
    """What the changed rules come to, step by step up to the wishes, before they are taken.

    Parameters
    ----------
    rules
        With the same tables and roles as the proposal's.
    locks
        Those of the proposal.
    run, options
        As of :func:`selection.proposal.propose`; neither an executor nor who takes rosters on the way is asked.

    Raises
    ------
    ConflictError
        if the changed requirements cannot hold together.
    TimeLimitError
        if no roster was found in time.
    """
    run = replace(run or PLAIN, **options)
    pool = proposal.pool
    rows = build_rows(pool, rules, locks)
    stepped = SteppedProgram.run_by(rows, run)
    names = [name for name in step_names(rules.steps.order) if name != LAST_STEPS[-1]]
    taken: dict[str, Step] = {}
    proven = True
    with conflict_named(rows):
        try:
            for number, name in enumerate(names):
                run.begins(name, number, len(names) + 1)
                taken[name] = stepped.take(name)
            run.begins("costs", len(names), len(names) + 1)
            measured = _measured(stepped, proposal.rows.goals)
            for name in GOAL_STEPS:
                cheapest = stepped.program.minimise(measured[name])
                stepped.program.at_most(measured[name], cheapest.value)
                proven = proven and cheapest.proven
        except OutOfTime:
            proven = False
            if not stepped.program.values:
                raise TimeLimitError("time_limit_no_roster") from None
    roster = stepped.program.chosen(len(pool.candidates))
    checked(rows, roster)
    before, after = step_values(proposal.rows, proposal.chosen), step_values(rows, roster)
    cost = step_values(proposal.rows, roster)
    steps = tuple(
        StepCost(name, before[name], after[name], cost[name], taken[name].bound if name in taken else after[name])
        for name in before
        if name != LAST_STEPS[-1]
    )
    proven = proven and all(step.after == step.bound for step in steps)
    return TradeOff(steps, _goal_costs(proposal, roster), roster, proven)


def _measured(stepped: SteppedProgram, goals: tuple[Row, ...]) -> dict[str, Mapping[int, int]]:
    """The goal steps of other rules as expressions of this program."""
    program = stepped.program
    deviations = {program.add_deviation(row): row for row in goals}
    return {objective.name: objective.written(program, stepped.rows, deviations).expression for objective in GOALS}


def _goal_costs(proposal: Proposal, roster: tuple[int, ...]) -> tuple[GoalCost, ...]:
    off: dict[tuple[str, str | None], list[int]] = {}
    for number, chosen in enumerate((proposal.chosen, roster)):
        for goal in proposal.rows.goal_standings(chosen):
            off.setdefault((goal.id, goal.table), [0, 0])[number] += goal.deviation
    return tuple(GoalCost(id, table, *seats) for (id, table), seats in off.items())
