"""Ten people at work in the running app for ten minutes: how long a click takes, and whether memory grows.

    python -m benchmarks.soak_users [--people 10] [--minutes 10]

Each has a browser page and a round of their own on one server, and goes on without end: locks and lets go, turns pages,
opens the history, looks for a name, with looks in between. Memory is the server's, taken once everybody has been to all
their pages, and at the end. Server and browsers share this machine: on two cores the browsers take much of what is
measured, so the processor's seconds of the server stand beside the clock. Ends with status 1 if a limit is passed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_app import go, idle, lock, processor_seconds  # noqa: E402
from benchmarks.soak_uploads import memory  # noqa: E402
from tests.browser import conftest, scene  # noqa: E402

#: The project's limits: seconds of a click at the median and at 95 %, and the growth of memory.
MEDIAN, LATE, GROWTH = 1.0, 3.0, 0.20
#: Seconds between clicks of one person, from and to.
LOOKS = (2.0, 6.0)
#: Turns after which memory counts: everybody has been everywhere.
WARM = 2


class Person:
    """Somebody at work, and how long each click took them."""

    def __init__(self, page: Any, made: scene.Scene, seed: int) -> None:
        self.page = page
        self.made = made
        self.chance = random.Random(seed)
        self.seconds: list[float] = []
        self.failed: list[str] = []
        self.turns = 0

    async def begin(self) -> None:
        """Open the proposal; what is not counted."""
        await go(self.page, f"/ehdotus?kierros={self.made.round_id}", "Ehdotus")

    async def work(self, until: Callable[[], bool]) -> None:
        """Turn after turn until the time is over."""
        while not until():
            await self.click(lambda: lock(self.page, self.chance.randrange(12)))
            await self.click(lambda: self.to("Hakijat"))
            await self.click(self.search)
            await self.click(lambda: self.to("Muutosloki"))
            await self.click(lambda: self.to("Valintaperusteet"))
            await self.click(lambda: self.to("Ehdotus"))
            await self.click(lambda: lock(self.page, self.chance.randrange(12)))
            self.turns += 1

    async def click(self, work: Callable[[], Awaitable[object]]) -> None:
        """Look, then do one thing, and wait until the page is as new."""
        await asyncio.sleep(self.chance.uniform(*LOOKS))
        began = time.perf_counter()
        try:
            await work()
            await idle(self.page)
        except Exception as error:
            self.failed.append(f"{type(error).__name__} after {time.perf_counter() - began:.0f} s")
            await self.begin()
            return
        self.seconds.append(time.perf_counter() - began)

    async def to(self, link: str) -> None:
        """Turn to another page by the menu."""
        await self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=link, exact=True).click()
        await self.page.get_by_role("heading", level=1, name=link, exact=True).wait_for()

    async def search(self) -> None:
        """Look for somebody."""
        name = self.made.person_at("itäinen", place=self.turns % 10).name
        box = self.page.get_by_label("Hae")
        await box.fill(name)
        await box.press("Enter")
        await self.page.get_by_role("rowheader", name=name).first.wait_for()


async def soak(people: int, minutes: float, folder: Path) -> bool:
    """Let them work; whether all limits were kept."""
    from playwright.async_api import async_playwright

    rooms = [scene.make(folder) for _ in range(people)]
    running = conftest.start(folder)
    pid = running.process.pid
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=conftest.chromium(), args=[*conftest.QUIET, "--no-sandbox"]
            )
            at_work = []
            for number, made in enumerate(rooms):
                context = await browser.new_context(base_url=running.url, locale="fi-FI", reduced_motion="reduce")
                page = await context.new_page()
                page.set_default_timeout(conftest.PATIENCE)
                at_work.append(Person(page, made, number))
                await at_work[-1].begin()
            began, processor = time.monotonic(), processor_seconds(pid)
            warm: list[float] = []
            most = memory(pid)

            async def watch() -> None:
                nonlocal most
                while time.monotonic() - began < minutes * 60:
                    await asyncio.sleep(5)
                    most = max(most, memory(pid))
                    if not warm and min(person.turns for person in at_work) >= WARM:
                        warm.append(memory(pid))

            watching = asyncio.create_task(watch())
            await asyncio.gather(*(one.work(lambda: time.monotonic() - began > minutes * 60) for one in at_work))
            await watching
            processor = processor_seconds(pid) - processor
            after = memory(pid)
            await browser.close()
    finally:
        conftest.stop(running)
    seconds = sorted(second for one in at_work for second in one.seconds)
    failed = [told for one in at_work for told in one.failed]
    tracebacks = (folder / "server.log").read_text(errors="replace").count("Traceback")
    median, late = statistics.median(seconds), seconds[int(0.95 * (len(seconds) - 1))]
    before = warm[0] if warm else after
    growth = after / before - 1
    print(
        f"{people} people, {minutes:g} minutes, {len(seconds)} clicks: median {median:.2f} s (at most {MEDIAN:g}), "
        f"95 % {late:.2f} s (at most {LATE:g}), most {seconds[-1]:.2f} s; {processor / len(seconds):.3f} s of the "
        f"server's processor each; memory {before:.0f} MB after {WARM} turns, {most:.0f} MB at most, {after:.0f} MB at "
        f"the end ({growth:+.0%}, at most {GROWTH:+.0%}){'' if warm else ', too short to tell'}; {len(failed)} clicks "
        f"failed, {tracebacks} tracebacks"
    )
    for told in failed:
        print(told)
    return median < MEDIAN and late < LATE and growth <= GROWTH and bool(warm) and not failed and not tracebacks


def main() -> int:
    """Run the soak and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="kokoonpano-soak-") as folder:
        return 0 if asyncio.run(soak(options.people, options.minutes, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
