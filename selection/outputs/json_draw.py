"""The JSON of ``draw``: all that is needed to count the draw again, and its reading for that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selection.errors import ProposalFileError
from selection.explain.not_applied import applied_json
from selection.explain.uncounted import uncounted_json
from selection.model.people import Applicant, Role
from selection.model.roster import Seat, sort_name
from selection.model.rules import Rules
from selection.outputs.json_proposal import person_json
from selection.outputs.seal_words import seal_json
from selection.solver import solver_version
from selection.version import __version__

if TYPE_CHECKING:
    from selection.fair import Draw
    from selection.fair.verifying import Written

SCHEMA = "selection.draw/1"


def draw_json(
    done: Draw,
    applications: dict[str, Any],
    *,
    time_limit: float | None = None,
    gap_accepted: bool = False,
    left_out_unknown: bool = False,
) -> dict[str, Any]:
    """All that is needed to repeat the draw and to count every chance again.

    Parameters
    ----------
    time_limit
        Seconds of the search by the clock; ``None`` where its limit was of work.
    gap_accepted, left_out_unknown
        Whether any gap of the smallest chance was accepted, and respondents with unknown values left out.
    """
    from selection.fair.budget import WORK
    from selection.fair.lots import LOTS

    found, pool = done.distribution, done.pool
    types = found.types
    seats = [{"type": owner, "table": pool.tables[table], "role": role.value} for owner, table, role in types.seats]
    people = {one.key: one for one in pool.applicants}
    return {
        "schema": SCHEMA,
        "version": __version__,
        "applications": applications,
        "rules": done.rows.rules.name,
        "rules_used": json.loads(done.rows.rules.model_dump_json(by_alias=True)),
        "seed": done.seed,
        "seal": seal_json(done.pool),
        "solver": {"name": "HiGHS", "version": solver_version("HiGHS"), "seconds": round(found.seconds, 3)},
        "steps": dict(done.held),
        "smallest_chance": float(done.smallest),
        "bound": found.bound,
        "leximin_short": found.short,
        "cut_by_time_limit": found.cut,
        "repeatable": found.repeatable,
        "limit": {"work": WORK} if time_limit is None else {"seconds": time_limit},
        "gap_accepted": gap_accepted,
        "left_out_unknown": left_out_unknown,
        "never": {
            "no_seat": list(done.without_seat),
            "requirements": list(done.by_requirements),
            "goals": list(done.by_goals),
        },
        "lots": LOTS,
        "lot_drawn": done.drawn[0],
        "panel_drawn": done.drawn[1],
        "seats": seats,
        "types": [[pool.applicants[place].key for place in group] for group in types.people],
        "panels": [{"lots": lots, "seats": list(panel)} for lots, panel in zip(done.lots, found.panels, strict=True)],
        "applicants": [person_json(one) | {"chance": float(done.chances[one.key])} for one in by_name(pool.applicants)],
        "drawn": [
            person_json(people[seat.person])
            | {"table": seat.table, "role": seat.role.value, "deputy_of_key": seat.deputy_of}
            for seat in done.seats
        ],
        "uncounted": uncounted_json(pool, done.rows.rules, done.seats),
        **applied_json(pool, done.rows.rules),
    }


def by_name(applicants: Sequence[Applicant]) -> list[Applicant]:
    """Applicants by name, so that no order of merit can be read into them."""
    return sorted(applicants, key=lambda one: (sort_name(one.name), one.origin.row if one.origin else 0, one.key))


def written_draw(path: Path) -> tuple[Rules, tuple[tuple[str, str], ...], Written]:
    """The rules of a draw's JSON, the ``(name, sha256)`` of its files, and what it says of the draw.

    Raises
    ------
    ProposalFileError
        if the file is none, or was written before the rules stood in it.
    """
    from selection.fair.verifying import Written

    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema"] != SCHEMA:
            raise ProposalFileError("draw_not_one", file=path.name)
        rules = Rules.model_validate_json(json.dumps(told["rules_used"]))
        files = tuple((str(one["name"]), str(one["sha256"])) for one in told["applications"]["files"])
        written = Written(
            str(told["seed"]),
            {str(name): int(value) for name, value in told["steps"].items()},
            tuple(tuple(map(str, keys)) for keys in told["types"]),
            tuple((int(one["type"]), str(one["table"]), Role(one["role"])) for one in told["seats"]),
            tuple(tuple(map(int, one["seats"])) for one in told["panels"]),
            tuple(int(one["lots"]) for one in told["panels"]),
            {str(one["key"]): float(one["chance"]) for one in told["applicants"]},
            float(told["bound"]),
            tuple(
                Seat(str(one["key"]), str(one["table"]), Role(one["role"]), one["deputy_of_key"])
                for one in told["drawn"]
            ),
            told.get("left_out_unknown") is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError, OSError, OverflowError, RecursionError) as error:
        raise ProposalFileError("draw_not_one", file=path.name) from error
    return rules, files, written
