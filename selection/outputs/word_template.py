"""A city's own Word template: looked through and filled in a job of its own, as it may hold any expression.

Jinja's sandbox keeps an expression from the program's own values; the job's limits keep it from time and memory.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selection import jobs
from selection.errors import FileError
from selection.outputs.archive import without_clock

#: Bytes of a template, packed and unpacked.
LARGEST, LARGEST_UNPACKED = 20_000_000, 50_000_000
#: What filling a template may take; a real one takes a second, and its document is some hundred kilobytes.
LIMITS = jobs.Limits(seconds=20.0, processor=15, memory=700_000_000, answer=30_000_000)


def check(template: bytes, *, file: str) -> None:
    """Raise before any work where a template cannot be used.

    Raises
    ------
    FileError
        if it is no Word document, is too large, or what stands between its braces cannot be read or takes too long.
    """
    _in_job(_looked_through, template, file)


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with, in plain values.

    ``properties`` are those of the document; ``added`` is heading and text of a section at the end, and ``footer``
    stands at the foot of each page, with its number, whatever the template; ``moment`` is the time stamp of all in it.
    """

    content: Mapping[str, Any]
    properties: Mapping[str, str]
    moment: dt.datetime
    added: tuple[str, str] | None = None
    footer: str = ""


def fill(template: bytes, filling: Filling, *, file: str) -> bytes:
    """The document of a template from outside.

    Raises
    ------
    FileError
        as :func:`check`.
    """
    document: bytes = _in_job(filled, template, file, filling)
    return document


def filled(template: bytes, filling: Filling) -> bytes:
    """The document of a template, made in this process: for the package's own, or in a job."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(_within_limits(template)))
    content = dict(filling.content)
    if content.get("not_applied") and "not_applied" not in document.get_undeclared_template_variables(_environment()):
        # A city's own template may be older than the place for it: said among the rules then.
        content["rules"] = [*content["rules"], *content["not_applied_rows"]]
        document = DocxTemplate(io.BytesIO(template))
    document.render(content, jinja_env=_environment(), autoescape=True)
    if filling.added is not None:
        _add_section(document.docx, *filling.added)
    if filling.footer:
        _add_footer(document.docx, filling.footer)
    for name, value in filling.properties.items():
        setattr(document.docx.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue(), filling.moment)


def _add_section(document: Any, heading: str, told: str) -> None:
    """A section at the end; a city's template may lack the style of headings."""
    styles = {style.name for style in document.styles}
    document.add_paragraph(heading, style="Heading 2" if "Heading 2" in styles else None)
    document.add_paragraph(told)


def _add_footer(document: Any, told: str) -> None:
    """Small lines at the foot of each page, under what a city's template has there, the last with the page's number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for place, section in enumerate(document.sections):
        if place and section.footer.is_linked_to_previous:
            continue
        lines = told.split("\n")
        kept = [one for one in section.footer.paragraphs if one.text.strip()]
        first = None if kept or not section.footer.paragraphs else section.footer.paragraphs[0]
        for number, line in enumerate(lines):
            paragraph = first if number == 0 and first is not None else section.footer.add_paragraph()
            run = paragraph.add_run(line)
            run.font.size = Pt(7)
            if number == len(lines) - 1:
                run.add_text(" · ")
                for kind, told_there in (("begin", ""), ("", "PAGE"), ("end", "")):
                    part = OxmlElement("w:fldChar" if kind else "w:instrText")
                    if kind:
                        part.set(qn("w:fldCharType"), kind)
                    part.text = told_there
                    run._r.append(part)


def _looked_through(template: bytes) -> None:
    from docxtpl import DocxTemplate

    DocxTemplate(io.BytesIO(_within_limits(template))).get_undeclared_template_variables(_environment())


def _in_job(work: Any, template: bytes, file: str, *arguments: object) -> Any:
    try:
        return jobs.run(work, template, *arguments, limits=LIMITS)
    except jobs.JobEnded as ended:
        if ended.kind == "broken":  # whatever a person's template makes the libraries meet
            raise FileError("template_unusable", file=file) from None
        raise FileError("template_endless", file=file) from None


def _environment() -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True)


def _within_limits(template: bytes) -> bytes:
    """The template; raises :class:`ValueError` where it is larger than documents are, packed or unpacked."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        if len(template) > LARGEST or sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise ValueError("too large")
    return template
