"""Applications of a later file by people whom the round has: told by the signs that tell rows of one file."""

from selection.intake.repeats import repeats
from selection.intake.results import Application
from selection.model.people import Applicant


def one(key, name, year, code, email=""):
    values = {"postal_code": (code,)} if code else {}
    return Application(Applicant(key=key, name=name, birth_year=year, values=values), email=email)


HELD = (
    one("a", "Aino Aalto", 1960, "15110", "aino@example.org"),
    one("b", "Eero Eskola", 1971, "15100"),
    one("c", "Olli Oja", 1950, "15610"),
)


def test_who_certainly_is_there_and_who_may_be():
    coming = (
        one("a", "Aino Aalto", 1960, "15110", "aino@example.org"),
        one("d", "ESKOLA, Eero", 1971, "15100"),
        one("i", "Eero Eskola", 1971, "15100", "eero@example.org"),
        one("e", "Olli Ojaa", 1950, "15610"),
        one("f", "Uusi Hakija", 1980, "15610"),
    )
    found = repeats(coming, HELD)
    assert found.there == {"a": "a", "d": "b"}
    assert found.alike == (("i", "b", "same_name"), ("e", "c", "similar_name"))


def test_two_alike_of_the_file_alone_are_no_repeats():
    coming = (one("g", "Väinö Vire", 1950, "15110"), one("h", "Väinö Virre", 1950, "15110"))
    assert repeats(coming, HELD).alike == ()
