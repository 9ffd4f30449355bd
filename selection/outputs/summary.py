"""The end-of-term summary without persons: composition at the start and at the end, and what happened in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from selection.model.people import Role
from selection.model.rules import Population
from selection.model.titles import table_title
from selection.outputs.archive import saved
from selection.outputs.document import dates_between
from selection.outputs.figures import percent
from selection.outputs.round_data import MERGED, field_name, grouped_fields, round_rows
from selection.outputs.workbook import moment_of
from selection.proposal import Proposal
from selection.texts import label, language, text

#: Kinds of events, in the order of the summary.
KINDS = ("refusal", "resignation", "rise", "replacement", "elected")


@dataclass(frozen=True, slots=True)
class TermEvent:
    """Something in the life of a roster, without the person: what, at which table."""

    kind: str
    table: str | None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Members of one group of a field at the start and at the end; ``None`` where it cannot be told."""

    group: str
    start: int
    end: int | None


def summary_bytes(
    start: Proposal, end: Proposal, events: Sequence[TermEvent], population: Population | None = None
) -> bytes:
    """The summary as a Word document: the roster as decided, as it is at the end, and the events between."""
    from docx import Document

    from selection.outputs.word import LOCALES, add_table, set_up

    document: Any = Document()
    set_up(document, LOCALES[language()])
    title = text("summary.title", term=dates_between(start.rules, "term"))
    document.core_properties.title, document.core_properties.author = title, "Kokoonpano"
    document.add_heading(title, level=1)
    document.add_paragraph(text("summary.lede"))
    document.add_heading(text("summary.sizes"), level=2)
    headers = [
        text(f"summary.column.{name}") for name in ("table", "members", "members_end", "deputies", "deputies_end")
    ]
    add_table(document, headers, list(_sizes(start, end)), (5.0, 3.0, 3.0, 3.0, 3.0))
    document.add_heading(text("summary.events"), level=2)
    kinds = Counter(one.kind for one in events)
    add_table(
        document,
        [text("summary.column.event"), text("summary.column.count")],
        [(text(f"summary.event.{kind}"), kinds[kind]) for kind in KINDS],
        (9.0, 3.0),
    )
    headers = [text("summary.column.table"), text("summary.column.changes")]
    add_table(document, headers, list(_changes(start, events)), (9.0, 3.0))
    document.add_heading(text("summary.composition"), level=2)
    told = end_can_be_told(start, end)
    document.add_paragraph(text("summary.composition_note", least=start.rules.publish.least_seated))
    if not told:
        document.add_paragraph(text("summary.end_left_out", least=start.rules.publish.least_seated))
    for field, groups in compositions(start, end):
        document.add_heading(field_name(field).capitalize(), level=3)
        add_table(document, *_composition_table(field, groups, start, end, told))
    document.add_heading(text("summary.population"), level=2)
    rows = [row for row in round_rows(start, population) if row.cell.table is None and row.population_share]
    if rows:
        headers = [text(f"summary.column.{name}") for name in ("field", "group", "applicants", "members", "population")]
        cells = [row.cells(start.rules) for row in rows]
        table = [(one[1], one[2], one[4], one[6], one[9]) for one in cells]
        add_table(document, headers, table, (4.0, 5.5, 2.5, 2.5, 2.5))
        source = (population or start.rules.population).source
        document.add_paragraph(text("summary.source", source=source or "–"))
    else:
        document.add_paragraph(text("summary.no_population"))
    return saved(document, moment_of(start.rules))


def end_can_be_told(start: Proposal, end: Proposal) -> bool:
    """Whether the composition at the end tells nothing of a single person: nobody left or came, or several did.

    Names of members are public: with one who left, the difference of two compositions would be that person's answers.
    """
    before, after = ({seat.person for seat in one.seats if seat.role == Role.MEMBER} for one in (start, end))
    least = start.rules.publish.least_seated
    return all(not some or len(some) >= least for some in (before - after, after - before))


def compositions(start: Proposal, end: Proposal) -> Iterator[tuple[str, list[GroupCount]]]:
    """For each field the members of all tables by group; groups of fewer than three, at either time, are merged."""
    told, least = end_can_be_told(start, end), start.rules.publish.least_seated
    for field, names in grouped_fields(start):
        before, after = (_counted(one, field, names) for one in (start, end))
        whole = [sum(seat.role == Role.MEMBER for seat in one.seats) for one in (start, end)]
        kept = [
            name
            for name in sorted(names, key=lambda name: -before[name])
            if before[name] >= least and (not told or after[name] == 0 or after[name] >= least)
        ]
        while kept and any(0 < rest < least for rest in _rests(kept, before, after, whole, told)):
            kept.pop()
        groups = [GroupCount(name, before[name], after[name] if told else None) for name in names if name in kept]
        rest = _rests(kept, before, after, whole, told)
        if rest[0] or (told and rest[1]):
            groups.append(GroupCount(MERGED, rest[0], rest[1] if told else None))
        yield field, groups


def _rests(
    kept: Sequence[str], before: Counter[str], after: Counter[str], whole: Sequence[int], told: bool
) -> list[int]:
    """Members in none of the groups kept, at the start and (where it is told) at the end."""
    rests = [whole[0] - sum(before[name] for name in kept)]
    return [*rests, whole[1] - sum(after[name] for name in kept)] if told else rests


def _counted(proposal: Proposal, field: str, names: Sequence[str]) -> Counter[str]:
    """Members by group; somebody in several groups counts to the first alone, so that the groups add up."""
    pool = proposal.pool
    counts: Counter[str] = Counter()
    for seat in proposal.seats:
        if seat.role == Role.MEMBER:
            place = pool.places[seat.person]
            counts.update([name for name in names if pool.holds(place, field, (name,))][:1])
    return counts


def _composition_table(
    field: str, groups: Sequence[GroupCount], start: Proposal, end: Proposal, told: bool
) -> tuple[list[str], list[tuple[str | int | None, ...]], tuple[float, ...]]:
    whole = [sum(seat.role == Role.MEMBER for seat in one.seats) for one in (start, end)]
    headers = [text(f"summary.column.{name}") for name in ("group", "members", "share")]
    headers += [text(f"summary.column.{name}") for name in ("members_end", "share_end")] if told else []
    rows: list[tuple[str | int | None, ...]] = []
    for one in groups:
        name = text("data.merged") if one.group == MERGED else label(field, one.group)
        row: tuple[str | int | None, ...] = (name, one.start, percent(one.start, whole[0]))
        rows.append((*row, one.end, percent(one.end or 0, whole[1])) if told else row)
    return headers, rows, (6.2, 2.7, 2.7, 2.7, 2.7)[: len(headers)]


def _sizes(start: Proposal, end: Proposal) -> Iterator[tuple[str | int | None, ...]]:
    for table in start.pool.tables:
        yield (
            table_title(start.rules, table),
            *(len(one.at(table, role)) for role in (Role.MEMBER, Role.DEPUTY) for one in (start, end)),
        )


def _changes(start: Proposal, events: Sequence[TermEvent]) -> Iterator[tuple[str, str | int]]:
    counts = Counter(one.table for one in events)
    for table in start.pool.tables:
        count = counts[table]
        least = start.rules.publish.least_seated
        yield (
            table_title(start.rules, table),
            text("summary.under", least=least) if 0 < count < least else count,
        )
