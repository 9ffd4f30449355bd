"""What the commands share: a round read from files, a proposal made in sight, a conflict told, a roster read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from selection.commands.applied import pool_of
from selection.commands.reading import AS_FOUND, Reading, read_as_told, recorded_mapping
from selection.commands.terminal import DEFAULT_RULES, err, load_rules, readable, tell
from selection.constraints import build_rows
from selection.errors import ConflictError, InputError, LockError
from selection.intake import Intake, Mapping
from selection.intake.sortition import read_sortition
from selection.model.locks import Locks, locks_of
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.outputs.json_proposal import mapping_of_json, rules_of_json, seats_of_json, waived_of_json
from selection.presets import preset_names
from selection.proposal import TIME_LIMIT, Proposal, propose
from selection.solving.run import Run
from selection.texts import text

#: How long ways out of a conflict are looked for.
WAYS_SECONDS = 20.0


@dataclass(frozen=True)
class Round:
    """What a command works on: the rules, what was read of the applications, whom one may choose among, the locks."""

    rules: Rules
    intake: Intake
    pool: Pool
    locks: Locks

    @classmethod
    def of(
        cls,
        rules: Rules,
        intake: Intake,
        locks: Locks | None = None,
        *,
        people: Sequence[Applicant] | None = None,
        asked: frozenset[str] | None = None,
        waive: Sequence[str] | None = None,
        recorded: Iterable[str] = (),
    ) -> Round:
        """The round of rules and applications; locks are those of the rules file, and people and fields asked those of
        the applications, unless given. ``waive`` and ``recorded``: see :func:`selection.commands.applied.pool_of`."""
        people = intake.applicants if people is None else people
        pool = pool_of(rules, intake, people, asked, waive=waive, recorded=recorded)
        return cls(rules, intake, pool, locks_of(rules, people) if locks is None else locks)

    @property
    def names(self) -> dict[str, str]:
        """Person key → name."""
        return {one.key: one.name for one in self.pool.applicants}


def read_round(
    applications: Sequence[Path],
    rules: str | None,
    size: int | None = None,
    reading: Reading = AS_FOUND,
    recorded: Mapping | None = None,
    *,
    one_per_household: bool = True,
) -> tuple[Rules, Intake]:
    """Rules and intake of application files, or of a ``categories.csv`` and ``respondents.csv``; ``one_per_household``:
    see :func:`selection.intake.sortition.read_sortition`.

    Raises
    ------
    SelectionError
        if a file or the rules cannot be used.
    """

    base = load_rules(rules) if rules not in (None, DEFAULT_RULES) else None
    pair = read_sortition(applications, size=size, base=base, one_per_household=one_per_household)
    if pair is not None:
        return pair
    if size is not None:
        raise InputError("size_without_quotas")
    chosen = base or load_rules(DEFAULT_RULES)
    return chosen, read_as_told(applications, chosen, reading, recorded)


def read_round_of(
    proposal: Path,
    applications: Sequence[Path],
    rules: str | None,
    size: int | None = None,
    reading: Reading = AS_FOUND,
) -> tuple[Rules, Intake]:
    """The same for a proposal's JSON, under the rules that it was made by unless others are given.

    Raises
    ------
    SelectionError
        as :func:`read_round`; or if those rules are no preset, so that they must be given.
    """
    made_by = rules_of_json(proposal)
    recorded = recorded_mapping(mapping_of_json(proposal), proposal.name)
    named = rules or (made_by if made_by in preset_names() else None)
    chosen, intake = read_round(applications, named, size, reading, recorded)
    if rules is None and made_by not in (None, chosen.name):
        raise InputError("rules_of_proposal", file=proposal.name, found=made_by)
    return chosen, intake


def show_progress(name: str, number: int, total: int) -> None:
    """Tell which step begins, on the error stream."""

    # The drawing of lots is no step: as many are counted here as a proposal tells of.
    place = f"{number + 1}/{total - 1} " if number + 1 < total else ""
    err.print(f"{place}{text(f'step.{name}')}", markup=False)


@contextmanager
def conflict_told(pool: Pool, rules: Rules, locks: Locks, facts: Locks | None = None) -> Iterator[None]:
    """Within the block a conflict ends the command: told with the people counted and the ways out; ``facts`` are locks
    that are nobody's to drop. So does a lock that cannot be."""

    try:
        yield
    except (ConflictError, LockError) as error:
        tell(error, rules, {one.key: one.name for one in pool.applicants})
        for line in conflict_lines(pool, rules, locks, facts) if isinstance(error, ConflictError) else ():
            err.print(line, markup=False)
        raise typer.Exit(error.exit_status) from None


