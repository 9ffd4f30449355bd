"""``verify`` of a draw: counted again from its JSON and the applications, and its fairness proven anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from selection.commands.applied import print_not_applied
from selection.commands.draw import gap_line
from selection.commands.round import Round
from selection.commands.terminal import lines_out, readable
from selection.intake import read_applications
from selection.intake.sortition import read_sortition, without_unknown
from selection.outputs.json_draw import written_draw
from selection.outputs.json_proposal import waived_of_json
from selection.rounds.seal_file import read_seal
from selection.rounds.sealed_round import sealed_draw
from selection.texts import format_share, text


def verify_draw(
    path: Path, applications: Sequence[Path], waive: Sequence[str] | None = None, seal: Path | None = None
) -> bool:
    """Say whether a draw follows from these applications; whether it does. ``waive``: see
    :func:`selection.commands.applied.pool_of`.

    Raises
    ------
    SelectionError
        if a file cannot be used.
    """
    from selection.fair.budget import WORK
    from selection.fair.verifying import count_again

    readable(path)
    rules, files, written = written_draw(path)
    pair = read_sortition(applications, base=rules)
    intake = read_applications(applications, rules) if pair is None else pair[1]
    mark, locks = None, None
    if seal is not None:
        left_out = written.left_out_unknown
        of_seal = sealed_draw(read_seal(seal), None, intake, rules, waived_of_json(path), unknown_left_out=left_out)
        intake, mark, locks = of_seal.intake, of_seal.mark, of_seal.locks
    if written.left_out_unknown:
        intake = without_unknown(intake)
    round = Round.of(rules, intake, locks, waive=waive, recorded=waived_of_json(path))
    pool = replace(round.pool, seal=mark)
    found = count_again(pool, rules, written, locks=round.locks, work=WORK)
    same_files = {digest for _, digest in files} == {one.sha256 for one in intake.files}
    lines = [_verdict("files", same_files), _verdict("steps", not found.steps)]
    for name, told, again in found.steps:
        values = {"written": "–" if told is None else told, "again": "–" if again is None else again}
        lines.append("  " + text("drawn.step", step=text(f"step.{name}"), **values))
    lines.append(_verdict("people", found.same_people))
    if found.same_people:
        lines.append(text("drawn.panels.no", n=found.broken) if found.broken else text("drawn.panels.yes"))
        lines.append(text("drawn.chances.no", n=len(found.chances)) if found.chances else text("drawn.chances.yes"))
        lines.append(_verdict("seed", found.same_drawn))
        lines.append(text("draw.smallest", chance=format_share(found.smallest), panels=len(written.panels)))
        lines.append(gap_line(found.bound - found.smallest))
        if found.fairer is not None:
            lines.append(text("drawn.fairer", chance=format_share(found.fairer)))
    holds = found.holds
    print_not_applied(round.pool, rules)
    for line in [*lines, text(_conclusion(holds=holds, same_files=same_files))]:
        lines_out.print(line, markup=False)
    return holds


def _conclusion(*, holds: bool, same_files: bool) -> str:
    if not holds:
        return "drawn.fails"
    return "drawn.holds" if same_files else "drawn.holds_other_bytes"


def _verdict(what: str, holds: bool) -> str:
    return text(f"drawn.{what}.{'yes' if holds else 'no'}")
