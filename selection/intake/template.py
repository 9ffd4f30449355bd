"""The recommended questions of an application form, and a blank workbook with them, its answers in drop-down lists."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from selection.intake.layout import address
from selection.model.people import Role
from selection.model.vocabulary import VOCABULARY
from selection.texts import text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from selection.model.rules import Rules

#: Rows of the template that have drop-down lists.
TEMPLATE_ROWS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One recommended question: its code, its wording, how it is answered, and why it is asked."""

    code: str
    wording: str
    kind: Literal["text", "one", "several"]
    why: str
    options: tuple[str, ...] = ()


_OPEN = ("name", "birth_year", "postal_code", "organisation", "motivation", "email", "phone")
_ORDER = (
    "name",
    "birth_year",
    "gender",
    "postal_code",
    "wishes",
    "roles",
    "kind",
    "organisation",
    "organisation_type",
    "official",
    "served_before",
    "mother_tongue",
    "situation",
    "motivation",
    "email",
    "phone",
    "consent_post",
    "consent_retain",
    "consent_privacy",
)


def recommended_questions(rules: Rules) -> tuple[Question, ...]:
    """What a form should ask for these rules, in the language in force.

    The wish for deputies is left out where the round has none.
    """
    return tuple(_question(code, rules) for code in _ORDER if code != "roles" or rules.has(Role.DEPUTY))


def _question(code: str, rules: Rules) -> Question:
    wording, why = text(f"intake.template.question.{code}"), text(f"intake.template.why.{code}")
    if code in _OPEN:
        return Question(code, wording, "text", why)
    if code == "wishes":
        return Question(code, wording, "several", why, rules.table_ids)
    values: Sequence[str] = VOCABULARY.get(code, ("yes", "no"))
    if code == "roles":
        values = ("member", "deputy", "both")
    topic = "consent" if code.startswith("consent_") else code
    return Question(
        code, wording, "one", why, tuple(text(f"intake.template.option.{topic}.{value}") for value in values)
    )


def template_workbook(rules: Rules) -> bytes:
    """A blank .xlsx in the language in force: a sheet to fill in, one of the questions, and the lists behind them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    questions = recommended_questions(rules)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(text("intake.template.sheet"))
    lists = book.create_sheet(text("intake.template.lists"))
    book.properties.title = text("intake.template.title")
    for index, question in enumerate(questions):
        letter = get_column_letter(index + 1)
        sheet.cell(1, index + 1, question.wording).font = Font(bold=True)
        sheet.cell(1, index + 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letter].width = max(14, min(40, len(question.wording)))
        if question.kind == "text":
            for row in range(2, TEMPLATE_ROWS + 2) if question.code in ("postal_code", "phone") else ():
                sheet.cell(row, index + 1).number_format = "@"
            continue
        for row, option in enumerate(question.options, start=1):
            lists.cell(row, index + 1, option)
        source = f"'{lists.title}'!${letter}$1:${letter}${len(question.options)}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.showErrorMessage = question.kind == "one"  # several wishes may be written in one cell
        choice.error = text("intake.template.invalid")
        choice.add(f"{letter}2:{letter}{TEMPLATE_ROWS + 1}")
        sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    lists.sheet_state = "hidden"
    _describe(book.create_sheet(text("intake.template.questions"), 1), questions)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _describe(sheet: Worksheet, questions: Sequence[Question]) -> None:
    from openpyxl.styles import Alignment, Font

    heads = ("question", "kind", "options", "why")
    for column, head in enumerate(heads, start=1):
        sheet.cell(1, column, text(f"intake.template.{head}")).font = Font(bold=True)
        sheet.column_dimensions[address(0, column - 1)[:-1]].width = (50, 24, 50, 60)[column - 1]
    for row, question in enumerate(questions, start=2):
        cells = (
            question.wording,
            text(f"intake.template.kind.{question.kind}"),
            "\n".join(question.options),
            question.why,
        )
        for column, cell in enumerate(cells, start=1):
            sheet.cell(row, column, cell).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
