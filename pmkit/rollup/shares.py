"""A sum shared out so that its parts are exactly the sum: no cent is lost or made by rounding.

Between accounts, episodes, lines: `shared`, by the largest remainders, so that the order does not
matter. Over days: `shared_along`, so that what has been spent by any day is right, which for many
sums of many days the first would not be: it puts every odd cent at the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")
Share = int | Fraction | Decimal


def shared(cents: int, weights: Sequence[int | Fraction]) -> list[int]:
    """A sum in minor units in proportion to weights; the largest remainders get the odd cents, of equal ones the first.

    Weights are not negative, and not all nothing. Below zero a sum is shared as above it, with the sign.
    """
    whole = _whole(weights)
    sign = -1 if cents < 0 else 1
    exact = [divmod(abs(cents) * weight, whole) for weight in weights]
    return [sign * part for part in _odd_cents(abs(cents), exact)]


def shared_along(cents: int, weights: Sequence[int]) -> list[int]:
    """A sum shared by weights one after the other: each part is what the running share rises by."""
    whole = _whole(weights)
    parts, running, before = [], 0, 0
    for weight in weights:
        running += weight
        reached = cents * running // whole
        parts.append(reached - before)
        before = reached
    return parts


def shared_by(cents: int, weights: Mapping[K, Share]) -> dict[K, int]:
    """A sum shared by weights with a name; equally where all of them are nothing."""
    found: list[int | Fraction] = [w if isinstance(w, int) else Fraction(w) for w in weights.values()]
    return dict(zip(weights, shared(cents, found if any(found) else [1] * len(found)), strict=True)) if found else {}


def whole_parts(cents: int, exact: Sequence[Fraction]) -> list[int]:
    """Parts that add up to a sum exactly, in whole minor units that do so too, each off by less than one."""
    return _odd_cents(cents, [divmod(part, 1) for part in exact])


def _whole(weights: Sequence[int | Fraction]) -> int | Fraction:
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("shares want weights that are not negative, and one above nothing")
    return whole


def _odd_cents(cents: int, exact: Sequence[tuple[int | Fraction, int | Fraction]]) -> list[int]:
    """Whole parts with their remainders: what the whole ones lack goes to the largest remainders."""
    found = [int(part) for part, _ in exact]
    missing = cents - sum(found)
    for at in sorted(range(len(exact)), key=lambda at: -exact[at][1])[:missing]:
        found[at] += 1
    return found
