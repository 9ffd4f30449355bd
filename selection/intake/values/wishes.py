"""Wishes for tables: ids and their other names in any order, wording and inflection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.reading import Reading, Remark
from selection.intake.values.wish_order import FAILS, UNLESS, by_rank
from selection.intake.values.wish_refusals import not_wished
from selection.intake.wording import fold, lexicon, written


class Named(Protocol):
    """A table, as far as its names go."""

    @property
    def id(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Wishes:
    """Ids of tables, and whether their order is the applicant's."""

    tables: tuple[str, ...] = ()
    ordered: bool = True


_FILLER = re.compile(
    r"\b(alueen|alueelle|alueella|alue|alueet|kumppanuuspöytä\w*|kumppanuuspöyd\w*|kumppanuuspöyt\w*|pöytä\w*|pöyd\w*|pöyti\w*|haen|haluan|haluaisin|toivon|"
    r"ensisijai\w*|toissijai\w*|ensin|sitten|mieluiten|myös|tai|ja|sekä|että|och|eller|and|or|on|olisi|voin|vaihtoehto\w*|"
    r"valinta|sija|första|andra|hand|handsval|first|second|third|choice|table|bord\w*|området|område|area|the|jos|mahdollista|käy|sopii|"
    r"partnerskaps\w*|partnership|niin|så|then|otherwise|annars|muuten|muutoin|varalla|i|minulle|ensimmäi\w*|toi(?:nen|seksi|sena)|kolma\w*|neljä\w*|lähinnä|suunta\w*|ykkö\w*|kakko\w*|lahden|lahti|pisteen)\b"
)
_EXCEPT = re.compile(
    r"\b(?:paitsi|lukuun ottamatta|mu[iu]\w*(?: \w+)? kuin|utom|förutom|(?:annat|annan|andra) än|except|other than|"
    r"(?:anything|anywhere|any|all|everything) but)\b"
)
#: Nothing but what follows: the other tables are refused, not it.
_NOTHING_BUT = re.compile(
    r"\b(?:en|ei) (?:\w+ )?mu\w+ kuin\b|\b(?:inte|inget|ingen|ingenting) (?:\w+ )?(?:annat|annan) än\b|"
    r"\b(?:nothing|nowhere|none|not) (?:\w+ )?(?:but|except|other than)\b"
)
#: What may stand beside a table's name in a title over its applicants, or over its column, and says nothing more.
_TITLE = re.compile(
    r"\b(?:hakij\w*|hakemu\w*|ehdokka\w*|kpl|lista|luettelo|sökande\w*|kandidat\w*|applicants?|list|toive)\b"
)


class TableNames:
    """The names of a round's tables, ready for matching."""

    def __init__(self, tables: Sequence[Named]) -> None:
        self.ids = tuple(table.id for table in tables)
        self._exact: dict[str, str] = {}
        patterns: list[tuple[int, str, str]] = []
        for table in tables:
            for name in (table.id, *table.names):
                key = fold(name)
                self._exact.setdefault(key, table.id)
                self._exact.setdefault(re.sub(r"[()\-]", " ", key).strip(), table.id)
                if len(key) > 2:
                    patterns.append((len(key), _inflected(key), table.id))
        initials = [key[0] for key in map(fold, self.ids) if key]
        for table_id in self.ids:
            if len(self.ids) > 1 and initials.count(fold(table_id)[:1]) == 1:
                self._exact.setdefault(fold(table_id)[:1], table_id)
        patterns.sort(key=lambda entry: (-entry[0], entry[1]))
        self._patterns = tuple((re.compile(pattern), table_id) for _, pattern, table_id in patterns)
        self._any = tuple(fold(word) for word in lexicon("values")["any_table"])
        words = sorted(
            (word for word in self._any if len(word) > 3 and word != "sama"), key=lambda word: (-len(word), word)
        )
        self._any_pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")

    def exactly(self, text: str) -> str | None:
        """The table whose id or name the text is, nothing more; also one broken off by a full stop (``Pohj.``)."""
        folded = fold(text)
        key = folded.strip(" .;,:")
        found = self._exact.get(key) or self._exact.get(re.sub(r"[()\-]", " ", key).strip())
        if found is None and folded.endswith(".") and len(key) >= 3:
            tables = {table for name, table in self._exact.items() if name.startswith(key)}
            return tables.pop() if len(tables) == 1 else None
        return found

    def only_in(self, text: str) -> str | None:
        """The one table that a title or a sheet's name tells of; ``None`` where it tells of none or of several."""
        tables = {table for _, table in self.named_in(fold(text))[0]}
        return self.exactly(text) or (tables.pop() if len(tables) == 1 else None)

    def titled(self, text: str) -> str | None:
        """The table that a title or a header is of, with no words beside its name that say more (``Etelän pöytä``)."""
        return self.exactly(text) or _titled(text, self)

    def is_any(self, text: str) -> bool:
        """Whether the text says that every table will do."""
        return fold(text).strip(" .;,:!") in self._any

    def named_in(self, text: str) -> tuple[list[tuple[int, str]], str]:
        """``(place, table)`` of each table named in a folded text, in its order, and the text that is left."""
        found: list[tuple[int, str]] = []
        rest = text
        for pattern, table in self._patterns:
            places = [match.start() for match in pattern.finditer(rest)]
            if places:
                found += [(place, table) for place in places]
                rest = pattern.sub(lambda match: "\0" * len(match.group()), rest)
        if not found or len(rest.strip("\0 ")) <= 12:  # single letters count only as whole pieces
            for match in re.finditer(r"[^;,/\n\0]+", rest):
                piece = match.group().strip(" .")
                initial = self._exact.get(piece) if len(piece) <= 2 else None
                if initial is not None:
                    found.append((match.start(), initial))
                    rest = rest[: match.start()] + "\0" * len(match.group()) + rest[match.end() :]
        return sorted(found), rest


