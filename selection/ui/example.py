"""The example round: the sample's applications, read as any file, and a proposal of them. For commands and pages."""

from __future__ import annotations

from io import BytesIO

from selection import actions as do
from selection.errors import ActionError
from selection.jobs.worker import Telling
from selection.model.locks import Locks
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules, preset
from selection.presets import preset_text
from selection.proposal import TIME_LIMIT
from selection.rounds import intake_step, saved_proposal, tasks
from selection.rounds.given import Given
from selection.rounds.shipped import SAMPLE, path_of
from selection.texts import text

#: The rules that the sample was made for.
PRESET = "lahti-2021"


def make(store: do.Store, user: do.User) -> int:
    """The example round's id; made now where there is none, never twice.

    Raises
    ------
    SelectionError
        where the user may not make a round, or the sample cannot be read.
    """
    there = do.example_id(store, user)
    if there is not None:
        return there
    upload, understood = _read(preset(PRESET))
    (taken,) = intake_step.actions_of(0, [upload], understood)
    action = do.CreateExample(
        name=text("ui.example.round"),
        rules=preset_text(PRESET) or "",
        preset=PRESET,
        file=taken.file,
        applications=taken.applications,
        findings=taken.findings,
    )
    try:
        made = do.perform(store, user, action).round_id
    except ActionError as error:
        if error.code != "example_exists":
            raise
        made = do.example_id(store, user)  # somebody else made it just now
        if made is None:
            raise
    assert made is not None
    return made


def propose(store: do.Store, user: do.User, round_id: int) -> None:
    """Propose its rosters here and now, where nothing has been proposed yet.

    Raises
    ------
    SelectionError
        as :func:`selection.proposal.propose`.
    """
    row = do.round_row(store, user, round_id)
    if row.draft_id is not None or row.state != "draft" or row.locks:
        return
    rules = parse_rules(do.rules_text(store, user, round_id), row.name)
    files = do.source_files(store, user, round_id)
    asked = frozenset(str(name) for file in files for name in file.mapping.get("asked", ()))
    given = Given(rules, tuple(do.pool(store, user, round_id)), asked, Locks())
    found = tasks.propose(given, TIME_LIMIT, Telling(BytesIO()))
    do.perform(store, user, saved_proposal.action_of(round_id, found))


def _read(rules: Rules) -> tuple[intake_step.Upload, intake_step.Understood]:
    path = path_of(SAMPLE)
    upload = intake_step.Upload(path.name, path.read_bytes())
    return upload, intake_step.understand([upload], rules)
