"""The sortition field's pair of files in the app: quotas become the round's rules, respondents its applicants."""

from __future__ import annotations

from collections.abc import Sequence

import tomlkit

from selection.intake.sortition import read_sortition
from selection.model.rules import Rules
from selection.rounds.intake_step import Understood, Upload, as_files


def panel_of(uploads: Sequence[Upload], size: int | None = None) -> tuple[Rules, Understood] | None:
    """Rules and applications of the pair; ``None`` where no file holds quotas.

    Parameters
    ----------
    size
        Seats of the panel, where the quotas leave that open.

    Raises
    ------
    FileError
        as :func:`selection.intake.sortition.read_sortition`.
    """
    with as_files(uploads) as paths:
        pair = read_sortition(paths, size=size)
    return None if pair is None else (pair[0], Understood(pair[1], pair[1]))


def rules_toml(rules: Rules) -> str:
    """The rules of a panel as a rules file."""
    document = tomlkit.document()
    document.add("schema", tomlkit.item("selection.rules/1"))
    document.add("name", tomlkit.item(rules.name))
    document.add("members", tomlkit.item({"least": rules.members.least, "aim": rules.members.aim}))
    document.add("eligibility", tomlkit.item({"age_on": rules.eligibility.age_on}))
    document.add("tables", _tables([{"id": table.id} for table in rules.tables]))
    quotas: list[dict[str, object]] = [
        {
            "id": rule.id,
            "title": rule.title or rule.id,
            "field": rule.fields[0],
            "values": list(rule.values) or None,
            "each": rule.each or None,
            "body": rule.body,
            "at_least": rule.at_least,
            "at_most": rule.at_most,
            "at_least_flex": rule.at_least_flex,
            "at_most_flex": rule.at_most_flex,
        }
        for rule in rules.requirements
    ]
    document.add("requirements", _tables(quotas))
    return tomlkit.dumps(document)


def _tables(rows: Sequence[dict[str, object]]) -> tomlkit.items.AoT:
    found = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        for key, value in row.items():
            if value is not None:
                table.add(key, value)
        found.append(table)
    return found
