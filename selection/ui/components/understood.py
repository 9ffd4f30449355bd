"""How a file was understood, step by step: its sheets, what needs a look, what it changes; each step can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from selection.errors import FileError
from selection.intake import Intake, Mapping, SheetRead, finding_text, grouped, set_aside_text
from selection.intake.messages import note_lines
from selection.model.rules import Rules
from selection.rounds.file_changes import Coming
from selection.texts import text
from selection.ui.components import frame, table
from selection.ui.text import escape, number, plain

#: Errors that another header row may mend.
HEADER_ERRORS = ("no_name_column", "no_header_row", "no_data_rows")
#: People and rows named at once.
NAMED = 30


def counts(intake: Intake, rules: Rules) -> None:
    """Rows, applications, rows set aside, findings; and what is to be said of the file as a whole."""
    items = (
        ("rows", intake.rows),
        ("applications", len(intake.applications)),
        ("set_aside", len(intake.set_aside)),
        ("findings", len(intake.findings)),
    )
    boxes = "".join(
        f"<div><dt>{escape(text(f'ui.import.{name}'))}</dt><dd>{escape(number(count))}</dd></div>"
        for name, count in items
    )
    st.html(f'<dl class="k-figures">{boxes}</dl>')
    for said in note_lines(intake.notes, rules):
        st.info(plain(said))


def sheets(intake: Intake, mapping: Mapping, confirm: Callable[[Mapping], None]) -> None:
    """Which sheets are read and where their header stands, with their first rows; and the way to say otherwise."""
    frame.section(text("ui.sheets.title"))
    heads = [
        table.Column(text("ui.sheets.sheet"), head=True, kind="bare"),
        table.Column(text("ui.import.file"), small="hide"),
        table.Column(text("ui.sheets.header_row"), kind="number"),
        table.Column(text("ui.sheets.rows"), kind="number"),
    ]
    rows = [
        table.Row(str(place), [one.name or one.file, one.file, one.header_row, one.rows])
        for place, one in enumerate(intake.sheets)
    ]
    table.show(table.Table(text("ui.sheets.title"), heads, rows, dense=True), key="sheets")
    for one in intake.sheets:
        with st.expander(text("ui.sheets.first", sheet=plain(one.name or one.file))):
            st.html(_first(one))
    with st.expander(text("ui.sheets.change")), st.form("sheets_form", border=False):
        _change(intake, mapping, confirm)


def _first(sheet: SheetRead) -> str:
    """The first rows as they stand in the file."""
    heads = "".join(f'<th scope="col">{escape(header)}</th>' for header in sheet.headers)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in sheet.first)
    name = text("ui.sheets.first", sheet=sheet.name or sheet.file)
    return (
        f'{frame.scroll(name)}<table class="k-table k-first"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _change(intake: Intake, mapping: Mapping, confirm: Callable[[Mapping], None]) -> None:
    names = list(dict.fromkeys([*(one.name for one in intake.sheets), *mapping.without]))
    read = [name for name in names if name not in mapping.without]
    if len(names) > 1:
        read = st.multiselect(text("ui.sheets.read"), names, read, placeholder=text("ui.edit.choose"))
    chosen = _header_rows(intake)
    if st.form_submit_button(text("ui.save")) and read:
        rows = {file: dict(sheets) for file, sheets in mapping.header_rows.items()}
        depths = {file: dict(sheets) for file, sheets in mapping.header_depths.items()}
        for file, sheet, row, depth in chosen:
            rows.setdefault(file, {})[sheet] = row
            depths.setdefault(file, {})[sheet] = depth
        # Another header row has other headers: what was confirmed of the old ones says nothing of them.
        held = Mapping(header_row=mapping.header_row, persons=mapping.persons) if chosen else mapping
        without = tuple(name for name in names if name not in read)
        confirm(replace(held, without=without, header_rows=rows, header_depths=depths))
        st.rerun()


def _header_rows(intake: Intake) -> list[tuple[str, str, int, int]]:
    """Asks for the header row of each sheet and how many there are, also of those in which none was found: file, sheet,
    row and number of rows where they are others than now."""
    places: list[tuple[str, str, int | None, int]] = [
        (one.file, one.name, one.header_row, one.depth) for one in intake.sheets
    ]
    places += [(one.file, one.sheet, None, 1) for one in intake.notes if one.code == "sheet_passed_over"]
    several = len({file for file, *_ in places}) > 1
    chosen = []
    for place, (file, sheet, now, now_deep) in enumerate(places):
        name = " · ".join(part for part in (file if several or not sheet else "", sheet) if part)
        label = text("ui.sheets.header_row") if len(places) == 1 else text("ui.sheets.header_row_of", sheet=plain(name))
        row = st.number_input(label, 1, 10_000, now, help=text("ui.sheets.header_help"), placeholder="–")
        named = plain(name) if len(places) > 1 else ""
        deep = st.number_input(
            text("ui.sheets.header_depth", sheet=named).strip(), 1, 9, min(now_deep, 9), key=f"header_depth_{place}"
        )
        if row is not None and (row != now or deep != now_deep):
            chosen.append((file, sheet, int(row), int(deep)))
    return chosen


def header_row(error: FileError, confirm: Callable[[Mapping], None]) -> None:
    """Where no header was found: let a person point at it; where rows hold several persons, say how many."""
    if error.code == "several_persons":
        with st.form("persons_form"):
            persons = int(st.number_input(text("ui.sheets.persons"), 1, 9, 2, help=text("ui.sheets.persons_help")))
            if st.form_submit_button(text("ui.sheets.read_anew")):
                confirm(Mapping(persons=persons))
                st.rerun()
    if error.code not in HEADER_ERRORS:
        return
    with st.form("header_form"):
        row = int(st.number_input(text("ui.sheets.header_row"), 1, 10_000, 1, help=text("ui.sheets.header_help")))
        if st.form_submit_button(text("ui.sheets.read_anew")):
            confirm(Mapping(header_row=row))
            st.rerun()


def findings(intake: Intake, rules: Rules) -> None:
    """What will need a look, the likely duplicates among it: by kind, with the rows. Settled on the next page."""
    frame.section(text("ui.import.to_check"))
    st.caption(text("ui.import.to_check_note"))
    rows = []
    for place, group in enumerate(grouped(intake.findings)):
        numbers = list(dict.fromkeys(one.origin.row for one in group.findings))
        said = ", ".join(map(str, numbers[:NAMED])) + (" …" if len(numbers) > NAMED else "")
        rows.append(table.Row(str(place), [finding_text(group.findings[0], rules), len(group.findings), said]))
    heads = [
        table.Column(text("ui.import.example"), head=True, kind="bare", width="50%"),
        table.Column(text("ui.import.count"), kind="number"),
        table.Column(text("ui.import.on_rows")),
    ]
    empty = text("ui.import.nothing_to_check")
    table.show(table.Table(text("ui.import.to_check"), heads, rows, empty=empty, dense=True), key="to_check")
    _set_aside(intake)


def _set_aside(intake: Intake) -> None:
    """Rows that become no application, each with the reason and the row that stays in its place."""
    if not intake.set_aside:
        return
    with st.expander(text("ui.import.set_aside_list", n=len(intake.set_aside))):
        rows = [
            table.Row(
                str(place),
                [
                    str(row.origin.row),
                    set_aside_text(row),
                    str(row.same_as.row) if row.same_as is not None else "",
                ],
            )
            for place, row in enumerate(intake.set_aside)
        ]
        heads = [
            table.Column(text("ui.import.row"), head=True, kind="number"),
            table.Column(text("ui.import.why")),
            table.Column(text("ui.import.kept_row"), small="hide"),
        ]
        table.show(table.Table(text("ui.import.set_aside"), heads, rows, dense=True), key="set_aside")
        st.caption(text("ui.import.set_aside_note"))


def difference(coming: Coming) -> bool:
    """What the file changes, by name and answer; whether people missing from it shall be set aside."""
    frame.section(text("ui.import.difference"))
    lines = "".join(
        f"<li><b>{count}</b> {escape(text(f'ui.import.difference.{name}'))}</li>"
        for name, count in (
            ("new", len(coming.new)),
            ("changed", len(coming.changed)),
            ("same", coming.same),
            ("gone", len(coming.gone)),
        )
    )
    st.html(f'<ul class="k-plain">{lines}</ul>')
    rows = [table.Row(f"new-{n}", [name, _badge("new"), ""]) for n, name in enumerate(coming.new)]
    rows += [
        table.Row(
            f"changed-{n}",
            [
                one.name,
                _badge("changed"),
                table.Cell(sub=[f"{head}: {was or '–'} → {now or '–'}" for head, was, now in one.answers]),
            ],
        )
        for n, one in enumerate(coming.changed)
    ]
    rows += [table.Row(f"gone-{n}", [name, _badge("gone"), ""]) for n, name in enumerate(coming.gone)]
    if rows:
        with st.expander(text("ui.import.difference.people", n=len(rows))):
            heads = [
                table.Column(text("ui.findings.person"), head=True, kind="bare", width="24%"),
                table.Column(text("ui.compare.change")),
                table.Column(text("ui.import.difference.answers")),
            ]
            table.show(table.Table(text("ui.import.difference"), heads, rows, dense=True), key="coming")
    if not coming.gone:
        return False
    return st.checkbox(text("ui.import.replace", n=len(coming.gone)), help=text("ui.import.replace_help"))


def _badge(what: str) -> table.Cell:
    tone = {"new": "good", "changed": "warn", "gone": "bad"}[what]
    return table.Cell(badges=[table.Badge(text(f"ui.import.is_{what}"), tone)])


def like_before(name: str, new: Sequence[str], gone: Sequence[str]) -> None:
    """The columns were read as in an earlier file; what differs from it."""
    said = [text("ui.import.like_before", name=plain(name))]
    if new:
        said.append(text("ui.import.new_columns", columns=plain(", ".join(new))))
    if gone:
        said.append(text("ui.import.gone_columns", columns=plain(", ".join(gone))))
    st.info(" ".join(said))
