"""What surrounds a page: its language for screen readers, the framework's own words in that language, announcements."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from selection.serving.web import LANGUAGE_COOKIE, ROUND_COOKIE
from selection.texts import has_text, pattern, text
from selection.ui import session

HERE = Path(__file__).parent
#: What surrounds a page, to be drawn anew by itself.
KEY = "surroundings"

#: The framework's built-in words that a visitor can meet, each a code ``ui.builtin.<code>`` in the catalogues.
BUILT_IN = {
    "Collapse sidebar": "collapse_sidebar",
    "Expand sidebar": "expand_sidebar",
    "Sidebar": "sidebar",
    "App pages": "pages",
    "Navigate to home page": "home",
    "Skip to main content": "skip",
    "Main menu": "main_menu",
    "Close": "close",
    "Close dialog": "close",
    "Open": "open",
    "Clear all": "clear_all",
    "Clear value": "clear",
    "Clear entry": "clear",
    "Select all": "select_all",
    "Selected values": "selected",
    "No results": "no_results",
    "No options to select": "no_results",
    "Choose an option": "choose",
    "Choose options": "choose_many",
    "Increment": "increment",
    "Decrement": "decrement",
    "Add files": "add_files",
    "Upload": "upload",
    "Browse files": "upload",
    "file upload": "upload",
    "Press Enter to apply": "enter_applies",
    "Press Ctrl+Enter to apply": "ctrl_enter_applies",
    "Press ⌘+Enter to apply": "ctrl_enter_applies",
    "Press Enter to submit form": "enter_submits",
    "Press Ctrl+Enter to submit form": "ctrl_enter_submits",
    "Running...": "running",
    "Stop": "stop",
    "CONNECTING": "connecting",
    "Connecting": "connecting",
    "Connection error": "connection_error",
    "Next page": "next_page",
    "Previous page": "previous_page",
    "Pagination": "pagination",
    "Choose date": "choose_date",
    "Clear date": "clear",
    "Next month": "next_month",
    "Previous month": "previous_month",
    "Scroll tabs left": "scroll_left",
    "Scroll tabs right": "scroll_right",
    "Notifications": "notifications",
    "Copy to clipboard": "copy",
    "Fullscreen": "fullscreen",
    "Close fullscreen": "close_fullscreen",
    "Failed to generate file for download": "download_failed",
}

_component = st.components.v2.component(
    "kokoonpano_chrome",
    html='<p class="say" role="status" aria-live="polite"></p>',
    css=".say { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }",
    js=(HERE / "chrome.js").read_text(encoding="utf-8"),
)


@st.fragment(key=KEY)
def show(language: str, *, page: str, round_id: int | None = None) -> None:
    """Set the page's language and name, and say the news to those who listen instead of look.

    The language and the round's number are remembered in the browser, for another tab and another day.
    """
    words = {
        english: text(f"ui.builtin.{code}") for english, code in BUILT_IN.items() if has_text(f"ui.builtin.{code}")
    }
    patterns = {"limit": pattern("ui.builtin.limit"), "help": pattern("ui.builtin.help")}
    cookies = {LANGUAGE_COOKIE: language, ROUND_COOKIE: "" if round_id is None else str(round_id)}
    data = {"lang": language, "cookies": cookies, "page": page, "announce": session.said(), "words": words, **patterns}
    with st.container(key="chrome"):
        _component(key="chrome_component", data=data)
