"""The board's item as a Word document, from a template that the city can replace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from selection.errors import FileError, InputError
from selection.explain.not_applied import not_applied_lines
from selection.model.fingerprint import fingerprint
from selection.model.law import BodyShare, SpecialReasons, breaking, law_of
from selection.model.people import Role
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.state import State, sentence, state_of_proposal
from selection.model.titles import table_title
from selection.outputs import law_words, word_template
from selection.outputs.open_points import GoingOn
from selection.outputs.people import Details, People, loose_deputies
from selection.outputs.rosters import has_pairs
from selection.outputs.rule_words import rules_in_words
from selection.outputs.sheets import clean
from selection.outputs.statement import statement
from selection.outputs.workbook import moment_of
from selection.proposal import Proposal
from selection.texts import format_date, in_language, language, text
from selection.version import __version__

TEMPLATES = Path(__file__).parent / "templates"

#: Languages that a template is there for; the city's own language is the first.
TEMPLATE_LANGUAGES = ("fi", "sv")


def document_bytes(
    proposal: Proposal,
    *,
    template: Path | None = None,
    details: Mapping[str, Details] | None = None,
    special_reason: SpecialReasons | str = "",
    changes: int | None = None,
    state: State | None = None,
    going_on: GoingOn | None = None,
    log_head: str = "",
) -> bytes:
    """The document, the same bytes for the same proposal.

    Parameters
    ----------
    template
        A Word document with the places of ``templates/board_item_fi.docx``; ``None`` for the package's own.
    special_reason
        Why a body has fewer women or men than the Equality Act asks, and what was done, by body or one text for all;
        obligatory then: see :mod:`selection.model.law`.
    changes
        How many changes people made to the program's proposal; ``None`` where it is not known.
    state
        What is true of the roster; ``None`` where the proposal itself says all of it.
    going_on
        What was left open to question about seats, and why the matter went on; told in a section of its own at the end,
        whatever the template.
    log_head
        The last line of the records' log and its hash, where there are records: at the foot of each page beside the
        fingerprint of the roster.

    Raises
    ------
    InputError
        if a special reason is needed and there is none.
    FileError
        if the template cannot be used.
    """
    reasons = special_reason if isinstance(special_reason, SpecialReasons) else SpecialReasons(special_reason)
    require_special_reason(proposal, reasons)
    code = language() if language() in TEMPLATE_LANGUAGES else TEMPLATE_LANGUAGES[0]
    with in_language(code):
        content = _content(proposal, details, reasons, changes, state or state_of_proposal(proposal))
        told = "" if going_on is None else clean(going_on.words(public=True))
        return _rendered(template, content, proposal, code, told, log_head)


def require_special_reason(proposal: Proposal, reasons: SpecialReasons) -> None:
    """See that a special reason is given for each body that must have one.

    Raises
    ------
    InputError
        if not; ``bodies`` names all that want one.
    """
    wanting = reasons.wanting(law_of(proposal))
    if wanting:
        told = "; ".join(law_words.named(proposal.rules, one) for one in wanting)
        raise InputError("special_reason_missing", n=len(wanting), bodies=told)


def _content(
    proposal: Proposal,
    details: Mapping[str, Details] | None,
    reasons: SpecialReasons,
    changes: int | None,
    state: State,
) -> dict[str, Any]:
    people = People.of(proposal, details)
    rules = proposal.rules
    without = not_applied_lines(proposal.pool, rules)
    return {
        **_law(proposal, reasons),
        "term": dates_between(rules, "term"),
        "call": dates_between(rules, "call"),
        "applications": len(proposal.pool.applicants),
        "per_table": ", ".join(f"{table_title(rules, name)} {count}" for name, count in _willing(proposal)),
        "table_names": ", ".join(table_title(rules, one) for one in proposal.pool.tables),
        "table_count": len(proposal.pool.tables),
        "rules": [
            {"kind": one.kind, "name": one.name, "words": one.words}
            for one in rules_in_words(rules, proposal.rows.not_applied)
            if one.kind not in (text("rules.kind.setting"), text("rules.kind.not_applied"))
        ],
        "not_applied": without,
        "not_applied_rows": [
            {"kind": text("rules.kind.not_applied"), "name": "", "words": sentence} for sentence in without
        ],
        "changes": changes,
        "has_deputies": rules.has(Role.DEPUTY),
        "pairs": has_pairs(rules),
        "proven": state.best,
        "state": clean(sentence(state, rules)),
        "seed": clean(proposal.seed),
        "tables": [_table(people, table) for table in proposal.pool.tables],
    }


def _law(proposal: Proposal, reasons: SpecialReasons) -> dict[str, Any]:
    """What the item says by the Equality Act; ``equality_act`` is false where nothing of it is said.

    ``special_reason`` and ``all_balanced`` are the places of older templates.
    """
    rules, bodies = proposal.rules, law_of(proposal)
    measured = [one for one in bodies if one.measured]
    totals = {
        f"{role.value}_{name}": sum(getattr(one, name) for one in measured if one.role == role)
        for role in (Role.MEMBER, Role.DEPUTY)
        for name in ("women", "men", "unstated", "size")
    }
    shortfalls = [
        {"line": law_words.sentence(rules, one), "reason": clean(reasons.of(one))} for one in breaking(bodies)
    ]
    unmeasured = [law_words.sentence(rules, one) for one in bodies if not one.measured]
    return {
        **totals,
        "equality_act": bool(bodies),
        "all_measured": len(measured) == len(bodies),
        "all_balanced": bool(bodies) and all(one.holds for one in bodies),
        "roundings": [law_words.sentence(rules, one) for one in bodies if one.rounded],
        "shortfalls": shortfalls,
        "unmeasured": unmeasured,
        "special_reason": " ".join([f"{one['line']} {one['reason']}" for one in shortfalls] + unmeasured),
        "balances": [_balance(proposal.rules, one) for one in bodies],
    }


def _balance(rules: Rules, body: BodyShare) -> dict[str, Any]:
    """A line of the item's table of women and men."""
    return {
        "table": table_title(rules, body.table),
        "body": text(f"workbook.body.{body.role.value}"),
        "women": "–" if body.women is None else body.women,
        "men": "–" if body.men is None else body.men,
        "unstated": "–" if body.unstated is None else body.unstated,
        "size": body.size,
        "women_percent": "–" if body.women is None else law_words.percent(body.women, body.size),
        "men_percent": "–" if body.men is None else law_words.percent(body.men, body.size),
        "verdict": law_words.verdict(body),
    }


