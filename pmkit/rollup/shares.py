"""A sum shared out so that its parts are exactly the sum: no cent is lost or made by rounding."""

from __future__ import annotations

from collections.abc import Sequence


def shared(cents: int, weights: Sequence[int]) -> list[int]:
    """A sum in minor units shared by weights, in order: each part is what the running share rises by.

    Weights are whole and not negative, and not all nothing; the parts add up to the sum, whatever
    its sign, and none is off by a cent or more from its true share.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("shares want weights that are not negative, and one above nothing")
    parts, running, before = [], 0, 0
    for weight in weights:
        running += weight
        reached = cents * running // whole
        parts.append(reached - before)
        before = reached
    return parts
