"""Compaction: a model of HiGHS without its fixed variables, and without rows that nothing left can break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Compacted:
    """A smaller model, and what became of each column of the one before.

    Attributes
    ----------
    lp
        The smaller model, a :class:`highspy.HighsLp`.
    fixed, values
        For each column of before whether it was fixed and taken out, and the value that it was fixed to.
    columns
        For each that is left its number now.
    """

    lp: Any
    fixed: NDArray[np.bool_]
    values: NDArray[np.float64]
    columns: NDArray[np.int64]


def compacted(lp: Any) -> Compacted:
    """The model made as small as its bounds allow; it is changed in place."""
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    row, column, weight = _entries(lp)
    fixed = lower == upper
    out = fixed[column]
    taken = np.bincount(row[out], weight[out] * lower[column[out]], lp.num_row_)
    row, column, weight = row[~out], column[~out], weight[~out]
    ends = weight * lower[column], weight * upper[column]
    least = np.bincount(row, np.minimum(*ends), lp.num_row_) + taken
    most = np.bincount(row, np.maximum(*ends), lp.num_row_) + taken
    row_lower, row_upper = np.array(lp.row_lower_), np.array(lp.row_upper_)
    binding = (least < row_lower - 1e-9) | (most > row_upper + 1e-9)
    kept = binding[row]
    new_column, new_row = np.cumsum(~fixed) - 1, np.cumsum(binding) - 1
    lp.row_lower_, lp.row_upper_ = (row_lower - taken)[binding], (row_upper - taken)[binding]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.index_, lp.a_matrix_.value_ = new_row[row[kept]].astype(np.int32), weight[kept]
    counts = np.bincount(new_column[column[kept]], minlength=int((~fixed).sum()))
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    lp.col_lower_, lp.col_upper_ = lower[~fixed], upper[~fixed]
    lp.col_cost_ = np.zeros(len(counts))
    # A model of no whole variable, that of a table nobody named, has no kinds of variables.
    kinds = list(lp.integrality_)
    lp.integrality_ = [kind for kind, gone in zip(kinds, fixed, strict=True) if not gone] if kinds else []
    lp.num_col_, lp.num_row_ = len(counts), int(binding.sum())
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    return Compacted(lp, fixed, lower, new_column)


def _entries(lp: Any) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Row, column and weight of each entry of a model, by column: until its first run HiGHS may hold it by rows."""
    matrix = lp.a_matrix_
    by_rows = matrix.format_ != highspy.MatrixFormat.kColwise
    outer = np.repeat(
        np.arange(lp.num_row_ if by_rows else lp.num_col_), np.diff(np.array(matrix.start_)).astype(np.int64)
    )
    inner, weight = np.array(matrix.index_, np.int64), np.array(matrix.value_, float)
    if not by_rows:
        return inner, outer, weight
    order = np.argsort(inner, kind="stable")
    return outer[order], inner[order], weight[order]
