"""Stub."""

from selection.texts import text
from selection.ui.components import frame

frame.heading(text("ui.page.history"))
