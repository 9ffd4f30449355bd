"""What an answer to a question of consent says: agreed, refused, or something that a person should look at."""

from __future__ import annotations

import re

from selection.intake.memo import memo
from selection.intake.values.choices import is_negated, yes_or_no
from selection.intake.values.circumstances import is_later, is_perhaps
from selection.intake.wording import fold

#: The words by which somebody agrees.
_AGREED = re.compile(
    r"^(?:minä )?(?:suostun|hyväksyn|annan|sallin|olen lukenut|luettu|luin|saa\b|voi(?:daan)?\b|ok\b|okei|sopii|käy|"
    r"hyvä\b|"
    r"(?:jag )?(?:samtycker|godkänner|ger|tillåter|accepterar|har läst)|får\b|"
    r"(?:i )?(?:agree|accept|consent|have read|allow|give)|read\b|fine|sure\b|accepted|agreed|approved)"
)
#: A condition or a limit.
_LIMITED = re.compile(
    r"\b(?:jos|mikäli|kunhan|vain|ainoastaan|paitsi|mutta|asti|saakka|riippu\w*|harkit\w*|mieti\w*|"
    r"om|ifall|bara|endast|utom|men|tills|beror|funder\w*|"
    r"if|only|except|but|unless|until|provided|depends|consider\w*|think\w*)\b"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: \d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?")


@memo(maxsize=5_000)
def read_consent(text: str, question: str) -> bool | None:
    """Whether a person agreed; ``None`` for a condition, a limit or any other answer. ``question`` is the header."""
    folded = fold(text)
    answer = yes_or_no(text)
    if _LIMITED.search(folded) or is_perhaps(folded) or (answer is not False and is_later(folded)):
        return None if answer is not False else False
    if answer is not None:
        return answer
    if not folded:
        return False
    if is_negated(folded):
        return None
    said = folded.strip(" .!") in fold(question) or _AGREED.match(folded) is not None
    return True if said or _DATE.fullmatch(folded) else None
