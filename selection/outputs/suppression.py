"""Complementary suppression: what is left out of a table of counts must not come back by subtracting what is told.

Counts of a field stand by table and group, with the totals of each group and of each table. A count that is left out
can be told from the rest if no other counts, none of them negative, have the same totals. Seen as a graph of tables and
groups with the untold counts as its edges, that is so where the edge is on no closed walk that may add to one count
and take from the next (Gusfield, A graph theoretic approach to statistical data security, SIAM J. Comput. 17(3), 1988).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

#: The group of all that the whole round's rows do not tell apart.
REST = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """One measure (such as members) of one field.

    ``of[table][group]`` counts those of a group at a table, for every group that the whole round's rows tell, and
    :data:`REST` for all others. The tables' counts of a group add up to its total. A count under ``least`` that is not
    zero is small: nobody is to be told it.
    """

    of: Mapping[str, Mapping[str, int]]
    least: int

    def is_small(self, count: int) -> bool:
        """Whether somebody could be told from a count."""
        return 0 < count < self.least

    def merging(self, group: str) -> Counts:
        """The counts with a group among all others."""
        of = {
            table: {name: n + (groups[group] if name == REST else 0) for name, n in groups.items() if name != group}
            for table, groups in self.of.items()
        }
        return Counts(of, self.least)


def complemented(
    whole: Collection[str], told: Mapping[str, Collection[str]], measures: Collection[Counts]
) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The groups that the whole round's and each table's rows tell: no more than were told, and no small count among
    those left out comes back.

    A small count is guarded by leaving out the same group at another table: the one where fewest people are concerned.
    Where that is not enough the table tells no group at all, then no table does, and at last the whole round tells
    fewer groups.

    Parameters
    ----------
    whole, told
        The groups that the whole round tells so far; table → those that it tells.
    measures
        Counts of each measure whose tables add up.
    """
    kept, left = frozenset(whole), {table: frozenset(groups) & frozenset(whole) for table, groups in told.items()}
    while (open_cell := next(_open_cells(left, measures), None)) is not None:
        table, group = open_cell
        others = [other for other, groups in left.items() if group in groups]
        telling = [other for other, groups in left.items() if groups]
        if others:
            left[_fewest(others, group, measures)] -= {group}
        elif left[table]:
            left[table] = frozenset()
        elif telling:
            left[_fewest(telling, group, measures)] = frozenset()
        elif kept:
            gone = group if group != REST else min(kept, key=lambda name: (_all_of(name, measures), name))
            kept -= {gone}
            measures = [one.merging(gone) for one in measures]
        else:
            break
    return kept, left


def _fewest(tables: Collection[str], group: str, measures: Collection[Counts]) -> str:
    """The table with the fewest people in a group."""
    return min(tables, key=lambda table: (sum(one.of[table].get(group, 0) for one in measures), table))


def _all_of(group: str, measures: Collection[Counts]) -> int:
    return sum(groups.get(group, 0) for one in measures for groups in one.of.values())


def _open_cells(left: Mapping[str, frozenset[str]], measures: Collection[Counts]) -> Iterator[tuple[str, str]]:
    """Counts that are left out and yet can be told, each as table and group: any that is its group's only one, and the
    small ones, alone or together."""
    for counts in measures:
        untold = {(table, group): n for table, of in counts.of.items() for group, n in of.items()
                  if group == REST or group not in left.get(table, frozenset())}  # fmt: skip
        for group in sorted({group for _, group in untold} - {REST}):
            at = [table for table, other in untold if other == group]
            partly = len(at) < len(counts.of)
            if partly and (len(at) == 1 or counts.is_small(sum(untold[table, group] for table in at))):
                yield max(at, key=lambda table: untold[table, group]), group
        for (table, group), n in untold.items():
            nothing_else = group == REST and len(counts.of[table]) == 1  # the table's seats, which are public
            if counts.is_small(n) and not nothing_else and not _may_differ(untold, table, group):
                yield table, group


def _may_differ(untold: Mapping[tuple[str, str], int], table: str, group: str) -> bool:
    """Whether a count can be another with all totals the same: one more, or one less."""
    return _reaches(untold, (table, group), add_first=True) or _reaches(untold, (table, group), add_first=False)


def _reaches(untold: Mapping[tuple[str, str], int], cell: tuple[str, str], *, add_first: bool) -> bool:
    """Whether a closed walk goes through a cell that adds to it (or takes from it) and keeps all totals.

    An edge is walked from its table to its group where one is added to its count, and back where one is taken from it.
    """
    table, group = cell
    begin, end = (("group", group), ("table", table)) if add_first else (("table", table), ("group", group))
    seen, waiting = {begin}, [begin]
    while waiting:
        kind, name = waiting.pop()
        for other, n in untold.items():
            if other == cell or name != other[kind == "group"] or (kind == "group" and not n):
                continue
            there = ("group", other[1]) if kind == "table" else ("table", other[0])
            if there == end:
                return True
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False
