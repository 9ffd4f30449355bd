"""Works for a worker process, as the app's own are: functions of plain arguments."""

import threading

from selection.errors import ConflictError, Conflicting


def double(number, telling):
    telling.progress("doubling", 0, 1)
    return 2 * number


def until_stopped(telling):
    stopped = threading.Event()
    telling.progress("waiting", 0, 2)
    telling.stoppable(stopped.set)
    return "so far" if stopped.wait(60) else "never stopped"


def forever(telling):
    telling.progress("waiting", 0, 1)
    threading.Event().wait(300)


def found_then_until_stopped(telling):
    telling.found("so far")
    return until_stopped(telling)


def found_then_deaf(telling):
    telling.found("so far")
    forever(telling)


def conflict(telling):
    raise ConflictError([Conflicting("women", "itäinen", "member", 6, None, 3)])
