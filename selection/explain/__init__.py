"""The optimiser's answers: why, why not, what instead, how far, what conflicts, and what else is as good."""

from selection.explain.alternatives import Alternative, alternatives
from selection.explain.everybody import never_seated, open_questions, why_not_all
from selection.explain.least_change import Rearranged, fill_vacancies, least_change
from selection.explain.needs import Need, needs
from selection.explain.room import Room, room, room_within_steps
from selection.explain.rule_change import Change, changed_locks, changed_rules
from selection.explain.substitution import Choice, Substitute, choices, instead
from selection.explain.tradeoffs import TradeOff, trade_off
from selection.explain.ways_out import WayOut, ways_out
from selection.explain.why import Answer, Questions

__all__ = [
    "Alternative",
    "Answer",
    "Change",
    "Choice",
    "Need",
    "Questions",
    "Rearranged",
    "Room",
    "Substitute",
    "TradeOff",
    "WayOut",
    "alternatives",
    "changed_locks",
    "changed_rules",
    "choices",
    "fill_vacancies",
    "instead",
    "least_change",
    "needs",
    "never_seated",
    "open_questions",
    "room",
    "room_within_steps",
    "trade_off",
    "ways_out",
    "why_not_all",
]
