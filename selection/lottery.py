"""The order of lots, and the drawing of lots that leaves one roster of all that are equally good."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from selection.pool import Pool, Role
from selection.solver import OutOfTime, Program

#: Questions asked in one solve, weighted by powers of two: exact well within a solver's precision.
BLOCK = 16


def lot_order(pool: Pool, seed: str) -> tuple[int, ...]:
    """Places of the applicants in the order of lots.

    The order is that of SHA-256 over the seed and the person's own key: anybody can repeat it, and neither the order of
    rows in a file nor anybody else's application changes who stands before whom.
    """

    def lot(place: int) -> str:
        return hashlib.sha256(f"{seed}\n{pool.applicants[place].key}".encode()).hexdigest()

    return tuple(sorted(range(len(pool.applicants)), key=lot))


def draw_lots(program: Program, pool: Pool, order: Sequence[int]) -> bool:
    """Leave one roster: in the order of lots each applicant is seated if any roster still left seats them.

    Then, again in the order of lots, each of the seated gets the first of the seats that some roster still left gives
    them: their wishes in order, member before deputy. The program's bounds are changed to that roster.
    False if the time limit passed before the end: then the program's values are the best roster so far.
    """
    seats = _seats_by_wish(pool)
    if not answer_in_order(program, [seats[place] for place in order if seats[place]]):
        return False
    for place in order:
        if not _answer(program, seats[place]):
            _fix(program, seats[place], False)
    return answer_in_order(program, [(seat,) for place in order for seat in seats[place] if len(seats[place]) > 1])


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


def answer_in_order(program: Program, questions: Sequence[tuple[int, ...]]) -> bool:
    """Answer yes-or-no questions one after the other, each yes if it still can be; False if the time limit passed.

    A question is a set of 0/1 variables of which at most one is 1. What the solution at hand answers with yes, and what
    is fixed already, needs no solve.
    """
    place = 0
    while place < len(questions):
        if _answer(program, questions[place]):
            _fix(program, questions[place], True)
            place += 1
            continue
        block: list[tuple[int, ...]] = []
        while place < len(questions) and len(block) < BLOCK:
            if any(program.is_open(variable) for variable in questions[place]):
                block.append(questions[place])
            place += 1
        weights: dict[int, int] = {}
        for number, question in enumerate(block):
            weights |= dict.fromkeys(question, -(1 << (BLOCK - 1 - number)))
        try:
            proven = not block or program.minimise(weights).proven
        except OutOfTime:
            return False
        if not proven:
            return False
        for question in block:
            _fix(program, question, _answer(program, question))
    return True


def _answer(program: Program, question: Sequence[int]) -> bool:
    return any(program.values[variable] > 0.5 for variable in question)


def _fix(program: Program, question: Sequence[int], answer: bool) -> None:
    if not answer:
        for variable in question:
            program.set_bounds(variable, 0, 0)
    elif len(question) == 1:
        program.set_bounds(question[0], 1, 1)
    else:
        program.add_row(dict.fromkeys(question, 1), 1, None)