def dates_between(rules: Rules, name: str) -> str:
    """The dates of the term or of the call; a place to fill in where the rules do not tell them."""
    starts, ends = (rules.term.starts, rules.term.ends) if name == "term" else (rules.call.opens, rules.call.closes)
    if starts is None or ends is None:
        return text("document.dates_missing")
    return text("rules.between", starts=format_date(starts), ends=format_date(ends))


def _willing(proposal: Proposal) -> list[tuple[str, int]]:
    """For each table how many applicants it could choose among; one applicant may be available to several tables."""
    candidates = proposal.pool.candidates
    return [
        (name, len({one.applicant for one in candidates if one.table == table}))
        for table, name in enumerate(proposal.pool.tables)
    ]


def _table(people: People, table: str) -> dict[str, Any]:
    """Public content of one table: names, and the organisation of representatives; alphabetical."""
    proposal = people.proposal
    deputies = proposal.at(table, Role.DEPUTY)
    loose = loose_deputies(proposal, table)
    deputy_of = {one.deputy_of: one for one in deputies if one not in loose}

    def told(seat: Seat | None) -> dict[str, str]:
        if seat is None:
            return {"name": text("document.vacant"), "organisation": ""}
        one = people.by_key[seat.person]
        return {"name": clean(one.name), "organisation": clean(people.organisation(one) or "")}

    members = people.ordered(proposal.at(table, Role.MEMBER))
    alone = {"name": text("document.without_member"), "organisation": ""}
    return {
        "name": table_title(proposal.rules, table),
        "members": [told(seat) | {"deputy": told(deputy_of.get(seat.person))} for seat in members]
        + [alone | {"deputy": told(seat)} for seat in (people.ordered(loose) if has_pairs(proposal.rules) else ())],
        "deputies": [_numbered(people, seat, told(seat)) for seat in people.standing(deputies)],
        "statement": statement(proposal, table),
    }


def _numbered(people: People, seat: Seat, told: dict[str, str]) -> dict[str, str]:
    """A deputy with the place in the order, where there is one."""
    order = people.order_of(seat)
    return told if order is None else told | {"name": f"{order}. {told['name']}"}


def require_template(template: Path) -> None:
    """Raise before any work where a template cannot be used.

    Raises
    ------
    FileError
        if it is no Word document, is too large, or what stands between its braces cannot be read or takes too long.
    """
    word_template.check(_bytes_of(template), file=template.name)


def _rendered(
    template: Path | None, content: dict[str, Any], proposal: Proposal, code: str, told: str = "", log_head: str = ""
) -> bytes:
    properties = {
        "title": text("document.title", term=content["term"]),
        "author": "Kokoonpano",
        "language": code,
        "comments": "",
    }
    added = (text("open_seat.heading"), told) if told else None
    digest = fingerprint(proposal.rules, proposal.seed, proposal.seats, proposal.pool.applicants)
    foot = [text("document.foot", version=__version__, digest=digest)]
    if log_head:
        foot.append(text("document.foot_log", head=log_head))
    filling = word_template.Filling(content, properties, moment_of(proposal.rules), added, "\n".join(foot))
    if template is None:
        return word_template.filled((TEMPLATES / f"board_item_{code}.docx").read_bytes(), filling)
    return word_template.fill(_bytes_of(template), filling, file=template.name)


def _bytes_of(template: Path) -> bytes:
    try:
        with template.open("rb") as file:
            return file.read(word_template.LARGEST + 1)
    except OSError:
        raise FileError("template_unusable", file=template.name) from None
