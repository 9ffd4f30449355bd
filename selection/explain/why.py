"""Why, and why not: what the round would lose or gain with somebody seated or left out, by solving it again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Unpack

from selection.errors import Conflicting, SolverError
from selection.explain.known_program import SLOW_STEP, KnownProgram
from selection.explain.roster_steps import (
    AtLeast,
    Move,
    Roster,
    RowChange,
    StepChange,
    checked,
    goal_changes,
    moves,
    step_changes,
    step_values,
)
from selection.model.limits import Count
from selection.model.people import Role
from selection.model.rows import Row, Rows
from selection.model.source import Source
from selection.proposal import Proposal
from selection.solver import Infeasible, OutOfTime
from selection.solving.conflict import conflicting
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.steps import LAST_STEPS, OBJECTIVES

#: What the question supposes: the person in a seat at the table, or without a seat.
Supposed = Literal["seated", "left_out"]

#: ``worse``: a step gets worse. ``equal``: as good a roster exists, so the lot decided. ``conflict``: the requirements
#: cannot hold. ``no_seat``: the person did not ask for such a seat or may not hold it. ``as_is``: it is so already.
#: ``better``: only where the roster asked about is not the best one, for lack of time or as people made it. ``open``:
#: the time was up before it was settled; the steps are then those of the best roster found, none where none was found,
#: and ``at_least`` is what is proven.
Verdict = Literal["worse", "equal", "better", "conflict", "no_seat", "as_is", "open"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What seating a person at a table, or leaving them out, does to the roster. Never a score of a person.

    Attributes
    ----------
    key, table, role
        Who and where; ``table`` is ``None`` for a person left out, ``role`` where either would do.
    steps
        The steps that change, in their order: the first is the one that decides.
    goals
        The goals that get nearer or farther.
    moves
        Who would come, go or change seats, the fewest that can; of as few, those that leave the most people a seat.
    conflict
        For the verdict ``conflict``: the requirements that cannot hold.
    at_least
        For the verdict ``open``: what is proven of the first step that gets worse; ``None`` for nothing.
    """

    key: str
    supposed: Supposed
    table: str | None
    role: Role | None
    verdict: Verdict
    steps: tuple[StepChange, ...] = ()
    goals: tuple[RowChange, ...] = ()
    moves: tuple[Move, ...] = ()
    conflict: tuple[Conflicting, ...] = ()
    at_least: AtLeast | None = None

    @property
    def decisive(self) -> StepChange | None:
        """The first step that gets worse."""
        return self.steps[0] if self.verdict == "worse" else None


