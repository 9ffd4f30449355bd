"""People at work in the app, a round each: the same clicks in a real browser, or sent as the framework's page does."""

from __future__ import annotations

import asyncio
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.visitor import Visitor
from selection.texts import text
from tests.browser import scene

PROPOSAL, APPLICANTS, HISTORY, CRITERIA = "ehdotus", "hakijat", "muutosloki", "valintaperusteet"
HEADINGS = {PROPOSAL: "Ehdotus", APPLICANTS: "Hakijat", HISTORY: "Muutosloki", CRITERIA: "Valintaperusteet"}
AGAIN, SWAP = text("ui.propose.again"), text("ui.edit.do_swap")
INTO, SOUGHT = text("ui.edit.into"), text("ui.applicants.search")
#: Switches that are locked and let go, and the people after them who are swapped.
LOCKS, SWAPS = 12, range(12, 20)
#: Turns between two swaps, and between two proposals, of one person.
SWAP_EVERY, SOLVE_EVERY = 3, 4


class Mistaken(Exception):
    """The page does not show what the click should have done."""


class Person(ABC):
    """Somebody at work: how long each kind of click took them, and what failed."""

    def __init__(self, made: scene.Scene, seed: int, looks: tuple[float, float]) -> None:
        self.made = made
        self.chance = random.Random(seed)
        self.looks = looks
        self.seconds: dict[str, list[float]] = {}
        self.solves: list[float] = []
        self.failed: list[str] = []
        self.turns = 0
        seated = [made.person_at("itäinen", place=place) for place in range(10)]
        self.names = [row.name for row in seated]

    @abstractmethod
    async def begin(self) -> None:
        """Open the proposal; what is not counted."""

    @abstractmethod
    async def lock(self, place: int) -> float:
        """Lock somebody in, or let them go."""

    @abstractmethod
    async def to(self, address: str) -> float:
        """Turn to another page by the menu."""

    @abstractmethod
    async def search(self, name: str) -> float:
        """Look for somebody among the applicants."""

    @abstractmethod
    async def open_swap(self, place: int) -> float:
        """Ask who could take a person's seat."""

    @abstractmethod
    async def choose_swap(self) -> float:
        """Look at what the first of the best would mean."""

    @abstractmethod
    async def do_swap(self) -> float:
        """Take them."""

    @abstractmethod
    async def solve(self) -> float:
        """Ask for a new proposal; seconds until it is seen to be at work."""

    @abstractmethod
    async def solved(self) -> float:
        """Wait for it; seconds."""

    async def work(self, until: Callable[[], bool]) -> None:
        """Turn after turn until the time is over."""
        while not until():
            await self.turn()

    async def turn(self) -> None:
        """Lock, turn the pages, look for a name; a swap and a new proposal now and then."""
        await self.click("lock", lambda: self.lock(self.chance.randrange(LOCKS)))
        await self.click("page", lambda: self.to(APPLICANTS))
        await self.click("search", lambda: self.search(self.names[self.turns % len(self.names)]))
        await self.click("page", lambda: self.to(HISTORY))
        await self.click("page", lambda: self.to(CRITERIA))
        await self.click("page", lambda: self.to(PROPOSAL))
        await self.click("lock", lambda: self.lock(self.chance.randrange(LOCKS)))
        # Not everybody in the same turn.
        number = self.turns + self.made.round_id
        if number % SWAP_EVERY == 0:
            place = self.chance.choice(SWAPS)
            _ = (
                await self.click("who instead", lambda: self.open_swap(place))
                and await self.click("choose", self.choose_swap)
                and await self.click("swap", self.do_swap)
            )
        if number % SOLVE_EVERY == 0 and await self.click("solve", self.solve):
            try:
                self.solves.append(await self.solved())
            except Exception as error:
                await self._failed("solved", error)
        self.turns += 1

    async def click(self, kind: str, work: Callable[[], Awaitable[float]]) -> bool:
        """Look, then do one thing; whether it went well."""
        await asyncio.sleep(self.chance.uniform(*self.looks))
        try:
            self.seconds.setdefault(kind, []).append(await work())
        except Exception as error:
            await self._failed(kind, error)
            return False
        return True

    async def _failed(self, kind: str, error: Exception) -> None:
        self.failed.append(f"{kind}: {type(error).__name__} {str(error).splitlines()[:1]}")
        await self.begin()

    @property
    def clicks(self) -> list[float]:
        """The seconds of all clicks."""
        return [second for found in self.seconds.values() for second in found]


