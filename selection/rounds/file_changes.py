"""What a file would change in the round, person by person, before it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selection import actions as do
from selection.intake import Intake
from selection.model.roster import sort_name


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody whose answers differ: header, answer before, answer now."""

    name: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """Names of who is new and who is gone, in alphabetical order; whose answers changed; how many are as they were."""

    new: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0


def of(intake: Intake, held: Sequence[do.ApplicationRow]) -> Coming:
    """Compare a file with the applications that the round has; those added by hand are no part of any file."""
    by_key = {row.person_key: row for row in held if not row.by_hand}
    new: list[str] = []
    changed: list[Changed] = []
    for application in intake.applications:
        row = by_key.get(application.key)
        if row is None:
            new.append(application.applicant.name)
        elif dict(row.original) != dict(application.answers):
            changed.append(Changed(application.applicant.name, _answers(row, application.answers)))
    coming = {application.key for application in intake.applications}
    gone = [row.name for key, row in by_key.items() if key not in coming and row.status == "active"]
    return Coming(
        tuple(sorted(new, key=sort_name)),
        tuple(sorted(changed, key=lambda one: sort_name(one.name))),
        tuple(sorted(gone, key=sort_name)),
        len(intake.applications) - len(new) - len(changed),
    )


def _answers(row: do.ApplicationRow, now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The answers that differ."""
    before = {header: str(answer) for header, answer in row.original.items()}
    headers = dict.fromkeys([*before, *now])
    pairs = ((header, before.get(header, ""), now.get(header, "")) for header in headers)
    return tuple((header, was, is_now) for header, was, is_now in pairs if was != is_now)
