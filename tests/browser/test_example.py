"""The sample in one click: offered by an empty app, open on its proposal, said to be an example, removed again."""

from __future__ import annotations

import pytest

from selection import actions as do
from tests.browser.conftest import PATIENCE, start, stop
from tests.browser.pages import SOLVE_MILLISECONDS, button, heading, told

OFFER, SAID = "Kokeile esimerkkiaineistolla", "sen hakijat ovat keksittyjä henkilöitä"


@pytest.fixture
def empty_app(tmp_path):
    """An app of its own: the other tests fill theirs."""
    running = start(tmp_path)
    yield running
    stop(running)


def test_the_sample_in_one_click_and_away_again(empty_app, browser):
    context = browser.new_context(locale="fi-FI", base_url=empty_app.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/")
    heading(page, "Kierrokset")
    button(page, OFFER).click()
    heading(page, "Ehdotus")
    page.get_by_text(SAID).wait_for()
    button(page, "Laadi ehdotus uudelleen").wait_for(timeout=SOLVE_MILLISECONDS)

    # It is there now: nothing offers another.
    page.goto("/")
    heading(page, "Kierrokset")
    page.get_by_text(SAID).wait_for()
    assert button(page, OFFER).count() == 0

    page.set_viewport_size({"width": 390, "height": 844})
    button(page, "Poista esimerkki", exact=True).click()
    button(page, "Poista esimerkkikierros").click()
    told(page, "Esimerkkikierros poistettiin")
    button(page, OFFER).wait_for()
    context.close()
    store = do.open_store(empty_app.folder)
    assert do.rounds(store, do.local_user(store)) == []
    store.close()
