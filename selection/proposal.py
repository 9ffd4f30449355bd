"""Proposal: who sits where, in which pairs, and how every requirement and goal stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Unpack

from selection.constraints import build_rows
from selection.errors import SolverError
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Candidate, Pool
from selection.model.roster import Roster, Seat
from selection.model.rows import Rows, Standing
from selection.model.rules import Rules
from selection.solver import SolverName, solver_version
from selection.solving.bodies import Bodies
from selection.solving.components import parts_of, solve_apart
from selection.solving.conflict import conflict_named
from selection.solving.lottery import lot_order
from selection.solving.objectives import OBJECTIVES
from selection.solving.pairs import Likeness
from selection.solving.reserves import choose_reserves
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.step_counts import step_values
from selection.solving.steps import Solution, Step

#: Seconds that a proposal has in the app and at the command line, where nobody says otherwise.
TIME_LIMIT = 120.0


@dataclass(frozen=True)
class Proposal:
    """A roster for every table, with what it was made from and how it stands.

    ``seats`` come by table, role (members, deputies, reserves) and name, so that no order of merit can be read into
    them; a deputy follows the order of the members.
    """

    rows: Rows
    seed: str
    seats: tuple[Seat, ...]
    steps: tuple[Step, ...]
    solver: str
    solver_version: str
    seconds: float
    proven: bool

    @property
    def pool(self) -> Pool:
        """Whom the roster was chosen from."""
        return self.rows.pool

    @property
    def rules(self) -> Rules:
        """Under which rules."""
        return self.rows.rules

    @property
    def chosen(self) -> tuple[int, ...]:
        """The roster as 0 or 1 for each candidate."""
        return chosen_of(self.pool, self.seats)

    @property
    def cut(self) -> bool:
        """Whether the solve ended before its proof, by its time limit or by a stop: then nobody can repeat it."""
        return bool(self.steps) and not self.proven

    @property
    def roster(self) -> Roster:
        """The seats as a roster that people can change."""
        return Roster(self.seats, self.rows.most_tables)

    def requirements(self) -> tuple[Standing, ...]:
        """How every requirement stands, counted from the seats."""
        return self.rows.standings(self.chosen)

    def goals(self) -> tuple[Standing, ...]:
        """How every goal stands, counted from the seats."""
        return self.rows.goal_standings(self.chosen)

    def at(self, table: str, role: Role) -> tuple[Seat, ...]:
        """The seats of one body."""
        return tuple(seat for seat in self.seats if seat.table == table and seat.role == role)


def chosen_of(pool: Pool, seats: Iterable[Seat]) -> tuple[int, ...]:
    """0 or 1 for each candidate of the pool; reserves hold no seat.

    Raises
    ------
    KeyError
        if somebody is not in the pool, or sits in a seat that is no candidate (see :meth:`Pool.admitting`).
    """
    chosen = [0] * len(pool.candidates)
    for candidate in candidates_of(pool, seats):
        chosen[pool.index[candidate]] = 1
    return tuple(chosen)


def candidates_of(pool: Pool, seats: Iterable[Seat]) -> tuple[Candidate, ...]:
    """The candidates that hold the seats; reserves hold none."""
    tables = {name: index for index, name in enumerate(pool.tables)}
    return tuple(
        Candidate(pool.places[seat.person], tables[seat.table], seat.role)
        for seat in seats
        if seat.role != Role.RESERVE
    )


def propose(
    pool: Pool,
    rules: Rules,
    *,
    seed: str | None = None,
    locks: Locks | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> Proposal:
    """The one roster that the steps and the lots leave, checked from scratch before it is handed out.

    Parameters
    ----------
    seed
        Of the lots; ``None`` takes the rules' own.
    run
        By which solver, for how long, and who hears of it.
    options
        Attributes of a :class:`Run` by name, where they differ from those of ``run``.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together; names a smallest set that cannot.
    LockError
        if a lock names somebody or a seat that the pool does not have.
    TimeLimitError
        if no roster was found in time.
    """
    run = replace(run or PLAIN, **options)
    locks = (locks or Locks()).checked(pool, rules)
    seed = rules.lottery.seed if seed is None else seed
    rows = build_rows(pool, rules, locks)
    with conflict_named(rows):
        solution = solve_apart(parts_of(rows), seed, run)
    return from_roster(rows, seed, solution, run.solver)


def from_roster(rows: Rows, seed: str, solution: Solution, solver: SolverName) -> Proposal:
    """The proposal of what a solve came to, checked from scratch.

    Of a solve that was cut the values of the steps are counted from the seats: a later step can have found a roster
    that is better in one before it.

    Raises
    ------
    SolverError
        if the solver's answer does not survive.
    """
    seats = seats_of(rows, solution.chosen, lot_order(rows.pool, seed), solver)
    proposal = Proposal(
        rows, seed, seats, solution.steps, solver, solver_version(solver), solution.seconds, solution.proven
    )
    if not solution.proven:
        counted = count_steps(proposal)
        taken = tuple(step if step.proven else replace(step, value=counted[step.name]) for step in proposal.steps)
        proposal = replace(proposal, steps=taken + left_out_steps(proposal, solution.left_out))
    _verify(proposal)
    return proposal


def left_out_steps(proposal: Proposal, names: Sequence[str]) -> tuple[Step, ...]:
    """Steps that were not taken for lack of time: the roster's value, and the best that any roster could have."""
    counted, rules = count_steps(proposal), proposal.rules
    return tuple(Step(name, counted[name], OBJECTIVES[name].best(rules), 0.0) for name in names)


