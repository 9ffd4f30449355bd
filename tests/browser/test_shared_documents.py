"""Documents in shared use: whoever may take files out gets every one of them, before and after the decision, and each
stands in the log; a board member and an administrator get none."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.actions import UserRole
from tests.browser import scene
from tests.browser.pages import go
from tests.browser.test_login import sign_in, visit_shared  # noqa: F401 - a fixture
from tests.login.conftest import provider, shared_app  # noqa: F401 - fixtures

BEFORE = ("item", "annex", "workbook", "letters", "data")
AFTER = (*BEFORE, "attendance", "contacts", "summary")
ROLES = {"anna": UserRole.COORDINATOR, "bert": UserRole.PRESENTER, "cleo": UserRole.BOARD_MEMBER}


@pytest.fixture
def people(visit_shared, shared_app):  # noqa: F811
    """A round, and a page of each role that is signed in."""
    made = scene.make(shared_app.folder)
    pages = {}
    for sub in ROLES:
        pages[sub] = visit_shared()
        sign_in(pages[sub], sub)
        pages[sub].get_by_role("heading", level=1).first.wait_for()
    ids = {row.subject.rpartition("/")[2]: row.id for row in do.users(made.store, made.user)}
    for sub, role in ROLES.items():
        user_id = next(user_id for subject, user_id in ids.items() if sub in subject)
        do.perform(made.store, made.user, do.GrantRole(user_id=user_id, role=role, round_id=made.round_id))
    return made, pages


def exports(made) -> list[tuple[str, str]]:
    """Who took which file out, first to last."""
    with made.store.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT users.name, log.params FROM log JOIN users ON users.id = log.user_id "
            f"WHERE log.code = 'log_export' AND log.round_id = {made.round_id} ORDER BY seq"
        )
        return [(name, params.split('"kind": "')[1].split('"')[0]) for name, params in found]


def press(page, made, kinds) -> None:
    go(page, "paatos", made.round_id)
    for kind in kinds:
        with page.expect_download() as coming:
            page.locator(f".st-key-download_{kind} button").first.click()
        assert coming.value.path().stat().st_size > 100, kind


def nothing_to_take(page, made) -> None:
    for address in ("paatos", "ehdotus"):
        go(page, address, made.round_id)
        assert page.get_by_test_id("stDownloadButton").count() == 0


def test_every_document_leaves_for_whom_it_may_and_stands_in_the_log(people, shared_app):  # noqa: F811
    made, pages = people
    do.perform(made.store, made.user, do.MarkReady(round_id=made.round_id, reason="kysytään myöhemmin"))
    nothing_to_take(pages["cleo"], made)
    press(pages["anna"], made, BEFORE)
    press(pages["bert"], made, BEFORE)
    taken = [(name, kind) for name in ("Anna Koordinaattori", "Bert Jäsen") for kind in BEFORE]
    assert exports(made) == taken

    decision = do.RecordDecision(
        round_id=made.round_id, section="§ 1", date=dt.date(2021, 8, 23), reason="kysytään myöhemmin"
    )
    do.perform(made.store, made.user, decision)
    nothing_to_take(pages["cleo"], made)
    press(pages["anna"], made, AFTER)
    press(pages["bert"], made, AFTER)
    taken += [(name, kind) for name in ("Anna Koordinaattori", "Bert Jäsen") for kind in AFTER]
    assert exports(made) == taken

    # What the coordinator's button made opens for nobody else who is signed in, by its address alone.
    with pages["anna"].expect_download() as coming:
        pages["anna"].locator(".st-key-download_workbook button").first.click()
    address = coming.value.url
    taken.append(("Anna Koordinaattori", "workbook"))
    ask = "address => fetch(address).then(answer => answer.status)"
    assert [pages[sub].evaluate(ask, address) for sub in ("anna", "cleo")] == [200, 403]

    # The role is taken away while the page is open: nothing is made, nothing is noted, and the page says what to do.
    bert = next(row for row in do.users(made.store, made.user) if row.name == "Bert Jäsen")
    revoked = do.RevokeRole(user_id=bert.id, role=UserRole.PRESENTER, round_id=made.round_id)
    do.perform(made.store, made.user, revoked)
    pages["bert"].locator(".st-key-download_workbook button").first.click()
    pages["bert"].get_by_text("Tiedostoa ei voitu tehdä").first.wait_for()
    assert exports(made) == taken
    assert "Traceback" not in shared_app.log()
