"""Holders: who of a pool has which value, asked once for all rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from selection.model.counting import Counting
from selection.model.pool import Pool
from selection.model.rows import bodies
from selection.model.spelling import folded
from selection.model.vocabulary import has_spellings


class Holders:
    """Remembers values and who has them, and the candidates of each body."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.bodies = bodies(pool)
        self._values: dict[str, tuple[str, ...]] = {}
        self._having: dict[tuple[str, str], frozenset[int]] = {}
        self._indexed: set[str] = set()

    def holders(self, fields: tuple[str, ...], parts: tuple[tuple[str, ...], ...]) -> frozenset[int]:
        """Places of the applicants known to have, for each field, one of its values."""
        first, *others = (
            frozenset().union(*(self.having(name, value) for value in values))
            for name, values in zip(fields, parts, strict=True)
        )
        return first.intersection(*others)

    def group(self, group: Counting) -> frozenset[int]:
        """Places of the applicants known to have one of the values that a group names."""
        return frozenset().union(*(self.holders(group.fields, group.parts(value)) for value in group.named))

    def having(self, name: str, value: str) -> frozenset[int]:
        """Places of the applicants known to have one value of a field. Values other than ages are looked up: asking
        everybody about each takes a large pool with many organisations longer than its steps."""
        if name != "age" and name not in self._indexed:
            self._indexed.add(name)
            found: dict[str, set[int]] = {}
            for place, one in enumerate(self.pool.applicants):
                for known in one.values.get(name, ()):
                    found.setdefault(_spelled(name, known), set()).add(place)
            self._having |= {(name, known): frozenset(places) for known, places in found.items()}
        elif name == "age" and (name, value) not in self._having:
            everybody = range(len(self.pool.applicants))
            self._having[name, value] = frozenset(one for one in everybody if self.pool.holds(one, name, (value,)))
        return self._having.get((name, _spelled(name, value)), frozenset())

    def values_of(self, name: str) -> tuple[str, ...]:
        """All values of a field that occur: the same for every table."""
        if name not in self._values:
            self._values[name] = self.pool.values_of(name)
        return self._values[name]

    def by_applicant(self, body: Iterable[int]) -> dict[int, list[int]]:
        """The candidates of a body by applicant, in the order of both."""
        found: dict[int, list[int]] = {}
        for place in body:
            found.setdefault(self.pool.candidates[place].applicant, []).append(place)
        return found

    @staticmethod
    def members_of(body: Mapping[int, Sequence[int]], group: frozenset[int]) -> tuple[int, ...]:
        """Those candidates of a body whose applicant is in a group; looked for in the smaller of the two, as the groups
        of a large pool are many."""
        some = sorted(one for one in group if one in body) if len(group) < len(body) else body
        return tuple(place for applicant in some if applicant in group for place in body[applicant])


def _spelled(name: str, value: str) -> str:
    """A value for looking up who has it."""
    return folded(value) if has_spellings(name) else value
