"""The calendar of a .uss file: from its start, the dates of its shooting days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pmkit.exchange.uss_fields import Event

WEEKEND = "weekend"
NO_SLOT = "nothing scheduled"
WORKED_HOLIDAY = "holiday, worked"


@dataclass
class Calendar:
    """A calendar: the first shooting day, weekdays off (Monday is 0), single days off and the other events."""

    start: dt.date | None = None
    weekly: set[int] = field(default_factory=set)
    off: dict[dt.date, str] = field(default_factory=dict)
    holidays: set[dt.date] = field(default_factory=set)
    worked: set[dt.date] = field(default_factory=set)
    weekends: set[dt.date] = field(default_factory=set)
    empty: set[dt.date] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)

    def days_off(self) -> tuple[int, ...]:
        """The weekdays on which nobody works as a rule."""
        return tuple(sorted(self.weekly | {day.weekday() for day in self.weekends}))

    def shooting(self, count: int) -> list[dt.date]:
        """The dates of that many shooting days from the start."""
        found: list[dt.date] = []
        dated = self.off.keys() | self.holidays | self.weekends | self.empty
        day = self.start
        while day is not None and len(found) < count and day.year < 9999:
            if not found or not (day in dated or day.weekday() in self.weekly):
                found.append(day)
            day += dt.timedelta(days=1)
        return found
