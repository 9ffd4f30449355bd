"""Actions of the import: a file with its applications and findings, in a draft and of a supplementary call."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from selection.actions.applicant_actions import new_application
from selection.actions.base import Action, RoundAction, Work
from selection.actions.departures import hold_doubles_of_all
from selection.actions.rights import Right
from selection.errors import ActionError
from selection.model.people import Applicant
from selection.records.base import now
from selection.records.examples import is_example, is_the_sample
from selection.records.journal import Blob, MappingProfile
from selection.records.merging import take_application
from selection.records.tables import Application, Finding, SourceFile

_PLAIN = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class FileIn(BaseModel):
    """A file as it came, and how its columns were read."""

    model_config = _PLAIN

    name: str
    content: bytes
    mapping: dict[str, Any] = Field(default_factory=dict)


class ApplicationIn(BaseModel):
    """One row of the file as the intake understood it. ``original`` holds header → cell as text.

    ``set_aside`` is the intake's code when it sets the row aside by itself, ``same_as`` the person key it repeats.
    """

    model_config = _PLAIN

    applicant: Applicant
    original: dict[str, Any] = Field(default_factory=dict)
    contact: dict[str, str] = Field(default_factory=dict)
    non_disclosure: bool = False
    may_be_kept: bool = False
    set_aside: str | None = None
    same_as: str | None = None


class FindingIn(BaseModel):
    """Something in the file that needs a person's eye. ``person_key`` and ``other_key`` name its applications."""

    model_config = _PLAIN

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    found: str | None = None
    suggestion: tuple[str, ...] | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    person_key: str | None = None
    other_key: str | None = None


class ImportFile(RoundAction):
    """Take a file: its bytes, applications and findings in one go.

    People who are in the round already are matched by person key: the file's values are taken, unless they came too
    late where those held came in time; corrections, notes, locks and contacts stay. With ``replace`` the file is the
    whole round: those not in it any more are set aside.
    ``same_as``: person keys of duplicates set aside, of this file or one before it, each with the key that is kept.
    """

    code: ClassVar[str] = "import_file"
    right: ClassVar[Right] = Right.PREPARE
    file: FileIn
    applications: tuple[ApplicationIn, ...]
    findings: tuple[FindingIn, ...] = ()
    same_as: dict[str, str] = Field(default_factory=dict)
    replace: bool = False

    def apply(self, work: Work) -> dict[str, Any]:
        if is_example(work.session, work.round.id):
            self._require_sample(work)
        keys = [entry.applicant.key for entry in self.applications]
        if len(set(keys)) != len(keys):
            raise ActionError("person_twice")
        held = work.people()
        taken = self._taken(work, held)
        source = self._store_file(work)
        counts = {"new": 0, "changed": 0, "same": len(keys) - len(taken), "gone": 0}
        for entry in taken:
            counts[self._take(work, held, entry, source.id)] += 1
        work.session.flush()
        held = work.people()
        pairs = {entry.applicant.key: entry.same_as for entry in taken if entry.same_as is not None} | self.same_as
        for key, kept in pairs.items():
            row = held.get(key)
            if row is not None and kept in held and row.set_aside_code == "duplicate" and row.same_as_id is None:
                row.same_as_id = held[kept].id
        if self.replace:
            for key, row in held.items():
                if key not in keys and not row.by_hand and row.status == "active":
                    row.status, row.set_aside_code = "set_aside", "gone_from_file"
                    counts["gone"] += 1
        self._take_findings(work, held, taken, source.id)
        work.session.flush()
        hold_doubles_of_all(work)
        return {"id": source.id, "file": source.id, "n": len(keys), **counts}

    def _require_sample(self, work: Work) -> None:
        """An example says that its people are made up: nobody else's applications come into it."""
        if not is_the_sample(work.session, work.round.id, hashlib.sha256(self.file.content).hexdigest()):
            raise ActionError("round_is_example", id=work.round.id)

    def _taken(self, work: Work, held: dict[str, Application]) -> tuple[ApplicationIn, ...]:
        """The applications that are taken, of which those that the round holds already are changed.

        One that came too late replaces none that came in time: whoever knows a rival's address could overwrite it.
        """
        late = {entry.person_key for entry in self.findings if entry.code == "late"} & held.keys()
        if self.replace or not late:
            return self.applications
        told = select(Finding.application_id).where(Finding.round_id == work.round.id, Finding.code == "late")
        were_late = set(work.session.scalars(told))
        kept = {key for key in late if key is not None and held[key].id not in were_late}
        return tuple(entry for entry in self.applications if entry.applicant.key not in kept)

    def _late_repeats(self, left: set[str]) -> tuple[FindingIn, ...]:
        """What is said at the applications that hold in spite of a late one in the file."""
        origins = [(entry.applicant.key, entry.applicant.origin) for entry in self.applications]
        return tuple(
            FindingIn(
                code="late_repeat",
                params={"rows": f"{self.file.name}: {origin.row}" if origin is not None else self.file.name},
                person_key=key,
            )
            for key, origin in origins
            if key in left
        )

    def _store_file(self, work: Work) -> SourceFile:
        digest = hashlib.sha256(self.file.content).hexdigest()
        same = select(Blob.id).where(Blob.round_id == work.round.id, Blob.sha256 == digest)
        if work.session.scalars(same).first() is None:
            work.session.add(Blob(round_id=work.round.id, sha256=digest, content=self.file.content))
        return work.add(
            SourceFile(
                round_id=work.round.id,
                name=self.file.name,
                sha256=digest,
                size=len(self.file.content),
                mapping=self.file.mapping,
                made_at=now(),
            )
        )

    def _take(self, work: Work, held: dict[str, Application], entry: ApplicationIn, file_id: int) -> str:
        row = held.get(entry.applicant.key)
        kind = "new" if row is None else "same"
        if row is None:
            row = new_application(work.round.id, entry.applicant)
            work.session.add(row)
        elif take_application(row, entry.applicant, entry.original):
            kind = "changed"
        origin = entry.applicant.origin
        row.file_id, row.sheet, row.row = file_id, origin.sheet if origin else None, origin.row if origin else None
        row.original = entry.original
        row.contact = entry.contact
        row.non_disclosure = row.non_disclosure or entry.non_disclosure
        row.may_be_kept = entry.may_be_kept
        if entry.set_aside is not None and kind == "new":
            row.status, row.set_aside_code = "set_aside", entry.set_aside
        elif row.set_aside_code == "gone_from_file":
            row.status, row.set_aside_code = "active", None
        return kind

    def _take_findings(
        self, work: Work, held: dict[str, Application], taken: tuple[ApplicationIn, ...], file_id: int
    ) -> None:
        earlier = list(work.session.scalars(select(Finding).where(Finding.round_id == work.round.id)))
        settled = {_sign(f) for f in earlier if f.how is not None}
        keys = {entry.applicant.key for entry in taken}
        ids = {held[key].id for key in keys}
        left = {entry.applicant.key for entry in self.applications} - keys
        for finding in earlier:
            if finding.how is None and (self.replace or finding.application_id in ids):
                work.session.delete(finding)
        told = tuple(entry for entry in self.findings if entry.person_key not in left) + self._late_repeats(left)
        for entry in told:
            person = held.get(entry.person_key or "")
            other = held.get(entry.other_key or "")
            made = Finding(
                round_id=work.round.id,
                file_id=file_id,
                application_id=person.id if person else None,
                other_id=other.id if other else None,
                sheet=entry.sheet,
                row=entry.row,
                column=entry.column,
                field=entry.field,
                code=entry.code,
                params=entry.params,
                found=entry.found,
                suggestion={"values": list(entry.suggestion)} if entry.suggestion is not None else None,
            )
            if _sign(made) not in settled:
                work.session.add(made)


