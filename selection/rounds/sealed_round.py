"""The sealed round: what is sealed of applications, rules, program and locks, and whether it is still the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from selection.errors import SealError
from selection.intake import Application, Intake, SetAside
from selection.model.fingerprint import bare_rules_hash
from selection.model.locks import Locks, locks_of
from selection.model.rules import Rules
from selection.model.seal import (
    Drawing,
    Sealed,
    SealMark,
    SealValueError,
    ascii_names,
    lines_of,
    list_hash,
    numbers_of,
    seed_of,
)
from selection.model.seal_terms import Terms, by_ticket, person_hash, sealed_fields
from selection.rounds.program_hash import program_hash
from selection.rounds.seal_file import SealFile
from selection.rounds.sealed_data import Entry, entries_of

#: Bytes of a salt.
SALT = 16


def sealed(
    intake: Intake,
    rules: Rules,
    sources: Sequence[str],
    waived: Iterable[str] = (),
    previous: SealFile | None = None,
    *,
    unknown_left_out: bool = False,
) -> SealFile:
    """Seal a round: salts for whoever has none yet, the hash of everything that the lot may hang on.

    Parameters
    ----------
    sources
        Names of the drawings whose numbers are awaited.
    previous
        The seal before this one: its salts and persons are kept by answer number.
    unknown_left_out
        Whether a fair draw leaves out those whose value is in no quota.

    Raises
    ------
    SealError
        if a source is named twice, or the seal before this one was drawn.
    """
    if not sources or len(set(sources)) != len(sources):
        raise SealError("seal_sources", found=", ".join(sources) or "–")
    if previous is not None and previous.drawn is not None:
        raise SealError("seal_previous_drawn", numbers=_told(previous.drawn))
    before = {} if previous is None else previous.applications
    entries, groups = entries_of(intake, rules, None if previous is None else previous.groups)
    applications = {entry.number: _sealed(entry, before.get(entry.number)) for entry in entries}
    try:
        lines = lines_of(applications.values())
    except SealValueError as error:
        raise SealError("seal_equal") from error
    terms = _terms(intake, rules, entries, applications, waived, unknown_left_out=unknown_left_out)
    seal = {
        "round": rules.name,
        "number": "1" if previous is None else str(int(str(previous.seal["number"])) + 1),
        "previous": None if previous is None else previous.root,
        "list": list_hash(lines),
        "count": str(len(lines)),
        "rules": bare_rules_hash(rules),
        "program": program_hash(),
        "locks": terms.hash(),
        "fields": sorted(ascii_names(sealed_fields(rules)).values()),
        "sources": list(sources),
    }
    return SealFile(seal, applications, {entry.number: entry.place for entry in entries}, terms, groups)


@dataclass(frozen=True, slots=True)
class SealedDraw:
    """A round that is what was sealed, with the numbers of its draw; the people go by their tickets."""

    file: SealFile
    drawings: tuple[Drawing, ...]
    intake: Intake

    @property
    def seed(self) -> str:
        """The seed of the draw."""
        return seed_of(self.file.root, self.drawings)

    @property
    def mark(self) -> SealMark:
        """What a pool is marked with."""
        return SealMark(self.file.root, self.drawings)

    @property
    def locks(self) -> Locks:
        """The locks of the rules file, their persons by ticket."""
        return self.file.terms.locks


def sealed_draw(
    file: SealFile,
    drawn: Sequence[str] | None,
    intake: Intake,
    rules: Rules,
    waived: Iterable[str] = (),
    *,
    by: str | None = None,
    unknown_left_out: bool = False,
) -> SealedDraw:
    """The draw of a sealed round.

    Parameters
    ----------
    drawn
        ``NAME=NUMBERS`` for each source of the seal; ``None`` takes those that it was drawn with.
    by
        The command that draws: a seal is drawn by one of them. ``None`` for one that only reads.

    Raises
    ------
    SealError
        if people, data, rules, locks or program are others than were sealed, numbers are missing or no numbers, or the
        seal was drawn with others. What differs is named by the place in the file, never by a person's name.
    """
    drawings = _drawings(file, drawn) if drawn is not None else file.drawn
    if drawings is None:
        raise SealError("seal_numbers_missing", sources=", ".join(file.seal["sources"]))
    require_undrawn(file, drawings, by)
    now = {"rules": bare_rules_hash(rules), "program": program_hash()}
    others = [name for name, held in now.items() if file.seal[name] != held]
    if others:
        raise SealError(f"seal_other_{others[0]}")
    if unknown_left_out != file.terms.unknown_left_out:
        raise SealError("seal_other_unknown")
    entries, _ = entries_of(intake, rules, file.groups)
    differing = [entry.place for entry in entries if not _is_sealed(entry, file)]
    numbers = {entry.number for entry in entries}
    missing = [file.rows.get(number, number) for number in file.applications if number not in numbers]
    if differing or missing:
        raise SealError(
            "seal_other_people", rows=", ".join([*differing, *missing][:20]), n=len(differing) + len(missing)
        )
    terms = _terms(intake, rules, entries, file.applications, waived, unknown_left_out=unknown_left_out)
    if terms != file.terms:
        raise SealError("seal_other_locks")
    tickets, aside = (_tickets(entries, file.applications, aside=of_aside) for of_aside in (False, True))
    return SealedDraw(file, drawings, _with_keys(intake, tickets, aside))


def require_undrawn(file: SealFile, drawings: Sequence[Drawing], by: str | None) -> None:
    """Refuse other numbers than a seal was drawn with, and another command than drew.

    Raises
    ------
    SealError
        names the numbers, or the command.
    """
    if file.drawn is None:
        return
    if file.drawn != tuple(drawings):
        raise SealError("seal_drawn", numbers=_told(file.drawn))
    if by is not None and file.drawn_by != by:
        raise SealError("seal_drawn_by", command=f"selection {file.drawn_by}")


def _sealed(entry: Entry, before: Sealed | None) -> Sealed:
    """An application with salts: those it has, and the person as first read, or new ones."""
    if before is not None:
        return Sealed(before.person_salt, before.data_salt, before.person, entry.data)
    return Sealed(_salt(), _salt(), entry.person, entry.data)


def _is_sealed(entry: Entry, file: SealFile) -> bool:
    """Whether person and data are those of the seal."""
    held = file.applications.get(entry.number)
    if held is None or held.data != entry.data:
        return False
    corrected = file.terms.corrected.get(held.ticket)
    if corrected is None:
        return held.person == entry.person
    return corrected == person_hash(held, entry.person)


def _terms(
    intake: Intake,
    rules: Rules,
    entries: Sequence[Entry],
    applications: Mapping[str, Sealed],
    waived: Iterable[str],
    *,
    unknown_left_out: bool,
) -> Terms:
    """The terms of the round as they are now."""
    people = [(entry, applications[entry.number]) for entry in entries]
    return Terms(
        by_ticket(locks_of(rules, intake.applicants), _tickets(entries, applications, aside=False)),
        tuple(sorted(set(waived))),
        tuple(sorted(intake.asked)),
        tuple(sorted(held.ticket for entry, held in people if not entry.application.applicant.wishes_ordered)),
        {held.ticket: person_hash(held, entry.person) for entry, held in people if held.person != entry.person},
        unknown_left_out,
    )


def _tickets(entries: Iterable[Entry], applications: Mapping[str, Sealed], *, aside: bool) -> dict[str, str]:
    """Person key → ticket, of the applicants or of those set aside: a repeated application may have the same key."""
    return {entry.application.key: applications[entry.number].ticket for entry in entries if entry.aside is aside}


def _drawings(file: SealFile, drawn: Sequence[str]) -> tuple[Drawing, ...]:
    """The numbers of each source, in the order of the seal."""
    told: dict[str, str] = {}
    for option in drawn:
        name, equals, said = option.rpartition("=")
        if not equals or name not in file.seal["sources"] or name in told:
            raise SealError("seal_source_unknown", found=option, sources=", ".join(file.seal["sources"]))
        try:
            told[name] = numbers_of(said)
        except SealValueError as error:
            raise SealError("seal_no_numbers", found=option) from error
    missing = [name for name in file.seal["sources"] if name not in told]
    if missing:
        raise SealError("seal_numbers_missing", sources=", ".join(missing))
    return tuple((name, told[name]) for name in file.seal["sources"])


def _told(drawings: Sequence[Drawing]) -> str:
    return ", ".join(f"{name}={said}" for name, said in drawings)


def _with_keys(intake: Intake, tickets: Mapping[str, str], aside: Mapping[str, str]) -> Intake:
    """The intake with tickets for person keys: what the lots follow from, whatever else people wrote."""
    either = {**aside, **tickets}

    def of(application: Application, keys: Mapping[str, str]) -> Application:
        key = keys.get(application.key, application.key)
        return replace(application, applicant=replace(application.applicant, key=key))

    def of_aside(row: SetAside) -> SetAside:
        application = None if row.application is None else of(row.application, aside)
        return replace(row, key=aside.get(row.key, row.key), application=application)

    return replace(
        intake,
        applications=tuple(of(application, tickets) for application in intake.applications),
        set_aside=tuple(map(of_aside, intake.set_aside)),
        findings=tuple(
            replace(
                finding,
                person=either.get(finding.person, finding.person),
                other=either.get(finding.other, finding.other),
            )
            for finding in intake.findings
        ),
    )


def _salt() -> str:
    return os.urandom(SALT).hex()
