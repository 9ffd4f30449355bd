"""Tables that share no applicant and no rule, solved apart, in parallel where an executor is given.

A round of many cities falls into parts. Only the steps that look at the least filled or the worst table join them: so
the parts are solved up to such a step, the least (or worst) of all is held in every part, and all go on. A sum is least
when it is least in every part, and lots drawn in one part change nothing in another: the roster is the same as that of
one program.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from selection.errors import TimeLimitError
from selection.model.rows import Rows
from selection.solver import OutOfTime, SolverName
from selection.solving.objectives import OBJECTIVES
from selection.solving.parts import Part, parts_of
from selection.solving.run import PLAIN, Run
from selection.solving.steps import (
    Solution,
    Step,
    SteppedProgram,
    solve,
    step_names,
    turn_of,
)

#: A step's name and the value held in it.
Held = tuple[str, int]

#: For a stretch of all parts: seconds until the time limit, and until steps are left for those after them.
Seconds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a part came to: the steps it took in time, and its roster so far (0 or 1 for each of its candidates).

    ``chosen`` is ``None`` where the time was up before there was any.
    """

    steps: tuple[Step, ...]
    chosen: tuple[int, ...] | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one part is asked: to take some steps after those held, and to draw its lots if there is a seed.

    ``known`` is its roster so far, which meets what is held. ``seconds`` are those for all of it; after ``turn`` a step
    ends as soon as there is any roster.
    """

    rows: Rows
    held: tuple[Held, ...]
    names: tuple[str, ...]
    seed: str | None
    solver: SolverName
    threads: int
    seconds: float | None
    turn: float | None
    known: tuple[int, ...] | None

    def walk(self, stopped: threading.Event | None = None) -> Answer:
        """Nothing is kept between stretches: any process may walk any."""
        now = time.monotonic()
        deadline = None if self.seconds is None else now + self.seconds
        stepped = SteppedProgram(
            self.rows, solver=self.solver, threads=self.threads, deadline=deadline, stopped=stopped, tightening=True
        )
        program = stepped.program
        for name, value in self.held:
            stepped.keep(name, value)
        chosen = self.known
        if chosen is not None:
            stepped.start_from(chosen)
        steps: list[Step] = []
        for place, name in enumerate(self.names):
            if self.turn is not None:
                later = len(self.names) - place - 1 + (self.seed is not None)
                program.turn = turn_of(now + self.turn, self.turn, later)
            try:
                steps.append(stepped.take(name))
            except OutOfTime:
                break
            chosen = stepped.roster()
            if program.out_of_time():
                break
        drawn = False
        program.turn = None
        proven = len(steps) == len(self.names) and all(step.proven for step in steps)
        if self.seed is not None and proven and not program.out_of_time():
            drawn = stepped.draw(self.seed)
            chosen = stepped.roster()
        return Answer(tuple(steps), chosen, drawn)


def solve_apart(
    parts: Sequence[Part],
    seed: str,
    run: Run = PLAIN,
) -> Solution:
    """Take all steps and draw the lots, each part for itself; a single part as :func:`selection.solving.steps.solve`.

    Raises
    ------
    Infeasible
        if the requirements of a part cannot hold together.
    TimeLimitError
        if no roster of some part was found in time.
    """
    if len(parts) == 1:
        return solve(parts[0].rows, seed, run)
    began = time.perf_counter()
    time_limit = run.time_limit
    deadline = run.deadline()
    stopped = run.stopped()
    names = step_names(parts[0].rows.rules.steps.order)
    joint = _Joint(parts, run.solver, run.threads)
    drawn = False
    for phase in _phases(names):
        if joint.chosen and (stopped.is_set() or (deadline is not None and time.monotonic() >= deadline)):
            break
        last = phase[-1] == names[-1]
        for name in phase:
            run.begins(name, names.index(name), len(names) + 1)
        left = turn = None
        if deadline is not None and time_limit is not None:
            left = max(deadline - time.monotonic(), 0.0)
            after = names[names.index(phase[-1]) + 1 :]
            turn = max(turn_of(deadline, time_limit, len(after) + (not last)) - time.monotonic(), 0.0)
        proven = all(step.proven for step in joint.steps)
        answers = _answers(joint, phase, seed if last and proven else None, (left, turn), run.executor, stopped)
        done = joint.take(answers)
        run.has(joint.roster())
        drawn = last and all(answer.drawn for answer in answers)
        if done < len(phase):
            break
    seconds = time.perf_counter() - began
    return Solution(joint.roster(), tuple(joint.steps), seconds, drawn, names[len(joint.steps) :])


class _Joint:
    """All parts on their way through the steps: what each holds, and the roster it has so far."""

    def __init__(self, parts: Sequence[Part], solver: SolverName, threads: int) -> None:
        self._parts = parts
        self._solver: SolverName = solver
        self._threads = threads
        self._held: list[list[Held]] = [[] for _ in parts]
        self.chosen: dict[int, tuple[int, ...]] = {}
        self.steps: list[Step] = []

    def order(self) -> list[int]:
        """Numbers of the parts, the largest first."""
        return sorted(range(len(self._parts)), key=lambda number: -len(self._parts[number].candidates))

    def stretch(self, number: int, phase: tuple[str, ...], seed: str | None, seconds: Seconds, share: float) -> Stretch:
        """What a part is to walk next, in its share of the time."""
        left, turn = (None if one is None else one * share for one in seconds)
        held, known = tuple(self._held[number]), self.chosen.get(number)
        rows = self._parts[number].rows
        return Stretch(rows, held, phase, seed, self._solver, self._threads, left, turn, known)

    def take(self, answers: Sequence[Answer]) -> int:
        """Join the steps that all parts have taken; how many they are.

        Raises
        ------
        TimeLimitError
            if some part has no roster yet.
        """
        for number, answer in enumerate(answers):
            if answer.chosen is not None:
                self.chosen[number] = answer.chosen
        if len(self.chosen) < len(self._parts):
            raise TimeLimitError("time_limit_no_roster")
        done = min(len(answer.steps) for answer in answers)
        for place in range(done):
            self.steps.append(_joined([answer.steps[place] for answer in answers]))
            for values, answer in zip(self._held, answers, strict=True):
                own = answer.steps[place]
                values.append((own.name, self.steps[-1].value if OBJECTIVES[own.name].joins else own.value))
        return done

    def roster(self) -> tuple[int, ...]:
        """0 or 1 for each candidate of all parts."""
        whole = [0] * sum(len(part.candidates) for part in self._parts)
        for number, part in enumerate(self._parts):
            for place, one in zip(part.candidates, self.chosen[number], strict=True):
                whole[place] = one
        return tuple(whole)


def _answers(
    joint: _Joint,
    phase: tuple[str, ...],
    seed: str | None,
    seconds: Seconds,
    executor: Executor | None,
    stopped: threading.Event,
) -> list[Answer]:
    """The answers by part; the largest part is begun first, so that it is not waited for alone.

    One after the other each gets an equal share of what the parts before it left; side by side as many as there are
    workers share the time.
    """
    order = joint.order()
    if executor is None:
        began = time.monotonic()
        answers = {}
        for place, number in enumerate(order):
            gone = time.monotonic() - began
            left, turn = (None if one is None else max(one - gone, 0.0) for one in seconds)
            stretch = joint.stretch(number, phase, seed, (left, turn), 1 / (len(order) - place))
            answers[number] = stretch.walk(stopped)
        return [answers[number] for number in range(len(order))]
    workers = getattr(executor, "_max_workers", None) or len(order)
    share = 1 / -(-len(order) // workers)
    futures = {
        number: executor.submit(Stretch.walk, joint.stretch(number, phase, seed, seconds, share)) for number in order
    }
    return [futures[number].result() for number in range(len(order))]


def _phases(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Steps that parts take without hearing of one another: up to a step that joins them, and from there."""
    phase: list[str] = []
    for name in names:
        phase.append(name)
        if OBJECTIVES[name].joins or name == names[-1]:
            yield tuple(phase)
            phase = []


def _joined(steps: Sequence[Step]) -> Step:
    """The step of the whole round: the least or the worst of its parts, or their sum."""
    objective = OBJECTIVES[steps[0].name]
    value = objective.joined(step.value for step in steps)
    bound = objective.joined(step.bound for step in steps)
    return Step(objective.name, value, bound, max(step.seconds for step in steps))


__all__ = ["Part", "Stretch", "parts_of", "solve_apart"]
