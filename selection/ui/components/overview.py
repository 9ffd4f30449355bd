"""All tables at once: what there is to choose from, seats and rules of each table, the workbook."""

from __future__ import annotations

import streamlit as st

from selection.pool import Role
from selection.texts import text
from selection.ui import standings, words
from selection.ui.components import frame, panel, table
from selection.ui.desk import Desk
from selection.ui.text import escape


def willing(desk: Desk) -> None:
    """For each table: seats, and how many applicants accept a seat as member and as deputy."""
    roles = [Role.MEMBER, *([Role.DEPUTY] if desk.rules.deputies.aim else [])]
    heads = [table.Column(text("ui.overview.table"), head=True)]
    heads += [table.Column(text(f"ui.overview.willing.{role.value}"), kind="number") for role in roles]
    heads += [table.Column(text("ui.overview.seats"), kind="number")]
    rows = []
    for index, name in enumerate(desk.pool.tables):
        counts = [sum(one.table == index and one.role is role for one in desk.pool.candidates) for role in roles]
        seats = desk.rules.members.aim + desk.rules.deputies.aim
        rows.append(table.Row(name, [table.Cell(words.table_name(name), strong=True), *counts, seats]))
    table.show(table.Table(text("ui.overview.willing"), heads, rows), key="willing")


def all_tables(desk: Desk) -> None:
    """Each table in one row: seats filled, requirements kept, seats away from the goals."""
    found = desk.rows.standings(desk.chosen), desk.rows.goal_standings(desk.chosen)
    parts = []
    for name in desk.rules.table_ids:
        shown = panel.Panel(
            words.table_name(name),
            standings.requirements(desk, found[0], name),
            standings.goals(desk, found[1], name),
            standings.seats(desk, [name]),
        )
        parts.append(panel.as_html(shown))
    st.html(f'<div class="k-panels">{"".join(parts)}</div>')
    _districts(desk)


def _districts(desk: Desk) -> None:
    """Applicants and seats per postal code, as a list of bars with numbers: nothing is loaded from a map service."""
    applicants: dict[str, int] = {}
    seated: dict[str, int] = {}
    taken = set(desk.roster.people())
    for one in desk.pool.applicants:
        code = one.value("postal_code")
        if code is not None:
            applicants[code] = applicants.get(code, 0) + 1
            seated[code] = seated.get(code, 0) + (one.key in taken)
    if not applicants:
        return
    most = max(applicants.values())
    frame.section(text("ui.overview.districts"))
    homes = {code: words.table_name(one.id) for one in desk.rules.tables for code in one.postal_codes}
    heads = "".join(
        f'<th scope="col" class="{kind}">{escape(text(f"ui.overview.district.{name}"))}</th>'
        for name, kind in (("code", ""), ("table", ""), ("bar", ""), ("applicants", "n"), ("seats", "n"))
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(code)}</th><td>{escape(homes.get(code, "–"))}</td>'
        f'<td class="k-bar-cell"><span class="k-bar" aria-hidden="true" style="width:{100 * count / most:.0f}%">'
        f'<i style="width:{100 * seated[code] / count:.0f}%"></i></span></td>'
        f'<td class="n">{count}</td><td class="n">{seated[code]}</td></tr>'
        for code, count in sorted(applicants.items(), key=lambda item: (homes.get(item[0], "~"), item[0]))
    )
    st.html(f'<table class="k-table k-districts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def download(desk: Desk) -> None:
    """The workbook of the proposal; made when it is asked for."""
