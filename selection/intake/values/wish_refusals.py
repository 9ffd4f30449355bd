"""Tables that an answer names and does not wish for: refused ones, and those only mentioned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from selection.intake.values.circumstances import is_earlier, is_of_another
from selection.intake.values.wish_order import rank_in

#: A negation that may be of a table.
_NEGATION = re.compile(
    r"\b(?:ei|eikä|en|enkä|älkää|inte|ej|icke|aldrig|not|never|no|nor)\b|n't\b|\bvält(?:än|tää|täisin)\w*|\bundvik\w*|\bavoid\w*"
)
#: How a negation goes on that is of no table.
_OF_ELSE = re.compile(
    r"\s*(?:väliä|merkity\w*|haittaa|osaa|tiedä|ole varma|mitään|mikään|muita|muu\w*|koske|"
    r"asu\w*|ole (?:väliä|ollut|käynyt|asunut)|"
    r"någon skillnad|säker|vet|nödvändigtvis|välttämättä|sure|necessarily|matter|preference|live|bor)\b"
)
#: Pieces of an answer that each wish, refuse or mention.
_PIECES = re.compile(
    r"[;:,.\n()/]|\b(?:mutta|vaan|men|utan|but|niin|muuten|muutoin|annars|otherwise|nyt|nu|now|so|kunhan)\b|"
    r"\b(?=(?:jos|mikäli|ellen|ellei|om|ifall|if|unless)\b)"
)
_CONDITION = re.compile(r"\s*(?:jos|mikäli|ellen|ellei|om|ifall|if|unless)\b")
#: Where somebody lives, works or comes from, which is no wish.
_MENTIONED = re.compile(
    r"\b(?:asun|asuu|asumme|asuin\w*|kotoisin|kotini|työskent\w*|työpaik\w*|työni|muutan|muutin|muutimme|vaihtaisin|"
    r"bor|bodde|jobbar|arbetar|flytta\w*|hem|hemma|live|living|work(?:ing|s|place)?|moved?|moving)\b"
)


def not_wished(found: Sequence[tuple[int, str]], text: str) -> tuple[set[str], set[str]]:
    """Tables that a text refuses, and those that it only mentions, such as where somebody lives."""
    refused: set[str] = set()
    mentioned: set[str] = set()
    edges = [0, *(match.end() for match in _PIECES.finditer(text)), len(text)]
    for left, right in pairwise(edges):
        piece = text[left:right]
        named = [(place - left, table) for place, table in found if left <= place < right]
        if not named:
            continue
        if _MENTIONED.search(piece) or is_of_another(piece) or is_earlier(piece):
            mentioned |= {table for _, table in named}
            continue
        if _CONDITION.match(piece):
            continue
        denial = next((one for one in _NEGATION.finditer(piece) if not _OF_ELSE.match(piece, one.end())), None)
        if denial is not None and rank_in(piece[denial.end() :]) is None:
            after = {table for place, table in named if place > denial.start()}
            refused |= after or {table for _, table in named}
    return refused, mentioned
