"""Checking: what in the applications needs a person's eye, gathered by kind, settled one by one or all alike."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection import actions as do
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import round_at_work, session
from selection.ui.components import erased, frame, role_pages, settlement, table, twins, undo

#: Findings of a row as a whole, by what they are about; the others are gathered by their field.
ABOUT = {
    "likely_duplicate": "twice",
    "same_email": "twice",
    "wishes_merged": "twice",
    "duplicates_disagree": "twice",
    "late_repeat": "twice",
    "wish_elsewhere": "table",
    "no_table": "table",
    "postal_code_ask": "table",
    "under_age": "eligibility",
    "over_age": "eligibility",
    "consent_missing": "eligibility",
    "late": "eligibility",
    "early": "eligibility",
    "postal_code_elsewhere": "eligibility",
    "test_row": "row",
    "struck_out": "row",
}
ORDER = ("twice", "eligibility", "table", "row")
#: Rows shown of one kind at once.
SHOWN = 50


def _kind(finding: do.FindingRow) -> str:
    return ABOUT.get(finding.code) or (f"field:{finding.field}" if finding.field else "row")


def _title(kind: str) -> str:
    if kind.startswith("field:"):
        name = words.field_name(kind.removeprefix("field:"))
        return name[:1].upper() + name[1:]
    return text(f"ui.findings.about.{kind}")


def _row(desk: Desk, finding: do.FindingRow) -> table.Row:
    person = desk.by_id.get(finding.application_id or 0)
    name = person.name if person is not None else ""
    said = table.Cell(
        words.finding_text(desk.rules, finding),
        sub=(text("ui.findings.found", found=finding.found),) if finding.found else (),
    )
    buttons: list[table.Action] = []
    menu: list[table.Action] = []
    if _editable(desk, finding):
        if finding.code == "likely_duplicate" and finding.other_id is not None:
            buttons.append(table.Action("twice", text("ui.findings.compare")))
        if finding.suggestion:
            held = (words.held_value(desk.rules, finding.field or "", one) for one in finding.suggestion)
            value = str(finding.params.get("suggested") or ", ".join(held))
            buttons.append(table.Action("accept", text("ui.findings.accept", value=value)))
        if finding.field in settlement.FIELDS:
            buttons.append(table.Action("type", text("ui.findings.type")))
        (menu if buttons else buttons).append(table.Action("ignore", text("ui.findings.ignore")))
        menu.append(table.Action("card", text("ui.act.card")))
        if person is not None and person.status == "active":
            menu.append(table.Action("aside", text("ui.findings.aside"), look="danger"))
    cells: list[table.Content] = [
        str(finding.row or ""),
        table.Cell(name, strong=True),
        said,
        table.Cell(id=str(finding.id), name=name, buttons=buttons, menu=menu),
    ]
    return table.Row(str(finding.id), cells)


def _editable(desk: Desk, finding: do.FindingRow) -> bool:
    """Whether it can be settled: in a draft, and after the decision what concerns those of a supplementary call."""
    if not role_pages.may(do.Right.PREPARE, desk.round.id):
        return False
    return desk.round.state == "draft" or (
        finding.application_id is not None and desk.may_change(finding.application_id)
    )


def _all_alike(desk: Desk, found: list[do.FindingRow], kind: str) -> None:
    """Buttons that settle a whole kind at once."""
    suggested = [one.id for one in found if one.suggestion and one.code != "likely_duplicate"]
    plain = [one.id for one in found if not one.suggestion and one.code != "likely_duplicate"]
    with st.container(horizontal=True, gap="small"):
        for how, ids in (("accept", suggested), ("ignore", plain)):
            if len(ids) > 1:
                st.button(
                    text(f"ui.findings.all.{how}", n=len(ids)),
                    key=f"all_{how}_{kind}",
                    on_click=_settle,
                    args=(desk, tuple(ids), how),
                )


def _settle(desk: Desk, ids: tuple[int, ...], how: str) -> None:
    action = do.SettleFinding.model_validate({"round_id": desk.round.id, "finding_ids": ids, "how": how})
    session.act(action, told=text("ui.findings.settled", n=len(ids)), revision=session.drawn(desk.round))


def _clicked(desk: Desk) -> Callable[[table.Event], None]:
    def handle(event: table.Event) -> None:
        if not event.subject.isdecimal():
            return
        if event.action in ("accept", "ignore"):
            _settle(desk, (int(event.subject),), event.action)
        else:
            st.session_state["of_round:finding"] = (event.action, int(event.subject))

    return handle


def _shown(desk: Desk, found: list[do.FindingRow]) -> None:
    kinds: dict[str, list[do.FindingRow]] = {}
    for one in found:
        kinds.setdefault(_kind(one), []).append(one)
    heads = [
        table.Column(text("ui.findings.row"), kind="number", width="4rem"),
        table.Column(text("ui.findings.person"), head=True, kind="bare", width="22%"),
        table.Column(text("ui.findings.what")),
        table.Column(text("ui.findings.how"), kind="bare", width="30%"),
    ]
    for kind in sorted(kinds, key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one)):
        held = kinds[kind]
        frame.section(text("ui.findings.of_kind", kind=_title(kind), n=len(held)))
        _all_alike(desk, [one for one in held if _editable(desk, one)], kind)
        rows = [_row(desk, one) for one in held[:SHOWN]]
        table.show(table.Table(_title(kind), heads, rows), key=f"findings_{kind}", on_action=_clicked(desk))
        if len(held) > SHOWN:
            st.caption(text("ui.findings.more", n=len(held) - SHOWN))


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.findings"), text("ui.findings.lede"))
    desk = round_at_work.require()
    if erased.everybody(desk.round):
        return
    if not desk.round.applications:
        frame.missing("applications", "importing")
        return
    if not do.may(session.store(), session.user(), do.Right.DETAILS, desk.round.id):
        st.info(text("ui.findings.withheld"))
        return
    found = do.findings(session.store(), session.user(), desk.round.id)
    waiting = [one for one in found if one.how is None]
    prepares = role_pages.prepares(desk.round.id)
    editable = prepares and (desk.round.state == "draft" or any(_editable(desk, one) for one in found))
    if prepares:
        with st.container(horizontal=True, gap="small"):
            undo.buttons(desk.round.id, disabled=not editable, keep=(f"action.{do.RecordDecision.code}",))
    if prepares and not editable:
        st.info(text("ui.closed"))
    if not waiting:
        st.success(text("ui.findings.none"))
    twins.show(desk)
    _shown(desk, waiting)
    settled = [one for one in found if one.how is not None]
    if settled:
        with st.expander(text("ui.findings.done", n=len(settled))):
            settlement.done(desk, settled)
    twins.ask(desk)
    asked = st.session_state.pop("of_round:finding", None)
    if asked is not None:
        finding = next((one for one in found if one.id == asked[1]), None)
        if finding is not None:
            settlement.ask(desk, finding, asked[0])


page()
