"""Fair draw: a distribution over equally good rosters whose smallest chance is the largest possible, and the draw."""

from selection.fair.distribution import Distribution
from selection.fair.draw import Draw, draw, fair_distribution
from selection.fair.search import Search
from selection.fair.types import Types, types_of

__all__ = ["Distribution", "Draw", "Search", "Types", "draw", "fair_distribution", "types_of"]
