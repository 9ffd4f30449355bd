"""Modules import downwards only; PuLP and Streamlit are imported where they belong."""

from __future__ import annotations

import graphlib
import subprocess
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]


def test_the_layers_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Also where an import is for type checkers alone, or stands in a function."""
    graph = grimp.build_graph("selection", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 300
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_a_proposal_on_the_screen_loads_nothing_that_writes_files() -> None:
    """Start-up is half of what `propose` takes; what writes workbooks and documents is loaded when a file is asked for."""
    told = (
        "import sys, selection.commands.propose; print([m for m in ('openpyxl', 'docx', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
