"""Ten people at work in the running app for ten minutes: how long a click takes, and whether memory grows.

    python -m benchmarks.soak_users [--people 10] [--minutes 10] [--browsers 1]

Each has a round of their own on one server and goes on without end: locks and lets go, turns pages, opens the history,
looks for a name, swaps somebody, asks for a new proposal, with looks in between. In a city each sits at a machine of
their own: here all but ``--browsers`` of them send what the framework's page would send and read what comes back, but
draw nothing, and the rest are real browsers that share the server's cores. Both figures are printed: from the sending
to the end of the run, and from the click to what is shown. Memory is the server's, taken once everybody has been to
all their pages, and at the end. Ends with status 1 if a limit is passed, or anything failed.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.people import Browsing, Person, Sender  # noqa: E402
from benchmarks.processes import memory, processor_seconds  # noqa: E402
from tests.browser import conftest, scene  # noqa: E402

#: The project's limits: seconds of a click at the median and at 95 %, and the growth of memory.
MEDIAN, LATE, GROWTH = 1.0, 3.0, 0.20
#: Seconds between clicks of one person, from and to.
LOOKS = (2.0, 6.0)
#: Turns after which memory counts: everybody has been everywhere, and has had a proposal made.
WARM = 4


def told(what: str, seconds: Sequence[float]) -> bool:
    """Print a line of figures; whether they are within the limits."""
    if not seconds:
        return True
    ordered = sorted(seconds)
    median, late = statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1]
    print(f"{what}: {len(ordered)} clicks, median {median:.2f} s, 95 % {late:.2f} s, most {ordered[-1]:.2f} s")
    return median < MEDIAN and late < LATE


async def soak(people: int, browsers: int, minutes: float, folder: Path) -> bool:
    """Let them work; whether all limits were kept."""
    from playwright.async_api import async_playwright

    rooms = [scene.make(folder) for _ in range(people)]
    running = conftest.start(folder)
    pid = running.process.pid
    try:
        async with async_playwright() as playwright:
            at_work: list[Person] = []
            browser = None
            if browsers:
                browser = await playwright.chromium.launch(
                    executable_path=conftest.chromium(), args=[*conftest.QUIET, "--no-sandbox"]
                )
            for number, made in enumerate(rooms):
                if browser is not None and number < browsers:
                    context = await browser.new_context(base_url=running.url, locale="fi-FI", reduced_motion="reduce")
                    page = await context.new_page()
                    page.set_default_timeout(conftest.PATIENCE)
                    at_work.append(Browsing(page, made, number, LOOKS))
                else:
                    at_work.append(Sender(running.url, made, number, LOOKS))
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
            if browser is not None:
                await browser.close()
    finally:
        conftest.stop(running)
    good = True
    for what, kind in (("who send, to the end of the run", Sender), ("in a browser, to what is shown", Browsing)):
        group = [one for one in at_work if isinstance(one, kind)]
        good &= told(f"{len(group)} {what}", [second for one in group for second in one.clicks])
        for name in dict.fromkeys(name for one in group for name in one.seconds):
            told(f"  {name}", [second for one in group for second in one.seconds.get(name, ())])
    told("proposals made, until the news of them (not a click)", [second for one in at_work for second in one.solves])
    clicks = sum(len(one.clicks) for one in at_work)
    failed = [line for one in at_work for line in one.failed]
    tracebacks = (folder / "server.log").read_text(errors="replace").count("Traceback")
    before = warm[0] if warm else after
    growth = after / before - 1
    print(
        f"at most: median {MEDIAN:g} s, 95 % {LATE:g} s; {minutes:g} minutes, {clicks} clicks, {len(failed)} failed, "
        f"{tracebacks} tracebacks; {processor / clicks:.3f} s of the server's processor each, "
        f"{processor / (minutes * 60):.0%} of a core; memory {before:.0f} MB after {WARM} turns, {most:.0f} at most, "
        f"{after:.0f} MB at the end ({growth:+.0%}, at most {GROWTH:+.0%}){'' if warm else ', too short to tell'}"
    )
    for line in failed:
        print(line)
    return good and growth <= GROWTH and bool(warm) and not failed and not tracebacks


def main() -> int:
    """Run the soak and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--browsers", type=int, default=1, help="how many of them are real browsers (10: all of them)")
    options = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="kokoonpano-soak-") as folder:
        return 0 if asyncio.run(soak(options.people, options.browsers, options.minutes, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
