"""The command verify: whether a decision follows from these applications, and where people changed it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selection.commands.applied import pool_of, print_not_applied
from selection.commands.options import Seal, Waive
from selection.commands.round import show_progress
from selection.commands.standing import print_state, state_of_workbook
from selection.commands.terminal import lines_out, readable
from selection.commands.workbook import change_lines, read_as_recorded, sheet_cells
from selection.errors import InputError
from selection.intake import field_name
from selection.model.applied import waived
from selection.model.titles import rule_name, table_name
from selection.rounds.seal_file import published_root, read_seal
from selection.rounds.sealed_round import sealed_draw
from selection.texts import error_text, label, text

if TYPE_CHECKING:
    from selection.model.people import Applicant
    from selection.model.rules import Rules
    from selection.outputs.amendments import Amendment
    from selection.outputs.checkable import Checkable
    from selection.outputs.verification import FigureDifference, Verification

#: So many row numbers are named of one sheet.
_ROWS_TOLD = 12


def verify_command(
    decision: Annotated[Path, typer.Argument(readable=False, help=text("cli.verify_decision"), show_default=False)],
    applications: Annotated[
        list[Path] | None, typer.Argument(readable=False, help=text("cli.applications"), show_default=False)
    ] = None,
    waive: Waive = None,
    seal: Seal = None,
) -> None:
    """Say whether a decision follows from these applications, or a fair draw. Exit status 1 where anything differs."""
    from selection.outputs import readback
    from selection.outputs.amendments import amended
    from selection.outputs.verification import verify

    if decision.suffix.lower() == ".json":
        from selection.commands.verify_draw import verify_draw
        from selection.outputs.proof import read_proof

        content = read_proof(decision)
        if content is not None:
            raise typer.Exit(0 if _verify_proof(content, decision, seal) else 1)
        _require_files(applications)

        raise typer.Exit(0 if verify_draw(decision, applications or (), waive, seal) else 1)
    readable(decision)
    _require_files(applications)
    sheets = sheet_cells(decision)
    recorded = readback.checkable_in(sheets, file=decision.name)
    intake = read_as_recorded(applications or (), recorded, recorded.rules())
    mark = None
    if seal is not None:
        of_seal = sealed_draw(read_seal(seal), None, intake, recorded.rules(), recorded.waived)
        intake, mark = of_seal.intake, of_seal.mark
    people = amended(intake.applicants, recorded.amendments)
    decided = readback.roster_in(sheets, recorded, people, file=decision.name)

    asked = recorded.asked
    pool = pool_of(recorded.rules(), intake, people, asked, waive=waive, recorded=recorded.waived)
    found = verify(
        recorded,
        decided,
        intake.applicants,
        files=[(one.name, one.sha256) for one in intake.files],
        sheets=sheets,
        asked=intake.asked,
        left_out=pool.left_out,
        waived=pool.waived,
        seal=mark,
        progress=show_progress,
    )
    names = {one.key: one.name for one in recorded.seats} | {one.key: one.name for one in intake.applicants}
    names |= {one.key: one.name for one in (*amended(people, recorded.solved_amendments or ()), *people)}
    beyond = () if recorded.asked is None else tuple(sorted(set(recorded.asked) - set(intake.asked)))
    without = bool(waived(pool, recorded.rules()))
    for line in _lines(found, recorded, names, beyond, others=without):
        lines_out.print(line, markup=False)
    rules = recorded.rules()
    print_state(state_of_workbook(recorded, decided, found.checked.requirements, rules, intake, pool), rules)
    print_not_applied(pool, recorded.rules())
    good = found.follows and not found.changes and not found.edited and not found.broken and not found.figures
    raise typer.Exit(0 if good else 1)


def _require_files(applications: list[Path] | None) -> None:
    """Everything but a verification file is held against the applications.

    Raises
    ------
    InputError
        without them.
    """
    if not applications:
        raise InputError("verify_wants_applications")


def _verify_proof(content: dict[str, Any], decision: Path, seal: Path | None) -> bool:
    """Say of each part of a verification file whether it holds, and whether its root is that of ``seal``, a seal or the
    list that was published; whether all do.

    Raises
    ------
    SelectionError
        if a file cannot be used.
    """
    from selection.outputs.proof import verify_proof
    from selection.rounds.program_hash import program_hash

    of_seal = None if seal is None else published_root(seal) == content.get("root")
    found = verify_proof(content, decision.name, program_hash())
    for name, holds in found.parts.items():
        lines_out.print(text(f"verify.proof.{name}.{'yes' if holds else 'no'}"), markup=False)
    for name, numbers in content["drawn"]:
        lines_out.print(text("verify.proof.drawn", source=name, numbers=numbers), markup=False)
    lines_out.print(text("verify.proof.root", root=content["root"]), markup=False)
    if not found.program:
        lines_out.print(text("verify.proof.other_program"), markup=False)
    if of_seal is None:
        lines_out.print(text("verify.proof.compare"), markup=False)
    else:
        lines_out.print(text(f"verify.proof.published.{'yes' if of_seal else 'no'}"), markup=False)
    return found.holds and of_seal is not False


def _lines(
    found: Verification, recorded: Checkable, names: dict[str, str], beyond: tuple[str, ...], *, others: bool
) -> list[str]:
    """What a person reads, a line for each thing checked, differences under it; ``others``: some were waived."""
    rules = recorded.rules()
    lines = [_verdict("files", found.same_files)]
    lines += ["  " + text("verify.file_missing", file=name) for name in found.files_missing]
    lines += ["  " + text("verify.file_other", file=name) for name in found.files_other]
    if found.people_missing:
        lines.append("  " + text("verify.people_missing", n=found.people_missing))
    lines.append(_verdict("sheet", found.intact))
    lines += _amended(found, recorded, names, beyond)
    lines += _locks(recorded, rules, names)
    lines += _computed(found, recorded, names)
    if found.computed:
        lines.append(_verdict("people", not found.changes))
        lines += ["  " + line for line in change_lines(found.changes, rules, names)]
    if found.edited and (found.edited != found.changes or not found.computed):
        lines.append(text("verify.edited.no", n=len(found.edited)))
        lines += ["  " + line for line in change_lines(found.edited, rules, names)]
    lines.append(_verdict("figures", not found.figures))
    lines += ["  " + line for one in found.figures for line in _figures(one)]
    if others and not found.broken:
        lines.append(text("verify.requirements.others"))
    else:
        lines.append(_verdict("requirements", not found.broken))
    lines += [
        "  " + " · ".join(part for part in (rule_name(rules, one.id), _where(rules, one.table, one.role)) if part)
        for one in found.broken
    ]
    lines.append(_conclusion(found))
    return lines


def _conclusion(found: Verification) -> str:
    if not found.computed:
        return text("verify.by_hand")
    if found.outdated and found.intact and found.same_files and not found.repeated:
        return text("verify.not_repeated")
    if not found.follows:
        return text("verify.does_not_follow")
    return text("verify.follows_changed", n=len(found.changes)) if found.changes else text("verify.follows")


def _computed(found: Verification, recorded: Checkable, names: dict[str, str]) -> list[str]:
    """Whether the steps and the draw give the recorded proposal again, and if not, why."""
    if not found.computed:
        return []
    rules = recorded.rules()
    lines: list[str] = []
    if found.failure is not None:
        lines.append(text("verify.unrepeatable", why=error_text(found.failure)))
    else:
        lines.append(_verdict("steps", not found.steps_differ))
        lines += [
            "  " + text("verify.step", step=text(f"step.{name}"), recorded=value, again="–" if again is None else again)
            for name, value, again in found.steps_differ
        ]
        lines.append(_verdict("draw", not found.proposal_differs))
        if found.proposal_differs and not recorded.proven:
            lines.append("  " + text("verify.not_proven"))
        lines += ["  " + line for line in change_lines(found.proposal_differs, rules, names)]
    if found.outdated and not found.repeated:
        lines.append("  " + text("verify.outdated"))
    return lines


def _amended(found: Verification, recorded: Checkable, names: dict[str, str], beyond: tuple[str, ...]) -> list[str]:
    """Whom people corrected, added or left out, field by field."""
    lines = [text("verify.mapping")] if recorded.mapping else []
    if found.amendments:
        lines.append(text("verify.amended", n=len(found.amendments)))
    for one, read in found.amendments:
        lines += ["  " + line for line in _amendment(one, read, names)]
    if found.computed and found.later:
        lines.append(text("verify.later", n=len(found.later)))
        lines += ["  " + line for one, then in found.later for line in _amendment(one, then, names)]
    if beyond:
        lines.append("  " + text("verify.asked", fields=", ".join(map(field_name, beyond))))
    return lines


def _amendment(one: Amendment, before: Applicant | None, names: dict[str, str]) -> list[str]:
    """What was done of one person's data."""
    from selection.outputs.amendments import differing

    name = names.get(one.key, one.key)
    if one.used is None:
        return [text("verify.amended.left_out", name=name)]
    if before is None:
        return [text("verify.amended.added", name=name)]
    return [
        text(
            "verify.amended.value",
            name=name,
            field=field_name(field),
            before=_values(field, was),
            after=_values(field, is_now),
        )
        for field, was, is_now in differing(before, one.used)
    ]