class ImportSupplement(ImportFile):
    """Take the file of a supplementary call, after the decision: its people may come to vacant seats.

    Of those whom the round holds already nothing is changed: the decision was made from them as they are.
    """

    code: ClassVar[str] = "import_supplement"
    states: ClassVar[tuple[str, ...]] = ("decided",)
    replace: Literal[False] = False

    def _taken(self, work: Work, held: dict[str, Application]) -> tuple[ApplicationIn, ...]:
        new = tuple(entry for entry in self.applications if entry.applicant.key not in held)
        if not new:
            raise ActionError("nobody_new")
        return new

    def _late_repeats(self, left: set[str]) -> tuple[FindingIn, ...]:
        return ()


def _sign(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same question, so that an answer once given stays given."""
    pair = sorted(i for i in (finding.application_id, finding.other_id) if i is not None)
    return (finding.code, tuple(pair), finding.field, finding.column if not pair else None, finding.found)


class SaveMapping(Action):
    """Remember how the columns of a file of this shape are read."""

    code: ClassVar[str] = "save_mapping"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    moves_on: ClassVar[bool] = False
    round_id: int | None = None
    name: str
    signature: str
    mapping: dict[str, Any]

    def apply(self, work: Work) -> dict[str, Any]:
        known = select(MappingProfile).where(MappingProfile.signature == self.signature)
        row = work.session.scalars(known).one_or_none()
        if row is None:
            row = work.add(
                MappingProfile(name=self.name, signature=self.signature, mapping=self.mapping, made_at=now())
            )
        else:
            row.name, row.mapping, row.made_at = self.name, self.mapping, now()
        return {"id": row.id}
