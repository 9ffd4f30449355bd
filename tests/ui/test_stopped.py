"""A stopped proposal: nothing was changed, and what was found can be looked at until it is put away."""

from types import SimpleNamespace

from selection.model.rules_file import preset
from selection.rounds.tasks import Proposed
from selection.ui.components import stopped
from selection.ui.job_worker import Job

SEATS = (("k1", "itäinen", "member", None), ("k2", "itäinen", "member", None), ("k3", "itäinen", "deputy", "k1"))


def test_what_was_told_on_the_way_stands_in_for_a_result():
    assert stopped.seats_found(Job("propose", result=Proposed(SEATS[:1], {}), found=SEATS)) == SEATS[:1]
    assert stopped.seats_found(Job("propose", found=SEATS)) == SEATS
    assert stopped.seats_found(Job("propose")) == ()


def test_people_stand_by_table_role_and_name():
    people = {key: SimpleNamespace(name=name) for key, name in (("k1", "Öman <b>"), ("k2", "Aho"), ("k3", "Elo"))}
    html = stopped.as_html(SimpleNamespace(rules=preset("lahti-2021"), people=people), SEATS)
    assert html.index("Aho") < html.index("Öman &lt;b&gt;") < html.index("Elo")
    assert html.count("<h3>") == len(preset("lahti-2021").table_ids)
