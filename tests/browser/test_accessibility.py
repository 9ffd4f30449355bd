"""axe finds nothing serious on any page; nothing is wider than a narrow screen; all is in the page's own language."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import scene
from tests.browser.pages import PAGES, button, go, still

WIDTHS = (1280, 390)
SERIOUS = ("serious", "critical")
ENGLISH = ("Browse files", "Drag and drop", "Choose an option", "Press Enter", "Limit 20", "Upload")


@pytest.fixture(scope="module")
def made(app):
    return scene.make(app.folder)


def problems(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def english(page):
    """Words of the framework's own that are seen or told."""
    told = page.inner_text("body") + page.evaluate(
        "[...document.querySelectorAll('[aria-label],[title],[placeholder]')]"
        ".map(e => [e.ariaLabel, e.title, e.placeholder].join(' ')).join(' ')"
    )
    return [word for word in ENGLISH if word in told]


@pytest.mark.parametrize("width", WIDTHS)
def test_pages(visit, made, width):
    page = visit(width)
    for address in PAGES:
        go(page, address, made.round_id)
        assert problems(page) == [], address
        wider = page.evaluate(
            "(() => { const e = document.querySelector('[data-testid=stMain]'); return e.scrollWidth - e.clientWidth })()"
        )
        assert wider <= 0, address
        assert page.evaluate("document.documentElement.lang") == "fi"
        assert english(page) == [], address


@pytest.mark.parametrize("width", WIDTHS)
def test_dialogs(visit, made, width):
    page = visit(width)
    go(page, "ehdotus", made.round_id)
    for item in ("Vaihda toiseen…", "Siirrä toiseen pöytään…", "Hakijan tiedot", "Lukitse ulos…"):
        button(page, "Toiminnot:").first.click()
        page.get_by_role("menuitem", name=item, exact=True).click()
        page.get_by_role("dialog").wait_for()
        still(page)
        assert problems(page) == [], item
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")


def test_other_languages(visit, made):
    page = visit()
    go(page, "", made.round_id)
    for language, heading in (("Svenska", "Omgångar"), ("English", "Rounds"), ("Suomi", "Kierrokset")):
        box = (
            page.get_by_role("combobox", name="Kieli")
            .or_(page.get_by_role("combobox", name="Språk"))
            .or_(page.get_by_role("combobox", name="Language"))
        )
        box.click()
        page.get_by_role("option", name=language).click()
        page.get_by_role("heading", level=1, name=heading).wait_for()
        code = {"Svenska": "sv", "English": "en", "Suomi": "fi"}[language]
        page.locator(f"html[lang={code}]").wait_for(state="attached")
