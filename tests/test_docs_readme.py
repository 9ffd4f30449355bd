"""README: its commands run and print what stands below them; its links and those of docs/ lead somewhere; the examples
of docs/python.md hold."""

from __future__ import annotations

import contextlib
import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests import command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
#: Fenced blocks with their language, in order.
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


def commands(block: str) -> list[list[str]]:
    """The arguments of those lines of a block that begin with the program's name."""
    return [
        words[1:] for line in block.splitlines() if (words := shlex.split(line, comments=True))[:1] == ["selection"]
    ]


def printed_in_order(told: str, printed: str) -> str:
    """The first line of ``told`` that does not stand in ``printed`` after those before it; empty if all do."""
    lines = iter([line.strip() for line in printed.splitlines()])
    wanted = [line.strip() for line in told.splitlines() if line.strip() != LEFT_OUT]
    return next((line for line in wanted if line not in lines), "")


def test_the_commands_run_and_print_what_is_told(tmp_path: Path) -> None:
    """In the README's order, in one folder: later commands read what earlier ones wrote."""
    for name in ("sample_applications.xlsx", "applications.xlsx"):
        shutil.copy(ROOT / "sample_applications.xlsx", tmp_path / name)
    run, printed, compared = set(), "", 0
    for language, block in BLOCKS:
        if language == "text":
            assert printed_in_order(block, printed) == ""
            compared += 1
        for arguments in commands(block) if language == "sh" else []:
            done = command.run(*arguments, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            printed = done.stdout
            run.add(arguments[2])
    assert run == {"propose", "inspect", "explain", "check"} and compared == 1
    assert (tmp_path / "proposal.xlsx").is_file() and (tmp_path / "proposal.json").is_file()


def test_a_line_that_was_not_printed_is_seen() -> None:
    assert printed_in_order("b\n…\na", "a\nb\n") == "a"
    assert printed_in_order("a\n…\nb", "  a\nx\nb  \n") == ""


def test_every_command_has_its_place_in_the_list() -> None:
    """docs/usage.md names every command that docs/commands.md, made from the program, has."""
    listed = (ROOT / "docs" / "usage.md").read_text("utf-8")
    known = re.findall(r"^## `selection (\w+)`", (ROOT / "docs" / "commands.md").read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r"`selection ([a-z]+)", listed))
    assert known and named == set(known)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, anchor = address.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), address
        if anchor:
            assert anchor in anchors(target), address


def test_the_examples_of_python_hold() -> None:
    page = str(ROOT / "docs" / "python.md")
    with contextlib.chdir(ROOT):
        done = doctest.testfile(page, module_relative=False, encoding="utf-8")
    assert done.failed == 0 and done.attempted > 20
