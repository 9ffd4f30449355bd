"""The review app in a real browser on the loopback address: what a click costs, and ten people at once.

    python benchmarks/bench_app.py [--clicks 15] [--people 10] [--rounds 3]

Needs Chromium and Playwright. Server, workers and browser share this machine. Times run from the click to what is
shown; the processor's seconds are the server's own. Of ten people one is a real browser and nine send what a page sends
and draw nothing, as each has a machine of their own (``soak_users.py``).
Ends with status 1 if a limit of the project is passed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.make_applications import make_applications, write_xlsx  # noqa: E402
from benchmarks.people import Browsing, Person, Sender, go, idle, lock  # noqa: E402
from benchmarks.processes import processor_seconds  # noqa: E402
from selection import actions as do  # noqa: E402
from tests.browser import conftest, scene  # noqa: E402

#: The project's limits in seconds.
LOCK, SOLVE, OPEN, MANY = 0.3, 4.0, 2.0, 1.0
#: Seconds a person looks at the page before the next click.
LOOKS = (2.0, 2.0)


@dataclass
class Clicks:
    """How long each click took, and what the server's processor did meanwhile."""

    seconds: list[float]
    processor: float = 0.0

    def told(self, what: str, limit: float) -> bool:
        """Print a line of figures; whether the median is within the limit."""
        ordered = sorted(self.seconds)
        median, late = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
        print(
            f"{what}: median {median:.2f} s (at most {limit:g} s), 95 % {late:.2f} s, most {ordered[-1]:.2f} s, "
            f"{len(ordered)} clicks, {self.processor / len(ordered):.3f} s of the server's processor each"
        )
        return median <= limit


async def at_the_proposal(page: Any, made: scene.Scene) -> None:
    """Open the proposal and click a little: what is made once is not measured."""
    await go(page, f"/ehdotus?kierros={made.round_id}", "Ehdotus")
    await lock(page, 0)
    await lock(page, 1)


async def locks(page: Any, clicks: int) -> list[float]:
    """Locks of one person at work."""
    return [await lock(page, place % 20) for place in range(clicks)]


async def solves(page: Any, clicks: int) -> list[float]:
    """Proposals made anew, from the click to the news that it is there."""
    found = []
    for _ in range(clicks):
        began = time.perf_counter()
        await page.get_by_role("button", name="Laadi ehdotus uudelleen").click()
        await page.get_by_test_id("stAlert").filter(has_text="Ehdotus valmistui").first.wait_for()
        await idle(page)
        found.append(time.perf_counter() - began)
        await lock(page, 0)  # takes the news away
    return found


async def opened(browser: Any, url: str, made: scene.Scene, clicks: int, address: str = "hakijat") -> list[float]:
    """A page opened by a visitor who comes anew each time, the browser as empty as on its first day."""
    found = []
    for _ in range(clicks):
        context = await browser.new_context(base_url=url, locale="fi-FI", reduced_motion="reduce")
        page = await context.new_page()
        page.set_default_timeout(conftest.PATIENCE)
        began = time.perf_counter()
        await page.goto(f"/{address}?kierros={made.round_id}")
        await page.get_by_role("rowheader" if address == "hakijat" else "heading").first.wait_for()
        await idle(page)
        found.append(time.perf_counter() - began)
        await context.close()
    return found


async def opened_again(page: Any, made: scene.Scene, clicks: int) -> list[float]:
    """The same page in a new tab of a browser that has been here: it keeps the framework's scripts."""
    await go(page, f"/hakijat?kierros={made.round_id}", "Hakijat")
    found = []
    for _ in range(clicks):
        tab = await page.context.new_page()
        tab.set_default_timeout(conftest.PATIENCE)
        began = time.perf_counter()
        await tab.goto(f"/hakijat?kierros={made.round_id}")
        await tab.get_by_role("rowheader").first.wait_for()
        await idle(tab)
        found.append(time.perf_counter() - began)
        await tab.close()
    return found


async def turned_to(page: Any, made: scene.Scene, clicks: int) -> list[float]:
    """The same page from another one, by a visitor who is there already."""
    await go(page, f"/muutosloki?kierros={made.round_id}", "Muutosloki")
    menu = page.get_by_test_id("stSidebarNav")
    found = []
    for _ in range(clicks):
        began = time.perf_counter()
        await menu.get_by_role("link", name="Hakijat", exact=True).click()
        await page.get_by_role("heading", level=1, name="Hakijat", exact=True).wait_for()
        await page.get_by_role("rowheader").first.wait_for()
        await idle(page)
        found.append(time.perf_counter() - began)
        await menu.get_by_role("link", name="Muutosloki", exact=True).click()
        await page.get_by_role("heading", level=1, name="Muutosloki", exact=True).wait_for()
        await idle(page)
    return found


