"""Kill -9 at random moments while records are written; nothing that was acknowledged may be lost.

    python -m benchmarks.kill_soak [--kills 200] [--work records|solves] [--postgres | --where URL] [--seed 1]

A child process imports files, saves proposals, swaps, undoes, writes notes and backups; with ``--work solves`` it
imports, solves in a worker process as the app does, saves what was found, exports workbooks. It says over a pipe what
was acknowledged. The parent kills it at a random moment, opens the records again and checks: the database is sound, the
log is one chain, every acknowledged change is in it, every row is what the log's last image of it says, every exported
workbook is whole, and no worker is left at work. ``--postgres`` starts a server of its own from the system's packages;
it is the program that is killed, not the server. Prints one line of figures; ends with status 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from selection import actions as do
from selection.model.locks import Locks
from selection.model.people import Applicant, Origin, Role
from selection.model.pool import Pool
from selection.model.rules_file import parse_rules
from selection.outputs.archive import write_whole
from selection.outputs.workbook import workbook_bytes
from selection.presets import preset_text
from selection.proposal import propose
from selection.records.base import row_values
from selection.records.journal import Image, LogLine
from selection.records.recorder import RECORDED
from selection.records.store import Store
from selection.rounds import tasks
from selection.rounds.given import Given
from selection.ui.jobs import Jobs
from tests.contract.postgres import PostgresServer, binaries

PEOPLE = 60
TABLE = "itäinen"
#: Rules that solve in a moment, so that kills meet every part of the work.
SMALL = f"""
schema = "selection.rules/1"
name = "small"
[[tables]]
id = "{TABLE}"
names = ["{TABLE}"]
postal_codes = ["15700"]
[members]
least = 10
aim = 12
[deputies]
aim = 12
[reserves]
aim = 2
[eligibility]
age_on = 2021-09-01
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
at_least_share = "40 %"
[pairs]
age_bands = ["18–39", "40–64", "65+"]
"""
EXPORT = "export.bin"
#: By which the workers of this run are known.
MARK = "KOKOONPANO_SOAK"
#: A new database after so many kills, so that checking all of it stays short.
KILLS_PER_DATABASE = 25


@dataclass
class Found:
    """What the whole run found."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unreadable: int = 0
    broken_logs: int = 0
    wrong_rows: int = 0
    exports: int = 0
    torn_exports: int = 0
    orphans: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing at all was wrong."""
        wrong = self.lost or self.unreadable or self.broken_logs or self.wrong_rows
        return not (wrong or self.torn_exports or self.orphans)


class Child:
    """The child's records, and changes that are acknowledged once ``perform`` has returned."""

    def __init__(self, where: str, number: int, acknowledge: int) -> None:
        self.store = do.open_store(where)
        self.user = do.local_user(self.store)
        self.number = number
        self.acknowledge = acknowledge
        self.count = 0

    def perform(self, action: do.Action) -> do.Outcome:
        """Do an action and say so."""
        self.count += 1
        key = f"{self.number}-{self.count}"
        outcome = do.perform(self.store, self.user, action, idempotency_key=key)
        os.write(self.acknowledge, f"{outcome.seq} {key}\n".encode())
        return outcome


def records(where: str, scratch: str, number: int, acknowledge: int) -> None:
    """The child of records: change after change."""
    child = Child(where, number, acknowledge)
    store, user, perform = child.store, child.user, child.perform
    rules = preset_text("lahti-2021") or ""
    rounds = 0
    while True:
        rounds += 1
        here = perform(do.CreateRound(name=f"Kierros {number}/{rounds}", rules=rules)).round_id or 0
        entries = tuple(_entry(person) for person in range(PEOPLE))
        content = bytes(random.Random(rounds).randbytes(50_000))
        perform(do.ImportFile(round_id=here, file=do.FileIn(name="a.xlsx", content=content), applications=entries))
        ids = [row.id for row in do.applications(store, user, here)]
        seats = tuple(do.Seat(f"key-{person}", TABLE, Role.MEMBER) for person in range(15))
        perform(do.SaveProposal(round_id=here, roster=do.Roster(seats), facts={"seed": "1"}))
        for step in range(15):
            perform(do.Swap(round_id=here, out=ids[step], into=ids[20 + step], reason="vaihto"))
            perform(do.AddNote(round_id=here, application_id=ids[step], text="huomio " * 20))
            if step % 3 == 0:
                perform(do.Undo(round_id=here))
        perform(do.GoBackTo(round_id=here, revision=4))
        do.backup(store, Path(scratch) / f"{number}-{rounds}.sqlite3")


