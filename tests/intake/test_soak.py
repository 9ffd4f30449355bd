"""Fuzzing of the reader for ``SOAK_SECONDS`` from ``SOAK_SEED``; what it finds is kept in the folder ``SOAK_FINDINGS``."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import (
    Intake,
    Mapping,
    accepting,
    finding_text,
    grouped,
    intake_of,
    mapping_of,
    note_text,
    read_applications,
    set_aside_text,
)
from selection.intake.applications_json import applications_json
from selection.intake.differences import differences
from selection.intake.parsing.main import answer
from selection.texts import LANGUAGES, error_text, in_language
from tests.intake.builders import book, check, rules, saved, sheet
from tests.intake.fuzzed import fuzzed, odd_rows, real_files, torn

#: Seconds of this process's processor that one execution may take; the child has a limit of its own.
SECONDS = 8.0


class Hung(Exception):
    """Something took far too long."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Break off what takes longer; also a regular expression."""

    def hung(*_: object) -> None:
        raise Hung(f"over {seconds:g} s")

    before = signal.signal(signal.SIGPROF, hung)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def told(intake: Intake) -> None:
    """Everything that people are told of an intake can be said, in every language."""
    check(intake)
    for language in LANGUAGES:
        with in_language(language):
            for said in (
                *map(finding_text, intake.findings),
                *map(set_aside_text, intake.set_aside),
                *map(note_text, intake.notes),
            ):
                assert said and not said.startswith(("finding.", "set_aside.", "intake.")), said
    applications_json(intake)
    grouped(intake.findings)
    assert Mapping.from_json(mapping_of(intake.columns).to_json()).fields is not None
    assert not differences(intake.applications, intake.applications)


def outcome_of_file(chance: random.Random, folder: Path) -> tuple[str, Path]:
    name, content = fuzzed(chance)
    path = saved(folder, name, content)
    try:
        told(read_applications([path], rules()))
        return "read", path
    except FileError as error:
        for language in LANGUAGES:
            with in_language(language):
                said = error_text(error)
                assert path.name in said and not said.startswith("error."), said
                assert len(said) < 1_000, said
        return error.code, path


def outcome_of_text(chance: random.Random, folder: Path) -> tuple[str, Path]:
    """Separated text, parsed in this process: far more of them in an hour."""
    name, content = chance.choice([one for one in real_files() if one[0].endswith(("csv", "tsv"))])
    path = saved(folder, name, torn(torn(content, chance), chance))
    assert answer(path.read_bytes(), ".csv").startswith("{")
    return "parsed", path


def outcome_of_rows(chance: random.Random, folder: Path) -> tuple[str, Path]:
    """Rows of odd cells, without a file; every suggestion accepted, and read again."""
    rows = [[None if cell == "" else cell for cell in row] for row in odd_rows(chance)]
    path = folder / "rows.txt"
    path.write_text(repr(rows), errors="backslashreplace")
    file = book(sheet(rows))  # type: ignore[arg-type]
    try:
        intake = intake_of([file], rules())
        told(intake)
        corrections = [accepting(finding) for finding in intake.findings if finding.suggestion is not None]
        told(intake_of([file], rules(), mapping=mapping_of(intake.columns), corrections=corrections))
        return "rows", path
    except FileError as error:
        assert error_text(error)
        return f"rows: {error.code}", path


@pytest.mark.soak
def test_no_file_at_all_is_a_fault(tmp_path: Path) -> None:
    seconds = float(os.environ.get("SOAK_SECONDS", "3600"))
    seed = os.environ.get("SOAK_SEED") or str(int(time.time()))
    findings = Path(os.environ.get("SOAK_FINDINGS") or tmp_path / "findings")
    findings.mkdir(parents=True, exist_ok=True)
    print(f"seed {seed}, findings in {findings}", flush=True)
    outcomes: Counter[str] = Counter()
    slowest: list[tuple[float, int]] = []
    faults = 0
    until, told_at = time.monotonic() + seconds, time.monotonic()
    number = int(os.environ.get("SOAK_FIRST", "0"))
    while time.monotonic() < until:
        chance = random.Random(f"{seed} {number}")
        way = chance.choices((outcome_of_file, outcome_of_text, outcome_of_rows), (5, 2, 3))[0]
        folder = tmp_path / "now"
        folder.mkdir(exist_ok=True)
        started = time.process_time()
        try:
            with at_most(SECONDS):
                outcomes[way(chance, folder)[0]] += 1
        except Exception:
            faults += 1
            kept = findings / f"{seed}-{number}"
            kept.mkdir(exist_ok=True)
            for path in folder.iterdir():
                saved(kept, path.name, path.read_bytes())
            (kept / "traceback.txt").write_text(traceback.format_exc(), errors="backslashreplace")
        for path in folder.iterdir():
            path.unlink()
        slowest = sorted([*slowest, (round(time.process_time() - started, 2), number)], reverse=True)[:5]
        number += 1
        if time.monotonic() - told_at > 60:
            told_at = time.monotonic()
            print(f"{number} executions, {faults} faults, slowest {slowest}", flush=True)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    minutes = sum(one.ru_utime + one.ru_stime for one in used) / 60
    print(f"{minutes:.1f} minutes of the processor", flush=True)
    print(f"{number} executions, seed {seed}, {faults} faults, slowest {slowest}: {outcomes.most_common()}", flush=True)
    assert number
    assert not faults, f"SOAK_SEED={seed}: {faults} faults, kept in {findings}"
