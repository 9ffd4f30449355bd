"""Corrections: what a person decided about a finding or a row; the original answers stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from selection.intake.results import Finding


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about one person's row.

    Attributes
    ----------
    person
        The key of the application or of the row set aside.
    action
        ``value``: read ``value`` instead of the answer to ``field`` (a known field, or a column's header).
        ``set_aside``: take the row out, for ``reason``. ``keep``: keep a row that was set aside, or that looks like
        another person's or like a test, as a person of its own. ``dismiss``: the finding ``code`` needs nothing.
    """

    person: str
    action: Literal["value", "set_aside", "keep", "dismiss"] = "value"
    field: str = ""
    value: str = ""
    reason: str = ""
    code: str = ""


def accepting(finding: Finding) -> Correction:
    """The correction that takes a finding's suggestion.

    Raises
    ------
    ValueError
        if the finding suggests nothing.
    """
    if finding.suggestion is None:
        raise ValueError("no suggestion")
    return typing(finding, finding.suggestion)


def typing(finding: Finding, value: str) -> Correction:
    """The correction that reads ``value`` where the finding stands."""
    # A name may stand in two columns; any other answer is that of its own column.
    field = "name" if finding.field == "name" else finding.column or finding.field or ""
    return Correction(finding.person, "value", field, value, code=finding.code)


def accepting_alike(finding: Finding, findings: Iterable[Finding]) -> tuple[Correction, ...]:
    """Corrections that take the suggestion of every finding of the same kind."""
    return tuple(accepting(one) for one in findings if one.code == finding.code and one.suggestion is not None)


def setting_aside(person: str, reason: str) -> Correction:
    """The correction that takes a row out, with the reason that will be shown."""
    return Correction(person, "set_aside", reason=reason)


def without(corrections: Sequence[Correction], undone: Correction) -> tuple[Correction, ...]:
    """The corrections with one taken back."""
    return tuple(one for one in corrections if one != undone)
