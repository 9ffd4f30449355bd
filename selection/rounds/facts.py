"""Facts of a proposal's making, as versions of a roster keep them: what it was computed from, and what it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selection.model.locks import AnyOf, Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Roster, Seat
from selection.outputs.amendments import digest_of
from selection.proposal import Proposal
from selection.solving.steps import Step

#: The roster as the program made it, beside the draft that people change.
MADE = "made"
_LOCKS, _PEOPLE, _ASKED = "locks", "people", "asked"


def facts_of(made: Proposal, pool: Pool, locks: Locks) -> dict[str, Any]:
    """What is kept of a proposal's making."""
    return {
        "seed": made.seed,
        "solver": made.solver,
        "solver_version": made.solver_version,
        "seconds": round(made.seconds, 3),
        "proven": made.proven,
        "steps": [{"name": step.name, "value": step.value, "bound": step.bound} for step in made.steps],
        _LOCKS: {
            "seated": [[one.key, one.table, one.role.value if one.role else None] for one in locks.seated],
            "kept_out": list(locks.kept_out),
            "kept_apart": [list(group) for group in locks.kept_apart],
            "kept_from": [[one.key, one.table, one.role.value if one.role else None] for one in locks.kept_from],
            "kept_together": [list(group) for group in locks.kept_together],
            "one_of": [[list(one.keys), one.table, one.role.value if one.role else None] for one in locks.one_of],
        },
        _PEOPLE: digest_of(pool.applicants),
        _ASKED: None if pool.asked is None else sorted(pool.asked),
    }


def made_roster(facts: Mapping[str, Any]) -> tuple[Seat, ...] | None:
    """The roster as the program proposed it; ``None`` where that was not kept."""
    held = facts.get(MADE)
    return None if held is None else Roster.from_json(held).seats


def made_locks(facts: Mapping[str, Any]) -> Locks | None:
    """The locks that it was computed with; ``None`` where they were not kept."""
    held = facts.get(_LOCKS)
    if held is None:
        return None
    return Locks(
        tuple(Seated(key, table, Role(role) if role else None) for key, table, role in held["seated"]),
        tuple(held["kept_out"]),
        tuple(tuple(group) for group in held["kept_apart"]),
        tuple(Seated(key, table, Role(role) if role else None) for key, table, role in held.get("kept_from", ())),
        tuple(tuple(group) for group in held.get("kept_together", ())),
        tuple(AnyOf(tuple(keys), table, Role(role) if role else None) for keys, table, role in held.get("one_of", ())),
    )


def same_people(facts: Mapping[str, Any], applicants: Iterable[Applicant]) -> bool:
    """Whether it was computed from these people as they are; taken as so where that was not kept."""
    held = made_digest(facts)
    return held is None or held == digest_of(applicants)


def made_digest(facts: Mapping[str, Any]) -> str | None:
    """The digest of the people that it was computed from; ``None`` where it was not kept."""
    held = facts.get(_PEOPLE)
    return held if isinstance(held, str) else None


def made_asked(facts: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The fields that it took as asked; ``None`` where they were not kept or all were."""
    held = facts.get(_ASKED)
    return None if held is None else tuple(held)


def steps_of(facts: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps taken, each with its value and its bound."""
    return tuple(Step(one["name"], one["value"], one["bound"], 0.0) for one in facts.get("steps", ()))
