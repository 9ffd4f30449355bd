"""Made-up people who apply: names from fixed lists, the skew of a real round, nothing wrong with any of them yet."""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

Application = dict[str, Any]

WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("sample_words.toml").read_text(encoding="utf-8"))
TABLES: Mapping[str, Any] = WORDS["tables"]

FIRST_WISHES = {"keskusta": 0.36, "etelainen": 0.31, "itainen": 0.24, "pohjoinen": 0.09}
FURTHER_WISHES = {"keskusta": 42, "etelainen": 30, "itainen": 25, "pohjoinen": 3}
GENDERS = {"woman": 0.63, "man": 0.325, "undisclosed": 0.02, "other": 0.0125, "empty": 0.0125}
GENDER_ANSWERS = {"woman": "Nainen", "man": "Mies", "undisclosed": "En halua kertoa", "other": "Muu", "empty": None}
AGE_BANDS = {(16, 17): 0.01, (18, 29): 0.07, (30, 44): 0.17, (45, 64): 0.375, (65, 74): 0.255, (75, 86): 0.12}
SEATS = {"Jäsen;Varajäsen;": 0.815, "Jäsen;": 0.12, "Varajäsen;": 0.04, None: 0.025}
NUMBER_OF_WISHES = {1: 0.795, 2: 0.15, 3: 0.03, 4: 0.015, 0: 0.01}
TONGUES = {"suomi": 0.945, "ruotsi": 0.01, "other": 0.045}
SERVED = {"En": 0.79, "Kyllä": 0.17, "Kyllä, varajäsenenä": 0.03, None: 0.01}
REPRESENTATIVES = 0.375
OFFICIALS, OFFICIALS_TABLE = 0.05, "keskusta"


def quota(rng: Random, n: int, shares: Mapping[Any, float]) -> list[Any]:
    """``n`` values in the given shares as nearly as whole numbers allow (largest remainders), shuffled."""
    exact = {value: share * n for value, share in shares.items()}
    counts = {value: int(number) for value, number in exact.items()}
    by_remainder = sorted(exact, key=lambda value: counts[value] - exact[value])
    for value in by_remainder[: n - sum(counts.values())]:
        counts[value] += 1
    values = [value for value, count in counts.items() for _ in range(count)][:n]
    rng.shuffle(values)
    return values


