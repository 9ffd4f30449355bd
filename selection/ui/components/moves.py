"""Moves: who comes, who goes and who changes seats between two rosters, as a table."""

from __future__ import annotations

from selection import actions as do
from selection.model.roster import sort_name
from selection.model.titles import table_title
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui.components import table


def name_of(desk: Desk, key: str) -> str:
    """A person's name, or that it was erased."""
    return desk.people[key].name if key in desk.people else text("ui.erased_person")


def seat_of(desk: Desk, seat: do.Seat) -> str:
    """A seat in words, with the member whose deputy this is."""
    where = f"{table_title(desk.rules, seat.table)}: {words.role_name(seat.role)}"
    if seat.deputy_of is not None:
        return text("ui.compare.deputy_of", seat=where, name=name_of(desk, seat.deputy_of))
    return where


def show(desk: Desk, found: do.Difference, sides: tuple[str, str] | None = None, key: str = "difference") -> None:
    """The table of a difference; ``sides`` name the two rosters (``ui.side``)."""
    titles = ("ui.compare.first", "ui.compare.second") if sides is None else tuple(f"ui.side.{one}" for one in sides)
    rows = [(seat.person, "came", "", seat_of(desk, seat)) for seat in found.came]
    rows += [(seat.person, "went", seat_of(desk, seat), "") for seat in found.went]
    rows += [(was.person, "moved", seat_of(desk, was), seat_of(desk, now)) for was, now in found.moved]
    rows.sort(key=lambda row: sort_name(name_of(desk, row[0])))
    tones = {"came": "good", "went": "bad", "moved": ""}
    heads = [
        table.Column(text("ui.compare.person"), head=True),
        table.Column(text("ui.compare.change")),
        *(table.Column(text(title)) for title in titles),
    ]
    shown = []
    for person, what, before, after in rows:
        badge = table.Badge(text(f"ui.compare.{what}"), tones[what])
        cells: list[table.Content] = [
            table.Cell(name_of(desk, person), strong=True),
            table.Cell(badges=[badge]),
            before or "–",
            after or "–",
        ]
        shown.append(table.Row(person, cells))
    caption = text("ui.compare.people", n=len(shown))
    table.show(table.Table(caption, heads, shown, empty=text("ui.compare.same_people")), key=key)
