"""What is wrong with a command line, in the product's own words: the framework's are English."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from selection.errors import InputError
from selection.texts import has_text, text

# The framework brings its own copy of the parser, or in older versions uses the one that is installed.
_raised: Any = import_module(typer.BadParameter.__module__)
UsageError = _raised.UsageError
NoArguments = getattr(_raised, "NoArgsIsHelpError", ())


def usage_error(found: Any) -> InputError:
    """The error that tells a person what the parser found; ``found`` is a :class:`UsageError`."""
    help = f"{found.ctx.command_path if found.ctx is not None else 'selection'} --help"
    if isinstance(found, _raised.NoSuchOption):
        if found.possibilities:  # the nearest first
            return InputError("usage_option_near", option=found.option_name, possible=found.possibilities[0], help=help)
        return InputError("usage_option", option=found.option_name, help=help)
    if isinstance(found, _raised.BadOptionUsage):
        code = "usage_takes_no_value" if "not take" in found.message else "usage_value_missing"
        return InputError(code, option=found.option_name, help=help)
    if isinstance(found, _raised.MissingParameter):
        return InputError("usage_missing", what=_named(found.param), help=help)
    if isinstance(found, _raised.BadParameter):
        code = f"usage.{_kind(found.param)}"
        expected = text(code) if has_text(code) else ""
        return InputError("usage_value", what=_named(found.param), expected=expected, help=help)
    if found.ctx is not None and isinstance(found.ctx.command, TyperGroup):
        known = ", ".join(found.ctx.command.list_commands(found.ctx))
        return InputError("usage_command", known=known, help=help)
    left = re.search(r".* \((.*)\)", found.format_message())
    return InputError("usage_left_over", found=left[1] if left else "–", help=help)


def _kind(parameter: Any) -> str:
    """The kind of a parameter's value: ``integer``, ``float``, or another word of the framework's."""
    described = getattr(parameter, "type_descriptor", None)
    if described is not None:
        return {int: "integer", float: "float"}.get(described.annotation, "")
    return str(getattr(getattr(parameter, "type", None), "name", ""))


def _named(parameter: Any) -> str:
    """An option as it is written, an argument as the help calls it."""
    if parameter is None:
        return "–"
    return max(parameter.opts, key=len) if parameter.param_type_name == "option" else str(parameter.name)
