"""Accounting periods: which one a report is of, and which one a cost falls into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pmkit.model.record import meant
from pmkit.problems import Fault

if TYPE_CHECKING:
    from pmkit.model.budget import Period
    from pmkit.model.ledger import LedgerRow

BEYOND, BEFORE, INSIDE = 0, 1, 2


class Periods:
    """The periods of a production in the order of their dates.

    A row falls into the period it names; one that names none, or none that exists, by the day
    it was posted.
    """

    def __init__(self, periods: Mapping[str, Period]) -> None:
        self.all = tuple(sorted(periods.values(), key=lambda period: (period.from_, period.to)))
        self._at = {period.number: index for index, period in enumerate(self.all)}

    def index(self, number: str, day: dt.date) -> int | None:
        """The index of the period of a cost; None when it lies in none."""
        at = self._at.get(number) if number else None
        if at is not None:
            return at
        return next((index for index, period in enumerate(self.all) if period.from_ <= day <= period.to), None)

    def rank(self, number: str, day: dt.date) -> tuple[int, bool]:
        """Sorts costs by their period; what lies in none stands between those that its day lies between."""
        at = self.index(number, day)
        return (at, True) if at is not None else (sum(period.to < day for period in self.all), False)

    def chosen(self, number: str, ledger: Sequence[LedgerRow], today: dt.date) -> Period | Fault | None:
        """The period a report is of: the one asked for, else the last with costs that has begun.

        None when the production has no periods; a fault when it has none of that number, or none has begun.
        """
        if number:
            if number in self._at:
                return self.all[self._at[number]]
            known = f"there are {', '.join(self._at)}" if self._at else "private/periods.yaml has none"
            return Fault(f"there is no period {number}", meant(number, self._at, known))
        begun = [index for index, period in enumerate(self.all) if period.from_ <= today]
        if not self.all:
            return None
        if not begun:
            first = self.all[0]
            hint = f"the first, {first.number}, begins on {first.from_}: --period {first.number}"
            return Fault(f"no period has begun by {today}", hint)
        from pmkit.model.ledger import sums_of  # checks that place days need none of it

        spent = {self.index(*days) for days in {(alike.period, alike.posted) for alike in sums_of(ledger)}}
        return self.all[max((index for index in begun if index in spent), default=begun[-1])]

    def place(self, period: Period | None, number: str, day: dt.date) -> int:
        """Whether a cost of a period's number and day lies inside a period, before or beyond it."""
        if period is None:
            return BEFORE
        index, here = self.index(number, day), self._at[period.number]
        if index is not None:
            return INSIDE if index == here else BEFORE if index < here else BEYOND
        return BEFORE if day <= period.to else BEYOND
