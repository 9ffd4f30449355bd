"""Reading the message catalogues, and finding in the source which messages it uses, for the tests of both."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from selection import errors
from selection.texts import LOCALES

ROOT = Path(__file__).parents[1]
ERRORS = frozenset(
    name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, errors.SelectionError)
)


@dataclass(frozen=True)
class Message:
    """One message of one language: its forms (two where it has a plural), and the file it stands in."""

    code: str
    forms: tuple[str, ...]
    file: str
    fuzzy: bool

    @property
    def places(self) -> frozenset[str]:
        """What the forms ask for between braces."""
        return frozenset(
            name for form in self.forms for _, name, _, _ in string.Formatter().parse(form) if name is not None
        )


@cache
def messages(language: str) -> dict[str, list[Message]]:
    """Code → its messages in all files of the language; more than one is a mistake."""
    found: dict[str, list[Message]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                if not entry.id:
                    continue
                code = entry.id if isinstance(entry.id, str) else entry.id[0]
                forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
                found.setdefault(code, []).append(Message(code, forms, path.name, entry.fuzzy))
    return found


@dataclass(frozen=True)
class Use:
    """One place in the source that uses a message.

    ``pattern`` matches the codes it may mean: one code, or several where a part is computed. ``given`` names the
    parameters, ``None`` where they are not written out.
    """

    where: str
    pattern: str
    given: frozenset[str] | None

    def codes(self, known: Collection[str]) -> list[str]:
        if ".+" not in self.pattern:
            code = re.sub(r"\\(.)", r"\1", self.pattern)
            return [code] if code in known else []
        return [code for code in known if re.fullmatch(self.pattern, code)]


def sources() -> list[Path]:
    return [*sorted((ROOT / "selection").rglob("*.py")), ROOT / "app.py"]


@cache
def uses() -> tuple[Use, ...]:
    """Every use of a message in the source whose code stands there in writing, at least in part."""
    return tuple(use for path in sources() if path.exists() for use in _uses_in(path))


def _uses_in(path: Path) -> Iterator[Use]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    readers = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("selection")
        for alias in node.names
        if alias.name in ("text", "has_text")
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        where = f"{path.relative_to(ROOT)}:{node.lineno}"
        if name in readers and name != "has_text":
            prefix = ""
        elif name in ERRORS:
            prefix = "error."
        else:
            continue
        given = (
            None if any(word.arg is None for word in node.keywords) else frozenset(w.arg or "" for w in node.keywords)
        )
        for pattern in _patterns(node.args[0]):
            yield Use(where, re.escape(prefix) + pattern, given)


def _patterns(code: ast.expr) -> Iterator[str]:
    """What an expression may be, as patterns; nothing where no part of it stands in writing."""
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        yield re.escape(code.value)
    elif isinstance(code, ast.IfExp):
        yield from _patterns(code.body)
        yield from _patterns(code.orelse)
    elif isinstance(code, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in code.values]
        if any(part != ".+" for part in parts):
            yield "".join(parts)
