"""Columns: which field a header means, how surely, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from selection.intake.memo import memo
from selection.intake.wording import fold, lexicon, without_dots, word_end, word_starts

Confidence = Literal["sure", "check", "none"]

#: Fields that a person's file can answer; ``own:NAME`` is a column of the city's own.
FIELDS: tuple[str, ...] = (
    "source_id",
    "submitted_at",
    "name",
    "first_name",
    "last_name",
    "birth_year",
    "birth_date",
    "age",
    "age_group",
    "gender",
    "street_address",
    "postal_code",
    "municipality",
    "district",
    "wishes",
    "mother_tongue",
    "kind",
    "organisation",
    "organisation_type",
    "organisation_role",
    "organisation_mandate",
    "official",
    "youth_council",
    "situation",
    "served_before",
    "roles",
    "motivation",
    "skills",
    "consent",
    "email",
    "phone",
    "remarks",
    "non_disclosure",
)
OWN = "own:"


@dataclass(frozen=True, slots=True)
class Header:
    """A column's header: its place, its text, and the question and option it is made of where it has two parts."""

    index: int
    text: str
    question: str | None = None
    option: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What one column was taken for.

    Attributes
    ----------
    field
        One of :data:`FIELDS`, ``own:NAME``, or ``None`` for a column that is left out.
    reason
        Code of the text ``intake.reason.<reason>``; ``detail`` fills it.
    option
        The answer that a tick in this column means, in a column-per-option question.
    sensitive
        The kind of special data the column asks for; such a column is never taken unless a person says so.
    suggestion
        A field that the values point to, where the header was not enough; never taken by itself.
    used
        Whether the column's answers are read. A second column of the same field may be there as a fallback only.
    """

    file: str
    sheet: str
    index: int
    header: str
    field: str | None
    confidence: Confidence
    reason: str
    detail: str = ""
    option: str | None = None
    sensitive: str | None = None
    suggestion: str | None = None
    used: bool = True

    @property
    def label(self) -> str:
        """The header shortened for a list; the whole of it is the help text."""
        line = " ".join(self.header.split())
        return line if len(line) <= 60 else line[:59].rstrip() + "…"


#: Fields of age, and what may stand between the two that one header asks.
AGE_FIELDS = ("birth_year", "birth_date", "age", "age_group")
_BETWEEN = re.compile(r"[,;/+&()\[\]]|\b(?:ja|sekä|och|and)\b")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NUMBER = re.compile(r"^(?:kysymys|question|fråga|q|k)?\s*\d{1,3}\s*(?:[.):]|-(?=\s))\s*(?=\D)")
_LETTER = re.compile(r"^(?:[a-zåäö]|[ivx]{2,5})\s*[.)]\s+")
_TAIL = re.compile(r"[\s*:?!.]+$")
_COPY = re.compile(r"(?<=[^\W\d])(?:\.\d|\d)$")
_REQUIRED = re.compile(r"\*?\s*(?:pakollinen(?: kysymys| kenttä)?|obligatorisk|required|mandatory)\s*\*?$")
_DASHES = re.compile("[\u2010-\u2015]")
#: What Qualtrics writes between a question and its option.
#: An option beside which an answer is written: no option of its own, but more of the question's answer.
_FREE_TEXT = re.compile(
    r"(?:^|- )(?:teksti|text|fritext)$|please (?:specify|describe)|\btarkenna|\bspecificera|"
    r"^(?:(?:joku |jokin )?muu)\W+(?:mikä|kuka)\b|^(?:annat|annan|något annat)\W+(?:vad|vilken)\b|"
    r"^other\W+(?:what|which)\b"
)
_CHOICE = re.compile(r"\s*-\s*selected choice\b\s*(?:-\s*)?", re.IGNORECASE)
_BRACKETED = re.compile(r"^(?P<question>.*?)\s*\[(?P<option>[^\[\]]+)\]\s*$", re.DOTALL)
_FOLLOWED = re.compile(r"^(?P<question>.*?)(?::|\s[->|]|\?)\s+(?P<option>[^:]+?)\s*$", re.DOTALL)


@memo(maxsize=20_000)
def normalised(header: str) -> str:
    """A header for comparing: folded, without numbering, marks of required fields and end punctuation.

    Text in brackets is kept, its brackets are not; see :func:`forms`.
    """
    text = fold(header)
    for pattern in (_NUMBER, _LETTER):
        shorter = pattern.sub("", text)
        text = shorter or text
    text = re.sub(r"[*]+", " ", text)
    text = _TAIL.sub("", text)
    text = _REQUIRED.sub("", text)
    return _TAIL.sub("", re.sub(r"\s+", " ", re.sub(r"[()\[\]\"'*]", " ", text))).strip()


@memo(maxsize=20_000)
def forms(header: str) -> tuple[str, ...]:
    """The ways to compare a header: whole, without its brackets, without a copy's number (``Nimi.1``, ``Nimi2``)."""
    whole = normalised(header)
    bare = normalised(_BRACKETS.sub(" ", fold(header)))
    copies = tuple(_COPY.sub("", form) for form in (whole, bare))
    return tuple(dict.fromkeys(form for form in (whole, bare, *copies) if form))


