"""What ``verify`` says of a workbook, in lines: what was checked, every difference found, and the conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selection.commands.workbook import change_lines
from selection.intake import field_name
from selection.model.fingerprint import fingerprint, rules_hash
from selection.model.people import Applicant
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.model.titles import rule_name, table_name
from selection.outputs.amendments import Amendment, differing, digest_of
from selection.outputs.appearance import Look
from selection.outputs.checkable import Checkable
from selection.outputs.seal_words import sealed_words
from selection.outputs.shown import Shown
from selection.outputs.verification import FigureDifference, Verification
from selection.presets import preset_names
from selection.texts import error_text, label, text
from selection.version import __version__

#: So many row numbers are named of one sheet, and so many places that look otherwise.
_ROWS_TOLD, _LOOKS_TOLD = 12, 20


@dataclass(frozen=True)
class Verdict:
    """All that was found of a workbook.

    Attributes
    ----------
    names
        Person key → name.
    beyond
        Fields that the workbook takes as asked and the applications do not.
    waived
        Whether requirements were waived.
    shown
        What its sheets show.
    looks
        Where it looks otherwise than it holds; ``None`` where that cannot be read.
    other_rules
        Rules that the workbook was to have, where it has others.
    """

    found: Verification
    recorded: Checkable
    names: dict[str, str]
    beyond: tuple[str, ...]
    waived: bool
    shown: Shown
    looks: tuple[Look, ...] | None
    other_rules: Rules | None = None

    @property
    def is_as_shown(self) -> bool:
        """Whether a person sees what was verified."""
        return self.shown.holds and not self.looks and not self.found.figures

    @property
    def holds(self) -> bool:
        """Whether the decision follows, nobody changed it, and it shows what it holds."""
        found = self.found
        changed = found.changes or found.edited or found.broken
        return found.follows and not changed and self.is_as_shown and self.other_rules is None

    def conclusion(self) -> str:
        """The sentence that agrees with :attr:`holds`."""
        found = self.found
        if not found.computed:
            return text("verify.by_hand")
        if found.outdated and found.intact and not found.repeated:
            return text("verify.not_repeated")
        if not found.follows:
            return text("verify.does_not_follow")
        if self.other_rules is not None:
            return text("verify.follows_other_rules")
        if found.changes or found.edited:
            return text("verify.follows_changed", n=len(found.changes or found.edited))
        if not self.is_as_shown:
            return text("verify.shows_otherwise")
        if found.broken:
            return text("verify.follows_broken")
        return text("verify.follows" if found.same_files else "verify.follows_other_bytes")


def verdict_lines(verdict: Verdict) -> list[str]:
    """What a person reads, a line for each thing checked, differences under it; the conclusion not among them."""
    found, recorded, names = verdict.found, verdict.recorded, verdict.names
    rules = recorded.rules()
    lines = [_verdict("files", found.same_files)]
    lines += ["  " + text("verify.file_missing", file=name) for name in found.files_missing]
    lines += ["  " + text("verify.file_other", file=name) for name in found.files_other]
    if not found.same_files and recorded.people:
        lines.append("  " + _verdict("same_data", digest_of(found.roster.pool.applicants) == recorded.people))
    if found.people_missing:
        lines.append("  " + text("verify.people_missing", n=found.people_missing))
    lines.append(_verdict("sheet", found.intact))
    lines += _amended(found, recorded, names, verdict.beyond)
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
    lines += _shown(verdict)
    if verdict.waived and not found.broken:
        lines.append(text("verify.requirements.others"))
    else:
        lines.append(_verdict("requirements", not found.broken))
    lines += [
        "  " + " · ".join(part for part in (rule_name(rules, one.id), _where(rules, one.table, one.role)) if part)
        for one in found.broken
    ]
    return [*lines, *_made_with(verdict)]


def _shown(verdict: Verdict) -> list[str]:
    """What the sheets show, and how they look."""
    shown, looks = verdict.shown, verdict.looks
    lines = [_verdict("shown", shown.holds and not looks)]
    lines += ["  " + line for one in shown.differences for line in _figures(one)]
    lines += ["  " + text("verify.shown.more", sheet=title) for title in shown.more]
    lines += ["  " + _look(look) for look in (looks or ())[:_LOOKS_TOLD]]
    if looks is not None and len(looks) > _LOOKS_TOLD:
        lines.append("  " + text("verify.look.rest", n=len(looks) - _LOOKS_TOLD))
    if looks is None:
        lines.append("  " + text("verify.look.unread"))
    if not shown.recorded:
        lines.append("  " + text("verify.shown.unrecorded"))
    elif shown.uncomputed:
        lines.append("  " + text("verify.shown.uncomputed", sheets=", ".join(shown.uncomputed)))
    return lines


def _look(look: Look) -> str:
    where = "!".join(part for part in (look.sheet, look.place) if part)
    return text("verify.look", where=where, what=text(f"verify.look.{look.code}"))


def _made_with(verdict: Verdict) -> Iterator[str]:
    """Rules, seed, fingerprint and version: what a reader compares with the minutes."""
    recorded, roster = verdict.recorded, verdict.found.roster
    rules = recorded.rules()
    yield text("verify.rules", name=rules.title or rules.name, digest=rules_hash(rules))
    if rules.name in preset_names() and (parts := _differing_parts(rules, preset(rules.name))):
        yield "  " + text("verify.rules.not_preset", name=rules.name, parts=", ".join(parts))
    if verdict.other_rules is not None:
        parts = _differing_parts(rules, verdict.other_rules)
        yield "  " + text("verify.rules.others", parts=", ".join(parts) or "–")
    yield text("verify.seed", seed=recorded.seed or "–", sealed=sealed_words(roster.pool))
    digest = fingerprint(rules, recorded.seed, roster.seats, roster.pool.applicants)
    yield text("verify.fingerprint", digest=digest)
    version = recorded.versions.get("selection", "–")
    if version != __version__:
        yield text("verify.other_version", version=version, now=__version__)


def _differing_parts(rules: Rules, other: Rules) -> list[str]:
    """What of the rules is other than in others: rules by name, all else by its key."""
    here, there = (one.model_dump(mode="json", by_alias=True, exclude={"name"}) for one in (rules, other))
    parts: list[str] = []
    for key in here:
        if here[key] == there[key]:
            continue
        if key not in ("requirements", "goals"):
            parts.append(key)
            continue
        ours, theirs = ({str(rule["id"]): rule for rule in one[key]} for one in (here, there))
        changed = [rule_id for rule_id in {**ours, **theirs} if ours.get(rule_id) != theirs.get(rule_id)]
        parts += [rule_name(rules if rule_id in ours else other, rule_id) for rule_id in changed] or [key]
    return parts


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
