"""Search for a fair distribution: the smallest chance is the largest possible, then the next.

Panels are gathered by multiplicative weights (whoever was seated least weighs most), and a linear program mixes them.
The same leximin problem with fractional panels bounds every level from above; where the bound is met that is the proof.
Where it is not, panels are priced exactly, level by level (column generation), until none is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Unpack

import numpy as np

from selection.errors import InputError
from selection.fair.budget import Budget
from selection.fair.distribution import Distribution
from selection.fair.exchange import Exchange
from selection.fair.master import Master, Mixture
from selection.fair.space import NEVER, Space
from selection.fair.types import Floats, Types
from selection.solving.run import PLAIN, Run, RunOptions

#: Panels gathered before the first mixture, and by how much more after each that is not good enough.
FIRST, GROWTH = 25, 1.5
#: Panels gathered at most for one aim; more are priced exactly.
ENOUGH = 1200
#: A panel from the exact search may be this much worse than the best while weights are only a direction.
ROUGH = 0.02
#: Types up to which exact pricing is tried first: it is quick there.
FEW = 60

#: Told how many panels there are and how far the smallest chance is from its bound.
Gathered = Callable[[int, float], None]


class Search:
    """Finds a distribution within a limit of time or of work; its first panel is found whatever the limit.

    Parameters
    ----------
    size
        Of the one panel, where all have the same; ``None`` otherwise.
    tolerance, work, gathered, run, options
        As of :func:`selection.fair.draw.fair_distribution`.
    """

    def __init__(
        self,
        types: Types,
        *,
        size: int | None,
        tolerance: float = 1e-6,
        work: int | None = None,
        gathered: Gathered | None = None,
        run: Run | None = None,
        **options: Unpack[RunOptions],
    ) -> None:
        run = replace(run or PLAIN, **options)
        self.began = time.monotonic()
        self.types = types
        self.tolerance = tolerance
        self.budget = Budget(run, work=work)
        self.gathered = gathered or (lambda panels, gap: None)
        self.space = Space(types, self.budget)
        self.master = Master(types, self.budget)
        self.exchange = self._exchange(size)
        self.last: tuple[int, ...] | None = None

    def _exchange(self, size: int | None) -> Exchange | None:
        if size is None or not self.types.plain:
            return None
        try:
            return Exchange(self.types, size, self.budget)
        except ValueError:
            return None

    def maximin(self) -> Distribution:
        """The distribution whose smallest chance is the largest possible.

        Raises
        ------
        Infeasible
            if there is no roster.
        """
        first = self.space.best(np.zeros(len(self.types.people)), gap=1.0, whatever=True)
        assert first is not None
        self.last = first.panel
        self.master.add(first.panel)
        bound = self._bound()
        mixture = self._gather(np.where(self.seatable, bound, 0.0), bound)
        if mixture.level <= NEVER:
            self._cover()
            bound = self._bound()
            mixture = self._gather(np.where(self.seatable, bound, 0.0), bound)
        if bound - mixture.level > self.tolerance:
            mixture, bound = self._price(mixture, bound)
        return self._ended(self._made(mixture, bound, None))

    def _ended(self, found: Distribution) -> Distribution:
        """The distribution with what the limit did to the search."""
        proven = found.gap <= self.tolerance and found.short is not None and found.short <= self.tolerance
        return replace(
            found,
            seconds=time.monotonic() - self.began,
            cut=self.budget.met and not proven,
            repeatable=not self.budget.met or self.budget.by_work,
        )

    def proof(self, panels: Iterable[tuple[int, ...]]) -> tuple[float, float]:
        """A smallest chance that some distribution has, and what none exceeds: the same where the time suffices.
        ``panels`` of a good distribution are a start. ``seatable`` is then who counts.

        Raises
        ------
        InputError
            if no roster seats anybody.
        """
        for panel in panels:
            self.master.add(panel)
        self._bound()
        self._cover()
        bound, mixture = self._bound(), self.master.solve()
        if bound - mixture.level > self.tolerance:
            mixture, bound = self._price(mixture, bound)
        return mixture.level, max(bound, mixture.level)

    def _bound(self) -> float:
        """Aim at the smallest chance of the seatable; what it cannot exceed."""
        relaxed = self.space.relaxed_chances(levels=1)
        self.seatable = relaxed > NEVER
        if not self.seatable.any():
            raise InputError("draw_nobody")
        self.master.aim(np.zeros(len(relaxed)), self.seatable.astype(np.float64))
        return float(relaxed[self.seatable].min())

    def _cover(self) -> None:
        """Ask of each type that no panel seats yet whether any roster does; those that none seats are left out."""
        for number in np.flatnonzero(self.seatable & (sum(self.master.chances) == 0)).tolist():
            values = np.zeros(len(self.seatable))
            values[number] = 1.0
            best = self.space.best(values)
            if best is None:
                return
            if best.value > 0.5:
                self.master.add(best.panel)
            elif best.bound < 0.5:
                self.space.exclude(number)

    def leximin(self, best: Distribution) -> Distribution:
        """Raise the chances above the smallest one too, each as far as the smaller ones allow.

        Where ``best`` could not be proven it is handed back as it is.
        """
        return self._ended(self._leximin(best))

    def _leximin(self, best: Distribution) -> Distribution:
        if best.bound - best.smallest > self.tolerance:
            return best
        target = np.minimum(self.space.relaxed_chances(), 1.0)
        if abs(float(target[self.seatable].min()) - best.smallest) <= self.tolerance:
            lowest = target <= best.smallest + 1e-9
            if lowest.all():
                return replace(best, short=0.0)
            floors = np.where(lowest, best.smallest - 1e-9, target) * self.seatable
            self.master.aim(floors, (~lowest).astype(np.float64))
            mixture = self._gather(target, 0.0)
            short = max(-mixture.level, 0.0)
            refined = self._made(mixture, best.bound, short)
            if short <= self.tolerance:
                return refined
            if len(self.types.people) > FEW:
                return refined if refined.smallest >= best.smallest - 1e-7 else best
        return self._levels(best)

    def _levels(self, best: Distribution) -> Distribution:
        """Leximin by levels: who cannot be raised is held, the others rise on; every level is priced exactly."""
        count = len(self.types.people)
        floors, rising = np.zeros(count), self.seatable.astype(np.float64)
        mixture: Mixture | None = None
        while rising.any() and not self.budget.over():
            self.master.aim(floors, rising)
            mixture, bound = self._price(self.master.solve(), 1.0)
            if bound - mixture.level > self.tolerance:
                break
            held = (rising > 0) & (mixture.weights > 1e-7)
            if not held.any() or mixture.level >= 1.0 - 1e-9:
                rising[:] = 0.0
                break
            floors[held], rising[held] = mixture.level - 1e-10, 0.0
        if mixture is None:
            return best
        return self._made(mixture, best.bound, None if rising.any() else self.tolerance)

    def _gather(self, target: Floats, bound: float) -> Mixture:
        """Panels by multiplicative weights, until their best mixture reaches the bound."""
        sizes = self.types.sizes
        seen = np.zeros(len(sizes))
        chunk, gathered = float(FIRST), 0
        enough = ENOUGH if self.exchange is not None or len(sizes) > FEW else 3 * FIRST
        while True:
            for _ in range(int(chunk)):
                behind = np.where(self.seatable, gathered * target - seen, -np.inf)
                weights = np.exp(behind - behind.max())
                panel = self._good(weights / weights.mean() / sizes)
                if panel is not None:
                    self.master.add(panel)
                    seen += self.types.seated(panel) / sizes
                    gathered += 1
                if self.budget.over():
                    break
            mixture = self.master.solve()
            self.gathered(len(self.master.panels), bound - mixture.level)
            uncovered = bound > 0 and mixture.level <= NEVER and gathered >= 3 / bound
            if bound - mixture.level <= self.tolerance or gathered >= enough or uncovered or self.budget.over():
                return mixture
            chunk = min(chunk * GROWTH, 300, max(enough - gathered, 1))

    def _good(self, values: Floats) -> tuple[int, ...] | None:
        if self.exchange is not None and self.last is not None:
            self.last = self.exchange.improve(self.last, values)
            return self.last
        best = self.space.best(values, gap=ROUGH)
        return None if best is None else best.panel

    def _price(self, mixture: Mixture, bound: float) -> tuple[Mixture, float]:
        """Column generation: add the best panel for the mixture's weights until none is better than those mixed.

        Weights w of the rows are prices: no distribution's level exceeds the worth of the best panel less w·floors
        (linear duality). Weights between the best so far and the last ones (smoothing) need fewer panels.

        Returns
        -------
        tuple
            the last mixture, and the least upper bound of its level that was proven.
        """
        sizes, floors = self.types.sizes, self.master.floors
        centre = mixture.weights
        while bound - mixture.level > self.tolerance and not self.budget.over():
            limit = mixture.level + float(mixture.weights @ floors)
            for weights in (0.7 * centre + 0.3 * mixture.weights, mixture.weights):
                best = self.space.best(weights / sizes)
                if best is None:
                    return mixture, bound
                upper = best.bound - float(weights @ floors)
                if upper < bound:
                    bound, centre = max(upper, mixture.level), weights
                worth = float(mixture.weights @ (self.types.seated(best.panel) / sizes))
                if worth > limit + 1e-9 and self.master.add(best.panel):
                    break
            else:
                break
            mixture = self.master.solve()
            self.gathered(len(self.master.panels), max(bound - mixture.level, 0.0))
        return mixture, bound

    def _made(self, mixture: Mixture, bound: float, short: float | None) -> Distribution:
        chances = self.master.mixed(mixture.shares)
        smallest = float(chances[self.seatable].min())
        used = [(panel, float(share)) for panel, share in zip(self.master.panels, mixture.shares, strict=True)]
        used = sorted((panel, share) for panel, share in used if share > 1e-12)
        return Distribution(
            self.types,
            tuple(panel for panel, _ in used),
            tuple(share for _, share in used),
            chances,
            self.seatable,
            smallest,
            max(bound, smallest),
            short,
            time.monotonic() - self.began,
        )
