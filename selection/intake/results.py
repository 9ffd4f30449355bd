"""What the intake gives: applications, rows set aside, findings, and how each column was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selection.intake.columns import ColumnMatch
from selection.model.people import Applicant, Origin

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its name and the SHA-256 digest of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet that was read, and where its table stands.

    ``header_row`` is the row number of the (upper) header row, as Excel shows it; ``depth`` how many header rows
    there are; ``first`` the first data rows as
    written, a cell for each of ``headers``.
    """

    file: str
    name: str
    header_row: int
    rows: int
    headers: tuple[str, ...] = ()
    depth: int = 1
    first: tuple[tuple[str, ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Something told of a file or a sheet as a whole: the text is ``intake.note.<code>``."""

    file: str
    sheet: str
    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A data row that did not become an application: the text is ``set_aside.<code>``.

    ``same_as`` is the row that was kept of the same person. ``key`` names the row in corrections. ``application`` is
    what the row would be as one, ``None`` where it holds no person.
    """

    origin: Origin
    code: str
    params: Params = field(default_factory=dict)
    same_as: Origin | None = None
    key: str = ""
    application: Application | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a row that a person should look at: the text is ``finding.<code>``.

    Attributes
    ----------
    column, cell
        The column's header and the cell's address (``F12``); ``None`` where the row as a whole is meant.
    found, suggestion
        What stands there, and what would mend it, if the program can tell.
    person
        Key of the application (or of the row set aside) that a :class:`~selection.intake.corrections.Correction` names.
    field
        The field that the column answers.
    other
        Key of the other person, where two may be one.
    """

    origin: Origin
    code: str
    column: str | None = None
    cell: str | None = None
    found: str = ""
    suggestion: str | None = None
    params: Params = field(default_factory=dict)
    person: str = ""
    field: str | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One person's application: what the optimiser may know, and beside it what only people read.

    ``answers`` holds the cells of the columns in use as written, by header; corrections do not change them.
    ``consents`` tells of ``privacy``, ``post``, ``publish`` and ``retain`` whether the person agreed, where asked.
    ``non_disclosure``: the address is protected in the population register; no contact data may be exported.
    ``applied_with`` holds the letters of the others who applied in the same row of the file.
    ``beside``: added by hand to sit at a table beside its seats, and no candidate.
    """

    applicant: Applicant
    email: str = ""
    phone: str = ""
    motivation: str = ""
    organisation_name: str = ""
    organisation_role: str = ""
    remarks: str = ""
    non_disclosure: bool = False
    beside: bool = False
    consents: Mapping[str, bool] = field(default_factory=dict)
    submitted_at: dt.datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    applied_with: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The person's key."""
        return self.applicant.key

    @property
    def origin(self) -> Origin | None:
        """Where the application stands."""
        return self.applicant.origin


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything understood of one or more files.

    ``rows`` counts the data rows seen; each is an application or was set aside. ``asked`` are the fields of the pool
    that a column answers: a goal on any other field is switched off, and said. ``told`` is the reading of the columns
    that a person said, as :meth:`~selection.intake.mapping.Mapping.to_json` writes it; empty where nobody did.
    """

    files: tuple[SourceFile, ...] = ()
    rows: int = 0
    applications: tuple[Application, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    asked: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    told: str = ""

    @property
    def applicants(self) -> tuple[Applicant, ...]:
        """The applicants, in the order of the files and their rows."""
        return tuple(application.applicant for application in self.applications if not application.beside)

    def application(self, key: str) -> Application | None:
        """The application of a person."""
        return next((one for one in self.applications if one.key == key), None)

    def of_person(self, key: str) -> Iterator[Finding]:
        """The findings on one person."""
        return (finding for finding in self.findings if finding.person == key)