def conflict_lines(pool: Pool, rules: Rules, locks: Locks, facts: Locks | None = None) -> list[str]:
    """What is said after a conflict: where willing applicants are too few, and the ways out."""
    from selection.explain.needs import needs
    from selection.explain.not_applied import not_applied_lines
    from selection.explain.sentences import need_sentence, way_sentence
    from selection.explain.ways_out import ways_out

    names = {one.key: one.name for one in pool.applicants}
    lines = not_applied_lines(pool, rules)
    short = [need for need in needs(build_rows(pool, rules, locks)) if need.priority is None and need.short]
    if short:
        lines += [text("explain.needs"), *(f"  {need_sentence(need, rules)}" for need in short)]
    ways = ways_out(pool, rules, locks, facts=facts, time_limit=WAYS_SECONDS)
    if ways:
        said = [way_sentence(way, number, rules, names) for number, way in enumerate(ways, start=1)]
        lines += [text("explain.ways"), *(f"  {line}" for line in said)]
    return lines


def proposed(round: Round, *, seed: str | None = None, time_limit: float = TIME_LIMIT) -> Proposal:
    """The proposal of a round, its steps told as they begin; a conflict ends the command. That the time limit was met
    is said: what is asked of such a proposal is asked of one that may not be the best."""
    with conflict_told(round.pool, round.rules, round.locks):
        run = Run(time_limit=time_limit, progress=show_progress)
        proposal = propose(round.pool, round.rules, seed=seed, locks=round.locks, run=run)
    if proposal.cut:
        err.print(text("cli.not_proven", seed=proposal.seed, seconds=f"{time_limit:g}"), markup=False)
    return proposal


@dataclass(frozen=True)
class Kept:
    """A roster read from a proposal's file, as it stands on its sheets; ``intact``: whether its check sheet is as the
    program wrote it; ``withheld``: keys of those whose contact data people marked to stay out of every file."""

    round: Round
    seats: tuple[Seat, ...]
    seed: str | None
    intact: bool = True
    withheld: frozenset[str] = frozenset()


def read_kept(
    proposal: Path,
    applications: Sequence[Path],
    rules: str | None,
    *,
    size: int | None = None,
    supplement: Sequence[Path] = (),
    waive: Sequence[str] | None = None,
    reading: Reading = AS_FOUND,
) -> Kept:
    """A proposal's workbook or JSON with the round it belongs to.

    Parameters
    ----------
    rules
        Preset or file; ``None`` takes the workbook's own, or of a JSON the default.
    size
        Seats of a panel whose quotas leave that open.
    supplement
        Files of more applications.
    waive
        Ids of requirements to go on without, beside those that the file says were waived.

    Raises
    ------
    SelectionError
        if a file cannot be used.
    """
    readable(proposal)
    if proposal.suffix.lower() == ".json":
        chosen, intake = read_round_of(proposal, [*applications, *supplement], rules, size, reading)
        round = Round.of(chosen, intake, waive=waive, recorded=waived_of_json(proposal))
        return Kept(round, seats_of_json(proposal, intake.applicants, chosen.table_ids), None)
    from selection.commands.workbook import read_as_recorded, sheet_cells
    from selection.outputs import readback
    from selection.outputs.amendments import amended

    sheets = sheet_cells(proposal)
    recorded = readback.checkable_in(sheets, file=proposal.name)
    chosen = load_rules(rules) if rules else recorded.rules()
    intake = read_as_recorded([*applications, *supplement], recorded, chosen, reading)
    people = amended(intake.applicants, recorded.amendments)
    seats = readback.roster_in(sheets, recorded, people, file=proposal.name)
    asked = None if recorded.asked is None else frozenset(recorded.asked)
    locks = None if rules else recorded.board_locks()
    round = Round.of(chosen, intake, locks, people=people, asked=asked, waive=waive, recorded=recorded.waived)
    return Kept(round, seats, recorded.seed, recorded.intact, frozenset(recorded.withheld))


def as_proposal(kept: Kept) -> Proposal:
    """A roster that was read back, as a proposal to ask about: counted, proven of nothing.

    Raises
    ------
    LockError
        if a lock names somebody or a seat that the applications do not have.
    """
    from selection.explain.roster_steps import step_values
    from selection.proposal import candidates_of
    from selection.solving.steps import Step

    round = kept.round
    pool = round.pool.admitting(candidates_of(round.pool, kept.seats))
    rows = build_rows(pool, round.rules, round.locks.checked(pool, round.rules))
    seed = round.rules.lottery.seed if kept.seed is None else kept.seed
    bare = Proposal(rows, seed, kept.seats, (), "HiGHS", "", 0.0, False)
    steps = tuple(Step(name, value, value, 0.0) for name, value in step_values(rows, bare.chosen).items())
    return replace(bare, steps=steps)
