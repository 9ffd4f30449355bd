"""Questions about a round, computed in a worker: the right is asked before any work begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selection import actions as do
from selection.ui import session
from selection.ui.job_worker import Job
from selection.ui.jobs import jobs


def start(
    round_id: int,
    key: object,
    kind: str,
    work: Callable[..., object],
    arguments: dict[str, Any],
    right: do.Right = do.Right.READ,
) -> Job:
    """Begin a job that only who asked has (see :meth:`selection.ui.jobs.Jobs.start`); it ends with the last page that
    waits for it.

    Raises
    ------
    PermissionDenied
        if the visitor's roles do not allow it now, whatever the page was drawn with.
    """
    do.require(session.store(), session.user(), right, round_id)
    return jobs().start(key, kind, work, arguments, forget=True, by=session.user().id, watched=True)
