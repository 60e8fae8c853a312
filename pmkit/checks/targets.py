"""A day of the board against its targets: pages, time and light.

The figures of the call sheet decide. They are dear, so each day is first judged by a rough sum
of its minutes and by the sun to some minutes; only what may be wrong is reckoned in full.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pmkit.model.clock import DAY, Clock, Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.strips import ResolvedStrip, Strips, total_pages

if TYPE_CHECKING:
    from pmkit.model.day import Plan
    from pmkit.rollup.sun import Sun

# What the rough sun may be wrong by, in minutes, and how long before sunset a night scene may begin.
_ROUGH = 8
EARLY = 30
_UNSURE = frozenset(
    {"strip", "shootingday", "schedule", "scene", "breakdown", "plan", "calls", "location", "locations"}
)


def over_pages(production: Production) -> Iterator[Problem]:
    """A day has more pages than `working_day: {pages: …}` of production.yaml allows it."""
    target = production.settings.working_day.pages
    if not target or _UNSURE & production.left_out:
        return
    strips = Strips(production)
    for day in board.all_days(production):
        pages = total_pages(strips.of(day.slot))
        if pages > target:
            over = Eighths(pages - target)
            message = f"{_day(production, day)} has {pages} pages, {over} over the target of {target}"
            hint = f"move a scene, or change the target ({production.settings.working_day.place('pages').row})"
            yield Problem("over-pages", day.slot.key_place(), message, hint, "warning")


def over_time(production: Production) -> Iterator[Problem]:
    """By the estimates a day's last scene ends after the estimated wrap.

    Said only where the folder says how long scenes take: by `pace:` in production.yaml, or by an
    `estimate:` of every scene of the day.
    """
    if _UNSURE & production.left_out:
        return
    paced = production.settings.working_day.given("pace")
    strips: Strips | None = None
    for day in board.all_days(production):
        if not paced and not _estimated(production, day):
            continue
        strips = strips or Strips(production)
        resolved = strips.of(day.slot)
        rough = _rough(production, day, resolved)
        if rough is None or rough[-1][2] <= _rough_wrap(production, day, resolved):
            continue
        from pmkit.rollup.calls import day_calls

        calls = day_calls(production, day, strips)
        if calls.work_ends is not None and calls.wrap is not None and calls.work_ends > calls.wrap.value:
            over = Length(calls.work_ends - calls.wrap.value)
            message = f"{_day(production, day)} ends at {calls.work_ends} by the estimates, {over} after its wrap at {calls.wrap.value}"
            hint = "move a scene, shorten an estimate, or give the day a day_length"
            yield Problem("over-time", day.slot.key_place(), message, hint, "warning")


def _estimated(production: Production, day: NumberedDay) -> bool:
    """Whether every scene of a day says how long it takes."""
    scenes = [(strip, production.scene(strip.scene)) for strip in day.slot.scenes()]
    return bool(scenes) and all(
        strip.estimate is not None or (scene is not None and scene.estimate is not None) for strip, scene in scenes
    )


def light(production: Production) -> Iterator[Problem]:
    """An exterior day scene is shot in the dark, or an exterior night scene in daylight, by the estimates.

    Day is in the dark when it begins after sunset or before first light, or ends after last
    light. Night is in daylight when it begins more than half an hour before sunset, or ends after
    sunrise. Wants the coordinates of the location and the day's crew call.
    """
    unsure = (_UNSURE | {"timezone"}) & production.left_out
    if unsure or not any(place.coordinates for place in production.locations.values()):
        return
    strips: Strips | None = None
    for day in board.all_days(production):
        if not any(_outside(production, strip.scene) for strip in day.slot.scenes()):
            continue
        strips = strips or Strips(production)
        rough = _rough(production, day, strips.of(day.slot))
        if rough and any(_maybe(production, day, found, begins, ends) for found, begins, ends in rough):
            yield from _in_wrong_light(production, day, strips)


def _outside(production: Production, number: str) -> bool:
    scene = production.scene(number)
    return scene is not None and scene.parts.side == "EXT"


def _in_wrong_light(production: Production, day: NumberedDay, strips: Strips) -> Iterator[Problem]:
    from pmkit.rollup.calls import day_calls

    calls = day_calls(production, day, strips)
    wrong: dict[str, list[tuple[ResolvedStrip, str]]] = {}
    for timed in calls.strips:
        found, end = timed.strip, timed.end
        if timed.start is None or end is None or not _maybe(production, day, found, timed.start.value, end):
            continue
        from pmkit.rollup.sun import sun

        start = timed.start.value
        where = production.locations[found.location].coordinates or (0.0, 0.0)
        suns = [sun(day.date + dt.timedelta(days=n), *where, calls.watch.zone) for n in (0, 1)]
        why = _dark(start, end, *suns) if found.light == "day" else _bright(start, end, *suns)
        if why:
            wrong.setdefault(found.light, []).append((found, f"is shot {start} to {end} on {day.date}, and {why}"))
    for kind, scenes in wrong.items():
        strip, said = scenes[0]
        more = f" (and {len(scenes) - 1} more of that day)" if len(scenes) > 1 else ""
        message = f"exterior {kind} scene {strip.number} {said}{more}"
        hint = "change the order of the day or its call, or give the scene an estimate"
        place = strip.strip.place("scene")
        if kind == "day":
            yield Problem("day-in-dark", place, message, hint, "warning")
        else:
            yield Problem("night-in-daylight", place, message, hint, "warning")


def _dark(start: Clock, end: Clock, today: Sun, tomorrow: Sun) -> str:
    """What makes it dark during a stretch of the day; empty when it is light."""
    if today.word == "the sun does not rise":
        return today.word
    if today.sunset is not None and start >= today.sunset:
        light = tomorrow.first_light
        return "" if light is not None and start >= light + DAY else f"the sun sets at {today.sunset}"
    if today.last_light is not None and end > today.last_light:
        return f"the last light is at {today.last_light}"
    if today.first_light is not None and start < today.first_light:
        return f"the first light is at {today.first_light}"
    return ""


def _bright(start: Clock, end: Clock, today: Sun, tomorrow: Sun) -> str:
    """What makes it light during a stretch of the night; empty when it is dark."""
    if today.word == "the sun does not set":
        return today.word
    if today.sunrise is not None and end <= today.sunrise:
        return ""
    if today.sunset is not None and start < today.sunset - EARLY:
        return f"the sun sets at {today.sunset}"
    if tomorrow.sunrise is not None and end > tomorrow.sunrise + DAY:
        return f"the sun rises at {Clock(tomorrow.sunrise + DAY)}"
    return ""


# ---- the rough reckoning

Rough = list[tuple[ResolvedStrip, int, int]]


def _rough(production: Production, day: NumberedDay, resolved: tuple[ResolvedStrip, ...]) -> Rough | None:
    """Each strip with the earliest minute at which it may begin and the latest at which it may end."""
    plan, working = _plan(production, day), production.settings.working_day
    call = plan.call if plan.call is not None else day.slot.call
    if call is None or not resolved:
        return None
    first = plan.shooting_call if plan.shooting_call is not None else call + working.shoot_after
    lunch = plan.lunch if plan.lunch is not None else call + working.lunch_after
    meal = next((found.minutes.value for found in resolved if _is_lunch(found)), working.meal)
    rough: Rough = []
    earliest, latest, waiting = int(first), int(first), int(meal)
    for found in resolved:
        minutes = found.minutes.value
        if _is_lunch(found) and waiting:
            latest, waiting = max(latest, lunch) + minutes, 0
        else:
            rough.append((found, earliest, latest + minutes + waiting))
            earliest, latest = earliest + minutes, latest + minutes
    return rough or None


def _rough_wrap(production: Production, day: NumberedDay, resolved: tuple[ResolvedStrip, ...]) -> int:
    plan, working = _plan(production, day), production.settings.working_day
    if plan.wrap is not None:
        return plan.wrap
    call = plan.call if plan.call is not None else day.slot.call or 0
    length = plan.day_length if plan.day_length is not None else working.length
    return int(call + length + (sum(found.minutes.value for found in resolved if _is_lunch(found)) or working.meal))


def _is_lunch(found: ResolvedStrip) -> bool:
    return found.kind == "meal" and found.strip.meal != "breakfast"


def _plan(production: Production, day: NumberedDay) -> Plan:
    return production.plans.get((day.date, day.unit)) or _no_plan()


@cache
def _no_plan() -> Plan:
    from pmkit.model.day import Plan

    return Plan()


def _maybe(production: Production, day: NumberedDay, found: ResolvedStrip, begin: int, end: int) -> bool:
    """Whether a strip that begins no earlier and ends no later than this may be in the wrong light."""
    if found.scene is None or found.scene.parts.side != "EXT" or found.light not in ("day", "night"):
        return False
    place = production.locations.get(found.location)
    if place is None or place.coordinates is None:
        return False
    zone = ZoneInfo(place.timezone) if place.timezone else production.settings.zone
    rough = rough_sun(day.date, *place.coordinates, zone)
    if rough is None:
        return True
    first, rise, down, last = rough
    if found.light == "day":
        begins_by = end - found.minutes.value
        return begin < first + _ROUGH or begins_by > down - _ROUGH or end > last - _ROUGH
    return (begin < down - EARLY + _ROUGH and end > rise - _ROUGH) or end > DAY + rise - _ROUGH


def rough_sun(day: dt.date, north: float, east: float, zone: ZoneInfo) -> tuple[float, float, float, float] | None:
    """First light, sunrise, sunset and last light to some minutes, by the clocks of a zone.

    None where one of them does not happen. After NOAA's low-accuracy solar equations (Spencer 1971).
    """
    year = 2 * math.pi / 365 * (day.timetuple().tm_yday - 0.5)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(year)
        - 0.032077 * math.sin(year)
        - 0.014615 * math.cos(2 * year)
        - 0.040849 * math.sin(2 * year)
    )
    tilt = 0.006918 - 0.399912 * math.cos(year) + 0.070257 * math.sin(year) - 0.006758 * math.cos(2 * year)
    tilt += 0.000907 * math.sin(2 * year) - 0.002697 * math.cos(3 * year) + 0.00148 * math.sin(3 * year)
    offset = dt.datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset() or dt.timedelta()
    noon = 720 - 4 * east - equation + offset.total_seconds() / 60
    halves = []
    for height in (-6.0, -0.833):
        up = math.sin(math.radians(height)) - math.sin(math.radians(north)) * math.sin(tilt)
        ratio = up / (math.cos(math.radians(north)) * math.cos(tilt) or 1e-9)
        if not -1 < ratio < 1:
            return None
        halves.append(4 * math.degrees(math.acos(ratio)))
    return noon - halves[0], noon - halves[1], noon + halves[1], noon + halves[0]


def _day(production: Production, day: NumberedDay) -> str:
    """A day as people say it: with its unit where there are several."""
    unit = production.settings.units.get(day.unit, day.unit) if len(production.settings.units) > 1 else ""
    return f"{f'{unit}, day' if unit else 'day'} {day.number} ({day.date})"


CHECKS = (over_pages, over_time, light)
