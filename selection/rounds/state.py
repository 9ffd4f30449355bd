"""The state of a roster in the records: what its proposal was made from, held against the round as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selection.model.applied import is_read, of_nobody, unread_requirements, waived
from selection.model.fingerprint import made_from
from selection.model.locks import Locks
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.state import State, state_of
from selection.rounds import facts as kept
from selection.rounds.held import carried, locks_with


def state_of_version(
    facts: Mapping[str, Any],
    seats: Sequence[Seat],
    standings: Iterable[Standing],
    *,
    made_by: Rules,
    rules: Rules,
    locks: Locks,
    applicants: Iterable[Applicant],
    erased: str | None = None,
    pool: Pool | None = None,
) -> State:
    """The state of a version.

    Parameters
    ----------
    facts
        Of its making, as the version keeps them.
    standings
        How every requirement stands for it under the round's rules and locks as they are.
    made_by, rules
        The rules that it was made by, and those of the round now.
    locks
        Of the rules file and of the round now, without what is held of changes made by hand.
    applicants
        Of the pool now.
    pool
        What was read of them; ``None`` where nobody is left to count.
    """
    steps = kept.steps_of(facts)
    proposed = kept.made_roster(facts)
    # A version of before rosters were kept beside the draft: nobody knows what was changed since.
    base = proposed if proposed is not None else tuple(seats)
    state = state_of(
        seats,
        standings,
        base if steps else None,
        proven=bool(facts.get("proven", False)),
        older_than=_older(facts, made_by, rules, locks, applicants) if steps and not erased else (),
        erased=erased,
        waived=() if pool is None else waived(pool, rules),
        of_nobody=() if pool is None else of_nobody(pool, rules),
        not_applied=() if pool is None else (goal.id for goal in rules.goals if not is_read(pool, goal)),
        unread=() if pool is None else (one.id for one in unread_requirements(pool, rules)),
    )
    # The roster as proposed is gone with the people; how many were changed by hand was counted before.
    return replace(state, changed=int(facts["changed"])) if erased and "changed" in facts else state


def _older(
    facts: Mapping[str, Any], made_by: Rules, rules: Rules, locks: Locks, applicants: Iterable[Applicant]
) -> tuple[str, ...]:
    older = []
    if made_from(made_by, "")["rules"] != made_from(rules, "")["rules"]:
        older.append("rules")
    solved = kept.made_locks(facts)
    if solved is not None and not same_locks(solved, with_carried(facts, locks)):
        older.append("locks")
    if not kept.same_people(facts, applicants):
        older.append("people")
    return tuple(older)


def with_carried(facts: Mapping[str, Any], locks: Locks) -> Locks:
    """The locks with what the proposal kept of changes made by hand; a lock set since on such a person says more."""
    bound = {one.key for one in locks.seated} | set(locks.kept_out)
    return locks_with(locks, (one for one in carried(facts) if one.key not in bound))


def same_locks(one: Locks, other: Locks) -> bool:
    """Whether two sets of locks bind the same people, in whatever order."""

    def sign(locks: Locks) -> list[str]:
        return sorted(str(replace(one, keys=tuple(sorted(one.keys)))) for one in locks.entries)

    return sign(one) == sign(other)
