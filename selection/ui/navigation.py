"""Which pages there are, in the order of the work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from selection import actions as do
from selection.texts import text

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its file ``views/<name>.py``, its address, its title ``ui.page.<name>`` in the catalogues.

    ``needs``: any of these rights opens it; none: it is everybody's.
    """

    name: str
    address: str
    section: str
    needs: frozenset[do.Right] = frozenset()

    def page(self, *, first: bool | None = None, hidden: bool = False) -> st.Page:
        """The page as the framework knows it. Built anew for each run, as its title follows the language."""
        default = self.name == landing() if first is None else first
        title = text(f"ui.page.{self.name}")
        shown: dict[str, Any] = {"visibility": "hidden"} if hidden else {}
        return st.Page(VIEWS / f"{self.name}.py", title=title, url_path=self.address, default=default, **shown)

    def is_for(self, rights: Collection[do.Right]) -> bool:
        """Whether somebody with these rights has anything to do or to see here."""
        return not self.needs or bool(self.needs & set(rights))


_SEEN = frozenset({do.Right.READ})

PLACES = (
    Place("rounds", "kierrokset", "start"),
    Place("importing", "tuonti", "preparation", frozenset({do.Right.PREPARE})),
    Place("findings", "tarkistus", "preparation", frozenset({do.Right.DETAILS})),
    Place("applicants", "hakijat", "preparation", _SEEN),
    Place("criteria", "valintaperusteet", "preparation", _SEEN),
    Place("proposal", "ehdotus", "proposal", _SEEN),
    Place("compare", "versiot", "proposal", _SEEN),
    Place("board", "esitys", "proposal", _SEEN),
    Place("decision", "paatos", "decision", _SEEN),
    Place("history", "muutosloki", "decision", _SEEN),
    Place("keeping", "sailytys", "decision", frozenset({do.Right.READ, do.Right.ADMINISTER})),
    Place("guide", "opas", "about"),
    Place("accessibility", "saavutettavuus", "about"),
)


#: For the administrator of shared use.
USERS = Place("users", "kayttajat", "about", frozenset({do.Right.ADMINISTER}))
#: Under which a session remembers the page that it begins at.
LANDING = "landing"


def landing() -> str:
    """The page at the root of the address: the rounds, and for a board member the round that waits for the meeting."""
    return str(st.session_state.get(LANDING, PLACES[0].name))


def pages(*, administering: bool = False, rights: Collection[do.Right] = tuple(do.Right)) -> st.Page:
    """Declare the pages and return the one asked for; the menu has those that somebody with these rights can use."""
    sections: dict[str, list[st.Page]] = {}
    for place in [*PLACES, USERS] if administering else PLACES:
        title = text(f"ui.section.{place.section}") if place.section != "start" else ""
        shown = place.is_for(rights)
        sections.setdefault(title, []).append(place.page(hidden=not shown))
    return st.navigation(sections, expanded=True)


def place_of(page: st.Page) -> Place:
    """The place of a page that was asked for."""
    address = page.url_path or next(place.address for place in PLACES if place.name == landing())
    return next((place for place in (*PLACES, USERS) if place.address == address), PLACES[0])


def is_for(name: str, rights: Collection[do.Right]) -> bool:
    """Whether a page by its name is for somebody with these rights."""
    return next(place for place in (*PLACES, USERS) if place.name == name).is_for(rights)


def only(draw: Callable[[], None]) -> None:
    """Draw one thing in place of every page, whatever the address."""
    title = text("ui.page.sign_in")
    doors = [
        st.Page(draw, title=title, url_path=place.address, default=place.name == landing())
        for place in [*PLACES, USERS]
    ]
    st.navigation(doors, position="hidden").run()


def page(name: str) -> st.Page:
    """A page by its name, for links."""
    return next(place.page() for place in PLACES if place.name == name)
