"""The coordinator's whole path, from the real sample file to the workbook, in Finnish, on a wide and a narrow screen."""

import subprocess
import sys

import openpyxl
import pytest

from selection.presets import preset_text
from tests.browser import scene
from tests.browser.pages import SOLVE_MILLISECONDS, button, go, heading, menu, next_page, settled, still, told


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_file_to_the_workbook(visit, width, tmp_path):
    page = visit(width)
    go(page, "")
    if not page.get_by_label("Kierroksen nimi").is_visible():
        page.get_by_text("Uusi kierros").first.click()
        settled(page)
    page.get_by_label("Kierroksen nimi").fill(f"Kumppanuuspöydät {width}")
    button(page, "Luo kierros").click()
    told(page, "Kierros luotiin")
    button(page, "Jatka").click()
    heading(page, "Tuonti")

    page.set_input_files("input[type=file]", str(scene.SAMPLE))
    page.get_by_role("heading", name="Näin tiedosto ymmärrettiin").wait_for()
    page.get_by_role("cell", name="toivottu kumppanuuspöytä").wait_for()
    button(page, "Ota 231 hakemusta käyttöön").click()
    told(page, "231 hakemusta otettiin käyttöön")
    heading(page, "Tarkistus")

    button(page, "Hyväksy 15100").click()
    told(page, "1 kohta käsiteltiin")
    next_page(page, "Valintaperusteet")
    page.get_by_role("heading", name="Tavoitteet").wait_for()

    next_page(page, "Ehdotus")
    button(page, "Laadi ehdotus", exact=True).click()
    page.get_by_text("Ehdotus valmistui").first.wait_for(timeout=SOLVE_MILLISECONDS)
    still(page)

    lock = button(page, "Lukitse mukaan:").first
    name = lock.get_attribute("aria-label").removeprefix("Lukitse mukaan: ")
    lock.click()
    button(page, f"Vapauta lukitus: {name}").wait_for()
    told(page, f"{name} on lukittu mukaan")
    page.reload()
    button(page, f"Vapauta lukitus: {name}").wait_for()

    menu(page, name, "Miksi valittu?")
    page.get_by_role("dialog").get_by_text("Vastaus on laskettu").wait_for()
    assert name in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")

    menu(page, name, "Poista paikalta…")
    page.get_by_role("dialog").get_by_role("button", name="Poista paikalta").click()
    told(page, "Henkilö poistettiin paikalta")
    button(page, "Kumoa").click()
    told(page, "Muutos kumottiin")
    button(page, f"Toiminnot: {name}").wait_for()

    with page.expect_download() as download:
        button(page, "Lataa työkirja").click()
    saved = tmp_path / "ehdotus.xlsx"
    download.value.save_as(saved)
    assert len(openpyxl.load_workbook(saved).sheetnames) >= 4
    command = [sys.executable, "-c", "from selection.cli import main; main()", "check", str(saved), str(scene.SAMPLE)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    next_page(page, "Muutosloki")
    page.get_by_role("rowheader", name="Toi tiedoston").first.wait_for()


def test_a_conflict_is_told_in_words(visit, app):
    """Too few men apply for 70 %: the share is named with its numbers, and what change would be enough."""
    women, men = "30 %", "70 %"
    asked = 'at_least_share = "40 %"'
    rules = preset_text(scene.PRESET).replace(asked, f'at_least_share = "{women}"', 1)
    rules = rules.replace(asked, f'at_least_share = "{men}"', 1)
    made = scene.make(app.folder, proposed=False, imported=True, rules=rules)
    page = visit()
    go(page, "ehdotus", made.round_id)
    button(page, "Laadi ehdotus", exact=True).click()
    told(page, "vaatimu")
    items = page.get_by_role("listitem")
    items.filter(has_text="halukkaita hakijoita").first.wait_for()
    page.get_by_text("Kokoonpano löytyy, jos muutat").wait_for(timeout=SOLVE_MILLISECONDS)
    items.filter(has_text=men).first.wait_for()
    page.reload()
    items.filter(has_text="halukkaita hakijoita").first.wait_for()
    page.get_by_role("link", name="Muuta valintaperusteita").click()
    heading(page, "Valintaperusteet")
