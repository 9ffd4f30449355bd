"""The rule panel says of goals only what is counted."""

from __future__ import annotations

from selection.texts import LANGUAGES, in_language, text
from selection.ui.components.composition import Goal, Line
from selection.ui.components.panel import Panel, as_html, summary


def test_where_no_goal_is_counted_none_is_said_to_be_met() -> None:
    for language in LANGUAGES:
        with in_language(language):
            assert text("ui.goal.all_met") not in summary(Panel("Haukivuori", (), ()))
            met = Goal("Kylät", 1, [Line("Haukivuori", 1, 1, None, 0)])
            assert text("ui.goal.all_met") in summary(Panel("Haukivuori", (), (met,)))
            assert text("ui.panel.aimed") not in as_html(Panel("Haukivuori", (), ()))
