"""The optimiser's answers: why, why not, what instead, how far, and what else is as good."""

from selection.explain.everybody import never_seated, open_questions, why_not_all
from selection.explain.needs import Need, needs
from selection.explain.ways_out import WayOut, ways_out
from selection.explain.why import Answer, Questions

__all__ = [
    "Answer",
    "Need",
    "Questions",
    "WayOut",
    "needs",
    "never_seated",
    "open_questions",
    "ways_out",
    "why_not_all",
]
