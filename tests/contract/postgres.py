"""A PostgreSQL server of one's own for the tests: from the system's packages, in a temporary folder, no network."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SUPERUSER = "kokoonpano"


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: of the PATH, else Debian's newest."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return debian[-1].parent if debian else None


class PostgresServer:
    """A running server on a unix socket; each test gets a database of its own."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # The path of a unix socket is limited to about 100 characters: not pytest's long folders.
        self.folder = Path(tempfile.mkdtemp(prefix="kokoonpano-pg-", dir="/tmp"))
        self.account = _account()
        if self.account is not None:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self._numbers = itertools.count(1)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start the server, for the first time or after :meth:`halt`."""
        data = str(self.folder / "data")
        settings = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}", "-c", "fsync=off")
        self._process = subprocess.Popen(
            [str(self.programs / "postgres"), "-D", data, *settings, "-c", "max_connections=100"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("wb"),
            **self._as_account(),
        )
        self._run("pg_isready", "-h", str(self.folder), "-q", tries=100)

    def new_database(self, template: str = "template1") -> str:
        """An empty database (or a copy of another); returns its name."""
        name = f"t{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", SUPERUSER, "-T", template, name)
        return name

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}"

    def halt(self) -> None:
        """End the server; its databases stay."""
        # Its fast way to end: without waiting for those still connected.
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)

    def stop(self) -> None:
        """End the server and remove its folder; nothing of it is to be kept, so it need not tidy up."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str, tries: int = 1) -> None:
        for attempt in range(tries):
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd=self.folder,
                capture_output=True,
                text=True,
                **self._as_account(),
            )
            if done.returncode == 0:
                return
            if attempt + 1 < tries:
                self._process_waits()
        raise RuntimeError(f"{program}: {done.stderr}")

    def _process_waits(self) -> None:
        """Give the server a moment to come up; raises at once if it ended."""
        try:
            self._process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return
        raise RuntimeError((self.folder / "log").read_text())

    def _as_account(self) -> dict[str, object]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then as ``postgres``, else ``nobody``. ``None``: as whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no account to run PostgreSQL as")
