"""The pages to look at without installing show what the program proposes for the sample, and need nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from selection import Proposal

DOCS = Path(__file__).parents[1] / "docs"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_example", DOCS / "make_example.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = maker()


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    made: Proposal = MAKER.proposed()
    return made


class Tags(HTMLParser):
    """Every tag with its attributes, and the tags that are open at the end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", MAKER.PAGES)
def test_a_page_shows_the_proposal_of_now(language: str, proposal: Proposal) -> None:
    """`python docs/make_example.py` writes them anew."""
    shown = (DOCS / MAKER.PAGES[language]).read_text("utf-8")
    assert "\n".join(MAKER.roster(proposal, language)) in shown


@pytest.mark.parametrize("language", MAKER.PAGES)
def test_a_page_is_whole_and_alone(language: str) -> None:
    shown = (DOCS / MAKER.PAGES[language]).read_text("utf-8")
    tags = Tags(shown)
    assert tags.open == []
    assert tags.met[0] == ("html", {"lang": language})
    assert not {tag for tag, _ in tags.met} & {"script", "link", "img", "iframe", "object", "embed"}
    assert "http" not in shown and "url(" not in shown and "@import" not in shown
    addresses = [attrs["href"] for tag, attrs in tags.met if tag == "a"]
    assert addresses and all((DOCS / str(address)).is_file() for address in addresses)
    assert sum(tag == "h1" for tag, _ in tags.met) == 1
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in tags.met if tag == "th")


def test_nobody_is_seated_twice_on_a_page(proposal: Proposal) -> None:
    shown = (DOCS / "example.html").read_text("utf-8")
    sections = re.findall(r"<section>(.*?)</section>", shown, re.DOTALL)
    assert len(sections) == len(proposal.pool.tables)
    rows = [row for part in sections for row in re.findall(r"<tbody>(.*?)</tbody>", part, re.DOTALL)]
    cells = [cell for row in rows for cell in re.findall(r'(?:scope="row"|<td)>([^<]+)<', row) if cell != "–"]
    assert len(cells) == sum(one.role != "reserve" for one in proposal.seats)
