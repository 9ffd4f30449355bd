"""Sheets of figures: goals and requirements, women and men, and the charts of composition against goals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from selection.model.applied import waived
from selection.model.law import law_of
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.titles import rule_name, table_title
from selection.outputs import law_words
from selection.outputs.charts import ChartCells, add_composition_chart
from selection.outputs.people import group_words
from selection.outputs.sheets import INK, Column, Line, add_sheet, put, set_up_print, sheet_title
from selection.proposal import Proposal
from selection.texts import label, text

#: Chart sheets are one A4 page: where one, two and three charts stand.
_LAST_ROW = 38
_PLACES = (
    (("A4", "N38"),),
    (("A4", "N20"), ("A22", "N38")),
    (("A4", "N20"), ("A22", "G38"), ("H22", "N38")),
)
#: Column of the goals' sheet, from 1.
_VALUE, _COUNT, _AT_LEAST, _AT_MOST = 4, 5, 6, 7


def add_goals(book: Workbook, proposal: Proposal) -> Worksheet:
    """Every goal of every table, by table, priority and rule: what is, and what was aimed at."""
    columns = [
        Column(text("workbook.table"), 14),
        Column(text("workbook.priority"), 10),
        Column(text("workbook.goal"), 38, strong=True),
        Column(text("workbook.value"), 26),
        Column(text("workbook.count"), 10),
        Column(text("workbook.at_least"), 12),
        Column(text("workbook.at_most"), 12),
        Column(text("workbook.standing"), 26),
    ]
    return add_sheet(book, text("workbook.composition"), columns, goal_lines(proposal), still=1)


def goal_lines(proposal: Proposal) -> list[Line]:
    """The lines of the goals' sheet."""
    return [
        Line(
            (
                _where(proposal.rules, one.table),
                one.priority,
                rule_name(proposal.rules, one.id),
                group_words(proposal.rules, one.id, one.value),
                one.count,
                one.at_least,
                one.at_most,
                text("workbook.met") if one.holds else text("workbook.off", n=one.deviation),
            ),
            fails=not one.holds,
        )
        for one in ordered_goals(proposal)
    ]


def _where(rules: Rules, table: str | None) -> str:
    """A table in words; all tables together where there is none."""
    return text("data.all_tables") if table is None else table_title(rules, table)


def ordered_goals(proposal: Proposal) -> list[Standing]:
    """Goals by table and priority, within these in the order of the rules; those of all tables together last."""
    tables: dict[str | None, int] = {table: place for place, table in enumerate((*proposal.pool.tables, None))}
    return sorted(proposal.goals(), key=lambda one: (tables[one.table], one.priority or 0))


def add_charts(book: Workbook, proposal: Proposal, goals: Worksheet) -> list[list[str]]:
    """A page of charts for each table, over the cells of the goals' sheet: one chart a priority.

    Returns a description of each chart, for those who do not see it, by page.
    """
    row = 2
    descriptions: list[list[str]] = []
    for table, group in groupby(ordered_goals(proposal), key=lambda one: one.table):
        spans: list[tuple[int, int, int]] = []
        descriptions.append([])
        for priority, run in groupby(group, key=lambda one: one.priority):
            here = list(run)
            count, met = len(here), sum(one.holds for one in here)
            words = {"title": text(f"workbook.chart.{priority}"), "table": _where(proposal.rules, table)}
            descriptions[-1].append(text("workbook.chart_text", n=count, met=met, **words))
            spans.append((priority or 0, row, row + count - 1))
            row += count
        _add_chart_page(book, _where(proposal.rules, table), goals, spans)
    return descriptions


