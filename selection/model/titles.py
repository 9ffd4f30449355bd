"""What a table, a rule or a value of a rule is called in the language in force: its title, else the product's word."""

from __future__ import annotations

from collections.abc import Mapping

from selection.errors import SelectionError
from selection.model.counting import CROSS
from selection.model.people import Role
from selection.model.rules import Rules
from selection.texts import has_text, label, language, on_screen, problem_text, text

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


#: Steps that look at the least filled table, with the role whose seats they count.
_LEAST_FILLED = {"members_least": Role.MEMBER, "deputies_least": Role.DEPUTY}


def step_title(rules: Rules, step: str) -> str:
    """A step in words; where the tables' sizes differ, the least filled one is measured against its own."""
    role = _LEAST_FILLED.get(step)
    own = ".own" if role is not None and len(set(rules.aims(role))) > 1 else ""
    return text(f"step.{step}{own}")


def seat_title(role: Role, order: int | None = None) -> str:
    """A seat in words: ``Jäsen``, or ``2. varajäsen`` of a deputy who stands in an order."""
    return label("seat", role.value) if order is None else text("seat.in_order", n=order)


def with_titles(rules: Rules, params: Mapping[str, object]) -> dict[str, object]:
    """What fills a text, with tables by their names."""
    return {name: table_name(rules, str(value)) if name in PLACES else value for name, value in params.items()}


def rule_name(rules: Rules, rule_id: str) -> str:
    """A rule's own title, else the product's word for it, else its id."""
    return next((rule.title for rule in rules.rules if rule.id == rule_id and rule.title), label("rule", rule_id))


def field_word(field: str) -> str:
    """A field in the language in force; one of the city's own goes by its own name."""
    code = f"field.{field}"
    return text(code) if has_text(code) else field


def value_name(rules: Rules, rule_id: str, value: str | None, *, between: str = ", ") -> str:
    """The value that a rule counts, in words by the rule's fields; ``between`` the parts of two fields crossed."""
    counts = next((rule.counts for rule in rules.rules if rule.id == rule_id), ())
    fields = counts[0].fields if len(counts) == 1 else ()
    parts = (value or "").split(CROSS) if len(fields) > 1 else [value or ""]
    if len(parts) != len(fields):
        return value or ""
    return between.join(label(field, part) for field, part in zip(fields, parts, strict=True))


def error_told(error: SelectionError, rules: Rules, names: Mapping[str, str]) -> str:
    """What a person reads of an error about a round: tables, seats and people (``names`` by key) by their names."""
    params = with_titles(rules, error.params)
    if "role" in params:
        params["role"] = label("seat", str(params["role"])).lower()
    if "person" in params:
        params["person"] = names.get(str(params["person"]), params["person"])
    if "requirement" in params:
        params["requirement"] = rule_name(rules, str(params["requirement"]))
    return problem_text(error.code, {**params, **on_screen(error)})
