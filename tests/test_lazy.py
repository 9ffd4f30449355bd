"""Packages that import nothing until a name is used: every name is there, whatever was imported before it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import selection
import selection.intake
from selection.lazy import held_by

PACKAGES = (selection, selection.intake)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_name_is_that_of_its_module(package: object) -> None:
    names = package._HELD_BY  # type: ignore[attr-defined]
    assert sorted(names) == sorted(package.__all__)  # type: ignore[attr-defined]
    for name, module in names.items():
        assert getattr(package, name) is getattr(import_module(module), name)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_no_name_is_that_of_a_module_of_the_package(package: object) -> None:
    """The module would take its place as soon as it is imported."""
    (folder,) = package.__path__  # type: ignore[attr-defined]
    modules = {path.stem for path in Path(folder).iterdir()}
    assert not modules & set(package._HELD_BY)  # type: ignore[attr-defined]


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        held_by("selection.intake", {})("nothing")


def test_the_intake_loads_nothing_before_a_name_is_used() -> None:
    told = "import sys, selection.intake; print([m for m in sys.modules if m.startswith('selection.intake.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
