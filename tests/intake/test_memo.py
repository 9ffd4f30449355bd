"""What a reading remembers of people's words is gone when it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from selection.intake import intake_of, memo, read_applications
from selection.intake.reader import read_books
from selection.model.rules_file import preset

SAMPLE = Path(__file__).resolve().parents[2] / "sample_applications.xlsx"
RULES = preset("lahti-2021")


@pytest.fixture(autouse=True)
def nothing_before():
    memo.forget()


def test_a_reading_remembers_nothing_after_it() -> None:
    read_applications([SAMPLE], RULES)
    assert memo.remembered() == 0


def test_within_an_outer_reading_the_second_one_is_quick() -> None:
    with memo.reading():
        with memo.reading():
            intake_of(read_books([SAMPLE]), RULES)
        assert memo.remembered() > 1_000
        memo.forget()  # a run of another visitor ends meanwhile
        assert memo.remembered() > 1_000
    assert memo.remembered() == 0


def test_a_reading_that_fails_remembers_nothing_either() -> None:
    with pytest.raises(ZeroDivisionError), memo.reading():
        intake_of(read_books([SAMPLE]), RULES)
        assert memo.remembered() > 1_000
        raise ZeroDivisionError
    assert memo.remembered() == 0


def test_every_memo_of_the_intake_is_one_that_forgets() -> None:
    """A plain cache may hold what the program itself ships, which one or a few entries tell."""
    folder = Path(memo.__file__).parent
    sizes = [
        line.strip()
        for path in sorted(folder.rglob("*.py"))
        if path.name != "memo.py"
        for line in path.read_text("utf-8").splitlines()
        if line.lstrip().startswith(("@lru_cache", "@cache", "@functools")) and "property" not in line
    ]
    allowed = {"@lru_cache(maxsize=1)", "@lru_cache(maxsize=8)", "@lru_cache(maxsize=32)"}
    assert set(sizes) <= allowed
    assert sizes
