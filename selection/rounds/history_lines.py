"""What people did, told for the workbook: corrections, changes of seats and locks, each with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selection import actions as do
from selection.model.places import PLACE_FIELDS
from selection.model.titles import table_title
from selection.outputs.provenance import Told
from selection.rounds import intake_step, words
from selection.rounds.desk import Desk
from selection.rounds.words import instant
from selection.texts import text

#: Lines of the history that change seats, and that change whom there is to choose from.
_SEATS = ("swap", "move_person", "change_deputy", "remove_from_seat", "use_version", "take_workbook", "take_roster")
_PEOPLE = ("add_person", "set_aside", "restore", "merge_duplicates", "keep_both")
#: Lines of the history that are looked at.
_LINES = 5000
#: Lines whose own words say why a value was corrected, where no reason was typed.
_SAID = ("settle_finding", "merge_duplicates")


def lines_of(desk: Desk, store: do.Store, user: do.User) -> list[do.HistoryLine]:
    """What was done and not undone, oldest first, of a decision until then; of seats only since the proposal was last
    computed."""
    version = desk.version
    of_trial = version.id if version is not None and version.kind == "trial" else None
    lines = list(do.history(store, user, desk.round.id, limit=_LINES))
    if of_trial is not None:
        lines += do.history(store, user, desk.round.id, limit=_LINES, version_id=of_trial)
    lines = sorted((one for one in lines if not one.undone), key=lambda one: one.seq)
    if version is not None and version.kind == "decided":
        # What was done after the decision is told of the roster that sits now.
        decided = [place for place, one in enumerate(lines) if one.code == "action.record_decision"]
        lines = lines[: decided[-1]] if decided else lines
    saved = [place for place, one in enumerate(lines) if one.code == "action.save_proposal"]
    since = saved[-1] if saved else 0
    return [one for place, one in enumerate(lines) if place > since or one.code.removeprefix("action.") not in _SEATS]


def of_people(history: Sequence[do.HistoryLine]) -> tuple[Told, ...]:
    """Who was added, set aside or taken back."""
    return _told(history, _PEOPLE)


def of_seats(history: Sequence[do.HistoryLine]) -> tuple[Told, ...]:
    """Whose seat was changed."""
    return _told(history, _SEATS)


def _told(history: Sequence[do.HistoryLine], codes: Sequence[str]) -> tuple[Told, ...]:
    return tuple(
        Told(instant(one.at), one.user_name, str(one.params.get("person", "")), one.text, one.reason)
        for one in history
        if one.code.removeprefix("action.") in codes
    )


def locks(desk: Desk) -> Iterator[Told]:
    """The locks in force."""
    for lock in desk.locks:
        names = ", ".join(desk.people[key].name for key in lock.person_keys if key in desk.people)
        where = (
            f"{table_title(desk.rules, lock.table)}: {words.role_name(lock.role)}" if lock.table and lock.role else ""
        )
        what = " · ".join(part for part in (text(f"ui.badge.lock_{lock.kind}"), where) if part)
        yield Told(instant(lock.made_at), lock.made_by, names, what, lock.reason)


def corrections(desk: Desk, store: do.Store, user: do.User) -> Iterator[Told]:
    """Every value that holds in place of the file's; who, when and why as long as the log's reasons are kept."""
    made = do.correctors(store, user, desk.round.id)
    for person in desk.people.values():
        for field, entry in person.corrections.items():
            if field == "organisation" and intake_step.ORGANISATION_NAME in person.corrections:
                continue  # told as it is written
            before, after = (
                ", ".join(words.held_value(desk.rules, field, one) for one in entry.get(side, ()) if one)
                or text("ui.card.unknown")
                for side in ("from", "to")
            )
            told = "organisation" if field == intake_step.ORGANISATION_NAME else field
            what = f"{words.field_name(told)}: {before} → {after}"
            if person.non_disclosure and field in PLACE_FIELDS:
                what = f"{words.field_name(field)}: {text('letters.protected')}"
            line = made.get((person.id, told))
            if line is None:
                yield Told(about=person.name, what=what)
                continue
            said = line.text if line.code.removeprefix("action.") in _SAID else ""
            yield Told(instant(line.at), line.user_name, person.name, what, line.reason or said)
