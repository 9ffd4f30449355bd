"""What every test leaves as it found it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from selection import texts

# How long an example takes says how busy the machine is.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


@pytest.fixture(autouse=True)
def every_place_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is read without what fills it would show a dash; in a test it is an error."""

    def unfilled(place: str) -> str:
        raise KeyError(place)

    monkeypatch.setattr(texts, "unfilled", unfilled)


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """A page under test makes itself the main module, which processes started later would run anew."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
