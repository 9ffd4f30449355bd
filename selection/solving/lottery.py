"""The order of lots, and the drawing of lots that leaves one roster of all that are equally good."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.seal import lot_of
from selection.solver import OutOfTime, Program

#: An answer to a question: 0/1 variables one of which is then 1.
Alternative = Sequence[int]

#: So many different answers the questions of one solve can have together: exact well within a solver's precision.
MOST_ANSWERS = 1 << 16


def lot_order(pool: Pool, seed: str) -> tuple[int, ...]:
    """Places of the applicants in the order of lots.

    The order is that of SHA-256 over the seed and the person's own key: anybody can repeat it, and neither the order of
    rows in a file nor anybody else's application changes who stands before whom. In a sealed pool it is that of
    :func:`selection.model.seal.lot_of`.
    """

    def lot(place: int) -> str:
        if pool.seal is not None:
            return lot_of(seed, pool.applicants[place].key)
        return hashlib.sha256(f"{seed}\n{pool.applicants[place].key}".encode()).hexdigest()

    return tuple(sorted(range(len(pool.applicants)), key=lot))


def draw_lots(program: Program, pool: Pool, order: Sequence[int], narrow: Callable[[], object] = lambda: None) -> bool:
    """Leave one roster: in the order of lots each applicant is seated if any roster still left seats them.

    Then, again in the order of lots, each of the seated gets the first of the seats that some roster still left gives
    them: their wishes in order, member before deputy. The program's bounds are changed to that roster.
    False if the time limit passed before the end: then the program's values are the best roster so far.

    Parameters
    ----------
    narrow
        Called before each solve: it may fix in the program what no roster left can have.
    """
    seats = _seats_by_wish(pool)
    if not answer_in_order(program, [(seats[place],) for place in order], narrow=narrow):
        return False
    # Whoever gets none of the others has the last one.
    return answer_in_order(program, [[(seat,) for seat in seats[place][:-1]] for place in order], narrow=narrow)


def _seats_by_wish(pool: Pool) -> list[tuple[int, ...]]:
    """For each applicant the candidates: the first table before the others, member before deputy."""
    seats: list[list[int]] = [[] for _ in pool.applicants]
    for place, candidate in enumerate(pool.candidates):
        seats[candidate.applicant].append(place)

    def rank(place: int) -> tuple[int, int, bool]:
        candidate = pool.candidates[place]
        wishes = pool.applicants[candidate.applicant].wishes
        table = pool.tables[candidate.table]
        return (wishes.index(table) if table in wishes else 0, candidate.table, candidate.role != Role.MEMBER)

    return [tuple(sorted(one, key=rank)) for one in seats]


def answer_in_order(
    program: Program,
    questions: Iterable[Sequence[Alternative]],
    *,
    most: int | None = None,
    narrow: Callable[[], object] = lambda: None,
) -> bool:
    """Answer questions one after the other, each with the first of its alternatives that can still be; False if the
    time limit passed.

    Of all variables of a question at most one is 1; where none can be, the answer is none of the alternatives. What the
    solution at hand answers with the first that can be, and what is fixed already, needs no solve.

    Parameters
    ----------
    most
        So many questions have an answer in every solution: the rest is then known to have none. ``None`` where that is
        not known.
    narrow
        See :func:`draw_lots`.
    """
    waiting = deque(questions)
    answered = 0
    while waiting:
        if answered == most:
            for question in waiting:
                _fix(program, question, None)
            return True
        block: list[Sequence[Alternative]] = []
        size = 1
        while waiting and answered != most:
            question = [one for one in waiting[0] if any(program.upper(variable) for variable in one)]
            found = _answer(program, question)
            known = not any(program.is_open(variable) for one in question for variable in one)
            if known or (found == 0 and not block):
                answered += found is not None
                if not known:
                    _fix(program, question, found)
            elif block and size * (len(question) + 1) > MOST_ANSWERS:
                break
            else:
                block.append(question)
                size *= len(question) + 1
            waiting.popleft()
        if block:
            narrow()
        weights: dict[int, int] = {}
        for question in block:
            size //= len(question) + 1
            for number, alternative in enumerate(question):
                weights |= dict.fromkeys(alternative, (number - len(question)) * size)
        try:
            proven = not block or program.minimise(weights).proven
        except OutOfTime:
            return False
        if not proven:
            return False
        for question in block:
            found = _answer(program, question)
            _fix(program, question, found)
            answered += found is not None
    return True


def _answer(program: Program, question: Sequence[Alternative]) -> int | None:
    """Which alternative the solution at hand has."""
    for number, alternative in enumerate(question):
        if any(program.values[variable] > 0.5 for variable in alternative):
            return number
    return None


def _fix(program: Program, question: Sequence[Alternative], answer: int | None) -> None:
    for number, alternative in enumerate(question):
        if number != answer:
            for variable in alternative:
                program.set_bounds(variable, 0, 0)
        elif len(alternative) == 1:
            program.set_bounds(alternative[0], 1, 1)
        else:
            program.add_row(dict.fromkeys(alternative, 1), 1, None)
