"""Willing: the seats that a row accepts, by its header and its cell together."""

from __future__ import annotations

from selection.intake.columns import ColumnMatch
from selection.intake.row import Row
from selection.intake.values.choices import yes_or_no
from selection.intake.values.reading import Reading
from selection.intake.values.seats import (
    BOTH,
    asks_of_deputies,
    read_roles,
    states_a_limit,
    without_refused,
)
from selection.intake.wording import is_empty, written
from selection.model.people import Role


def read_willing(row: Row) -> None:
    """Read the seats that a row accepts into its draft."""
    match, cell = row.answer("roles")
    given = "roles" in row.instead or match is None or match.header in row.instead
    if given or match is None or match.option is not None:
        declined = row.declined("roles") if is_empty(cell) else []
        if declined:  # what was said no to, in a column for each seat, is refused
            roles, cell = without_refused(one.option or "" for one in declined), row.cell(declined[0])
        elif is_empty(cell) and len([one for one in row.matches("roles") if one.option is not None]) > 1:
            roles = Reading(BOTH).but("roles_unclear")  # a column for each, and no tick
        else:
            roles = read_roles(cell, match.header if match is not None else "")
    elif is_empty(cell) and match.index in row.sheet.coded:
        roles = Reading(BOTH)
    elif states_a_limit(match.header):
        roles = _of_statement(row, match)
    elif is_empty(cell) and match.index in row.sheet.deputy_ticks:
        roles = Reading(frozenset({Role.MEMBER}))  # not ticked
    elif is_empty(cell) and asks_of_deputies(match.header):
        roles = _of_silence(row, match)
    else:
        roles = read_roles(cell, match.header)
    row.remark(match, written(cell), roles.remarks)
    told = row.sheet.block.roles if row.sheet.block is not None else None
    told = told or (row.person.roles if row.person is not None else None)
    row.draft.roles = told or (roles.value if roles.value is not None else BOTH)


def _of_statement(row: Row, match: ColumnMatch) -> Reading[frozenset[Role]]:
    """The seats under a header that limits or denies (``Vain varajäseneksi``): a tick says what the header says."""
    said = written(row.original(match))
    answer = yes_or_no(said)
    if not said or answer is False:
        return Reading(None)
    return read_roles(match.header if answer else said, "")


def _of_silence(row: Row, match: ColumnMatch) -> Reading[frozenset[Role]]:
    """The seats of who left a question about deputies empty: where others only ever said yes, that may be a no."""
    answers = row.sheet.deputy_answers.get(match.index, frozenset())
    if answers == {True}:
        return Reading(frozenset({Role.MEMBER})).but("roles_unticked")
    return Reading(BOTH).but("roles_unclear") if False in answers else Reading(None)
