"""What the commands share: where they print, how an error is told, which rules and files they are given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from selection.errors import ConflictError, Conflicting, EditedRosterError, FileError, SelectionError
from selection.intake import Intake
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError
from selection.model.rules_new import located_notes
from selection.model.sizes import notes_of
from selection.model.titles import error_told, table_name
from selection.outputs.rule_notes import note_in_words
from selection.rounds import rules_files
from selection.texts import error_text, label, problem_text, text

DEFAULT_RULES = "lahti-2021"

out = Console(highlight=False)
#: For sentences: a long one is the terminal's to wrap.
lines_out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def load_rules(name: str) -> Rules:
    """Rules of a preset or of a file, as :func:`selection.rounds.rules_files.load_rules`; what a person should look at
    in the file is told on the error stream."""
    rules = rules_files.load_rules(name)
    if not rules_files.is_preset(name) and notes_of(rules):
        path = Path(name)
        for line, note in located_notes(path.read_text("utf-8"), rules):
            place = text("cli.line", line=line) if line else ""
            err.print(f"{path.name}: {place}{note_in_words(rules, note)}", markup=False)
    return rules


def writable(
    *files: Path | None, folders: Iterable[Path | None] = (), inputs: Iterable[Path | str | None] = ()
) -> None:
    """Say before the work that a result could not be written, or would be written over an input or another result.

    ``folders`` are results that are a folder of files.
    """
    wanted = [(path, False) for path in files] + [(path, True) for path in folders]
    held = {Path(path).resolve() for path in inputs if path is not None}
    taken: set[Path] = set()
    for path, is_folder in wanted:
        if path is None:
            continue
        parent = path.absolute().parent
        if (path.is_file() if is_folder else path.is_dir()) or not parent.is_dir():
            raise FileError("output_no_folder", file=str(path))
        if not os.access(path if path.is_dir() else parent, os.W_OK):
            raise FileError("output_not_allowed", file=str(path))
        place = path.resolve()
        if place in held:
            raise FileError("output_is_input", file=str(path))
        if place in taken:
            raise FileError("output_twice", file=str(path))
        taken.add(place)


def readable(path: Path | None) -> None:
    """Say before the work that a file to read is not there, or is a folder."""
    if path is not None and not path.is_file():
        raise FileError("directory" if path.is_dir() else "file_not_found", file=str(path))


def plain(written: str) -> str:
    """Text of the file's: never taken for markup."""
    from rich.markup import escape

    return escape(written)


def print_counts(intake: Intake) -> None:
    out.print(
        text(
            "cli.summary",
            rows=intake.rows,
            applicants=len(intake.applications),
            set_aside=len(intake.set_aside),
            findings=len(intake.findings),
        ),
        markup=False,
    )


def _place(one: Conflicting, rules: Rules | None) -> str:
    """The table of a requirement that conflicts; all of them, where it counts the round."""
    if one.table is not None:
        return one.table if rules is None else table_name(rules, one.table)
    counts = rules is not None and any(rule.id == one.id and rule.scope == "round" for rule in rules.requirements)
    return text("rules.all_tables") if counts else "–"


def tell(error: SelectionError, rules: Rules | None = None, names: Mapping[str, str] | None = None) -> None:
    """Print an error for the person at the command line; with ``rules`` what they name is called as they say, people
    by ``names``."""
    err.print(error_text(error) if rules is None else error_told(error, rules, names or {}), markup=False)
    if isinstance(error, RulesFileError):
        for problem in error.problems:
            place = text("cli.line", line=problem.line) if problem.line else ""
            err.print(f"  {place}{problem_text(problem.code, problem.params)}", markup=False)
    if isinstance(error, EditedRosterError):
        for found in error.problems:
            err.print("  " + problem_text(found.code, found.params), markup=False)
    if isinstance(error, ConflictError):
        from selection.explain.sentences import conflict_counts, conflict_name

        for one in error.requirements:
            people = {} if names is None else names
            numbers: dict[str, Any] = {
                "rule": label("rule", one.id) if rules is None else conflict_name(one, rules, people),
                "id": one.id,
                "table": _place(one, rules),
                "role": label("seat", one.role) if one.role else "–",
                "counts": conflict_counts(one),
            }
            err.print("  " + text("cli.conflict", **numbers), markup=False)
