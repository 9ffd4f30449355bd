"""An error about a round names tables, seats and people as a person knows them, in the reader's language."""

import pytest

from selection.commands.terminal import err, tell
from selection.errors import ConflictError, Conflicting, LockError
from selection.model.rules_file import preset
from selection.model.titles import error_told
from selection.texts import in_language


@pytest.mark.parametrize(("language", "table", "role"), [("fi", "itäinen", "jäsen"), ("en", "eastern", "member")])
def test_a_lock_that_cannot_be_is_told_with_names(language, table, role):
    error = LockError("lock_not_accepted", person="0f3a", table="itäinen", role="member")
    with in_language(language):
        told = error_told(error, preset("lahti-2021"), {"0f3a": "Aino Aalto"})
    assert "Aino Aalto" in told and table in told and role in told and "0f3a" not in told


def test_a_conflict_is_told_with_the_tables_title():
    error = ConflictError([Conflicting("women", "itäinen", "members", 6, None, 3)])
    with in_language("sv"), err.capture() as printed:
        tell(error, preset("lahti-2021"))
    assert "östra" in printed.get() and "itäinen" not in printed.get()
