"""All tables at once: what there is to choose from, seats and rules of each table, the workbook."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection.model.people import Role
from selection.model.titles import table_title
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import standings
from selection.ui.components import frame, panel, table
from selection.ui.components.composition import span
from selection.ui.text import escape


def willing(desk: Desk) -> None:
    """For each table: who wishes for it, who accepts a seat as member and as deputy, and how many seats are filled."""
    roles = [Role.MEMBER, *([Role.DEPUTY] if desk.rules.has(Role.DEPUTY) else [])]
    heads = [table.Column(text("ui.overview.table"), head=True, kind="bare")]
    heads.append(table.Column(text("ui.overview.wishes"), kind="number"))
    heads += [table.Column(text(f"ui.overview.willing.{role.value}"), kind="number") for role in roles]
    heads += [table.Column(text(f"ui.seats.{role.value}"), kind="number") for role in roles]
    rows = []
    for index, name in enumerate(desk.pool.tables):
        wishes = sum(name in one.wishes for one in desk.pool.applicants)
        counts = [sum(one.table == index and one.role is role for one in desk.pool.candidates) for role in roles]
        filled = [f"{count} / {aim}" for _, count, aim in standings.seats(desk, [name])[: len(roles)]]
        rows.append(table.Row(name, [table.Cell(table_title(desk.rules, name), strong=True), wishes, *counts, *filled]))
    table.show(table.Table(text("ui.overview.willing"), heads, rows), key="willing")


def all_tables(desk: Desk) -> None:
    """Every requirement and goal in one table, the tables beside each other."""
    found = desk.rows.standings(desk.chosen), desk.rows.goal_standings(desk.chosen)
    panels = [
        panel.Panel(
            table_title(desk.rules, name),
            standings.requirements(desk, found[0], name),
            standings.goals(desk, found[1], name),
            standings.seats(desk, [name]),
        )
        for name in desk.rules.table_ids
    ]
    st.html(_matrix(panels))
    districts(desk)


def _matrix(panels: Sequence[panel.Panel]) -> str:
    """The panels as one table of HTML: a row for each seat count, requirement and goal."""
    lines: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for shown in panels:
        for role, count, aim in shown.seats:
            tone = panel.seats_tone(count, aim)
            lines.setdefault(("ui.panel.seats", role), {})[shown.title] = (f"{count} / {aim}", tone)
        for one in shown.requirements:
            name = f"{one.title}, {one.body}" if one.body else one.title
            standing = one.standing if one.count is None else f"{one.count} ({span(one.at_least, one.at_most)})"
            said = standing if one.holds else f"{standing} {one.standing}"
            lines.setdefault(("ui.panel.required", name), {})[shown.title] = (said, "" if one.holds else "fails")
        for goal in shown.goals:
            off = text("ui.panel.deviates", n=goal.deviation) if goal.deviation else text("ui.goal.met")
            lines.setdefault(("ui.panel.aimed", goal.title), {})[shown.title] = (off, "off" if goal.deviation else "")
    heads = "".join(f'<th scope="col">{escape(shown.title)}</th>' for shown in panels)
    rows = [_summaries(panels)]
    section = ""
    for (code, name), cells in lines.items():
        if code != section:
            section = code
            title = escape(text(code))
            rows.append(f'<tr class="k-part"><th scope="rowgroup" colspan="{len(panels) + 1}">{title}</th></tr>')
        told = [cells.get(shown.title, ("–", "")) for shown in panels]
        values = "".join(f'<td class="k-{tone}">{escape(word)}</td>' for word, tone in told)
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{values}</tr>')
    head = f"<thead><tr><td></td>{heads}</tr></thead>"
    table = f'<table class="k-table k-matrix">{head}<tbody>{"".join(rows)}</tbody></table>'
    return f"{frame.scroll(text('ui.proposal.all'))}{table}</div>"


def _summaries(panels: Sequence[panel.Panel]) -> str:
    cells = "".join(f"<td>{panel.summary(shown)}</td>" for shown in panels)
    return f'<tr><th scope="row">{escape(text("ui.overview.summary"))}</th>{cells}</tr>'


def districts(desk: Desk, *, folded: bool = False) -> None:
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
    homes = {code: table_title(desk.rules, one.id) for one in desk.rules.tables for code in one.postal_codes}
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
    page = f'<table class="k-table k-districts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    if folded:
        with st.expander(text("ui.overview.districts")):
            st.html(page)
        return
    frame.section(text("ui.overview.districts"))
    st.html(page)
