"""Makes the pages to look at without installing: ``python docs/make_example.py [FOLDER]`` writes ``example.html`` (in
English) and ``esimerkki.html`` (in Finnish), the proposal for the sample round under the rules ``lahti-2021``.

Everybody in them is made up. The pages ask for nothing from elsewhere: no script, no font, no picture.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from selection import Pool, Proposal, load_rules, propose, read_applications, why, why_not  # noqa: E402
from selection.explain.roster_steps import Place  # noqa: E402
from selection.explain.sentences import answer_sentences  # noqa: E402
from selection.model.law import law_of  # noqa: E402
from selection.model.people import Role  # noqa: E402
from selection.model.state import sentence, state_of_proposal  # noqa: E402
from selection.model.titles import rule_name, table_title, value_name  # noqa: E402
from selection.outputs.law_words import summary  # noqa: E402
from selection.outputs.rosters import loose_deputies  # noqa: E402
from selection.outputs.rule_words import between  # noqa: E402
from selection.texts import in_language, label, text  # noqa: E402

PAGES = {"en": "example.html", "fi": "esimerkki.html"}
#: What the pages say beside the program's own texts.
WORDS = {
    "en": {
        "title": "Kokoonpano: an example proposal",
        "note": "This is what `selection propose` makes of the sample: everybody on this page is made up. The program "
        "proposes; people decide.",
        "counts": "{applicants} applicants, {seats} seats filled in {tables} tables, {reserves} in reserve.",
        "other": ("esimerkki.html", "fi", "Suomeksi"),
        "goals": "Goals: seats in each table",
        "met": "Goals that a table misses are marked with the number of seats it is away.",
        "wanted": "Goal",
        "off": "{n} away",
        "answers": "Why, and why not",
        "own": "Your own file: `selection propose applications.xlsx --xlsx proposal.xlsx`.",
    },
    "fi": {
        "title": "Kokoonpano: esimerkkiehdotus",
        "note": "Tämän `selection propose` tekee esimerkkitiedostosta. Kaikki sivun henkilöt ovat keksittyjä. Ohjelma "
        "ehdottaa, ihmiset päättävät.",
        "counts": "Hakijoita {applicants}, täytettyjä paikkoja {seats} ja pöytiä {tables}, varalla {reserves}.",
        "other": ("example.html", "en", "In English"),
        "goals": "Tavoitteet: paikkoja kussakin pöydässä",
        "met": "Jos pöytä ei yllä tavoitteeseen, luvun vieressä on, monenko paikan päässä se on.",
        "wanted": "Tavoite",
        "off": "{n} päässä",
        "answers": "Miksi, ja miksi ei",
        "own": "Oma tiedostosi: `selection propose hakemukset.xlsx --xlsx ehdotus.xlsx`.",
    },
}
STYLE = """
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f2f4f7; --ink: #1b1f24; --paper: #fff; --off: #8a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444b55; --soft: #22272e; --ink: #e6e9ee; --paper: #15181c; --off: #ffb37a; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 72rem; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { background: var(--soft); padding-left: .3rem; } tbody td:first-child, tbody th { padding-left: .3rem; }
td { white-space: nowrap; font-variant-numeric: tabular-nums; } tbody th { font-weight: 400; min-width: 9rem; }
.off { color: var(--off); font-weight: 600; }
code { background: var(--soft); padding: .1rem .3rem; overflow-wrap: anywhere; }
a { color: inherit; }
"""


def proposed() -> Proposal:
    """The proposal for the sample round."""
    rules = load_rules("lahti-2021")
    intake = read_applications([HERE.parent / "sample_applications.xlsx"], rules)
    return propose(Pool.build(intake.applicants, rules, intake.asked), rules)


def page(proposal: Proposal, language: str) -> str:
    """The whole page in a language."""
    with in_language(language):
        words = WORDS[language]
        address, other, name = words["other"]
        return "\n".join(
            [
                "<!doctype html>",
                f'<html lang="{language}">',
                '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{escape(str(words['title']))}</title>",
                f"<style>{STYLE}</style></head>",
                "<body><main>",
                f"<h1>{escape(str(words['title']))}</h1>",
                f'<p>{_code(str(words["note"]))} <a href="{address}" lang="{other}" hreflang="{other}">{name}</a></p>',
                *roster(proposal, language),
                *_answers(proposal, language),
                f"<p>{_code(str(words['own']))}</p>",
                "</main></body></html>",
                "",
            ]
        )


def roster(proposal: Proposal, language: str) -> list[str]:
    """Seats, goals and steps: what the rules, the applications and the seed alone settle."""
    with in_language(language):
        return list(_roster(proposal, language))


def _roster(proposal: Proposal, language: str) -> Iterator[str]:
    words, rules, tables = WORDS[language], proposal.rules, proposal.pool.tables
    names = {one.key: one.name for one in proposal.pool.applicants}
    seated = [one for one in proposal.seats if one.role != Role.RESERVE]
    counts = {
        "applicants": len(names),
        "seats": len(seated),
        "tables": len(tables),
        "reserves": len(proposal.seats) - len(seated),
    }
    yield f"<p>{escape(str(words['counts']).format(**counts))}</p>"
    yield f"<p>{escape(sentence(state_of_proposal(proposal), rules))} {escape(summary(law_of(proposal)))}</p>"
    yield '<div class="tables">'
    for table in tables:
        members, deputies = proposal.at(table, Role.MEMBER), proposal.at(table, Role.DEPUTY)
        loose = loose_deputies(proposal, table)
        deputy_of = {one.deputy_of: names[one.key] for one in deputies if one not in loose}
        title = text("cli.table", table=table_title(rules, table), members=len(members), deputies=len(deputies))
        pairs = [(names[one.key], deputy_of.get(one.key, "–")) for one in members]
        yield "<section>"
        yield from _table(title, [label("seat", "member"), label("seat", "deputy")], pairs)
        reserves = ", ".join(names[one.key] for one in proposal.at(table, Role.RESERVE))
        if reserves:
            yield f"<p>{escape(text('cli.reserves', names=reserves))}</p>"
        yield "</section>"
    yield "</div>"
    yield f"<h2>{escape(str(words['goals']))}</h2><p>{escape(str(words['met']))}</p>"
    held = {(one.id, one.value, one.table): one for one in proposal.goals()}
    rows = []
    for goal, value in dict.fromkeys((one.id, one.value) for one in proposal.goals()):
        cells = [f"{rule_name(rules, goal)}: {value_name(rules, goal, value)}"]
        for table in tables:
            one = held.get((goal, value, table))
            wanted = "" if one is None else between(one.at_least, one.at_most)
            away = "" if one is None or not one.deviation else f" · {str(words['off']).format(n=one.deviation)}"
            cells.append("–" if one is None else f"{one.count} ({wanted}){away}")
        rows.append(tuple(cells))
    yield from _table("", [str(words["wanted"]), *(table_title(rules, one) for one in tables)], rows)
    steps = [
        (
            text(f"step.{one.name}"),
            str(one.value),
            text("cli.proven") if one.proven else text("cli.gap", gap=abs(one.value - one.bound)),
        )
        for one in proposal.steps
    ]
    yield f"<h2>{escape(text('cli.steps'))}</h2>"
    yield from _table("", [text("cli.step"), text("cli.value"), text("cli.proof")], steps)


def _answers(proposal: Proposal, language: str) -> Iterator[str]:
    """Why the first member sits, and why the first of those left out does not."""
    rules, pool = proposal.rules, proposal.pool
    names = {one.key: one.name for one in pool.applicants}
    first = proposal.seats[0]
    seated = {one.key for one in proposal.seats}
    out = next(one for one in pool.candidates if pool.applicants[one.applicant].key not in seated)
    seat = Place(first.table, first.role)
    key, table = pool.applicants[out.applicant].key, pool.tables[out.table]
    asked = [(why(proposal, first.key), seat), (why_not(proposal, key, table), None)]
    yield f"<h2>{escape(str(WORDS[language]['answers']))}</h2>"
    for answer, held in asked:
        said, *more = answer_sentences(answer, rules, names, held)
        yield f"<p>{escape(said)}</p>"
        if more:
            yield "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in more) + "</ul>"


def _table(caption: str, heads: list[str], rows: list[tuple[str, ...]]) -> Iterator[str]:
    # Wide on a narrow screen: then it is moved sideways, by keyboard too.
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption or heads[0])}"><table>'
    if caption:
        yield f"<caption>{escape(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td{' class=off' if ' · ' in cell else ''}>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _code(words: str) -> str:
    """Escaped text whose parts between grave accents are code."""
    parts = escape(words).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))


def main() -> None:
    """Write the pages, beside this script or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    proposal = proposed()
    for language, name in PAGES.items():
        (folder / name).write_text(page(proposal, language), "utf-8")


if __name__ == "__main__":
    main()
