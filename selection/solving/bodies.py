"""Bodies of a table: its seats by name, so that no order of merit can be read into them, and the best pairs; deputies
who are nobody's own in the order in which they rise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selection.model.people import Role
from selection.model.roster import Seat, sort_name
from selection.model.rows import Rows
from selection.solving.deputy_order import in_order
from selection.solving.pairs import Likeness, best_pairs


@dataclass(frozen=True)
class Bodies:
    """Makes the seats of tables; ``lot`` is the place of each applicant in the order of lots, which decides between
    pairs that are as good."""

    rows: Rows
    likeness: Likeness
    lot: Mapping[int, int]

    @classmethod
    def of(cls, rows: Rows, order: Iterable[int]) -> Bodies:
        """For the order of lots."""
        likeness = Likeness.of(rows.pool, rows.rules)
        return cls(rows, likeness, {place: number for number, place in enumerate(order)})

    def seated(self, table: str, members: Iterable[int], deputies: Iterable[int]) -> tuple[list[Seat], list[Seat]]:
        """The seats of members and of deputies (places in the pool), each body by name; deputies who are nobody's own
        in the order in which they rise."""
        waiting = sorted(deputies, key=self.lot.__getitem__)
        sitting = sorted(members, key=self.lot.__getitem__)
        personal = self.rows.rules.deputies.personal
        member_of = best_pairs(self.likeness, sitting, waiting) if personal and waiting else {}
        key = [applicant.key for applicant in self.rows.pool.applicants]
        at = self.rows.pool.tables.index(table)
        standing = self._by_name(waiting) if personal else in_order(self.rows, at, sitting, waiting, self.lot)
        return (
            [Seat(key[place], table, Role.MEMBER) for place in self._by_name(sitting)],
            [
                Seat(key[place], table, Role.DEPUTY, key[member_of[place]] if place in member_of else None)
                for place in standing
            ],
        )

    def _by_name(self, places: Iterable[int]) -> list[int]:
        applicants = self.rows.pool.applicants
        return sorted(places, key=lambda place: (sort_name(applicants[place].name), applicants[place].key))