def _values(field: str, values: tuple[str, ...]) -> str:
    kind = "seat" if field == "roles" else field
    return ", ".join(label(kind, value) for value in values) or text("verify.amended.unknown")


def _locks(recorded: Checkable, rules: Rules, names: dict[str, str]) -> list[str]:
    lines = [text("verify.locks", n=len(recorded.locks))] if recorded.locks else []
    for lock in recorded.locks:
        who = ", ".join(names.get(key, key) for key in lock.keys.split("+"))
        told = text("verify.lock", lock=label("rule", lock.kind), names=who)
        where = _where(rules, lock.table, lock.role)
        told = f"{told} ({where})" if where else told
        reason = recorded.reasons.get(lock.keys, "")
        lines.append("  " + (text("verify.lock_reason", lock=told, reason=reason) if reason else told))
    return lines


def _where(rules: Rules, table: str | None, role: str | None) -> str:
    named = table_name(rules, table) if table else ""
    return " · ".join(part for part in (named, label("seat", role or "")) if part)


def _figures(one: FigureDifference) -> list[str]:
    if one.missing:
        return [text("verify.figures.missing", sheet=one.sheet)]
    lines = []
    if one.rows:
        rows = ", ".join(map(str, one.rows[:_ROWS_TOLD])) + (" …" if len(one.rows) > _ROWS_TOLD else "")
        lines.append(text("verify.figures.row", n=len(one.rows), sheet=one.sheet, rows=rows))
    if one.gone:
        lines.append(text("verify.figures.gone", n=one.gone, sheet=one.sheet))
    return lines


def _verdict(what: str, holds: bool) -> str:
    return text(f"verify.{what}.{'yes' if holds else 'no'}")
