"""The Equality Act in a decision: the share of each body of a version, and the special reasons that it needs."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from selection.actions.base import Work, roster_of
from selection.errors import ActionError
from selection.model.applicant_json import applicant_from_json
from selection.model.law import BodyShare, SpecialReasons, measure
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.outputs import law_words
from selection.records.people import asked_fields
from selection.records.tables import RulesText, SourceFile, Version


def law_of_version(work: Work, version: Version, rules: Rules) -> tuple[BodyShare, ...]:
    """The Equality Act's share in every body of a version, from the applications as they are now."""
    people = work.people()
    files = work.session.scalars(select(SourceFile).where(SourceFile.round_id == work.round.id))
    rows = people.values()
    asked = asked_fields(
        [file.mapping for file in files], [row.corrections for row in rows], [row.current for row in rows]
    )
    return measure(
        rules,
        roster_of(version).seats,
        [applicant_from_json(key, row.current, None) for key, row in people.items()],
        gender_read=asked is None or "gender" in asked,
    )


def reasons_given(
    work: Work, version: Version, rules_id: int, for_all: str, by_body: Mapping[str, str]
) -> SpecialReasons:
    """The special reasons given, once every body that needs one has one.

    Parameters
    ----------
    rules_id
        Of the rules that the version was made by.
    by_body
        ``table/role`` → its reason.

    Raises
    ------
    ActionError
        ``special_reason_missing``, which names the bodies; ``no_such_table`` for a reason of something that is no body.
    """
    kept = work.session.get(RulesText, rules_id)
    if kept is None:
        raise ActionError("rules_missing")
    rules = parse_rules(kept.text, work.round.preset or work.round.name)
    for name in by_body:
        if name.rpartition("/")[0] not in rules.table_ids:
            raise ActionError("no_such_table", table=name[:60])
    try:
        reasons = SpecialReasons.given(for_all.strip(), by_body)
    except ValueError as error:
        raise ActionError("no_such_table", table=str(error)[:60]) from error
    wanting = reasons.wanting(law_of_version(work, version, rules))
    if wanting:
        bodies = "; ".join(law_words.named(rules, one) for one in wanting)
        raise ActionError("special_reason_missing", n=len(wanting), bodies=bodies)
    return reasons
