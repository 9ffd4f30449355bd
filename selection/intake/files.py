"""Application files: read in a job of their own, which loads what interprets cells while the files are parsed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from selection.intake.reader import in_job, read_books

if TYPE_CHECKING:
    from selection.intake.corrections import Correction
    from selection.intake.mapping import Mapping
    from selection.intake.results import Intake
    from selection.model.rules import Rules


def read_applications(
    paths: Sequence[Path],
    rules: Rules,
    *,
    mapping: Mapping | None = None,
    corrections: Sequence[Correction] = (),
) -> Intake:
    """Read application files as one round's intake.

    Parameters
    ----------
    mapping
        What a person confirmed of the columns; headers it does not know are matched as usual.
    corrections
        What a person decided about rows and findings.

    Raises
    ------
    FileError
        if a file cannot be read, or no sheet of a file has a column of names, or a row under it.
    """
    found: Intake = in_job(_read, [Path(path) for path in paths], rules, mapping, tuple(corrections))
    return found


def _read(paths: Sequence[Path], rules: Rules, mapping: Mapping | None, corrections: Sequence[Correction]) -> Intake:
    from selection.intake.memo import reading

    with reading():
        books = read_books(paths, meanwhile=_load)
        from selection.intake.assembly import intake_of
        from selection.intake.lacking import with_lacking

        return with_lacking(intake_of(books, rules, mapping=mapping, corrections=corrections), rules)


def _load() -> None:
    """Load what interprets cells; the process that parses the files needs none of it."""
    import_module("selection.intake.assembly")
    from selection.intake.columns import prepare

    prepare()
