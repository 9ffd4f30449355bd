"""A sealed run of a command: options it refuses, the numbers written into the seal, results without clock times."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from selection.errors import NotProvenError, SealError
from selection.outputs.archive import write_whole
from selection.proposal import Proposal
from selection.rounds.sealed_round import SealedDraw


def refuse_options(options: Iterable[tuple[str, object]]) -> None:
    """Refuse options that a sealed draw does not take.

    Raises
    ------
    SealError
        names the first of those given.
    """
    for option, given in options:
        if given is not None:
            raise SealError("seal_option", option=option)


def untimed(proposal: Proposal) -> Proposal:
    """The proposal without the seconds that it took: the same numbers give the same files."""
    return replace(proposal, seconds=0.0, steps=tuple(replace(step, seconds=0.0) for step in proposal.steps))


def mark_drawn(draw: SealedDraw, path: Path, proven: bool) -> None:
    """Write the numbers into the seal file, once; a run that is not proven marks nothing.

    Raises
    ------
    NotProvenError
        if the result is not proven the best.
    """
    if not proven:
        raise NotProvenError("seal_not_proven")
    if draw.file.drawn is None:
        write_private(path, draw.file.marked(draw.drawings).to_bytes())


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads."""
    write_whole(path, data)
    os.chmod(path, 0o600)
