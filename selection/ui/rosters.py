"""A roster as a table: members beside their deputies, reserves, vacant seats, and what can be done with each person."""

from __future__ import annotations

from collections.abc import Sequence

from selection import actions as do
from selection.model.people import Applicant, Role
from selection.model.roster import sort_name
from selection.model.titles import table_title
from selection.rounds.desk import Desk
from selection.rounds.intake_step import ORGANISATION_NAME
from selection.texts import label, text
from selection.ui.components.table import Action, Badge, Cell, Column, Content, Row, Table


def about(desk: Desk, person: do.ApplicationRow) -> str:
    """A person in one line: age, postal code, resident or whose representative."""
    place = desk.pool.places.get(person.person_key)
    age = desk.pool.ages[place] if place is not None else None
    parts = []
    if age is not None:
        parts.append(text("ui.age", age=age[0]) if age[0] == age[1] else _band(age))
    applicant = person.as_applicant()
    if not (person.non_disclosure or person.hides_place):
        parts += [value for value in (applicant.value("postal_code"), applicant.value("district")) if value][:1]
    kind, organisation = applicant.value("kind"), organisation_of(applicant)
    if kind == "representative" and organisation:
        parts.append(organisation)
    elif kind:
        parts.append(label("kind", kind))
    return " · ".join(parts)


def unseated(desk: Desk) -> str:
    """That somebody has no seat: in the proposal, or after the decision at all."""
    decided = desk.round.state == "decided"
    return text("ui.applicants.unseated.decided") if decided else text("ui.applicants.unseated")


def organisation_of(applicant: Applicant) -> str | None:
    """The organisation as the applicant wrote it, else in the form that is compared."""
    return applicant.value(ORGANISATION_NAME) or applicant.value("organisation")


def _band(age: tuple[int, int | None]) -> str:
    return text("ui.age", age=f"{age[0]}+" if age[1] is None else f"{age[0]}–{age[1]}")


def badges(desk: Desk, person: do.ApplicationRow) -> list[Badge]:
    """What a person at the table asks at once: officials, who sat before, locks, contacts."""
    applicant = person.as_applicant()
    found = []
    official = applicant.value("official")
    if official and official != "none":
        found.append(Badge(label("official", official)))
    if applicant.value("served_before") == "yes":
        found.append(Badge(text("ui.badge.served_before")))
    if desk.came_later(person.id):
        found.append(Badge(text("ui.badge.later")))
    if person.non_disclosure:
        found.append(Badge(text("ui.badge.non_disclosure"), "warn"))
    lock = desk.lock_of.get(person.id)
    if lock is None and person.person_key in desk.held_keys:
        found.append(Badge(text("held.badge"), "strong"))
    if lock is not None:
        found.append(Badge(text(f"ui.badge.lock_{lock.kind}"), "strong"))
    if person.contact is not None:
        tone = {"agreed": "good", "declined": "bad"}.get(person.contact.status, "")
        found.append(Badge(text(f"ui.contact.{person.contact.status}"), tone))
    return found


def actions(desk: Desk, person: do.ApplicationRow, role: Role) -> tuple[list[Action], list[Action]]:
    """The lock switch, and the menu of a seated person."""
    lock = desk.lock_of.get(person.id)
    switch = Action(
        "lock",
        text("ui.act.lock"),
        text("ui.act.unlock"),
        pressed=(lock is not None and lock.kind == "seat") or person.person_key in desk.held_keys,
        icon="unlock",
        icon_on="lock",
    )
    trial = desk.version is not None and not desk.version.current
    asked = text("ui.apply.why_not") if role is Role.RESERVE else text("ui.act.why")
    menu = [Action("why", asked), Action("swap", text("ui.act.swap")), Action("move", text("ui.act.move"))]
    if role is Role.MEMBER and desk.rules.has(Role.DEPUTY) and desk.rules.deputies.personal:
        menu.append(Action("deputy", text("ui.act.deputy")))
    menu += [
        Action("card", text("ui.act.card")),
        Action("remove", text("ui.act.remove"), look="danger"),
    ]
    if trial:
        # Locks are the round's, not a trial's.
        return [], menu
    return [switch], [*menu, Action("out", text("ui.act.out"), look="danger")]


def looking() -> list[Action]:
    """The menu of a seated person for who may not change the roster, or where nobody may any more."""
    return [Action("why", text("ui.act.why")), Action("card", text("ui.act.card"))]


def person_cell(desk: Desk, key: str, role: Role, *, editable: bool, menu: Sequence[Action] = ()) -> Cell:
    """A seated person; ``menu`` in place of what a draft offers."""
    person = desk.people.get(key)
    if person is None:
        return Cell(text("ui.erased_person"), quiet=True)
    buttons, items = actions(desk, person, role) if editable else ([], list(menu))
    return Cell(
        person.name,
        id=str(person.id),
        strong=True,
        sub=(about(desk, person),),
        badges=badges(desk, person),
        buttons=buttons,
        menu=items,
    )


