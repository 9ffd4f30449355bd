"""For whom files were made: in shared use one leaves for the person who pressed its button, and for a few minutes."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable

PATH = "/media/"
#: A browser fetches a file as soon as it is made; its address is of no use to anybody later.
SECONDS = 300.0


class HandedOut:
    """What was made lately, by its content, and for whom."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._made: dict[tuple[str, str], float] = {}

    def note(self, content: bytes, person: str) -> None:
        """A file was made for a person, known by the login's lasting id."""
        now = self._clock()
        with self._lock:
            self._made = {one: at for one, at in self._made.items() if now - at <= SECONDS}
            self._made[_digest(content), person] = now

    def is_for(self, content: bytes, person: str) -> bool:
        """Whether a file was made for this person a short while ago."""
        with self._lock:
            at = self._made.get((_digest(content), person))
        return at is not None and self._clock() - at <= SECONDS


handed_out = HandedOut()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(path: str) -> bytes | None:
    """The content of a file that the framework holds to be downloaded; ``None`` of a part of a page, or of nothing."""
    from streamlit import runtime
    from streamlit.runtime.media_file_storage import MediaFileKind

    if not runtime.exists():
        return None
    # The framework itself leaves the ending out.
    file = runtime.get_instance().media_file_mgr.read_file(path.removeprefix(PATH))
    return None if file is None or file.kind is MediaFileKind.MEDIA else file.content
