"""Every error the product can raise, one tree, each with a code and parameters.

::

    SelectionError
    ├── InputError                 the input cannot be used (exit status 2)
    │   ├── FileError              a file from outside: unreadable, wrong kind, over a limit
    │   │   └── PairError          quotas and respondents: every faulty row at once
    │   ├── RulesError             the rules file: unknown key, impossible number, wrong value
    │   ├── SettingsError          settings of shared use: missing, half set, not safe
    │   ├── UnreadRequirementError a requirement's field was not read from the applications
    │   ├── LockError              a lock names a person, a table or a role that is not there
    │   ├── SealError              a seal cannot be made, or the round is no longer what was sealed
    │   └── ProposalFileError      a proposal handed to ``check`` or ``verify`` cannot be read
    │       └── EditedRosterError  cells of its rosters cannot be read
    ├── ConflictError              the requirements cannot hold together (exit status 3)
    ├── TimeLimitError             no roster was found within the time limit
    ├── DrawLimitError             the limit of a draw came before it was fair enough (exit status 4)
    ├── SolverError                the solver failed, or its answer did not survive the check
    └── ActionError                what a person asked for cannot be done now
        ├── PermissionDenied       this role may not do that
        ├── SignInEnded            nobody is signed in here, or no longer
        └── StaleError             somebody else changed the round in between

An error holds no text: ``code`` names the message in the catalogues (``error.<code>``), and ``params`` fill it.
Parameters never hold anything of a person, only ids, counts and places in a file. Every message says what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple


class SelectionError(Exception):
    """The root of all errors of the product.

    Parameters
    ----------
    code
        Names the message ``error.<code>`` in the catalogues.
    params
        What fills the message: file, sheet, row, column, line, counts; never personal data.
    """

    exit_status = 2

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    #: What makes a sentence of an error; set by :mod:`selection.texts`, which this module may not import.
    sentence: ClassVar[Callable[[SelectionError], str] | None] = None

    def __str__(self) -> str:
        """A sentence in the language in force, and the code; without the texts, the code and what fills it."""
        if SelectionError.sentence is not None:
            return f"{SelectionError.sentence(self)} [{self.code}]"
        detail = ", ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.code} ({detail})" if detail else self.code

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled whole: made anew without its constructor, whose parameters differ from class to class."""
        return (_made_again, (type(self), self.args, dict(vars(self))))


def _made_again(kind: type[SelectionError], args: tuple[object, ...], fields: dict[str, object]) -> SelectionError:
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(fields)
    return error


class InputError(SelectionError):
    """The input cannot be used."""


class FileError(InputError):
    """A file from outside cannot be read. ``params`` name the ``file`` and, where known, sheet, row and column."""


class RulesError(InputError):
    """The rules file is wrong. ``params`` name the ``file``, the ``line`` and the ``key``."""


class SettingsError(InputError):
    """The app cannot be shared with these settings. ``params`` name settings, never their values."""


class LockError(InputError):
    """A lock cannot be applied to this pool.

    ``named`` is what the rules file calls the person: shown on the screen, and no parameter, so that no log has it.
    """

    def __init__(self, code: str, *, named: str = "", **params: object) -> None:
        self.named = named
        super().__init__(code, **params)


@dataclass(frozen=True, slots=True)
class Unread:
    """A requirement and the field of it that was not read."""

    id: str
    field: str


class UnreadRequirementError(InputError):
    """Fields of requirements were not read, so that these cannot be kept; ``unread`` names each with its field."""

    def __init__(self, unread: Sequence[Unread]) -> None:
        self.unread = tuple(unread)
        super().__init__("requirement_unread", ids=", ".join(dict.fromkeys(one.id for one in self.unread)))


class SealError(InputError):
    """A seal cannot be made, or the round is no longer what was sealed. ``params`` name places in files, no person."""


class ProposalFileError(InputError):
    """A proposal file cannot be read back."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell or sheet of a workbook that cannot be read: the text is ``error.<code>``."""

    code: str
    params: Mapping[str, object]


class EditedRosterError(ProposalFileError):
    """The rosters of a workbook edited by hand cannot be read; ``problems`` names every cell."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("workbook_roster", file=file, n=len(self.problems))


class Phrase(NamedTuple):
    """A text of the catalogues, and what fills it; said in the language in force when it is read."""

    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Conflicting:
    """One requirement of a conflict: which, where, what it needs, and what the pool has.

    ``at_least``, ``at_most`` and ``willing`` are numbers of people. A share has ``at_least_share`` or ``at_most_share``
    of the body instead. ``lock`` is the person key of a lock, or those kept apart with ``+`` between them.
    ``value`` is that of a requirement on every value of a field, where one value is what cannot be.
    ``asks`` says in words what it needs.
    """

    id: str
    table: str | None
    role: str | None
    at_least: int | None = None
    at_most: int | None = None
    willing: int | None = None
    at_least_share: Fraction | None = None
    at_most_share: Fraction | None = None
    lock: str | None = None
    value: str | None = None
    asks: tuple[Phrase, ...] = ()


class PairError(FileError):
    """Quotas and respondents cannot be used as they are; ``problems`` names every faulty row."""

    def __init__(self, code: str, problems: Sequence[Problem], **params: object) -> None:
        self.problems = tuple(problems)
        super().__init__(code, **params)


class ConflictError(SelectionError):
    """The requirements cannot hold together; ``requirements`` names a smallest such set."""

    exit_status = 3

    def __init__(self, requirements: Sequence[Conflicting], **params: object) -> None:
        self.requirements = tuple(requirements)
        super().__init__("conflict", n=len(self.requirements), **params)


class TimeLimitError(SelectionError):
    """No roster was found within the time limit."""


class DrawLimitError(SelectionError):
    """The limit of a draw came before the smallest chance was near enough to its bound; nothing was drawn."""

    exit_status = 4


class NotProvenError(SelectionError):
    """A sealed run came to no proof; nothing was written."""

    exit_status = 4


class SolverError(SelectionError):
    """The solver failed, or its answer did not survive the check from scratch."""


class ActionError(SelectionError):
    """What a person asked for cannot be done now."""


class PermissionDenied(ActionError):
    """This role may not do that."""


class SignInEnded(ActionError):
    """Nobody is signed in here, or no longer: signed out, idle for too long, or past the longest time."""


class StaleError(ActionError):
    """Somebody else changed the round in between."""
