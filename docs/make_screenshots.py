"""Takes the screenshots of the running app on the sample: ``python docs/make_screenshots.py``.

Needs Chromium, Playwright and Pillow. Everybody in the pictures is made up.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import conftest, scene  # noqa: E402
from tests.browser.pages import PAGES, button, go, settled, still  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
WIDTHS = {1280: 900, 390: 844}
#: Names of the pictures by the addresses of the pages.
NAMES = {
    "": "rounds",
    "tuonti": "import",
    "tarkistus": "checking",
    "hakijat": "applicants",
    "valintaperusteet": "criteria",
    "ehdotus": "proposal",
    "versiot": "versions",
    "esitys": "board",
    "paatos": "decision",
    "muutosloki": "history",
    "sailytys": "keeping",
    "opas": "guide",
    "saavutettavuus": "accessibility",
}
#: Colours of a picture: a page of text and lines has few, and the file is a third of its size.
COLOURS = 64


def save(page: Any, name: str, folder: Path) -> None:
    """Take the picture of what is on the screen, and write it small."""
    from PIL import Image

    still(page)
    settled(page)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(folder / f"{name}.png", optimize=True)


def dialogs(page: Any, made: scene.Scene, folder: Path, suffix: str) -> None:
    """The swap and the reasons, as they open over the proposal."""
    person = made.person_at("eteläinen", place=3)
    for item, name, sign in (
        ("Vaihda toiseen…", "swap", "Tilalle"),
        ("Miksi valittu?", "why", "Vastaus on laskettu"),
        ("Hakijan tiedot", "card", "Tiedot"),
    ):
        go(page, "ehdotus", made.round_id)
        button(page, f"Toiminnot: {person.name}", exact=True).first.click()
        page.get_by_role("menuitem", name=item, exact=True).click()
        page.get_by_role("dialog").get_by_text(sign).first.wait_for()
        if name == "swap":
            page.get_by_role("combobox", name="Tilalle").focus()
            page.keyboard.press("ArrowDown")
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("Enter")
            button(page, "Tee vaihto").wait_for()
        save(page, name + suffix, folder)


def understood(page: Any, made: scene.Scene, folder: Path, suffix: str) -> None:
    """How the sample was understood, before it is taken."""
    go(page, "tuonti", made.round_id)
    page.set_input_files("input[type=file]", str(scene.SAMPLE))
    page.get_by_role("heading", name="Näin tiedosto ymmärrettiin").wait_for()
    save(page, "understood" + suffix, folder)


def all_tables(page: Any, made: scene.Scene, folder: Path, suffix: str) -> None:
    """All tables beside each other."""
    go(page, "ehdotus", made.round_id)
    page.get_by_text("Kaikki pöydät", exact=True).first.click()
    page.get_by_role("region", name="Kaikki pöydät").wait_for()
    save(page, "tables" + suffix, folder)


def without_names(page: Any, made: scene.Scene, folder: Path, suffix: str) -> None:
    """The board view with the names hidden."""
    go(page, "esitys", made.round_id)
    page.get_by_text("Piilota nimet").click()
    page.get_by_role("heading", name="Kokoonpano ja tavoitteet").wait_for()
    save(page, "composition" + suffix, folder)


def take(folder: Path) -> None:
    """All pictures, from an app with a data folder of its own."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        running = conftest.start(Path(data))
        try:
            browser = playwright.chromium.launch(
                executable_path=conftest.chromium(), args=[*conftest.QUIET, "--no-sandbox"]
            )
            made = scene.make(Path(data), name="Kumppanuuspöydät 2021–2023")
            for width, height in WIDTHS.items():
                suffix = "" if width == max(WIDTHS) else "-narrow"
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    locale="fi-FI",
                    base_url=running.url,
                    reduced_motion="reduce",
                )
                page.set_default_timeout(conftest.PATIENCE)
                for address in PAGES:
                    go(page, address, made.round_id)
                    save(page, NAMES[address] + suffix, folder)
                for others in (dialogs, understood, all_tables, without_names):
                    others(page, made, folder, suffix)
            browser.close()
        finally:
            conftest.stop(running)


def main() -> None:
    """Take them all into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    take(parser.parse_args().out)


if __name__ == "__main__":
    main()
