"""How long a sign-in holds: by the server's clock, and by one that nobody sets, so that one that is over stays over."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.records import journal as j
from selection.records.base import written

#: A sign-in ends when nothing was done for so long, and after so long in any case.
IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=8)
#: How far two clocks may be apart: the provider's and this machine's, or this machine's before and after it was set.
CLOCKS = dt.timedelta(minutes=5)
SHORT = dt.timedelta(milliseconds=1)
#: So many sign-ins of one account may begin within so long.
MOST, WITHIN = 30, dt.timedelta(minutes=10)


def seconds() -> float:
    """Of a clock that nobody sets and that stands for nothing while this process is not there."""
    return time.monotonic()


@dataclass(slots=True)
class _Known:
    """When, by :func:`seconds`, a sign-in began and was last seen."""

    began: float
    seen: float


class Known:
    """The sign-ins that this process has seen, with the times of a clock that nobody sets."""

    def __init__(self) -> None:
        self._held: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def take_note(self, key: str, began: dt.timedelta, seen: dt.timedelta) -> None:
        """A sign-in is known from now on: how long ago it began and was seen."""
        now = seconds()
        with self._lock:
            self._held = {one: held for one, held in self._held.items() if now - held.began < 2 * _of(LONGEST)}
            self._held.setdefault(key, _Known(now - _of(began), now - _of(seen)))

    def at_work(self, key: str) -> None:
        """Its owner does something."""
        with self._lock:
            if key in self._held:
                self._held[key].seen = seconds()

    def knows(self, key: str) -> bool:
        """Whether this process has seen it."""
        return key in self._held

    def why_over(self, key: str) -> str | None:
        """Why a sign-in is over by this clock; ``None`` where it is not."""
        with self._lock:
            held = self._held.get(key)
        if held is None:
            return None
        now = seconds()
        if now - held.began > _of(LONGEST):
            return "sign_in_too_long"
        return "sign_in_idle" if now - held.seen > _of(IDLE) else None


known = Known()


def why_over(session: Session, row: j.SignIn, at: dt.datetime) -> str | None:
    """Why a sign-in is over; ``None`` where it goes on. The records' own latest instant counts where the clock is
    behind it and this process, started since, has not seen the sign-in."""
    began, seen = moment(row.began_at), moment(row.seen_at)
    if row.ended_at is not None:
        return _ended(began, seen, moment(row.ended_at))
    if seen - at > CLOCKS:  # the clock was set back, or ahead when it was seen: how long ago that was nobody knows
        return "not_signed_in"
    latest = at
    if not known.knows(row.key):
        newest = session.scalar(select(func.max(j.LogLine.at)))
        latest = max(at, moment(newest) - CLOCKS) if newest else at
    for code, since, most in (("sign_in_too_long", began, LONGEST), ("sign_in_idle", seen, IDLE)):
        if latest - since > most:
            return code
    known.take_note(row.key, max(latest - began, dt.timedelta()), max(latest - seen, dt.timedelta()))
    return known.why_over(row.key)


def over_at(row: j.SignIn, why: str) -> dt.datetime:
    """The instant to mark a sign-in with that was found to be over: one that tells why, whatever the clock says."""
    began, seen = moment(row.began_at), moment(row.seen_at)
    return {"sign_in_too_long": began + LONGEST + SHORT, "sign_in_idle": seen + IDLE + SHORT}.get(why, seen)


def _ended(began: dt.datetime, seen: dt.datetime, ended: dt.datetime) -> str:
    """Why a sign-in ended that is marked so: by time (see :func:`over_at`), by its owner, or by an administrator."""
    marks = {
        began + LONGEST + SHORT: "sign_in_too_long",
        seen + IDLE + SHORT: "sign_in_idle",
        seen: "not_signed_in",
    }
    return marks.get(ended, "signed_out")


def is_too_often(session: Session, user_id: int, at: dt.datetime) -> bool:
    """Whether more sign-ins of an account began lately than a person makes."""
    lately = select(func.count()).select_from(j.SignIn).where(j.SignIn.user_id == user_id)
    return (session.scalar(lately.where(j.SignIn.began_at > written(at - WITHIN))) or 0) >= MOST


def told(code: str) -> dict[str, Any]:
    """What the text of an end is filled with."""
    return {
        "sign_in_too_long": {"hours": int(_of(LONGEST) // 3600)},
        "sign_in_idle": {"minutes": int(_of(IDLE) // 60)},
        "sign_in_too_often": {"n": MOST, "minutes": int(_of(WITHIN) // 60)},
    }.get(code, {})


def moment(instant: str) -> dt.datetime:
    """An instant as it is kept."""
    return dt.datetime.fromisoformat(instant)


def _of(span: dt.timedelta) -> float:
    return span.total_seconds()
