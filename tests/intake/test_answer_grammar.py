"""Answers made by a grammar of three languages, with names of bodies, tables and people that no list holds.

Each sentence comes with what it says. What is read without a finding must be that; a finding is always allowed, and in
the plain sentences none may be needed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from selection.intake.values.ages import read_age
from selection.intake.values.officials import read_official
from selection.intake.values.seats import read_roles
from selection.intake.values.wishes import TableNames, read_wishes
from selection.model.people import Role

ON = dt.date(2025, 6, 1)
EXAMPLES = settings(max_examples=60, deadline=None)
LANGUAGES = ("fi", "sv", "en")
languages = st.sampled_from(LANGUAGES)

#: Syllables of names that are no words: a name takes two or three, and an ending that inflects in no language.
SYLLABLES = ("kro", "vum", "zel", "tagg", "pyx", "drin", "fosk", "bram", "quil", "jast", "wend", "gulp")
names = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=3, unique=True).map(
    lambda parts: "".join(parts).title()
)
several_names = st.lists(names, min_size=3, max_size=4, unique=True)


@dataclass(frozen=True)
class Table:
    """A table by its id alone."""

    id: str
    names: tuple[str, ...] = ()


# ── posts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

YES = {"fi": ("Kyllä", "Olen", "Joo"), "sv": ("Ja", "Ja, det är jag"), "en": ("Yes", "Yes, I am")}
NAMED = {
    "fi": ("{yes}, {name}", "{yes}: {name}", "{yes} – {name}", "{yes} ({name})"),
    "sv": ("{yes}, i {name}", "{yes}: {name}", "{yes} ({name})"),
    "en": ("{yes}, in {name}", "{yes}: {name}", "{yes} – {name}"),
}
POSTS = {
    "fi": ("valtuutettu", "lautakunnan jäsen", "kaupunginhallituksen jäsen", "varavaltuutettu"),
    "sv": ("ledamot i stadsfullmäktige", "nämndledamot", "ledamot i stadsstyrelsen"),
    "en": ("councillor", "board member", "deputy councillor"),
}
NOT_HELD = {
    "fi": ("En ole {post}", "{post} en ole", "olin {post} vuoteen 2017", "{name} on {post}, minä en", "{post} vv. 2009–12", "entinen {post}"),
    "sv": ("Jag är inte {post}", "Nej, inte {post}", "tidigare {post}", "jag var {post} till 2017", "min granne {name} är {post}"),
    "en": ("I am not a {post}", "never a {post}", "former {post}", "I was a {post} until 2017", "my neighbour {name} is a {post}"),
}  # fmt: skip
BESIDE = {
    "fi": ("{post} paikassa {name}", "{post} ({name})", "{name} {post}"),
    "sv": ("{post} på {name}", "{post}, {name}"),
    "en": ("{post} at {name}", "{post} of the {name}"),
}


@EXAMPLES
@given(language=languages, data=st.data(), name=names)
def test_a_yes_that_names_some_body_is_never_counted_in_silence(language: str, data: st.DataObject, name: str) -> None:
    form, yes = data.draw(st.sampled_from(NAMED[language])), data.draw(st.sampled_from(YES[language]))
    reading = read_official(form.format(yes=yes, name=name), ON, ("Lahti",))
    assert reading.value is not None
    assert reading.value.official == ("none",) and reading.remarks


@EXAMPLES
@given(language=languages, data=st.data(), name=names)
def test_a_post_not_held_is_none(language: str, data: st.DataObject, name: str) -> None:
    form, post = data.draw(st.sampled_from(NOT_HELD[language])), data.draw(st.sampled_from(POSTS[language]))
    reading = read_official(form.format(post=post, name=name), ON, ("Lahti",))
    assert reading.value is not None and (reading.value.official == ("none",) or reading.remarks)


@EXAMPLES
@given(language=languages, data=st.data(), name=names)
def test_a_post_beside_an_unknown_name_is_told(language: str, data: st.DataObject, name: str) -> None:
    post = data.draw(st.sampled_from(POSTS[language]))
    plain = read_official(post, ON, ("Lahti",))
    assert plain.value is not None and plain.value.official != ("none",) and not plain.remarks
    reading = read_official(data.draw(st.sampled_from(BESIDE[language])).format(post=post, name=name), ON, ("Lahti",))
    assert reading.value is not None and reading.value.official == plain.value.official and reading.remarks


# ── wishes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#: Sentences of two tables, ``a`` before ``b``.
ORDERED = {
    "fi": (
        "{a}, {b}", "1. {a} 2. {b}", "{b} 2, {a} 1", "{a} ensisijaisesti, {b} toissijaisesti", "ensisijaisesti {a}, toissijaisesti {b}",
        "toissijaisesti {b}, ensisijaisesti {a}", "{b} (2.), {a} (1.)", "{a} (toissijaisesti {b})", "{b}, jos {a} ei onnistu",
        "{b} jos en pääse: {a}", "{a}, jos ei onnistu niin {b}", "ensin {a}, sitten {b}", "ykkönen {a}, kakkonen {b}",
    ),
    "sv": (
        "{a}, {b}", "1. {a} 2. {b}", "{b} 2, {a} 1", "i första hand {a}, i andra hand {b}", "{b} i andra hand, {a} i första hand",
        "helst {a}, annars {b}", "{b}, om inte {a} går", "{a} (1), {b} (2)",
    ),
    "en": (
        "{a}, {b}", "1. {a} 2. {b}", "{b} 2, {a} 1", "first choice {a}, second choice {b}", "second: {b}, first: {a}",
        "{a}, otherwise {b}", "{b} if {a} is full", "{b} unless {a} has room",
    ),
}  # fmt: skip
REFUSED = {
    "fi": (
        "{a}, ei {b}",
        "{a}, en missään tapauksessa {b}",
        "{b} ei, {a} kyllä",
        "ei {b} vaan {a}",
        "{a} mutta ei {b}",
    ),
    "sv": ("{a}, inte {b}", "inte {b} utan {a}", "{a} men inte {b}", "{a}, ej {b}"),
    "en": ("{a}, not {b}", "not {b} but {a}", "{a} but not {b}", "{a}, never {b}"),
}
ALL_BUT = {
    "fi": ("kaikki paitsi {b}", "mikä tahansa muu kuin {b}", "ei {b}"),
    "sv": ("alla utom {b}", "inte {b}", "vilken som helst utom {b}"),
    "en": ("anything but {b}", "any except {b}", "not {b}"),
}


@EXAMPLES
@given(language=languages, data=st.data(), tables=several_names)
def test_wishes_in_their_order(language: str, data: st.DataObject, tables: list[str]) -> None:
    known = TableNames([Table(name) for name in tables])
    first, second = tables[:2]
    reading = read_wishes(data.draw(st.sampled_from(ORDERED[language])).format(a=first, b=second), known)
    assert reading.value is not None
    assert set(reading.value.tables) == {first, second}
    assert reading.value.tables == (first, second) or reading.remarks


@EXAMPLES
@given(language=languages, data=st.data(), tables=several_names)
def test_a_refused_table_is_no_wish(language: str, data: st.DataObject, tables: list[str]) -> None:
    known = TableNames([Table(name) for name in tables])
    wished, refused = tables[:2]
    reading = read_wishes(data.draw(st.sampled_from(REFUSED[language])).format(a=wished, b=refused), known)
    assert reading.value is not None and reading.value.tables == (wished,)


@EXAMPLES
@given(language=languages, data=st.data(), tables=several_names)
def test_all_but_one(language: str, data: st.DataObject, tables: list[str]) -> None:
    known = TableNames([Table(name) for name in tables])
    reading = read_wishes(data.draw(st.sampled_from(ALL_BUT[language])).format(b=tables[0]), known)
    assert reading.value is not None and reading.value.tables == tuple(tables[1:])


# ── ages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

ages = st.integers(18, 90)
OPEN = {
    "fi": ("{n}+", "{n}- v", "{n}–v.", "≥{n}", "{n} vuotta täyttänyt", "{n} v ja vanhemmat", "vähintään {n} v", "c) {n} tai yli"),
    "sv": ("{n}+", "{n} år eller äldre", "minst {n} år", "{n} år och uppåt", "fyllt {n}", "c) {n} eller äldre"),
    "en": ("{n}+", "{n} or older", "at least {n}", "{n} years and over", "{n} and above", "c) {n} or more"),
}  # fmt: skip
CLOSED = {
    "fi": ("{n}–{m}", "{n} - {m} v", "{n}–{m}-vuotias", "b) {n}–{m}", "2. {n}–{m} v"),
    "sv": ("{n}–{m}", "{n}–{m} år", "mellan {n} och {m}", "b) {n}–{m}"),
    "en": ("{n}-{m}", "{n} to {m}", "between {n} and {m}", "b) {n}–{m} years"),
}
UP_TO = {
    "fi": ("enintään {n}", "{n} tai nuorempi"),
    "sv": ("högst {n} år", "{n} eller yngre"),
    "en": ("up to {n}", "{n} or younger"),
}
TURNED = {
    "fi": ("ei {n}", "kohta {n}", "{n}, puolisoni {m}", "en ole vielä {n}", "{n} {name}"),
    "sv": ("inte {n}", "snart {n}", "{n}, min man {m}", "{n} {name}"),
    "en": ("not {n}", "almost {n}", "{n}, my wife {m}", "{n} {name}"),
}


@EXAMPLES
@given(language=languages, data=st.data(), age=ages, more=st.integers(1, 15))
def test_bands(language: str, data: st.DataObject, age: int, more: int) -> None:
    for forms, stated in ((OPEN, (age, None)), (CLOSED, (age, age + more)), (UP_TO, (0, age))):
        answer = data.draw(st.sampled_from(forms[language])).format(n=age, m=age + more)
        reading = read_age(answer, "age_group", ON)
        assert reading.value is not None and reading.value.stated == stated and not reading.remarks, answer


@EXAMPLES
@given(language=languages, data=st.data(), age=ages, more=st.integers(1, 15), name=names)
def test_an_age_turned_is_asked(language: str, data: st.DataObject, age: int, more: int, name: str) -> None:
    answer = data.draw(st.sampled_from(TURNED[language])).format(n=age, m=age + more, name=name)
    reading = read_age(answer, data.draw(st.sampled_from(("age", "age_group"))), ON)
    assert reading.value is None and reading.remarks


@EXAMPLES
@given(year=st.integers(1930, 2005), month=st.integers(1, 12))
def test_years_of_birth(year: int, month: int) -> None:
    for answer in (
        f"{month}.{year}",
        f"{year}-{month:02}",
        f"1.{month}.{year}",
        f"synt. {year}",
        f"född {year}",
        f"born in {year}",
    ):
        reading = read_age(answer, "birth_year", ON)
        assert reading.value is not None and reading.value.birth_year == year and not reading.remarks, answer
    for answer in (f"ennen {year}", f"efter {year}", f"moved here in {year}", f"{year} tai {year + 1}", f"ei {year}"):
        assert read_age(answer, "birth_year", ON).value is None, answer
    shown = dt.datetime(1899, 12, 30) + dt.timedelta(days=year)
    asked = read_age(shown, "birth_year", ON)
    assert asked.value is None and asked.remarks[0].suggestion == str(year)


# ── seats ────────────────────────────────────────────────────────────────────────────────────────────────────────────

SEATS = {
    "fi": {Role.MEMBER: ("jäseneksi", "varsinaiseksi"), Role.DEPUTY: ("varajäseneksi", "varalle")},
    "sv": {Role.MEMBER: ("ledamot", "ordinarie"), Role.DEPUTY: ("ersättare", "suppleant")},
    "en": {Role.MEMBER: ("member", "full member"), Role.DEPUTY: ("deputy", "substitute")},
}
ONE_SEAT = {
    "fi": ("{a}", "vain {a}", "en {b}", "{a}, en {b}", "ei {b} vaan {a}", "{a} kyllä, {b} ei", "en muuksi kuin {a}"),
    "sv": (
        "{a}",
        "bara {a}",
        "inte {b}",
        "{a}, inte {b}",
        "inte {b} utan {a}",
        "{a} ja, {b} nej",
        "inget annat än {a}",
    ),
    "en": ("{a}", "only {a}", "not {b}", "{a}, not {b}", "not a {b} but a {a}", "{a} yes, {b} no", "nothing but {a}"),
}
EITHER_SEAT = {
    "fi": ("{a} tai {b}", "{a} ja {b}", "{a}, jos en pääse {b}", "sekä {a} että {b}"),
    "sv": ("{a} eller {b}", "{a} och {b}", "{a}, om jag inte blir {b}", "både {a} och {b}"),
    "en": ("{a} or {b}", "{a} and {b}", "{a}, if not chosen as {b}", "either {a} or {b}"),
}
NO_SEAT = {
    "fi": ("en {a} enkä {b}", "en kumpaankaan"),
    "sv": ("varken {a} eller {b}", "inte {a} eller {b}"),
    "en": ("neither {a} nor {b}", "not {a} or {b}"),
}


@EXAMPLES
@given(language=languages, data=st.data(), role=st.sampled_from((Role.MEMBER, Role.DEPUTY)))
def test_seats(language: str, data: st.DataObject, role: Role) -> None:
    other = Role.DEPUTY if role is Role.MEMBER else Role.MEMBER
    a, b = (data.draw(st.sampled_from(SEATS[language][one])) for one in (role, other))
    for forms, seats in ((ONE_SEAT, {role}), (EITHER_SEAT, {role, other}), (NO_SEAT, set())):
        answer = data.draw(st.sampled_from(forms[language])).format(a=a, b=b)
        reading = read_roles(answer, "Haettava tehtävä")
        assert reading.value == seats, answer
