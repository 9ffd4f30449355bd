"""The database gone and back, the disk full, the folder closed: a clear message each time, then work goes on."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.records.location import open_store
from selection.records.store import database_ready
from selection.texts import LANGUAGES, error_text, in_language
from selection.ui import server as web
from tests.browser.conftest import free_port
from tests.contract.postgres import PostgresServer, binaries
from tests.records.made import proposed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that the test may end."""
    programs = binaries()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL programs: apt-get install postgresql")
        pytest.skip("no PostgreSQL programs: apt-get install postgresql")
    started = PostgresServer(programs)
    yield started
    started.stop()


def readable(error: ActionError) -> None:
    for language in LANGUAGES:
        with in_language(language):
            assert error.code not in error_text(error)


@pytest.mark.postgres
def test_postgresql_gone_and_back(own_server: PostgresServer) -> None:
    store = open_store(own_server.url(own_server.new_database()))
    made = proposed(store)
    before = made.roster()
    note = do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="huomio")
    made.do(note)
    own_server.halt()
    for attempt in (lambda: made.do(made.swap(0, 7)), lambda: do.applications(store, made.user, made.round_id)):
        with pytest.raises(ActionError, match="records_gone") as gone:
            attempt()
        readable(gone.value)
    assert not database_ready(store)
    own_server.start()
    # The same store, nothing opened anew.
    assert database_ready(store)
    assert made.roster() == before
    made.do(made.swap(0, 7))
    assert do.verify_log(store).whole
    store.close()


@pytest.mark.postgres
def test_readiness_of_the_running_app_follows_the_database(own_server: PostgresServer, tmp_path: Path) -> None:
    url = own_server.url(own_server.new_database())
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SELECTION_")}
    environment["SELECTION_DATABASE_URL"] = url
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(web.command(port), env=environment, cwd=tmp_path, stdout=log, stderr=log)

    def status() -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{web.READY_PATH}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    try:
        until = time.monotonic() + 120
        while status()[0] == 0 and time.monotonic() < until and process.poll() is None:
            time.sleep(0.1)
        assert status() == (200, "ready")
        own_server.halt()
        assert status() == (503, "not ready")
        own_server.start()
        assert status() == (200, "ready")
    finally:
        process.kill()
        process.wait(10)
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of three megabytes, where this user may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="kokoonpano-small-"))
    mount = shutil.which("mount")
    done = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True)
    if not done or done.returncode != 0:
        folder.rmdir()
        pytest.skip("no right to mount a small disk; tests/records/test_store.py fills the database instead")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def test_a_disk_that_fills_up(small_disk: Path, tmp_path: Path) -> None:
    store = open_store(small_disk / "data")
    made = proposed(store)
    before = made.roster()
    note = do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="x" * 100_000)
    (small_disk / "ballast").write_bytes(b"x" * 1_000_000)
    done = 0
    with pytest.raises(ActionError, match="records_full") as full:
        for _ in range(60):
            made.do(note)
            done += 1
    readable(full.value)
    with pytest.raises(ActionError, match="backup_not_written") as unwritten:
        do.backup(store, small_disk / "backup.sqlite3")
    readable(unwritten.value)
    assert not (small_disk / "backup.sqlite3").exists()
    # What was done before is there, and elsewhere a backup can be made of it.
    assert made.roster() == before
    assert len(do.application(store, made.user, made.round_id, made.ids[0]).notes) == done
    assert do.backup(store, tmp_path / "backup.sqlite3").log_lines == do.verify_log(store).lines
    (small_disk / "ballast").unlink()
    made.do(note)
    assert do.verify_log(store).whole
    store.close()


def opened_by_somebody(folder: Path) -> str:
    """What somebody without rights is told who opens records in a folder: root may write everywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(pwd.getpwnam("nobody").pw_uid)
            try:
                open_store(folder)
                told = "opened"
            except Exception as error:
                told = getattr(error, "code", repr(error))
            os.write(writing, told.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that everybody reaches; pytest's own are for one user."""
    folder = Path(tempfile.mkdtemp(prefix="kokoonpano-closed-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_this_user_may_not_write(closed: Path) -> None:
    closed.chmod(0o555)
    assert opened_by_somebody(closed / "data") == "records_folder_locked"


def test_records_that_this_user_may_only_read(closed: Path) -> None:
    open_store(closed).close()
    for path in [*closed.iterdir(), closed]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert opened_by_somebody(closed) == "records_folder_locked"
