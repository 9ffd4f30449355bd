"""Programs made narrower: what no solution of a step's value can have is fixed, before the step or after it.

Only for programs whose step values will not be loosened again. CBC has no relaxation to go by and fixes nothing: a
shortcut, never needed.
"""

from __future__ import annotations

import math

from selection.solver import CARRIED_ROOM, Minimum, OutOfTime, Program
from selection.solving.engine import Expression, Infeasible
from selection.solving.relaxation import Relaxation

#: A second proof is a check of the solver's presolve, taken where it is cheap: in rounds of 60 people who name three
#: tables it would take longer than the first. So long it may take, as a part of the first run and at least in seconds.
SECOND_SHARE, LEAST_SECOND = 0.25, 0.05

#: How many values from the relaxation's bound on are tried. Mostly it is the first, and each that fails costs a small
#: run (measured on 163 to 400 applicants: ``pairs`` takes half as long).
TRIED_VALUES = 2


def tighten(program: Program, expression: Expression, value: int) -> int:
    """Fix what no solution with at most this value can have; how many variables were fixed."""
    relaxed = program.relaxed(expression) if expression else None
    return len(_keep_ends(program, relaxed, value)) if relaxed else 0


def proven_twice(
    program: Program, expression: Expression, best: Minimum, seconds: float
) -> tuple[Minimum, dict[int, int]]:
    """A proven least value, asked about a second time by other means; or a better one. With it variables that have one
    value in every solution of that value, and the value: nothing stays fixed here.

    HiGHS 1.16 was seen to call a wrong value proven with presolve on. Mostly the relaxation's bound is that value,
    which is a proof of its own. Where it does not, what no solution of that value has is fixed, and a run without
    presolve looks for a value that is less by one: on what is left it mostly takes a fraction of the first run. Where
    it would take more than that of the ``seconds`` of the first run, the first stands.
    """
    relaxed = program.relaxed(expression) if expression and best.proven else None
    if relaxed is None:
        return best, {}
    ends = dict(relaxed.kept_ends(best.value + CARRIED_ROOM))
    if math.ceil(relaxed.value - 1e-6) >= best.value:
        return best, ends
    freed = _keep_ends(program, relaxed, best.value)
    number = program.add_row(expression, None, best.value - 1 + CARRIED_ROOM)
    try:
        again = program.minimise(expression, presolve=False, seconds=max(LEAST_SECOND, SECOND_SHARE * seconds))
    except (Infeasible, OutOfTime):
        return best, ends
    finally:
        program.set_row_bounds(number, None, None)
        for variable, bounds in freed.items():
            program.set_bounds(variable, *bounds)
    return (again, {}) if again.value < best.value else (best, ends)


def narrow_to_least(program: Program, expression: Expression) -> Minimum:
    """The least value as :meth:`selection.solver.Program.minimise` finds it; what no solution of that value can have is
    then fixed.

    No solution is below the relaxation's value, and its reduced costs leave a much smaller program that still has every
    solution of at most a value that is tried. If one is found there, it is a least one of all; and if the best there is
    higher, no solution has the value tried.

    Raises
    ------
    Infeasible, OutOfTime
        as :meth:`selection.solver.Program.minimise`.
    """
    relaxed = program.relaxed(expression) if expression else None
    if relaxed is None:
        return program.minimise(expression)
    least = math.ceil(relaxed.value - 1e-6)
    best: Minimum | None = None
    for most in range(least, least + TRIED_VALUES):
        try:
            best = _within(program, expression, relaxed, most)
        except Infeasible:
            best = None
        except OutOfTime as late:
            raise OutOfTime(min(late.bound, most + 1)) from None
        if best and best.value <= most:
            return best
        if best and not best.proven:
            return Minimum(best.value, min(best.bound, most + 1), False)
        # HiGHS is not taken at its word that nothing is left: a solution is a proof, none found is none.
        if best is None or best.value == most + 1:
            break
    if best is None or best.value > most + 1:
        best = program.minimise(expression)
    if best.proven:
        _keep_ends(program, relaxed, best.value)
    return best


def _within(program: Program, expression: Expression, relaxed: Relaxation, most: int) -> Minimum:
    """The least value of what is left when all solutions of at most a value are; that stays fixed if one is found."""
    freed = _keep_ends(program, relaxed, most)
    found: Minimum | None = None
    try:
        found = program.minimise(expression)
        return found
    finally:
        if found is None or found.value > most:
            for variable, bounds in freed.items():
                program.set_bounds(variable, *bounds)


def _keep_ends(program: Program, relaxed: Relaxation, most: int) -> dict[int, tuple[int, int | None]]:
    """Fix what no solution of at most this value can have; the bounds that these variables had."""
    freed = {}
    for variable, end in relaxed.kept_ends(most + CARRIED_ROOM):
        freed[variable] = program.bounds(variable)
        program.set_bounds(variable, end, end)
    return freed
