"""Shares of a body: the people that a share asks for, and how it is written in a program."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

#: Shares of at most this denominator are written into rows as they are.
PLAIN_DENOMINATOR = 100

#: Bodies of more people are not looked at when a share is written with smaller numbers.
LARGEST_BODY = 1_000


@cache
def share_written(share: tuple[Fraction | None, Fraction | None, str], most: int) -> Fraction:
    """The share as a row is written with: another of small whole numbers where it allows the same in every body.

    A share of many decimals makes weights that a solver's tolerance of 1e-6 does not tell apart from the next seat's
    (seen: 50.000001 % with HiGHS 1.16 led to a false conflict). In bodies of up to n people a share s asks for
    ⌈s·n⌉ just as the smallest fraction of a denominator of at most n that is not under s (Farey sequences: Hardy and
    Wright 1979, chapter III); the mirror image, and denominators up to 2·n where it rounds to nearest, follow alike.

    Parameters
    ----------
    most
        The most people the body can have.
    """
    least, upper, rounding = share
    asked = least if least is not None else upper
    assert asked is not None
    if asked.denominator <= PLAIN_DENOMINATOR:
        return asked
    near = rounding == "nearest"
    denominators = range(1, min(most, LARGEST_BODY) * (2 if near else 1) + 1)
    p, q = asked.numerator, asked.denominator
    if least is not None and not near:
        return min((Fraction(-(-p * n // q), n) for n in denominators), default=Fraction(1))
    return max((Fraction(p * n // q, n) for n in denominators), default=Fraction(0))


def share_limits(share: tuple[Fraction | None, Fraction | None, str], size: int) -> tuple[int | None, int | None]:
    """The least and most people that a share allows in a body of ``size``.

    ``up`` takes ⌈s·n⌉ at least and ⌊s·n⌋ at most; ``nearest`` takes s·n rounded to the nearest, halves up
    (10 → 4, 11 → 4, 13 → 5 for 40 %: the reading accepted in opinion TAS 426/2010).
    """
    least, most, rounding = share

    def nearest(part: Fraction) -> int:
        return int((2 * part.numerator * size + part.denominator) // (2 * part.denominator))

    if rounding == "nearest":
        return (None if least is None else nearest(least), None if most is None else nearest(most))
    return (
        None if least is None else -(-least.numerator * size // least.denominator),
        None if most is None else most.numerator * size // most.denominator,
    )
