"""The state of a roster on the command line: the one sentence that stands beside every roster."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selection.commands.terminal import lines_out
from selection.intake import Intake
from selection.model.applied import is_read, of_nobody, waived
from selection.model.fingerprint import differing, fingerprint, made_from
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.state import State, sentence, state_of
from selection.outputs.amendments import digest_of

if TYPE_CHECKING:
    from selection.outputs.checkable import Checkable


def print_state(state: State, rules: Rules) -> None:
    """Say it on the screen."""
    lines_out.print(sentence(state, rules), markup=False)


def state_of_json(
    path: Path, seats: Sequence[Seat], standings: Sequence[Standing], rules: Rules, intake: Intake, pool: Pool
) -> State:
    """The state of a roster in a proposal's JSON, held against the rules and applications given now.

    A JSON of before fingerprints tells of no change.
    """
    content: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    people = digest_of(intake.applicants)
    before, now = content.get("made_from") or {}, made_from(rules, people)
    files = [str(one.get("sha256")) for one in (content.get("applications") or {}).get("files", ())]
    older = differing(before, now)
    if _same_files(files, intake):
        # The same file reads otherwise under other rules: nobody's data were changed.
        older = tuple(one for one in older if one != "people")
    told = content.get("state") or {}
    steps = content.get("steps") or ()
    proven = bool((content.get("solver") or {}).get("proven_optimal"))
    state = state_of(
        seats,
        standings,
        seats if steps else None,
        proven=proven,
        older_than=older,
        waived=waived(pool, rules),
        of_nobody=of_nobody(pool, rules),
        not_applied=_goals(pool, rules),
    )
    changed = told.get("changed", 0)
    if steps and "rules" not in older and "locks" not in older and _edited(content, rules, seats, intake.applicants):
        changed = None
    return state if changed == 0 else replace(state, changed=changed)


def _edited(content: Mapping[str, Any], rules: Rules, seats: Sequence[Seat], people: Sequence[Applicant]) -> bool:
    written = content.get("fingerprint")
    return written is not None and written != fingerprint(rules, str(content.get("seed")), seats, people)


def state_of_workbook(
    recorded: Checkable,
    seats: Sequence[Seat],
    standings: Sequence[Standing],
    rules: Rules,
    intake: Intake,
    pool: Pool,
) -> State:
    """The state of the roster on a workbook's sheets, held against the rules and applications given now."""
    from selection.outputs import readback
    from selection.outputs.amendments import amended

    now = made_from(rules, digest_of(amended(intake.applicants, recorded.amendments)))
    before = made_from(recorded.rules(), recorded.people or now["people"])
    older = set(recorded.older) | set(differing(before, now))
    if "people" not in recorded.older and _same_files([digest for _, digest in recorded.files], intake):
        older.discard("people")
    proposed = readback.recorded_seats(recorded) if recorded.steps else None
    return state_of(
        seats,
        standings,
        proposed,
        proven=recorded.proven,
        older_than=older,
        waived=waived(pool, rules),
        of_nobody=of_nobody(pool, rules),
        not_applied=_goals(pool, rules),
    )


def _goals(pool: Pool, rules: Rules) -> tuple[str, ...]:
    """Ids of the goals that were not taken into account."""
    return tuple(goal.id for goal in rules.goals if not is_read(pool, goal))


def _same_files(digests: Sequence[str], intake: Intake) -> bool:
    return sorted(digests) == sorted(one.sha256 for one in intake.files)
