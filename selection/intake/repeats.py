"""Repeats: applications of a later file by people whom a round has already, such as of a supplementary call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.intake import duplicates
from selection.intake.draft import Draft
from selection.intake.results import Application
from selection.model.people import Origin


@dataclass(frozen=True, slots=True)
class Repeats:
    """Person keys of a file's applications held against those of the round.

    Attributes
    ----------
    there
        Of those who certainly are in the round: their key → the key held.
    alike
        Of those who may be: their key, the key held, and why (``same_name``, ``similar_name``).
    """

    there: dict[str, str]
    alike: tuple[tuple[str, str, str], ...]


def repeats(coming: Sequence[Application], held: Sequence[Application]) -> Repeats:
    """Who of ``coming`` is among ``held``, by the signs that two rows of one file are one person's."""
    drafts = [_draft(one) for one in (*held, *coming)]
    ours = {id(draft) for draft in drafts[: len(held)]}
    keys = {one.key for one in held}
    there = {one.key: one.key for one in coming if one.key in keys}
    for group in duplicates.certain_groups(drafts):
        known = next((draft for draft in group if id(draft) in ours), None)
        if known is not None:
            there |= {draft.key: known.key for draft in group if id(draft) not in ours and draft.key not in there}
    alike = []
    for first, second, why in duplicates.likely_pairs(drafts):
        # Those held come first in a pair.
        if id(first) in ours and id(second) not in ours and second.key not in there:
            alike.append((second.key, first.key, why))
    return Repeats(there, tuple(alike))


def _draft(one: Application) -> Draft:
    """What the application says, as far as duplicates are told by it."""
    return Draft(
        one.origin or Origin("", "", 0),
        sheet=0,
        row=0,
        key=one.key,
        name=one.applicant.name,
        email=one.email,
        phone=one.phone,
        birth_year=one.applicant.birth_year,
        values=dict(one.applicant.values),
        submitted_at=one.submitted_at,
        answers=dict(one.answers),
    )