#: Consonants before a last vowel, and what inflection makes of them (Hervanta, Hervannan; Lahti, Lahden).
_GRADES = (
    ("nt", "nn"), ("nk", "ng"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("ht", "hd"),
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("t", "d"), ("p", "v"), ("k", ""),
)  # fmt: skip


def _inflected(name: str) -> str:
    """A pattern of a folded name whose words may be inflected (eteläinen, eteläisen, eteläiseen)."""
    return r"(?<!\w)" + r"[\s()\-]+".join(map(_word, filter(None, re.split(r"[\s()\-]+", name)))) + r"(?!\w)"


def _word(word: str) -> str:
    if len(word) < 3 or (len(word) < 5 and word[-1] not in "aäoöuy"):
        return re.escape(word)
    if len(word) < 5:  # only with the endings of cases: itä, idän, idässä, itään
        graded = _graded(word[:-1]) + word[-1]
        return rf"(?:{re.escape(word)}|{re.escape(graded)})(?:n|s[st][aä]|l[lt][aä]|lle|{word[-1]}n)?"
    if word.endswith("nen"):
        return re.escape(word[:-3]) + r"(?:nen|s\w*)"
    if word[-1] not in "aäeiouyö":
        return re.escape(word) + r"\w{0,6}"
    stem = word[:-1]
    graded = _graded(stem)
    return "(?:" + "|".join(dict.fromkeys((re.escape(stem), re.escape(graded)))) + r")\w{0,6}"


@memo(maxsize=2_000)
def _titled(text: str, names: TableNames) -> str | None:
    """The one table that a text names, if nothing is left beside what says nothing more."""
    folded = fold(text)
    if len(folded) < 3:
        return None
    found, rest = names.named_in(folded)
    tables = {table for _, table in found}
    left = re.sub(r"[\0\d\W_]+", " ", _TITLE.sub(" ", _FILLER.sub(" ", rest))).strip()
    return tables.pop() if len(tables) == 1 and not left else None


def _graded(stem: str) -> str:
    """A stem with its last consonants as inflection weakens them."""
    return next((stem[: -len(strong)] + weak for strong, weak in _GRADES if stem.endswith(strong)), stem)


def read_wishes(cell: Cell, names: TableNames) -> Reading[Wishes]:
    """The tables a cell names; what it names besides is remarked on."""
    return _read(written(cell), names)


@memo(maxsize=20_000)
def _read(text: str, names: TableNames) -> Reading[Wishes]:
    folded = fold(text.replace("\n", "; "))
    if not folded.strip(" ;,.-?"):
        return Reading(None)
    exact = names.exactly(folded)
    if exact is not None:
        return Reading(Wishes((exact,)))
    if names.is_any(folded):
        return Reading(Wishes(names.ids, ordered=False))
    found, rest = names.named_in(folded)
    any_match = names._any_pattern.search(rest)
    if any_match is not None:
        rest = rest[: any_match.start()] + " " * len(any_match.group()) + rest[any_match.end() :]
    only = _NOTHING_BUT.search(rest)
    excluded = _EXCEPT.search(rest) if only is None else None
    if excluded is not None and found:
        left_out = {table for place, table in found if place > excluded.start()}
        kept = tuple(table for table in names.ids if table not in left_out)
        return Reading(Wishes(kept, ordered=False))
    refused, mentioned = not_wished(
        found, rest if only is None else rest.replace(only.group(), " " * len(only.group()))
    )
    unsaid = {table for _, table in found} - refused - mentioned
    refused -= mentioned if unsaid else set()
    found = [(place, table) for place, table in found if table not in mentioned or not unsaid]
    ranked = by_rank([(place, table) for place, table in found if table not in refused], folded)
    tables = tuple(dict.fromkeys(ranked))
    rest = UNLESS.sub(lambda one: " " if FAILS.search(one.group()) else one.group(), rest) if len(tables) > 1 else rest
    left = re.sub(r"[\0\d\W_]+", " ", _FILLER.sub(" ", rest)).strip()
    left = re.sub(r"\b(ei|en|kaikki|muut|loput|käy|vain|only|halua)\b", "", left).strip() if tables else left
    if mentioned and unsaid and not left:
        left = "..."
    if not tables:
        if any_match is not None or refused:
            others = Reading(Wishes(tuple(table for table in names.ids if table not in refused), ordered=False))
            return others.but("wish_refused") if refused else others
        return Reading.asked("table_unknown")
    if any_match is not None:
        tables = (*tables, *(table for table in names.ids if table not in tables and table not in refused))
    remarks = (Remark("wish_partly_unread"),) if len(left) > 2 else ()
    if refused:
        remarks = (*remarks, Remark("wish_refused"))
    return Reading(Wishes(tables), remarks)
