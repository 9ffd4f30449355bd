"""Matching: each column of a sheet → a field, by its header, what it belongs to, and as a suggestion its values."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selection.intake.columns import (
    OWN,
    ColumnMatch,
    Header,
    Meaning,
    forms,
    meaning,
    normalised,
    rank,
    split_option,
)
from selection.intake.evidence import ENOUGH, SEAT, Evidence
from selection.intake.field_parts import field_of_part
from selection.intake.layout import Layout
from selection.intake.legends import Legend, meant
from selection.intake.mapping import Mapping as ColumnMapping
from selection.intake.owners import are_names, names_deputy_second
from selection.intake.values.choices import is_ticked, is_word, values_in
from selection.intake.values.officials import read_official
from selection.intake.values.seats import seat_asked
from selection.intake.values.wishes import TableNames, read_wishes
from selection.intake.wording import fold, is_empty, lexicon, written

#: Fields a question may ask with one column for each option.
OPTIONAL = ("wishes", "roles", "situation", "kind", "gender", "organisation_type", "mother_tongue", "official")
#: Fields that several columns may answer together: all are read, best first.
TOGETHER = (
    "wishes",
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "organisation",
    "postal_code",
    "official",
    "served_before",
    "consent",
    "motivation",
    "remarks",
)
#: Headers of one wish among several in order: taken for wishes where the answers are tables.
_ONE_WISH = re.compile(
    r"toive|valinta\b|vaihtoehto|[ck]hoice|\bval\b|önskemål|\bwish|alternativ|(?:ykkös|kakkos|kolmos|nelos)|^\W*[1-9]\W*$"
)
#: The words by which a question asks for a wish, and those that name what is wished for.
_ASKS_WISH = re.compile(
    r"\b(?:hae|haku|hakea|haetaan|halua|halut|toivo|toive|valits|valint|valinn|ensisij|toissij|vaihtoeh|sija\b|sijat|kiinnost|"
    r"mielui|mihin|mitä|mikä|minkä|mille|minne|missä|osallist|vaikut|järjest|aseta|merkits|1|2|3|4|"
    r"sök|ansök|vill|önsk|val\b|vilk|vart|välj|först|andra|hand|rangord|"
    r"appl|want|wish|prefer|choose|choice|select|join|which|where|rank|interest|order|first|second|third)"
)
_WISHED_FOR = re.compile(
    r"\b\w*(?:pöy[dt]|pöyti|bord|table|partnership|partnerskap|alue|område|area)\w*|"
    r"\b(?:jäsen\w*|medlem\w*|member\w*|lahden|lahti\w*|lahtis|kumppanuus\w*|nimi|name|namn|the|of|för|i|till|to|a|on|ja|tai)\b"
)
#: A language of one's own, in any words.
_OWN_LANGUAGE = re.compile(r"äidin|koti|ensi|moders|hem|mother|native|first|home")
#: A question that only asks further of the one before it, and the field that it then answers.
_FURTHER = re.compile(r"^(?:jos|mikäli|om|if)\b.{0,25}(?:kyllä|niin|joo|\bja\b|\bså\b|yes|so)\b[\W]*(?:\w+\W*){0,4}$")
_FURTHER_OF = {"kind": "organisation", "official": "official", "organisation_mandate": "organisation"}
#: Fields of any words, whose answers may turn out to be of a field with a form of its own.
_CHECKED_BY_VALUES = ("name", "district", "municipality", "organisation", "motivation", "street_address", "official")
_OWN_FORM = ("email", "birth_year", "postal_code")


def _asks_a_wish(header: str) -> bool:
    """Whether a header that names tables asks for a wish, and holds no word that might ask something else."""
    text = normalised(header)
    return _ASKS_WISH.search(text) is not None or re.search(r"[^\W\d_]{3,}", _WISHED_FOR.sub(" ", text)) is None


class Matcher:
    """Matches the columns of one sheet.

    Parameters
    ----------
    own_fields
        Names of the city's own fields that the rules mention.
    on
        The day on which ages count.
    legends
        What the numbers of columns stand for.
    """

    def __init__(
        self,
        layout: Layout,
        file: str,
        names: TableNames,
        own_fields: Sequence[str],
        on: dt.date,
        legends: Mapping[int, Legend] | None = None,
    ) -> None:
        self.layout, self.file, self.names, self.on = layout, file, names, on
        self.own_fields = tuple(own_fields)
        self.legends = legends or {}
        filled = {
            header.index: [
                meant(cell, self.legends.get(header.index))
                for cell in layout.column(header.index)
                if cell is not None and cell != "anonymous"
            ]
            for header in layout.headers
        }
        self.evidence = {
            header.index: Evidence(filled[header.index], header.text, names, on) for header in layout.headers
        }
        self.filled = {index: len(cells) for index, cells in filled.items()}

    def columns(self, mapping: ColumnMapping | None = None) -> tuple[ColumnMatch, ...]:
        """All columns of the sheet in its order; a person's mapping goes before everything else."""
        splits = {header.index: split_option(header) for header in self.layout.headers}
        questions: dict[str, list[str]] = defaultdict(list)
        for split in splits.values():
            if split is not None:
                questions[normalised(split[0])].append(split[1])
        bare_tables = [
            header.index
            for header in self.layout.headers
            if len(fold(header.text)) > 2 and self.names.titled(header.text) and self._ticks(header)
        ]
        genders = [header.index for header in self.layout.headers if self._is_gender(header)]
        seats = self._seat_columns()
        found: list[ColumnMatch] = []
        for header in self.layout.headers:
            decided = self._decided(header, mapping, seats)
            split = splits[header.index]
            part = field_of_part(header.text) if decided is None else None
            if decided is not None:
                match = decided
            elif part is not None:
                known = Meaning(part or None, "sure", "part" if part else "unused", header.text)
                match = self._match(header, known)
            elif split is not None and (option := self._option(header, split, questions)) is not None:
                match = option
            elif header.index in bare_tables and len(bare_tables) > 1:
                match = self._match(header, Meaning("wishes", "sure", "table_column"), option=header.text)
            elif header.index in genders and len(genders) > 1:
                match = self._match(header, Meaning("gender", "check", "option", header.text), option=header.text)
            elif header.index in seats:
                match = self._match(header, Meaning("roles", "sure", "option", header.text), option=seats[header.index])
            elif names_deputy_second(header.text) and are_names(self.layout.column(header.index)):
                match = self._match(header, Meaning("name", "check", "keyword", "name"))
            else:
                match = self._by_header(header)
            if match.field is None and match.reason == "unknown" and found and _FURTHER.match(fold(header.text)):
                further = _FURTHER_OF.get(found[-1].field or "")
                if further is not None:
                    match = self._match(header, Meaning(further, "check", "further", found[-1].header))
            found.append(match)
        return tuple(self._resolved(self._wished(found)))

    def _wished(self, found: Sequence[ColumnMatch]) -> list[ColumnMatch]:
        """The columns; where none is of wishes, those are whose answers are names of tables, whatever their headers."""
        if any(match.used and match.field == "wishes" for match in found):
            return list(found)
        return [
            replace(match, field="wishes", used=True, confidence="check", reason="tables", suggestion=None)
            if match.header
            and (match.reason in ("unknown", "weak", "fuzzy") or match.detail in ("chosen",) or self._is_body(match))
            and match.sensitive is None
            and self._are_tables(match.index)
            else match
            for match in found
        ]

    def _is_body(self, match: ColumnMatch) -> bool:
        """Whether a header is only the word of a body, which its answers then name (``Lautakunta``)."""
        return match.field == "official" and match.reason == "keyword" and len(normalised(match.header).split()) == 1

    def _are_tables(self, index: int) -> bool:
        """Whether nearly all answers of a column are names of tables, and nothing more."""
        cells = [written(cell) for cell in self.evidence[index].cells]
        named = sum(self.names.titled(cell) is not None or self._is_wish(cell) for cell in cells)
        return bool(cells) and named >= ENOUGH * len(cells)

    def _is_wish(self, cell: str) -> bool:
        reading = read_wishes(cell, self.names)
        return reading.value is not None and not reading.remarks

    def _match(self, header: Header, found: Meaning, **more: Any) -> ColumnMatch:
        base = ColumnMatch(
            file=self.file,
            sheet=self.layout.sheet.name,
            index=header.index,
            header=header.text,
            field=found.field,
            confidence=found.confidence,
            reason=found.reason,
            detail=found.detail,
            sensitive=found.sensitive,
            used=found.field is not None,
        )
        return replace(base, **more)

    def _decided(self, header: Header, mapping: ColumnMapping | None, seats: Mapping[int, str]) -> ColumnMatch | None:
        key = normalised(header.text)
        if mapping is not None and key and key in mapping.fields:
            name = mapping.fields[key]
            split = split_option(header)
            option = (
                split[1] if split is not None and name in OPTIONAL and self._is_option(split[1], str(name)) else None
            )
            if option is None and name == "wishes" and self.names.titled(header.text) and self._ticks(header):
                option = header.text
            if name == "roles" and header.index in seats:
                option = seats[header.index]
            sensitive = meaning(header.text).sensitive
            return self._match(header, Meaning(name, "sure", "confirmed", sensitive=sensitive), option=option)
        own = next((name for name in self.own_fields if key == normalised(name)), None) or next(
            (name for name in self.own_fields if normalised(name) and normalised(name) in key), None
        )
        if own is not None and meaning(header.text).reason not in ("exact", "sensitive"):
            split = split_option(header)
            # A column for each option: ``Taidot: it``, ``Taidot [laki]``, ticked.
            one = split is not None and normalised(own) in normalised(split[0]) and self._ticks(header)
            option = split[1] if split is not None and one else None
            return self._match(header, Meaning(OWN + own, "sure", "own_field", own), option=option)
        return None

    def _option(
        self, header: Header, split: tuple[str, str], questions: Mapping[str, Sequence[str]]
    ) -> ColumnMatch | None:
        question, option = split
        asked = meaning(question)
        if asked.sensitive is not None or asked.reason == "unused":
            return self._match(header, asked)
        options = questions[normalised(question)]
        several = len(options) > 1
        if self.names.titled(option) and asked.field in (None, "wishes", "kind") and (several or self._ticks(header)):
            return self._match(header, Meaning("wishes", "sure", "option", option), option=option)
        field = self._field_of_options(asked.field, options) if several else None
        if field is not None and (self._is_option(option, field) or self._ticks(header)):
            sureness = asked.confidence if field == asked.field and asked.reason != "weak" else "check"
            return self._match(header, Meaning(field, sureness, "option", option), option=option)
        part = meaning(option, fuzzy=False)
        alone = several or header.question is not None or asked.field is None
        of_contacts = asked.reason == "weak" and part.confidence == "sure"
        if part.field is not None and (part.reason == "exact" or of_contacts) and alone:
            return self._match(header, replace(part, reason="part", detail=option))
        if header.question is not None and asked.field is not None:
            return self._match(header, asked)
        return None

    def _field_of_options(self, asked: str | None, options: Sequence[str]) -> str | None:
        """The field whose answers a question's options are: the one the question means, else one they all fit."""
        if asked in OPTIONAL and any(self._is_option(option, asked or "") for option in options):
            return asked
        telling = ("wishes", "roles", "situation", "kind", "gender", "organisation_type")
        fitting = (field for field in telling if all(self._is_option(option, field) for option in options))
        return next(fitting, asked if asked in OPTIONAL else None)

    def _is_option(self, option: str, name: str) -> bool:
        if name == "wishes":
            return self.names.titled(option) is not None or self.names.is_any(option)
        if name == "official":
            position = read_official(option, self.on)
            return not position.remarks
        if name == "roles":
            return SEAT.search(fold(option)) is not None
        return bool(values_in(name, option))

    def _seat_columns(self) -> dict[int, str]:
        """Columns to tick, one for members and one for deputies: column → the answer that a tick there means."""
        asked = {header.index: seat_asked(header.text) for header in self.layout.headers if self._ticks(header)}
        words = {index: lexicon("values")["roles"][role.value][0] for index, role in asked.items() if role is not None}
        return words if len(set(words.values())) == 2 else {}

    def _is_gender(self, header: Header) -> bool:
        """Whether a header is a gender alone, over ticks."""
        text = normalised(header.text)
        return len(text) > 2 and is_word("gender", text) and self._ticks(header)

    def _ticks(self, header: Header) -> bool:
        sample = self.evidence[header.index].cells
        return all(is_ticked(cell, header.option or header.text.rsplit(":", 1)[-1]) is not None for cell in sample)

    def _are_codes(self, header: Header) -> bool:
        """Whether a column holds nothing but codes of languages, as a form service writes of the form it showed."""
        cells = [fold(written(cell)) for cell in self.evidence[header.index].cells]
        return bool(cells) and all(re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?", cell) for cell in cells)

    def _by_header(self, header: Header) -> ColumnMatch:
        found = meaning(header.text)
        share = self.evidence[header.index].share(found.field or "")
        if found.field == "mother_tongue" and self._are_codes(header) and not _OWN_LANGUAGE.search(fold(header.text)):
            unclear = replace(found, field=None, confidence="none", reason="unknown")
            return self._match(header, unclear, suggestion="mother_tongue")
        if found.reason == "weak":
            # A header of several meanings is taken only where the answers say the same; one of two letters never.
            enough = 0.6 if len(normalised(header.text)) > 2 else 0.8
            if share is not None and share >= enough and normalised(header.text) != "sv":
                return self._match(header, found)
            left_out = replace(found, field=None, confidence="none")
            return self._match(header, left_out, suggestion=self.evidence[header.index].field() or found.field)
        if found.field == "wishes" and found.reason in ("keyword", "phrase") and not _asks_a_wish(header.text):
            unclear = replace(found, field=None, confidence="none", reason="unknown")
            return self._match(header, unclear, suggestion="wishes")
        match = self._match(header, found)
        if found.field is None:
            told = found.sensitive is not None or found.reason in ("unused", "another_question")
            tables = self.evidence[header.index].share("wishes")
            if not told and tables is not None and tables >= ENOUGH and _ONE_WISH.search(fold(header.text)):
                return self._match(header, Meaning("wishes", "check", "weak", normalised(header.text)))
            return match if told else replace(match, suggestion=self.evidence[header.index].field())
        if share is None and found.field in _CHECKED_BY_VALUES:
            by_values = self.evidence[header.index].field(_OWN_FORM)
            if by_values is not None:
                return replace(match, confidence="check", suggestion=by_values)
        if share is not None and share < 0.2:
            by_values = self.evidence[header.index].field()
            if by_values is not None and by_values != found.field:
                if found.reason == "fuzzy":  # neither the header nor the answers say so
                    return replace(match, field=None, used=False, confidence="none", suggestion=by_values)
                return replace(match, confidence="check", suggestion=by_values)
        return match

    # ── several columns of one field ─────────────────────────────────────────────────────────────────────────────────

    def _resolved(self, found: Sequence[ColumnMatch]) -> list[ColumnMatch]:
        """The matches with all but the best column of a field taken out of use, where only one can be right."""
        by_field: dict[str, list[ColumnMatch]] = {}
        for match in found:
            if match.used and match.field is not None and match.option is None:
                by_field.setdefault(match.field, []).append(match)
        idle: set[int] = set()
        for name, matches in by_field.items():
            if name in TOGETHER or len(matches) == 1:
                continue
            confirmed = [match for match in matches if match.reason == "confirmed"]
            best = min(confirmed or matches, key=self._preference)
            branches = self._branches(best, matches)
            idle |= {match.index for match in matches if match.index not in branches and match.reason != "confirmed"}
        options = {match.field for match in found if match.option is not None}
        idle |= {
            match.index
            for name in options
            if name is not None and name != "wishes"
            for match in by_field.get(name, ())
            if not self.filled[match.index]
        }
        found = [replace(one, used=False, reason="another_column") if one.index in idle else one for one in found]
        # Remarks hold what others wrote of people: taken only by a person's word.
        asked_first = {match.index for match in found if match.field == "remarks" and match.reason != "confirmed"}
        return [replace(one, used=False, reason="if_chosen") if one.index in asked_first else one for one in found]

    def _branches(self, best: ColumnMatch, matches: Sequence[ColumnMatch]) -> frozenset[int]:
        """The columns that ask the same in branches of a form (``Sukupuoli``, ``Sukupuoli2``): of none in a row two are
        filled. At least the best one."""
        asked = min(forms(best.header), key=len, default="")
        mine = [best]
        for match in matches:
            alike = match.index != best.index and min(forms(match.header), key=len, default="") == asked
            if alike and not any(self._meet(match.index, other.index) for other in mine):
                mine.append(match)
        return frozenset(match.index for match in mine)

    def _meet(self, one: int, other: int) -> bool:
        """Whether a row has an answer in both columns."""
        pairs = zip(self.layout.column(one), self.layout.column(other), strict=True)
        return any(not is_empty(first) and not is_empty(second) for first, second in pairs)

    def _preference(self, match: ColumnMatch) -> tuple[int, int, int, int]:
        """Order of columns of one field: by their known rank, sureness, filled cells; the question before the login."""
        sureness = {"sure": 0, "check": 1, "none": 2}[match.confidence]
        return (rank(match.field or "", match.header), sureness, -self.filled[match.index], match.index)

    def in_order(self, columns: Sequence[ColumnMatch], name: str) -> tuple[ColumnMatch, ...]:
        """The columns in use of one field, best first; a form service's login column comes after the question's."""
        mine = [match for match in columns if match.used and match.field == name]
        login = self.login_columns(columns)
        options = [match for match in mine if match.option is not None]
        others = [match for match in mine if match.option is None]
        return (*sorted(others, key=lambda match: (match.index in login, *self._preference(match))), *options)

    def login_columns(self, columns: Sequence[ColumnMatch]) -> frozenset[int]:
        """Columns that Microsoft Forms fills from the login: e-mail and name right after its times."""
        times = [match.index for match in columns if match.field == "submitted_at"]
        if len(times) < 2:
            return frozenset()
        return frozenset(
            match.index
            for match in columns
            if match.field in ("email", "name")
            and match.index - max(t for t in times if t < match.index or t == times[0]) in (1, 2, 3)
        )
