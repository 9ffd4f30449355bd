"""Rules that are not applied, for the commands: refused, waived by name, and told beside every result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from selection.commands.terminal import err, lines_out, tell
from selection.errors import InputError, UnreadRequirementError
from selection.explain.not_applied import nobody_lines, not_applied_lines
from selection.explain.uncounted import uncounted_lines
from selection.intake import Intake
from selection.intake.headings import left_out_fields, near_text
from selection.model.applied import require_read
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.titles import field_word, rule_name
from selection.texts import text


def pool_of(
    rules: Rules,
    intake: Intake,
    people: Sequence[Applicant] | None = None,
    asked: Iterable[str] | None = None,
    *,
    waive: Sequence[str] | None = None,
    recorded: Iterable[str] = (),
) -> Pool:
    """Whom a command may choose among; a requirement whose field was not read ends the command, unless it is waived.

    Parameters
    ----------
    people, asked
        Those of the applications unless given.
    waive
        Ids as given on the command line; ``recorded`` those that the file in hand says were waived.

    Raises
    ------
    InputError
        if nobody was read, an id is no requirement's, or its requirement can be counted.
    """
    if people is None and not intake.applicants:
        raise InputError("nobody_read", n=intake.rows, aside=len(intake.set_aside))
    asked = intake.asked if asked is None else frozenset(asked)
    left_out = left_out_fields(intake.columns, rules) - asked
    people = intake.applicants if people is None else people
    pool = Pool.build(people, rules, asked, left_out=left_out, waived={*recorded, *(waive or ())})
    _require_known(pool, rules, waive or ())
    try:
        require_read(pool, rules)
    except UnreadRequirementError as error:
        tell_unread(error, rules, intake)
        raise typer.Exit(error.exit_status) from None
    return pool


def _require_known(pool: Pool, rules: Rules, waive: Sequence[str]) -> None:
    fields = rules.needed_fields
    for one in waive:
        if one not in fields:
            raise InputError("waive_unknown", found=one[:60], known=", ".join(fields) or "–")
        if all(map(pool.was_asked, fields[one])):
            raise InputError("waive_not_needed", id=one)


def tell_unread(error: UnreadRequirementError, rules: Rules, intake: Intake) -> None:
    """Say which requirements cannot be counted, the field of each, and the nearest headings of the files."""
    tell(error)
    for one in error.unread:
        word = field_word(one.field)
        field = word if word == one.field else f"{word} ({one.field})"
        err.print("  " + text("unread.line", rule=rule_name(rules, one.id), id=one.id, field=field), markup=False)
        headings = near_text(intake.columns, one.field)
        err.print(
            "    " + (text("unread.near", headings=headings) if headings else text("unread.none_near")), markup=False
        )
    err.print(text("unread.go_on", options=" ".join(f"--waive {one}" for one in _ids(error))), markup=False)


def _ids(error: UnreadRequirementError) -> list[str]:
    return list(dict.fromkeys(one.id for one in error.unread))


def print_not_applied(pool: Pool, rules: Rules, seats: Iterable[Seat] = ()) -> None:
    """Say beside a result what is not applied, which groups that a rule names have no applicant, and who of ``seats``
    counts to no group of a requirement with a maximum."""
    for line in (
        *not_applied_lines(pool, rules),
        *nobody_lines(pool, rules),
        *uncounted_lines(pool, rules, seats),
    ):
        lines_out.print(line, markup=False)
