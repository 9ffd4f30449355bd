"""Every text that the source uses exists in every language, and says the same with the same places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selection import texts
from selection.model.vocabulary import VOCABULARY
from selection.texts import LANGUAGES, catalogue, in_language, text
from tests.catalogues import Message, Use, messages, uses

#: Read without parameters on purpose: their places are filled in the browser.
FILLED_ELSEWHERE = {"ui.builtin.limit", "ui.builtin.help"}
OTHERS = [language for language in LANGUAGES if language != "fi"]


def code_of(message: Message) -> str:
    return f"{message.file}: {message.code}"


def all_messages(language: str) -> list[Message]:
    return [message for found in messages(language).values() for message in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_read_as_gettext_reads_them(language: str) -> None:
    assert dict(catalogue(language)) == {code: found[0].forms for code, found in messages(language).items()}


def test_a_text_of_several_lines_and_with_escapes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    written = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"

# a "comment"
msgid "one"
msgid_plural "one"
msgstr[0] "a "
"\"b\" \\n"
msgstr[1] "c\n"
"""
    (tmp_path / "xx" / "core.po").write_text(written, "utf-8")
    monkeypatch.setattr(texts, "LOCALES", tmp_path)
    assert dict(catalogue.__wrapped__("xx")) == {"one": ('a "b" \\n', "c\n")}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_codes(language: str) -> None:
    fi, other = set(messages("fi")), set(messages(language))
    assert sorted(fi - other) == [], f"missing in {language}"
    assert sorted(other - fi) == [], "missing in fi"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_stands_in_one_file_once(language: str) -> None:
    assert [code for code, found in messages(language).items() if len(found) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_unfinished(language: str) -> None:
    empty = [m for m in all_messages(language) if m.fuzzy or not all(form.strip() for form in m.forms)]
    assert [code_of(message) for message in empty] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_a_domain_is_the_same_in_every_language(language: str) -> None:
    def domains(code: str) -> dict[str, str]:
        return {message.code: message.file for message in all_messages(code)}

    fi, here = domains("fi"), domains(language)
    assert {code: (fi[code], here[code]) for code in fi if code in here and fi[code] != here[code]} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_the_same_places(language: str) -> None:
    # "One seat" need not say the number.
    different = [
        code
        for code in messages("fi")
        if code in messages(language)
        and messages("fi")[code][0].places - {"n"} != messages(language)[code][0].places - {"n"}
    ]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_its_two_forms(language: str) -> None:
    assert [code_of(m) for m in all_messages(language) if "n" in m.places and len(m.forms) not in (1, 2)] == []


def test_every_code_of_the_source_has_a_text() -> None:
    known = messages("fi")
    assert [f"{use.where} {use.pattern}" for use in uses() if not use.codes(known)] == []


def test_every_use_fills_the_places_of_its_text() -> None:
    def lacking(use: Use) -> list[str]:
        if use.given is None:
            return []
        codes = [code for code in use.codes(messages("fi")) if code not in FILLED_ELSEWHERE]
        # Where part of the code is computed, one of its texts must be filled; which one is not known here.
        missing = [messages("fi")[code][0].places - use.given for code in codes]
        return sorted(min(missing, key=len)) if missing else []

    assert [f"{use.where} {use.pattern} lacks {lacking(use)}" for use in uses() if lacking(use)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_vocabulary_has_a_word(language: str) -> None:
    wanted = [f"value.{field}.{value}" for field, values in VOCABULARY.items() for value in values]
    assert [code for code in wanted if code not in messages(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled(language: str) -> None:
    with in_language(language):
        for message in all_messages(language):
            filled = text(message.code, **dict.fromkeys(message.places, 2)) if message.places else text(message.code)
            assert not re.search(r"\{\w*\}", filled), message.code


def test_the_scan_finds_uses() -> None:
    """The scan itself works: else the tests above would pass on nothing."""
    found = [use for use in uses() if use.where.startswith("selection/texts.py")]
    assert found == []
    assert len(uses()) > 50
