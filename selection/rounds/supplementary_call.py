"""The file of a supplementary call after the decision: who in it is new, and the actions that take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection import actions as do
from selection.intake import Application
from selection.intake.people import place
from selection.intake.repeats import Repeats, repeats
from selection.model.roster import sort_name
from selection.rounds import intake_step
from selection.rounds.intake_step import Understood, Upload


@dataclass(frozen=True, slots=True)
class Supplement:
    """A file's people held against those of the round; names in alphabetical order.

    Attributes
    ----------
    new
        Names of those who would be taken.
    there
        Name, and whether the application held is set aside, of those whom the round has already: nothing changes.
    alike
        Name, and the name held, of those who are new but may be somebody of the round: asked about once they are taken.
    """

    repeats: Repeats
    new: tuple[str, ...]
    there: tuple[tuple[str, bool], ...]
    alike: tuple[tuple[str, str], ...]


def of(understood: Understood, held: Sequence[do.ApplicationRow]) -> Supplement:
    """Compare the file with the applications that the round has, those added by hand among them."""
    coming = understood.first.applications
    found = repeats(coming, [_application(row) for row in held])
    by_key = {row.person_key: row for row in held}
    names = {one.key: one.applicant.name for one in coming}
    there = [(names[key], by_key[known].status == "set_aside") for key, known in found.there.items()]
    alike = [(names[key], by_key[known].name) for key, known, _ in found.alike]
    return Supplement(
        found,
        tuple(sorted((name for key, name in names.items() if key not in found.there), key=sort_name)),
        tuple(sorted(there, key=lambda one: sort_name(one[0]))),
        tuple(sorted(alike, key=lambda one: sort_name(one[0]))),
    )


def actions_of(
    round_id: int,
    uploads: Sequence[Upload],
    understood: Understood,
    supplement: Supplement,
    held: Sequence[do.ApplicationRow],
) -> list[do.ImportSupplement]:
    """One action for each file that holds somebody new, in order."""
    there = supplement.repeats.there
    alike = _alike(understood, supplement.repeats, held)
    found = []
    for action in intake_step.actions_of(round_id, uploads, understood):
        taken = tuple(
            entry.model_copy(update={"same_as": there.get(entry.same_as or "", entry.same_as)})
            for entry in action.applications
            if entry.applicant.key not in there
        )
        keys = {entry.applicant.key for entry in taken}
        findings = tuple(
            one.model_copy(update={"other_key": there.get(one.other_key or "", one.other_key)})
            for one in action.findings
            if one.person_key not in there
        )
        findings += tuple(one for one in alike if one.person_key in keys)
        if taken:
            found.append(
                do.ImportSupplement(
                    round_id=round_id,
                    file=action.file,
                    applications=taken,
                    findings=findings,
                    same_as={key: there.get(kept, kept) for key, kept in action.same_as.items() if key not in there},
                )
            )
    return found


def _alike(understood: Understood, found: Repeats, held: Sequence[do.ApplicationRow]) -> list[do.FindingIn]:
    """The question, of each who may be somebody of the round, whether it is so."""
    origins = {one.key: one.origin for one in understood.first.applications}
    by_key = {row.person_key: row for row in held}
    asked = []
    for key, known, why in found.alike:
        origin, other = origins[key], by_key[known].origin
        asked.append(
            do.FindingIn(
                code="likely_duplicate",
                sheet=origin.sheet if origin else None,
                row=origin.row if origin else None,
                params={"other": f"{other.file}: {place(other)}" if other is not None else "–", "why": why},
                person_key=key,
                other_key=known,
            )
        )
    return asked


def _application(row: do.ApplicationRow) -> Application:
    """An application of the records as far as people are told apart by it."""
    contact = row.contact_data
    return Application(
        row.as_applicant(),
        email=contact.get("email", ""),
        phone=contact.get("phone", ""),
        answers={header: str(answer) for header, answer in row.original.items()},
    )
