"""What the program has stands in docs/: commands with their options, errors, actions."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("commands.md", "errors.md", "actions.md")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reference pages as the program is now; made in a process of its own, as options speak one language there."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, DOCS / "make_reference.py", folder], check=True, timeout=120)
    return {name: (folder / name).read_text("utf-8") for name in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_the_reference_says_what_the_program_has(page: str, made: dict[str, str]) -> None:
    """`make docs` writes them anew."""
    assert (DOCS / page).read_text("utf-8") == made[page]


def test_the_reference_is_not_empty(made: dict[str, str]) -> None:
    assert "`--rules`" in made["commands.md"] and "`rules_unknown_key`" in made["errors.md"]
    assert re.search(r"`record_decision` \| `RecordDecision\(round_id, .*\)` \| record \| ready", made["actions.md"])
