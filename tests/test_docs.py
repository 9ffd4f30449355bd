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


def test_what_a_new_kind_of_requirement_touches_is_there_and_no_more_than_six_files() -> None:
    page = (DOCS / "developers.md").read_text("utf-8")
    table = page[page.index("| file | what |") :].split("\n\n")[0]
    named = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    code = [one for one in named if not one.startswith("locales/")]
    assert len(code) <= 6 and len(named) == len(code) + 1
    root = DOCS.parent
    assert all((root / one).exists() or (root / "selection" / one).exists() for one in code)
    # The kind shown stands nowhere else.
    others = {
        str(path.relative_to(root))
        for folder in ("selection", "docs")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".py", ".md") and re.search(r"\bif_then\b|\bIfThen\b", path.read_text("utf-8"))
    }
    assert others == {f"selection/{one}" for one in code[:3]} | {"docs/rules.md", "docs/developers.md"}


def test_the_reference_is_not_empty(made: dict[str, str]) -> None:
    assert "`--rules`" in made["commands.md"] and "`rules_unknown_key`" in made["errors.md"]
    assert re.search(r"`record_decision` \| `RecordDecision\(round_id, .*\)` \| record \| ready", made["actions.md"])
