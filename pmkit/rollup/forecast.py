"""What is budgeted and what is still to come, on the days on which the work is done.

`planned` is the revised budget over the schedule; `to_come` what an account's EFC holds beyond its
cost to date, on the days after a period's end. Both in minor units by date, exact to the cent.
Days are those of the work or the delivery; when the money leaves the bank is rollup/payments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pmkit.rollup.coding import key_of
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import AccountCost, Costs
from pmkit.rollup.phases import remaining
from pmkit.rollup.shares import shared_along
from pmkit.rollup.timing import Part, Timing

# When nothing of an account's own time is left, what it still takes comes in the week that follows.
OVERDUE = timedelta(days=7)


class Work(NamedTuple):
    """A part of a cost on the day its work is done or its thing delivered; `pay` when it is wages."""

    day: date
    cents: int
    pay: bool = False


def planned(costs: Costs, timing: Timing) -> dict[date, int]:
    """The revised budget by the day on which it is planned to be used up."""
    found: dict[date, int] = {}
    for row in costs.accounts():
        cents = to_minor(row.position.revised.value)
        for work in over(cents, timing.parts(key_of(row.coding), row.coding), None):
            found[work.day] = found.get(work.day, 0) + work.cents
    return dict(sorted(found.items()))


def to_come(row: AccountCost, timing: Timing, after: date | None) -> Iterator[Work]:
    """What the EFC of an account holds beyond its cost to date: commitments and what is to complete."""
    cents = to_minor(row.position.efc.value - row.position.to_date.value)
    yield from over(cents, timing.parts(key_of(row.coding), row.coding), after)


def over(cents: int, parts: Iterable[Part], after: date | None) -> Iterator[Work]:
    """A sum over the days that are left of an account's parts, by their weight and how much of each is left."""
    if not cents:
        return
    all_parts = tuple(parts)
    left = [(part, remaining(part.days, after)) for part in all_parts]
    kept = [(part, days) for part, days in left if days]
    if not kept:
        pay = any(part.pay for part in all_parts)
        yield Work((after or date.min) + OVERDUE, cents, pay)
        return
    weights = [max(1, part.weight * len(days) * 1000 // len(part.days)) for part, days in kept]
    for (part, days), share in zip(kept, shared_along(cents, weights), strict=True):
        for day, piece in zip(days, shared_along(share, [1] * len(days)), strict=True):
            if piece:
                yield Work(day, piece, part.pay)
