"""Readings: how a file was read is kept with it, with what of the rules it depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, fields

from selection.actions import FileRow
from selection.intake import ColumnMatch, Mapping
from selection.model.rules import Rules

_KEPT = frozenset(one.name for one in fields(ColumnMatch))


def sign_of(rules: Rules) -> str:
    """What of the rules the values read depend on, as a digest: what tables are called, own fields, the day of ages."""
    tables = [one.model_dump(mode="json", include={"id", "titles", "names"}) for one in rules.tables]
    told = [tables, sorted(rules.own_fields), rules.eligibility.age_on.isoformat()]
    content = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def headings_of(columns: Iterable[ColumnMatch]) -> list[dict[str, object]]:
    """The columns of a file as they are kept with it, so that a field that was not read can be looked for."""
    return [asdict(column) for column in columns if column.header]


def headings(files: Iterable[FileRow]) -> tuple[ColumnMatch, ...]:
    """The inverse of :func:`headings_of`, of several files; of files of an earlier release their headers alone."""
    found: list[ColumnMatch] = []
    for file in files:
        kept = file.mapping.get("headings")
        if kept is not None:
            found += (ColumnMatch(**{name: one[name] for name in one if name in _KEPT}) for one in kept)
            continue
        for index, (header, field) in enumerate(recorded(file).fields.items()):
            used = field is not None
            found.append(
                ColumnMatch(file.name, "", index, header, field, "none", "confirmed" if used else "unknown", used=used)
            )
    return tuple(found)


def recorded(file: FileRow) -> Mapping:
    """How the columns of a file were read; nothing where that is not kept, or can no longer be read."""
    try:
        return Mapping.from_json(str(file.mapping.get("columns", "{}")))
    except ValueError:
        return Mapping()