async def searched(page: Any, made: scene.Scene, clicks: int) -> list[float]:
    """Names sought on that page, from Enter to the rows."""
    await go(page, f"/hakijat?kierros={made.round_id}", "Hakijat")
    held = do.applications(made.store, made.user, made.round_id)
    names = sorted(row.name for row in held if row.status == "active")
    found = []
    for place in range(clicks):
        name = names[place * len(names) // clicks]
        box = page.get_by_label("Hae")
        await box.fill(name)
        began = time.perf_counter()
        await box.press("Enter")
        await page.get_by_role("rowheader", name=name).first.wait_for()
        await idle(page)
        found.append(time.perf_counter() - began)
    return found


async def together(people: list[Person], turns: int) -> tuple[list[float], list[float]]:
    """Ten people at once, some turns each: the seconds of clicks sent, and of clicks in a browser."""

    async def at_work(one: Person) -> None:
        for _ in range(turns):
            await one.turn()

    await asyncio.gather(*map(at_work, people))
    for line in (line for one in people for line in one.failed):
        print(f"  failed: {line}")
    sent = [second for one in people if isinstance(one, Sender) for second in one.clicks]
    return sent, [second for one in people if isinstance(one, Browsing) for second in one.clicks]


async def measure(options: argparse.Namespace, folder: Path) -> bool:
    """All figures, one after the other."""
    from playwright.async_api import async_playwright

    files = {}
    for count in (300, 3000):
        files[count] = folder / f"{count}.xlsx"
        write_xlsx(make_applications(count, 1), files[count])
    at_work = scene.make(folder, file=files[300])
    many = scene.make(folder, file=files[3000], proposed=False)
    empty = scene.make(folder, imported=False, proposed=False)
    running = conftest.start(folder)
    good = []
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=conftest.chromium(), args=[*conftest.QUIET, "--no-sandbox"]
            )

            async def page_of() -> Any:
                context = await browser.new_context(base_url=running.url, locale="fi-FI", reduced_motion="reduce")
                page = await context.new_page()
                page.set_default_timeout(conftest.PATIENCE)
                return page

            async def clicks(work: Awaitable[list[float]]) -> Clicks:
                before = processor_seconds(running.process.pid)
                seconds = await work
                return Clicks(seconds, processor_seconds(running.process.pid) - before)

            page = await page_of()
            await at_the_proposal(page, at_work)
            found = await clicks(locks(page, options.clicks))
            good.append(found.told("lock, rows and panel at 300 people", LOCK))
            await solves(page, 1)
            found = await clicks(solves(page, 3))
            good.append(found.told("solve again, 300 people", SOLVE))
            await opened(browser, running.url, many, 1)
            found = await clicks(opened(browser, running.url, many, 4))
            good.append(found.told("page of 3,000 applicants, a new visitor", OPEN))
            found = await clicks(opened(browser, running.url, empty, 4, address="saavutettavuus"))
            found.told("  of it the framework in an empty browser: a page of text alone", OPEN)
            found = await clicks(opened_again(page, many, 4))
            good.append(found.told("page of 3,000 applicants, a new tab", OPEN))
            found = await clicks(turned_to(page, many, 5))
            good.append(found.told("page of 3,000 applicants, from another page", OPEN))
            found = await clicks(searched(page, many, options.clicks))
            good.append(found.told("search among 3,000", MANY))
            await page.context.close()

            rooms = [scene.make(folder, file=files[300]) for _ in range(options.people)]
            people: list[Person] = [Sender(running.url, made, place, LOOKS) for place, made in enumerate(rooms[1:], 1)]
            people.append(Browsing(await page_of(), rooms[0], 0, LOOKS))
            for one in people:
                await one.begin()
            before = processor_seconds(running.process.pid)
            sent, shown = await together(people, options.rounds)
            used = processor_seconds(running.process.pid) - before
            for what, seconds in (
                ("sent, to the end of the run", sent),
                ("the one in a browser, to what is shown", shown),
            ):
                share = used * len(seconds) / (len(sent) + len(shown))
                good.append(Clicks(seconds, share).told(f"{options.people} people at once, {what}", MANY))
            good.append(not any(one.failed for one in people))
            await browser.close()
    finally:
        conftest.stop(running)
    return all(good)


def main() -> int:
    """Measure, print, and end with 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clicks", type=int, default=15)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="kokoonpano-app-") as folder:
        good = asyncio.run(measure(options, Path(folder)))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
