"""Why not, of everybody not proposed at once, over processes; and who can never be seated under the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from threading import local
from uuid import uuid4

from selection.explain.roster_steps import checked
from selection.explain.why import Answer, Questions
from selection.model.rows import Rows
from selection.proposal import Proposal
from selection.solver import Program, SolverName, total

#: A question: person key and table.
Question = tuple[str, str]

#: Called with how many questions are answered, and how many there are.
Answered = Callable[[int, int], None]

#: Questions a process is handed at once: few enough for progress. It makes its programs once for all its chunks.
CHUNK = 4


def open_questions(proposal: Proposal) -> tuple[Question, ...]:
    """Each applicant without a seat, at each table where they would sit; by person key and table."""
    pool = proposal.pool
    seated = {seat.person for seat in proposal.seats if seat.role != "reserve"}
    asked = dict.fromkeys((pool.applicants[one.applicant].key, pool.tables[one.table]) for one in pool.candidates)
    return tuple(question for question in asked if question[0] not in seated)


def why_not_all(
    proposal: Proposal,
    *,
    questions: Sequence[Question] | None = None,
    executor: Executor | None = None,
    solver: SolverName = "HiGHS",
    seconds: float | None = None,
    progress: Answered | None = None,
) -> tuple[Answer, ...]:
    """The step that decides for each question, in the order of the questions.

    Parameters
    ----------
    questions
        Those of :func:`open_questions` by default.
    executor
        Runs the questions in chunks; ``None`` for this process. The answers do not depend on it.
    seconds
        For each question; ``None`` for no limit.
    progress
        Called in this process after each chunk.
    """
    asked = open_questions(proposal) if questions is None else tuple(questions)
    chunks = [asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK)]
    answers: dict[int, tuple[Answer, ...]] = {}
    done = 0
    if executor is None:
        programs = Questions(proposal.rows, proposal.chosen, solver=solver, seconds=seconds)
        for number, chunk in enumerate(chunks):
            answers[number] = tuple(programs.why_not(key, table, whole=False) for key, table in chunk)
            done += len(chunk)
            if progress:
                progress(done, len(asked))
        return tuple(answer for number in range(len(chunks)) for answer in answers[number])
    asking = uuid4().hex
    running: dict[Future[tuple[Answer, ...]], int] = {
        executor.submit(_answer_chunk, asking, proposal.rows, proposal.chosen, chunk, solver, seconds): number
        for number, chunk in enumerate(chunks)
    }
    try:
        for future in as_completed(running):
            answers[running[future]] = future.result()
            done += len(chunks[running[future]])
            if progress:
                progress(done, len(asked))
    except BaseException:
        for future in running:
            future.cancel()
        raise
    return tuple(answer for number in range(len(chunks)) for answer in answers[number])


#: The programs of the asking that this thread answers.
_at_hand = local()


def _answer_chunk(
    asking: str,
    rows: Rows,
    roster: Sequence[int],
    chunk: Sequence[Question],
    solver: SolverName,
    seconds: float | None,
) -> tuple[Answer, ...]:
    if getattr(_at_hand, "asking", None) != asking:
        _at_hand.asking, _at_hand.questions = asking, Questions(rows, roster, solver=solver, seconds=seconds)
    programs: Questions = _at_hand.questions
    return tuple(programs.why_not(key, table, whole=False) for key, table in chunk)


def never_seated(rows: Rows, *, solver: SolverName = "HiGHS") -> tuple[str, ...]:
    """Keys of the applicants whom no roster that meets the requirements seats, by key.

    Rosters that seat as many as possible of those not yet seen in one are asked for until one seats nobody new.

    Raises
    ------
    Infeasible
        if there is no roster at all.
    """
    pool = rows.pool
    seats: dict[int, list[int]] = {place: [] for place in range(len(pool.applicants))}
    for place, candidate in enumerate(pool.candidates):
        seats[candidate.applicant].append(place)
    program = Program(len(pool.candidates), solver=solver)
    for row in rows.requirements:
        program.add(row)
    unseen = list(seats)
    while True:
        wanted = total([place for one in unseen for place in seats[one]], -1)
        if program.minimise(wanted).value == 0:
            return tuple(pool.applicants[one].key for one in unseen)
        chosen = checked(rows, program.chosen(len(pool.candidates)))
        unseen = [one for one in unseen if not any(chosen[place] for place in seats[one])]
