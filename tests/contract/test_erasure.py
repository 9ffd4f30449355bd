"""Erasing is complete: no file of the database holds anything of those erased; the decision and the counts stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select, text

from selection import actions as do
from selection.errors import ActionError
from selection.model.people import Role
from selection.model.rules_file import parse_rules
from selection.records.base import Base
from selection.records.cleaning import finish_jobs
from selection.records.store import Store
from tests.records.made import DAY, NOT_ASKED, SPECIAL, TABLE, Made, decided, entry, file_in, proposed

PEOPLE = 40


def files_of(store: Store) -> Iterator[Path]:
    """Every file that the database writes rows to: the folder of SQLite, the tables of PostgreSQL.

    PostgreSQL's own journal is the server's: it is recycled by its settings (the guide says so).
    """
    if store.folder is not None:
        yield from sorted(path for path in store.folder.rglob("*") if path.is_file())
        return
    with store.engine.connect() as connection:
        oid = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    folder = Path(str(store.engine.url.query["host"])) / "data" / "base" / str(oid)
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def found(store: Store, *texts: str) -> list[str]:
    """The texts that stand in any of the files."""
    if store.folder is None:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
    contents = [path.read_bytes() for path in files_of(store)]
    return [wanted for wanted in texts if any(wanted.encode() in content for content in contents)]


def traces(number: int) -> tuple[str, ...]:
    """What a made-up person left in the records."""
    four = f"{number:04d}"
    return (f"Hakija{four}", f"perusteluni-{four}", f"hakija{four}@", f"key-{four}", f"muistettavaa-{four}")


def lived_in(store: Store) -> Made:
    """A decided round with everything that may hold a person: notes, contacts, locks, findings, trials, reasons."""
    made = decided(store, PEOPLE, name="Ensin")
    here = made.round_id
    for number in range(1, PEOPLE + 1):
        note = f"muistettavaa-{number:04d}"
        made.do(do.AddNote(round_id=here, application_id=made.ids[number - 1], text=note))
        contact = do.SetContact(round_id=here, application_id=made.ids[number - 1], status="asked", note=note)
        made.do(contact)
    trial = made.do(do.CopyVersion(round_id=here, name="Hakija0030 mukaan"))
    made.do(made.swap(0, 29, version_id=trial.id, reason="Hakija0030 olisi parempi"))
    if not store.is_sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return made


def test_nothing_of_those_not_chosen_stays_in_any_file(store: Store) -> None:
    made = lived_in(store)
    chosen, others = range(1, 7), range(7, PEOPLE + 1)
    everything = [trace for number in others for trace in traces(number)]
    assert found(store, *everything) == everything, "the test must be able to find them before"
    outcome = made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    assert outcome.params["n"] == len(others)
    assert found(store, *everything, "the bytes of a file") == []
    rows = do.applications(store, made.user, made.round_id)
    assert [row.name for row in rows] == [f"Testinen Hakija{number:04d}" for number in chosen]
    assert do.verify_log(store).whole


def test_the_decision_and_the_counts_stay_when_everybody_is_erased(store: Store) -> None:
    made = lived_in(store)
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    left = [trace for number in range(1, PEOPLE + 1) for trace in traces(number)]
    kept = [f"{start}{number:04d}" for number in range(1, 7) for start in ("Hakija", "key-")]
    assert sorted(found(store, *left)) == sorted(kept)
    decision = do.decision(store, made.user, made.round_id)
    assert decision is not None
    assert [person["name"] for person in decision.people.values()] == [
        f"Testinen Hakija{number:04d}" for number in range(1, 7)
    ]
    row = do.round_row(store, made.user, made.round_id)
    assert row.erased == "all"
    assert row.statistics is not None
    assert row.statistics["applicants"]["n"] == PEOPLE
    assert row.statistics["applicants"]["fields"]["gender"] == {"man": 20, "woman": 20}
    assert row.statistics["itäinen/member"]["fields"]["gender"] == {"man": 1, "woman": 2}


@pytest.mark.parametrize("reserves", ["agreed", "all"])
def test_reserves_go_with_their_applications(store: Store, reserves: Literal["agreed", "all"]) -> None:
    """They are no part of what was published: neither name nor key stays. Those who did not agree to be kept go with
    those not chosen, unless the city keeps them all."""
    made = proposed(store, PEOPLE)
    made.do(do.ChangeRetention(retention=do.Retention(reserves=reserves)))
    here, reserve = made.round_id, made.ids[8]
    made.do(do.MovePerson(round_id=here, application_id=reserve, table=TABLE, role=Role.RESERVE, reason="varalle"))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED))
    stay = 7 if reserves == "all" else 6
    assert do.would_be_erased(store, made.user, here) == PEOPLE - stay
    made.do(do.EraseApplicants(round_id=here, whom="not_chosen"))
    assert len(do.applications(store, made.user, here)) == stay
    assert found(store, "Hakija0009", "key-0009") == (["Hakija0009", "key-0009"] if reserves == "all" else [])
    made.do(do.EraseApplicants(round_id=here, whom="all"))
    assert found(store, "Hakija0009", "key-0009") == []
    decision = do.decision(store, made.user, here)
    assert decision is not None and len(decision.people) == 6
    decided_roster = do.version(store, made.user, here, decision.version_id).roster
    assert set(decided_roster.people()) == set(decision.people)


def test_those_who_agreed_are_kept_as_reserves(store: Store) -> None:
    made = decided(store)
    agreed = entry(50, may_be_kept=True)
    earlier = do.Undo(round_id=made.round_id)
    made.do(earlier)
    made.do(earlier)
    made.do(do.ImportFile(round_id=made.round_id, file=file_in(b"more"), applications=(agreed,)))
    made.do(do.MarkReady(round_id=made.round_id, reason=NOT_ASKED))
    made.do(
        do.RecordDecision(round_id=made.round_id, section="1 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED)
    )
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    assert "key-0050" in [row.person_key for row in do.applications(store, made.user, made.round_id)]


def test_nothing_before_it_can_be_undone(store: Store) -> None:
    made = decided(store)
    before = made.revision
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    with pytest.raises(ActionError, match="nothing_to_undo"):
        made.do(do.Undo(round_id=made.round_id))
    with pytest.raises(ActionError, match="cannot_go_back"):
        made.do(do.GoBackTo(round_id=made.round_id, revision=before - 2))
    history = do.history(store, made.user, made.round_id)
    assert "Poisti 6 hakijan tiedot" in history[0].text
    assert [line.reason for line in history] == [""] * len(history)


def test_another_round_keeps_its_people(store: Store) -> None:
    made, other = decided(store), decided(store, name="Toinen kierros")
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    assert len(do.applications(store, other.user, other.round_id)) == 12
    other.do(do.Undo(round_id=other.round_id))
    assert do.round_row(store, other.user, other.round_id).state == "ready"


@pytest.mark.parametrize("later", ["opening", "change", "server"])
@pytest.mark.parametrize("reads", ["SELECT name FROM rounds", "SELECT person_key FROM applications"])
def test_cleaning_that_met_a_reader_is_told_and_finished_later(store: Store, later: str, reads: str) -> None:
    """A reader holds up the cleaning by the table it reads, or by the state it sees; the cleaning holds up nobody."""
    made, other = decided(store), decided(store, name="Toinen", people=1 + 6)
    with store.engine.connect() as reader:
        if not store.is_sqlite:
            reader = reader.execution_options(isolation_level="REPEATABLE READ")
        assert reader.execute(text(reads)).all()
        made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
        assert found(store, "Hakija0009") == ["Hakija0009"], "a reader still holds the old state"
        assert do.cleaning_waits(store, made.user)
        everything_answers(made, other)
        # What others change meanwhile does not end the wait, nor is it held up.
        other.do(do.AddNote(round_id=other.round_id, application_id=other.ids[0], text="huomio"))
        assert do.cleaning_waits(store, made.user) and not finish_jobs(store)
        everything_answers(made, other)
    if later == "opening":
        do.open_store(store.folder or store.engine.url.render_as_string(hide_password=False)).close()
    elif later == "change":
        other.do(do.AddNote(round_id=other.round_id, application_id=other.ids[0], text="huomio"))
    else:
        assert finish_jobs(store)
    assert found(store, "Hakija0009") == []
    assert not do.cleaning_waits(store, made.user)


def everything_answers(*rounds: Made) -> None:
    """Whatever pages read is read now; PostgreSQL gives up where it would have to wait."""
    for made in rounds:
        with made.store.read() as session:
            if not made.store.is_sqlite:
                session.execute(text("SET LOCAL lock_timeout = 1"))
            for table in Base.metadata.sorted_tables:
                session.execute(select(table)).all()
        do.applications(made.store, made.user, made.round_id)
        do.history(made.store, made.user, made.round_id)
        do.decision(made.store, made.user, made.round_id)
        assert do.database_ready(made.store)


def test_one_persons_data_can_be_handed_out(store: Store) -> None:
    made = lived_in(store)
    data = do.person_data(store, made.user, made.round_id, made.ids[0])
    assert data["answers"] == {"Nimi": "Testinen Hakija0001", "Perustelut": "perusteluni-0001"}
    assert data["held"]["birth_year"] == ["1941"]
    assert data["contact_data"]["email"] == "hakija0001@example.org"
    assert [note["text"] for note in data["notes"]] == ["muistettavaa-0001"]
    assert {seat["version"] for seat in data["seats"]} == {"draft", "presented", "decided", "standing"}
    assert "Hakija0002" not in str(data)


def test_what_people_wrote_about_a_round_goes_with_everybody(store: Store) -> None:
    """Comments and locks of the rules, the note of the decision and who was disqualified, reasons of waivers."""
    made = proposed(store)
    here = made.round_id
    rules = do.rules_text(store, made.user, here)
    named = (
        f'# lukittu: Muistettava Kommentti\n{rules}\n[[locks]]\nrow = 2\ntable = "{TABLE}"\nreason = "Lukittu Syy"\n'
    )
    made.do(do.ChangeRules(round_id=here, text=named, reason="lukitus"))
    made.do(do.WaiveRequirement(round_id=here, requirement="officials", reason="Luopumisen Syy"))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    decision = do.RecordDecision(
        round_id=here,
        section="1 §",
        date=DAY,
        special_reason=SPECIAL,
        reason=NOT_ASKED,
        disqualified="Esteellinen Henkilö",
        note="Muistion Teksti",
    )
    made.do(decision)
    words = ("Muistettava Kommentti", "Lukittu Syy", "Luopumisen Syy", "Esteellinen Henkilö", "Muistion Teksti")
    # PostgreSQL keeps long texts compressed.
    assert store.folder is None or found(store, *words) == list(words)
    made.do(do.EraseApplicants(round_id=here, whom="all"))
    assert found(store, *words) == []
    assert "Muistettava" not in do.rules_text(store, made.user, here)
    kept = parse_rules(do.rules_text(store, made.user, here), "")
    assert kept.table_ids == parse_rules(rules, "").table_ids and not kept.locks
    assert do.verify_log(store).whole
