"""What a proposal was computed and decided from, where data were changed since: rebuilt from the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selection import actions as do
from selection.model.pool import Pool
from selection.outputs.amendments import Amendment, Digest, amendments, plain
from selection.rounds import facts
from selection.rounds.desk import Desk, asked_fields


@dataclass(frozen=True)
class Solved:
    """What was otherwise when the proposal was computed.

    Attributes
    ----------
    amendments
        What turns the people of the pool as they are into those that the proposal was computed from.
    asked
        The fields it took as asked, of those that the rules name; ``None`` where they are the same now.
    """

    amendments: tuple[Amendment, ...]
    asked: tuple[str, ...] | None


def as_decided(desk: Desk, files: Sequence[do.FileRow]) -> Desk:
    """The desk with the applications that were decided from: without those of a supplementary call."""
    since = desk.since
    if not since:
        return desk
    people = {}
    for key, person in desk.people.items():
        was = since.get(person.id, person)
        if was is not None:
            # What only people read and never decided from is of now: non-disclosure above all.
            people[key] = replace(was, contact=person.contact, notes=person.notes, non_disclosure=person.non_disclosure)
    kept = {person.file_id for person in people.values()}
    gone = {person.file_id for person in desk.people.values()} - kept
    asked = asked_fields([file for file in files if file.id not in gone], people)
    applicants = [person.as_applicant() for person in people.values() if person.in_pool]
    return replace(
        desk,
        people=people,
        pool=Pool.build(applicants, desk.rules, asked, left_out=desk.pool.left_out, waived=desk.pool.waived),
        made={},
    )


def at_the_solve(desk: Desk, made: Mapping[str, Any], store: do.Store, user: do.User) -> Solved | None:
    """What was otherwise when the proposal of the desk was computed; ``None`` where that is not known any more."""
    then = people_at_the_solve(desk, made, store, user)
    if then is None:
        return None
    files = do.source_files(store, user, desk.round.id)
    people = [plain(row.as_applicant()) for row in then.values() if row.in_pool]
    return Solved(amendments(desk.pool.applicants, people), _asked(desk, made, then, files))


def people_at_the_solve(
    desk: Desk, made: Mapping[str, Any], store: do.Store, user: do.User
) -> Mapping[str, do.ApplicationRow] | None:
    """Every application by person key as it was when the proposal was computed; ``None`` where that is not known.

    Goes back through the changes of the applications until those in the pool are the ones whose digest was kept.
    """
    wanted = facts.made_digest(made)
    if wanted is None:
        return None
    rows = {row.id: row for row in desk.people.values()}
    digest = Digest()
    for row in rows.values():
        _count(digest, row)
    if digest.value() == wanted:
        return desk.people
    for before in do.earlier_applications(store, user, desk.round.id):
        for application_id, was in before.items():
            now = rows.pop(application_id, None)
            if now is not None:
                digest.leave(now.person_key)
            if was is not None:
                rows[application_id] = was
                _count(digest, was)
        if digest.value() == wanted:
            return {row.person_key: row for _, row in sorted(rows.items())}
    return None


def _count(digest: Digest, row: do.ApplicationRow) -> None:
    if row.in_pool:
        digest.count(row.as_applicant())


def _asked(
    desk: Desk, made: Mapping[str, Any], then: Mapping[str, do.ApplicationRow], files: Sequence[do.FileRow]
) -> tuple[str, ...] | None:
    named = set(desk.rules.fields)
    kept = facts.made_asked(made)
    asked = asked_fields(files, then) if kept is None else frozenset(kept)
    before, after = (named if one is None else named & one for one in (asked, desk.pool.asked))
    return None if before == after else tuple(sorted(before))
