"""The program of a round with every step's value known, asked again and again with somebody seated or left out.

For each step there is a whole-number variable, the seats by which a roster is worse than the known value. Fixed at 0 it
holds the step; free and minimised it tells how much worse the step must get.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from selection.explain.roster_steps import AtLeast
from selection.model.rows import Rows
from selection.solver import CARRIED_ROOM, Expression, Infeasible, Minimum, OutOfTime
from selection.solving.narrowing import tighten
from selection.solving.objectives import OBJECTIVES, PAIRS, step_names
from selection.solving.run import PLAIN, Run
from selection.solving.stepped import SteppedProgram

#: The step whose network of flows makes a program slow; it is asked last and in a program of its own.
SLOW_STEP = PAIRS.name


class KnownProgram:
    """The program of a round beside the known values of its steps.

    Parameters
    ----------
    known
        Step → value, such as those of a proposal.
    pairs
        Whether the step ``pairs`` is in the program: exact, but each question then takes some ten times longer.
    run
        By which solver; each question has its own limit and stop.

    Every question raises :class:`OutOfTime` once its time is up or it is stopped; ``known_roster`` is then the last one
    found, and ``proven`` what is certain of the first step that gets worse (``None`` for nothing).
    """

    def __init__(
        self,
        rows: Rows,
        known: Mapping[str, int],
        *,
        pairs: bool = False,
        run: Run = PLAIN,
    ) -> None:
        self.rows = rows
        self.known = dict(known)
        self.names = tuple(name for name in step_names(rows.rules.steps.order) if pairs or name != SLOW_STEP)
        self.stepped = SteppedProgram.run_by(rows, run.whole)
        self.program = self.stepped.program
        self.proven: AtLeast | None = None
        self.worse: dict[str, int] = {}
        for name in self.names:
            expression = self.stepped.expression(name)
            self.worse[name] = self.program.add_variable(0, None, whole=True)
            self.program.add_row({**expression, self.worse[name]: -1}, None, self._known(name) + CARRIED_ROOM)
        #: Rows that are switched on for a question: of what is supposed, and of the moves from a roster.
        self._together: dict[tuple[int, ...], int] = {}
        self._moving: dict[tuple[int, ...], int] = {}
        self._supposed: tuple[tuple[int, ...], bool] = ((), True)

    @contextmanager
    def supposing(
        self,
        candidates: Sequence[int],
        *,
        seated: bool,
        deadline: float | None = None,
        stopped: threading.Event | None = None,
    ) -> Iterator[None]:
        """Within the block one of these candidates is seated, or none of them.

        Parameters
        ----------
        deadline
            Moment of :func:`time.monotonic` by which the questions of the block must be answered.
        stopped
            Set, it ends them before that.
        """
        key = tuple(candidates)
        if key not in self._together:
            self._together[key] = self.program.add_row(dict.fromkeys(key, 1), None, None)
        self.program.set_row_bounds(self._together[key], 1 if seated else None, None if seated else 0)
        self._supposed = (key, seated)
        # A roster of an earlier question is no answer to this one.
        self.program.values = []
        self.proven = None
        self.program.deadline, self.program.stopped = deadline, stopped or threading.Event()
        try:
            yield
        finally:
            self.program.deadline, self.program.stopped = None, threading.Event()
            self.program.set_row_bounds(self._together[key], None, None)

    def _least(self, expression: Expression) -> Minimum:
        """A minimum that is proven.

        Raises
        ------
        Infeasible
            if no roster is left.
        OutOfTime
            if the time is up or a stop has come.
        """
        found = self.program.minimise(expression)
        if self.late:
            raise OutOfTime(found.bound)
        return found

    def tighten(self, names: Sequence[str]) -> None:
        """Hold these steps for good, and fix what no roster left has: much quicker from then on."""
        self.hold(dict.fromkeys(names, 0))
        self.stepped.settle_goals()
        for name in names:
            tighten(self.program, self.stepped.expression(name), self._known(name))

    def hold(self, values: Mapping[str, int]) -> None:
        """Hold the steps of ``values`` at most so many seats worse than known (negative: better); free the others."""
        for name, variable in self.worse.items():
            self.program.set_bounds(variable, min(0, values.get(name, 0)), values.get(name))

    def possible(self, held: int) -> bool:
        """Whether the first ``held`` steps can all keep their known values; ``roster`` is then such a one."""
        self.hold(dict.fromkeys(self.names[:held], 0))
        try:
            self._least({})
        except Infeasible:
            return False
        return True

    def first_worse(self) -> int | None:
        """Place of the first step that must get worse; ``None`` where none must.

        Raises
        ------
        Infeasible
            if the requirements cannot hold at all.
        """
        keeps = -1  # so many steps can be kept, as far as is known
        fails = len(self.names) + 1
        while fails - keeps > 1:
            # First all of them: the usual answer. Then whether the requirements can hold at all; then by halves.
            tried = len(self.names) if fails > len(self.names) else (keeps + fails) // 2 if keeps >= 0 else 0
            if self.possible(tried):
                keeps = max(tried, self._kept())
            elif tried == 0:
                raise Infeasible
            else:
                fails = tried
            if fails <= len(self.names):
                self._note(self.names[fails - 1], 1, decides=keeps == fails - 1)
        return None if keeps >= len(self.names) else keeps

    def _kept(self) -> int:
        """How many of the first steps the roster at hand keeps."""
        kept = 0
        for name in self.names:
            if self.program.evaluate(self.stepped.expression(name)) > self._known(name):
                break
            kept += 1
        return kept

    def least_worse(self, name: str, held: Mapping[str, int], *, kept: bool) -> int:
        """The fewest seats by which a step must get worse, with others held.

        Parameters
        ----------
        kept
            Whether it is known that the steps before it can be kept.
        """
        self.hold(held)
        try:
            worse = self._least({self.worse[name]: 1}).value
        except OutOfTime as over:
            self._note(name, over.bound, decides=kept or self.known_roster is not None)
            raise
        except Infeasible:
            # Steps before it cannot all be kept: with all but the last of them kept, that one gets worse.
            self._note(self.names[self.names.index(name) - 1], 1, decides=False)
            raise
        self._note(name, worse, decides=True)
        return worse

    def _note(self, name: str, worse: int, *, decides: bool) -> None:
        if worse > 0:
            self.proven = AtLeast(name, worse, decides)

    def best(self, name: str, held: Mapping[str, int]) -> int:
        """The same where the step may also get better, which a free choice of better steps can make it."""
        self.hold(held)
        return self._least(self.stepped.expression(name)).value - self._known(name)

    def _known(self, name: str) -> int:
        return OBJECTIVES[name].minimised(self.known[name])

    def nearest(self, roster: Sequence[int], held: Mapping[str, int]) -> None:
        """Of the rosters left, take one with the fewest moves from ``roster``; of those, the most people keep a seat.

        Who comes, goes or changes seats is one move each: as many as sit now and then, less those who sit in both, less
        those whose seat is the same. So a seat for somebody new counts 1 and the same seat −1; another seat of somebody
        who sits now counts 0.
        """
        self.hold(held)
        candidates = self.rows.pool.candidates
        sitting = {one.applicant for one, taken in zip(candidates, roster, strict=True) if taken}
        theirs = {place: -1 for place, one in enumerate(candidates) if one.applicant in sitting}
        cost = {place: 1 + theirs.get(place, 0) - taken for place, taken in enumerate(roster)}
        cost = {place: weight for place, weight in cost.items() if weight}
        fewest = self._least(cost).value
        after = self.roster
        asked, seated = self._supposed
        person = candidates[asked[0]].applicant if asked else None
        # Somebody goes for whom comes where seats are no more than now; who is supposed to go goes.
        least = max(len(sitting) - sum(after) + (seated and person not in sitting), not seated)
        if len(sitting) + self.program.evaluate(theirs) <= least:
            return
        key = tuple(roster)
        if key not in self._moving:
            self._moving[key] = self.program.add_row(cost, None, None)
        self.program.set_row_bounds(self._moving[key], None, fewest + CARRIED_ROOM)
        try:
            self._least(theirs)
        finally:
            self.program.set_row_bounds(self._moving[key], None, None)

    @property
    def roster(self) -> tuple[int, ...]:
        """The roster at hand."""
        return self.program.chosen(len(self.rows.pool.candidates))

    @property
    def known_roster(self) -> tuple[int, ...] | None:
        """A roster that what is supposed allows, if one was found."""
        return self.roster if len(self.program.values) == self.program.size else None

    @property
    def late(self) -> bool:
        """Whether the time is up, or a stop has come."""
        return self.program.out_of_time()
