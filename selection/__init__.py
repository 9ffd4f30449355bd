"""Kokoonpano: balanced rosters for a city's bodies, proposed by an integer program and explained.

The names below are the public face: what a program that uses this package needs, and all that it may rely on. Each is
imported when it is first used, so that ``import selection`` costs nothing.

>>> import selection
>>> rules = selection.load_rules("lahti-2021")
>>> rules.table_ids
('eteläinen', 'itäinen', 'pohjoinen', 'keskusta')

A round from file to roster::

    intake = selection.read_applications(["hakemukset.xlsx"], rules)
    pool = selection.Pool.build(intake.applicants, rules, intake.asked)
    proposal = selection.propose(pool, rules)
    selection.check(proposal.seats, pool.applicants, rules, asked=pool.asked).holds
    selection.why(proposal, proposal.seats[0].person)

=====================  =================================================================================
name                   what it is
=====================  =================================================================================
``Applicant``          one person's application, as the intake understood it
``Locks``              the board's locks: seated here, kept out, kept apart
``Pool``               whom one may choose among: applicants, and the seats each accepts and may hold
``Proposal``           a roster for every table, with what it was made from and how it stands
``Roster``             who sits where and whose deputy; rosters can be changed and compared
``Rules``              the rules of a round: tables, seats, requirements, goals
``SelectionError``     the root of all errors; ``str`` of one is a sentence in the language in force
``check``              does a roster, made by anybody, hold?
``draw``               a fair draw among equally good rosters
``load_rules``         rules of a preset or of a file
``propose``            the one roster that the steps and the lots leave
``read_applications``  application files → applicants, with everything a person should look at
``why``                why a person is in a proposal: what is lost without them
``why_not``            why not: what seating them at a table does
=====================  =================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from selection.lazy import held_by
from selection.version import __version__ as __version__

if TYPE_CHECKING:
    from selection.checking import check
    from selection.errors import SelectionError
    from selection.explain.answers import why, why_not
    from selection.fair import draw
    from selection.intake import read_applications
    from selection.model.locks import Locks
    from selection.model.people import Applicant
    from selection.model.pool import Pool
    from selection.model.roster import Roster
    from selection.model.rules import Rules
    from selection.proposal import Proposal, propose
    from selection.rounds.rules_files import load_rules

#: Public name → the module that holds it.
_HELD_BY = {
    "Applicant": "selection.model.people",
    "Locks": "selection.model.locks",
    "Pool": "selection.model.pool",
    "Proposal": "selection.proposal",
    "Roster": "selection.model.roster",
    "Rules": "selection.model.rules",
    "SelectionError": "selection.errors",
    "check": "selection.checking",
    "draw": "selection.fair",
    "load_rules": "selection.rounds.rules_files",
    "propose": "selection.proposal",
    "read_applications": "selection.intake",
    "why": "selection.explain.answers",
    "why_not": "selection.explain.answers",
}

__all__ = [
    "Applicant",
    "Locks",
    "Pool",
    "Proposal",
    "Roster",
    "Rules",
    "SelectionError",
    "check",
    "draw",
    "load_rules",
    "propose",
    "read_applications",
    "why",
    "why_not",
]


if not TYPE_CHECKING:
    __getattr__ = held_by(__name__, _HELD_BY)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
