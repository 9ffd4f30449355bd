"""A stopped proposal: nothing was changed, and what was found can be looked at until it is put away."""

from types import SimpleNamespace

from selection.model.rules_file import preset
from selection.rounds.tasks import Proposed
from selection.ui.components import stopped
from selection.ui.job_worker import Job
from tests.rosters import roster_of

MADE = roster_of(
    [("k1", "itäinen", "member", None), ("k2", "itäinen", "member", None), ("k3", "itäinen", "deputy", "k1")]
)


def test_what_was_told_on_the_way_stands_in_for_a_result():
    first = roster_of([("k1", "itäinen", "member", None)])
    assert stopped.roster_found(Job("propose", result=Proposed(first, {}), found=MADE)) == first
    assert stopped.roster_found(Job("propose", found=MADE)) == MADE
    assert stopped.roster_found(Job("propose")).seats == ()


def test_people_stand_by_table_role_and_name():
    people = {key: SimpleNamespace(name=name) for key, name in (("k1", "<b> Öman"), ("k2", "Aho"), ("k3", "Elo"))}
    html = stopped.as_html(SimpleNamespace(rules=preset("lahti-2021"), people=people), MADE)
    assert html.index("Aho") < html.index("&lt;b&gt; Öman") < html.index("Elo")
    assert html.count("<h3>") == len(preset("lahti-2021").table_ids)
