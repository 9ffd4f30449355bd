"""Made-up applications of any number, as a form service exports them: seeded, the same byte for byte.

    python benchmarks/make_applications.py --applicants 234 --seed 2021 --out sample_applications.xlsx

The skew is that of a real round: older than the town, more women, few under 30, uneven tables (one has fewer applicants
than seats), officials crowded in one table, and some faulty rows. Names are put together from fixed lists.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from benchmarks.sample_faults import FAULTS
from benchmarks.sample_people import TABLES, Application, make_people
from selection.outputs.archive import without_clock, write_whole

#: What an application holds, and the header (the question) it stands under in the file.
HEADERS = {
    "id": "Tunnus",
    "started": "Aloitusaika",
    "completed": "Valmistumisaika",
    "login_email": "Sähköposti",
    "login_name": "Nimi",
    "name": "1. Etu- ja sukunimi",
    "birth_year": "2. Syntymävuosi (esim. 1975)",
    "gender": "3. Sukupuoli (tasa-arvolain mukaista valintaa varten)",
    "postal_code": "4. Postinumero",
    "tables": "5. Mihin kumppanuuspöytään haet? Voit valita useamman, mieluisin ensin.",
    "seat": "6. Jäsen vai varajäsen? Voit valita molemmat.",
    "role": "7. Haetko asukkaana vai yhteisön edustajana?",
    "organisation": "8. Yhteisön nimi, jos haet yhteisön edustajana",
    "organisation_type": "9. Millaista yhteisöä edustat?",
    "official": "10. Oletko Lahden kaupungin luottamushenkilö (valtuutettu, varavaltuutettu, lautakunnan jäsen)?",
    "served_before": "11. Oletko toiminut aiemmin kumppanuuspöydässä?",
    "mother_tongue": "12. Mikä on äidinkielesi?",
    "situation": "13. Mikä kuvaa parhaiten elämäntilannettasi?",
    "motivation": "14. Miksi haet kumppanuuspöytään?",
    "email": "15. Sähköpostiosoite",
    "phone": "16. Puhelinnumero",
    "privacy": "17. Olen lukenut tietosuojaselosteen",
    "consent": "18. Suostun tehtävään, jos minut valitaan",
}
WIDTHS = {"name": 26, "tables": 48, "organisation": 34, "official": 30, "motivation": 70, "email": 34}
#: The least a file must hold: see ``--simple``.
SIMPLE = {
    "name": "Nimi",
    "birth_year": "Syntymävuosi",
    "gender": "Sukupuoli",
    "postal_code": "Postinumero",
    "tables": "Kumppanuuspöytä",
}


def make_applications(n: int, seed: int | str, *, faulty: int | None = None, year: int = 2021) -> list[Application]:
    """``n`` applications in the order they came in, keyed as :data:`HEADERS`.

    ``faulty`` of the rows have something wrong with them (one in 19 unless told); ``fault``, which is written to no
    file, says what. Ages and times are those of a call from 29 March to 25 April of ``year``.
    """
    rng = Random(f"applications-{seed}")
    faulty = min(n // 19 if faulty is None else faulty, n // 2)
    kinds = [FAULTS[i % len(FAULTS)] for i in range(faulty)]
    sound = n - sum(kind.adds_row for kind in kinds)
    people = make_people(rng, sound, year)
    damaged = rng.sample(range(sound), len(kinds))
    for kind, index in zip(kinds, damaged, strict=True):
        changed = kind.apply(rng, dict(people[index]), people)
        changed["fault"] = kind.code
        if kind.adds_row:
            people.append(changed)
        else:
            people[index] = changed
    people.sort(key=lambda person: (person["completed"], str(person["phone"]), person["name"]))
    for number, person in enumerate(people, start=1):
        person["id"] = number
    return people


def write_xlsx(applications: list[Application], path: Path | str, *, simple: bool = False, tables: bool = True) -> None:
    """Write the applications as a form service's export: sheet ``Vastaukset``, and totals on ``Yhteenveto``."""
    headers = {key: header for key, header in (SIMPLE if simple else HEADERS).items() if tables or key != "tables"}
    book = Workbook(write_only=True)
    book.properties.creator = "Made-up applications"
    sheet = book.create_sheet("Vastaukset")
    sheet.freeze_panes = "A2"
    for number, key in enumerate(headers, start=1):
        sheet.column_dimensions[_letter(number)].width = WIDTHS.get(key, 16)
    sheet.append([_cell(sheet, header) for header in headers.values()])
    for application in applications:
        sheet.append([application[key] for key in headers])
    _totals(book.create_sheet("Yhteenveto"), applications)
    buffer = io.BytesIO()
    book.save(buffer)
    moment = max((application["completed"] for application in applications), default=dt.datetime(2021, 4, 25))
    write_whole(Path(path), without_clock(buffer.getvalue(), moment))


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _totals(sheet: Any, applications: list[Application]) -> None:
    sheet.column_dimensions["A"].width = 44
    sheet.append([_cell(sheet, "Kysely: Kumppanuuspöytien jäsenhaku"), None])
    sheet.append(["Vastauksia yhteensä", len(applications)])
    for of in TABLES.values():
        sheet.append([of["answer"], sum(of["answer"] in (row["tables"] or "") for row in applications)])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Made-up applications of any number, the same for the same seed.")
    parser.add_argument("--applicants", type=int, default=234, help="rows in all, 1 to 20,000 (default 234)")
    parser.add_argument("--seed", default="2021")
    parser.add_argument("--out", type=Path, default=Path("sample_applications.xlsx"))
    parser.add_argument("--faulty", type=int, help="faulty rows among them (default: one in 19)")
    parser.add_argument("--simple", action="store_true", help="name, birth year, gender, postal code and table only")
    parser.add_argument("--no-tables", action="store_true", help="leave out the question about tables")
    given = parser.parse_args(arguments)
    if not 1 <= given.applicants <= 20_000:
        parser.error("--applicants must be 1 to 20,000")
    applications = make_applications(given.applicants, given.seed, faulty=given.faulty)
    write_xlsx(applications, given.out, simple=given.simple, tables=not given.no_tables)


if __name__ == "__main__":
    main()
