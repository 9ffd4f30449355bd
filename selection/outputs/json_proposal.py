"""The JSON of ``propose``: a stable contract that other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selection.errors import ProposalFileError
from selection.explain.not_applied import applied_json
from selection.explain.uncounted import uncounted_json
from selection.model.deputy_orders import deputy_orders
from selection.model.fingerprint import fingerprint, made_from
from selection.model.law import BodyShare, law_of
from selection.model.people import Applicant, Origin, Role
from selection.model.roster import Seat
from selection.model.rows import Standing
from selection.model.sizes import size_notes
from selection.model.state import State, state_of_proposal
from selection.outputs.amendments import digest_of
from selection.outputs.archive import write_whole
from selection.outputs.open_points import GoingOn
from selection.outputs.seal_words import seal_json
from selection.proposal import Proposal

SCHEMA = "selection.proposal/1"

#: Schemas of files whose ``tables`` hold a roster: a proposal, and one changed after it.
ROSTERS = ("selection.proposal/", "selection.change/")


def proposal_json(
    proposal: Proposal,
    applications: dict[str, Any],
    *,
    going_on: GoingOn | None = None,
    state: State | None = None,
) -> dict[str, Any]:
    """The whole proposal; ``applications`` tells what was read, as the intake tells it, and ``open_seats``, where
    there were any, what was left open to question about seats and why the matter went on. ``state`` is what is true
    of the roster; ``None`` where the proposal itself says all of it."""
    people = {one.key: one for one in proposal.pool.applicants}
    orders = deputy_orders(proposal.rules, proposal.seats)
    return {
        "schema": SCHEMA,
        "applications": applications,
        "rules": proposal.rules.name,
        "seed": proposal.seed,
        "seal": seal_json(proposal.pool),
        "state": (state or state_of_proposal(proposal)).to_json(),
        "fingerprint": fingerprint(proposal.rules, proposal.seed, proposal.seats, proposal.pool.applicants),
        "made_from": made_from(proposal.rules, digest_of(proposal.pool.applicants)),
        "solver": {
            "name": proposal.solver,
            "version": proposal.solver_version,
            "seconds": round(proposal.seconds, 3),
            "proven_optimal": proposal.proven,
        },
        "steps": [
            {"name": step.name, "value": step.value, "bound": step.bound, "seconds": round(step.seconds, 4)}
            for step in proposal.steps
        ],
        "tables": [
            {
                "table": table,
                "members": [person_json(people[one.person]) for one in proposal.at(table, Role.MEMBER)],
                "deputies": [
                    _deputy(one, people, orders.get((table, one.person))) for one in proposal.at(table, Role.DEPUTY)
                ],
                "reserves": [person_json(people[one.person]) for one in proposal.at(table, Role.RESERVE)],
            }
            for table in proposal.pool.tables
        ],
        "requirements": [_standing(one) | {"holds": one.holds} for one in proposal.requirements()],
        "goals": [_goal(one) for one in proposal.goals()],
        "goals_switched_off": list(proposal.rows.switched_off),
        **({} if going_on is None else {"open_seats": going_on.to_json()}),
        "impossible_sizes": [
            {
                "table": one.table,
                "role": one.role.value,
                "aim": one.aim,
                "sizes": list(one.sizes),
                "rules": list(one.rules),
            }
            for one in size_notes(proposal.rules)
        ],
        "law": [_share(one) for one in law_of(proposal)],
        "uncounted": uncounted_json(proposal.pool, proposal.rules, proposal.seats),
        **applied_json(proposal.pool, proposal.rules),
    }


def person_json(person: Applicant) -> dict[str, Any]:
    """Who is meant: where the application stands, the name, and the person key."""
    origin = person.origin
    return {
        "sheet": origin.sheet if origin else None,
        "row": origin.row if origin else None,
        "part": part_of(origin),
        "file": origin.file if origin else None,
        "name": person.name,
        "key": person.key,
    }


def part_of(origin: Origin | None) -> str:
    """Which of several persons of a row is meant: ``a``, ``b``; nothing where the row holds one."""
    return origin.part if origin is not None else ""


def _deputy(seat: Seat, people: dict[str, Applicant], order: int | None) -> dict[str, Any]:
    member = people[seat.deputy_of].origin if seat.deputy_of else None
    told = person_json(people[seat.person])
    told |= {"deputy_of": member.row if member else None, "deputy_of_key": seat.deputy_of}
    return told if order is None else told | {"order": order}


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "id": one.id,
        "table": one.table,
        "role": one.role,
        "value": one.count,
        "at_least": one.at_least,
        "at_most": one.at_most,
    }


def _goal(one: Standing) -> dict[str, Any]:
    return {
        "id": one.id,
        "value": one.value,
        "table": one.table,
        "priority": one.priority,
        "count": one.count,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "deviation": one.deviation,
    }


def json_bytes(content: dict[str, Any]) -> bytes:
    """A file that people can read too."""
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _share(one: BodyShare) -> dict[str, Any]:
    """The Equality Act's share of a body; women, men and whether it holds are null where it cannot be measured."""
    return {
        "table": one.table,
        "role": one.role.value,
        "size": one.size,
        "women": one.women,
        "men": one.men,
        "holds": one.holds,
    }


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write the JSON whole or not at all."""
    write_whole(path, json_bytes(content))


def rules_of_json(path: Path) -> str | None:
    """The name of the rules that a proposal's JSON was made by; ``None`` where it names none, or is no proposal."""
    try:
        name = json.loads(path.read_text("utf-8")).get("rules")
    except (ValueError, AttributeError, OSError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def mapping_of_json(path: Path) -> str:
    """The reading of columns that the result in a JSON file was made with; empty where nobody told one."""
    try:
        told = json.loads(path.read_text("utf-8"))["applications"]["mapping"]
    except (ValueError, AttributeError, OSError, RecursionError, KeyError, TypeError):
        return ""
    return told if isinstance(told, str) else ""


def waived_of_json(path: Path) -> tuple[str, ...]:
    """Ids of the requirements that the result in a JSON file was made without; none where the file tells none."""
    try:
        told = json.loads(path.read_text("utf-8")).get("waived", ())
    except (ValueError, AttributeError, OSError, RecursionError):
        return ()
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()


def seats_of_json(path: Path, applicants: tuple[Applicant, ...], tables: Sequence[str]) -> tuple[Seat, ...]:
    """The roster of a proposal's JSON, its people found in the applications by key, or else by sheet and row.

    ``tables`` are those of the rules.

    Raises
    ------
    ProposalFileError
        if the file is no proposal, or names a table that the rules do not have, or somebody who is not in the
        applications.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if not str(content["schema"]).startswith(ROSTERS):
            raise ProposalFileError("proposal_not_one", file=path.name)
        by_key = {one.key: one for one in applicants}
        by_row = {(one.origin.sheet, one.origin.row, one.origin.part): one for one in applicants if one.origin}

        def key_of(person: dict[str, Any], table: str) -> str:
            known = by_key.get(str(person.get("key"))) or by_row.get(
                (str(person.get("sheet")), int(person.get("row") or 0), str(person.get("part") or ""))
            )
            if known is None:
                raise ProposalFileError("proposal_unknown_person", file=path.name, table=table, row=person.get("row"))
            return known.key

        seats: list[Seat] = []
        for table in content["tables"]:
            name = str(table["table"])
            if name not in tables:
                raise ProposalFileError("proposal_unknown_table", table=name[:60])
            members = {person["row"]: key_of(person, name) for person in table["members"]}
            seats += [Seat(key_of(person, name), name, Role.MEMBER) for person in table["members"]]
            seats += [
                Seat(
                    key_of(one, name), name, Role.DEPUTY, one.get("deputy_of_key") or members.get(one.get("deputy_of"))
                )
                for one in sorted(table.get("deputies", []), key=lambda one: int(one.get("order") or 0))
            ]
            seats += [Seat(key_of(one, name), name, Role.RESERVE) for one in table.get("reserves", [])]
        return tuple(seats)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, OverflowError, RecursionError) as error:
        raise ProposalFileError("proposal_not_one", file=path.name) from error
