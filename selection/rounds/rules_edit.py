"""Changing a rules file: its comments, order and everything not changed stay as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from selection.model.rules import Table as AreaTable

#: Kinds of rules, as the file names them.
KINDS = ("requirements", "goals")


def set_value(toml: str, section: str, key: str, value: object) -> str:
    """Set ``[section] key = value``; ``None`` takes the key away."""
    document = tomlkit.parse(toml)
    table = document.get(section)
    if table is None:
        table = document[section] = tomlkit.table()
    _set(table, key, value)
    return tomlkit.dumps(document)


def set_rule(toml: str, kind: str, rule_id: str, changes: Mapping[str, object]) -> str:
    """Set keys of one requirement or goal; ``None`` takes a key away.

    Raises
    ------
    KeyError
        if the file has no such rule.
    """
    document = tomlkit.parse(toml)
    rule = _rule(document, kind, rule_id)
    for key, value in changes.items():
        _set(rule, key, value)
    return tomlkit.dumps(document)


def set_range(toml: str, goal_id: str, value: str, parts: Mapping[str, object]) -> str:
    """Give one value of a goal another range; no parts take the value out of the goal."""
    document = tomlkit.parse(toml)
    goal = _rule(document, "goals", goal_id)
    if value in (goal.get("ranges") or {}):
        ranges = goal["ranges"]
    elif "each" in goal and not parts:
        return toml
    else:
        ranges = goal.setdefault("ranges", tomlkit.table())
    if not parts:
        del ranges[value]
    else:
        made = tomlkit.inline_table()
        for key, part in parts.items():
            made[key] = part
        ranges[value] = made
    return tomlkit.dumps(document)


def set_areas(toml: str, tables: Sequence[AreaTable], ask_postal_codes: Sequence[str]) -> str:
    """Write out the tables, and the codes that are asked about.

    What stands here goes before what ``areas = "…"`` names.
    """
    document = tomlkit.parse(toml)
    document["ask_postal_codes"] = list(ask_postal_codes)
    written: dict[str, Any] = {str(one["id"]): one for one in document.get("tables", ())}
    if list(written) != [one.id for one in tables]:
        array = tomlkit.aot()
        for one in tables:
            written[one.id] = _written_out(one)
            array.append(written[one.id])
        document["tables"] = array
    for one in tables:
        written[one.id]["postal_codes"] = list(one.postal_codes)
    return tomlkit.dumps(document)


def _written_out(one: AreaTable) -> Table:
    table = tomlkit.table()
    table["id"] = one.id
    titles = one.titles.model_dump(exclude_none=True)
    if titles:
        table["titles"] = tomlkit.inline_table()
        table["titles"].update(titles)
    table["names"] = list(one.names)
    return table


def remove_rule(toml: str, kind: str, rule_id: str) -> str:
    """Take one requirement or goal out of the file."""
    document = tomlkit.parse(toml)
    rules = document[kind]
    _rule(document, kind, rule_id)
    place = next(place for place, rule in enumerate(rules) if rule.get("id") == rule_id)
    del rules[place]
    return tomlkit.dumps(document)


def percent(share: Any) -> str:
    """A share as the file writes it: ``16 %``."""
    number = float(share) * 100
    return f"{number:g} %"


def _rule(document: tomlkit.TOMLDocument, kind: str, rule_id: str) -> Table:
    rules = document.get(kind)
    if isinstance(rules, AoT):
        for rule in rules:
            if isinstance(rule, Table) and rule.get("id") == rule_id:
                return rule
    raise KeyError(rule_id)


def _set(table: Any, key: str, value: object) -> None:
    if value is None:
        if key in table:
            del table[key]
    else:
        table[key] = value
