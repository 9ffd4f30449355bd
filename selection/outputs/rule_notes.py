"""What the rules alone tell in advance, in words: sizes that no body can have, goals that ask for too many seats."""

from __future__ import annotations

from selection.model.rules import Rules
from selection.model.sizes import GoalNote, SizeNote, notes_of
from selection.model.titles import rule_name, table_title
from selection.texts import label, text


def notes_in_words(rules: Rules) -> tuple[str, ...]:
    """A sentence for each note."""
    return tuple(note_in_words(rules, one) for one in notes_of(rules))


def note_in_words(rules: Rules, note: SizeNote | GoalNote) -> str:
    """One note as a sentence."""
    return size_in_words(rules, note) if isinstance(note, SizeNote) else goal_in_words(rules, note)


def size_in_words(rules: Rules, note: SizeNote) -> str:
    """That a body cannot have the size aimed at, why, and which size it can have."""
    said = {
        "table": table_title(rules, note.table),
        "body": label("seat", note.role.value).lower(),
        "aim": note.aim,
        "rules": ", ".join(f"{rule_name(rules, one)} ({one})" for one in note.rules),
    }
    if not note.sizes:
        return text("rules.note.no_size", **said)
    return text("rules.note.size", largest=note.sizes[-1], **said)


def goal_in_words(rules: Rules, note: GoalNote) -> str:
    """That the ranges of a goal cannot all be met."""
    share = f"{float(100 * note.share):g}"
    code = "rules.note.goal_share" if note.share > 1 else "rules.note.goal"
    return text(code, goal=f"{rule_name(rules, note.goal)} ({note.goal})", seats=note.seats, aim=note.aim, share=share)
