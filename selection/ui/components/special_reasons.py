"""Special reasons of the Equality Act: how the bodies stand, and a field for each that needs a reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection.model.law import BodyKey, BodyShare, SpecialReasons, breaking
from selection.model.rules import Rules
from selection.outputs import law_words
from selection.texts import text
from selection.ui.text import plain


def show(rules: Rules, bodies: Sequence[BodyShare]) -> None:
    """How the bodies stand: the whole in a sentence, and each body of which there is something to say."""
    if not bodies:
        return
    said = [law_words.summary(bodies)]
    said += [f"- {law_words.line(rules, one)}" for one in bodies if not one.holds or one.rounded]
    (st.info if all(one.holds for one in bodies) else st.warning)(plain("\n".join(said)))


def ask(rules: Rules, bodies: Sequence[BodyShare], key: str, kept: SpecialReasons | None = None) -> SpecialReasons:
    """The special reasons as written: a field for each body that needs one, filled with what was ``kept``."""
    written: dict[BodyKey, str] = {}
    short = breaking(bodies)
    if short:
        st.markdown(text("ui.decision.special_note"))
    for one in short:
        written[one.key] = st.text_area(
            text("ui.law.reason", body=plain(law_words.named(rules, one))),
            kept.of(one) if kept is not None else "",
            max_chars=2000,
            key=f"{key}_{one.table}_{one.role.value}",
        )
    return SpecialReasons(by_body=written)


def missing(rules: Rules, bodies: Sequence[BodyShare], reasons: SpecialReasons) -> str:
    """Which bodies still want a reason, in words; empty where none does."""
    wanting = reasons.wanting(bodies)
    if not wanting:
        return ""
    return text("ui.law.missing", n=len(wanting), bodies="; ".join(law_words.body_name(rules, one) for one in wanting))


def told(rules: Rules, kept: SpecialReasons) -> None:
    """The reasons that were recorded, for all bodies and for each."""
    if kept.for_all.strip():
        st.markdown(f"**{text('ui.decision.special_reason')}**: {plain(kept.for_all)}")
    for (table, role), said in kept.by_body.items():
        body = BodyShare(table, role, 0, None, None)
        st.markdown(f"**{text('ui.law.reason', body=plain(law_words.body_name(rules, body)))}**: {plain(said)}")
