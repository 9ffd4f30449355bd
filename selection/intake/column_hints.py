"""A row under the header that describes its columns: a form service's codes, examples, or what to write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.intake.reader import Cell
from selection.intake.wording import fold, is_empty, written

#: What form services write under a question that has no options.
ANY_ANSWER = re.compile(
    r"(?:open-ended )?response|(?:avoin )?vastaus|(?:öppet |fritext)?svar|(?:free |open )?text|selected choice|"
    r"other \(please specify\)"
)
#: What a form service calls a column by: its own code, or a piece of JSON about it.
_CODE = re.compile(r"\{.*\}|[a-z]{1,6}_?\d{1,4}(?:[_.-]\w{1,6})*")
#: An example of an answer.
_EXAMPLE = re.compile(
    r"(?:esim(?:erkki|erkiksi)?|mallirivi|malli|t\.? ?ex|exempel|e\.? ?g|example|for example|sample)\b[.:]?"
)
#: What to write in the column: a form of a date, or words that tell to write, choose or tick.
_DATE_FORM = re.compile(
    r"(?:[pdjk]{1,2}[./ -])?(?:[mk]{1,2}[./ -])?(?:vvvv|yyyy|åååå)(?:[./ -][mk]{1,2}[./ -][pd]{1,2})?"
)
_TELLS = re.compile(
    r"(?:kirjoita|kirjoittakaa|kirjaa|valitse|valitkaa|täytä|täyttäkää|syötä|merkitse|merkitkää|rastita|rastittakaa|"
    r"skriv|välj|fyll i|kryssa|enter|write|type|choose|select|pick|fill in|tick)\b"
)


def describes_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row under the header describes its columns, by a form service's codes, examples or what to write."""
    told = [fold(written(cell)) for cell in cells if not is_empty(cell)]
    if not told or any(not isinstance(cell, str) for cell in cells if not is_empty(cell)):
        return False
    codes = sum(_CODE.fullmatch(one) is not None for one in told)
    examples = sum(_EXAMPLE.match(one) is not None for one in told)
    answers = sum(ANY_ANSWER.fullmatch(one) is not None for one in told)
    if len(told) > 2 and codes + answers >= 0.6 * len(told) and (codes or answers == len(told)):
        return True
    if any(_DATE_FORM.fullmatch(one) or (_TELLS.match(one) and " " in one) for one in told):
        return all(_DATE_FORM.fullmatch(one) or _TELLS.match(one) or _EXAMPLE.match(one) for one in told)
    return _EXAMPLE.match(told[0]) is not None or (examples > 1 and examples >= 0.3 * len(told))
