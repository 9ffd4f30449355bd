"""Shared use in a real browser, over TLS, with a real provider: in, at work, refused, without a role, and out."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.actions import UserRole
from tests.browser import scene
from tests.browser.pages import button, go, heading, still, told
from tests.login.conftest import provider, shared_app  # noqa: F401 - fixtures

SIGN_IN, NO_ROLE = "Kirjautuminen", "Sinulla ei ole vielä roolia"


@pytest.fixture
def visit_shared(shared_app, provider, browser):  # noqa: F811
    """A page of the shared app in a browser of its own; nothing but app and provider may be asked for anything."""
    contexts, outside = [], []

    def elsewhere(url: str) -> bool:
        homes = (shared_app.url, shared_app.url.replace("https:", "wss:"), provider.issuer, "data:", "blob:")
        # The provider's own pages name a style sheet elsewhere; it is not fetched.
        return not url.startswith((*homes, "https://cdn.jsdelivr.net/"))

    def opened(cookies=None):
        context = browser.new_context(
            locale="fi-FI", base_url=shared_app.url, ignore_https_errors=True, reduced_motion="reduce"
        )
        contexts.append(context)
        context.route("https://cdn.jsdelivr.net/**", lambda route: route.abort())
        context.add_cookies(cookies or [])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: outside.append(request.url) if elsewhere(request.url) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


def sign_in(page, sub: str, address: str = "") -> None:
    page.goto(f"/{address}")
    heading(page, SIGN_IN)
    button(page, "Kirjaudu sisään").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=sub, exact=True).first.click()


def pick(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
    still(page)


def test_a_day_of_shared_use(visit_shared, shared_app, provider):  # noqa: F811
    # The first administrator is named in the settings: nobody has that role yet.
    dora = visit_shared()
    sign_in(dora, "dora")
    heading(dora, "Kierrokset")
    made = scene.make(shared_app.folder)
    store, operator, here = made.store, made.user, made.round_id

    # Signed in, but without a role: whom to ask.
    anna = visit_shared()
    sign_in(anna, "anna")
    heading(anna, NO_ROLE)
    anna.get_by_text("Rekisterinpitäjä, p. 03 000").wait_for()
    assert anna.get_by_text(made.name).count() == 0

    # The administrator gives her a role in this round.
    dora.goto("/kayttajat")
    heading(dora, "Käyttäjät ja roolit")
    pick(dora, "Käyttäjä", "Anna Koordinaattori")
    pick(dora, "Kierros", made.name)
    button(dora, "Anna rooli", exact=True).click()
    told(dora, "Rooli muutettiin")
    users = {row.name: row for row in do.users(store, operator)}
    admin, user_id = do.User(users["Dora Pääkäyttäjä"].id, "Dora"), users["Anna Koordinaattori"].id
    assert users["Anna Koordinaattori"].roles == ((UserRole.COORDINATOR.value, here),)

    # At work as a coordinator.
    button(anna, "Tarkista uudelleen").click()
    heading(anna, "Kierrokset")
    go(anna, "ehdotus", here)
    name = made.person_at("eteläinen").name
    button(anna, f"Lukitse mukaan: {name}").click()
    button(anna, f"Vapauta lukitus: {name}").wait_for()
    line = do.history(store, operator, here)[0]
    assert (line.user_name, line.code) == ("Anna Koordinaattori", "action.lock_seat")

    # The coordinator's role is taken away and another given: the next click is refused, and changes nothing.
    do.perform(store, admin, do.RevokeRole(user_id=user_id, role=UserRole.COORDINATOR, round_id=here))
    do.perform(store, admin, do.GrantRole(user_id=user_id, role=UserRole.BOARD_MEMBER, round_id=here))
    lines = do.verify_log(store).lines
    button(anna, f"Vapauta lukitus: {name}").click()
    told(anna, "Roolisi ei anna tähän oikeutta")
    # What is still being drawn would itself meet that no role is left.
    still(anna)
    assert do.verify_log(store).lines == lines

    # No role left: nothing of the round is shown any more.
    do.perform(store, admin, do.RevokeRole(user_id=user_id, role=UserRole.BOARD_MEMBER, round_id=here))
    anna.reload()
    heading(anna, NO_ROLE)
    assert anna.get_by_text(name).count() == 0

    # Out: here, at the provider, and for copies of the browser's cookies.
    copied = anna.context.cookies()
    button(anna, "Kirjaudu ulos").click()
    anna.wait_for_url("**/oauth2/end_session**")
    anna.get_by_role("button", name="End session").click()
    heading(anna, SIGN_IN)
    copy = visit_shared(copied)
    copy.goto("/")
    heading(copy, SIGN_IN)
    copy.get_by_text("Olet kirjautunut ulos").wait_for()
    assert do.verify_log(store).whole
    assert "Traceback" not in shared_app.log()


def test_thirty_idle_minutes_show_the_door(visit_shared, shared_app):  # noqa: F811
    made = scene.make(shared_app.folder)
    page = visit_shared()
    sign_in(page, "bert", "ehdotus")
    heading(page, NO_ROLE)
    bert = next(row for row in do.users(made.store, made.user) if row.name == "Bert Jäsen")
    do.perform(made.store, made.user, do.GrantRole(user_id=bert.id, role=UserRole.COORDINATOR, round_id=made.round_id))
    go(page, "ehdotus", made.round_id)
    name = made.person_at("eteläinen").name
    with made.store.write() as session:
        session.connection().exec_driver_sql("UPDATE sign_ins SET seen_at = '2020-01-01T00:00:00.000000Z'")
    button(page, f"Lukitse mukaan: {name}").click()
    heading(page, SIGN_IN)
    page.get_by_text("Istunto päättyi").first.wait_for()
    assert do.locks(made.store, made.user, made.round_id) == []
    page.reload()
    heading(page, SIGN_IN)
    still(page)
