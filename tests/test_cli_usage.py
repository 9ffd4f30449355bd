"""A command line that cannot be understood: told in the language in force, with the help to look at; exit status 2."""

import pytest

from tests.command import run

CASES = {
    "an argument is missing": (["propose"], "Komennosta puuttuu applications. Ohje: selection propose --help"),
    "no such option": (["propose", "--nope"], "Valintaa --nope ei ole."),
    "nearly an option": (["propose", "--xlxs", "a.xlsx"], "Tarkoititko --xlsx?"),
    "a value is missing": (["propose", "a.xlsx", "--time-limit"], "Valinnan --time-limit arvo puuttuu."),
    "a value too many": (["change", "--mid-term=yes"], "Valinnalle --mid-term ei anneta arvoa."),
    "no number": (["propose", "a.xlsx", "--size", "kolme"], "--size on kokonaisluku, esimerkiksi 12."),
    "no such command": (["nope"], "Komennot: propose, inspect, check,"),
    "no such command of a group": (["log", "nope"], "Ohje: selection log --help"),
    "something left over": (["backup", "a.zip", "b.zip"], "Komennossa on ylimääräistä: b.zip."),
}


@pytest.mark.parametrize("case", list(CASES))
def test_what_is_wrong_with_the_line_is_told_in_finnish(case, tmp_path):
    typed, said = CASES[case]
    told = run(*typed, cwd=tmp_path)
    assert told.returncode == 2 and told.stdout == ""
    assert said in told.stderr and "Ohje: selection" in told.stderr
    assert not [word for word in ("Usage", "Error", "option", "argument", "required") if word in told.stderr]


@pytest.mark.parametrize(("language", "said"), [("sv", "I kommandot saknas"), ("en", "The command lacks")])
def test_and_in_the_other_languages(language, said, tmp_path):
    told = run("--language", language, "propose", cwd=tmp_path)
    assert told.returncode == 2 and said in told.stderr


def test_without_a_command_the_help_is_shown(tmp_path):
    told = run(cwd=tmp_path)
    assert "propose" in told.stdout + told.stderr and "tasapainoiset" in told.stdout + told.stderr
