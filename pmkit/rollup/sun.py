"""Sunrise, sunset and civil twilight at a place on a date, by astral.

astral misses events that fall across the midnight of the zone it is asked in ("the sun never
reaches …" on days when it plainly does). So it is asked in UTC and in the place's own solar time,
for the days on both sides too, and the events kept are those around the sun's noon of the local
date: a sunset past midnight in June reads `00:03 +1`.
Civil twilight (the sun six degrees down) is the first and last light of a call sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pmkit.model.clock import Clock, clock_of

CIVIL = 6.0
_HALF = timedelta(hours=12, minutes=30)


@dataclass(frozen=True, slots=True)
class Sun:
    """The light of a day: clocks at the place, None where there is none; `word` says why."""

    first_light: Clock | None
    sunrise: Clock | None
    sunset: Clock | None
    last_light: Clock | None
    word: str = ""


@lru_cache(maxsize=512)
def sun(day: date, latitude: float, longitude: float, zone: ZoneInfo) -> Sun:
    """The sun at coordinates (degrees, north and east positive), told by the clocks of `zone`."""
    from astral import Observer, sun as events

    place = Observer(latitude, longitude, 0.0)
    noon = _noon(events.noon, place, day, zone)

    def near(event: Callable[..., datetime], after: bool, **more: Any) -> datetime | None:
        found = [
            moment
            for moment in _moments(event, place, day, **more)
            if (noon < moment <= noon + _HALF if after else noon - _HALF <= moment < noon)
        ]
        return min(found, key=lambda moment: abs(moment - noon)) if found else None

    def pair(before: Callable[..., datetime], after: Callable[..., datetime], **more: Any) -> list[datetime | None]:
        up, down = near(before, False, **more), near(after, True, **more)
        # the one that astral cannot find lies as far from noon as the other, to some minutes
        return [up or (down and noon - (down - noon)), down or (up and noon + (noon - up))]

    rise, down = pair(events.sunrise, events.sunset)
    word = ""
    if rise is None:
        height = events.elevation(place, noon)
        word = "the sun does not set" if height > 0 else "the sun does not rise"

    def shown(moment: datetime | None) -> Clock | None:
        return clock_of(moment + timedelta(seconds=30), day, zone) if moment is not None else None

    first, last = pair(events.dawn, events.dusk, depression=CIVIL)
    return Sun(shown(first), shown(rise), shown(down), shown(last), word)


def _moments(event: Callable[..., datetime], place: Any, day: date, **more: Any) -> list[datetime]:
    """An event on the date and its neighbours; astral's refusals are left out."""
    solar = timezone(timedelta(minutes=round(place.longitude * 4)))
    found = []
    for zone in (solar, UTC):
        for offset in (-1, 0, 1):
            try:
                found.append(event(place, date=day + timedelta(days=offset), tzinfo=zone, **more))
            except ValueError:
                continue
    return found


def _noon(event: Callable[..., datetime], place: Any, day: date, zone: ZoneInfo) -> datetime:
    """The sun's noon of the local date."""
    for moment in _moments(event, place, day):
        if moment.astimezone(zone).date() == day:
            return moment
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)
