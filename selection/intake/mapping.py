"""A confirmed mapping of columns, remembered for the next file of the same shape."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field

from selection.intake.columns import FIELDS, OWN, ColumnMatch, fingerprint, normalised


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a person decided of the columns of a file.

    Attributes
    ----------
    fields
        Normalised header → one of the known fields, ``own:NAME``, or ``None`` to leave the column out.
    values
        Normalised header → answer as written → answer to read instead, such as ``{"sukupuoli": {"1": "nainen"}}``.
    header_row
        The row number that holds the header, as Excel shows it, where a person chose it for the whole file.
    header_rows
        File → sheet → the same, where a person chose it for one sheet.
    without
        Names of sheets that a person left out.
    header_depths
        File → sheet → how many header rows there are, where a person said so.
    persons
        How many persons a row holds, where a person said so.
    shape
        :func:`~selection.intake.columns.fingerprint` of the headers it was made for.
    """

    fields: Dict[str, str | None] = field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    header_row: int | None = None
    shape: str = ""
    without: tuple[str, ...] = ()
    header_rows: Dict[str, Dict[str, int]] = field(default_factory=dict)
    persons: int | None = None
    header_depths: Dict[str, Dict[str, int]] = field(default_factory=dict)

    def header_row_of(self, file: str, sheet: str) -> int | None:
        """The row that a person chose for the header of a sheet; ``None`` where nobody did."""
        return self.header_rows.get(file, {}).get(sheet, self.header_row)

    def to_json(self) -> str:
        """The mapping as text for storing."""
        content = {"fields": dict(self.fields), "values": {k: dict(v) for k, v in self.values.items()}}
        told = {"header_row": self.header_row, "shape": self.shape, "without": list(self.without)}
        rows = {"header_rows": {file: dict(sheets) for file, sheets in self.header_rows.items()}}
        persons = {} if self.persons is None else {"persons": self.persons}
        depths = {file: dict(sheets) for file, sheets in self.header_depths.items()}
        more = {**persons, **({"header_depths": depths} if depths else {})}
        return json.dumps({**content, **told, **rows, **more}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """The mapping that :meth:`to_json` wrote.

        Raises
        ------
        ValueError
            if the text is no mapping, or names an unknown field.
        """
        content = json.loads(text)
        try:
            fields = dict(content["fields"])
            known = all(name is None or name in FIELDS or str(name).startswith(OWN) for name in fields.values())
            if not known:
                raise ValueError("unknown field")
            values = {k: dict(v) for k, v in content["values"].items()}
            without = tuple(str(name) for name in content.get("without", ()))
            rows = {
                str(file): {str(sheet): int(row) for sheet, row in sheets.items()}
                for file, sheets in content.get("header_rows", {}).items()
            }
            persons = None if content.get("persons") is None else int(content["persons"])
            depths = {
                str(file): {str(sheet): int(depth) for sheet, depth in sheets.items()}
                for file, sheets in content.get("header_depths", {}).items()
            }
            return cls(fields, values, content["header_row"], content["shape"], without, rows, persons, depths)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a mapping") from error


@dataclass(frozen=True, slots=True)
class MappingDifference:
    """How a file's columns differ from those a mapping was made for, by header."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def mapping_of(columns: Sequence[ColumnMatch]) -> Mapping:
    """The mapping that confirms these columns as they are."""
    fields = {normalised(column.header): column.field if column.used else None for column in columns if column.header}
    return Mapping(fields=fields, shape=fingerprint([column.header for column in columns if column.header]))


def fits(mapping: Mapping, columns: Sequence[ColumnMatch]) -> bool:
    """Whether the columns have exactly the shape the mapping was made for."""
    return mapping.shape == fingerprint([column.header for column in columns if column.header])


def mapping_difference(mapping: Mapping, columns: Sequence[ColumnMatch]) -> MappingDifference:
    """Headers that are new since the mapping was confirmed, and those that are gone."""
    present = {normalised(column.header): column.header for column in columns if column.header}
    return MappingDifference(
        new=tuple(header for key, header in present.items() if key not in mapping.fields),
        gone=tuple(key for key in mapping.fields if key not in present),
    )
