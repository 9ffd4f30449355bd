"""Files that are the same byte for byte, and whole or not at all: Office documents without the clock, zips, writing."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def saved(document: Any, moment: dt.datetime) -> bytes:
    """What a workbook or a Word document saves itself as, without the clock; see :func:`without_clock`."""
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue(), moment)


def without_clock(document: bytes, moment: dt.datetime) -> bytes:
    """The same OOXML document (xlsx, docx), every time stamp in it set to ``moment`` (taken as UTC).

    Libraries stamp the time of saving into ``docProps/core.xml`` and into each entry of the zip.
    """
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + stamp + rb"\g<3>", data)
            target.writestr(_entry(info.filename, moment), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_chart_texts(workbook: bytes, texts: Sequence[Sequence[str]]) -> bytes:
    """The same xlsx, its charts described for those who do not see them.

    ``texts`` holds for each sheet with charts, in the book's order, a text for each chart in the sheet's order.
    """
    # Here alone: it brings all of urllib, which every command would wait for.
    from xml.sax.saxutils import quoteattr  # nosec B406: writes, parses nothing

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            drawing = re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", info.filename)
            for number, words in enumerate(texts[int(drawing[1]) - 1] if drawing else (), start=1):
                mark = f'<cNvPr id="{number}" name="Chart {number}"'
                data = data.replace(mark.encode(), f"{mark} descr={quoteattr(words)}".encode())
            target.writestr(info, data)
    return out.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary file in the same folder, then moved over ``path``.

    Raises
    ------
    OSError
        if the folder cannot be written to; ``path`` is then as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, _mode_of_new_files())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode_of_new_files() -> int:
    """What the umask leaves of rw-rw-rw-: a temporary file is made for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def zipped(files: Mapping[str, bytes], moment: dt.datetime) -> bytes:
    """Files as one zip, the same byte for byte: every entry is of ``moment``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(_entry(name, moment), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str, moment: dt.datetime) -> zipfile.ZipInfo:
    """An entry of a zip, of a moment; a zip knows none before 1980."""
    entry = zipfile.ZipInfo(name, (max(moment.year, 1980), *moment.timetuple()[1:6]))
    entry.external_attr = 0o600 << 16
    return entry
