"""The rule panel: how each requirement and goal stands, always in sight beside the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from selection.texts import text
from selection.ui.components.composition import Goal, span
from selection.ui.text import escape


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement in one body: what is counted, how many there are, the bounds, whether it holds."""

    title: str
    body: str
    count: int | None
    at_least: int | None
    at_most: int | None
    holds: bool

    @property
    def standing(self) -> str:
        """In words: holds, or so many seats short or over."""
        if self.holds:
            return text("ui.requirement.holds")
        if self.count is not None and self.at_least is not None and self.count < self.at_least:
            return text("ui.requirement.short", n=self.at_least - self.count)
        if self.count is not None and self.at_most is not None and self.count > self.at_most:
            return text("ui.requirement.over", n=self.count - self.at_most)
        return text("ui.requirement.fails")


@dataclass(frozen=True, slots=True)
class Panel:
    """The requirements and goals of one table (or of all), and the seats filled."""

    title: str
    requirements: Sequence[Requirement]
    goals: Sequence[Goal]
    seats: Sequence[tuple[str, int, int]] = ()

    @property
    def failing(self) -> int:
        """Requirements that do not hold."""
        return sum(not one.holds for one in self.requirements)

    @property
    def deviation(self) -> int:
        """Seats outside the goals in all."""
        return sum(goal.deviation for goal in self.goals)


#: How a count of seats is drawn: neither too few nor too many look as if all were well.
SEAT_TONES = {"": "", "off": "k-off", "fails": "k-fails"}


def seats_tone(count: int, aim: int) -> str:
    """``off`` where seats stay vacant, ``fails`` where there are more people than seats."""
    return "" if count == aim else "off" if count < aim else "fails"


def _seats_badge(panel: Panel) -> str:
    """Vacant seats, and people too many, of the bodies of a panel; nothing where each is as large as aimed at."""
    vacant = sum(max(aim - count, 0) for _, count, aim in panel.seats)
    over = sum(max(count - aim, 0) for _, count, aim in panel.seats)
    badges = [("warn", "ui.panel.vacant", vacant), ("bad", "ui.panel.over", over)]
    return "".join(f' <span class="k-badge {tone}">{escape(text(code, n=n))}</span>' for tone, code, n in badges if n)


def summary(panel: Panel) -> str:
    """The panel in one line of HTML: the line that stays in sight on a narrow screen."""
    kept = len(panel.requirements) - panel.failing
    required = text("ui.panel.requirements", kept=kept, all=len(panel.requirements))
    tone = "bad" if panel.failing else "good"
    aimed = ""
    if panel.goals:  # where none is counted, none is met
        off = text("ui.goal.all_met") if not panel.deviation else text("ui.panel.off", n=panel.deviation)
        aimed = f' <span class="k-badge {"warn" if panel.deviation else "good"}">{escape(off)}</span>'
    return (
        f'<p class="k-summary"><span class="k-badge {tone}">{escape(required)}</span>{aimed}{_seats_badge(panel)}</p>'
    )


def as_html(panel: Panel) -> str:
    """The whole panel."""
    filled = "".join(
        f'<li class="{SEAT_TONES[seats_tone(count, aim)]}"><span>{escape(role)}</span><b>{count} / {aim}</b></li>'
        for role, count, aim in panel.seats
    )
    required = "".join(
        f'<li class="{"" if one.holds else "k-fails"}"><span>{escape(one.title)}'
        f"<small>{escape(one.body)}{_counted(one)}</small></span><b>{escape(one.standing)}</b></li>"
        for one in sorted(panel.requirements, key=lambda one: one.holds)
    )
    aimed = _goals(panel)
    parts = [f'<h2 class="k-panel-title">{escape(panel.title)}</h2>', summary(panel)]
    for title, items in (
        ("ui.panel.seats", filled),
        ("ui.panel.required", required),
        ("ui.panel.aimed", aimed),
    ):
        if items:
            parts.append(f"<h3>{escape(text(title))}</h3><ul>{items}</ul>")
    return f'<div class="k-panel" role="region" tabindex="0" aria-label="{escape(panel.title)}">{"".join(parts)}</div>'


def _goals(panel: Panel) -> str:
    return "".join(
        f'<li class="{"k-off" if goal.deviation else ""}"><span>{escape(goal.title)}'
        f"<small>{escape(text('ui.goal.priority', priority=goal.priority))}</small></span>"
        f"<b>{escape(text('ui.panel.deviates', n=goal.deviation) if goal.deviation else text('ui.goal.met'))}</b></li>"
        for goal in panel.goals
    )


def goals_html(panel: Panel) -> str:
    """How every goal stands, as a list."""
    return f'<div class="k-panel"><h3>{escape(text("ui.panel.aimed"))}</h3><ul>{_goals(panel)}</ul></div>'


def _counted(one: Requirement) -> str:
    if one.count is None:
        return ""
    return escape(f" · {one.count} ({span(one.at_least, one.at_most)})")


def show(panel: Panel) -> None:
    """Draw the panel; the style keeps it in sight while the roster scrolls."""
    with st.container(key="rule_panel"):
        st.html(as_html(panel))


def show_summary(panel: Panel) -> None:
    """The panel in one line, kept in sight on a narrow screen, where the panel itself stands below the roster."""
    with st.container(key="rule_summary"):
        st.html(summary(panel))
