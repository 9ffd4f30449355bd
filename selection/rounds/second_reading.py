"""Reading again: a reading of applications depends on the rules that it was made for; what they changed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from selection import actions as do
from selection.errors import ActionError
from selection.intake import ColumnMatch
from selection.intake import Mapping as ColumnMapping
from selection.intake.columns import AGE_FIELDS, OWN, normalised
from selection.intake.reader import named_apart
from selection.model.rules import Rules
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY
from selection.rounds import intake_step
from selection.rounds.readings import recorded, sign_of

#: Why a column was read: the rules name it, or it is an option or a column of a table of theirs.
BY_RULES = ("own_field", "option", "table_column")


def in_use(files: Sequence[do.FileRow], people: Iterable[do.ApplicationRow]) -> list[do.FileRow]:
    """The files that the round's applications were last read from; all where none is."""
    used = {person.file_id for person in people}
    return [file for file in files if file.id in used] or list(files)


def outdated(files: Iterable[do.FileRow], rules: Rules) -> list[do.FileRow]:
    """Files whose reading was made for other rules."""
    sign = sign_of(rules)
    return [file for file in files if file.mapping.get("sign") and file.mapping["sign"] != sign]


def fitted(mapping: ColumnMapping, columns: Iterable[ColumnMatch], rules: Rules) -> ColumnMapping:
    """A mapping that was made for other rules, for these: what they name wins over what was remembered.

    Parameters
    ----------
    columns
        As the program reads them by itself under these rules.
    """
    own = {OWN + name for name in rules.own_fields}
    fields = {header: field for header, field in mapping.fields.items() if not _own(field) or field in own}
    for column in columns:
        key = normalised(column.header)
        wished = column.field == "wishes" and fields.get(key) is None
        if column.used and (column.reason in BY_RULES or wished):
            fields.pop(key, None)
    return replace(mapping, fields=fields)


def _own(field: str | None) -> bool:
    return field is not None and field.startswith(OWN)


def read_again(
    store: do.Store,
    user: do.User,
    round_id: int,
    files: Sequence[do.FileRow],
    rules: Rules,
    take: Mapping[str, str] | None = None,
) -> list[do.ImportFile]:
    """The actions that take the files anew, read for these rules; corrections stay, as with every later file.

    Parameters
    ----------
    take
        Header → the field of the pool that a person chose its column for.

    Raises
    ------
    SelectionError
        if the bytes of a file are gone, or it cannot be read under these rules.
    """
    latest = list({file.name: file for file in files}.values())
    if not latest:
        raise ActionError("nothing_to_read")
    names = named_apart([file.name for file in latest])
    contents = [do.file_bytes(store, user, round_id, file.id) for file in latest]
    uploads = [intake_step.Upload(name, content) for name, content in zip(names, contents, strict=True)]
    plain = intake_step.understand(uploads, rules)
    held = [recorded(file) for file in latest]
    fields = {header: field for mapping in held for header, field in mapping.fields.items()}
    values = {header: dict(changed) for mapping in held for header, changed in mapping.values.items()}
    rows = {file: sheets for mapping in held for file, sheets in mapping.header_rows.items()}
    mapping = fitted(ColumnMapping(fields, values, header_rows=rows), plain.first.columns, rules)
    chosen = {
        normalised(header): column_field(header, field, plain.first.columns) for header, field in (take or {}).items()
    }
    mapping = replace(mapping, fields={**mapping.fields, **chosen})
    return intake_step.actions_of(round_id, uploads, intake_step.understand(uploads, rules, mapping))


def column_field(header: str, field: str, columns: Iterable[ColumnMatch]) -> str:
    """The field of a column that answers a field of the pool: an age in whichever form the answers have."""
    if field == "age":
        suggested = next((one.suggestion for one in columns if one.header == header), None)
        return suggested if suggested in AGE_FIELDS else "birth_year"
    return field if field in VOCABULARY or field in OPEN_FIELDS else OWN + field
