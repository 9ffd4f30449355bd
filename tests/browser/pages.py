"""What the tests do on a page, in the words of its user; every wait is for something that appears."""

from __future__ import annotations

from typing import Any

SOLVE_MILLISECONDS = 90_000

#: Every page: its address and its main heading in Finnish.
PAGES = {
    "": "Kierrokset",
    "tuonti": "Tuonti",
    "tarkistus": "Tarkistus",
    "hakijat": "Hakijat",
    "valintaperusteet": "Valintaperusteet",
    "ehdotus": "Ehdotus",
    "versiot": "Versiot ja vertailu",
    "esitys": "Eteläinen",
    "paatos": "Päätös ja asiakirjat",
    "muutosloki": "Muutosloki",
    "sailytys": "Säilytys ja poisto",
    "opas": "Opas",
    "saavutettavuus": "Saavutettavuusseloste",
}


def go(page: Any, address: str, round_id: int | None = None) -> None:
    """Open a page by its address and wait until it is drawn."""
    page.goto(f"/{address}" + (f"?kierros={round_id}" if round_id is not None else ""))
    heading(page, PAGES[address])


def heading(page: Any, name: str) -> None:
    """Wait for a page's main heading, and until the page stands still."""
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    page.locator("html[data-page]").wait_for(state="attached")
    still(page)


def still(page: Any) -> None:
    """Wait until the server has drawn the page."""
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")


def settled(page: Any) -> None:
    """Wait until nothing moves any more, such as a part that unfolds: a click would miss what is under way."""
    page.evaluate(
        "Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)"
        ".map((one) => one.finished.catch(() => null)))"
    )


def told(page: Any, words: str) -> None:
    """Wait for a message."""
    page.get_by_test_id("stAlert").filter(has_text=words).first.wait_for()


def button(page: Any, name: str, **more: Any) -> Any:
    return page.get_by_role("button", name=name, **more)


def next_page(page: Any, name: str) -> None:
    """Go on by the menu; on a narrow screen it has to be opened first."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
    opener = button(page, "Näytä valikko")
    if opener.is_visible():
        opener.click()
    link.click()
    heading(page, name)


def menu(page: Any, person: str, item: str) -> None:
    """Choose from the menu of a person."""
    button(page, f"Toiminnot: {person}", exact=True).first.click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def choose(page: Any, label: str, place: int = 0) -> str:
    """Choose from a list with the keyboard; what was chosen."""
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("option").first.wait_for(state="hidden")
    return str(box.input_value())
