"""A difference between two rosters for the command line: who comes and goes, and what it does to steps and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table

from selection.commands.answers_json import change_json, moves_json, step_json
from selection.commands.round import Round
from selection.commands.terminal import out
from selection.explain.least_change import Rearranged
from selection.explain.roster_steps import Move, StepChange
from selection.explain.roster_words import gap_sentences, move_lines
from selection.explain.sentences import goal_sentence, move_sentence
from selection.model.people import Applicant, Role
from selection.model.roster import Seat, sort_name
from selection.model.rules import Rules
from selection.outputs.json_proposal import person_json
from selection.solving.steps import Step
from selection.texts import text

#: So many people who come, go and change seats are told one by one; more are told by table.
FEW = 12


def steps_table(steps: Sequence[StepChange]) -> Table:
    """The steps that change, before and after."""
    grid = Table(title=text("explain.difference.steps"))
    for header in ("explain.difference.step", "explain.difference.before", "explain.difference.after"):
        grid.add_column(text(header))
    for one in steps:
        mark = text("explain.difference.worse" if one.worse_by > 0 else "explain.difference.better")
        grid.add_row(text(f"step.{one.name}"), str(one.before), f"{one.after} {mark}")
    return grid


def print_difference(found: Rearranged, rules: Rules, names: Mapping[str, str]) -> None:
    """Who comes, goes and changes seats, then each step, requirement and goal that changes, then what is proven."""
    if len(found.moves) <= FEW:
        moves = sorted(found.moves, key=lambda one: _order(one, rules.table_ids, names))
        lines = [move_sentence(rules, one, names) for one in moves]
    else:
        lines = move_lines(rules, found.moves, names)
    lines = lines or [text("explain.difference.nobody")]
    for step in found.keeping:
        lines.append(text(f"explain.kept.{step.name}", n=step.value))
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
    if found.steps:
        out.print(steps_table(found.steps))
    else:
        out.print(text("explain.difference.no_step"), markup=False)
    changed = [one for one in found.requirements if one.before.deviation != one.after.deviation]
    for change in (*changed, *found.goals):
        out.print(goal_sentence(change, rules, names), markup=False, soft_wrap=True)
    for line in gap_sentences((*found.keeping, *found.proposal.steps), proven=found.proposal.proven):
        out.print(line, markup=False, soft_wrap=True)


def _order(one: Move, tables: Sequence[str], names: Mapping[str, str]) -> tuple[int, bool, tuple[str, str]]:
    """By table, who comes after who goes, by name."""
    place = one.before or one.after
    at = tables.index(place.table) if place and place.table in tables else len(tables)
    return (at, one.before is None, sort_name(names.get(one.key, "")))


def rearranged_json(found: Rearranged, round: Round) -> dict[str, Any]:
    """The difference and the whole new roster."""
    people = {one.key: one for one in round.pool.applicants}
    return {
        "seed": found.proposal.seed,
        "proven_optimal": found.proposal.proven,
        "moves": moves_json(found.moves, round.names),
        "kept": {step.name: {"value": step.value, "bound": step.bound} for step in found.keeping},
        "steps_changed": [step_json(one) for one in found.steps],
        "requirements_changed": [change_json(one) for one in found.requirements],
        "goals_changed": [change_json(one) for one in found.goals],
        "steps": steps_json(found.proposal.steps),
        "tables": roster_json(found.proposal.seats, round.pool.tables, people),
    }


def steps_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Every step with what no roster can be better than."""
    return [{"name": one.name, "value": one.value, "bound": one.bound} for one in steps]


def roster_json(seats: Sequence[Seat], tables: Sequence[str], people: Mapping[str, Applicant]) -> list[dict[str, Any]]:
    """A roster as the JSON of ``propose`` has it."""

    def told(seat: Seat) -> dict[str, Any]:
        said = person_json(people[seat.person])
        if seat.role != Role.DEPUTY:
            return said
        member = people[seat.deputy_of].origin if seat.deputy_of else None
        return said | {"deputy_of": member.row if member else None, "deputy_of_key": seat.deputy_of}

    roles = {"members": Role.MEMBER, "deputies": Role.DEPUTY, "reserves": Role.RESERVE}
    return [
        {
            "table": table,
            **{
                name: [told(seat) for seat in seats if (seat.table, seat.role) == (table, role)]
                for name, role in roles.items()
            },
        }
        for table in tables
    ]
