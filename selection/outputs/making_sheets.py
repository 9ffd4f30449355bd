"""The sheets of how a roster was made: files, steps and their proof, and what people changed, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from selection.explain.not_applied import nobody_lines, not_applied_lines
from selection.explain.uncounted import uncounted_lines
from selection.model.fingerprint import fingerprint
from selection.model.state import sentence
from selection.model.titles import step_title
from selection.outputs.provenance import Provenance
from selection.outputs.seal_words import sealed_words
from selection.outputs.sheets import Column, Line, add_sheet
from selection.proposal import Proposal
from selection.texts import text
from selection.version import __version__


def add_making(
    book: Workbook, proposal: Proposal, provenance: Provenance, files: Sequence[tuple[str, str]] = ()
) -> None:
    """One sheet of facts, and one of what people changed where they did."""
    columns = [Column(text("making.fact"), 40, strong=True), Column(text("making.value"), 100)]
    lines = [Line(one) for one in _facts(proposal, provenance, files)]
    add_sheet(book, text("making.sheet"), columns, lines, filtered=False)
    told = list(_told(provenance))
    if told:
        columns = [
            Column(text("making.kind"), 20),
            Column(text("making.about"), 30, strong=True),
            Column(text("making.what"), 52),
            Column(text("making.reason"), 40),
            Column(text("making.who"), 20),
            Column(text("making.when"), 22),
        ]
        add_sheet(book, text("making.changes"), columns, told)


def _facts(proposal: Proposal, provenance: Provenance, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield text("making.roster"), sentence(provenance.state_of(proposal), proposal.rules)
    if provenance.going_on is not None:
        yield text("making.going_on"), provenance.going_on.words(public=False)
    yield text("making.rules"), proposal.rules.title or proposal.rules.name
    for name, digest in files:
        yield text("making.file"), f"{name}\nSHA-256 {digest}"
    yield text("making.applicants"), str(len(proposal.pool.applicants))
    yield text("making.corrected"), str(len(provenance.amendments))
    yield text("making.seed"), f"{proposal.seed or '–'} ({sealed_words(proposal.pool)})"
    yield text("making.program"), f"Kokoonpano {__version__}, {proposal.solver} {proposal.solver_version}"
    digest = fingerprint(proposal.rules, proposal.seed, proposal.seats, proposal.pool.applicants)
    yield text("making.fingerprint"), digest
    if provenance.log_head:
        yield text("making.log_head"), provenance.log_head
    for step in proposal.steps:
        proof = text("making.step_proven") if step.proven else text("making.step_gap", n=abs(step.value - step.bound))
        yield text("making.step", step=step_title(proposal.rules, step.name)), f"{step.value} ({proof})"
    for line in not_applied_lines(proposal.pool, proposal.rules):
        yield text("making.not_applied"), line
    for line in nobody_lines(proposal.pool, proposal.rules):
        yield text("making.nobody"), line
    for line in uncounted_lines(proposal.pool, proposal.rules, proposal.seats):
        yield text("making.uncounted"), line


def _told(provenance: Provenance) -> Iterator[Line]:
    for kind, several in (
        ("seat", provenance.changes),
        ("lock", provenance.locks),
        ("data", provenance.corrections),
    ):
        for one in several:
            yield Line((text(f"making.kind.{kind}"), one.about, one.what, one.reason, one.who, one.when))
