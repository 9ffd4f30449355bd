"""The keyboard alone: what has the focus, and the way to what is looked for."""

from __future__ import annotations

from typing import Any

import pytest

#: More presses than any page needs to reach what is looked for.
PRESSES = 90


def focused(page: Any) -> str:
    """The accessible name of what has the focus, also within a component."""
    return str(
        page.evaluate(
            """() => { let e = document.activeElement; while (e && e.shadowRoot && e.shadowRoot.activeElement)
        e = e.shadowRoot.activeElement; if (!e || e === document.body) return ''; if (e.ariaLabel) return e.ariaLabel;
        const copy = e.cloneNode(true); copy.querySelectorAll('[aria-hidden=true]').forEach(one => one.remove());
        return (copy.textContent || e.value || '').trim() }"""
        )
    )


def tab_to(page: Any, name: str, back: bool = False) -> None:
    """Press Tab until something whose name begins so has the focus."""
    for _ in range(PRESSES):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if focused(page).startswith(name):
            return
    pytest.fail(f"the keyboard does not reach {name!r}; it stopped at {focused(page)!r}")


def choose_from_menu(page: Any, item: str) -> None:
    """Open the menu that has the focus, go to an item and choose it."""
    page.keyboard.press("Enter")
    page.get_by_role("menuitem").first.wait_for()
    while focused(page) != item:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
