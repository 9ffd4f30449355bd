"""The visitor without a browser, with which ten people at once are measured: the app answers it as it does a page."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.people import APPLICANTS, HISTORY, Sender
from benchmarks.visitor import Failed
from tests.browser import scene


def test_what_the_visitor_sends_is_done_and_what_is_drawn_is_read(app):
    made = scene.make(app.folder)
    person = Sender(app.url, made, 0, (0.0, 0.0))

    async def visit() -> None:
        await person.begin()
        await person.lock(0)
        await person.lock(1)
        await person.lock(1)
        await person.to(APPLICANTS)
        assert len(person.page.tables()[0]["rows"]) > 1
        await person.search(person.names[0])
        assert [row["cells"][0]["text"] for row in person.page.tables()[0]["rows"]] == [person.names[0]]
        await person.to(HISTORY)
        with pytest.raises(Failed):
            await person.page.click("Laadi ehdotus uudelleen")
        await person.page.close()

    with ThreadPoolExecutor(1) as thread:  # the browser's own loop may be running in this one
        thread.submit(asyncio.run, visit()).result()
    first, *others = scene.do.locks(made.store, made.user, made.round_id)
    assert others == []
    assert first.kind == "seat"
