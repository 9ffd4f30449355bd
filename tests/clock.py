"""A clock for tests of time limits: it stands still for so many looks, and is then far past every limit."""

from __future__ import annotations

import importlib
import time

import pytest


class Clock:
    """What stands for the module ``time``; ``looks`` are those left before the time is up."""

    def __init__(self) -> None:
        self.looks = 10**9
        self.perf_counter = time.perf_counter

    def monotonic(self) -> float:
        self.looks -= 1
        return 0.0 if self.looks >= 0 else 1e6


def clock_in(monkeypatch: pytest.MonkeyPatch, *modules: str) -> Clock:
    """One clock for these modules."""
    clock = Clock()
    for name in modules:
        monkeypatch.setattr(importlib.import_module(name), "time", clock)
    return clock
