"""Where the records are, and opening them: brought up to this release, and cleaned where that is still due."""

from __future__ import annotations

import os
from pathlib import Path

from selection.errors import ActionError
from selection.records import migrate
from selection.records.cleaning import finish_jobs
from selection.records.store import FILE_NAME, Store, clear_errors, postgresql_engine, sqlite_engine


def open_store(where: str | Path | None = None, *, make: bool = True) -> Store:
    """Open the records, upgrading them as needed.

    Parameters
    ----------
    where
        A folder, or the URL of a PostgreSQL database. Without it ``SELECTION_DATABASE_URL``, else the URL in the file
        ``SELECTION_DATABASE_URL_FILE``, else the folder ``SELECTION_DATA``, else ``~/.local/share/kokoonpano``.
    make
        Whether to make a folder's records where there are none: a folder named wrongly must not pass for empty records.

    Raises
    ------
    ActionError
        ``records_newer`` if a newer release of the program made them; ``records_gone``, ``records_folder_locked``, …
    """
    chosen = where or os.environ.get("SELECTION_DATABASE_URL") or _url_in_file() or os.environ.get("SELECTION_DATA")
    if isinstance(chosen, str) and "://" in chosen:
        store = Store(postgresql_engine(chosen), None)
    else:
        folder = _folder(chosen)
        if not make and not folder.is_file() and not (folder / FILE_NAME).exists():
            raise ActionError("records_not_there", folder=str(folder))
        store = Store(sqlite_engine(folder), folder)
    try:
        with clear_errors():
            migrate.upgrade(store.engine)
            finish_jobs(store)
    except BaseException:
        store.close()
        raise
    return store


def _folder(chosen: str | Path | None) -> Path:
    """The folder of the records."""
    try:
        return Path(chosen).expanduser() if chosen else Path.home() / ".local" / "share" / "kokoonpano"
    except RuntimeError as error:  # ~somebody who is not there
        raise ActionError("records_not_there", folder=str(chosen)) from error


def _url_in_file() -> str | None:
    """A URL holds a password: it may stand in a file that only the program can read."""
    path = os.environ.get("SELECTION_DATABASE_URL_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ActionError("records_no_url", file=Path(path).name) from error
