"""The optimiser's answers: why, why not, what instead, how far, and what else is as good."""

from selection.explain.everybody import never_seated, open_questions, why_not_all
from selection.explain.instead import Substitute, instead
from selection.explain.needs import Need, needs
from selection.explain.room import Room, room, room_within_steps
from selection.explain.ways_out import WayOut, ways_out
from selection.explain.why import Answer, Questions

__all__ = [
    "Answer",
    "Need",
    "Questions",
    "Room",
    "Substitute",
    "WayOut",
    "instead",
    "needs",
    "never_seated",
    "open_questions",
    "room",
    "room_within_steps",
    "ways_out",
    "why_not_all",
]