class Sender(Person):
    """Somebody whose page draws nothing, as if on a machine of their own: from the sending to the end of the run."""

    def __init__(self, url: str, made: scene.Scene, seed: int, looks: tuple[float, float]) -> None:
        super().__init__(made, seed, looks)
        self.page = Visitor(url)

    async def begin(self) -> None:
        await self.page.open(PROPOSAL, f"kierros={self.made.round_id}")
        self._at(PROPOSAL)

    def _at(self, address: str) -> None:
        if self.page.said("heading")[:1] != [HEADINGS[address]]:
            raise Mistaken(address)

    def _switches(self) -> list[str]:
        return [subject for action, subject in self.page.pressed() if action == "lock"]

    async def lock(self, place: int) -> float:
        where = ("lock", self._switches()[place])
        before = self.page.pressed()[where]
        seconds = await self.page.press(*where)
        if self.page.pressed().get(where) is not (not before):
            raise Mistaken("lock")
        return seconds

    async def to(self, address: str) -> float:
        seconds = await self.page.turn_to(address)
        self._at(address)
        return seconds

    async def search(self, name: str) -> float:
        seconds = await self.page.fill(SOUGHT, name)
        if name not in [row["cells"][0]["text"] for data in self.page.tables() for row in data["rows"]]:
            raise Mistaken("search")
        return seconds

    async def open_swap(self, place: int) -> float:
        return await self.page.press("swap", self._switches()[place])

    async def choose_swap(self) -> float:
        return await self.page.choose(INTO, 0, kind="selectbox")

    async def do_swap(self) -> float:
        seconds = await self.page.click(SWAP)
        if text("ui.edit.swapped") not in self.page.said("alert"):
            raise Mistaken("swap")
        return seconds

    async def solve(self) -> float:
        return await self.page.click(AGAIN)

    async def solved(self) -> float:
        seconds = await self.page.wait_until_done()
        if not any(said.startswith("Ehdotus valmistui") for said in self.page.said("alert")):
            raise Mistaken("solve")
        return seconds


class Browsing(Person):
    """Somebody at a real page: from the click to what is shown, with the page at rest."""

    def __init__(self, page: Any, made: scene.Scene, seed: int, looks: tuple[float, float]) -> None:
        super().__init__(made, seed, looks)
        self.page: Any = page

    async def begin(self) -> None:
        await go(self.page, f"/{PROPOSAL}?kierros={self.made.round_id}", HEADINGS[PROPOSAL])

    async def lock(self, place: int) -> float:
        return await lock(self.page, place)

    async def to(self, address: str) -> float:
        began = time.perf_counter()
        heading = HEADINGS[address]
        await self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=heading, exact=True).click()
        await self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
        await idle(self.page)
        return time.perf_counter() - began

    async def search(self, name: str) -> float:
        box = self.page.get_by_label(SOUGHT)
        await box.fill(name)
        began = time.perf_counter()
        await box.press("Enter")
        await self.page.get_by_role("rowheader", name=name).first.wait_for()
        await idle(self.page)
        return time.perf_counter() - began

    async def open_swap(self, place: int) -> float:
        focus = await self.page.locator("button[data-focus^='lock|']").nth(place).get_attribute("data-focus")
        began = time.perf_counter()
        await self.page.locator(f"button[data-focus='menu|{focus.partition('|')[2]}']").click()
        await self.page.get_by_role("menuitem", name=text("ui.act.swap")).click()
        await self.page.get_by_role("dialog").get_by_role("radiogroup").wait_for()
        await idle(self.page)
        return time.perf_counter() - began

    async def choose_swap(self) -> float:
        began = time.perf_counter()
        await self.page.get_by_role("dialog").get_by_role("radiogroup").locator("label").first.click()
        await self.page.get_by_role("button", name=SWAP).wait_for()
        await idle(self.page)
        return time.perf_counter() - began

    async def do_swap(self) -> float:
        began = time.perf_counter()
        await self.page.get_by_role("button", name=SWAP).click()
        await self.page.get_by_test_id("stAlert").filter(has_text=text("ui.edit.swapped")).wait_for()
        await idle(self.page)
        return time.perf_counter() - began

    async def solve(self) -> float:
        began = time.perf_counter()
        await self.page.get_by_role("button", name=AGAIN).click()
        await (
            self.page.get_by_role("progressbar")
            .or_(self.page.get_by_test_id("stAlert").filter(has_text="Ehdotus valmistui"))
            .first.wait_for()
        )
        return time.perf_counter() - began

    async def solved(self) -> float:
        began = time.perf_counter()
        await self.page.get_by_test_id("stAlert").filter(has_text="Ehdotus valmistui").first.wait_for()
        await idle(self.page)
        return time.perf_counter() - began


async def go(page: Any, address: str, heading: str) -> None:
    """Open a page and wait until it is drawn."""
    await page.goto(address)
    await page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    await idle(page)


async def idle(page: Any) -> None:
    """Wait until the server has drawn the page."""
    await page.locator('[data-test-script-state="notRunning"]').first.wait_for(state="attached")


async def lock(page: Any, place: int) -> float:
    """Lock somebody in, or let them go: seconds until the row and then the whole page, panel and all, is as new."""
    switch = page.locator("button[data-focus^='lock|']").nth(place)
    before = await switch.get_attribute("aria-pressed")
    focus = await switch.get_attribute("data-focus")
    began = time.perf_counter()
    await switch.click()
    after = "false" if before == "true" else "true"
    await page.locator(f"button[data-focus='{focus}'][aria-pressed='{after}']").wait_for()
    await idle(page)
    return time.perf_counter() - began
