"""The board view on a projector: a full table of members and deputies, and how it stands, on one screen."""

import pytest

from tests.browser import scene
from tests.browser.pages import still

BOXES = """names => names.flatMap(name => [...document.querySelectorAll(name)].map(node => {
  const box = node.getBoundingClientRect();
  return [Math.round(box.right), Math.round(box.bottom)];
}))"""


@pytest.mark.parametrize(("language", "table"), [("fi", "Eteläinen"), ("sv", "Södra"), ("en", "Southern")])
def test_a_full_table_is_on_one_screen(visit, app, language, table):
    made = scene.make(app.folder)
    page = visit(1280, 900)
    page.goto(f"/esitys?kierros={made.round_id}&lang={language}")
    page.get_by_role("heading", level=1, name=table, exact=True).wait_for()
    page.locator("html[data-page]").wait_for(state="attached")
    still(page)
    assert page.locator(".k-board").first.locator("tbody tr").count() == 15
    boxes = page.evaluate(BOXES, [".k-board", ".k-panel"])
    assert len(boxes) == 3
    assert all(right <= 1280 and bottom <= 900 for right, bottom in boxes), boxes
