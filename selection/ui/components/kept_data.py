"""What can be downloaded of a round without its people: the decision as it was recorded, and the counts kept of all."""

from __future__ import annotations

from selection import actions as do
from selection.outputs.annex import Named, annex_bytes
from selection.outputs.kept_data import kept_data_file
from selection.rounds.desk import Desk
from selection.rounds.version_state import rules_of
from selection.ui import session
from selection.ui.components import download_button


def show(desk: Desk) -> None:
    """The round's data once applicants were erased, from the counts that were kept; nothing where none were."""
    statistics = desk.round.statistics
    if statistics:
        least = desk.rules.publish
        download_button.row_of_kept(desk, "kept_data", "data.csv", lambda: kept_data_file(statistics, least))


def annex(desk: Desk, decision: do.DecisionRow) -> None:
    """The public annex of a decision: the names as they were decided, whoever left or was erased since."""
    store, user = session.store(), session.user()
    decided = do.version(store, user, desk.round.id, decision.version_id)
    rules = rules_of(desk, decided, store, user)
    named = named_by(decision, decided.roster)
    download_button.row_of_kept(
        desk, "annex", "annex.xlsx", lambda: annex_bytes(named, rules, decided=True), version_id=decision.version_id
    )


def named_by(decision: do.DecisionRow, roster: do.Roster) -> list[Named]:
    """The seats of a decided roster under the names that the decision recorded."""
    people = decision.people
    return [
        Named(seat.table, seat.role, str(people[seat.person]["name"]), people[seat.person]["organisation"])
        for seat in roster.seats
        if seat.person in people
    ]
