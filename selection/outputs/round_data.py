"""Data about a round without persons: applicants, members and deputies by group, small cells merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selection.outputs.delimited import csv_bytes
from selection.outputs.people import table_title
from selection.outputs.rule_words import share_in_words
from selection.outputs.sheets import Value
from selection.pool import VOCABULARY, Pool, Role
from selection.proposal import Proposal
from selection.texts import has_text, label, text

#: A count of applicants under this is merged with others, so that nobody can be told from it.
LEAST_CELL = 5

#: The same for members and deputies, whose names are public though not their answers.
LEAST_SEATED = 3

_COUNTED = (Role.MEMBER, Role.DEPUTY)

#: The columns of the file, in the data dictionary's order.
COLUMNS = ("table", "field", "group", "applicants", "members", "deputies", "share")

#: Fields that are counted: no postal code, no organisation, nothing that names a person.
_FIELDS = ("gender", "kind", "organisation_type", "mother_tongue", "situation", "served_before")


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of one group at one table (``None``: of the whole round); applicants are those available to the table."""

    table: str | None
    field: str
    group: str
    applicants: int
    members: int
    deputies: int


@dataclass(frozen=True, slots=True)
class Group:
    """People of one group by their places in the pool; somebody may be in several groups of a field."""

    name: str
    applicants: frozenset[int]
    members: frozenset[int]
    deputies: frozenset[int]

    @property
    def is_small(self) -> bool:
        """Whether somebody could be told from the counts."""
        seated = (self.members, self.deputies)
        return 0 < len(self.applicants) < LEAST_CELL or any(0 < len(one) < LEAST_SEATED for one in seated)

    def within(self, people: frozenset[int]) -> Group:
        """The group's people among some."""
        return Group(self.name, self.applicants & people, self.members & people, self.deputies & people)

    def without(self, others: Sequence[Group]) -> Group:
        """Those of the group that are in none of the others."""
        people = frozenset().union(*(one.applicants | one.members | one.deputies for one in others))
        return Group(self.name, self.applicants - people, self.members - people, self.deputies - people)


def round_cells(proposal: Proposal) -> list[Cell]:
    """All cells, of the whole round and of each table, none of them small."""
    pool = proposal.pool
    cells: list[Cell] = []
    for table in (None, *pool.tables):
        whole = Group("merged", _available(pool, table), *(_seated(proposal, table, role) for role in _COUNTED))
        for field, names in _groups(proposal):
            groups = [replace(whole, name=name).within(_holders(pool, field, name)) for name in names]
            cells += (
                Cell(table, field, one.name, len(one.applicants), len(one.members), len(one.deputies))
                for one in merged(groups, whole)
            )
    return cells


def merged(groups: Sequence[Group], whole: Group) -> list[Group]:
    """The groups of one field with the small ones, and those whose answer is not known, put together as one.

    The rest is never left small by itself: it takes the smallest group along that is left, and then the next.
    """
    kept = sorted(
        (one for one in groups if one.applicants and not one.is_small), key=lambda one: (-len(one.applicants), one.name)
    )
    while kept and whole.without(kept).is_small:
        kept.pop()
    rest = whole.without(kept)
    told = [one for one in groups if one in kept]
    return [*told, rest] if len(rest.applicants) >= LEAST_CELL else told


def round_data_files(proposal: Proposal) -> dict[str, bytes]:
    """File name → bytes: the data, and the data dictionary that says what each column is."""
    rows = [
        (
            table_title(one.table) if one.table else text("data.all_tables"),
            _field(one.field),
            _group(one),
            one.applicants,
            one.members,
            one.deputies,
            _share(proposal, one),
        )
        for one in round_cells(proposal)
    ]
    header = [text(f"data.column.{name}") for name in COLUMNS]
    return {
        text("data.file"): csv_bytes(header, rows),
        text("data.dictionary_file"): csv_bytes(
            [text("data.column"), text("data.type"), text("data.meaning")], list(_dictionary())
        ),
    }


def _dictionary() -> Iterator[Sequence[Value]]:
    for name in COLUMNS:
        kind = text("data.type.number" if name in ("applicants", "members", "deputies") else "data.type.text")
        yield (text(f"data.column.{name}"), kind, text(f"data.meaning.{name}", least=LEAST_CELL))


def _groups(proposal: Proposal) -> Iterator[tuple[str, tuple[str, ...]]]:
    if proposal.rules.pairs.age_bands:
        yield "age", proposal.rules.pairs.age_bands
    for field in _FIELDS:
        if proposal.pool.was_asked(field):
            yield field, VOCABULARY[field]


def _share(proposal: Proposal, cell: Cell) -> str | None:
    """The share of the members that the rules aim at for a group: that of the population, where the rules say so."""
    for goal in proposal.rules.goals:
        wanted = goal.ranges.get(cell.group) if goal.fields == (cell.field,) else None
        if wanted is not None and wanted.share is not None:
            return share_in_words(wanted.share)
    return None


def _available(pool: Pool, table: str | None) -> frozenset[int]:
    """Applicants (of the round, or available to a table)."""
    if table is None:
        return frozenset(range(len(pool.applicants)))
    place = pool.tables.index(table)
    return frozenset(one.applicant for one in pool.candidates if one.table == place)


def _seated(proposal: Proposal, table: str | None, role: Role) -> frozenset[int]:
    seats = [seat for seat in proposal.seats if seat.role == role and table in (None, seat.table)]
    return frozenset(proposal.pool.places[seat.key] for seat in seats)


def _holders(pool: Pool, field: str, group: str) -> frozenset[int]:
    return frozenset(place for place in range(len(pool.applicants)) if pool.holds(place, field, (group,)))


def _field(field: str) -> str:
    return text(f"data.field.{field}") if has_text(f"data.field.{field}") else field


def _group(cell: Cell) -> str:
    return text("data.merged") if cell.group == "merged" else label(cell.field, cell.group)
