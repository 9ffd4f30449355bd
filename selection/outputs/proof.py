"""The verification file of a sealed draw: what the rules use of each applicant, by receipt, and the roster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selection.errors import ProposalFileError
from selection.model.ages import age_band
from selection.model.fingerprint import LOCKS
from selection.model.locks import AnyOf, Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.seal import (
    ACTIVE,
    RECEIPT,
    Drawing,
    Sealed,
    SealMark,
    ascii_name,
    canonical,
    hashed,
    list_hash,
    lot_of,
    root_of,
    seed_of,
)
from selection.proposal import Proposal, propose

SCHEMA = "selection.proof/1"


def proof_json(
    proposal: Proposal, seal: Mapping[str, Any], people: Iterable[Sealed], locks: Locks, waived: Iterable[str]
) -> dict[str, Any]:
    """The file's content. ``people`` are all that were sealed; the proposal's people go by their tickets."""
    assert proposal.pool.seal is not None
    ordered = {one.key: one.wishes_ordered for one in proposal.pool.applicants}
    rules = proposal.rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=LOCKS)
    return {
        "schema": SCHEMA,
        "root": proposal.pool.seal.root,
        "seal": dict(seal),
        "drawn": [list(one) for one in proposal.pool.seal.drawings],
        "seed": proposal.seed,
        "rules": rules,
        "locks": _locks_json(locks),
        "waived": sorted(waived),
        "asked": None if proposal.pool.asked is None else sorted(proposal.pool.asked),
        "people": [_person(one, proposal.seed, ordered) for one in sorted(people, key=lambda one: one.ticket)],
        "roster": [
            {
                "table": seat.table,
                "role": seat.role.value,
                "receipt": seat.person[:RECEIPT],
                "deputy_of": None if seat.deputy_of is None else seat.deputy_of[:RECEIPT],
            }
            for seat in sorted(proposal.seats, key=lambda seat: (seat.table, seat.role.value, seat.person))
        ],
        "steps": [{"name": step.name, "value": step.value} for step in proposal.steps],
    }


def _person(one: Sealed, seed: str, ordered: Mapping[str, bool]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "receipt": one.receipt,
        "ticket": one.ticket,
        "leaf": one.leaf,
        "status": one.data["status"],
    }
    if not one.is_active:
        return told
    told["wishes_ordered"] = ordered.get(one.ticket, True)
    return told | {"data_salt": one.data_salt, "data": dict(one.data), "lot": lot_of(seed, one.ticket)}


def _locks_json(locks: Locks) -> dict[str, Any]:
    def seated(one: Seated) -> list[str | None]:
        return [one.key, one.table, one.role.value if one.role else None]

    return {
        "seated": [seated(one) for one in locks.seated],
        "kept_out": list(locks.kept_out),
        "kept_apart": [list(group) for group in locks.kept_apart],
        "kept_from": [seated(one) for one in locks.kept_from],
        "kept_together": [list(group) for group in locks.kept_together],
        "one_of": [[list(one.keys), one.table, one.role.value if one.role else None] for one in locks.one_of],
    }


def _locks_of(told: dict[str, Any]) -> Locks:
    def seated(one: list[Any]) -> Seated:
        return Seated(one[0], one[1], Role(one[2]) if one[2] else None)

    return Locks(
        tuple(map(seated, told["seated"])),
        tuple(told["kept_out"]),
        tuple(tuple(group) for group in told["kept_apart"]),
        tuple(map(seated, told["kept_from"])),
        tuple(tuple(group) for group in told["kept_together"]),
        tuple(AnyOf(tuple(keys), table, Role(role) if role else None) for keys, table, role in told["one_of"]),
    )


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """What of a verification file holds: list and root, each person's leaf, seed and lots, the roster, the steps."""

    sealed: bool
    data: bool
    lots: bool
    roster: bool
    steps: bool

    @property
    def holds(self) -> bool:
        """Whether all of it does."""
        return self.sealed and self.data and self.lots and self.roster and self.steps


def read_proof(path: Path) -> dict[str, Any] | None:
    """The content of a verification file; ``None`` for any other file."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and content.get("schema") == SCHEMA else None


def verify_proof(content: dict[str, Any], file: str) -> ProofVerdict:
    """Recompute everything that a verification file tells.

    Raises
    ------
    ProposalFileError
        if the file lacks what it must hold.
    """
    try:
        return _verdict(content)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ProposalFileError("workbook_incomplete", file=file) from error


def _verdict(content: dict[str, Any]) -> ProofVerdict:
    seal, people = content["seal"], content["people"]
    drawings: tuple[Drawing, ...] = tuple((str(name), str(said)) for name, said in content["drawn"])
    lines = sorted(f"{one['ticket']} {one['leaf']}" for one in people)
    root = root_of(seal)
    sealed = list_hash(lines) == seal["list"] and root == content["root"] and seal["count"] == str(len(people))
    sealed = sealed and [name for name, _ in drawings] == list(seal["sources"])
    seed = seed_of(root, drawings)
    active = [one for one in people if one["status"] == ACTIVE]
    data = all(_leaf_holds(one) for one in active)
    lots = seed == content["seed"] and all(one["lot"] == lot_of(seed, one["ticket"]) for one in active)
    rules = Rules.model_validate(content["rules"])
    # Whoever the limits of age refuse was set aside before the seal.
    open_age = rules.eligibility.model_dump(by_alias=True) | {"minimum_age": None, "maximum_age": None}
    limitless = rules.changed(eligibility=open_age)
    applicants = [_applicant(one, rules) for one in active]
    pool = Pool.build(applicants, limitless, content["asked"], waived=content["waived"])
    pool = replace(pool, seal=SealMark(root, drawings))
    made = propose(pool, limitless, seed=seed, locks=_locks_of(content["locks"]))
    told = {(one["table"], one["role"], one["receipt"], one["deputy_of"]) for one in content["roster"]}
    found = {
        (
            seat.table,
            seat.role.value,
            seat.person[:RECEIPT],
            None if seat.deputy_of is None else seat.deputy_of[:RECEIPT],
        )
        for seat in made.seats
    }
    steps = [(step.name, step.value) for step in made.steps] == [
        (one["name"], one["value"]) for one in content["steps"]
    ]
    return ProofVerdict(sealed, data, lots, told == found and len(content["roster"]) == len(made.seats), steps)


def _leaf_holds(one: dict[str, Any]) -> bool:
    leaf = hashed("leaf", f"{one['ticket']}|{one['data_salt']}|{canonical(one['data'])}")
    numbered = one["receipt"] == one["ticket"][:RECEIPT] and one["data"]["status"] == ACTIVE
    return bool(leaf == one["leaf"] and numbered)


def _applicant(one: dict[str, Any], rules: Rules) -> Applicant:
    """A person as the rules see them: the age as the bands tell it."""
    data = one["data"]
    bands = [band for written in data["values"].get("age", ()) if (band := age_band(written)) is not None]
    tops = [most for _, most in bands if most is not None]
    return Applicant(
        key=one["ticket"],
        name=one["receipt"],
        wishes=tuple(data["tables"]),
        roles=frozenset(Role(role) for role in data["roles"]),
        age_stated=(max(least for least, _ in bands), min(tops) if tops else None) if bands else None,
        wishes_ordered=bool(one.get("wishes_ordered", True)),
        values={
            name: tuple(held)
            for name in (*rules.fields, "kind", "organisation", "postal_code")
            if name != "age" and (held := data["values"].get(ascii_name(name)))
        },
    )
