"""Handing files out: the right is asked before a file is made, and its line stands in the log before it leaves."""

from __future__ import annotations

from collections.abc import Callable

from selection.actions.base import Outcome, User
from selection.actions.export_actions import RULES, HandOutData, LogExport
from selection.actions.perform import perform
from selection.actions.rights import Right
from selection.actions.views import require
from selection.records.store import Store


def hand_out(
    store: Store, user: User, action: LogExport | HandOutData, make: Callable[[], bytes]
) -> tuple[bytes, Outcome]:
    """Make a file and note in the log that it goes out: a line for each file that was made, none for one that was not.

    Raises
    ------
    PermissionDenied
        before anything is made, if the user's roles in the round do not allow it.
    """
    is_rules = isinstance(action, LogExport) and action.kind == RULES
    require(store, user, Right.READ if is_rules else action.right, action.round_id)
    content = make()
    return content, perform(store, user, action)
