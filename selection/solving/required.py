"""The program of the requirements alone: whether a roster meets them, and what such a roster can have."""

from __future__ import annotations

from selection.model.rows import Rows
from selection.solver import Program
from selection.solving.run import PLAIN, Run


def program_by(rows: Rows, run: Run) -> Program:
    """A program of the candidates, without any row yet, run so; its time, if limited, begins now."""
    size = len(rows.pool.candidates)
    return Program(size, solver=run.solver, threads=run.threads, deadline=run.deadline(), stopped=run.stopped())


def required_program(rows: Rows, run: Run = PLAIN) -> Program:
    """A program of all requirements, without the steps, run so."""
    program = program_by(rows, run)
    for row in rows.requirements:
        program.add(row)
    return program
