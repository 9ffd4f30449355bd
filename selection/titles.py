"""What a table is called in the language in force: its title in that language, else its id."""

from __future__ import annotations

from collections.abc import Mapping

from selection.rules import Rules
from selection.texts import language

#: Places of texts that a table fills.
PLACES = ("table", "home", "wish")


def table_name(rules: Rules, table: str) -> str:
    """A table within a sentence: ``eteläinen``; the id itself for a table that the rules do not know."""
    title = next((getattr(one.titles, language()) for one in rules.tables if one.id == table), None)
    return str(title or table)


def table_title(rules: Rules, table: str) -> str:
    """A table as a heading: ``Eteläinen``."""
    name = table_name(rules, table)
    return name[:1].upper() + name[1:]


def with_titles(rules: Rules, params: Mapping[str, object]) -> dict[str, object]:
    """What fills a text, with tables by their names."""
    return {name: table_name(rules, str(value)) if name in PLACES else value for name, value in params.items()}
