"""Composition against goals: for each value the seats drawn one by one, the range and how it stands in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from selection.texts import text
from selection.ui.text import escape


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a goal at a table: seats held, the range aimed at, seats outside of it."""

    label: str
    count: int
    at_least: int | None = None
    at_most: int | None = None
    deviation: int = 0

    @property
    def standing(self) -> str:
        """In words: on goal, so many seats short or over."""
        if not self.deviation:
            return text("ui.goal.met")
        short = self.at_least is not None and self.count < self.at_least
        return text("ui.goal.short" if short else "ui.goal.over", n=self.deviation)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal at one table with its values."""

    title: str
    priority: int
    lines: Sequence[Line]

    @property
    def deviation(self) -> int:
        """Seats outside the ranges in all."""
        return sum(line.deviation for line in self.lines)


def span(at_least: int | None, at_most: int | None) -> str:
    """A range in words: 2–3, at least 1, at most 4."""
    if at_least is not None and at_most is not None:
        return str(at_least) if at_least == at_most else f"{at_least}–{at_most}"
    if at_least is not None:
        return text("ui.at_least", count=at_least)
    return text("ui.at_most", count=at_most) if at_most is not None else "–"


def seats(line: Line) -> str:
    """The seats as HTML: taken, over the range, missing from it, still free within it. Told apart by shape."""
    least, most = line.at_least or 0, line.at_most
    boxes = []
    for seat in range(1, max(line.count, most or 0, least) + 1):
        if seat <= line.count:
            kind = "over" if most is not None and seat > most else "taken"
        else:
            kind = "missing" if seat <= least else "free"
        boxes.append(f'<i class="{kind}"></i>')
    return f'<span class="k-seats" aria-hidden="true">{"".join(boxes)}</span>'


def as_html(goal: Goal, *, heading: int = 3) -> str:
    """One goal as an accessible table."""
    heads = "".join(
        f'<th scope="col" class="{kind}">{escape(text(f"ui.goal.{name}"))}</th>'
        for name, kind in (("value", ""), ("seats", ""), ("count", "n"), ("range", "n"), ("standing", ""))
    )
    rows = "".join(_row(line) for line in goal.lines)
    state = text("ui.goal.all_met") if not goal.deviation else text("ui.goal.off", n=goal.deviation)
    note = f"{text('ui.goal.priority', priority=goal.priority)} · {state}"
    return (
        f'<section class="k-goal"><h{heading}>{escape(goal.title)}</h{heading}><p class="k-quiet">{escape(note)}</p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _row(line: Line) -> str:
    """A value as a row; on a narrow screen its seats stand below its name."""
    drawn = seats(line)
    cells = (
        f'<td class="k-seats-cell">{drawn}</td>',
        f'<td class="n">{line.count}</td>',
        f'<td class="n">{escape(span(line.at_least, line.at_most))}</td>',
        f"<td>{escape(line.standing)}</td>",
    )
    head = f'<th scope="row">{escape(line.label)}<span class="k-seats-small">{drawn}</span></th>'
    return f'<tr class="{"k-off" if line.deviation else ""}">{head}{"".join(cells)}</tr>'


def legend() -> str:
    """What the shapes mean."""
    items = "".join(
        f'<span><i class="{kind}"></i> {escape(text(f"ui.seat.{kind}"))}</span>'
        for kind in ("taken", "missing", "free", "over")
    )
    return f'<p class="k-legend k-seats">{items}</p>'


def show(goals: Sequence[Goal]) -> None:
    """All goals of a table, two beside each other where there is room."""
    st.html(f'{legend()}<div class="k-goals">{"".join(as_html(goal) for goal in goals)}</div>')
