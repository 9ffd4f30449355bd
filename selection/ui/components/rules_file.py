"""The rules as a file: download, upload, reset to the preset, earlier versions; mistakes told with their lines."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.model.rules_file import RulesFileError
from selection.presets import preset_names, preset_text
from selection.rounds.desk import Desk
from selection.rounds.rules_files import rules_in
from selection.texts import error_text, problem_text, text
from selection.ui import downloads, session
from selection.ui.components import frame
from selection.ui.text import instant, plain


def problems(error: SelectionError) -> str:
    """What is wrong with a rules file: each mistake with its line."""
    lines = [error_text(error)]
    if isinstance(error, RulesFileError):
        for one in error.problems:
            said = problem_text(one.code, one.params)
            lines.append(text("ui.criteria.line", line=one.line, problem=said) if one.line else said)
    return "\n".join(lines)


def _take(desk: Desk, toml: str, reason: str) -> None:
    try:
        rules_in(toml, desk.round.name)
    except SelectionError as error:
        for line in problems(error).splitlines():
            st.error(plain(line))
        return
    action = do.ChangeRules(round_id=desk.round.id, text=toml, reason=reason)
    session.act(action, told=text("ui.criteria.changed"), revision=desk.round.revision)
    st.rerun()


def show(desk: Desk, *, editable: bool) -> None:
    """The section of the page."""
    frame.section(text("ui.criteria.file"))
    store, user = session.store(), session.user()
    toml = do.rules_text(store, user, desk.round.id)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            text("ui.criteria.download"),
            downloads.on_demand(do.LogExport(round_id=desk.round.id, kind="rules"), lambda _: toml.encode()),
            f"{desk.rules.name}.toml",
            "application/toml",
            key="rules_download",
            on_click="ignore",
        )
        if editable and desk.round.preset in preset_names() and toml != preset_text(desk.round.preset or ""):
            st.button(text("ui.criteria.reset"), key="reset", on_click=_reset, args=(desk,))
    if not editable:
        return
    with st.expander(text("ui.criteria.upload")):
        session.expect_files()
        file = st.file_uploader(text("ui.criteria.upload_file"), ["toml"], key=f"rules_{desk.round.rules_id}")
        reason = st.text_input(text("ui.correct.reason"), max_chars=300, key="upload_reason")
        if file is not None and st.button(text("ui.criteria.take"), type="primary"):
            try:
                _take(desk, file.getvalue().decode("utf-8-sig"), reason)
            except UnicodeDecodeError:
                st.error(text("ui.criteria.not_text"))
    earlier = [one for one in do.rules_versions(store, user, desk.round.id) if not one.current]
    if earlier:
        with st.expander(text("ui.criteria.earlier", n=len(earlier))):
            chosen = st.selectbox(
                text("ui.criteria.version"), earlier, format_func=lambda one: f"{instant(one.made_at)} · {one.made_by}"
            )
            if chosen is not None and st.button(text("ui.criteria.back")):
                _take(desk, chosen.text, text("ui.criteria.back_reason", when=instant(chosen.made_at)))


def _reset(desk: Desk) -> None:
    toml = preset_text(desk.round.preset or "")
    if toml is None:
        return
    action = do.ChangeRules(round_id=desk.round.id, text=toml, reason=text("ui.criteria.reset_reason"))
    session.act(action, told=text("ui.criteria.was_reset"), revision=desk.round.revision)
