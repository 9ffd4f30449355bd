"""Whom the optimiser may choose among: applicants, and the seats each of them accepts and may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from selection.model.ages import Age, within_band
from selection.model.people import Applicant, Role
from selection.model.rules import Rules
from selection.model.seal import SealMark
from selection.model.seat import Seat
from selection.model.spelling import folded
from selection.model.vocabulary import has_spellings


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """An applicant for a seat: one 0/1 variable of the program. Indices are into the pool's applicants and tables."""

    applicant: int
    table: int
    role: Role


@dataclass(frozen=True)
class Pool:
    """Applicants with the seats each accepts and may hold, in an order that no file can change (by person key).

    Attributes
    ----------
    applicants
        By key.
    tables
        Ids of the tables, in the order of the rules.
    candidates
        Every seat that somebody accepts and may hold, by applicant, table and role.
    first_table
        For each applicant the index of the first wish; ``None`` where there is no first one.
    ages
        For each applicant the age as ``(least, most)`` years; ``None`` where it is unknown.
    asked
        Fields that the application form asked; ``None`` when every field is taken as asked.
    unaccepted
        Candidates that are here only because a roster to be checked seats them so: see :meth:`admitting`.
    left_out
        Fields that the form asked in a column that was left out, such as one of sensitive data; not among ``asked``.
    waived
        Ids of requirements that people went on without, knowing that a field of theirs was not read.
    seal
        The seal of a sealed round; then the person keys are tickets, from which the lots follow (:mod:`.seal`).
    """

    applicants: tuple[Applicant, ...]
    tables: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    first_table: tuple[int | None, ...]
    ages: tuple[Age | None, ...]
    asked: frozenset[str] | None = None
    unaccepted: tuple[Candidate, ...] = ()
    left_out: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()
    seal: SealMark | None = None

    @cached_property
    def index(self) -> Mapping[Candidate, int]:
        """Candidate → its place in :attr:`candidates`."""
        return {candidate: place for place, candidate in enumerate(self.candidates)}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Person key → place in :attr:`applicants`."""
        return {applicant.key: place for place, applicant in enumerate(self.applicants)}

    def was_asked(self, name: str) -> bool:
        """Whether the form asked this field; what was not asked switches its goals off."""
        return self.asked is None or name in self.asked

    def holds(self, place: int, name: str, values: Sequence[str]) -> bool:
        """Whether an applicant is known to have one of these values of a field. ``age`` takes bands such as 65+."""
        if name == "age":
            age = self.ages[place]
            return age is not None and any(within_band(age, band) for band in values)
        known = self.applicants[place].values.get(name, ())
        if not known or not has_spellings(name):
            return any(value in known for value in values)
        wanted = {folded(value) for value in values}
        return any(folded(value) in wanted for value in known)

    def values_of(self, name: str) -> tuple[str, ...]:
        """All values of a field that occur, sorted; of spellings of one value the most usual."""
        counts = Counter(value for one in self.applicants for value in one.values.get(name, ()))
        if not has_spellings(name):
            return tuple(sorted(counts))
        usual: dict[str, str] = {}
        for value in sorted(counts, key=lambda value: (-counts[value], value)):
            usual.setdefault(folded(value), value)
        return tuple(sorted(usual.values()))

    def seats_taken(self, chosen: Sequence[int]) -> tuple[Seat, ...]:
        """The seats of a roster given as 0 or 1 for each candidate: without pairs and reserves."""
        return tuple(
            Seat(self.applicants[candidate.applicant].key, self.tables[candidate.table], candidate.role)
            for candidate, taken in zip(self.candidates, chosen, strict=True)
            if taken
        )

    def admitting(self, seats: Iterable[Candidate]) -> Pool:
        """The pool with more candidates: seats of a roster made by people, accepted by the applicant or not."""
        extra = tuple(sorted(set(seats) - set(self.candidates)))
        return replace(self, candidates=tuple(sorted(self.candidates + extra)), unaccepted=extra) if extra else self

    def of(self, applicants: Iterable[Applicant], rules: Rules) -> Pool:
        """The pool of other applicants or rules, of the same form and with the same requirements waived."""
        pool = Pool.build(applicants, rules, self.asked, left_out=self.left_out, waived=self.waived)
        return replace(pool, seal=self.seal)

    @classmethod
    def build(
        cls,
        applicants: Iterable[Applicant],
        rules: Rules,
        asked: Iterable[str] | None = None,
        *,
        left_out: Iterable[str] = (),
        waived: Iterable[str] = (),
    ) -> Pool:
        """The pool of a round. Who may sit at a table: whoever names it; who names none, that of the postal code.

        Raises
        ------
        ValueError
            if two applicants have the same key.
        """
        ordered = tuple(sorted(applicants, key=lambda one: one.key))
        for before, after in pairwise(ordered):
            if before.key == after.key:
                raise ValueError(f"two applicants have the key {before.key}")
        table_index = {name: index for index, name in enumerate(rules.table_ids)}
        open_roles = [
            [role for role in (Role.MEMBER, Role.DEPUTY) if rules.aim(name, role)] for name in rules.table_ids
        ]
        ages = tuple(_age(one, rules.eligibility.age_on.year) for one in ordered)
        candidates: list[Candidate] = []
        first: list[int | None] = []
        for place, one in enumerate(ordered):
            wishes = [table_index[wish] for wish in dict.fromkeys(one.wishes) if wish in table_index]
            if not wishes and not one.wishes and (code := one.value("postal_code")):
                home = rules.table_of_postal_code(code)
                wishes = [] if home is None else [table_index[home]]
            if not wishes and not one.wishes and len(table_index) == 1:
                wishes = [0]
            first.append(wishes[0] if wishes and (one.wishes_ordered or len(wishes) == 1) else None)
            if rules.eligibility.refusal(ages[place]) is not None:
                continue
            candidates += [
                Candidate(place, table, role)
                for table in sorted(wishes)
                for role in open_roles[table]
                if role in one.roles
            ]
        return cls(
            ordered,
            rules.table_ids,
            tuple(candidates),
            tuple(first),
            ages,
            frozenset(asked) if asked is not None else None,
            left_out=frozenset(left_out),
            waived=frozenset(waived),
        )


def _age(applicant: Applicant, year: int) -> Age | None:
    if applicant.birth_year is not None:
        return (year - applicant.birth_year, year - applicant.birth_year)
    return applicant.age_stated
