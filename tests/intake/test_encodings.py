"""Encodings of text files that carry no mark: told by which one makes Nordic words of the bytes."""

from pathlib import Path

import pytest

from selection.intake import read_applications
from selection.intake.parsing.encodings import decoded
from tests.intake.builders import rules, saved

TEXTS = (
    "Nimi;Syntymävuosi\nPäivi Hämäläinen;1970\nÅke Öberg;1950\n",
    "Namn;Födelseår;Kön\nGöran Åström;1950;man\n",
    "ETUNIMI;SUKUNIMI;PÖYTÄ\nÄIJÄ;YLÖJÄRVI;ETELÄINEN\n",
    "Nimi;Perustelut\nVäinö Ylä-Mäki;Haluan ”vaikuttaa”\n",
    "Name;Reason\nRené Müller;I live here, så är det\n",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "Windows-1252"), ("mac_roman", "MacRoman"), ("cp850", "CP850"), ("utf-8", "UTF-8")],
)
def test_the_encoding_is_told_by_the_words(text: str, encoding: str, name: str) -> None:
    if encoding == "cp850":
        text = text.replace("”", '"')
    assert decoded(text.encode(encoding)) == (name, text, True)


@pytest.mark.parametrize("text", ["Nimi\nŠemjon Žukov\n", "Syy\nHaluan ”vaikuttaa” – paljon…\n"])
def test_what_is_not_certain_is_read_as_usual_and_told(text: str, tmp_path: Path) -> None:
    name, read, certain = decoded(text.encode("cp1252"))
    assert (name, read, certain) == ("Windows-1252", text, False)
    head, row = "Nimi;Syntymävuosi\n", "Aino Aalto;1950\n"
    for content, unsure in ((head + row, False), (f"Nimi;Syy\nAino Aalto;{text.splitlines()[1]}\n", True)):
        path = saved(tmp_path, "hakemukset.csv", content.encode("cp1252"))
        notes = [note.code for note in read_applications([path], rules()).notes]
        assert ("encoding_unsure" in notes) == unsure


def test_a_file_of_an_old_mac_is_read_whole(tmp_path: Path) -> None:
    text = "Nimi;Syntymävuosi;Kumppanuuspöytä\nPäivi Hämäläinen;1970;Eteläinen\n"
    (one,) = read_applications([saved(tmp_path, "m.csv", text.encode("mac_roman"))], rules()).applicants
    assert (one.name, one.birth_year, one.wishes) == ("Päivi Hämäläinen", 1970, ("eteläinen",))
