"""Kill -9 at random moments while records are written; nothing that was acknowledged may be lost.

    python -m benchmarks.kill_soak [--kills 200] [--where FOLDER|URL] [--seed 1]

A child process imports files, saves proposals, swaps, undoes, writes notes and backups, and says over a pipe what was
acknowledged. The parent kills it at a random moment, opens the records again and checks: the database is sound, the log
is one chain, every acknowledged change is in it, and every row is what the log's last image of it says. Prints one line
of figures and ends with status 1 if anything was lost.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from selection import actions as do
from selection.pool import Applicant, Origin
from selection.presets import preset_text
from selection.records.base import row_values
from selection.records.journal import Image, LogLine
from selection.records.recorder import RECORDED
from selection.records.store import Store

PEOPLE = 60
TABLE = "itäinen"
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

    @property
    def clean(self) -> bool:
        """Whether nothing at all was wrong."""
        return not (self.lost or self.unreadable or self.broken_logs or self.wrong_rows)


def work(where: str, scratch: str, number: int, acknowledge: int) -> None:
    """The child: change after change, each acknowledged once ``perform`` has returned."""
    store = do.open_store(where)
    user = do.local_user(store)
    rules = preset_text("lahti-2021") or ""
    count = 0

    def perform(action: do.Action) -> do.Outcome:
        nonlocal count
        count += 1
        outcome = do.perform(store, user, action, idempotency_key=f"{number}-{count}")
        os.write(acknowledge, f"{outcome.seq} {number}-{count}\n".encode())
        return outcome

    rounds = 0
    while True:
        rounds += 1
        here = perform(do.CreateRound(name=f"Kierros {number}/{rounds}", rules=rules)).round_id or 0
        entries = tuple(_entry(person) for person in range(PEOPLE))
        content = bytes(random.Random(rounds).randbytes(50_000))
        perform(do.ImportFile(round_id=here, file=do.FileIn(name="a.xlsx", content=content), applications=entries))
        ids = [row.id for row in do.applications(store, user, here)]
        seats = [(f"key-{person}", TABLE, "member", None) for person in range(15)]
        perform(do.SaveProposal(round_id=here, roster=do.roster_of(seats), facts={"seed": "1"}))
        for step in range(15):
            perform(do.Swap(round_id=here, out=ids[step], into=ids[20 + step], reason="vaihto"))
            perform(do.AddNote(round_id=here, application_id=ids[step], text="huomio " * 20))
            if step % 3 == 0:
                perform(do.Undo(round_id=here))
        perform(do.GoBackTo(round_id=here, revision=4))
        do.backup(store, Path(scratch) / f"{number}-{rounds}.sqlite3")


def _entry(person: int) -> do.ApplicationIn:
    applicant = Applicant(
        key=f"key-{person}",
        name=f"Testinen {person}",
        origin=Origin("a.xlsx", "Vastaukset", person + 2),
        wishes=(TABLE,),
        birth_year=1950 + person % 50,
    )
    return do.ApplicationIn(applicant=applicant, original={"Nimi": applicant.name})


def one_kill(where: str, scratch: str, number: int, moment: float) -> dict[int, str]:
    """Run a child, kill it after ``moment`` seconds, return what it had acknowledged: line of the log → key."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(where, scratch, number, writing)
        finally:
            os._exit(3)
    os.close(writing)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the child ended by itself after {len(lines)} changes")
    return {int(seq): key for seq, key in (line.split() for line in lines)}


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
    parser.add_argument("--where", help="an empty PostgreSQL database; without it SQLite in a temporary folder")
    parser.add_argument("--longest", type=float, default=1.5, help="seconds until the latest kill")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    found = Found()
    acknowledged: dict[int, str] = {}
    folder, scratch = "", tempfile.mkdtemp(prefix="kokoonpano-soak-")
    started = time.monotonic()
    for number in range(options.kills):
        if options.where is None and number % KILLS_PER_DATABASE == 0:
            shutil.rmtree(folder, ignore_errors=True)
            folder, acknowledged = tempfile.mkdtemp(prefix="kokoonpano-soak-"), {}
        where = options.where or folder
        acknowledged |= one_kill(where, scratch, number, chance.uniform(0.0, options.longest))
        found.kills += 1
        found.acknowledged += len([key for key in acknowledged.values() if key.startswith(f"{number}-")])
        check(where, acknowledged, found)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(scratch, ignore_errors=True)
    print(
        f"{found.kills} kills, {found.acknowledged} acknowledged changes: {found.lost} lost, "
        f"{found.unreadable} unreadable databases, {found.broken_logs} broken logs, {found.wrong_rows} wrong rows "
        f"({time.monotonic() - started:.0f} s)"
    )
    return 0 if found.clean else 1


if __name__ == "__main__":
    sys.exit(main())
