"""``explain --all``: why not, of everybody not proposed, on all cores; who can never be seated is said up front."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from selection.commands.answers_json import answer_json, who_json
from selection.commands.applied import print_not_applied
from selection.commands.round import Round, conflict_told, proposed
from selection.commands.terminal import err, out
from selection.constraints import build_rows
from selection.explain.everybody import Question, never_seated, open_questions, why_not_all
from selection.explain.not_applied import applied_json
from selection.explain.sentences import answer_sentences, never_sentence
from selection.explain.why import Answer
from selection.model.roster import sort_name
from selection.model.titles import table_name
from selection.outputs.json_proposal import write_json
from selection.proposal import Proposal
from selection.solving.conflict import conflict_named
from selection.solving.run import Run
from selection.texts import text

SCHEMA = "selection.explanations/1"

#: With fewer questions than this a second process is not worth its start.
WORTH_A_PROCESS = 12


def explain_everybody(
    round: Round, *, seed: str | None, table: str | None, time_limit: float | None, json: Path | None
) -> None:
    """Ask and tell; ``time_limit`` (seconds) is of each question."""

    never = never_under(round)
    if never:
        out.print(never_sentence(never, round.names), markup=False, soft_wrap=True)
    proposal = proposed(round, seed=seed)
    questions = tuple(one for one in open_questions(proposal) if table in (None, one[1]))
    answers = ask_all(proposal, questions, time_limit)
    said = [answer_sentences(answer, round.rules, round.names) for answer in answers]
    nowhere = _nowhere(proposal) if table is None else ()
    if json:
        write_json(everybody_json(round, proposal, never, answers, said, nowhere), json)
    people = {one.key: one for one in round.pool.applicants}
    for at in round.pool.tables:
        lines = sorted(
            (sort_name(people[answer.key].name), answer.key, lines)
            for answer, lines in zip(answers, said, strict=True)
            if answer.table == at
        )
        if lines:
            out.print(text("explain.all.table", table=table_name(round.rules, at), n=len(lines)), markup=False)
        for _, _, (first, *rest) in lines:
            for line in (first, *(f"  {one}" for one in rest)):
                out.print(f"  {line}", markup=False, soft_wrap=True)
    for key in nowhere:
        out.print(text("explain.no_table", name=people[key].name), markup=False, soft_wrap=True)
    print_not_applied(round.pool, round.rules)


def never_under(round: Round) -> tuple[str, ...]:
    """Keys of those who can never be seated; a conflict ends the command."""
    rows = build_rows(round.pool, round.rules, round.locks.checked(round.pool, round.rules))
    with conflict_told(round.pool, round.rules, round.locks), conflict_named(rows):
        return never_seated(rows)


def ask_all(proposal: Proposal, questions: tuple[Question, ...], time_limit: float | None) -> tuple[Answer, ...]:
    """The step that decides of each question, on all cores, told as it goes."""

    def answered(step: str, done: int, total: int) -> None:
        err.print(text("explain.all.progress", done=done, total=total), markup=False)

    run = Run(time_limit=time_limit, progress=answered)
    cores = os.cpu_count() or 1
    if cores == 1 or len(questions) < WORTH_A_PROCESS:
        return why_not_all(proposal, questions=questions, run=run)
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as executor:
        return why_not_all(proposal, questions=questions, run=replace(run, executor=executor))


def _nowhere(proposal: Proposal) -> tuple[str, ...]:
    """Keys of those who stand for no seat at all."""
    standing = {one.applicant for one in proposal.pool.candidates}
    return tuple(one.key for place, one in enumerate(proposal.pool.applicants) if place not in standing)


def everybody_json(
    round: Round,
    proposal: Proposal,
    never: tuple[str, ...],
    answers: tuple[Answer, ...],
    said: list[list[str]],
    nowhere: tuple[str, ...],
) -> dict[str, Any]:
    """Everybody's answers, by person key: never in an order of merit."""
    people = {one.key: one for one in round.pool.applicants}
    return {
        "schema": SCHEMA,
        "rules": round.rules.name,
        "seed": proposal.seed,
        "never_seated": [who_json(people[key]) for key in never],
        "no_table": [who_json(people[key]) for key in nowhere],
        "answers": [
            {"person": who_json(people[answer.key]), **answer_json(answer, lines, round.names)}
            for answer, lines in zip(answers, said, strict=True)
        ],
        **applied_json(round.pool, round.rules),
    }
