"""Two years of a round: imported, proposed, decided; a refusal, a resignation, an election; erased in the end."""

import pytest

from selection import actions as do
from selection.model.people import Role
from tests.browser import scene
from tests.browser.keyboard import choose_from_menu, focused, tab_to
from tests.browser.pages import SOLVE_MILLISECONDS, button, choose, go, heading, menu, next_page, still, told


def seats(made, table):
    """Who sits at a table now: ids of members and of deputies by their member."""
    roster = do.version(made.store, made.user, made.round_id, made.row().standing_id).roster
    members = [seat.person for seat in roster.at(table, Role.MEMBER)]
    return members, {seat.deputy_of: seat.person for seat in roster.at(table, Role.DEPUTY)}


def people(made):
    return {row.person_key: row for row in do.applications(made.store, made.user, made.round_id)}


def dialog(page):
    return page.get_by_role("dialog")


def go_on(page, reason=""):
    """Go on although nobody was asked yet; the reason given before stands in the field."""
    dialog(page).get_by_text("Suostumusta ei ole kysytty").wait_for()
    if reason:
        dialog(page).get_by_label("Perustelu sille, että jatketaan").fill(reason)
    still(page)
    dialog(page).get_by_role("button", name="Jatka perustelulla").click()


def go_on_by_keys(page, name, reason, news):
    """The same without the mouse."""
    still(page)
    tab_to(page, name)
    page.keyboard.press("Enter")
    dialog(page).get_by_text("Suostumusta ei ole kysytty").wait_for()
    if reason:
        tab_to(page, "Perustelu sille, että jatketaan")
        page.keyboard.type(reason)
    tab_to(page, "Jatka perustelulla")
    page.keyboard.press("Enter")
    told(page, news)
    dialog(page).wait_for(state="hidden")
    still(page)


def record(page, name, item, reason):
    """Record something that happened to a person who sits."""
    menu(page, name, item)
    if reason:
        dialog(page).get_by_label("Perustelu").fill(reason)
    dialog(page).get_by_role("button", name="Kirjaa").click()
    told(page, "Tapahtuma kirjattiin")
    dialog(page).wait_for(state="hidden")
    still(page)


def fill(page, reason, place=0):
    """Fill the first vacant seat with one of those offered: what was chosen."""
    button(page, "Täytä paikka").first.click()
    dialog(page).wait_for()
    still(page)
    chosen = choose(page, "Paikalle", place)
    dialog(page).get_by_label("Perustelu").fill(reason)
    dialog(page).get_by_role("button", name="Täytä paikka").click()
    told(page, "Paikka täytettiin")
    dialog(page).wait_for(state="hidden")
    still(page)
    return chosen


def test_from_the_file_to_the_erasure(visit, app):
    """By mouse, from the real sample; the day of the decision lies far back, so that its appeal time is over."""
    page = visit()
    made = scene.make(app.folder, proposed=False, imported=False)
    go(page, "tuonti", made.round_id)
    page.set_input_files("input[type=file]", str(scene.SAMPLE))
    button(page, "Ota 231 hakemusta käyttöön").click()
    heading(page, "Tarkistus")
    next_page(page, "Ehdotus")
    button(page, "Laadi ehdotus", exact=True).click()
    page.get_by_text("Ehdotus valmistui").first.wait_for(timeout=SOLVE_MILLISECONDS)

    next_page(page, "Päätös ja asiakirjat")
    hand_in_population(page, made)
    button(page, "Merkitse valmiiksi päätettäväksi").click()
    go_on(page, "Suostumus kysytään kokouksen jälkeen")
    told(page, "Ehdotus on valmis päätettäväksi")
    page.get_by_label("Pykälä").fill("§ 212")
    date_parts(page).first.click()
    day(page, "07", "06", "2021")
    button(page, "Kirjaa päätös").click()
    go_on(page)
    told(page, "Päätös kirjattiin")
    page.get_by_text("28.6.2021").first.wait_for()
    assert made.row().section == "§ 212"

    members, deputies = seats(made, "eteläinen")
    by_key = people(made)
    refuses = by_key[deputies[members[0]]]
    record(page, refuses.name, "Kieltäytyi tehtävästä…", "Ei ehdi")
    page.get_by_text("Täyttämättä 1 paikka: Varajäsen").wait_for()
    fill(page, "Varasijalta")
    assert refuses.person_key not in seats(made, "eteläinen")[1].values()

    leaves, rises = members[1], deputies[members[1]]
    record(page, by_key[leaves].name, "Ero…", "Muutti pois")
    page.get_by_text("Täyttämättä 1 paikka: Jäsen").wait_for()
    offered = fill(page, "Varajäsen nousee")
    assert by_key[rises].name in offered and "oma varajäsen" in offered
    now, pairs = seats(made, "eteläinen")
    assert rises in now and leaves not in now and rises not in pairs
    page.get_by_text("Täyttämättä 1 paikka: Varajäsen").wait_for()
    fill(page, "Uusi varajäsen")
    assert rises in seats(made, "eteläinen")[1]

    page.get_by_text("Pohjoinen", exact=True).first.click()
    page.get_by_role("rowheader").first.wait_for()
    still(page)
    ordinary = next(
        by_key[key]
        for key in seats(made, "pohjoinen")[0]
        if by_key[key].as_applicant().value("official") in (None, "none")
    )
    menu(page, ordinary.name, "Valittiin valtuustoon…")
    dialog(page).get_by_text("Luottamushenkilöt").first.wait_for()
    dialog(page).get_by_role("button", name="Kirjaa").click()
    told(page, "Luottamushenkilöt")

    next_page(page, "Säilytys ja poisto")
    told(page, "oikaisuvaatimusaika on päättynyt")
    button(page, "Poista").first.click()
    dialog(page).get_by_label("Kirjoita kierroksen nimi").fill(made.row().name)
    dialog(page).get_by_label("Kirjoita kierroksen nimi").press("Tab")
    dialog(page).get_by_role("button", name="Poista").click()
    told(page, "hakijan tiedot poistettiin")
    left = people(made)
    assert refuses.person_key not in left and rises in left
    page.get_by_role("heading", name="Luvut ilman henkilöitä").wait_for()
    next_page(page, "Päätös ja asiakirjat")
    page.get_by_text("§ 212").first.wait_for()


