"""What the command line is told of how application files are read: columns, persons in a row, a remembered reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from selection.commands.terminal import err
from selection.errors import FileError, InputError, ProposalFileError
from selection.intake import Intake, Mapping, field_name, mapping_of, read_applications
from selection.intake.columns import FIELDS, OWN, normalised
from selection.intake.file_notes import notes_of_sensitive
from selection.intake.messages import note_text
from selection.model.rules import Rules
from selection.outputs.archive import write_whole
from selection.texts import LANGUAGES, in_language

#: What leaves a column out.
NOTHING = ("-", "–", "none", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """The options on how files are read: ``--column``, ``--mapping`` and ``--persons-per-row``."""

    column: Sequence[str] | None = None
    mapping: Path | None = None
    persons: int | None = None


#: Files as they are found, nothing told.
AS_FOUND = Reading()


def read_as_told(
    applications: Sequence[Path], rules: Rules, reading: Reading, recorded: Mapping | None = None
) -> Intake:
    """The applications, read as the options say, else as was recorded.

    Raises
    ------
    SelectionError
        if a file or an option cannot be used.
    """
    told = told_reading(reading, rules) or recorded
    intake = read_applications(applications, rules, mapping=told)
    remember(intake, told, reading)
    return intake


def recorded_mapping(recorded: str, file: str) -> Mapping | None:
    """The reading of columns that a workbook or a JSON records.

    Raises
    ------
    ProposalFileError
        if it cannot be read back.
    """
    try:
        return Mapping.from_json(recorded) if recorded else None
    except ValueError as error:
        raise ProposalFileError("workbook_incomplete", file=file) from error


def told_reading(options: Reading, rules: Rules) -> Mapping | None:
    """The reading that the options say, on top of the remembered one; ``None`` where nothing was said.

    Raises
    ------
    InputError
        if a ``Heading=field`` has no such field.
    FileError
        if the remembered reading cannot be read.
    """
    kept = _remembered(options.mapping)
    fields = {key: _field(name, said, rules) for said in options.column or () for key, name in [_parts(said)]}
    if kept is None and not fields and options.persons is None:
        return None
    kept = kept or Mapping()
    persons = options.persons if options.persons is not None else kept.persons
    return Mapping(
        {**kept.fields, **fields}, kept.values, kept.header_row, kept.shape, kept.without, kept.header_rows, persons
    )


def remember(intake: Intake, reading: Mapping | None, options: Reading) -> None:
    """Say of sensitive columns that were taken in, and write the reading to the file that remembers it.

    Raises
    ------
    InputError
        if a heading of ``--column`` stands in no file.
    """
    known = {normalised(one.header) for one in intake.columns}
    for said in options.column or ():
        if _parts(said)[0] not in known:
            headers = ", ".join(dict.fromkeys(one.label for one in intake.columns if one.header))
            raise InputError("column_not_found", found=said.rpartition("=")[0], headers=headers)
    for note in notes_of_sensitive(intake.columns):
        err.print(note_text(note), markup=False)
    if options.mapping is not None:
        write_whole(options.mapping, (reading or mapping_of(intake.columns)).to_json().encode("utf-8") + b"\n")


def _remembered(path: Path | None) -> Mapping | None:
    if path is None or not path.exists():
        return None
    try:
        return Mapping.from_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FileError("mapping_unreadable", file=path.name) from error


def _parts(said: str) -> tuple[str, str]:
    """The heading and the field of ``Heading=field``; a heading may hold an equals sign.

    Raises
    ------
    InputError
        where there is no equals sign, or no heading before it.
    """
    heading, equals, name = said.rpartition("=")
    if not equals or not normalised(heading):
        raise InputError("column_option", found=said)
    return normalised(heading), name.strip()


def _field(name: str, said: str, rules: Rules) -> str | None:
    """The field of a name: a field's own name or what it is called in a language, a field of the rules, or nothing."""
    folded = name.casefold()
    if folded in NOTHING:
        return None
    called: dict[str, str] = {}
    for language in LANGUAGES:
        with in_language(language):
            called |= {field_name(field).casefold(): field for field in FIELDS}
    if folded in FIELDS:
        return folded
    own = next((one for one in rules.own_fields if one.casefold() == folded.removeprefix(OWN)), None)
    if own is not None:
        return OWN + own
    if folded in called:
        return called[folded]
    if folded.startswith(OWN) and len(folded) > len(OWN):
        return OWN + name[len(OWN) :]
    named = [f"{field_name(field)} ({field})" for field in FIELDS]
    raise InputError("column_field", found=said, fields=", ".join((*named, *rules.own_fields)))
