"""Fuzzing of the reader: files torn byte by byte and part by part; ``SOAK_SECONDS`` tells for how long."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import read_applications
from tests.intake.builders import check, form, rules, saved, xlsx
from tests.intake.test_formats import DATA, ROWS, ods, separated

#: Pieces that parsers are known to stumble over.
PIECES = (
    b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x10FFFF;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<v/>", b"</c>", b"<c r=\"XFD1\">",
    b"1e999", b"-1", b"99999999999", b"NaN", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"t=\"s\"", b"t=\"e\"", b"s=\"99\"", b"r=\"A0\"", b"r=\"\"",
    b"r=\"1A\"", b"<row>", b"<f>", b"mergeCell ref=\"A1:XFD1048576\"", b"number-rows-repeated=\"1048576\"", b"number-columns-repeated=\"16384\"",
)  # fmt: skip


def torn(content: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, cut out, doubled, or a piece put in."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        place = chance.randrange(len(data))
        length = chance.randint(1, 40)
        way = chance.randrange(5)
        if way == 0:
            data[place] = chance.randrange(256)
        elif way == 1:
            del data[place : place + length]
        elif way == 2:
            data[place:place] = data[place : place + length]
        elif way == 3:
            data[place:place] = chance.choice(PIECES)
        else:
            data[place : place + length] = chance.choice(PIECES)
    return bytes(data)


def torn_parts(content: bytes, chance: random.Random) -> bytes:
    """A zipped file, whole as a zip, with one or two of its parts torn, lost or doubled."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        entries = old.infolist()
        hit = {chance.randrange(len(entries)) for _ in range(2)}
        for number, entry in enumerate(entries):
            part = old.read(entry)
            if number in hit and chance.random() < 0.1:
                continue
            new.writestr(entry.filename, torn(part, chance) if number in hit else part)
    return written.getvalue()


@pytest.mark.soak
def test_no_file_at_all_is_a_fault(tmp_path: Path) -> None:
    seconds = float(os.environ.get("SOAK_SECONDS", "3600"))
    seed = int(os.environ.get("SOAK_SEED", str(int(time.time()))))
    people = [{"Nimi": f"Aino Aalto{letter}", "Sähköposti": f"{letter}@example.org"} for letter in "abcdef"]
    whole = {
        ".xlsx": xlsx(("Vastaukset", form(*people)), ("Yhteenveto", [["Vastauksia", 6]])),
        ".ods": ods(ROWS),
        ".xls": (DATA / "hakemukset.xls").read_bytes(),
        ".csv": separated(";", "utf-8"),
    }
    outcomes: Counter[str] = Counter()
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        chance = random.Random(f"{seed} {number}")
        suffix = chance.choice(list(whole))
        zipped = suffix in (".xlsx", ".ods") and chance.random() < 0.8
        content = (torn_parts if zipped else torn)(whole[suffix], chance)
        path = saved(tmp_path, f"torn{suffix}", content)
        started = time.monotonic()
        try:
            check(read_applications([path], rules()))
            outcomes["read"] += 1
        except FileError as error:
            outcomes[error.code] += 1
        except Exception as fault:
            raise AssertionError(f"SOAK_SEED={seed}, file {number}") from fault
        assert time.monotonic() - started < 25, (seed, number)
        number += 1
    print(f"{number} files, seed {seed}: {outcomes.most_common()}")
    assert number
