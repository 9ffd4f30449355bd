"""Answers as JSON, shared by the commands that give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from selection.errors import Conflicting
from selection.explain.roster_steps import Move, Place, RowChange, StepChange
from selection.explain.sentences import substitute_sentence
from selection.explain.substitution import Substitute
from selection.explain.why import Answer
from selection.model.people import Applicant
from selection.outputs.json_proposal import part_of


def who_json(person: Applicant) -> dict[str, Any]:
    """Who is meant, and where the application stands."""
    origin = person.origin
    place = {"sheet": origin.sheet if origin else None, "row": origin.row if origin else None, "part": part_of(origin)}
    return {"name": person.name, "key": person.key, **place}


def place_json(one: Place | None) -> dict[str, str] | None:
    """A seat: its table and role."""
    return None if one is None else {"table": one.table, "role": one.role.value}


def step_json(one: StepChange) -> dict[str, Any]:
    """A step before and after."""
    return {"name": one.name, "before": one.before, "after": one.after, "worse_by": one.worse_by}


def moves_json(moves: Iterable[Move], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Who comes, goes or changes seats."""
    return [
        {
            "name": names.get(one.key),
            "key": one.key,
            "before": place_json(one.before),
            "after": place_json(one.after),
        }
        for one in moves
    ]


def change_json(one: RowChange) -> dict[str, Any]:
    """A requirement or goal before and after."""
    return {
        "id": one.after.id,
        "value": one.after.value,
        "table": one.after.table,
        "role": one.after.role,
        "priority": one.after.priority,
        "count": {"before": one.before.count, "after": one.after.count},
        "deviation": {"before": one.before.deviation, "after": one.after.deviation},
        "at_least": one.after.at_least,
        "at_most": one.after.at_most,
    }


def answer_json(answer: Answer, sentences: list[str], names: Mapping[str, str]) -> dict[str, Any]:
    """An answer: the numbers, and the sentences that tell them."""
    return {
        "supposed": answer.supposed,
        "table": answer.table,
        "role": answer.role,
        "verdict": answer.verdict,
        "steps": [step_json(one) for one in answer.steps],
        "goals": [change_json(one) for one in answer.goals],
        "moves": moves_json(answer.moves, names),
        "conflict": [conflicting_json(one) for one in answer.conflict],
        "at_least": None if answer.at_least is None else asdict(answer.at_least),
        "sentences": sentences,
    }


def conflicting_json(one: Conflicting) -> dict[str, Any]:
    """A requirement of a conflict; shares as numbers from 0 to 1."""
    shares = {name: getattr(one, name) for name in ("at_least_share", "at_most_share")}
    told = {name: value for name, value in asdict(one).items() if name != "asks"}
    return told | {name: None if share is None else float(share) for name, share in shares.items()}


def substitute_json(one: Substitute, names: Mapping[str, str]) -> dict[str, Any]:
    """A substitute, with what changes."""
    return {
        "name": names[one.key],
        "key": one.key,
        "rises": one.rises,
        "deputy": None if one.deputy is None else {"name": names[one.deputy], "key": one.deputy},
        "steps": [step_json(step) for step in one.steps],
        "requirements": [change_json(change) for change in one.requirements],
        "goals": [change_json(change) for change in one.goals],
        "sentence": substitute_sentence(one, names),
    }
