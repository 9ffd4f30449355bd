"""Lines of a rules file: where each key stands, looked up once for all the mistakes of the file."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

#: No key of the rules lies deeper; what does is looked for where its first parts stand.
DEPTH = 20

# Each repetition ends where the next begins, so that no line takes more than one look at each letter.
_HEADER = re.compile(r"\[(\[)?([^\[\]]+)\]")
_KEY = re.compile(r"(\"[^\"]*\"|'[^']*'|[\w-]+)((?:\s*\.\s*(?:\"[^\"]*\"|[\w-]+))*)\s*=")
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s]+")


class Lines:
    """The lines of one file by the path of what stands there."""

    def __init__(self, toml: str) -> None:
        self._lines = toml.splitlines()
        #: Path → the first line (from 0) on which it is written.
        self._first: dict[Path, int] = {}
        here: list[str | int] = []
        counts: dict[Path, int] = {}
        for number, written in enumerate(self._lines):
            line = written.strip()
            place: list[str | int]
            if header := _HEADER.match(line):
                here = []
                names = _parts(header[2])
                for index, name in enumerate(names):
                    here.append(name)
                    if index == len(names) - 1 and header[1]:
                        counts[tuple(here)] = counts.get(tuple(here), -1) + 1
                    if tuple(here) in counts:
                        here.append(counts[tuple(here)])
                place = here
            elif key := _KEY.match(line):
                place = [*here, *_parts(key[1] + key[2])]
            else:
                continue
            self._first.setdefault(tuple(place), number)
            if place and isinstance(place[-1], int):
                self._first.setdefault(tuple(place[:-1]), number)

    def of(self, path: Path, found: str = "") -> int | None:
        """The line (from 1) of what stands at a path: its key, or else the nearest place above it that is written.

        ``found`` is the value there: where it is written in one line alone, that line is meant.
        """
        path = path[:DEPTH]
        prefixes = [path[:depth] for depth in range(len(path) + 1)]
        above = sorted((self._first[one], len(one)) for one in prefixes if one in self._first)
        deepest, best = -1, None
        for number, depth in above:
            if depth > deepest:
                deepest, best = depth, number
                inline = path[depth] if depth < len(path) else None
                if isinstance(inline, str) and re.search(rf"(?<!\w){re.escape(inline)}(?!\w)", self._lines[number]):
                    return number + 1
        if found and (best is None or deepest < len(path)):
            quoted = [number for number, line in enumerate(self._lines) if f'"{found}"' in line]
            if len(quoted) == 1:
                return quoted[0] + 1
        return None if best is None else best + 1


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"' ") for part in _PART.findall(dotted)[:DEPTH]]
