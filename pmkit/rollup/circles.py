"""What rests on itself: fringes paid on one another, credits that reduce one another."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def in_circles(rests_on: Mapping[str, Collection[str]]) -> set[str]:
    """The names that come back to themselves by what they rest on; what only rests on such a one is not among them."""
    found: set[str] = set()
    for name in rests_on:
        waiting, seen = [*rests_on[name]], set[str]()
        while waiting and name not in found:
            other = waiting.pop()
            if other == name:
                found.add(name)
            elif other not in seen:
                seen.add(other)
                waiting += rests_on.get(other, ())
    return found
