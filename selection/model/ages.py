"""Ages and age bands: an age is known exactly, or only as a band."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: ``(least, most)`` years; ``most`` is ``None`` for an open band, and equal to ``least`` for an exact age.
Age = tuple[int, int | None]


def age_band(written: str) -> Age | None:
    """``(least, most)`` years of a band such as ``18–29`` or ``75+``; ``None`` if it is no band."""
    match = re.fullmatch(r"\s*(\d{1,3})\s*(?:[–—-]\s*(\d{1,3})|(\+))\s*", written)
    if match is None:
        return None
    least = int(match[1])
    most = int(match[2]) if match[2] else None
    return None if most is not None and most < least else (least, most)


def within_band(age: Age, band: str) -> bool:
    """Whether an age known as ``(least, most)`` lies wholly within a band."""
    limits = age_band(band)
    if limits is None:
        return False
    least, most = limits
    return age[0] >= least and (most is None or (age[1] is not None and age[1] <= most))


def overlapping(one: Age, other: Age) -> bool:
    """Whether some age lies in both bands."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def band_of(age: Age | None, bands: Iterable[str]) -> str | None:
    """The first of the bands that an age lies in."""
    return next((band for band in bands if age is not None and within_band(age, band)), None)
