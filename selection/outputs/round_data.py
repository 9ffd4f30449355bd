"""Data about a round without persons: applicants, members and deputies by group, small cells merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Population, Publish, Rules
from selection.model.titles import table_title
from selection.model.vocabulary import VOCABULARY
from selection.outputs.delimited import csv_bytes
from selection.outputs.figures import percent
from selection.outputs.rule_words import share_in_words
from selection.outputs.sheets import Value
from selection.outputs.suppression import REST, Counts, complemented
from selection.proposal import Proposal
from selection.texts import has_text, label, text

_COUNTED = (Role.MEMBER, Role.DEPUTY)

#: The group of all that are not told apart.
MERGED = "merged"

#: The columns of the file, in the data dictionary's order.
COLUMNS = (
    "table",
    "field",
    "group",
    "applicants",
    "applicants_share",
    "members",
    "members_share",
    "deputies",
    "population",
    "population_share",
    "share",
    "round",
    "term",
    "licence",
)
#: Those that the counts of a cell alone fill, the table aside.
COUNTED = COLUMNS[1:8]
_NUMBERS = ("applicants", "members", "deputies", "population")
#: Columns of whole or decimal per cents, without the sign.
_SHARES = ("applicants_share", "members_share", "population_share", "share")

#: Fields that are counted: no postal code, no organisation, nothing that names a person.
COUNTED_FIELDS = ("gender", "kind", "organisation_type", "mother_tongue", "situation", "served_before")


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of one group at one table (``None``: of the whole round); applicants are those available to the table.

    ``of`` are the counts of all groups together, in the same order: applicants, members, deputies.
    """

    table: str | None
    field: str
    group: str
    applicants: int
    members: int
    deputies: int
    of: tuple[int, int, int] = (0, 0, 0)

    def counted(self) -> tuple[Value, ...]:
        """The cells in the order of :data:`COUNTED`."""
        return (
            field_name(self.field),
            group_name(self),
            self.applicants,
            percent(self.applicants, self.of[0]),
            self.members,
            percent(self.members, self.of[1]),
            self.deputies,
        )


def is_small(applicants: int, members: int, deputies: int, least: Publish) -> bool:
    """Whether somebody could be told from counts of so many people."""
    of_applicants = 0 < applicants < least.least_applicants
    return of_applicants or any(0 < seated < least.least_seated for seated in (members, deputies))


@dataclass(frozen=True, slots=True)
class Group:
    """People of one group by their places in the pool; somebody may be in several groups of a field."""

    name: str
    applicants: frozenset[int]
    members: frozenset[int]
    deputies: frozenset[int]

    def is_small(self, least: Publish) -> bool:
        """Whether somebody could be told from the counts."""
        return is_small(*self.counts, least)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Applicants, members and deputies."""
        return len(self.applicants), len(self.members), len(self.deputies)

    def of(self, measure: str) -> frozenset[int]:
        """Applicants, members or deputies, by name."""
        return {"applicants": self.applicants, "members": self.members, "deputies": self.deputies}[measure]

    def within(self, applicants: frozenset[int], members: frozenset[int], deputies: frozenset[int]) -> Group:
        """The group's people among some."""
        return Group(self.name, self.applicants & applicants, self.members & members, self.deputies & deputies)

    def without(self, others: Sequence[Group]) -> Group:
        """Those of the group that are in none of the others."""
        people = frozenset().union(*(one.applicants | one.members | one.deputies for one in others))
        return Group(self.name, self.applicants - people, self.members - people, self.deputies - people)


def round_cells(proposal: Proposal) -> list[Cell]:
    """All cells, of the whole round and of each table: none of them small, and no small one left out comes back."""
    pool = proposal.pool
    places = (None, *pool.tables)
    wholes = {
        table: Group(MERGED, _available(pool, table), *(_seated(proposal, table, role) for role in _COUNTED))
        for table in places
    }
    told: dict[str | None, dict[str, list[Group]]] = {table: {} for table in places}
    for field, names in grouped_fields(proposal):
        everybody = [Group(name, *(_holders(pool, field, name),) * 3) for name in names]
        groups = {
            table: [one.within(whole.applicants, whole.members, whole.deputies) for one in everybody]
            for table, whole in wholes.items()
        }
        for table, kept in _told(groups, wholes, proposal.rules.publish).items():
            told[table][field] = kept
    return [
        Cell(table, field, one.name, len(one.applicants), len(one.members), len(one.deputies), wholes[table].counts)
        for table in places
        for field, groups_told in told[table].items()
        for one in groups_told
    ]