def weighted(rng: Random, weights: Mapping[Any, float]) -> Any:
    """One value, drawn by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def make_people(rng: Random, n: int, year: int) -> list[Application]:
    """``n`` sound applications, keyed as the headers of the file; ``fault`` is empty."""
    firsts = quota(rng, n, FIRST_WISHES)
    # By table, so that no table lacks men or women by chance.
    genders = {table: quota(rng, firsts.count(table), GENDERS) for table in TABLES}
    columns = {
        "ages": quota(rng, n, AGE_BANDS),
        "seats": quota(rng, n, SEATS),
        "wishes": quota(rng, n, NUMBER_OF_WISHES),
        "tongues": quota(rng, n, TONGUES),
        "served": quota(rng, n, SERVED),
        "represents": quota(rng, n, {True: REPRESENTATIVES, False: 1 - REPRESENTATIVES}),
    }
    taken: set[str] = set()
    people = []
    for index, table in enumerate(firsts):
        drawn = {name: values[index] for name, values in columns.items()}
        people.append(_person(rng, index, table, genders[table].pop(), drawn, year, taken))
    _add_officials(rng, people, firsts)
    return people


def _person(
    rng: Random, index: int, table: str, gender: str, drawn: Mapping[str, Any], year: int, taken: set[str]
) -> Application:
    tongue, name = _tongue_and_name(rng, gender, drawn["tongues"], taken)
    band = drawn["ages"]
    home = table if drawn["wishes"] == 0 or rng.random() < 0.9 else weighted(rng, FIRST_WISHES)
    completed = _time_of_answer(rng, year)
    represents = drawn["represents"]
    kind = weighted(rng, {key: of["share"] for key, of in WORDS["organisations"].items()}) if represents else None
    texts = WORDS["motivation"]["representative" if represents else "resident"]
    reasons = [rng.choice(texts), *rng.sample(WORDS["motivation"]["more"], rng.choice((0, 0, 1, 1, 2)))]
    return {
        "id": 0,
        "started": completed - dt.timedelta(minutes=rng.randint(3, 25), seconds=rng.randint(0, 59)),
        "completed": completed,
        "login_email": "anonymous",
        "login_name": None,
        "name": name,
        "birth_year": year - rng.randint(*band),
        "gender": GENDER_ANSWERS[gender],
        "postal_code": _as_written(rng, weighted(rng, TABLES[home]["postal_codes"])),
        "tables": _wishes(rng, table, drawn["wishes"]),
        "seat": drawn["seats"],
        "role": "Yhteisön edustajana" if represents else "Asukkaana",
        "organisation": _organisation(rng, table, kind) if kind else rng.choice((None,) * 16 + ("-", "ei")),
        "organisation_type": WORDS["organisations"][kind]["answer"] if kind else None,
        "official": rng.choice(WORDS["officials"]["no"]) or None,
        "served_before": drawn["served"],
        "mother_tongue": tongue,
        "situation": weighted(rng, WORDS["situations"][_situation_band(band[0])]),
        "motivation": (" " if rng.random() < 0.7 else "\n").join(reasons) if rng.random() < 0.97 else None,
        "email": _email(name, index, rng),
        "phone": 400_000_000 + index if rng.random() < 0.05 else f"040 000 {index // 100:02d} {index % 100:02d}",
        "privacy": "Kyllä",
        "consent": "Kyllä" if rng.random() < 0.98 else None,
        "fault": "",
    }


def _situation_band(youngest: int) -> str:
    return str(max(int(start) for start in WORDS["situations"] if int(start) <= youngest))


def _tongue_and_name(rng: Random, gender: str, tongue: str, taken: set[str]) -> tuple[str, str]:
    """A mother tongue as answered, and a full name that nobody has yet (a double surname where one is needed)."""
    words = WORDS["swedish"] if tongue == "ruotsi" else WORDS["names"]
    if tongue == "other":
        tongue = weighted(rng, {tongue: of["share"] for tongue, of in WORDS["foreign"].items()})
        words = WORDS["foreign"][tongue]
    firsts = words.get(gender) or WORDS["names"]["neutral"] + words["woman"] + words["man"]
    name = f"{rng.choice(firsts)} {rng.choice(words['last'])}"
    while name in taken:
        name = f"{rng.choice(firsts)} {rng.choice(words['last'])}-{rng.choice(WORDS['names']['last'])}"
    taken.add(name)
    return tongue, name


def _wishes(rng: Random, table: str, number: int) -> str | None:
    """The answer of a multiple choice: every option ends in a semicolon, the first wish first."""
    if number == 0:
        return None
    chosen = [table]
    while len(chosen) < number:
        further = weighted(rng, FURTHER_WISHES)
        if further not in chosen:
            chosen.append(further)
    return "".join(f"{TABLES[one]['answer']};" for one in chosen)


def _favoured(rng: Random, choices: Sequence[str]) -> str:
    """One of the choices, the first ones far oftener: some organisations send several applicants."""
    return choices[int(len(choices) * rng.random() ** 2)]


def _organisation(rng: Random, table: str, kind: str) -> str:
    """An organisation's name in one of the spellings that people give it."""
    name = f"{_favoured(rng, TABLES[table]['places'])} {_favoured(rng, WORDS['organisations'][kind]['endings'])}"
    spelling = rng.random()
    if not name.endswith(" ry") or spelling < 0.6:
        return name
    if spelling < 0.75:
        return name.removesuffix(" ry")
    if spelling < 0.87:
        return name.lower()
    return name.removesuffix("ry") + "r.y."


def _as_written(rng: Random, postal_code: str) -> object:
    """A postal code as people and spreadsheets write it."""
    spelling = rng.random()
    if spelling < 0.86:
        return postal_code
    if spelling < 0.92:
        return int(postal_code)
    return f"{postal_code} LAHTI" if spelling < 0.96 else f"{postal_code[:2]} {postal_code[2:]}"


def _email(name: str, index: int, rng: Random) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    local = ".".join("".join(char for char in word if char.isalnum() or char == "-") for word in letters.split())
    return f"{local if rng.random() < 0.2 else local.lower()}.{index + 1}@example.org"


def _time_of_answer(rng: Random, year: int) -> dt.datetime:
    """Within the call: many in its first and last days, by day and evening."""
    day = rng.choice((rng.randint(0, 27), rng.randint(0, 3), rng.randint(24, 27)))
    return dt.datetime(year, 3, 29, 8) + dt.timedelta(days=day, seconds=rng.randint(0, 15 * 3600))


def _add_officials(rng: Random, people: list[Application], firsts: list[str]) -> None:
    """One in twenty holds a municipal position of trust, half of them at one table; some answers only look so."""
    number = round(OFFICIALS * len(people))
    crowded = [index for index, table in enumerate(firsts) if table == OFFICIALS_TABLE]
    elsewhere = [index for index, table in enumerate(firsts) if table != OFFICIALS_TABLE]
    at_one = min(number - number // 2, len(crowded))
    chosen = rng.sample(crowded, at_one) + rng.sample(elsewhere, min(number - at_one, len(elsewhere)))
    for place, index in enumerate(chosen):
        answers = WORDS["officials"]["answers"]
        people[index]["official"] = answers[place % len(answers)]
    others = [index for index in range(len(people)) if index not in set(chosen)]
    traps = WORDS["officials"]["traps"]
    wanted = len(traps) * max(1, len(people) // 230) if len(people) >= 50 else 0
    for place, index in enumerate(rng.sample(others, wanted)):
        people[index]["official"] = traps[place % len(traps)]
