"""Hostile files handed to the running app in a real browser, one after the other; it must neither fall nor forget.

    python -m benchmarks.soak_uploads [--files 1000] [--seed 1]

Files come from the classes that the reader is fuzzed with: real ones torn, and made ones that once broke a spreadsheet
reader (bombs, entities, far cells, renamed files, …). Each goes through the page of imports: upload, child process,
findings, message. Counted: what the page said, faults (a page that failed, a traceback in the log, a server that fell
or is not ready), and the server's memory before, at most, and after. Ends with status 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.processes import memory  # noqa: E402
from selection import actions as do  # noqa: E402
from selection.presets import preset_text  # noqa: E402
from selection.texts import text  # noqa: E402
from tests.browser import conftest  # noqa: E402
from tests.intake.fuzzed import fuzzed  # noqa: E402

#: Files before memory counts: libraries are loaded, pools are filled.
WARM = 40
#: Files that one visitor hands in before another one comes.
VISIT = 50
#: The framework keeps a visitor's session so long after they have gone.
FORGOTTEN = 130.0
#: Memory may end this much above where it was, in megabytes and as a part.
GROWTH, PART = 60.0, 0.2


def hand_in(page: Any, name: str, content: bytes) -> str:
    """Upload one file; what the page said of it."""
    take_back(page)
    picker = page.locator("input[type=file]")
    picker.wait_for(state="attached")
    picker.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    understood = page.get_by_role("heading", name="Näin tiedosto ymmärrettiin")
    said = page.get_by_test_id("stAlert")
    refused = page.get_by_test_id("stFileChipIconError")
    understood.or_(said).or_(refused).first.wait_for()
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")
    if text("ui.failed") in page.locator("body").inner_text():
        return "FAILED"
    if understood.count():
        return "understood"
    return "told why not" if said.count() else "kind refused"


def take_back(page: Any) -> None:
    """Remove the file before, if there is one, and wait until the page is as it was."""
    for chip in page.get_by_test_id("stFileChipDeleteBtn").all():
        chip.get_by_role("button").or_(chip).first.click()
    page.get_by_test_id("stFileChip").first.wait_for(state="detached")
    page.get_by_role("heading", name="Näin tiedosto ymmärrettiin").wait_for(state="detached")
    page.get_by_test_id("stAlert").first.wait_for(state="detached")
    page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")


def soak(first: int, files: int, seed: int, minutes: float, folder: Path) -> bool:
    """Hand in the files; whether nothing was wrong."""
    from playwright.sync_api import sync_playwright

    store = do.open_store(folder)
    made = do.perform(store, do.local_user(store), do.CreateRound(name="Soak", rules=preset_text("lahti-2021")))
    running = conftest.start(folder)
    address = f"{running.url}/tuonti?kierros={made.round_id}"
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    before = most = 0.0
    started = time.monotonic()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=conftest.chromium(), args=[*conftest.QUIET, "--no-sandbox"]
            )
            page: Any = None
            for number in range(first, first + files):
                if time.monotonic() - started > minutes * 60:
                    break
                if (number - first) % VISIT == 0:
                    if page is not None:
                        page.context.close()
                    page = browser.new_context(locale="fi-FI", reduced_motion="reduce").new_page()
                    page.set_default_timeout(conftest.PATIENCE)
                    page.goto(address)
                name, content = fuzzed(random.Random(f"{seed} {number}"))
                try:
                    outcome = hand_in(page, name, content)
                except Exception as error:
                    outcome = f"FAILED: {str(error).splitlines()[0] or type(error).__name__}"
                outcomes[outcome] += 1
                if outcome.startswith("FAILED"):
                    faults.append(f"{seed} {number} {name}: {outcome}")
                    print(faults[-1], flush=True)
                    page.goto(address)
                if running.process.poll() is not None:
                    faults.append(f"{seed} {number} {name}: the server fell")
                    break
                now = memory(running.process.pid)
                most = max(most, now)
                if number - first + 1 == min(WARM, files):
                    before = most = now
                if (number - first + 1) % 100 == 0:
                    print(f"{number - first + 1} files, {len(faults)} faults, {now:.0f} MB", flush=True)
            browser.close()
        time.sleep(FORGOTTEN)
        if running.process.poll() is None:
            with urlopen(f"{running.url}/ready", timeout=30) as answer:
                if answer.status != 200:
                    faults.append("not ready at the end")
        after = memory(running.process.pid)
    finally:
        conftest.stop(running)
    tracebacks = (folder / "server.log").read_text(errors="replace").count("Traceback")
    print(
        f"{sum(outcomes.values())} files (seed {seed}), {len(faults)} faults, {tracebacks} tracebacks: "
        f"{', '.join(f'{count} {what}' for what, count in outcomes.most_common())}; memory of the server "
        f"{before:.0f} MB after {WARM} files, {most:.0f} MB at most, {after:.0f} MB after {FORGOTTEN:.0f} s of rest "
        f"({(time.monotonic() - started) / 60:.0f} min)"
    )
    for fault in faults:
        print(fault)
    return not faults and not tracebacks and after - before <= max(GROWTH, PART * before)


def main() -> int:
    """Run the soak and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120.0, help="end earlier, with fewer files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kokoonpano-soak-") as folder:
        return 0 if soak(options.first, options.files, options.seed, options.minutes, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
