"""Exporting: the roster at work as the outputs take it, with all that stands behind it in the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selection import actions as do
from selection.constraints import build_rows
from selection.errors import FileError, LockError, SelectionError
from selection.intake import Intake, mapping_of, set_aside_because
from selection.intake import Mapping as ColumnMapping
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.places import tells_place
from selection.model.rules import Population, Rules
from selection.model.rules_file import parse_rules
from selection.model.state import State
from selection.outputs import amendments
from selection.outputs.going_on import GoingOn
from selection.outputs.people import Beside, Details
from selection.outputs.provenance import Provenance
from selection.outputs.readback import seat_changes
from selection.proposal import Proposal, Seat, candidates_of
from selection.records.readiness import LEFT, Settled
from selection.rounds import facts, held, intake_step, words
from selection.rounds import state as states
from selection.texts import text
from selection.ui import solved as solved_from
from selection.ui import telling
from selection.ui.desk import Desk, board_locks, file_locks


@dataclass(frozen=True)
class Export:
    """All that documents of a roster are made from."""

    proposal: Proposal
    provenance: Provenance
    files: tuple[tuple[str, str], ...]
    set_aside: tuple[tuple[str, int, str], ...]
    findings: tuple[tuple[str, int, str], ...]
    details: Mapping[str, Details]
    population: Population | None = None
    beside: tuple[Beside, ...] = ()

    @property
    def changes(self) -> int | None:
        """How many people's seats were changed by people; ``None`` where no proposal was computed."""
        return self.provenance.changed(self.proposal) if self.proposal.steps else None


def seats_of(desk: Desk, roster: do.Roster) -> tuple[Seat, ...]:
    """The seats of a roster as the core has them; people no longer in the pool hold none."""
    known = {seat.person for seat in roster.seats} & set(desk.pool.places)
    return tuple(
        Seat(one.person, one.table, Role(one.role.value), one.deputy_of if one.deputy_of in known else None)
        for one in roster.seats
        if one.person in known and one.table in desk.pool.tables
    )


def export_of(desk: Desk, store: do.Store, user: do.User) -> Export:
    """The roster at work as the outputs take it, counted anew under the rules that it was made by.

    Raises
    ------
    SelectionError
        where the records cannot be read.
    """
    assert desk.version is not None
    files = do.source_files(store, user, desk.round.id)
    if desk.version.kind == "decided":
        desk = solved_from.as_decided(desk, files)
    state = state_of(desk, store, user)
    desk = _under_own_rules(desk, store, user)
    assert desk.version is not None
    made = desk.version.facts or {}
    seats = seats_of(desk, desk.roster)
    locks = locks_in_force(desk)
    pool = desk.pool.admitting(candidates_of(desk.pool, seats))
    steps = facts.steps_of(made)
    proposed = facts.made_roster(made)
    solved = facts.made_locks(made)
    same_locks = solved is None or states.same_locks(solved, locks)
    outdated = bool(steps) and any(one in state.older_than for one in ("locks", "people"))
    untouched = proposed is None or not seat_changes(proposed, seats)
    proven = bool(made.get("proven", False))
    proposal = Proposal(
        build_rows(pool, desk.rules, locks, unread="leave_out"),
        str(made.get("seed", desk.rules.lottery.seed)),
        seats,
        steps,
        str(made.get("solver", "–")),
        str(made.get("solver_version", "–")),
        float(made.get("seconds", 0.0)),
        proven and untouched and not outdated and state.best,
    )
    then = solved_from.at_the_solve(desk, made, store, user) if outdated else None
    used_files = {person.file_id for person in desk.people.values() if person.file_id is not None}
    files = [file for file in files if file.id in used_files]
    read, mapping = read_again(desk, store, user, files)
    history = telling.lines_of(desk, store, user)
    provenance = Provenance(
        proposed=() if not steps else None if untouched else proposed,
        names={person.person_key: person.name for person in desk.people.values()},
        proven=proven if steps else None,
        solved_locks=None if same_locks else solved,
        lock_reasons=dict(_lock_reasons(desk)),
        amendments=_amendments(desk, read),
        solved_amendments=None if then is None else then.amendments,
        solved_asked=None if then is None else then.asked,
        asked=_asked(desk, read),
        mapping=mapping,
        outdated=outdated,
        going_on=_going_on(made),
        state=state,
        corrections=(*telling.corrections(desk, store, user), *telling.of_people(history)),
        changes=telling.of_seats(history) if not untouched or not steps else (),
        locks=tuple(telling.locks(desk)),
    )
    return Export(
        proposal,
        provenance,
        tuple((file.name, file.sha256) for file in files),
        tuple(_set_aside(desk, files)),
        tuple(_findings(desk, do.findings(store, user, desk.round.id))),
        {person.person_key: details_of(person) for person in desk.people.values()},
        do.population(store, user, desk.round.id),
        beside_of(desk),
    )


def _going_on(made: Mapping[str, Any]) -> GoingOn | None:
    """What was left open to question when the version was marked ready or decided."""
    held = Settled.from_facts(made)
    return None if held is None else GoingOn(held.seats, held.causes, held.reason)


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
        locks=_base_locks(desk),
        applicants=desk.pool.applicants,
        erased=gone,
        pool=None if gone == "all" else desk.pool,
    )


def _under_own_rules(desk: Desk, store: do.Store, user: do.User) -> Desk:
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
    base = _base_locks(desk)
    if desk.version is None:
        return base
    standing = held.standing(desk.version.facts or {}, desk.roster)
    return held.locks_with(base, held.splitting(standing, desk.pool, base)[0])