class Questions:
    """Questions about one roster, proposed or made by people; the programs are made once and asked again and again.

    Parameters
    ----------
    roster
        0 or 1 for each candidate.
    run, options
        As of :func:`selection.proposal.propose`: the time limit is of each question, and a stop ends the question under
        way with what is proven by then. Neither steps nor rosters on the way are told.
    """

    def __init__(self, rows: Rows, roster: Roster, *, run: Run | None = None, **options: Unpack[RunOptions]) -> None:
        self.rows = rows
        self.now = tuple(roster)
        self.known = step_values(rows, roster)
        self.run_by(replace(run or PLAIN, **options))
        self._programs: dict[str, KnownProgram] = {}
        self._seats: dict[int, list[int]] = {}
        for place, candidate in enumerate(rows.pool.candidates):
            self._seats.setdefault(candidate.applicant, []).append(place)

    @classmethod
    def of(cls, proposal: Proposal, *, run: Run | None = None, **options: Unpack[RunOptions]) -> Questions:
        """Questions about a proposal."""
        return cls(proposal.rows, proposal.chosen, run=run, **options)

    def run_by(self, run: Run) -> None:
        """Have questions from now on run so; ``stopped`` is set once the stop of it is called."""
        self.run, self.stopped = run, run.stopped()

    def why_not(self, key: str, table: str, role: Role | None = None, *, whole: bool = True) -> Answer:
        """What seating this person at this table does.

        Parameters
        ----------
        role
            ``None`` where a member's or a deputy's seat would do.
        whole
            Whether to go on to the roster that comes nearest, with all that changes. If not, only the step that decides
            is told: what is asked of everybody at once.

        Raises
        ------
        KeyError
            if there is no such person.
        """
        pool = self.rows.pool
        applicant = pool.places[key]
        places = [
            place
            for place in self._seats.get(applicant, ())
            if pool.tables[pool.candidates[place].table] == table and role in (None, pool.candidates[place].role)
        ]
        answer = Answer(key, "seated", table, role, "no_seat")
        if not places:
            return answer
        if any(self.now[place] for place in places):
            return replace(answer, verdict="as_is")
        return self._asked(answer, places, whole)

    def why(self, key: str, *, whole: bool = True) -> Answer:
        """What leaving this person without a seat does.

        Raises
        ------
        KeyError
            if there is no such person.
        """
        places = self._seats.get(self.rows.pool.places[key], [])
        answer = Answer(key, "left_out", None, None, "as_is")
        if not any(self.now[place] for place in places):
            return answer
        return self._asked(answer, places, whole)

    @cached_property
    def _free(self) -> KnownProgram:
        """Every step may get worse; without ``pairs``."""
        return KnownProgram(self.rows, self.known, run=self.run)

    def _held(self, last: str) -> KnownProgram:
        """Only one of the last two steps may get worse: quick, as all before it are held."""
        if last not in self._programs:
            program = KnownProgram(self.rows, self.known, pairs=last == SLOW_STEP, run=self.run)
            program.tighten(program.names[:-1])
            self._programs[last] = program
        return self._programs[last]

    def _asked(self, answer: Answer, places: Sequence[int], whole: bool) -> Answer:
        used: list[KnownProgram] = []
        try:
            return self._settled(answer, places, whole, used)
        except OutOfTime:
            at_least = self._strongest([one.proven for one in used if one.proven is not None])
            found = next((one.known_roster for one in reversed(used) if one.known_roster is not None), None)
            if found is None:
                return replace(answer, verdict="open", at_least=at_least)
            told = self._told(answer, found)
            told = told if whole else replace(told, steps=told.steps[:1], goals=(), moves=())
            # As good a roster, or a better one, is a proof, whatever was left to ask.
            if told.verdict in ("equal", "better"):
                return told
            if at_least is not None and told.steps[0].name == at_least.name:
                # The roster found keeps the steps before it.
                at_least = replace(at_least, decides=True)
            return replace(told, verdict="open", at_least=at_least)

    def _strongest(self, proven: Sequence[AtLeast]) -> AtLeast | None:
        """Of what is proven the most: the first step, then that it decides, then the most seats."""
        order = list(self.known)
        return min(proven, key=lambda one: (order.index(one.name), not one.decides, -one.worse_by), default=None)

    def _settled(self, answer: Answer, places: Sequence[int], whole: bool, used: list[KnownProgram]) -> Answer:
        """The answer, proven; ``used`` takes the programs that were asked."""
        seated = answer.supposed == "seated"
        left = self.run.time_limit
        for last in LAST_STEPS:
            program = self._held(last)  # made once: its making is not the question's time
            deadline = None if left is None else time.monotonic() + left
            used.append(program)
            held = dict.fromkeys(program.names[:-1], 0)
            with program.supposing(places, seated=seated, deadline=deadline, stopped=self.stopped):
                try:
                    held[last] = program.least_worse(last, held, kept=last == SLOW_STEP)
                except Infeasible:
                    break
                if held[last] == 0 and last != SLOW_STEP:
                    left = None if deadline is None else deadline - time.monotonic()
                    continue
                if whole:
                    program.nearest(self.now, held)
                self._counted(answer, places, program.roster, held)
                told = self._without_pairs(self._told(answer, program.roster))
                return told if whole else replace(told, steps=told.steps[:1], goals=(), moves=())
        used.append(self._free)
        with self._free.supposing(places, seated=seated, deadline=deadline, stopped=self.stopped):
            try:
                first = self._free.first_worse()
            except Infeasible:
                return replace(answer, verdict="conflict", conflict=self._conflict(answer, places))
            if first is None:
                raise SolverError("solver_contradicts_itself")
            return self._worse(answer, places, first, whole)

    @staticmethod
    def _without_pairs(answer: Answer) -> Answer:
        """Where an earlier step changes, the pairs were not made the best of, so nothing is said of them."""
        if len(answer.steps) < 2:
            return answer
        return replace(answer, steps=tuple(step for step in answer.steps if step.name != SLOW_STEP))

    def _counted(self, answer: Answer, places: Sequence[int], roster: Roster, held: Mapping[str, int]) -> None:
        """Count a roster from scratch: it has what is supposed, and no step held is worse than it may be.

        Raises
        ------
        SolverError
            if the solver's answer does not survive.
        """
        if any(roster[place] for place in places) != (answer.supposed == "seated"):
            raise SolverError("roster_breaks_requirement", requirement=Source.SUPPOSED.value)
        after = step_values(self.rows, checked(self.rows, roster))
        for name, worse in held.items():
            if StepChange(name, self.known[name], after[name]).worse_by > worse:
                raise SolverError("roster_breaks_step", step=name)

    def _worse(self, answer: Answer, places: Sequence[int], first: int, whole: bool) -> Answer:
        light = self._free
        name = light.names[first]
        held = dict.fromkeys(light.names[:first], 0)
        held[name] = light.least_worse(name, held, kept=True)
        decisive = self._change(name, held[name])
        if not whole:
            self._counted(answer, places, light.roster, held)
            return replace(answer, verdict="worse", steps=(decisive,))
        for later in light.names[first + 1 :]:
            held[later] = light.best(later, held)
        light.nearest(self.now, held)
        self._counted(answer, places, light.roster, held)
        told = self._told(answer, light.roster)
        if decisive not in told.steps:
            raise SolverError("roster_breaks_step", step=name)
        return self._without_pairs(told)

    def _change(self, name: str, worse: int) -> StepChange:
        known = self.known[name]
        return StepChange(name, known, known + OBJECTIVES[name].sign * worse)

    def _told(self, answer: Answer, roster: Roster) -> Answer:
        """The answer of a roster, counted from its seats."""
        checked(self.rows, roster)
        steps = step_changes(self.known, step_values(self.rows, roster))
        verdict: Verdict = "equal"
        if steps:
            verdict = "worse" if steps[0].worse_by > 0 else "better"
        return replace(
            answer,
            verdict=verdict,
            steps=steps,
            goals=goal_changes(self.rows, self.now, roster),
            moves=moves(self.rows, self.now, roster),
        )

    def _conflict(self, answer: Answer, places: Sequence[int]) -> tuple[Conflicting, ...]:
        """Which requirements cannot hold with what the question supposes, which itself is not named."""
        limits = Count(1) if answer.supposed == "seated" else Count(None, 0)
        source = Source.SUPPOSED
        asked = Row.of(source.value, None, None, tuple(sorted(places)), limits, source=source)
        rows = replace(self.rows, requirements=(*self.rows.requirements, asked))
        return conflicting(rows)
