"""Charts of composition against goals: real Excel charts over the cells of the goals' sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from selection.outputs.sheets import INK, LINE

SEATS = "8DB9CF"


@dataclass(frozen=True, slots=True)
class ChartCells:
    """Where a chart's cells stand: rows ``first`` to ``last`` of a sheet whose row 1 names the columns."""

    sheet: Worksheet
    first: int
    last: int
    labels: int
    counts: int
    at_least: int
    at_most: int


def add_composition_chart(sheet: Worksheet, title: str, cells: ChartCells, within: tuple[str, str]) -> None:
    """Columns of seats held, with a dash where a goal's least is and a cross where its most is.

    Told apart by shape and by numbers, so that the chart reads in black and white. The chart fills the cells
    ``within``, from the top left to the bottom right one, whatever font the columns' widths are counted in.
    """
    chart: Any = BarChart()
    chart.type, chart.gapWidth = "col", 45
    chart.series.append(_seats(cells))
    limits: Any = LineChart()
    limits.series.append(_marks(cells, cells.at_least, "dash", 15))
    limits.series.append(_marks(cells, cells.at_most, "x", 7))
    labels = Reference(cells.sheet, min_col=cells.labels, min_row=cells.first, max_row=cells.last)
    chart.set_categories(labels)
    limits.set_categories(labels)
    chart += limits
    chart.title = _title(title)
    chart.legend.position = "b"
    chart.legend.txPr = _text(1000)
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorUnit = 2
    chart.y_axis.number_format = "0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350))
    chart.x_axis.txPr = _text(1000)
    chart.y_axis.txPr = _text(1000)
    # Spreadsheet programs leave out an axis that does not say that it is there.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.anchor = _anchor(*within)
    sheet.add_chart(chart)


def _anchor(first: str, last: str) -> TwoCellAnchor:
    (left, top), (right, bottom) = (coordinate_to_tuple(cell)[::-1] for cell in (first, last))
    anchor = TwoCellAnchor("oneCell")
    anchor._from = AnchorMarker(col=left - 1, row=top - 1)
    anchor.to = AnchorMarker(col=right, row=bottom)
    return anchor


def _series(cells: ChartCells, column: int) -> Any:
    values = Reference(cells.sheet, min_col=column, min_row=cells.first, max_row=cells.last)
    return Series(values, title=str(cells.sheet.cell(1, column).value))


def _seats(cells: ChartCells) -> Any:
    series = _series(cells, cells.counts)
    series.graphicalProperties = GraphicalProperties(solidFill=SEATS)
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False, dLblPos="inBase"
    )
    series.dLbls.txPr = _text(1000, bold=True)
    series.dLbls.spPr = GraphicalProperties(solidFill=SEATS)  # else the mark of a least of one crosses the number out
    return series


def _marks(cells: ChartCells, column: int, symbol: str, size: int) -> Any:
    series = _series(cells, column)
    series.graphicalProperties = GraphicalProperties()
    series.graphicalProperties.line.noFill = True
    series.marker.symbol, series.marker.size = symbol, size
    series.marker.graphicalProperties = GraphicalProperties(solidFill=INK)
    series.marker.graphicalProperties.line.solidFill = INK
    series.smooth = False
    return series


def _title(text: str) -> Title:
    properties = CharacterProperties(sz=1300, b=True, solidFill=INK)
    title = Title(overlay=False)
    run = RegularTextRun(rPr=properties, t=text)
    title.tx = Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(), r=[run])]))
    return title


def _text(size: int, *, bold: bool = False) -> RichText:
    """Letters of ``size`` hundredths of a point."""
    properties = CharacterProperties(sz=size, b=bold, solidFill=INK)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=properties)])
