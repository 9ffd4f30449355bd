"""Reading rules from TOML text: every mistake at once, each with its line and what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from selection.errors import RulesError
from selection.model.rules import Rules
from selection.model.rules_hints import HINTS, code_of_word, nearest, slug
from selection.model.rules_lines import Lines
from selection.presets import preset_names, preset_text

#: What the areas may hold: the part of a rules file that the rounds of one city share.
AREA_KEYS = ("tables", "ask_postal_codes", "population")

#: Letters of a rules file, mistakes that are told one by one, and letters of a value that a mistake quotes.
LARGEST, TOLD, QUOTED = 500_000, 100, 200


@dataclass(frozen=True, slots=True)
class RulesProblem:
    """One mistake in a rules file: the code of its text, the line it stands in, and what fills the text."""

    code: str
    line: int | None
    params: Mapping[str, object] = field(default_factory=dict)


class RulesFileError(RulesError):
    """A rules file with one or more mistakes."""

    def __init__(self, file: str, problems: tuple[RulesProblem, ...]) -> None:
        self.problems = problems
        more = sum(int(str(one.params["n"])) for one in problems if one.code == "rules_more")
        super().__init__("rules_wrong", file=file, n=len(problems) - bool(more) + more)


def parse_rules(toml: str, file: str, read_areas: Callable[[str], str | None] = preset_text) -> Rules:
    """Rules from TOML text.

    Parameters
    ----------
    toml
        The text of the rules file.
    file
        Its name, for the messages.
    read_areas
        Gives the text that ``areas = "…"`` names, ``None`` if there is none.

    Raises
    ------
    RulesFileError
        that lists all mistakes found, each with its line.
    """
    if len(toml) > LARGEST:
        raise RulesFileError(file, (RulesProblem("rules_too_long", None, {"n": len(toml), "most": LARGEST}),))
    content = _load(toml.removeprefix("\ufeff"), file)  # Windows' editor puts a mark before it
    areas = content.pop("areas", None)
    if areas is not None:
        shared = read_areas(areas) if isinstance(areas, str) else None
        if shared is None:
            raise RulesFileError(file, (_problem(Lines(toml), "rules_areas", ("areas",), found=str(areas)[:QUOTED]),))
        for key, value in _load(shared, str(areas)).items():
            if key not in AREA_KEYS:
                raise RulesFileError(str(areas), (_problem(Lines(shared), "rules_areas_key", (key,), key=key),))
            content.setdefault(key, value)
    try:
        return Rules.model_validate(content)
    except ValidationError as error:
        raise RulesFileError(file, _problems(toml, error)) from None


def preset(name: str) -> Rules:
    """The rules of a preset.

    Raises
    ------
    RulesError
        if there is no preset of this name.
    """
    toml = preset_text(name) if name in preset_names() else None
    if toml is None:
        raise RulesError("rules_unknown_preset", found=name, known=", ".join(preset_names()))
    return parse_rules(toml, f"{name}.toml")


def _load(toml: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, brackets within brackets
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(place[1]) if place else toml.count("\n") + 1
        raise RulesFileError(file, (RulesProblem("rules_toml", line, {}),)) from None


def _problems(toml: str, error: ValidationError) -> tuple[RulesProblem, ...]:
    """The mistakes, as many as anybody reads; of more it is said how many there are."""
    lines, found = Lines(toml), error.errors(include_url=False)
    # Of a list whose parts are wrong it is also said to be too short: that follows from the parts.
    inside = {one["loc"][:depth] for one in found[:TOLD] for depth in range(1, len(one["loc"]))}
    found = [one for one in found if one["type"] != "too_short" or one["loc"] not in inside]
    problems = [_explain(lines, details) for details in found[:TOLD]]
    if len(found) > TOLD:
        problems.append(RulesProblem("rules_more", None, {"n": len(found) - TOLD}))
    return tuple(problems)


def _explain(lines: Lines, details: Any) -> RulesProblem:
    path: tuple[str | int, ...] = details["loc"]
    found = details.get("input")
    context = details.get("ctx") or {}
    match details["type"]:
        case "extra_forbidden":
            key = str(path[-1])
            section = next((str(part) for part in path[:-1] if isinstance(part, str)), "")
            if hint := HINTS.get((section, key)):
                return _problem(lines, f"rules_hint_{hint}", path, key=key)
            return _problem(lines, "rules_unknown_key", path, key=key, nearest=_nearest_key(path, key))
        case "missing":
            code = "rules_age_on_missing" if path[-1] == "age_on" else "rules_key_missing"
            return _problem(lines, code, path[:-1], key=_written(path))
        case "string_pattern_mismatch" if path[-1] == "id":
            return _problem(lines, "rules_id_letters", path, key=_written(path), found=found, better=slug(str(found)))
        case "too_long" if path[-1] == "field":
            return _problem(lines, "rules_fields_many", path, key=_written(path), n=context.get("actual_length", 3))
        case "literal_error":
            expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            return _problem(lines, "rules_choice", path, key=_written(path), found=found, known=expected)
        case "greater_than_equal" | "less_than_equal":
            limit = context.get("ge", context.get("le"))
            return _problem(lines, f"rules_{details['type']}", path, key=_written(path), found=found, limit=limit)
        case "id_twice" | "code_twice" as kind:
            key = context.get("key", "tables")
            where = (key, context["at"], "id" if kind == "id_twice" else "postal_codes")
            return _problem(lines, f"rules_{kind}", where, key=key, found=context["found"])
        case "table_least_over_aim":
            return _problem(lines, "rules_table_least_over_aim", ("tables", context["at"], "members"), **context)
        case "unknown_table":
            closest = nearest(str(context["found"]), str(context["known"]).split(", "))
            return _problem(lines, "rules_unknown_table", path, **{**context, "nearest": closest})
        case "unknown_value" if better := code_of_word(str(context["field"]), str(context["found"])):
            return _problem(lines, "rules_value_in_words", path, **{**context, "better": better})
        case kind if f"rules_{kind}" in OWN_PROBLEMS:
            return _problem(lines, f"rules_{kind}", path, **{"key": _written(path), **context})
        case _:
            shown = found if isinstance(found, (str, int, Decimal, bool)) else type(found).__name__
            return _problem(lines, "rules_value", path, key=_written(path), found=shown)


#: Codes of the mistakes that the classes of :mod:`selection.model.rules` and :mod:`selection.model.criteria` raise.
OWN_PROBLEMS = frozenset(
    f"rules_{kind}"
    for kind in [
        "share_not_a_number",
        "share_out_of_range",
        "range_empty",
        "least_over_aim",
        "table_least_over_aim",
        "values_or_each",
        "expected_without_each",
        "except_without_each",
        "hold_word",
        "requirement_empty",
        "least_over_most",
        "ends_first",
        "code_twice",
        "goal_empty",
        "lock_names_nobody",
        "id_twice",
        "unknown_table",
        "unknown_age_band",
        "bands_overlap",
        "value_parts",
        "unknown_value",
        "id_reserved",
    ]
)


def _problem(lines: Lines, code: str, path: tuple[str | int, ...], **params: object) -> RulesProblem:
    line = lines.of(path, str(params.get("found", "")))
    return RulesProblem(code, line, {name: _quoted(value) for name, value in params.items()})


def _quoted(value: object) -> object:
    """A value as a mistake quotes it: its beginning, where it is a long text."""
    return value[:QUOTED] + "…" if isinstance(value, str) and len(value) > QUOTED else value


def _written(path: tuple[str | int, ...]) -> str:
    """A path as a person would say it: ``goals[2].ranges.18–29``."""
    written = ""
    for part in path:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return written.lstrip(".")


def _model_at(path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model whose keys stand at a path of the rules."""
    model: Any = Rules
    named_freely = False
    for part in path:
        if isinstance(part, int):
            continue
        if named_freely:
            named_freely = False
        elif isinstance(model, type) and issubclass(model, BaseModel):
            by_alias = {(one.alias or name): one for name, one in model.model_fields.items()}
            if part not in by_alias:
                return None
            annotation = by_alias[part].annotation
            named_freely = get_origin(annotation) is dict
            model = _innermost(annotation)
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _innermost(annotation: Any) -> Any:
    while (origin := get_origin(annotation)) is not None:
        arguments = [one for one in get_args(annotation) if one not in (type(None), Ellipsis)]
        annotation = arguments[-1] if origin is dict else arguments[0]
    return annotation


def _nearest_key(path: tuple[str | int, ...], key: str) -> str:
    model = _model_at(path[:-1])
    known = [one.alias or name for name, one in model.model_fields.items()] if model else []
    if model is Rules:
        known.append("areas")
    return nearest(key, known)
