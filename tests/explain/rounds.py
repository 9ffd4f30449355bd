"""A small round as files, and the commands run on it in this process."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from openpyxl import Workbook

from selection import cli

RULES = """
schema = "selection.rules/1"
name = "small"
[members]
least = 1
aim = 3
[deputies]
aim = 2
[reserves]
aim = 1
[eligibility]
age_on = 2021-09-01
[lottery]
seed = "2021"
[[tables]]
id = "eteläinen"
postal_codes = ["15100"]
[[tables]]
id = "pohjoinen"
postal_codes = ["15200"]
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
body = "members"
at_least_share = "30 %"
[[goals]]
id = "age"
field = "age"
priority = 1
[goals.ranges]
"18–39" = { at_least = 1 }
"65+" = { at_most = 1 }
[[goals]]
id = "asuminen"
field = "asumismuoto"
priority = 2
[goals.ranges]
Oma = { at_least = 1, at_most = 2 }
[pairs]
age_bands = ["18–39", "40–64", "65+"]
"""

HEADERS = ["Nimi", "Sukupuoli", "Syntymävuosi", "Postinumero", "Asumismuoto"]


def people(count: int = 18, seed: int = 5) -> list[list[object]]:
    """Made-up applicants of both tables."""
    draw = random.Random(seed)
    return [
        [
            f"Etu{chr(65 + number)} Suku{chr(65 + number)}nen",
            draw.choice(["nainen", "mies"]),
            draw.randint(1940, 2002),
            draw.choice(["15100", "15200"]),
            draw.choice(["Oma", "Vuokra"]),
        ]
        for number in range(count)
    ]


def write(folder: Path, rows: list[list[object]], name: str = "hakemukset.xlsx") -> Path:
    """An application file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Hakemukset"
    for row in [HEADERS, *rows]:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def make(folder: Path) -> Path:
    """The folder with the round's applications and rules."""
    write(folder, people())
    (folder / "rules.toml").write_text(RULES, "utf-8")
    return folder


def run(folder: Path, command: str, *arguments: object) -> int:
    """A command in the folder: its exit status."""
    before, sys.argv = sys.argv, ["selection", command, *(str(one) for one in arguments)]
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.argv = before
    return 0
