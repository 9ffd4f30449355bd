"""A small round, made up, as far as a test needs it; names that occur nowhere else, to grep for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from selection import actions as do
from selection.model.people import Applicant, Origin
from selection.presets import preset_text
from tests.rosters import roster_of

DAY = dt.date(2021, 8, 23)
#: Bodies of three cannot hold 40 % of both.
SPECIAL = "hakijoita ei ollut"
#: Tests of something else ask nobody.
NOT_ASKED = "kysytään kokouksen jälkeen"
TABLE, OTHER_TABLE = "itäinen", "eteläinen"


@cache
def rules() -> str:
    """The text of a preset."""
    text = preset_text("lahti-2021")
    assert text is not None
    return text


def entry(number: int, **changes: object) -> do.ApplicationIn:
    """The application of the made-up person of a number."""
    values: dict[str, tuple[str, ...]] = {"gender": ("woman",) if number % 2 else ("man",), "postal_code": ("15700",)}
    applicant = Applicant(
        key=f"key-{number:04d}",
        name=f"Testinen Hakija{number:04d}",
        origin=Origin("hakemukset.xlsx", "Vastaukset", number + 1),
        wishes=(TABLE,),
        birth_year=1940 + number % 60,
        values=values,
    )
    original = {"Nimi": applicant.name, "Perustelut": f"perusteluni-{number:04d}"}
    contact = {"email": f"hakija{number:04d}@example.org", "phone": f"+3584012{number:05d}"}
    return do.ApplicationIn(applicant=applicant, original=original, contact=contact).model_copy(update=changes)


def file_in(content: bytes = b"the bytes of a file", name: str = "hakemukset.xlsx") -> do.FileIn:
    """A file as it came."""
    return do.FileIn(name=name, content=content, mapping={"columns": {"Nimi": "name"}})


def example() -> do.CreateExample:
    """An example round of two people."""
    return do.CreateExample(
        name="Esimerkki", rules=rules(), preset="lahti-2021", file=file_in(), applications=(entry(1), entry(2))
    )


@dataclass
class Made:
    """A round in a store and the one who makes changes in it."""

    store: do.Store
    user: do.User
    round_id: int
    ids: list[int] = field(default_factory=list)

    def do(self, action: do.Action, **how: object) -> do.Outcome:
        """Perform an action as the user."""
        return do.perform(self.store, self.user, action, **how)  # type: ignore[arg-type]

    @property
    def revision(self) -> int:
        return do.round_row(self.store, self.user, self.round_id).revision

    def roster(self) -> do.Roster:
        """The draft's roster."""
        draft = do.draft(self.store, self.user, self.round_id)
        assert draft is not None
        return draft.roster

    def swap(self, out: int, into: int, **more: object) -> do.Swap:
        """A swap of two people by their numbers."""
        swap = {"round_id": self.round_id, "out": self.ids[out], "into": self.ids[into], "reason": "vaihto", **more}
        return do.Swap.model_validate(swap)


def new_round(store: do.Store, *, name: str = "Kumppanuuspöydät 2021", user: do.User | None = None) -> Made:
    """An empty round."""
    user = user or do.local_user(store)
    made = do.perform(store, user, do.CreateRound(name=name, rules=rules(), preset="lahti-2021"))
    assert made.round_id is not None
    return Made(store, user, made.round_id)


def imported(store: do.Store, people: int = 12, **more: object) -> Made:
    """A round with applications and two open findings."""
    made = new_round(store, **more)  # type: ignore[arg-type]
    findings = (
        do.FindingIn(
            code="postal_code_letters",
            sheet="Vastaukset",
            row=2,
            column="Postinumero",
            field="postal_code",
            found="15l00",
            suggestion=("15100",),
            person_key="key-0001",
        ),
        do.FindingIn(code="likely_duplicate", person_key="key-0003", other_key="key-0004"),
    )
    entries = tuple(entry(number) for number in range(1, people + 1))
    made.do(do.ImportFile(round_id=made.round_id, file=file_in(), applications=entries, findings=findings))
    made.ids = [row.id for row in do.applications(store, made.user, made.round_id)]
    return made


def proposed(store: do.Store, people: int = 12, **more: object) -> Made:
    """A round with a draft: persons 0–2 members, 3–5 their deputies, the rest without a seat."""
    made = imported(store, people, **more)
    rows = do.applications(store, made.user, made.round_id)
    keys = [row.person_key for row in rows]
    seats = [(keys[i], TABLE, "member", None) for i in range(3)]
    seats += [(keys[i], TABLE, "deputy", keys[i - 3]) for i in range(3, 6)]
    made.do(do.SaveProposal(round_id=made.round_id, roster=roster_of(seats), facts={"seed": "2021"}))
    return made


def decided(store: do.Store, people: int = 12, **more: object) -> Made:
    """A round that the board decided on."""
    made = proposed(store, people, **more)
    made.do(do.MarkReady(round_id=made.round_id, reason=NOT_ASKED))
    made.do(
        do.RecordDecision(round_id=made.round_id, section="217 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED)
    )
    return made
