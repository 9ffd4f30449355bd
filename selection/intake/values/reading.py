"""What reading one cell gives: a value, if any, and remarks for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should look at: the code of a finding, and what would mend it."""

    code: str
    suggestion: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A cell's value, ``None`` where it has none that is sure enough, and the remarks on it."""

    value: T | None
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def asked(cls, code: str, suggestion: str | None = None, **params: str | int) -> Reading[T]:
        """No value, and a remark."""
        return cls(None, (Remark(code, suggestion, params),))

    def but(self, code: str, suggestion: str | None = None, **params: str | int) -> Reading[T]:
        """The same value with one more remark."""
        return Reading(self.value, (*self.remarks, Remark(code, suggestion, params)))
