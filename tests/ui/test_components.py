"""Tables, panel and charts as data and HTML: escaped, told in words, small enough to travel on every click."""

import json
from types import SimpleNamespace

import pytest

from selection.texts import in_language
from selection.ui.components import composition, panel, table
from selection.ui.text import escape, plain

HOSTILE = '<img src=x onerror="alert(1)"> [a](javascript:x) :red[b] $x$ **c**'


def person(number, locked=False):
    lock = table.Action("lock", "Lukitse", "Vapauta", pressed=locked, icon="unlock", icon_on="lock")
    menu = tuple(table.Action(name, name) for name in ("why", "swap", "move", "out"))
    return table.Cell(f"Nimi {number}", id=str(number), strong=True, sub=("45–64 · 15100",), buttons=(lock,), menu=menu)


def roster(size):
    rows = [table.Row(str(n), (person(n), person(1000 + n))) for n in range(size)]
    return table.Table("Jäsenet", (table.Column("Jäsen", head=True), table.Column("Varajäsen")), rows)


def test_a_switch_that_is_off_says_so():
    data = roster(1).as_data()
    assert data["rows"][0]["cells"][0]["buttons"][0]["pressed"] is False


def test_empty_parts_do_not_travel():
    data = roster(1).as_data()
    assert "badges" not in data["rows"][0]["cells"][0]
    assert "tone" not in data["rows"][0]["cells"][0]


def test_300_rows_stay_under_300_kilobytes():
    assert len(json.dumps(roster(300).as_data())) < 300_000


@pytest.mark.parametrize(
    "value",
    [None, {}, {"action": "lock"}, {"action": 1, "subject": "2"}, {"action": "lock", "subject": ["1"]}, "lock"],
)
def test_what_the_browser_sends_is_checked(value):
    assert table.clicked_in(SimpleNamespace(action=value)) is None


def test_a_click_is_read():
    event = table.clicked_in(SimpleNamespace(action={"action": "lock", "subject": "7"}))
    assert event == table.Event("lock", "7")


def test_names_are_shown_letter_by_letter():
    from markdown_it import MarkdownIt

    shown = MarkdownIt().renderInline(plain(HOSTILE))
    assert "<img" not in shown and "<a" not in shown and "<strong>" not in shown
    assert "<" not in escape(HOSTILE)


def test_chart_tells_in_words_what_it_draws():
    lines = [
        composition.Line("18–29", 1, 2, 3, deviation=1),
        composition.Line("45–64", 6, 4, 5, deviation=1),
        composition.Line(HOSTILE, 3, 2, 3),
    ]
    goal = composition.Goal("Ikä", 1, lines)
    page = composition.as_html(goal)
    assert goal.deviation == 2
    assert "1 paikka puuttuu" in page and "1 paikka yli" in page
    short, over, met = (composition.seats(line) for line in lines)
    assert short.count('class="missing"') == 1 and over.count('class="over"') == 1
    assert "missing" not in over + met and 'class="over"' not in short + met
    # Each value's seats stand in a cell of their own and, for narrow screens, below its name.
    assert page.count(short) == page.count(over) == 2
    assert "<img" not in page


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(2, 3, "2–3"), (2, 2, "2"), (1, None, "vähintään 1"), (None, 4, "enintään 4"), (None, None, "–")],
)
def test_range_in_words(least, most, expected):
    assert composition.span(least, most) == expected


def test_panel_puts_what_fails_first_and_counts():
    holds = panel.Requirement("Naisia", "jäsenet", 7, 6, None, holds=True)
    fails = panel.Requirement("Miehiä", "varajäsenet", 4, 6, None, holds=False)
    page = panel.as_html(panel.Panel("Itäinen", [holds, fails], [], [("Jäsenet", 15, 15)]))
    assert page.index("Miehiä") < page.index("Naisia")
    assert "2 puuttuu" in page and "Vaatimukset 1/2" in page


def test_other_languages():
    with in_language("en"):
        assert composition.Line("x", 1, 2, 3, deviation=1).standing == "1 seat short"
