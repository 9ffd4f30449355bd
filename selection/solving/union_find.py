"""What hangs together: numbers joined by the sets they stand in together (union-find)."""

from __future__ import annotations

from collections.abc import Iterable


def joined(count: int, sets: Iterable[Iterable[int]]) -> list[tuple[int, ...]]:
    """The numbers below ``count`` in groups: two are in one group if a chain of the sets leads from one to the other.

    Groups come by their first number, and each in order.
    """
    parent = list(range(count))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    for together in sets:
        first: int | None = None
        for one in map(root, together):
            if first is not None and one != first:
                parent[max(one, first)] = one = min(one, first)
            first = one
    groups: dict[int, list[int]] = {}
    for one in range(count):
        groups.setdefault(root(one), []).append(one)
    return [tuple(group) for group in groups.values()]
