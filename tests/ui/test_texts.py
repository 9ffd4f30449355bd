"""Every text of the pages exists in every language, with the same places to fill."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from selection.texts import LANGUAGES, LOCALES

UI = Path(__file__).resolve().parents[2] / "selection/ui"
CODE = re.compile(r"""text\(\s*["'](ui\.[\w.]+)["']""")


def messages(language):
    with (LOCALES / language / "ui.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {}
    for message in catalogue:
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            found[message.id[0] if isinstance(message.id, tuple) else message.id] = forms
    return found


def places(form):
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_in_the_pages_has_a_text(language):
    known = messages(language)
    used = {code for path in UI.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert sorted(code for code in used if code not in known) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_agree(language):
    first, other = messages(LANGUAGES[0]), messages(language)
    assert sorted(set(first) ^ set(other)) == []
    for code, forms in first.items():
        assert len(other[code]) == len(forms), code
        for one, two in zip(forms, other[code], strict=True):
            assert places(one) == places(two), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language):
    assert [code for code, forms in messages(language).items() if not all(forms)] == []
