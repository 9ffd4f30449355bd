"""A version of the roster as it stands now: its seats, the rules it was made by, the locks in force, and its state."""

from __future__ import annotations

from dataclasses import replace

from selection import actions as do
from selection.errors import LockError, SelectionError
from selection.model.locks import Locks
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.model.state import State
from selection.rounds import held
from selection.rounds import state as states
from selection.rounds.desk import Desk, board_locks, file_locks


def seats_of(desk: Desk, roster: do.Roster) -> tuple[Seat, ...]:
    """The seats of a roster as the core has them; people no longer in the pool hold none."""
    known = {seat.person for seat in roster.seats} & set(desk.pool.places)
    return tuple(
        one if one.deputy_of in known else replace(one, deputy_of=None)
        for one in roster.seats
        if one.person in known and one.table in desk.pool.tables
    )


def state_of(desk: Desk, store: do.Store, user: do.User) -> State:
    """What is true of the roster at work now.

    Raises
    ------
    SelectionError
        where the records cannot be read.
    """
    assert desk.version is not None
    gone = desk.round.erased
    return states.state_of_version(
        desk.version.facts or {},
        seats_of(desk, desk.roster),
        () if gone == "all" else desk.rows.standings(desk.chosen),
        made_by=rules_of(desk, desk.version, store, user),
        rules=desk.rules,
        locks=base_locks(desk),
        applicants=desk.pool.applicants,
        erased=gone,
        pool=None if gone == "all" else desk.pool,
    )


def under_own_rules(desk: Desk, store: do.Store, user: do.User) -> Desk:
    """The desk under the rules that the version was made by, where the round has others now."""
    assert desk.version is not None
    rules = rules_of(desk, desk.version, store, user)
    if rules is desk.rules:
        return desk
    return replace(desk, rules=rules, pool=desk.pool.of(desk.pool.applicants, rules), made={})


def rules_of(desk: Desk, version: do.VersionRow, store: do.Store, user: do.User) -> Rules:
    """The rules that a version was made by; the round's own where they are the same, or can no longer be read."""
    if version.rules_id is None or version.rules_id == desk.round.rules_id:
        return desk.rules
    try:
        return parse_rules(do.rules_text(store, user, desk.round.id, version.rules_id), desk.round.name)
    except SelectionError:
        return desk.rules


def locks_in_force(desk: Desk) -> Locks:
    """The locks of the rules file, those set in the app, and what the proposal kept of changes made by hand; of the
    file's only where they fit the people there are."""
    base = base_locks(desk)
    if desk.version is None:
        return base
    standing = held.standing(desk.version.facts or {}, desk.roster)
    return held.locks_with(base, held.splitting(standing, desk.pool, base)[0])


def base_locks(desk: Desk) -> Locks:
    try:
        own = file_locks(desk.rules, desk.people, desk.pool)
    except LockError:
        own = Locks()
    return own.plus(board_locks(desk.locks, desk.by_id, desk.pool))
