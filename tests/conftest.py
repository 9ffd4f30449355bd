"""What every test leaves as it found it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """A page under test makes itself the main module, which processes started later would run anew."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
