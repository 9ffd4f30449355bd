"""Choices from closed lists: gender, kind, mother tongue, situation, type of organisation, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.circumstances import is_own_now
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, word_end, word_starts, written
from selection.texts import label

#: A place among several, in the column of what it is given to.
_RANK = re.compile(
    r"\d{1,2}\s*(?:[.):]|:?[ae]|st|nd|rd|th)?(?:\s*(?:sija|valinta|toive|vaihtoehto|val|hands?val|plats|choice|place|"
    r"preference|hand))?|(?:ensisijai|toissijai|kolmassijai|ensimmäi|toinen|kolmas|neljäs|ykkö|kakko|kolmo|nelo|första|andra|"
    r"tredje|fjärde|first|second|third|fourth|1st|2nd|3rd|4th|i första hand|i andra hand)[\w ]{0,20}"
)
#: Words that tell of health or origin: the answer's class is kept, the words are not.
_TELLS_TOO_MUCH = re.compile(
    r"työkyvyttömyys\w*|sairaus\w*|sairaslom\w*|kuntoutus\w*|vammais\w*|maahanmuutt\w*|pakolai\w*|turvapaikan\w*|"
    r"\broman[ie]\w*|sjuk\w*|invalid\w*|flykting\w*|invandrar\w*|disab\w*|refugee\w*|immigrant\w*",
    re.IGNORECASE,
)
HIDDEN = "…"


def without_special(text: str) -> str:
    """An answer without words that tell of health or origin."""
    return _TELLS_TOO_MUCH.sub(HIDDEN, text)


#: A negation or an exclusion: what stands beside it is not the answer.
_NEGATED = re.compile(
    r"\b(?:ei|en|eikä|enkä|ej|inte|icke|ingen|not|no|non|never)\b|n't\b|"
    r"\bmuu kuin\b|\b(?:annat|annan|andra) än\b|\bother than\b|"
    r"\bpaitsi\b|\bförutom\b|\bexcept\b"
)


def is_negated(text: str) -> bool:
    """Whether a folded answer negates or excludes something of what it names."""
    return _NEGATED.search(text) is not None


@lru_cache(maxsize=32)
def _vocabulary(name: str) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Word → value, and for parts of longer answers stem → value, longest first."""
    words = {fold(word): value for value, many in lexicon("values")[name].items() for word in many}
    # As a part of a longer answer only words of four letters or more; also inflected ("eläkeläisenä", "venäjän").
    long = sorted((word for word in words if len(word) >= 4), key=lambda word: (-len(word), word))
    return words, tuple((_stem(word), words[word]) for word in long)


def _stem(word: str) -> str:
    if " " in word:
        return word
    if word.endswith("nen") and len(word) > 6:
        return word[:-3]
    return word[:-1] if len(word) > 5 and word[-1] in "aäeiouyö" else word


@memo(maxsize=50_000)
def values_in(name: str, text: str) -> tuple[str, ...]:
    """All values of a vocabulary that a text names, in the text's order."""
    words, stems = _vocabulary(name)
    folded = fold(text).strip(" .;,:!")
    if folded in words:
        return (words[folded],)
    found: list[tuple[int, str]] = []
    rest = folded
    for stem, value in stems:
        for place in list(word_starts(rest, stem)):
            found.append((place, value))
            end = word_end(rest, place + len(stem))
            rest = rest[:place] + "\0" * (end - place) + rest[end:]
    for piece in re.split(r"[;,/\n]|\s+(?:ja|och|and|tai|eller|or)\s+", folded):
        short = piece.strip(" .")
        if short in words and len(short) < 4:
            found.append((folded.find(short), words[short]))
    return tuple(dict.fromkeys(value for _, value in sorted(found)))


def is_word(name: str, folded: str) -> bool:
    """Whether a folded answer as a whole is a word of the vocabulary."""
    return folded.strip(" .;,:!") in _vocabulary(name)[0]


