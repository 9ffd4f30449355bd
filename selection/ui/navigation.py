"""Which pages there are, in the order of the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from selection.texts import text

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its file ``views/<name>.py``, its address, its title ``ui.page.<name>`` in the catalogues."""

    name: str
    address: str
    section: str

    def page(self) -> st.Page:
        """The page as the framework knows it. Built anew for each run, as its title follows the language."""
        first = self.name == PLACES[0].name
        title = text(f"ui.page.{self.name}")
        return st.Page(VIEWS / f"{self.name}.py", title=title, url_path=self.address, default=first)


PLACES = (
    Place("rounds", "kierrokset", "start"),
    Place("importing", "tuonti", "preparation"),
    Place("findings", "tarkistus", "preparation"),
    Place("applicants", "hakijat", "preparation"),
    Place("criteria", "valintaperusteet", "preparation"),
    Place("proposal", "ehdotus", "proposal"),
    Place("compare", "versiot", "proposal"),
    Place("board", "esitys", "proposal"),
    Place("decision", "paatos", "decision"),
    Place("history", "muutosloki", "decision"),
    Place("keeping", "sailytys", "decision"),
    Place("guide", "opas", "about"),
    Place("accessibility", "saavutettavuus", "about"),
)


#: For the administrator of shared use.
USERS = Place("users", "kayttajat", "about")


def pages(*, administering: bool = False) -> st.Page:
    """Declare the pages and return the one asked for."""
    sections: dict[str, list[st.Page]] = {}
    for place in [*PLACES, USERS] if administering else PLACES:
        title = text(f"ui.section.{place.section}") if place.section != "start" else ""
        sections.setdefault(title, []).append(place.page())
    return st.navigation(sections, expanded=True)


def only(draw: Callable[[], None]) -> None:
    """Draw one thing in place of every page, whatever the address."""
    title = text("ui.page.sign_in")
    doors = [
        st.Page(draw, title=title, url_path=place.address, default=place is PLACES[0]) for place in [*PLACES, USERS]
    ]
    st.navigation(doors, position="hidden").run()


def page(name: str) -> st.Page:
    """A page by its name, for links."""
    return next(place.page() for place in PLACES if place.name == name)
