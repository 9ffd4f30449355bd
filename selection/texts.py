"""Texts a person reads: catalogues of .po files in Finnish (the first language), Swedish and English.

A message is looked up by its code (``error.not_a_spreadsheet``), never by its English wording, so that a wording can
change without touching the code. Each part of the product has a catalogue of its own
(``locales/<language>/<domain>.po``); the first part of a code is not the domain: codes are unique over all domains.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from selection.errors import LockError, PairError, SelectionError

LANGUAGES = ("fi", "sv", "en")
LOCALES = Path(__file__).parent / "locales"

_language: ContextVar[str | None] = ContextVar("selection_language", default=None)
_of_visit: Callable[[], str | None] | None = None


def language() -> str:
    """The language in force: what :func:`use_language` said, else that of the visit, else ``fi``."""
    said = _language.get()
    if said is None and _of_visit is not None:
        said = _of_visit()
        # Asked once: a part of a page looks up hundreds of texts.
        _language.set(said)
    return said or LANGUAGES[0]


def ask_visit(of_visit: Callable[[], str | None]) -> None:
    """Have the language of a visit asked for where a thread was told none: each answer of the app is a thread's own.

    Parameters
    ----------
    of_visit
        The language of the visit that the thread answers, ``None`` where it answers none.
    """
    global _of_visit
    _of_visit = of_visit


def use_language(code: str) -> None:
    """Set the language of this thread's (or task's) texts.

    Raises
    ------
    ValueError
        if ``code`` is not one of :data:`LANGUAGES`.
    """
    _language.set(_known(code))


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Use another language within a ``with`` block, such as for a document."""
    before = _language.set(_known(code))
    try:
        yield
    finally:
        _language.reset(before)


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"unknown language {code!r}; one of {', '.join(LANGUAGES)}")
    return code


#: A line of a .po file: a keyword or none, which continues the line before, and what it says.
_LINE = re.compile(r'^(?:(msgid|msgid_plural|msgstr)(?:\[\d\])? )?"(.*)"$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(code: str) -> Mapping[str, tuple[str, ...]]:
    """All messages of one language by code, as its .po files have them: the only form, or those for one and for more.

    Read here and not by a library: every command starts with it, and that took a tenth of a second.
    """
    whole: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALES / code).glob("*.po")):
        id = ""
        forms: list[str] = []
        for keyword, written in _LINE.findall(path.read_text("utf-8")):
            said = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], written)
            if keyword == "msgid":
                id, forms = said, []
            elif keyword == "msgstr":
                forms.append(said)
            elif not keyword and forms:
                forms[-1] += said
            if forms:
                whole[id] = tuple(forms)
    del whole[""]
    return whole


def text(code: str, **params: object) -> str:
    """The message of ``code`` in the language in force, its ``{places}`` filled from ``params``.

    With a parameter ``n`` a message that has plural forms takes the form of that number.
    An unknown code gives the code itself: visible, never a traceback (a test finds missing codes).
    """
    forms = catalogue(language()).get(code, (code,))
    number = params.get("n")
    # The plural rule of all three languages.
    pattern = forms[-1 if isinstance(number, int) and number != 1 else 0]
    return pattern.format_map(_Places(params)) if "{" in pattern else pattern


def pattern(code: str) -> str:
    """The message of ``code`` with its ``{places}`` open, such as for a page that fills them in the browser."""
    return catalogue(language()).get(code, (code,))[0]


class _Places(dict[str, object]):
    """What fills a text. A place that nothing fills becomes a dash: never a name of the program's on a page."""

    def __missing__(self, place: str) -> str:
        return unfilled(place)


def unfilled(place: str) -> str:
    """What stands where nothing fills a place of a text; tests take it for an error."""
    return "–"


def has_text(code: str) -> bool:
    """Whether the language in force has a message of this code."""
    return code in catalogue(language())


def label(kind: str, code: str) -> str:
    """The word for a value of the product's own vocabulary, such as ``label("gender", "woman")``.

    A value that is not the product's own, such as an answer in a column of the city's, is its own label.
    """
    message = f"value.{kind}.{code}"
    return text(message) if has_text(message) else code


def error_text(error: SelectionError) -> str:
    """What a person reads of an error: what was found, where, and what to do."""
    told = problem_text(error.code, {**error.params, **on_screen(error)})
    if not isinstance(error, PairError):
        return told
    return "\n".join([told, *(f"- {problem_text(one.code, one.params)}" for one in error.problems)])


def _logged(error: SelectionError) -> str:
    """The message as a log may have it: without the name by which the rules call a person."""
    if isinstance(error, LockError):
        return problem_text(error.code, {**error.params, "named": "…"})
    return error_text(error)


SelectionError.sentence = staticmethod(_logged)


def on_screen(error: SelectionError) -> dict[str, object]:
    """What fills an error's message on a screen alone: the name by which a lock of the rules calls a person."""
    return {"named": error.named} if isinstance(error, LockError) else {}


def problem_text(code: str, params: Mapping[str, object]) -> str:
    """The message of one error or of one problem in a file; requirements, steps and fields by their words."""
    return text(f"error.{code}", **{name: _in_words(name, value) for name, value in params.items()})


def _in_words(place: str, value: object) -> object:
    """What fills a place of an error's message: the word for an id of the product's own.

    A field keeps its id in brackets, as that is what a person writes in a rules file.
    """
    if place == "requirement":
        return label("rule", str(value))
    if place == "step" and has_text(f"step.{value}"):
        return text(f"step.{value}")
    if place == "field" and has_text(f"field.{value}"):
        return f"{text(f'field.{value}')} ({value})"
    return value


def format_date(day: dt.date) -> str:
    """A date in the language's usual form, such as 1.9.2021."""
    from babel.dates import format_date as babel_format

    pattern = {"fi": "d.M.yyyy", "sv": "d.M.yyyy", "en": "d MMMM yyyy"}[language()]
    return babel_format(day, pattern, locale=language())


def format_share(share: float) -> str:
    """A share in percent with two decimals, a small one with more, in the language's form, such as 0,50 %."""
    from babel.numbers import format_percent

    pattern = "0.00 %" if share >= 0.0001 or share == 0 else "0.00000 %"
    return format_percent(share, format=pattern, locale=language())