def read_choice(name: str, cell: Cell, *, several: bool = False) -> Reading[tuple[str, ...]]:
    """Values of the vocabulary ``name`` (a field of the pool); unknown words give none and a remark.

    ``several`` allows more than one; else two different values are asked about.
    """
    text = written(cell)
    folded = fold(text)
    if not folded:
        return Reading(None)
    if folded.isdigit():
        return Reading.asked("code_unknown")
    found = values_in(name, text)
    if not found:
        if folded in (
            "-",
            "?",
            "ei tietoa",
            "eos",
            "en halua kertoa",
            "en halua vastata",
            "vill inte uppge",
            "prefer not to say",
        ):
            return Reading(None)
        return Reading.asked("value_unknown")
    if is_negated(folded) and not is_word(name, folded):
        return Reading.asked("value_negated")
    if len(found) > 1 and not several:
        return Reading.asked("value_ambiguous")
    return Reading(found)


#: Anything beside the words of a gender that changes whose or when it is, or what the word is of.
_MORE_THAN_GENDER = re.compile(
    r"\b(?!(?:olen|minä|itse|sukupuol\w*|on|ja|jag|är|en|kön\w*|i|am|a|an|my|gender|sex|is|cis\w*|"
    r"mies(?:puoli\w*|olet\w*)?|miehe(?:n|nä|ksi)|nais(?:puoli\w*|olet\w*)?|nai(?:nen|sen|senä|seksi)|man|male|men|boy|kvinn\w*|wom[ae]n|female|girl|manlig\w*|herra|rouva|neiti|fru|herr|"
    r"fröken|mrs?|ms|miss|lady|dam|tyttö\w*|poika\w*|muu\w*|jokin|annat|annan|other|x|n|m|k|f|w)\b)[^\W\d_]+"
)


def read_gender(cell: Cell) -> Reading[tuple[str, ...]]:
    """``woman``, ``man``, ``other`` or ``undisclosed`` as answered; never inferred from anything else."""
    folded = fold(written(cell))
    if not folded:
        return Reading(None)
    if folded.isdigit():
        return Reading.asked("code_unknown")
    own_words = re.match(r"(muu|annat|annan|other)\b\s*[:,(-]", folded) is not None
    found: tuple[str, ...] = ("other",) if own_words else values_in("gender", folded)
    if "undisclosed" in found:
        found = ("undisclosed",)
    elif not own_words and not is_word("gender", folded) and (is_negated(folded) or _MORE_THAN_GENDER.search(folded)):
        return Reading.asked("gender_unclear")
    return Reading(found) if len(found) == 1 else Reading.asked("gender_unclear")


#: Swedish as it is spoken in Finland; the word for a person of that group tells of no language.
_FINLAND_SWEDISH = re.compile(r"suomenruots\w*|finlandssvensk\w*|finland[- ]swed\w*|finnish[- ]swed\w*")
_OF_A_GROUP = re.compile(r"suomenruotsalai\w*|finlandssvensk\b|finland[- ]swede\b")
#: A language that was learnt or is only spoken, and a person of two peoples.
_LEARNT = re.compile(
    r"\b(?:toi\w+|vieraa\w+) kiel\w*|\bopiskel\w*|\bopettel\w*|\bandra ?språk\w*|\bstuderar\b|\blär mig\b|"
    r"\bsecond language\b|"
    r"\blearn\w*|\bstudy\w*|\b(?:ruotsin|venäjän|viron)suomalai\w*|\bsverigefin\w*"
)
#: Any language but the one that is named.
_ANOTHER_THAN = re.compile(
    r"\b(?:muu kuin|jokin muu kuin|(?:annat|annan|andra) (?:\w+ )?än|other than|(?:ei|inte|not))\b"
)


def read_mother_tongue(cell: Cell) -> Reading[tuple[str, ...]]:
    """``fi``, ``sv`` or ``other``: of another language only that it is another."""
    folded = fold(written(cell))
    swedish: Reading[tuple[str, ...]] = Reading(("sv",))
    another: Reading[tuple[str, ...]] = Reading(("other",))
    if _OF_A_GROUP.search(folded):
        return Reading.asked("value_ambiguous", label("mother_tongue", "sv"))
    if _FINLAND_SWEDISH.search(folded):
        return swedish
    if _ANOTHER_THAN.search(folded) and values_in("mother_tongue", folded):
        return (
            another.but("language_unknown")
            if "kuin" in folded or "än" in folded or "than" in folded
            else (Reading.asked("value_negated"))
        )
    if _LEARNT.search(folded):
        return Reading.asked("value_ambiguous")
    reading = read_choice("mother_tongue", cell, several=True)
    if reading.value is not None and len(reading.value) > 1:
        return Reading.asked("value_ambiguous")
    if reading.value is None and reading.remarks and reading.remarks[0].code == "value_unknown":
        return another.but("language_unknown")
    return reading


