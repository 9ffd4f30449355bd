"""Files for the browser: made in another thread when a button is pressed, for the visitor for whom it was drawn.

The framework makes a file where it does not know who presses. So all that is needed is taken along when the button is
drawn, and asked anew when it is pressed: whether the sign-in still holds, and whether the roles still allow it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from selection import actions as do
from selection.errors import SelectionError
from selection.serving.handed_out import handed_out
from selection.texts import in_language, language
from selection.ui import seat_revisions, session


class NotMade(Exception):
    """A file could not be made; what the log may hold of it has been logged."""


@dataclass(frozen=True)
class Visitor:
    """Who is at work in a session, for threads that have none. ``seats_only`` is the session's own set (see
    :func:`selection.ui.seat_revisions.alone_since`)."""

    store: do.Store
    user: do.User
    identity: do.Identity | None
    language: str
    seats_only: set[int]

    def at_work(self) -> do.User:
        """The visitor, if the sign-in still holds.

        Raises
        ------
        SignInEnded
            if it does not.
        """
        return self.user if self.identity is None else do.sign_in(self.store, self.identity)

    def keeps(self, content: bytes) -> bytes:
        """The content, which from now on leaves for this visitor."""
        if self.identity is not None:
            handed_out.note(content, self.identity.login)
        return content


def visitor(spoken: str | None = None) -> Visitor:
    """The visitor of the run under way, who reads the language in force or ``spoken``."""
    return Visitor(session.store(), session.user(), session.identity(), spoken or language(), seat_revisions.made())


def on_demand(
    action: do.LogExport | do.HandOutData, make: Callable[[do.User], bytes], spoken: str | None = None
) -> Callable[[], bytes]:
    """What a download button calls: makes the file, and notes it in the log before it leaves."""
    taken = visitor(spoken)

    def made() -> bytes:
        try:
            with in_language(taken.language):
                user = taken.at_work()
                content, outcome = do.hand_out(taken.store, user, action, lambda: make(user))
        except Exception as error:
            _log(error)
            # Neither names nor file paths of the error go on: the framework writes what it is given into its log.
            raise NotMade(type(error).__name__) from None
        if outcome.revision is not None:
            taken.seats_only.add(outcome.revision)
        return taken.keeps(content)

    return made


def of_nobody(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same for a file that tells of nobody, such as an empty form: nothing is noted in the log."""
    taken = visitor()

    def made() -> bytes:
        try:
            with in_language(taken.language):
                return taken.keeps(make())
        except Exception as error:
            _log(error)
            raise NotMade(type(error).__name__) from None

    return made


def _log(error: Exception) -> None:
    if isinstance(error, SelectionError):
        logging.getLogger("selection.ui").warning("file not made: %s", error.code)
        return
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    logging.getLogger("selection.ui").error("file not made: %s at %s", type(error).__name__, where)
