"""A sealed run of a command: options it refuses, the numbers written into the seal, results without clock times."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selection.errors import NotProvenError, SealError
from selection.intake import Intake
from selection.model.locks import Locks
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.outputs.archive import write_whole
from selection.proposal import Proposal
from selection.rounds.seal_file import read_seal
from selection.rounds.sealed_round import SealedDraw, require_undrawn, sealed_draw


@dataclass(frozen=True, slots=True)
class SealedRun:
    """The draw of a command, and the file of its seal."""

    draw: SealedDraw
    path: Path
    command: str

    @property
    def locks(self) -> Locks:
        """The locks of the rules file, their persons by ticket."""
        return self.draw.locks

    def marked(self, pool: Pool) -> Pool:
        """The pool with the mark of the seal."""
        return replace(pool, seal=self.draw.mark)

    def mark_drawn(self, *, proven: bool) -> None:
        """Write the numbers into the seal file, once; a run that is not proven marks nothing.

        Raises
        ------
        NotProvenError
            if the result is not proven the best.
        SealError
            if the seal was drawn otherwise while this run was under way.
        """
        if not proven:
            raise NotProvenError("seal_not_proven")
        now = read_seal(self.path)
        require_undrawn(now, self.draw.drawings, self.command)
        if now.root != self.draw.file.root:
            raise SealError("seal_broken", file=self.path.name)
        if now.drawn is None:
            write_private(self.path, now.marked(self.draw.drawings, self.command).to_bytes())


def sealed_run(
    command: str,
    seal: Path | None,
    drawn: Sequence[str] | None,
    intake: Intake,
    rules: Rules,
    *,
    waive: Sequence[str] | None,
    refused: Iterable[tuple[str, object]],
    unknown_left_out: bool = False,
) -> SealedRun | None:
    """The sealed draw of a command; ``None`` without a seal.

    Parameters
    ----------
    refused
        Options that a sealed draw does not take, each with what was given.

    Raises
    ------
    SealError
        names the first refused option that was given; else see :func:`sealed_draw`.
    """
    if seal is None:
        return None
    for option, given in refused:
        if given is not None:
            raise SealError("seal_option", option=option)
    found = sealed_draw(
        read_seal(seal), drawn or (), intake, rules, waive or (), by=command, unknown_left_out=unknown_left_out
    )
    return SealedRun(found, seal, command)


def untimed(proposal: Proposal) -> Proposal:
    """The proposal without the seconds that it took: the same numbers give the same files."""
    return replace(proposal, seconds=0.0, steps=tuple(replace(step, seconds=0.0) for step in proposal.steps))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads."""
    write_whole(path, data)
    os.chmod(path, 0o600)