def _add_chart_page(book: Workbook, table: str, goals: Worksheet, spans: Sequence[tuple[int, int, int]]) -> None:
    sheet: Worksheet = book.create_sheet(sheet_title(text("workbook.charts", table=table), book.sheetnames))
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, text("workbook.charts_of", table=table)).font = Font(name="Arial", size=14, bold=True, color=INK)
    put(sheet, 2, 1, text("workbook.charts_note")).font = Font(name="Arial", size=10, color=INK)
    for number, (priority, first, last) in enumerate(spans):
        cells = ChartCells(goals, first, last, _VALUE, _COUNT, _AT_LEAST, _AT_MOST)
        places = _PLACES[min(len(spans), len(_PLACES)) - 1]
        add_composition_chart(sheet, text(f"workbook.chart.{priority}"), cells, places[number])
    for column in "ABCDEFGHIJKLMN":
        sheet.column_dimensions[column].width = 12.2
    for row in range(1, _LAST_ROW + 1):
        sheet.row_dimensions[row].height = 15 if row > 1 else 21
    set_up_print(sheet)
    sheet.print_title_rows = None
    sheet.page_setup.fitToHeight = 1
    sheet.print_area = f"A1:N{_LAST_ROW}"


def add_law(book: Workbook, proposal: Proposal) -> Worksheet | None:
    """The Equality Act's share of women and men in each body; no sheet where the Act does not apply."""
    if not proposal.rules.law.equality_act:
        return None
    columns = [
        Column(text("workbook.table"), 14),
        Column(text("workbook.body"), 16),
        Column(text("workbook.women"), 10),
        Column(text("workbook.men"), 10),
        Column(text("workbook.unstated"), 16),
        Column(text("workbook.together"), 12),
        Column(text("workbook.least_women"), 16),
        Column(text("workbook.least_men"), 16),
        Column(text("workbook.share_women"), 12),
        Column(text("workbook.share_men"), 12),
        Column(text("workbook.standing"), 44),
    ]
    return add_sheet(book, text("workbook.gender"), columns, law_lines(proposal), still=2, filtered=False)


def law_lines(proposal: Proposal) -> list[Line]:
    """The lines of the sheet of the Equality Act."""
    return [
        Line(
            (
                table_title(proposal.rules, one.table),
                text(f"workbook.body.{one.role.value}"),
                one.women,
                one.men,
                one.unstated,
                one.size,
                one.least,
                one.least,
                None if one.women is None else law_words.percent(one.women, one.size),
                None if one.men is None else law_words.percent(one.men, one.size),
                law_words.verdict(one),
            ),
            fails=one.holds is False,
        )
        for one in law_of(proposal)
    ]


def percent(part: int, whole: int) -> str:
    """A share in whole per cent."""
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else "–"


def add_requirements(book: Workbook, proposal: Proposal) -> Worksheet:
    """Every requirement and how it stands, and which were waived."""
    columns = [
        Column(text("workbook.table"), 14),
        Column(text("workbook.body"), 30),
        Column(text("workbook.requirement"), 36, strong=True),
        Column(text("workbook.count"), 10),
        Column(text("workbook.at_least"), 12),
        Column(text("workbook.at_most"), 12),
        Column(text("workbook.standing"), 26),
    ]
    return add_sheet(book, text("workbook.requirements"), columns, requirement_lines(proposal), still=1)


def requirement_lines(proposal: Proposal) -> list[Line]:
    """The lines of the requirements' sheet."""
    rules = proposal.rules
    without = [
        Line((None, None, rule_name(rules, one), None, None, None, text("workbook.waived")), fails=True)
        for one in waived(proposal.pool, rules)
    ]
    return without + [
        Line(
            (
                _where(rules, one.table),
                label("seat", one.role) if one.role else None,
                rule_name(rules, one.id),
                one.count,
                one.at_least,
                one.at_most,
                text("workbook.holds") if one.holds else text("workbook.fails", n=one.deviation),
            ),
            fails=not one.holds,
        )
        for one in proposal.requirements()
    ]


#: Sheets of figures that are counted from the roster alone, by the code under which the layout knows them.
FIGURES = ("goals", "law", "requirements")


def figure_lines(proposal: Proposal) -> dict[str, list[Line]]:
    """The lines of each sheet of figures."""
    return {
        "goals": goal_lines(proposal),
        "law": law_lines(proposal),
        "requirements": requirement_lines(proposal),
    }
