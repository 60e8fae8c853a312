"""The clock of a shooting day at its location: sums of instants, shown as times of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pmkit.model.clock import Call, Clock, Length, Offset, clock_of, elapsed, instant
from pmkit.problems import Place
from pmkit.rollup.figure import Figure

Time = Figure[Clock]
AnyCall = Figure[Call]


class Watch(NamedTuple):
    """A shooting day's clock at its location."""

    day: date
    zone: ZoneInfo

    def moment(self, clock: Clock) -> datetime:
        """The instant at which the clock shows a time."""
        return instant(self.day, clock, self.zone)

    def shows(self, moment: datetime) -> Clock:
        """What the clock shows at an instant."""
        return clock_of(moment, self.day, self.zone)

    def plus(self, clock: Clock, minutes: int) -> Clock:
        """The clock after so many minutes have truly passed; negative is before."""
        return self.shows(self.moment(clock) + timedelta(minutes=minutes))

    def between(self, start: Clock, end: Clock) -> Length:
        """How long it truly is from one time to another."""
        return elapsed(self.day, start, end, self.zone)


class ClockChange(NamedTuple):
    """The clocks are changed during the work: at what time, and by how many minutes (negative is back)."""

    at: Clock
    minutes: Length


def clock_change(watch: Watch, start: Clock, end: Clock) -> ClockChange | None:
    """Whether the clocks change between two times of the day."""
    moment, last = watch.moment(start), watch.moment(end)
    before = moment.astimezone(watch.zone).utcoffset() or timedelta()
    while moment < last:
        moment += timedelta(minutes=15)
        now = moment.astimezone(watch.zone).utcoffset() or timedelta()
        if now != before:
            by = Length((now - before) // timedelta(minutes=1))
            wall = moment.astimezone(UTC) + before
            at = (wall.date() - watch.day).days * 1440 + wall.hour * 60 + wall.minute
            return ClockChange(Clock(at), by)
    return None


def after(watch: Watch, time: Time | None, minutes: int, said: str, *places: Place) -> Time | None:
    """A time so many minutes after another one (`said` names it), or before when negative."""
    if time is None:
        return None
    sign = "and" if minutes >= 0 else "less"
    return made(watch.plus(time.value, minutes), f"{said} {sign} {Length(abs(minutes))}", time, *places)


def resolved(watch: Watch, call: Time | None, value: Call | None, rule: str, place: Place) -> AnyCall | None:
    """A call as a time of day: what is against the crew call follows it, words stay words."""
    if value is None:
        return None
    if not isinstance(value, Offset):
        return made(value, rule, place)
    if call is None:
        return None
    return made(watch.plus(call.value, value), f"crew call {value}, {rule}", call, place)


def made(value: Any, rule: str, *of: Figure[Any] | Place) -> Figure[Any]:
    """A figure with its origins; a default that stands in no file is none."""
    return Figure(value, rule, tuple(origin for origin in of if not isinstance(origin, Place) or origin.file))
