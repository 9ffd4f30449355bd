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


def test_the_second_to_correct_an_answer_is_told(visit, app):
    """Somebody else corrects the same person while the card is open: told what it was changed to, not overwritten."""
    made = scene.make(app.folder)
    person = made.person_at("eteläinen")
    page = visit()
    go(page, "hakijat", made.round_id)
    page.get_by_label("Hae").fill(person.name)
    page.get_by_label("Hae").press("Enter")
    page.get_by_text("1 hakija /").wait_for()
    button(page, f"Avaa: {person.name}").click()
    button(page, "Korjaa: postinumero").click()
    page.get_by_role("dialog").get_by_label("postinumero", exact=True).fill("15999")
    other = do.known_user(made.store, "other", "Toinen Valmistelija")
    do.perform(made.store, made.user, do.GrantRole(user_id=other.id, role="coordinator", round_id=made.round_id))
    do.perform(
        made.store,
        other,
        do.CorrectValue(round_id=made.round_id, application_id=person.id, field="postal_code", values=("15888",)),
    )
    page.get_by_role("dialog").get_by_role("button", name="Tallenna").first.click()
    told(page, "Toinen Valmistelija")
    told(page, "nyt 15888, sinä kirjoitit 15999")
    held = do.application(made.store, made.user, made.round_id, person.id)
    assert held.as_applicant().value("postal_code") == "15888"


def test_how_a_call_went_is_noted_in_the_list(visit, app):
    made = scene.make(app.folder)
    person = made.person_at("eteläinen")
    page = visit(390)
    go(page, "hakijat", made.round_id)
    page.get_by_label("Hae").fill(person.name)
    page.get_by_label("Hae").press("Enter")
    page.get_by_text("1 hakija /").wait_for()
    menu(page, person.name, "Merkitse: kieltäytynyt")
    told(page, f"{person.name} on kieltäytynyt")
    assert do.application(made.store, made.user, made.round_id, person.id).contact.status == "declined"
