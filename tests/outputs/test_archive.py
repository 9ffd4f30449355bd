"""Office files without a clock, and files written whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from selection.outputs.archive import without_clock, write_whole
from selection.outputs.json_proposal import write_json

MOMENT = dt.datetime(2021, 8, 23, 12, 0, 0)


def saved() -> bytes:
    book = Workbook()
    book.active["A1"] = "ä"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_every_time_stamp_is_the_moment_given() -> None:
    document = without_clock(saved(), MOMENT)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2021, 8, 23, 12, 0, 0)}
    properties = load_workbook(io.BytesIO(document)).properties
    assert (properties.created, properties.modified) == (MOMENT, MOMENT)


def test_the_content_stays() -> None:
    assert load_workbook(io.BytesIO(without_clock(saved(), MOMENT))).active["A1"].value == "ä"


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def no_move(*_args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", no_move)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_a_json_is_for_whom_other_files_are(tmp_path: Path) -> None:
    """The umask says who may read it, as of any file; it is not its writer's alone."""
    (tmp_path / "plain").write_bytes(b"")
    write_json({"a": "ä"}, tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n "a": "ä"\n}\n'
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "plain").stat().st_mode