def _base_locks(desk: Desk) -> Locks:
    try:
        own = file_locks(desk.rules, desk.people, desk.pool)
    except LockError:
        own = Locks()
    return own.plus(board_locks(desk.locks, desk.by_id, desk.pool))


def details_of(person: do.ApplicationRow) -> Details:
    """What only people read of an applicant: contact data, whether the person was asked, and notes."""
    contact = person.contact_for_export
    parts = []
    if person.contact is not None:
        asked = text(f"ui.contact.{person.contact.status}")
        parts.append(f"{asked}: {person.contact.note}" if person.contact.note else asked)
    parts += [note.text for note in person.notes]
    return Details(
        organisation_name(person),
        contact.get("email", ""),
        contact.get("phone", ""),
        person.non_disclosure,
        "\n".join(parts),
    )


def beside_of(desk: Desk) -> tuple[Beside, ...]:
    """Those who belong to a table without a seat."""
    return tuple(
        Beside(one.name, one.beside_table, details_of(one))
        for one in desk.people.values()
        if one.beside and one.status == "active"
    )


def organisation_name(person: do.ApplicationRow) -> str:
    """The organisation's name as the applicant wrote it."""
    return person.as_applicant().value(intake_step.ORGANISATION_NAME) or ""


def read_again(desk: Desk, store: do.Store, user: do.User, files: Sequence[do.FileRow]) -> tuple[Intake | None, str]:
    """The files as the command line would read them, and the reading of columns where a person chose it.

    ``None`` where the files' bytes were erased.
    """
    if not files:
        return None, ""
    try:
        uploads = [intake_step.Upload(file.name, do.file_bytes(store, user, desk.round.id, file.id)) for file in files]
        recorded = [ColumnMapping.from_json(str(file.mapping.get("columns", "{}"))) for file in files]
    except (SelectionError, ValueError):
        return None, ""
    try:
        read = intake_step.read(uploads, desk.rules)
        if all(
            dict(mapping_of([one for one in read.columns if one.file == file.name]).fields) == dict(mapping.fields)
            for file, mapping in zip(files, recorded, strict=True)
        ):
            return read, ""
    except FileError:
        pass  # a reading that only a person's own mapping makes possible
    fields = {header: field for mapping in recorded for header, field in mapping.fields.items()}
    values = {header: dict(changed) for mapping in recorded for header, changed in mapping.values.items()}
    rows = {file: sheets for mapping in recorded for file, sheets in mapping.header_rows.items()}
    chosen = ColumnMapping(fields, values, shape=recorded[0].shape, header_rows=rows)
    try:
        return intake_step.read(uploads, desk.rules, chosen), chosen.to_json()
    except FileError:
        return None, ""


def _amendments(desk: Desk, read: Intake | None) -> tuple[amendments.Amendment, ...]:
    if read is not None:
        return amendments.amendments(read.applicants, desk.pool.applicants)
    # Without the files: what the records say was corrected, added by hand or set aside by people.
    found = []
    for key, person in sorted(desk.people.items()):
        if key in desk.pool.places and (person.corrections or person.by_hand):
            found.append(amendments.Amendment(key, amendments.plain(person.as_applicant())))
        elif person.status == "set_aside" and person.set_aside_code in ("by_hand", *LEFT):
            found.append(amendments.Amendment(key, None))
    return tuple(found)


def _asked(desk: Desk, read: Intake | None) -> tuple[str, ...] | None:
    """The fields taken as asked, where that switches a goal on that the files' own would not."""
    asked = desk.pool.asked
    named = {name for rule in desk.rules.rules for name in rule.fields}
    if asked is None or (read is not None and asked & named == read.asked & named):
        return None
    return tuple(sorted(asked))


def _lock_reasons(desk: Desk) -> Iterator[tuple[str, str]]:
    for lock in desk.locks:
        keys = sorted(lock.person_keys) if lock.kind == "apart" else list(lock.person_keys)
        if lock.reason and all(key in desk.pool.places for key in keys):
            yield "+".join(keys), lock.reason


def _set_aside(desk: Desk, files: Sequence[do.FileRow]) -> Iterator[tuple[str, int, str]]:
    """People set aside, each with why, and rows of the files that are no application."""
    for person in desk.people.values():
        if person.status == "active" or person.origin is None:
            continue
        same = desk.by_id.get(person.same_as_id or 0)
        kept = "–" if same is None or same.origin is None else f"{same.origin.sheet}!{same.origin.row}"
        said = set_aside_because(person.set_aside_code, same_as=kept, reason=person.set_aside_reason)
        yield person.origin.sheet, person.origin.row, f"{person.name}: {said}"
    people = {(one.origin.sheet, one.origin.row) for one in desk.people.values() if one.origin is not None}
    for file in files:
        for row in file.mapping.get("set_aside", ()):
            if (row["sheet"], row["row"]) not in people:
                yield row["sheet"], row["row"], set_aside_because(row["code"])


def _findings(desk: Desk, found: Sequence[do.FindingRow]) -> Iterator[tuple[str, int, str]]:
    for one in found:
        person = desk.by_id.get(one.application_id or 0)
        if one.application_id is not None and person is None:
            continue
        if person is not None and person.non_disclosure and tells_place(one.code, one.field):
            continue
        said = words.finding_text(desk.rules, one)
        state = text("ui.export.open") if one.how is None else text("ui.export.settled", how=text(f"how.{one.how}"))
        yield one.sheet or "", one.row or 0, f"{said} ({state})"
