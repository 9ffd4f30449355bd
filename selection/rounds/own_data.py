"""Everything that is kept of one person as a workbook to be read by that person (GDPR, article 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selection.intake import set_aside_because
from selection.model.rules import Rules
from selection.model.titles import table_title
from selection.outputs.archive import saved
from selection.outputs.sheets import Column, Line, add_sheet, new_book
from selection.outputs.workbook import moment_of
from selection.rounds import words
from selection.rounds.words import instant
from selection.texts import label, text

#: A thing that is kept: what it is a part of, what it is, what it says.
Kept = tuple[str, str, str]

#: Kinds of locks, as rules are called.
LOCKS = {"seat": "seated", "out": "kept_out", "apart": "kept_apart"}


def own_data_bytes(data: Mapping[str, Any], rules: Rules) -> bytes:
    """The workbook, the same bytes for the same data.

    Parameters
    ----------
    data
        As :func:`selection.actions.person_data` gives them.
    """
    book = new_book(text("ui.own_data.title"))
    columns = [
        Column(text("ui.own_data.part"), 26),
        Column(text("ui.card.field"), 36, strong=True),
        Column(text("ui.card.value"), 80),
    ]
    lines = [Line((text(f"ui.own_data.{part}"), name, said)) for part, name, said in kept(data, rules) if said]
    add_sheet(book, text("ui.own_data.title"), columns, lines, still=2)
    return saved(book, moment_of(rules))


def kept(data: Mapping[str, Any], rules: Rules) -> Iterator[Kept]:
    """All that is kept, in words; nothing is left out that says something."""
    source = data["source"]
    yield "origin", text("ui.own_data.round"), data["round"]
    if source["file"]:
        yield "origin", text("ui.own_data.row"), text("ui.card.origin", **source)
    for header, answer in data["answers"].items():
        yield "answers", header, str(answer)
    for field, values in data["held"].items():
        yield "held", words.field_name(field), _said(rules, field, values)
    for field, entry in data["corrections"].items():
        before, after = (_said(rules, field, entry.get(side) or ()) or "–" for side in ("from", "to"))
        yield "corrections", words.field_name(field), f"{before} → {after}"
    for field, value in data["contact_data"].items():
        yield "contact_data", words.field_name(field), str(value)
    if data["non_disclosure"]:
        yield "contact_data", words.field_name("non_disclosure"), text("ui.card.non_disclosure")
    yield from _handling(data, rules)


def _handling(data: Mapping[str, Any], rules: Rules) -> Iterator[Kept]:
    """What those who prepare the decision did and wrote."""
    status, contact = data["status"], data["contact"]
    if status["status"] == "set_aside":
        why = status["reason"] or set_aside_because(status["code"])
        yield "handling", text("ui.own_data.status"), text("ui.applicants.set_aside_because", reason=why)
    if contact is not None:
        asked = text(f"ui.contact.{contact['status']}")
        yield "handling", instant(contact["at"]), ", ".join(part for part in (asked, contact["note"]) if part)
    for note in data["notes"]:
        yield "notes", instant(note["at"]), note["text"]
    for one in data["findings"]:
        how = text("ui.export.open") if one["how"] is None else text(f"how.{one['how']}")
        yield "findings", one["column"] or "–", f"{one['found'] or '–'} ({how})"
    for one in data["locks"]:
        yield "locks", label("rule", LOCKS[one["kind"]]), _seat(rules, one["table"], one["role"], one["reason"])
    for one in data["seats"]:
        kind = text(f"version.{one['version']}")
        name = f"{kind}: {one['name']}" if one["name"] else kind
        yield "seats", name, _seat(rules, one["table"], one["role"])
    for one in data["events"]:
        what = " ".join(part for part in (text(f"event.{one['kind']}"), one["date"]) if part)
        yield "events", what, _seat(rules, one["table"], None, one["reason"])


def _said(rules: Rules, field: str, values: Any) -> str:
    if field == "roles":
        return ", ".join(label("seat", value) for value in values)
    return ", ".join(words.held_value(rules, field, str(value)) for value in values)


def _seat(rules: Rules, table: str | None, role: str | None, reason: str = "") -> str:
    parts = (table_title(rules, table) if table else "", label("seat", role).lower() if role else "", reason)
    return ", ".join(part for part in parts if part) or "–"
