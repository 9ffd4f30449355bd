"""Who waits for a computation: the pages that have it in sight. One that nobody waits for any more is dropped."""

from __future__ import annotations

import threading
import time

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

#: A connection that was lost for so long does not come back by itself.
GRACE = 60.0


def now() -> float:
    """Seconds of a clock that nobody sets."""
    return time.monotonic()


def this_page() -> str | None:
    """The session of the run under way, ``None`` outside of pages."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def is_open(page: str) -> bool:
    """Whether a browser has the page open."""
    return not runtime.exists() or runtime.get_instance().is_active_session(page)


class Watchers:
    """The pages that wait for something; without any it is nobody's to drop."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, page: str | None) -> None:
        """A page has it in sight."""
        if page is not None:
            with self._lock:
                self._seen[page] = now()

    def all_gone(self) -> bool:
        """Whether every page that waited was closed some time ago. To be asked now and then while work goes on."""
        at = now()
        with self._lock:
            for page in self._seen:
                if is_open(page):
                    self._seen[page] = at
            return bool(self._seen) and all(at - seen > GRACE for seen in self._seen.values())
