"""What the program has stands in docs/: commands with their options, errors, actions."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def reference() -> ModuleType:
    """The script that makes the reference pages."""
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["commands.md", "errors.md", "actions.md"])
def test_the_reference_says_what_the_program_has(page: str) -> None:
    """`make docs` writes them anew."""
    assert (DOCS / page).read_text("utf-8") == reference().pages()[page]


def test_the_reference_is_not_empty() -> None:
    pages = reference().pages()
    assert "`--rules`" in pages["commands.md"] and "`rules_unknown_key`" in pages["errors.md"]
    assert "`record_decision` | record | ready" in pages["actions.md"]