Groups = Mapping[str | None, Sequence[Group]]


def _told(groups: Groups, wholes: Mapping[str | None, Group], least: Publish) -> dict[str | None, list[Group]]:
    """The groups of one field that are told, of the whole round (``None``) and of each table, with the rest of each."""
    first = {table: merged(groups[table], wholes[table], least) for table in wholes}
    kept = {table: frozenset(one.name for one in told) - {MERGED} for table, told in first.items()}
    tables = {table: names for table, names in kept.items() if table is not None}
    if len(tables) > 1:
        whole, left = complemented(kept[None], tables, list(_measures(groups, wholes, kept[None], least)))
        kept = {None: whole}
        kept.update(left)
    return {table: _with_rest(groups[table], wholes[table], kept[table], least) for table in wholes}


def _measures(
    groups: Groups, wholes: Mapping[str | None, Group], whole: frozenset[str], least: Publish
) -> Iterator[Counts]:
    """What the tables' counts of a field add up to: members and deputies, and applicants where each has one table."""
    for measure in ("applicants", "members", "deputies"):
        of: dict[str, dict[str, int]] = {}
        for table, named in groups.items():
            if table is not None:
                held = {one.name: one.of(measure) for one in named if one.name in whole}
                others = wholes[table].of(measure).difference(*held.values())
                of[table] = {name: len(people) for name, people in held.items()} | {REST: len(others)}
        everybody = sum(len(wholes[table].of(measure)) for table in of)
        if everybody == len(wholes[None].of(measure)):
            yield Counts(of, least.least_applicants if measure == "applicants" else least.least_seated)


def merged(groups: Sequence[Group], whole: Group, least: Publish) -> list[Group]:
    """The groups of one field with the small ones, and those whose answer is not known, put together as one.

    The rest is never left small by itself: it takes the smallest group along that is left, and then the next.
    """
    kept = sorted(
        (one for one in groups if one.applicants and not one.is_small(least)),
        key=lambda one: (-len(one.applicants), one.name),
    )
    while kept and whole.without(kept).is_small(least):
        kept.pop()
    return _with_rest(groups, whole, {one.name for one in kept}, least)


def _with_rest(groups: Sequence[Group], whole: Group, kept: Collection[str], least: Publish) -> list[Group]:
    """The groups kept, and all others as one where they are enough."""
    told = [one for one in groups if one.name in kept]
    rest = whole.without(told)
    return [*told, rest] if len(rest.applicants) >= least.least_applicants else told


def round_data_files(proposal: Proposal, population: Population | None = None) -> dict[str, bytes]:
    """File name → bytes: the data, and the data dictionary that says what each column is.

    ``population`` takes the place of the rules' own.
    """
    rules = proposal.rules
    term = "/".join(day.isoformat() if day else ".." for day in (rules.term.starts, rules.term.ends))
    about = (rules.title or rules.name, "" if term == "../.." else term, rules.publish.licence)
    rows = [numbered((*row.cells(rules), *about), COLUMNS) for row in round_rows(proposal, population)]
    header = [text(f"data.column.{name}") for name in COLUMNS]
    source = (population or proposal.rules.population).source
    return {
        text("data.file"): csv_bytes(header, rows),
        text("data.dictionary_file"): csv_bytes(
            [text("data.column"), text("data.type"), text("data.meaning")], list(_dictionary(rules, source))
        ),
    }


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of the data, in words: the counts of a cell, their shares, and the population's."""

    cell: Cell
    aim: str | None
    population: int | None
    population_share: str | None

    def cells(self, rules: Rules) -> tuple[Value, ...]:
        """The cells in the order of :data:`COLUMNS`."""
        table = self.cell.table
        return (
            table_title(rules, table) if table else text("data.all_tables"),
            *self.cell.counted(),
            self.population,
            self.population_share,
            self.aim,
        )


