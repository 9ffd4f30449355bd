"""Why not, of everybody not proposed at once, over processes; and who can never be seated under the rules."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import replace
from threading import local
from typing import Unpack
from uuid import uuid4

from selection.explain.barred import barred
from selection.explain.why import Answer, Questions
from selection.model.rows import Rows
from selection.proposal import Proposal
from selection.solving.run import PLAIN, Run, RunOptions

#: A question: person key and table.
Question = tuple[str, str]

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
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> tuple[Answer, ...]:
    """The step that decides for each question, in the order of the questions; stopped, of those answered so far.

    Parameters
    ----------
    questions
        Those of :func:`open_questions` by default.
    run, options
        As of :func:`selection.proposal.propose`. The time limit is of each question. An executor runs them in chunks;
        the answers do not depend on it. Progress is told in this process after each chunk: ``questions``, how many are
        answered, and how many there are.
    """
    run = replace(run or PLAIN, **options)
    asked = open_questions(proposal) if questions is None else tuple(questions)
    chunks = [asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK)]
    alone = replace(run.whole, time_limit=run.time_limit)
    if run.executor is not None:
        answers = _side_by_side(proposal, chunks, alone, run, run.executor)
    else:
        answers = {}
        programs = Questions(proposal.rows, proposal.chosen, run=replace(alone, stoppable=run.stoppable))
        for number, chunk in enumerate(chunks):
            answers[number] = answered(programs, chunk)
            run.begins("questions", sum(map(len, answers.values())), len(asked))
            if programs.stopped.is_set():
                break
    return tuple(answer for number in sorted(answers) for answer in answers[number])


def answered(questions: Questions, wanted: Sequence[Question]) -> tuple[Answer, ...]:
    """The step that decides for each question; stopped, of those answered so far, without one that a stop left open."""
    answers: list[Answer] = []
    for key, table in wanted:
        if questions.stopped.is_set():
            break
        answer = questions.why_not(key, table, whole=False)
        if questions.stopped.is_set() and answer.verdict == "open":
            break
        answers.append(answer)
    return tuple(answers)


def _side_by_side(
    proposal: Proposal, chunks: Sequence[Sequence[Question]], alone: Run, run: Run, executor: Executor
) -> dict[int, tuple[Answer, ...]]:
    """The answers of each chunk; a stop leaves out those that nobody has begun."""
    asking, stopped = uuid4().hex, run.stopped()
    every, done = sum(map(len, chunks)), 0
    answers: dict[int, tuple[Answer, ...]] = {}
    running: dict[Future[tuple[Answer, ...]], int] = {
        executor.submit(_answer_chunk, asking, proposal.rows, proposal.chosen, chunk, alone): number
        for number, chunk in enumerate(chunks)
    }
    try:
        for future in as_completed(running):
            if stopped.is_set():
                for waiting in running:
                    waiting.cancel()
            if future.cancelled():
                continue
            answers[running[future]] = future.result()
            done += len(chunks[running[future]])
            run.begins("questions", done, every)
    except BaseException:
        for future in running:
            future.cancel()
        raise
    return answers


#: The programs of the asking that this thread answers.
_at_hand = local()


def _answer_chunk(
    asking: str, rows: Rows, roster: Sequence[int], chunk: Sequence[Question], run: Run
) -> tuple[Answer, ...]:
    if getattr(_at_hand, "asking", None) != asking:
        _at_hand.asking, _at_hand.questions = asking, Questions(rows, roster, run=run)
    programs: Questions = _at_hand.questions
    return answered(programs, chunk)


def never_seated(rows: Rows, run: Run = PLAIN) -> tuple[str, ...]:
    """Keys of the applicants whom no roster that meets the requirements seats, by key.

    It is brought to its end, whatever the limit of the run.

    Raises
    ------
    Infeasible
        if there is no roster at all.
    """
    applicants = rows.pool.applicants
    never = barred(rows, range(len(applicants)), run)
    return tuple(applicant.key for place, applicant in enumerate(applicants) if place in never)
