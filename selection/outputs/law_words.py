"""The Equality Act's share of each body in words: the same sentence wherever it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selection.model.law import LEAST_SHARE, BodyShare
from selection.model.rules import Rules
from selection.model.titles import table_title
from selection.outputs.rule_words import share_in_words
from selection.texts import text


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; with decimals where less than 40 % would be read as 40."""
    if not whole:
        return "–"
    rounded = (200 * part + whole) // (2 * whole)
    if part < LEAST_SHARE * whole and rounded >= 100 * LEAST_SHARE:
        return share_in_words(Fraction(part, whole))
    return f"{rounded} %"


def body_name(rules: Rules, body: BodyShare) -> str:
    """Which body: ``Itäinen, jäsenet``."""
    return text("law.body", table=table_title(rules, body.table), body=text(f"workbook.body.{body.role.value}").lower())


def counts(body: BodyShare) -> str:
    """Women and men of a body with their per cent."""
    if body.women is None or body.men is None:
        return text("law.size", n=body.size)
    return text(
        "law.counts",
        women=body.women,
        men=body.men,
        size=body.size,
        women_percent=percent(body.women, body.size),
        men_percent=percent(body.men, body.size),
    )


def verdict(body: BodyShare) -> str:
    """Whether a body is lawful, in words."""
    if not body.measured:
        return text("law.unmeasured")
    if not body.holds:
        return text("law.fails", least=body.least)
    return text("law.rounded", least=body.least) if body.rounded else text("law.holds")


def line(rules: Rules, body: BodyShare) -> str:
    """A body with its counts and the verdict, as a sentence."""
    return text("law.line", body=body_name(rules, body), counts=counts(body), verdict=verdict(body))


def named(rules: Rules, body: BodyShare) -> str:
    """A body with its counts: ``Itäinen, jäsenet: naisia 9/10 (90 %), miehiä 1/10 (10 %)``."""
    return text("law.named", body=body_name(rules, body), counts=counts(body))


def sentence(rules: Rules, body: BodyShare) -> str:
    """A body with its counts and what the law says of them, as a document says it."""
    code = "unmeasured" if not body.measured else "fails" if not body.holds else "rounded" if body.rounded else "holds"
    return text(f"law.sentence.{code}", body=named(rules, body), least=body.least)


def summary(bodies: Sequence[BodyShare]) -> str:
    """What holds of all bodies together; empty where the Act does not apply or nobody is seated."""
    if not bodies:
        return ""
    failing, unmeasured = sum(one.holds is False for one in bodies), sum(not one.measured for one in bodies)
    if failing:
        return text("law.all.fails", n=failing, bodies=len(bodies))
    if unmeasured:
        return text("law.all.unmeasured", n=unmeasured, bodies=len(bodies))
    return text("law.all.rounded" if any(one.rounded for one in bodies) else "law.all.holds", bodies=len(bodies))
