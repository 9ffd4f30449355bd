"""Word documents: page, typeface, headings, tables with a header row, the document's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from selection.outputs.sheets import clean

INK, QUIET = RGBColor(0x1C, 0x2A, 0x35), RGBColor(0x0B, 0x5A, 0x7D)

#: The product's languages as documents name them.
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


def set_up(document: Any, locale: str) -> None:
    """A4, one typeface, headings in the house's colours, and the language of the text."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(2.0)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 16), (2, 13), (3, 11.5), (4, 10.5)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold, style.font.italic = "Arial", Pt(size), True, False
        style.font.color.rgb = INK if level in (1, 4) else QUIET
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12 if level < 4 else 8), Pt(4)
        style.paragraph_format.keep_with_next = True
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)
    document.core_properties.language = locale[:2]


def shade(cell: Any) -> None:
    """The ground of a header cell."""
    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:fill"), "E4EEF3")
    cell._tc.get_or_add_tcPr().append(ground)


def add_table(
    document: Any, headers: Sequence[str], rows: Sequence[Sequence[str | int | None]], widths: Sequence[float]
) -> None:
    """A table with one header row that is repeated on each page; numbers to the right. ``widths`` in centimetres."""
    table = document.add_table(rows=1 + len(rows), cols=len(headers))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    numeric = [any(_is_number(row[place]) for row in rows) for place in range(len(headers))]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (line, values) in enumerate(zip(table.rows, [headers, *rows], strict=True)):
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, value, width) in enumerate(zip(line.cells, values, widths, strict=True)):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run("" if value is None else clean(str(value)))
            run.font.size, run.bold = Pt(9.5), number == 0
            if numeric[place]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number == 0:
                shade(cell)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _is_number(value: str | int | None) -> bool:
    return isinstance(value, int) or (value is not None and value.endswith("%"))