_CLAUSES = re.compile(r"[;\n,]|(?<!\bent)\.|\b(?=ennen\b)|\b(?:mutta|vaan|men|utan|but|ja|sekä|och|and)\b")
#: Work told by how much of it there is: ``kokopäivätyö``, ``vuorotyössä``, ``heltidsarbete``.
_WORK = re.compile(
    r"\b(?:\w*(?:päivä|aika|vuoro|palkka|ansio|keikka|sopimus|toimisto|etä|virka)-?)?työ(?:ssä\w*)?\b|\b(?:hel|del)tids\w*|"
    r"\b(?:full|part)[- ]time\b|\barbete\b"
)


def _situations(clause: str) -> list[str]:
    """The situations that a folded clause names."""
    found = list(values_in("situation", clause))
    if not found and _WORK.search(clause):
        found.append("employed")
    if len(found) > 1 and "entrepreneur" in found and "employed" in found and re.search(r"self[- ]employed", clause):
        found.remove("employed")
    return found


def read_situation(cell: Cell) -> Reading[tuple[str, ...]]:
    """Situations in life, several at a time; words that tell of health are not kept."""
    text = written(cell)
    if not fold(text):
        return Reading(None)
    said = _TELLS_TOO_MUCH.sub(" ", text)
    found = []
    negated = False
    for clause in _CLAUSES.split(fold(said)):
        named = _situations(clause)
        told = not named or is_word("situation", clause)
        if not told and (is_negated(clause) or not is_own_now(clause)):
            negated = True
            continue
        found += [value for value in named if value not in found]
    if negated and not found:
        return Reading.asked("value_negated")
    if re.search(r"työkyvyttömyys|kuntoutustuki", fold(text)) and "retired" not in found:
        found.append("retired")
    if re.search(r"sairauslom", fold(text)) and not found:
        found.append("other")
    if len(found) > 1 and "other" in found:
        found.remove("other")
    return Reading(tuple(found)) if found else read_choice("situation", cell, several=True)


@memo(maxsize=20_000)
def yes_or_no(text: str) -> bool | None:
    """``True`` or ``False`` for an answer that is a yes or a no, ``None`` for any other."""
    folded = fold(text).strip(" .!;,")
    lists = lexicon("values")
    if folded in lists["yes"]:
        return True
    if folded in lists["no"]:
        return False
    if re.match(r"(kyllä|joo|ja|yes|jep|juu)\b(?! (en|ei)\b)", folded):
        return True
    if re.match(r"(en|ei|eipä|nej|no|inte|ej|never|aldrig|not yet)\b", folded):
        return False
    return None


def yes_no(answer: bool | None) -> Reading[tuple[str, ...]]:
    if answer is None:
        return Reading.asked("yes_no_unclear")
    return Reading(("yes",)) if answer else Reading(("no",))


def read_yes_no(cell: Cell) -> Reading[tuple[str, ...]]:
    """``yes`` or ``no``."""
    text = written(cell)
    if not fold(text):
        return Reading(None)
    answer = yes_or_no(text)
    return yes_no(answer)


#: What forms write for an option that was not ticked, which nobody has said no to.
_UNTICKED = ("false", "epätosi", "falskt", "ei valittu", "unchecked")


def is_declined(cell: Cell) -> bool:
    """Whether a cell of a column-per-option question says no in a person's words."""
    text = fold(written(cell)) if isinstance(cell, str) else ""
    return text[:1].isalpha() and text not in _UNTICKED and yes_or_no(text) is False


def is_mark(cell: Cell) -> bool:
    """Whether a cell holds a tick and no word: x, 1, ✓, TRUE, the mark of a box."""
    return cell is True or (
        written(cell) != "" and not re.search(r"[^\W\d_]{2}", written(cell)) and yes_or_no(written(cell)) is True
    )


def is_ticked(cell: Cell, option: str) -> bool | None:
    """Whether a cell of a column-per-option question is chosen; ``None`` where it holds something else."""
    if cell is None or cell is False:
        return False
    if cell is True:
        return True
    text = fold(written(cell))
    if not text:
        return False
    answer = yes_or_no(text)
    if answer is not None:
        return answer
    if text == fold(option) or fold(option) in text or _RANK.fullmatch(text):
        return True
    return None
