"""Rounds made ready for a test: imported and proposed through the same actions as the pages use."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from selection import actions as do
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules_file import parse_rules, preset
from selection.presets import preset_text
from selection.proposal import Proposal, propose
from selection.records.store import FILE_NAME
from selection.rounds import intake_step
from tests.records.stores import sqlite_store

SAMPLE = Path(__file__).resolve().parents[2] / "sample_applications.xlsx"
PRESET = "lahti-2021"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Scene:
    """A round in the app's records."""

    store: do.Store
    user: do.User
    round_id: int
    name: str

    def draft(self) -> do.VersionRow:
        version = do.draft(self.store, self.user, self.round_id)
        assert version is not None
        return version

    def person_at(self, table: str, role: Role = Role.MEMBER, place: int = 0) -> do.ApplicationRow:
        """Somebody with a seat, in alphabetical order."""
        people = {row.person_key: row for row in do.applications(self.store, self.user, self.round_id)}
        seated = sorted((people[seat.person] for seat in self.draft().roster.at(table, role)), key=lambda row: row.name)
        return seated[place]

    def row(self) -> do.RoundRow:
        return do.round_row(self.store, self.user, self.round_id)


@cache
def understood(file: Path = SAMPLE, rules: str | None = None) -> intake_step.Understood:
    """A file as read for the preset, or for other rules."""
    upload = intake_step.Upload(file.name, file.read_bytes())
    return intake_step.understand([upload], preset(PRESET) if rules is None else parse_rules(rules, "r.toml"))


@cache
def proposal(file: Path = SAMPLE) -> Proposal:
    """The proposal for a file, made once."""
    intake = understood(file).first
    rules = preset(PRESET)
    return propose(Pool.build(intake.applicants, rules, intake.asked), rules, locks=Locks())


def roster(file: Path = SAMPLE) -> do.Roster:
    """Its seats."""
    return proposal(file).roster


def make(
    folder: Path,
    *,
    proposed: bool = True,
    imported: bool = True,
    rules: str | None = None,
    name: str = "",
    file: Path = SAMPLE,
) -> Scene:
    """A new round in the records of a folder, under the preset or under other rules, with the sample or another file."""
    store = do.open_store(folder) if (folder / FILE_NAME).exists() else sqlite_store(folder)
    user = do.local_user(store)
    name = name or f"Kierros {next(_numbers)}"
    made = do.perform(store, user, do.CreateRound(name=name, rules=rules or preset_text(PRESET), preset=PRESET))
    assert made.round_id is not None
    scene = Scene(store, user, made.round_id, name)
    if imported or proposed:
        upload = intake_step.Upload(file.name, file.read_bytes())
        for action in intake_step.actions_of(scene.round_id, [upload], understood(file, rules)):
            do.perform(store, user, action)
    if proposed:
        steps = [{"name": one.name, "value": one.value, "bound": one.bound} for one in proposal(file).steps]
        facts = {"seed": "2021", "proven": True, "seconds": 1.0, "solver": "HiGHS", "solver_version": "1"}
        facts |= {"steps": steps, "made": roster(file).to_json()}
        do.perform(store, user, do.SaveProposal(round_id=scene.round_id, roster=roster(file), facts=facts))
    return scene
