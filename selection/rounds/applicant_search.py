"""Finding applicants: by words, by table, by state."""

from __future__ import annotations

from selection import actions as do
from selection.model.roster import sort_name
from selection.rounds.desk import Desk

#: Who is searched: everybody, by seat, by what waits, and by how far a call has come.
STATES = (
    "any",
    "seated",
    "unseated",
    "locked",
    "open",
    "by_hand",
    "not_asked",
    "asked",
    "agreed",
    "declined",
    "set_aside",
)


def chosen(
    desk: Desk, sought: str, table: str | None = None, state: str = "any", waiting: frozenset[int] = frozenset()
) -> list[do.ApplicationRow]:
    """The people who match, in alphabetical order.

    Parameters
    ----------
    sought
        Words that must all stand in the name, the postal code, the organisation or the contact data.
    table
        Only those who wish for this table.
    state
        One of :data:`STATES`. Those set aside are among the answers only when asked for.
    waiting
        Ids of those with an open finding: the state ``open``.
    """
    words = sought.casefold().split()
    found = [
        person
        for person in desk.people.values()
        if _in_state(desk, person, state, waiting)
        and (table is None or table in person.current.get("wishes", ()))
        and all(word in _text(person) for word in words)
    ]
    return sorted(found, key=lambda person: (sort_name(person.name), person.id))


def _in_state(desk: Desk, person: do.ApplicationRow, state: str, waiting: frozenset[int]) -> bool:
    if "set_aside" in (state, person.status):
        return state == person.status
    if state in ("seated", "unseated"):
        return (desk.roster.seat_of(person.person_key) is not None) == (state == "seated")
    if state in ("asked", "agreed", "declined"):
        return person.contact is not None and person.contact.status == state
    return {
        "any": True,
        "locked": person.id in desk.lock_of,
        "open": person.id in waiting,
        "by_hand": person.by_hand,
        "not_asked": person.contact is None and desk.roster.seat_of(person.person_key) is not None,
    }[state]


def _text(person: do.ApplicationRow) -> str:
    values = person.current.get("values", {})
    named = [one for name in ("postal_code", "organisation_name", "district") for one in values.get(name, ())]
    return " ".join([person.name, *person.contact_data.values(), *named]).casefold()
