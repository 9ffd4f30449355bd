"""The roster at work as the outputs take it, with all that stands behind it in the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selection import actions as do
from selection.constraints import build_rows
from selection.errors import FileError, SelectionError
from selection.intake import Intake, mapping_of, set_aside_because
from selection.intake import Mapping as ColumnMapping
from selection.model.places import tells_place
from selection.model.roster import seat_changes
from selection.model.rules import Population
from selection.outputs import amendments
from selection.outputs.open_points import GoingOn
from selection.outputs.people import Beside, Details
from selection.outputs.provenance import Provenance
from selection.proposal import Proposal, candidates_of
from selection.records.readiness import LEFT, Settled
from selection.rounds import basis, facts, history_lines, intake_step, words
from selection.rounds import state as states
from selection.rounds.desk import Desk
from selection.rounds.details import beside_of, details_of
from selection.rounds.version_state import locks_in_force, seats_of, state_of, under_own_rules
from selection.texts import text


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
        desk = basis.as_decided(desk, files)
    state = state_of(desk, store, user)
    desk = under_own_rules(desk, store, user)
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
    then = basis.at_the_solve(desk, made, store, user) if outdated else None
    used_files = {person.file_id for person in desk.people.values() if person.file_id is not None}
    files = [file for file in files if file.id in used_files]
    read, mapping = read_again(desk, store, user, files)
    history = history_lines.lines_of(desk, store, user)
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
        corrections=(*history_lines.corrections(desk, store, user), *history_lines.of_people(history)),
        changes=history_lines.of_seats(history) if not untouched or not steps else (),
        locks=tuple(history_lines.locks(desk)),
        log_head=":".join(map(str, do.log_head(store))),
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
    named = set(desk.rules.fields)
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
        kept = "–" if same is None or same.origin is None else f"{same.origin.sheet}!{same.origin.place}"
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