def solves(where: str, scratch: str, number: int, acknowledge: int) -> None:
    """The child of solves: import, a proposal made in a worker process, saved, and its workbook exported."""
    child = Child(where, number, acknowledge)
    rules = parse_rules(SMALL, "small.toml")
    entries = tuple(_entry(person) for person in range(PEOPLE))
    people = [entry.applicant for entry in entries]
    workbook = (Path(scratch) / EXPORT).read_bytes()
    jobs = Jobs()
    made = 0
    while True:
        name = f"Kierros {number}/{made}"
        here = child.perform(do.CreateRound(name=name, rules=SMALL)).round_id or 0
        child.perform(do.ImportFile(round_id=here, file=do.FileIn(name="a.xlsx", content=b"x"), applications=entries))

        def save(found: tasks.Proposed, here: int = here) -> do.Outcome:
            return child.perform(do.SaveProposal(round_id=here, roster=found.roster, facts=found.facts))

        for seed in range(3):
            given = Given(rules.model_copy(update={"seed": str(seed)}), tuple(people), None, Locks())
            job = jobs.start((here, seed), "propose", tasks.propose, {"given": given, "time_limit": None}, save)
            while not job.over:
                time.sleep(0.005)
            if job.state != "done":
                raise RuntimeError(f"a solve ended as {job.state}: {job.error!r}")
            made += 1
            write_whole(Path(scratch) / f"{number}-{made}.xlsx", workbook)
            os.write(acknowledge, b"exported\n")


def make_export(scratch: str) -> None:
    """The workbook that is exported, made once in a process of its own: solver threads do not survive a fork."""
    child = os.fork()
    if child == 0:
        try:
            rules = parse_rules(SMALL, "small.toml")
            people = [_entry(person).applicant for person in range(PEOPLE)]
            made = workbook_bytes(propose(Pool.build(people, rules, None), rules))
            (Path(scratch) / EXPORT).write_bytes(made)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _entry(person: int) -> do.ApplicationIn:
    applicant = Applicant(
        key=f"key-{person}",
        name=f"Testinen {person}",
        origin=Origin("a.xlsx", "Vastaukset", person + 2),
        wishes=(TABLE,),
        birth_year=1950 + person % 50,
        values={"gender": ("woman" if person % 2 else "man",)},
    )
    return do.ApplicationIn(applicant=applicant, original={"Nimi": applicant.name})


WORKS: dict[str, Callable[[str, str, int, int], None]] = {"records": records, "solves": solves}


def one_kill(work: str, where: str, scratch: str, number: int, moment: float) -> list[str]:
    """Run a child, kill it after ``moment`` seconds, return the lines that it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            WORKS[work](where, scratch, number, writing)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(3)
    os.close(writing)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the child ended by itself after {len(lines)} changes")
    return lines


def torn(scratch: Path) -> int:
    """How many exported workbooks are not whole; those that were looked at are taken away."""
    found = 0
    for path in sorted(scratch.glob("*.xlsx")):
        try:
            with zipfile.ZipFile(path) as archive:
                found += archive.testzip() is not None
        except zipfile.BadZipFile:
            found += 1
        path.unlink()
    return found


def orphans(mark: str, patience: float = 10.0) -> int:
    """How many workers of killed children are still there after a moment of patience."""
    until = time.monotonic() + patience
    while True:
        left = 0
        for place in Path("/proc").glob("[0-9]*"):
            try:
                command, environment = (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
            except OSError:
                continue
            left += b"selection.jobs.worker" in command and f"{MARK}={mark}".encode() in environment
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.1)


def postgres_server() -> PostgresServer:
    """A server of this run's own."""
    programs = binaries()
    if programs is None:
        sys.exit("no PostgreSQL programs: apt-get install postgresql")
    return PostgresServer(programs)


