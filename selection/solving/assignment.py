"""Matching: the least total of a table of costs with one entry a row, each column used at most once."""

from __future__ import annotations

from collections.abc import Sequence


def least_total(costs: Sequence[Sequence[int]]) -> int:
    """The least sum."""
    return sum(costs[row][column] for row, column in enumerate(matching(costs)))


def matching(costs: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row in a matching of the least sum, by shortest augmenting paths (Kuhn 1955, Munkres 1957).

    Parameters
    ----------
    costs
        At most as many rows as columns; whole numbers of any size.
    """
    if not costs:
        return []
    columns = len(costs[0])
    row_of: list[int | None] = [None] * columns
    row_price = [0] * len(costs)
    column_price = [0] * columns
    for start in range(len(costs)):
        row, column = start, -1
        came_from = [-1] * columns
        slack: list[int | None] = [None] * columns
        done = [False] * columns
        while True:
            best: int | None = None
            following = -1
            for one in range(columns):
                if done[one]:
                    continue
                reduced = costs[row][one] - row_price[row] - column_price[one]
                known = slack[one]
                if known is None or reduced < known:
                    slack[one], came_from[one] = reduced, column
                    known = reduced
                if best is None or known < best:
                    best, following = known, one
            step = best or 0
            row_price[start] += step
            for one in range(columns):
                holder = row_of[one]
                if done[one] and holder is not None:
                    row_price[holder] += step
                    column_price[one] -= step
                elif not done[one]:
                    slack[one] = (slack[one] or 0) - step
            column = following
            done[column] = True
            holder = row_of[column]
            if holder is None:
                break
            row = holder
        while column >= 0:
            before = came_from[column]
            row_of[column] = row_of[before] if before >= 0 else start
            column = before
    column_of = {row: column for column, row in enumerate(row_of) if row is not None}
    return [column_of[row] for row in range(len(costs))]