def seats_of(rows: Rows, chosen: Sequence[int], order: Sequence[int], solver: SolverName) -> tuple[Seat, ...]:
    """The seats of a roster: members and deputies in the best pairs, and reserves; ``order`` is that of the lots."""
    pool, rules = rows.pool, rows.rules
    bodies = Bodies.of(rows, order)
    taken = [candidate for candidate, seat in zip(pool.candidates, chosen, strict=True) if seat]
    unavailable = frozenset(candidate.applicant for candidate in taken) | rows.kept_out
    reserves = choose_reserves(pool, rules, unavailable, order, barred=rows.kept_from, solver=solver)
    seats: list[Seat] = []
    for table, name in enumerate(pool.tables):
        here = [candidate for candidate in taken if candidate.table == table]
        members, deputies = bodies.seated(
            name,
            [candidate.applicant for candidate in here if candidate.role == Role.MEMBER],
            [candidate.applicant for candidate in here if candidate.role == Role.DEPUTY],
        )
        order_of = {seat.person: number for number, seat in enumerate(members)}
        seats += members
        seats += sorted(deputies, key=lambda seat: order_of.get(seat.deputy_of or "", len(members)))
        seats += [Seat(pool.applicants[place].key, name, Role.RESERVE) for place in reserves[table]]
    return tuple(seats)


def _verify(proposal: Proposal) -> None:
    """Check a roster from scratch: every requirement counted from the seats, every step's value counted again.

    Raises
    ------
    SolverError
        if the solver's answer does not survive.
    """
    broken = [one.id for one in proposal.requirements() if not one.holds]
    if broken:
        raise SolverError("roster_breaks_requirement", requirement=broken[0])
    counted = count_steps(proposal)
    for step in proposal.steps:
        if step.value != counted[step.name] or OBJECTIVES[step.name].worse_by(step.bound, step.value) < 0:
            raise SolverError("roster_breaks_step", step=step.name)


def count_steps(proposal: Proposal) -> dict[str, int]:
    """The value of every step, counted from the seats alone; that of ``pairs`` by the deputies that members have."""
    pool, rules = proposal.pool, proposal.rules
    counted = step_values(proposal.rows, proposal.chosen)
    likeness = Likeness.of(pool, rules)
    counted["pairs"] = sum(
        likeness.unlike(pool.places[seat.deputy_of], pool.places[seat.person])
        for seat in proposal.seats
        if seat.deputy_of is not None
    )
    return counted
