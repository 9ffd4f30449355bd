"""The sample and the guide come with the program, from a checkout and from an installed wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from selection.errors import InputError
from selection.rounds import shipped

ROOT = Path(__file__).resolve().parents[2]
ASK = "from selection.rounds.shipped import PLACES, path_of; print(*(path_of(name) for name in sorted(PLACES)))"


def test_a_wheel_holds_them_where_the_installed_program_looks(tmp_path: Path) -> None:
    """As ``hatch`` would lay the files out: the package, and what is included by force."""
    target = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    site = tmp_path / "site"
    for package in target["packages"]:
        shutil.copytree(ROOT / package, site / package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    for source, place in target["force-include"].items():
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, site / place)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    found = [Path(path) for path in done.stdout.split()]
    assert sorted(path.name for path in found) == sorted(shipped.PLACES)
    assert all(path.is_relative_to(site / "selection") and path.stat().st_size for path in found)


def test_a_checkout_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shipped.path_of(shipped.SAMPLE) == ROOT / "sample_applications.xlsx"
    assert shipped.path_of(shipped.GUIDE) == ROOT / "docs" / "opas.md"
    monkeypatch.setitem(shipped.PLACES, shipped.GUIDE, ())
    with pytest.raises(InputError, match="not_shipped"):
        shipped.path_of(shipped.GUIDE)
