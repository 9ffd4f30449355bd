"""The end-of-term summary's figures as plain values: the same ones as in the document, small ones merged as there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from selection.model.people import Role
from selection.model.rules import Population
from selection.outputs.round_data import round_rows
from selection.outputs.summary import KINDS, TermEvent, compositions, end_can_be_told
from selection.proposal import Proposal

SCHEMA = "selection.term/1"


def summary_json(
    start: Proposal, end: Proposal, events: Sequence[TermEvent], population: Population | None = None
) -> dict[str, Any]:
    """The figures; ``changes`` of a table is ``None`` where they are one or two, and so is a group's ``members_end``
    where the composition at the end would tell of a single person."""
    kinds, changes = Counter(one.kind for one in events), Counter(one.table for one in events)
    return {
        "schema": SCHEMA,
        "rules": start.rules.name,
        "tables": [
            {
                "table": table,
                **_sizes("members", Role.MEMBER, table, start, end),
                **_sizes("deputies", Role.DEPUTY, table, start, end),
                "changes": None if 0 < changes[table] < start.rules.publish.least_seated else changes[table],
            }
            for table in start.pool.tables
        ],
        "events": {kind: kinds[kind] for kind in KINDS},
        "end_told": end_can_be_told(start, end),
        "composition": [
            {
                "field": field,
                "groups": [{"group": one.group, "members": one.start, "members_end": one.end} for one in groups],
            }
            for field, groups in compositions(start, end)
        ],
        "population": [
            {
                "field": row.cell.field,
                "group": row.cell.group,
                "applicants": row.cell.applicants,
                "members": row.cell.members,
                "population": row.population,
            }
            for row in round_rows(start, population)
            if row.cell.table is None and row.population_share
        ],
    }


def _sizes(name: str, role: Role, table: str, start: Proposal, end: Proposal) -> dict[str, int]:
    return {name: len(start.at(table, role)), f"{name}_end": len(end.at(table, role))}
