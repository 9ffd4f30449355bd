"""The seal file: the private half of a seal, with the salts, and the list that is published; read and written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selection.errors import SealError
from selection.model.seal import Drawing, Sealed, lines_of, list_hash, root_of
from selection.model.seal_terms import Terms
from selection.rounds.sealed_data import Groups

SCHEMA, LIST_SCHEMA = "selection.seal/1", "selection.seal-list/1"


@dataclass(frozen=True, slots=True)
class SealFile:
    """A seal with its applications, by answer number.

    Attributes
    ----------
    rows
        Where each application stands in the file, for people: answer number → place.
    terms
        What is sealed beside rules and people.
    groups
        The numbers that stand in the data for texts that are only compared: field → text → number.
    drawn, drawn_by
        The numbers it was drawn with, and the command that drew; ``None`` before the draw.
    """

    seal: Mapping[str, Any]
    applications: Mapping[str, Sealed]
    rows: Mapping[str, str]
    terms: Terms = field(default_factory=Terms)
    groups: Groups = field(default_factory=dict)
    drawn: tuple[Drawing, ...] | None = None
    drawn_by: str | None = None

    @property
    def root(self) -> str:
        """The root that is published."""
        return root_of(self.seal)

    @property
    def people(self) -> tuple[Sealed, ...]:
        """The applications, without their numbers."""
        return tuple(self.applications.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the published list."""
        return lines_of(self.applications.values())

    def to_bytes(self) -> bytes:
        """The private file."""
        content = {
            "schema": SCHEMA,
            "root": self.root,
            "seal": dict(self.seal),
            "drawn": None if self.drawn is None else [list(one) for one in self.drawn],
            "drawn_by": self.drawn_by,
            "terms": self.terms.to_json(),
            "groups": {name: dict(numbers) for name, numbers in self.groups.items()},
            "applications": [
                {
                    "person_salt": one.person_salt,
                    "data_salt": one.data_salt,
                    "person": dict(one.person),
                    "data": dict(one.data),
                    "receipt": one.receipt,
                    "ticket": one.ticket,
                    "leaf": one.leaf,
                    "place": self.rows.get(number, ""),
                }
                for number, one in self.applications.items()
            ],
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    def list_bytes(self) -> bytes:
        """What is published: the seal, its root and the lines of the list; nothing of it tells of a person."""
        content = {"schema": LIST_SCHEMA, "root": self.root, "seal": dict(self.seal), "list": list(self.lines)}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    def marked(self, drawn: Sequence[Drawing], by: str) -> SealFile:
        """The seal with the numbers that it was drawn with, and by which command."""
        return replace(self, drawn=tuple(drawn), drawn_by=by)


def read_seal(path: Path) -> SealFile:
    """Read a seal file, and that its hashes hold.

    Raises
    ------
    SealError
        if it is no seal, or was changed.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            raise KeyError("schema")
        applications = {
            str(one["person"]["application"]): Sealed(one["person_salt"], one["data_salt"], one["person"], one["data"])
            for one in content["applications"]
        }
        rows = {str(one["person"]["application"]): str(one.get("place", "")) for one in content["applications"]}
        drawn = None if content["drawn"] is None else tuple((str(name), str(said)) for name, said in content["drawn"])
        groups = {
            str(name): {str(text): str(number) for text, number in numbers.items()}
            for name, numbers in content["groups"].items()
        }
        terms = Terms.of_json(content["terms"])
        found = SealFile(content["seal"], applications, rows, terms, groups, drawn, content["drawn_by"])
        told = [(one["ticket"], one["leaf"]) for one in content["applications"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealError("seal_unreadable", file=path.name) from error
    held = [(one.ticket, one.leaf) for one in applications.values()]
    hashes = (list_hash(found.lines), found.terms.hash(), found.root)
    if held != told or hashes != (found.seal.get("list"), found.seal.get("locks"), content.get("root")):
        raise SealError("seal_broken", file=path.name)
    return found


def published_root(path: Path) -> str:
    """The root of a seal: from its file, or from the list that is published, which is counted again.

    Raises
    ------
    SealError
        if it is neither, or was changed.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["schema"] != LIST_SCHEMA:
            return read_seal(path).root
        holds = list_hash(content["list"]) == content["seal"]["list"] and root_of(content["seal"]) == content["root"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealError("seal_unreadable", file=path.name) from error
    if not holds:
        raise SealError("seal_broken", file=path.name)
    return str(content["root"])