def check(where: str, acknowledged: dict[int, str], found: Found) -> None:
    """Open the records as the next start of the program would, and check everything."""
    try:
        store = do.open_store(where)
    except Exception as error:
        found.unreadable += 1
        print(f"cannot be opened: {error}", file=sys.stderr)
        return
    if store.is_sqlite:
        with store.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                found.unreadable += 1
    if not do.verify_log(store).whole:
        found.broken_logs += 1
    with store.read() as session:
        kept = {seq: key for seq, key in session.execute(select(LogLine.seq, LogLine.request))}
    found.lost += sum(1 for seq, key in acknowledged.items() if kept.get(seq) != key)
    found.wrong_rows += wrong_rows(store)
    store.close()


def wrong_rows(store: Store) -> int:
    """Rows that are not what the last image of them says."""
    with store.read() as session:
        last: dict[tuple[str, int], dict[str, Any] | None] = {}
        for table, row_id, after in session.execute(select(Image.table, Image.row_id, Image.after).order_by(Image.id)):
            last[table, row_id] = after
        wrong = 0
        for (table, row_id), after in last.items():
            row = session.get(RECORDED[table], row_id)
            held = row_values(row) if row is not None else None
            wrong += held != after
        return wrong


def main() -> int:
    """Run the soak and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--work", choices=list(WORKS), default="records")
    parser.add_argument("--where", help="an empty PostgreSQL database; without it SQLite in a temporary folder")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server started for this")
    parser.add_argument("--longest", type=float, help="seconds until the latest kill; 1.5, and 10 for solves")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    longest = options.longest or (10.0 if options.work == "solves" else 1.5)
    os.environ[MARK] = str(os.getpid())
    chance = random.Random(options.seed)
    found = Found()
    acknowledged: dict[int, str] = {}
    server = postgres_server() if options.postgres else None
    folder, place, scratch = "", "", tempfile.mkdtemp(prefix="kokoonpano-soak-")
    started = time.monotonic()
    if options.work == "solves":
        make_export(scratch)
    for number in range(options.kills):
        if options.where is None and number % KILLS_PER_DATABASE == 0:
            shutil.rmtree(folder, ignore_errors=True)
            acknowledged = {}
            folder = "" if server is not None else tempfile.mkdtemp(prefix="kokoonpano-soak-")
            place = server.url(server.new_database()) if server is not None else folder
        where = options.where or place
        lines = one_kill(options.work, where, scratch, number, chance.uniform(0.0, longest))
        found.exports += lines.count("exported")
        acknowledged |= {int(seq): key for seq, key in (line.split() for line in lines if line != "exported")}
        found.kills += 1
        found.torn_exports += torn(Path(scratch))
        found.acknowledged += len([key for key in acknowledged.values() if key.startswith(f"{number}-")])
        check(where, acknowledged, found)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(scratch, ignore_errors=True)
    if server is not None:
        server.stop()
    found.orphans = orphans(os.environ[MARK])
    print(
        f"{found.kills} kills, {found.acknowledged} acknowledged changes: {found.lost} lost, "
        f"{found.unreadable} unreadable databases, {found.broken_logs} broken logs, {found.wrong_rows} wrong rows"
        + (
            f"; {found.exports} workbooks exported, {found.torn_exports} torn; {found.orphans} workers left behind"
            if options.work == "solves"
            else ""
        )
        + f" ({time.monotonic() - started:.0f} s)"
    )
    return 0 if found.clean else 1


if __name__ == "__main__":
    sys.exit(main())
