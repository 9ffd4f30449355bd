"""The public face: what is exported is what is documented, typed, and imported only when it is used."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import selection
from selection.errors import InputError
from selection.texts import in_language

ROOT = Path(__file__).parents[1]


def documented() -> set[str]:
    """Names in the table of the package's docstring."""
    return set(re.findall(r"^``(\w+)``", selection.__doc__ or "", re.MULTILINE))


def test_what_is_exported_is_documented() -> None:
    assert set(selection.__all__) == documented() == set(selection._HELD_BY)


@pytest.mark.parametrize("name", selection.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(selection, name)
    assert callable(value) and value.__doc__
    assert name in dir(selection)


def test_what_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solver_of_everything'"):
        _ = selection.solver_of_everything


def test_the_examples_hold() -> None:
    assert doctest.testmod(selection).failed == 0


def test_types_come_along() -> None:
    assert (resources.files("selection") / "py.typed").is_file()
    static = set(
        re.findall(r"^    from [\w.]+ import (.+)$", Path(selection.__file__).read_text("utf-8"), re.MULTILINE)
    )
    assert {name.strip() for line in static for name in line.split(",")} == set(selection.__all__)


def test_importing_the_package_imports_nothing_else() -> None:
    told = (
        "import sys, selection; print(sorted(m for m in sys.modules if m.startswith(('selection.', 'numpy', 'pulp'))))"
    )
    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['selection.lazy', 'selection.version']"


def test_an_error_is_a_sentence() -> None:
    with in_language("en"):
        assert str(InputError("explain_unknown_table", table="eastern", known="southern")) == (
            "Unknown table: eastern. Tables: southern. [explain_unknown_table]"
        )


def test_a_round_from_file_to_answer() -> None:
    """The walk of the package's docstring, on the sample."""
    rules = selection.load_rules("lahti-2025")
    intake = selection.read_applications([ROOT / "sample_applications.xlsx"], rules)
    pool = selection.Pool.build(intake.applicants, rules, intake.asked)
    proposal = selection.propose(pool, rules)
    assert selection.check(proposal.seats, pool.applicants, rules, asked=pool.asked).holds
    seated = proposal.seats[0]
    assert selection.why(proposal, seated.person).verdict in ("worse", "equal")
    assert selection.why_not(proposal, seated.person, seated.table).verdict == "as_is"


def test_a_program_of_somebody_elses_reads_its_applications() -> None:
    """In a process that has imported nothing but the public face: what a job answers is looked up by then."""
    program = (
        "from selection import load_rules, read_applications\n"
        "print(len(read_applications(['sample_applications.xlsx'], load_rules('lahti-2021')).applications))"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (found.stdout.strip(), found.stderr) == ("231", "")
