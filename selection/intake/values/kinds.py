"""Whether a person applies as a resident or for an organisation, and of which type the answer says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.choices import read_choice, values_in, yes_or_no
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, written

#: Types of organisation by words of an answer, also inside compounds (``asukasyhdistyksen edustaja``).
_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("congregation", re.compile(r"seurakun|församling|congregation|moskeij|^srk$|^parish")),
    ("educational_institution", re.compile(r"oppilaito|koulu(?!tu)|yliopisto|läroanstalt|^lukio|^skola|^school")),
    ("company", re.compile(r"yrity|yrittäj|företag|taloyhtiö|business|^oy$|^ab$|^tmi$|^company")),
    ("association", re.compile(r"yhdisty|järjestö|förening|^seura|^ry$|^rf$|^association|^ngo$")),
)  # fmt: skip
_FOR = re.compile(r"edusta|puolesta|nimissä|företräd|represent|behalf")


@dataclass(frozen=True, slots=True)
class Kind:
    """``resident``, ``representative`` or ``both``, and the one type of organisation that is named."""

    kind: str
    organisation_type: str | None = None


def read_kind(cell: Cell) -> Reading[Kind]:
    """What a person applies as. A yes or no answers a question whether an organisation is represented."""
    return _read(written(cell))


@memo(maxsize=5_000)
def _read(text: str) -> Reading[Kind]:
    folded = fold(text)
    if not folded:
        return Reading(None)
    represents = yes_or_no(text)
    if represents is not None:
        return Reading(Kind("representative" if represents else "resident"))
    types, rest = _types(folded)
    organisation_type = types[0] if len(types) == 1 else None
    kinds = dict.fromkeys(values_in("kind", folded if not types else rest))
    if types or (not kinds and _FOR.search(folded)):
        kinds["representative"] = None
    if not kinds:
        reading = read_choice("kind", text)
        return Reading(None, reading.remarks)
    if len(kinds) > 1 or "both" in kinds:
        return Reading(Kind("both", organisation_type))
    return Reading(Kind(next(iter(kinds)), organisation_type))


def _types(text: str) -> tuple[list[str], str]:
    """The types of organisation that a folded text names, and the text without their words."""
    if re.search(r"\b(?:en|ei|inte|not)\b[^,;]*(?:edusta|företräd|represent)", text):
        return [], text
    found: dict[str, None] = {}
    rest = []
    for word in re.split(r"\b", text):
        named = next((name for name, pattern in _TYPES if pattern.search(word)), None)
        if named is None:
            rest.append(word)
        else:
            found[named] = None
    return list(found), "".join(rest)
