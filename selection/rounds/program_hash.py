"""The digest of the program: the package's files and its libraries' versions. A seal holds it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import selection


@lru_cache(maxsize=1)
def program_hash() -> str:
    """The digest of the program: a line for each of the package's files with its hash, and its libraries' versions."""
    folder = Path(selection.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    lines = [f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join([*lines, *_libraries()]).encode()).hexdigest()


def _libraries() -> list[str]:
    """Name and version of each library that the package asks for."""
    try:
        asked = distribution("selection").requires or []
    except PackageNotFoundError:
        return []
    names = sorted({re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0] for one in asked if "extra ==" not in one})
    found = []
    for name in names:
        try:
            found.append(f"{name} {distribution(name).version}")
        except PackageNotFoundError:
            found.append(f"{name} –")
    return found
