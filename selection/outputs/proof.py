"""The verification file of a sealed draw: what the rules use of each applicant, by receipt, and the roster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from selection.errors import ProposalFileError
from selection.model.ages import age_band
from selection.model.fingerprint import LOCKS, bare_rules_hash
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.seal import (
    ACTIVE,
    RECEIPT,
    Drawing,
    Sealed,
    SealMark,
    ascii_names,
    canonical,
    hashed,
    is_canonical,
    list_hash,
    lot_of,
    root_of,
    seed_of,
)
from selection.model.seal_terms import Terms, sealed_fields
from selection.proposal import Proposal, propose

SCHEMA = "selection.proof/1"


def proof_json(proposal: Proposal, seal: Mapping[str, Any], people: Iterable[Sealed], terms: Terms) -> dict[str, Any]:
    """The file's content. ``people`` are all that were sealed; the proposal's people go by their tickets."""
    assert proposal.pool.seal is not None
    return {
        "schema": SCHEMA,
        "root": proposal.pool.seal.root,
        "seal": dict(seal),
        "drawn": [list(drawing) for drawing in proposal.pool.seal.drawings],
        "seed": proposal.seed,
        "rules": proposal.rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=LOCKS),
        "terms": terms.to_json(),
        "people": [_person(person, proposal.seed) for person in sorted(people, key=lambda person: person.ticket)],
        "roster": [_seat(seat) for seat in sorted(proposal.seats, key=_place)],
        "steps": [{"name": step.name, "value": step.value} for step in proposal.steps],
    }


def _person(person: Sealed, seed: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "receipt": person.receipt,
        "ticket": person.ticket,
        "leaf": person.leaf,
        "status": person.data["status"],
        "data_salt": person.data_salt,
        "data": dict(person.data),
    }
    return told | {"lot": lot_of(seed, person.ticket)} if person.is_active else told


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "table": seat.table,
        "role": seat.role.value,
        "receipt": seat.person[:RECEIPT],
        "deputy_of": None if seat.deputy_of is None else seat.deputy_of[:RECEIPT],
    }


def _place(seat: Seat) -> tuple[str, str, str]:
    return (seat.table, seat.role.value, seat.person)


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """What of a verification file holds: list, root and numbers; rules, locks, waivers and fields; each person's leaf;
    seed and lots; the steps; the roster. Steps and roster are computed again only where the rest holds. ``program``:
    whether it was sealed with this program."""

    sealed: bool
    rules: bool
    data: bool
    lots: bool
    steps: bool
    roster: bool
    program: bool

    @property
    def parts(self) -> dict[str, bool]:
        """Part → whether it holds, in the order they are told. Another program may come to the same."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name != "program"}

    @property
    def holds(self) -> bool:
        """Whether every part does."""
        return all(self.parts.values())


def read_proof(path: Path) -> dict[str, Any] | None:
    """The content of a verification file; ``None`` for any other file."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and content.get("schema") == SCHEMA else None


def verify_proof(content: dict[str, Any], file: str, program: str) -> ProofVerdict:
    """Recompute everything that a verification file tells. ``program`` is the digest of this program.

    Raises
    ------
    ProposalFileError
        if the file lacks what it must hold.
    """
    try:
        return _verdict(content, program)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ProposalFileError("proof_incomplete", file=file) from error


def _verdict(content: dict[str, Any], program: str) -> ProofVerdict:
    seal, people = content["seal"], content["people"]
    drawings: tuple[Drawing, ...] = tuple((str(name), str(said)) for name, said in content["drawn"])
    seed = seed_of(root_of(seal), drawings)
    rules, terms = Rules.model_validate(content["rules"]), Terms.of_json(content["terms"])
    active = [person for person in people if person["data"]["status"] == ACTIVE]
    parts = {
        "sealed": _is_sealed(seal, content["root"], people, drawings),
        "rules": _has_terms(seal, rules, terms),
        "data": all(map(_leaf_holds, people)),
        "lots": seed == content["seed"] and all(one["lot"] == lot_of(seed, one["ticket"]) for one in active),
    }
    steps = roster = False
    if all(parts.values()):
        applicants = [_applicant(person, rules, terms) for person in active]
        pool = Pool.build(applicants, rules, terms.asked, waived=terms.waived)
        pool = replace(pool, seal=SealMark(content["root"], drawings))
        made = propose(pool, rules, seed=seed, locks=terms.locks)
        steps = [(step.name, step.value) for step in made.steps] == [
            (step["name"], step["value"]) for step in content["steps"]
        ]
        roster = _in_order(map(_seat, made.seats)) == _in_order(content["roster"])
    return ProofVerdict(**parts, steps=steps, roster=roster, program=seal["program"] == program)


def _in_order(seats: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(seat, sort_keys=True) for seat in seats)


def _is_sealed(seal: Mapping[str, Any], root: str, people: list[dict[str, Any]], drawings: tuple[Drawing, ...]) -> bool:
    """Whether list and numbers are those of the seal, and the seal that of the root."""
    lines = sorted(f"{person['ticket']} {person['leaf']}" for person in people)
    listed = list_hash(lines) == seal["list"] and seal["count"] == str(len(people)) == str(len(set(lines)))
    numbered = [name for name, _ in drawings] == list(seal["sources"]) and all(
        is_canonical(said) for _, said in drawings
    )
    return listed and numbered and root_of(seal) == root


def _has_terms(seal: Mapping[str, Any], rules: Rules, terms: Terms) -> bool:
    """Whether rules, locks, waivers, fields and the order of wishes are those of the seal."""
    return (bare_rules_hash(rules), terms.hash(), rules.name) == (seal["rules"], seal["locks"], seal["round"])


def _leaf_holds(person: dict[str, Any]) -> bool:
    data = person["data"]
    leaf = hashed("leaf", f"{person['ticket']}|{person['data_salt']}|{canonical(data)}")
    return (leaf, person["ticket"][:RECEIPT], person["status"]) == (person["leaf"], person["receipt"], data["status"])


def _applicant(person: dict[str, Any], rules: Rules, terms: Terms) -> Applicant:
    """A person as the rules see them: the age as the bands tell it."""
    data = person["data"]
    bands = [band for written in data["values"]["age"] if (band := age_band(written)) is not None]
    tops = [most for _, most in bands if most is not None]
    return Applicant(
        key=person["ticket"],
        name=person["receipt"],
        wishes=tuple(data["tables"]),
        roles=frozenset(Role(role) for role in data["roles"]),
        age_stated=(max(least for least, _ in bands), min(tops) if tops else None) if bands else None,
        wishes_ordered=person["ticket"] not in terms.unordered,
        values={
            name: tuple(held)
            for name, key in ascii_names(sealed_fields(rules)).items()
            if name != "age" and (held := data["values"][key])
        },
    )
