"""Kokoonpano: balanced rosters for a city's partnership tables."""

__version__ = "0.1.0"
