"""What a person reads holds no brace, no code of the program's and no word of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from selection import texts
from selection.errors import SolverError
from selection.model.rules_file import preset
from selection.model.titles import error_told
from selection.texts import LANGUAGES, error_text, in_language, problem_text, text
from tests.catalogues import messages

#: Words that stand in nearly every longer sentence of one language and in none of the others.
OWN_WORDS = {
    "fi": frozenset(
        ["ja", "ei", "että", "tai", "jos", "ovat", "joka", "myös", "kun", "sitten", "hakijat", "pöydän", "ehdotus"]
    ),
    "sv": frozenset(["och", "inte", "att", "eller", "för", "från", "inga", "sökande", "förslaget", "bordet", "ska"]),
    "en": frozenset(["the", "and", "not", "was", "were", "from", "which", "this", "that", "applicants", "proposal"]),
}
#: Texts that quote another language on purpose, and Swedish words that are Finnish ones too.
QUOTES = {"ui.accessibility.english.text"}
ALIKE = {"sv": {"ja"}}
#: A code of the program's: parts joined by underscores or dots. Files, addresses, options and what a person is to
#: write in a file or a command are none.
CODE = re.compile(r"(?<![\w./=`\-–])[a-z]+(?:[_.][a-z]+)+(?![\w./(])")
WRITTEN_BY_A_PERSON = re.compile(
    r"\.(?:xlsx|xls|ods|csv|tsv|txt|docx|toml|json|zip|org|fi|db|po|pdf|html|env)$|^esim\.|^t\.ex|^e\.g|^ym\.|^bl\.a"
)
#: Texts that say what to write in a rules file, in settings or in a command, where the words are the program's.
OF_FILES = (
    "data.column.",
    "intake.note.sortition_",
    "error.sortition_",
    "error.rules_",
    "error.settings_",
    "error.size_without_quotas",
    "error.login_",
    "error.usage_",
    "cli.",
    "error.option_",
    "docs.",
)
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")

#: What fills a place, by its name: a name, a date or a number as the program would give it.
SAMPLES = {
    "table": "itäinen", "home": "keskusta", "wish": "itäinen", "name": "Aino Aalto", "member": "Olli Oja",
    "person": "Aino Aalto", "sheet": "Vastaukset", "column": "Postinumero", "file": "hakemukset.xlsx",
    "found": "15l00", "day": "1.9.2021", "date": "1.9.2021", "when": "1.9.2021 klo 12.15",
}  # fmt: skip


def filled(language: str) -> Iterator[tuple[str, str]]:
    """Each text of a language with its places filled, in the forms for one and for more."""
    with in_language(language):
        for code, found in messages(language).items():
            places = found[0].places
            params = {place: SAMPLES.get(place, 3) for place in places}
            for n in (1, 3) if "n" in places else (3,):
                yield code, text(code, **{**params, **({"n": n} if "n" in places else {})})


def codes_in(said: str) -> list[str]:
    """Codes of the program's that stand in a text."""
    return [found for found in CODE.findall(said) if not WRITTEN_BY_A_PERSON.search(found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_a_brace_a_code_or_a_date_of_machines(language: str) -> None:
    wrong = [
        (code, said)
        for code, said in filled(language)
        if not code.startswith(OF_FILES) and ("{" in said or "}" in said or ISO_DATE.search(said) or codes_in(said))
    ]
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_a_word_of_another_language(language: str) -> None:
    others = frozenset().union(*(own for other, own in OWN_WORDS.items() if other != language))
    wrong = [
        (code, sorted(others & words))
        for code, said in filled(language)
        if code not in QUOTES
        and (words := frozenset(re.findall(r"[a-zåäö]+", said.casefold())) - ALIKE.get(language, set())) & others
    ]
    assert wrong == [], "\n".join(map(str, wrong))


def test_the_scan_finds_what_it_looks_for() -> None:
    assert codes_in("Rivi 4: organisation_name puuttuu (set_aside.duplicate)") == [
        "organisation_name",
        "set_aside.duplicate",
    ]
    assert codes_in("Avaa hakemukset.xlsx tai kirjoita osoitteeseen aino@example.org.") == []


class TestErrors:
    def test_a_requirement_and_a_step_go_by_their_words(self) -> None:
        with in_language("fi"):
            broken = error_text(SolverError("roster_breaks_requirement", requirement="personal_deputies"))
            differs = error_text(SolverError("roster_breaks_step", step="goals_1_worst"))
            told = error_told(SolverError("roster_breaks_requirement", requirement="women"), preset("lahti-2021"), {})
        assert "personal_deputies" not in broken and "goals_1_worst" not in differs and "women" not in told

    def test_a_field_of_a_rules_file_goes_by_its_word_with_what_the_file_says(self) -> None:
        params = {"found": "wommen", "field": "gender", "known": "woman, man"}
        with in_language("fi"):
            assert "sukupuoli (gender)" in problem_text("rules_unknown_value", params)


def test_a_place_that_nothing_fills_is_a_dash_and_in_tests_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with in_language("fi"), pytest.raises(KeyError):
        text("set_aside.duplicate")
    monkeypatch.undo()
    monkeypatch.setattr(texts, "unfilled", lambda place: "–")
    with in_language("fi"):
        assert "{" not in text("set_aside.duplicate")
