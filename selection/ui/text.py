"""Texts for pages: the catalogues, escaping for Markdown and HTML, dates and numbers in the language's form."""

from __future__ import annotations

import datetime as dt
import html
import re

from selection.rounds.words import instant
from selection.texts import format_date, has_text, label, language, text

__all__ = ["day", "escape", "has_text", "instant", "label", "language", "number", "plain", "seats", "spoken", "text"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(value: object) -> str:
    """A person's own words (a name, a note) for a place where Streamlit renders Markdown: shown letter by letter."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(value).split()))


def spoken(markdown: str) -> str:
    """What :func:`plain` wrote, as it is said aloud."""
    return _ESCAPED.sub(r"\1", markdown)


def escape(value: object) -> str:
    """A person's own words for HTML."""
    return html.escape(str(value), quote=True)


def number(value: float) -> str:
    """A number in the language's form: 1 234,5."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language())


def day(value: dt.date | str) -> str:
    """A date in the language's form."""
    return format_date(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def seats(count: int) -> str:
    """``1 paikka``, ``2 paikkaa``."""
    return text("ui.seats", n=count)
