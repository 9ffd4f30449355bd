"""Reload, back button, two tabs, two people on one round: nothing is lost, the second writer is told."""

from selection import actions as do
from tests.browser import scene
from tests.browser.pages import button, choose, go, heading, menu, still, told


def test_back_button_and_reload(visit, app):
    made = scene.make(app.folder)
    page = visit()
    go(page, "ehdotus", made.round_id)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Hakijat").click()
    heading(page, "Hakijat")
    page.go_back()
    heading(page, "Ehdotus")
    page.get_by_text(made.name).first.wait_for()
    page.reload()
    heading(page, "Ehdotus")
    assert f"kierros={made.round_id}" in page.url


def test_two_tabs_see_the_same_round(visit, app):
    made = scene.make(app.folder)
    first, second = visit(), visit()
    for page in (first, second):
        go(page, "ehdotus", made.round_id)
    name = made.person_at("eteläinen").name
    button(first, f"Lukitse mukaan: {name}").click()
    button(first, f"Vapauta lukitus: {name}").wait_for()
    second.reload()
    button(second, f"Vapauta lukitus: {name}").wait_for()


def test_the_second_writer_is_told(visit, app):
    """Somebody else changes the draft while a dialog is open: the change is refused and shown, not overwritten."""
    made = scene.make(app.folder)
    page = visit()
    go(page, "ehdotus", made.round_id)
    person = made.person_at("eteläinen")
    menu(page, person.name, "Vaihda toiseen…")
    choose(page, "Tilalle")
    button(page, "Tee vaihto").wait_for()
    still(page)
    other = do.known_user(made.store, "other", "Toinen Valmistelija")
    do.perform(made.store, made.user, do.GrantRole(user_id=other.id, role="coordinator", round_id=made.round_id))
    do.perform(
        made.store, other, do.RemoveFromSeat(round_id=made.round_id, application_id=person.id, reason="Ehti ensin")
    )
    button(page, "Tee vaihto").click()
    told(page, "Toinen Valmistelija")
    told(page, f"Pois paikalta: {person.name}")
    assert made.draft().roster.seat_of(person.person_key) is None
