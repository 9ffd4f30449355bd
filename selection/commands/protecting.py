"""Protecting: what is said before a file leaves in which a name under a non-disclosure order stands under an area."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from selection.commands.terminal import err
from selection.intake import Intake
from selection.texts import text


def tell_protected(
    intake: Intake, named: Iterable[str], files: Iterable[Path | None], withheld: Collection[str] = ()
) -> None:
    """Say on the error stream which rows' applicants are under a non-disclosure order and stand in the files by name.

    Parameters
    ----------
    named
        Person keys of those whom the files name.
    files
        The files that name them; none that was not asked for.
    withheld
        Keys of those who are marked beside the application files.
    """
    written = [path.name for path in files if path is not None]
    wanted = set(named)
    protected = [
        one for one in intake.applications if (one.non_disclosure or one.key in withheld) and one.key in wanted
    ]
    if not written or not protected:
        return
    rows = ", ".join(str(one.origin.place) for one in protected if one.origin is not None) or "–"
    said = text("cli.protected", n=len(protected), rows=rows, files=", ".join(dict.fromkeys(written)))
    err.print(said, markup=False)
