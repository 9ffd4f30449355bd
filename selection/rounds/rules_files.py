"""Rules files of a city's own, read in a job: what people wrote may be made to take time or memory without end."""

from __future__ import annotations

from pathlib import Path

from selection import jobs
from selection.errors import FileError, RulesError
from selection.model.rules import Rules
from selection.model.rules_file import LARGEST, preset
from selection.model.rules_new import parse_new_rules
from selection.presets import preset_names, preset_text

#: An honest file takes a tenth of a second.
LIMITS = jobs.Limits(seconds=10.0, processor=5, memory=300_000_000, answer=20_000_000)


def load_rules(name: str) -> Rules:
    """Rules of a preset or of a file; its areas may be a preset's or a file beside it.

    Raises
    ------
    FileError
        if the file, or that of its areas, cannot be read as text.
    RulesError
        if there is no such preset or file, or the file is wrong.
    """
    path = Path(name)
    return preset(name) if is_preset(name) else rules_at(path, name)


def is_preset(name: str) -> bool:
    """Whether a name is taken for a preset's: it is one, or no file is there and it ends as no file does."""
    path = Path(name)
    return name in preset_names() or not (path.suffix or path.exists())


def rules_in(toml: str, file: str) -> Rules:
    """Rules of a text from outside; its areas may be a preset's.

    Raises
    ------
    RulesError
        as :func:`selection.model.rules_new.parse_new_rules`, or ``rules_endless`` where a limit was reached and
        ``rules_broken`` where the program's own fault ended the reading.
    """
    return _in_job(file, "selection.model.rules_new:parse_new_rules", toml, file)


def rules_at(path: Path, named: str) -> Rules:
    """Rules of a file; its areas may be a preset's or a file beside it. ``named``: as the person named the file.

    Raises
    ------
    FileError
        if the file, or that of its areas, cannot be read as text.
    RulesError
        as :func:`rules_in`.
    """
    return _in_job(path.name, _read, str(path.absolute()), named)


def _in_job(file: str, *work: object) -> Rules:
    try:
        rules: Rules = jobs.run(*work, limits=LIMITS)  # type: ignore[arg-type]
    except jobs.JobEnded as ended:
        raise RulesError("rules_broken" if ended.own_fault else "rules_endless", file=file) from None
    return rules


def _read(path: str, named: str) -> Rules:
    place = Path(path)

    def areas(name: str) -> str | None:
        beside = place.parent / name
        return preset_text(name) or (_text(beside, beside.name) if beside.is_file() else None)

    return parse_new_rules(_text(place, named), place.name, areas)


def _text(path: Path, named: str) -> str:
    """A file's text, no more of it than any rules file has, and one letter to tell that there is more."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError):
        raise FileError("rules_unreadable", file=named) from None