def hand_in_population(page, made):
    """The city's own table of its population: chosen, read back in words, taken into use, and said to be compared with."""
    page.get_by_text("Vaihda väestötiedot").click()
    field = page.get_by_test_id("stFileUploader").filter(has_text="Väestötaulukko")
    table = b"sukupuoli;nainen;61917\nsukupuoli;mies;58258\n"
    file = {"name": "kaupungin-vaesto.csv", "mimeType": "text/csv", "buffer": table}
    field.locator("input[type=file]").set_input_files(file)
    page.get_by_text("sukupuoli: 2 ryhmää").wait_for()
    still(page)
    button(page, "Ota käyttöön", exact=True).click()
    told(page, "Väestötaulukko otettiin käyttöön")
    page.get_by_text("kaupungin-vaesto.csv (kierroksen oma taulukko)").wait_for()
    still(page)
    held = do.population(made.store, made.user, made.round_id)
    assert held is not None and held.groups == {"gender": {"woman": 61917, "man": 58258}}


def date_parts(page):
    """Day, month and year of the field of the decision's date, once it is drawn: later than the fields beside it."""
    return page.get_by_role("group", name="Päivä").get_by_role("spinbutton")


def day(page, *parts):
    """Type a day into the field that has the focus: day, month, year."""
    for part in parts:
        page.keyboard.type(part)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_main_steps_by_keyboard_alone(visit, app, width):
    """Ready, decided, a resignation, the deputy rises, a new deputy: without the mouse, on a wide and a narrow screen."""
    made = scene.make(app.folder)
    page = visit(width)
    go(page, "paatos", made.round_id)
    go_on_by_keys(page, "Merkitse valmiiksi päätettäväksi", "Suostumus kysytään", "Ehdotus on valmis päätettäväksi")
    date_parts(page).first.wait_for()
    tab_to(page, "Pykälä")
    page.keyboard.type("§ 213")
    page.keyboard.press("Tab")
    day(page, "07", "06", "2021")
    go_on_by_keys(page, "Kirjaa päätös", "", "Päätös kirjattiin")
    assert made.row().state == "decided"

    members, deputies = seats(made, "eteläinen")
    by_key = people(made)
    tab_to(page, "Toiminnot:")
    name = focused(page).removeprefix("Toiminnot: ")
    leaves = next(row for row in by_key.values() if row.name == name and row.person_key in members)
    choose_from_menu(page, "Ero…")
    dialog(page).wait_for()
    still(page)
    tab_to(page, "Perustelu")
    page.keyboard.type("Muutti pois")
    press(page, "Kirjaa", "Tapahtuma kirjattiin")
    rises = deputies[leaves.person_key]
    for reason in ("Varajäsen nousee", "Uusi varajäsen"):
        tab_to(page, "Täytä paikka")
        page.keyboard.press("Enter")
        dialog(page).wait_for()
        still(page)
        tab_to(page, "Paikalle")
        page.keyboard.press("ArrowDown")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        dialog(page).get_by_label("Perustelu").wait_for()
        still(page)
        tab_to(page, "Perustelu")
        page.keyboard.type(reason)
        press(page, "Täytä paikka", "Paikka täytettiin")
    now, pairs = seats(made, "eteläinen")
    assert rises in now and leaves.person_key not in now and rises in pairs


def press(page, name, news):
    """Go to a button with Tab, press it, and wait for what is told of it."""
    still(page)
    tab_to(page, name)
    page.keyboard.press("Enter")
    told(page, news)
    dialog(page).wait_for(state="hidden")
    still(page)