def fingerprint(headers: Sequence[str]) -> str:
    """The shape of a file: a digest of its sorted normalised headers."""
    import hashlib

    return hashlib.sha256("\n".join(sorted(normalised(header) for header in headers)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Words:
    exact: Mapping[str, str]
    phrases: tuple[str, ...]
    keywords: tuple[tuple[str, re.Pattern[str]], ...]
    weak: frozenset[str]
    sensitive: tuple[tuple[str, re.Pattern[str]], ...]
    unused: tuple[tuple[str, re.Pattern[str]], ...]
    turned: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]
    negative: re.Pattern[str]
    ranks: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = lexicon("columns")
    exact: dict[str, str] = {}
    weak = frozenset(normalised(word) or fold(word) for word in data["weak"])
    for name, synonyms in data["synonyms"].items():
        for synonym in synonyms:
            key = normalised(synonym) or fold(synonym)
            exact.setdefault(key, name)
    phrases = sorted((key for key in exact if len(key) >= 5 and key not in weak), key=lambda key: (-len(key), key))
    return _Words(
        exact=exact,
        phrases=tuple(phrases),
        keywords=tuple((name, re.compile(pattern)) for name, pattern in data["keywords"]),
        weak=weak,
        sensitive=tuple((kind, re.compile(pattern)) for kind, pattern in data["sensitive"]),
        unused=tuple((kind, re.compile(pattern)) for kind, pattern in data["unused"]),
        turned=tuple((kind, re.compile(pattern), frozenset(of)) for kind, pattern, of in data["turned"]),
        negative=re.compile(data["negative"]),
        ranks={name: tuple(map(re.compile, patterns)) for name, patterns in data["rank"].items()},
    )


def prepare() -> None:
    """Load the word lists, so that the first header need not wait for them."""
    _words()


def rank(name: str, header: str) -> int:
    """Which of several columns of one field comes first: 0 is best; as many as there are known kinds if none is."""
    patterns = _words().ranks.get(name, ())
    text = fold(header)
    return next((number for number, pattern in enumerate(patterns) if pattern.search(text)), len(patterns))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A header's meaning by its words alone."""

    field: str | None
    confidence: Confidence
    reason: str
    detail: str = ""
    sensitive: str | None = None

    @property
    def weight(self) -> float:
        """How strongly this header speaks for its row being the header row."""
        if self.sensitive or self.reason in ("unused", "another_question"):
            return 1.5
        return {"exact": 3.0, "name_and_age": 3.0, "phrase": 2.5, "keyword": 2.0, "weak": 1.0, "fuzzy": 1.5}.get(
            self.reason, 0.0
        )


@memo(maxsize=20_000)
def meaning(header: str, fuzzy: bool = True) -> Meaning:
    """Which field a header means: exact, by the longest known phrase in it, by its key words, or nearly."""
    words = _words()
    variants = forms(header)
    if not variants:
        return Meaning(None, "none", "no_header")
    if (beside := asked_beside_name(header)) is not None:
        return Meaning("name", "check", "name_and_age", beside)
    bare = variants[1] if len(variants) > 1 and len(variants[1]) < len(variants[0]) else variants[0]
    for form in variants:
        if form in words.weak:
            if form != variants[0] and (turn := turned(header, words.exact.get(form))) is not None:
                return Meaning(None, "check", "another_question", turn)
            return Meaning(words.exact.get(form), "check", "weak", form)
        if form in words.exact:
            turn = turned(header, words.exact[form]) if form != variants[0] else None  # what stands in brackets
            return (
                Meaning(words.exact[form], "sure", "exact", form)
                if turn is None
                else Meaning(None, "check", "another_question", turn)
            )
    for kind, pattern in words.sensitive:
        if pattern.search(bare):
            return Meaning(None, "sure", "sensitive", sensitive=kind)
    for kind, pattern in words.unused:
        if pattern.search(bare):
            return Meaning(None, "sure", "unused", kind)
    for form in dict.fromkeys((bare, variants[0])):
        found = _by_words(form)
        if found is not None:
            turn = turned(header, found.field)
            return found if turn is None else Meaning(None, "check", "another_question", turn)
    for kind, pattern in words.sensitive:
        if pattern.search(variants[0]):
            return Meaning(None, "sure", "sensitive", sensitive=kind)
    return _written_short(header) or (_nearly(bare) if fuzzy else None) or Meaning(None, "none", "unknown")


@memo(maxsize=20_000)
def turned(header: str, name: str | None) -> str | None:
    """How a header asks something else than the field whose word it holds: of earlier times, of the family, of somebody
    else, of a wish, a meeting, the form service. ``None`` where nothing turns it."""
    text = fold(header)
    return next((kind for kind, pattern, of in _words().turned if name in of and pattern.search(text)), None)


@memo(maxsize=20_000)
def is_negative(header: str) -> bool:
    """Whether a header states the denial of what it names, so that a tick under it is a no (``En ole …``)."""
    text = fold(header)
    found = _words().negative.search(text)
    if found is None or text.rstrip(" *").endswith("?"):
        return False
    return re.search(r"\b(?:jos|mikäli|om|ifall|if|vai|eller|or)\s*$", text[: found.start()].rstrip()) is None


_SHORTENED = re.compile(r"([^\W\d_]{2,})\.")


def _written_short(header: str) -> Meaning | None:
    """The field of a header whose words are broken off by full stops (``Luott.tehtävä``, ``Sukup.``), if it is one."""
    text = fold(header).strip(" *:")
    if not _SHORTENED.search(text) or len(text) > 40:
        return None
    parts = [part for part in re.split(r"(?<=\.)|\s+", text) if part]
    pattern = re.compile(
        r"[\s-]*".join(
            re.escape(part[:-1]) + r"\w*" if part.endswith(".") else re.escape(part) + r"\w{0,2}" for part in parts
        )
    )
    words = _words()
    found = {name for key, name in words.exact.items() if pattern.fullmatch(key)}
    return Meaning(found.pop(), "check", "fuzzy", text) if len(found) == 1 else None


@memo(maxsize=20_000)
def asked_beside_name(header: str) -> str | None:
    """The field of age that a header asks for in the same cell as the name (``Nimi ja syntymävuosi``)."""
    parts = [normalised(part) for part in _BETWEEN.split(fold(header))]
    asked = [_words().exact.get(part) for part in parts if part]
    named = "name" in asked or ("first_name" in asked and "last_name" in asked)
    return next((field for field in asked if field in AGE_FIELDS), None) if named else None


def _stands_in(phrase: str, form: str) -> bool:
    """Whether a phrase stands in a form as whole words."""
    return any(word_end(form, place + len(phrase)) == place + len(phrase) for place in word_starts(form, phrase))


def _by_words(form: str) -> Meaning | None:
    words = _words()
    longest = next(((words.exact[key], key) for key in words.phrases if key in form and _stands_in(key, form)), None)
    keyword = next((name for name, pattern in words.keywords if pattern.search(form)), None)
    if longest is not None and (keyword is None or keyword == longest[0] or len(longest[1]) >= 0.6 * len(form)):
        return Meaning(
            longest[0],
            "sure" if keyword == longest[0] or len(longest[1]) >= 0.5 * len(form) else "check",
            "phrase",
            longest[1],
        )
    if keyword is not None:
        return Meaning(keyword, "check" if longest is not None else "sure", "keyword", keyword)
    return None


def _nearly(form: str) -> Meaning | None:
    words = _words()
    undotted = without_dots(form)
    for key, name in words.exact.items():
        if len(key) > 3 and key not in words.weak and without_dots(key) == undotted:
            return Meaning(name, "check", "fuzzy", key)
    if not 5 <= len(form) <= 60:
        return None
    from rapidfuzz import fuzz, process

    choices = [key for key in words.exact if len(key) >= 5 and key not in words.weak]
    best = process.extractOne(form, choices, scorer=fuzz.ratio, score_cutoff=84)
    return Meaning(words.exact[best[0]], "check", "fuzzy", best[0]) if best is not None else None


def split_option(header: Header) -> tuple[str, str] | None:
    """``(question, option)`` of a header in two rows, or written as ``Question: option`` or ``Question [option]``."""
    if header.question is not None and header.option is not None:
        return header.question, header.option
    text = _CHOICE.sub(" - ", _DASHES.sub("-", header.text))
    match = _BRACKETED.match(text) or _FOLLOWED.match(text)
    if match is None or not match["question"].strip():
        return None
    option = match["option"].strip(" ->|\n\t")
    return (match["question"], option) if option and not _FREE_TEXT.search(fold(option)) else None