def by_name(desk: Desk, keys: Sequence[str]) -> list[str]:
    """Person keys in alphabetical order of surnames: a roster shows no rank."""
    return sorted(keys, key=lambda key: (sort_name(desk.people[key].name if key in desk.people else key), key))


def roster_table(desk: Desk, table: str, *, editable: bool = True, menu: Sequence[Action] = ()) -> Table:
    """Members with their personal deputies, then deputies without a member, then seats that stay vacant; deputies who
    are nobody's own have a table of their own."""
    roster, rules = desk.roster, desk.rules
    members = by_name(desk, [seat.person for seat in roster.at(table, Role.MEMBER)])
    deputies = {seat.deputy_of: seat.person for seat in roster.at(table, Role.DEPUTY) if seat.deputy_of is not None}
    has_deputies = rules.deputies.personal and bool(rules.aim(table, Role.DEPUTY))
    alone = [seat.person for seat in roster.at(table, Role.DEPUTY) if seat.deputy_of not in members]
    loose = [] if rules.ordered_deputies else by_name(desk, alone)
    columns = [Column(text("ui.roster.member"), head=True, width="50%" if has_deputies else None)]
    if has_deputies:
        columns.append(Column(text("ui.roster.deputy")))
    vacant = Cell(text("ui.roster.vacant"), quiet=True)
    rows = []

    def seated(key: str, role: Role) -> Cell:
        return person_cell(desk, key, role, editable=editable, menu=menu)

    for member in members:
        cells: list[Content] = [seated(member, Role.MEMBER)]
        if has_deputies:
            deputy = deputies.get(member)
            cells.append(seated(deputy, Role.DEPUTY) if deputy else vacant)
        rows.append(Row(member, cells))
    for number in range(rules.aim(table, Role.MEMBER) - len(members)):
        second = [None] if has_deputies else []
        rows.append(Row(f"vacant-{number}", [vacant, *second], tone="vacant"))
    for deputy in loose:
        rows.append(
            Row(
                deputy,
                [
                    Cell(text("ui.roster.unpaired"), quiet=True),
                    seated(deputy, Role.DEPUTY),
                ],
            )
        )
    return Table(
        text("ui.roster.caption", table=table_title(desk.rules, table)), columns, rows, empty=text("ui.roster.empty")
    )


def deputy_table(desk: Desk, table: str, *, editable: bool = True, menu: Sequence[Action] = ()) -> Table:
    """The deputies of a table in the order in which they rise; then seats that stay vacant."""
    seats = desk.roster.at(table, Role.DEPUTY)
    rows = [
        Row(
            seat.person,
            [Cell(f"{number}."), person_cell(desk, seat.person, Role.DEPUTY, editable=editable, menu=menu)],
        )
        for number, seat in enumerate(seats, start=1)
    ]
    vacant = [Cell(""), Cell(text("ui.roster.vacant"), quiet=True)]
    missing = range(desk.rules.aim(table, Role.DEPUTY) - len(seats))
    rows += [Row(f"vacant-deputy-{number}", list(vacant), tone="vacant") for number in missing]
    return Table(
        text("ui.roster.deputies", table=table_title(desk.rules, table)),
        [Column(text("ui.roster.order"), width="5rem"), Column(label("seat", "deputy"), head=True)],
        rows,
    )


def reserve_table(desk: Desk, table: str, *, editable: bool = True, menu: Sequence[Action] = ()) -> Table:
    """The reserves of a table, in alphabetical order."""
    keys = by_name(desk, [seat.person for seat in desk.roster.at(table, Role.RESERVE)])
    rows = [Row(key, [person_cell(desk, key, Role.RESERVE, editable=editable, menu=menu)]) for key in keys]
    return Table(
        text("ui.roster.reserves", table=table_title(desk.rules, table)),
        [Column(text("ui.roster.reserve"), head=True)],
        rows,
    )


def beside_table(desk: Desk, table: str) -> Table:
    """Those who belong to the table without a seat, in alphabetical order."""
    people = [
        one
        for one in desk.people.values()
        if one.beside and one.status == "active" and one.beside_table in (table, None)
    ]
    keys = by_name(desk, [one.person_key for one in people])
    menu = [Action("card", text("ui.act.card"))]
    rows = [Row(key, [person_cell(desk, key, Role.MEMBER, editable=False, menu=menu)]) for key in keys]
    return Table(
        text("ui.roster.beside", table=table_title(desk.rules, table)),
        [Column(text("ui.roster.beside_title"), head=True)],
        rows,
    )
