"""What was left open to question stands in the workbook, the item and the JSON, each as far as it may be seen."""

from __future__ import annotations

import io

from docx import Document

from selection.outputs.document import document_bytes
from selection.outputs.json_proposal import proposal_json
from selection.outputs.open_points import GoingOn
from selection.outputs.provenance import Provenance
from selection.outputs.workbook import workbook_bytes
from selection.texts import in_language
from tests.outputs.made import proposal, sheets_of

LEFT = GoingOn(3, {"not_asked": 2, "non_disclosure": 1}, "kysytään kokouksen jälkeen")


def item(going_on: GoingOn | None) -> str:
    made = document_bytes(proposal(), special_reason="ei hakijoita", going_on=going_on)
    return "\n".join(one.text for one in Document(io.BytesIO(made)).paragraphs)


def test_the_item_tells_the_reason_and_nothing_of_anybody_s_safety() -> None:
    with in_language("fi"):
        said = item(LEFT)
        assert "Selvitettävää jäi 3 paikassa (suostumusta ei ole kysytty: 2)." in said
        assert "kysytään kokouksen jälkeen" in said
        assert "turvakielto" not in said
        assert "Selvitettävää" not in item(None)


def test_a_cause_that_is_not_to_be_published_leaves_the_reason_alone() -> None:
    with in_language("fi"):
        said = item(GoingOn(1, {"non_disclosure": 1}, "nimi saa olla esillä"))
    assert "nimi saa olla esillä" in said and "turvakielto" not in said and "1 paikassa" not in said


def test_the_workbook_tells_all_causes() -> None:
    with in_language("fi"):
        sheets = sheets_of(workbook_bytes(proposal(), provenance=Provenance(going_on=LEFT)))
    cells = [str(cell) for _, rows in sheets for row in rows for cell in row]
    assert any("turvakielto: 1" in cell and "kysytään kokouksen jälkeen" in cell for cell in cells)


def test_the_json_carries_counts_and_the_reason() -> None:
    assert proposal_json(proposal(), {}, going_on=LEFT)["open_seats"] == {
        "seats": 3,
        "causes": {"not_asked": 2, "non_disclosure": 1},
        "reason": "kysytään kokouksen jälkeen",
    }
    assert "open_seats" not in proposal_json(proposal(), {})
