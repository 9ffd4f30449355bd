"""The seed of a draw: one that the round itself fixed, never one that every installation knows."""

from __future__ import annotations

from functools import cache

from selection.errors import InputError
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.presets import preset_names


def public_seed(rules: Rules, given: str | None = None) -> str:
    """The seed given, or the one that the round's own rules state.

    A seed that was not stated, or that a shipped preset has, does not count: with it the same lot would be drawn from
    every pool, and known before anybody applied.

    Raises
    ------
    InputError
        if there is none.
    """
    stated = rules.lottery.seed if "seed" in rules.lottery.model_fields_set else ""
    own = stated if given is None and stated not in _shipped() else given
    if own is None or not own.strip():
        raise InputError("draw_no_seed")
    return own


@cache
def _shipped() -> frozenset[str]:
    return frozenset(preset(name).lottery.seed for name in preset_names())
