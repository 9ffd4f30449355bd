"""Statement of reasons for each table, from computed facts: the composition, the goals that gave way, and the lot."""

from __future__ import annotations

from collections.abc import Iterator

from selection.model.law import law_of
from selection.model.people import Role
from selection.model.rows import Row
from selection.model.titles import rule_name, table_title
from selection.outputs.people import group_words, loose_deputies
from selection.outputs.rosters import has_pairs
from selection.outputs.rule_words import between
from selection.outputs.seal_words import sealed_words
from selection.proposal import Proposal
from selection.texts import text


def statement(proposal: Proposal, table: str) -> str:
    """One paragraph: what the table's composition is, what was not reached and why, and where the lot decided.

    Every word of it is counted from the seats, from who was willing, or from what the steps proved.
    """
    return " ".join(_sentences(proposal, table))


def _sentences(proposal: Proposal, table: str) -> Iterator[str]:
    yield from _sizes(proposal, table)
    yield from _ages(proposal, table)
    yield from _kinds(proposal, table)
    # A goal of all tables together is told at each: nobody reads only one of them.
    rows = [row for row in proposal.rows.goals if row.table in (table, None)]
    missed = [row for row in rows if not row.standing(proposal.chosen).holds]
    if not rows:
        return
    yield text("statement.goals", met=len(rows) - len(missed), n=len(rows))
    for row in missed:
        yield _missed(proposal, row)
    if proposal.proven:
        yield text(
            "statement.proven" if missed else "statement.lots", seed=proposal.seed, sealed=sealed_words(proposal.pool)
        )
    else:
        yield text("statement.not_proven")


def _sizes(proposal: Proposal, table: str) -> Iterator[str]:
    """Members and deputies, with women and men where the Equality Act has them counted; and the deputies without a
    member, such as one who left."""
    title = table_title(proposal.rules, table)
    counted = {one.role: one for one in law_of(proposal) if one.table == table and one.measured}
    for role, code in ((Role.MEMBER, "statement.members"), (Role.DEPUTY, "statement.deputies")):
        size, share = len(proposal.at(table, role)), counted.get(role)
        if share is not None:
            numbers = {"women": share.women, "men": share.men, "unstated": share.unstated}
            yield text(code, table=title, n=size, **numbers)
        elif size:
            yield text(f"{code}_alone", table=title, n=size)
    if has_pairs(proposal.rules) and (loose := len(loose_deputies(proposal, table))):
        yield text("statement.without_member", n=loose)


def _ages(proposal: Proposal, table: str) -> Iterator[str]:
    pool = proposal.pool
    bands = proposal.rules.pairs.age_bands
    places = [pool.places[seat.person] for seat in proposal.at(table, Role.MEMBER)]
    counts = [(band, sum(pool.holds(place, "age", (band,)) for place in places)) for band in bands]
    told = ", ".join(f"{band}: {count}" for band, count in counts if count)
    if told:
        yield text("statement.ages", ages=told)


def _kinds(proposal: Proposal, table: str) -> Iterator[str]:
    pool = proposal.pool
    kinds = [pool.applicants[pool.places[seat.person]].value("kind") for seat in proposal.at(table, Role.MEMBER)]
    if any(kinds):
        yield text("statement.kinds", residents=kinds.count("resident"), others=kinds.count("representative"))


def _missed(proposal: Proposal, row: Row) -> str:
    """A goal that gave way, and the reason known: too few were willing, or a proof that no roster is better."""
    standing = row.standing(proposal.chosen)
    pool = proposal.pool
    candidates = [pool.candidates[place] for place in row.counted]
    willing = len({one.applicant for one in candidates if one not in pool.unaccepted})
    least, most = standing.at_least, standing.at_most
    words = {
        "goal": rule_name(proposal.rules, row.id),
        "group": group_words(proposal.rules, row.id, row.value),
        "count": standing.count,
        "limits": between(least, most),
    }
    if least is not None and willing < least:
        return text("statement.too_few_willing", n=willing, **words)
    return text("statement.gave_way" if proposal.proven else "statement.off", **words)
