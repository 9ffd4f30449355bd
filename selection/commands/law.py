"""The Equality Act at the command line: special reasons as options, and how the bodies stand."""

from __future__ import annotations

from collections.abc import Sequence

from selection.commands.terminal import err, lines_out
from selection.errors import InputError
from selection.model.law import ROLES, BodyKey, BodyShare, SpecialReasons, law_of
from selection.model.people import Role
from selection.model.rules import Rules
from selection.outputs import law_words
from selection.outputs.rule_notes import notes_in_words
from selection.proposal import Proposal
from selection.texts import label, text


def reasons_of(given: Sequence[str], rules: Rules) -> SpecialReasons:
    """The special reasons of ``--special-reason [BODY=]TEXT``; BODY is ``table/role``, or a table for both its bodies.

    What stands before the equals sign of a sentence with one is a body only if it could be one.

    Raises
    ------
    InputError
        if a body is not there, or has no reason.
    """
    for_all: list[str] = []
    by_body: dict[BodyKey, str] = {}
    for one in given:
        before, equals, after = one.partition("=")
        bodies = _bodies(before.strip(), rules) if equals else ()
        said = after.strip() if bodies else one.strip()
        if not said:
            raise InputError("special_reason_empty", found=before.strip() or "–")
        for body in bodies:
            by_body[body] = f"{by_body[body]} {said}" if body in by_body else said
        if not bodies:
            for_all.append(said)
    return SpecialReasons(" ".join(for_all), by_body)


def _bodies(written: str, rules: Rules) -> tuple[BodyKey, ...]:
    tables = {
        name.casefold(): table.id
        for table in reversed(rules.tables)
        for name in (*table.titles.model_dump(exclude_none=True).values(), table.id)
    }
    roles = {role.value: role for role in ROLES} | {label("seat", role.value).casefold(): role for role in ROLES}
    if written.casefold() in tables:
        return tuple((tables[written.casefold()], role) for role in ROLES)
    table, slash, role = (part.strip() for part in written.rpartition("/"))
    known = table.casefold() in tables, role.casefold() in roles
    if all(known):
        return ((tables[table.casefold()], roles[role.casefold()]),)
    if slash and (any(known) or " " not in written):
        bodies = [one for one in ROLES if one is not Role.DEPUTY or rules.has(Role.DEPUTY)]
        names = ", ".join(f"{name}/{one.value}" for name in rules.table_ids for one in bodies)
        raise InputError("special_reason_unknown_body", found=written[:60], known=names)
    return ()


def require_reasons(proposal: Proposal, reasons: SpecialReasons) -> None:
    """Say which bodies want a special reason, all at once; nothing where none does.

    Raises
    ------
    InputError
        if any does.
    """
    wanting = reasons.wanting(law_of(proposal))
    if wanting:
        told = "; ".join(law_words.named(proposal.rules, one) for one in wanting)
        options = " ".join(f'--special-reason "{one.table}/{one.role.value}=…"' for one in wanting)
        raise InputError("special_reason_needed", n=len(wanting), bodies=told, options=options)


def tell_unneeded(bodies: Sequence[BodyShare], reasons: SpecialReasons) -> None:
    """Say for which bodies a reason was given that the document does not hold, as they need none."""
    needing = {one.key for one in bodies if one.holds is False}
    for table, role in reasons.by_body:
        if (table, role) not in needing:
            err.print(text("cli.special_reason_not_needed", body=f"{table}/{role.value}"), markup=False)


def print_notes(rules: Rules) -> None:
    """What the rules cannot reach, beside the result."""
    for line in notes_in_words(rules):
        lines_out.print(line, markup=False)


def print_law(rules: Rules, bodies: Sequence[BodyShare], *, each: bool = False) -> None:
    """How the bodies stand by the Act: the whole in a sentence, and each body (``each``) or each of which there is
    something to say."""
    if not bodies:
        return
    lines_out.print(law_words.summary(bodies), markup=False)
    for one in bodies:
        if each or not one.holds or one.rounded:
            lines_out.print("  " + law_words.line(rules, one), markup=False)
