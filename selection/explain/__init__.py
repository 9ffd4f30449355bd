"""The optimiser's answers: why, why not, what instead, how far, and what else is as good."""

from selection.explain.everybody import never_seated, open_questions, why_not_all
from selection.explain.why import Answer, Questions

__all__ = ["Answer", "Questions", "never_seated", "open_questions", "why_not_all"]
