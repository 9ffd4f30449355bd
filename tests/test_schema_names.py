"""Names of the forms that other programs and cities' files carry: contracts, which stay where modules are renamed."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "selection"
FORMS = [
    "alternatives",
    "change",
    "draw",
    "explanation",
    "explanations",
    "inspection",
    "proposal",
    "room",
    "rules",
    "term",
    "tradeoff",
    "workbook",
]


def named(folder: Path) -> set[str]:
    """What the sources and presets name as a form: ``selection.rules/1``, or the same with more parts."""
    sources = [path for end in ("*.py", "*.toml") for path in sorted(folder.rglob(end))]
    return {name for path in sources for name in re.findall(r"\bselection\.[\w.]+/\d+", path.read_text("utf-8"))}


def test_every_form_has_the_name_it_had() -> None:
    assert named(PACKAGE) >= {f"selection.{form}/1" for form in FORMS}


def test_no_form_has_the_name_of_a_module_in_a_package() -> None:
    """A rename of modules all over the sources once took the form of the rules file along."""
    assert not {name for name in named(PACKAGE) if name.count(".") > 1}


def test_a_renamed_form_is_seen(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text('schema = "selection.model' + '.rules/1"\n', "utf-8")
    assert named(tmp_path) == {"selection.model" + ".rules/1"}
