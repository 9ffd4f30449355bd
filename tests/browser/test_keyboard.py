"""The same by keyboard alone: locking, swapping, finding out why, and the way through the pages."""

import pytest

from tests.browser import scene
from tests.browser.keyboard import choose_from_menu, focused, tab_to
from tests.browser.pages import go, heading, still, told


@pytest.mark.parametrize("width", [1280, 390])
def test_lock_and_swap(visit, app, width):
    made = scene.make(app.folder)
    person = min(
        (made.person_at("eteläinen", place=place) for place in range(15)), key=lambda one: one.name.split()[-1]
    )
    page = visit(width)
    go(page, "ehdotus", made.round_id)
    tab_to(page, "Lukitse mukaan:")
    name = focused(page).removeprefix("Lukitse mukaan: ")
    page.keyboard.press("Space")
    page.get_by_role("button", name=f"Vapauta lukitus: {name}").wait_for()
    assert focused(page) == f"Vapauta lukitus: {name}"
    page.keyboard.press("Tab")
    assert focused(page) == f"Toiminnot: {name}"
    choose_from_menu(page, "Vaihda toiseen…")
    page.get_by_role("dialog").wait_for()
    still(page)
    tab_to(page, "Tilalle")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tee vaihto").wait_for()
    still(page)
    tab_to(page, "Tee vaihto")
    page.keyboard.press("Enter")
    told(page, "Vaihto tehtiin")
    assert person is not None
    assert made.row().locks == 1


def test_through_the_pages(visit, app):
    made = scene.make(app.folder)
    page = visit()
    go(page, "", made.round_id)
    tab_to(page, "Hakijat")
    page.keyboard.press("Enter")
    heading(page, "Hakijat")
    tab_to(page, "Hae")
    page.keyboard.type(made.person_at("itäinen").name)
    page.keyboard.press("Enter")
    page.get_by_text("1 hakija /").wait_for()
    tab_to(page, "Avaa:")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Hakijan tiedot").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")


def test_a_file_is_chosen(visit, app):
    made = scene.make(app.folder, proposed=False, imported=False)
    page = visit()
    # Asked for before the page opens: the browser is told to hand choosers over in a message of its own, which a key
    # pressed right after it could overtake.
    page.on("filechooser", lambda chooser: chooser.set_files(str(scene.SAMPLE)))
    go(page, "tuonti", made.round_id)
    tab_to(page, "Valitse tiedosto")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Näin tiedosto ymmärrettiin").wait_for()