def round_rows(proposal: Proposal, population: Population | None = None) -> list[DataRow]:
    """All rows of the data. The population is told of the whole round's rows alone: it is the city's, not a table's."""
    groups = (population or proposal.rules.population).groups
    rows: list[DataRow] = []
    for (table, field), together in groupby(round_cells(proposal), key=lambda cell: (cell.table, cell.field)):
        cells = list(together)
        named = [one.group for one in cells]
        counts = groups.get(field, {}) if table is None else {}
        for one in cells:
            aim = _aim(proposal, one)
            told = _of_population(counts, one.group, named)
            if table is None and field not in groups:
                told = (None, aim)
            rows.append(DataRow(one, aim, *told))
        rows += _nobody_of(counts, cells[-1], named)
    return rows


def _nobody_of(counts: Mapping[str, int], last: Cell, named: Sequence[str]) -> Iterator[DataRow]:
    """A row for people of the city in groups of a field that nobody applied of, so that its shares add up."""
    told = _of_population(counts, MERGED, named)
    if MERGED not in named and told[0] and all(name in counts for name in named):
        yield DataRow(Cell(None, last.field, MERGED, 0, 0, 0, last.of), None, *told)


def _of_population(counts: Mapping[str, int], group: str, named: Sequence[str]) -> tuple[int | None, str | None]:
    """People of the city in a group, and their share; those merged are all that are not told apart.

    A population may itself have merged groups: which of those told apart here are among them, nobody knows.
    """
    whole = sum(counts.values())
    if group == MERGED:
        told = [name for name in named if name != MERGED]
        if MERGED in counts and any(name not in counts for name in told):
            return None, None
        count = sum(number for name, number in counts.items() if name not in told)
    elif group in counts:
        count = counts[group]
    else:
        return None, None
    return (count, percent(count, whole)) if count else (None, None)


def numbered(cells: Sequence[Value], columns: Sequence[str]) -> list[Value]:
    """The cells of a row with shares as numbers: per cents without the sign, and nothing where there is none."""
    return [
        cell.removesuffix("%").strip().replace("–", "") if name in _SHARES and isinstance(cell, str) else cell
        for name, cell in zip(columns, cells, strict=True)
    ]


def _dictionary(rules: Rules, source: str) -> Iterator[Sequence[Value]]:
    least = rules.publish.least_applicants
    for name in COLUMNS:
        kind = "number" if name in _NUMBERS else "share" if name in _SHARES else "text"
        meaning = text(f"data.meaning.{name}", least=least, source=source or "–")
        yield (text(f"data.column.{name}"), text(f"data.type.{kind}"), meaning)


def grouped_fields(proposal: Proposal) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Fields that are counted, each with its groups."""
    if proposal.rules.pairs.age_bands:
        yield "age", proposal.rules.pairs.age_bands
    for field in COUNTED_FIELDS:
        if proposal.pool.was_asked(field):
            yield field, told_groups(field)


def told_groups(field: str) -> tuple[str, ...]:
    """The groups of a field that may be told apart: other genders and those not stated are one group, never named."""
    return tuple(value for value in VOCABULARY[field] if field != "gender" or value in ("woman", "man"))


def _aim(proposal: Proposal, cell: Cell) -> str | None:
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
    return frozenset(proposal.pool.places[seat.person] for seat in seats)


def _holders(pool: Pool, field: str, group: str) -> frozenset[int]:
    return frozenset(place for place in range(len(pool.applicants)) if pool.holds(place, field, (group,)))


def field_name(field: str) -> str:
    """A counted field in words."""
    return text(f"data.field.{field}") if has_text(f"data.field.{field}") else field


def group_name(cell: Cell) -> str:
    """A group in words."""
    return text("data.merged") if cell.group == MERGED else label(cell.field, cell.group)
