"""The board against the people on it: days they cannot work, two units at once, days off, dates that cannot be meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmkit.model.cast import CastMember
from pmkit.model.dates import DAYS, DateRange
from pmkit.model.kinds import same_scene
from pmkit.model.production import Production
from pmkit.model.schedule import ShootingDay, Strip
from pmkit.problems import Place, Problem

Worked = dict[str, dict[dt.date, dict[str, list[Strip]]]]

# What is done with an artist before the first day of work, never after the last one.
BEFORE_WORK = frozenset({"fitting", "wardrobe fitting", "rehearsal", "camera test", "makeup test", "test", "training"})
# An event further than this from the shoot has a mistyped year.
LONGEST_PREP = dt.timedelta(days=270)
LONGEST_WRAP = dt.timedelta(days=180)


def _worked(production: Production) -> Worked:
    """Of each cast number the dates on the board, by unit, with the strips that say so."""
    found: Worked = {}
    for unit, day in production.board.days():
        if day.shoots:
            for strip in day.scenes():
                scene = production.scene(strip.scene)
                for number in scene.cast if scene is not None and not scene.omitted else ():
                    found.setdefault(number, {}).setdefault(day.date, {}).setdefault(unit, []).append(strip)
    return found


def cast_unavailable(production: Production) -> Iterator[Problem]:
    """A cast member is on the board for a day on which they are not to be had: off, not yet come, or gone."""
    worked: Worked | None = None
    for number, member in production.cast.items():
        if not (member.off or member.from_ or member.to):
            continue
        worked = _worked(production) if worked is None else worked
        days = worked.get(number, {})
        for key, said, wrong in _stretches(member, sorted(days)):
            if wrong:
                strips = [strip for of_unit in days[wrong[0]].values() for strip in of_unit]
                scenes = ", ".join(dict.fromkeys(strip.scene for strip in strips))
                more = f" (and {len(wrong) - 1} more day{'s' * (len(wrong) > 2)})" if len(wrong) > 1 else ""
                who = f"{number} {member.character}"
                message = f"{who} is not available on {wrong[0]}: scene{'s' * (len(strips) > 1)} {scenes}{more}"
                hint = f"{said} ({member.place(key).row}): move the work, or settle it and mend that line"
                yield Problem("cast-unavailable", strips[0].place("scene"), message, hint, "warning")


def _stretches(member: CastMember, days: list[dt.date]) -> Iterator[tuple[str, str, list[dt.date]]]:
    """Each reason a member has not to work: the field, in words, and the days that go against it."""
    for stretch in member.off:
        yield "off", f"off: {stretch}", [day for day in days if day in stretch]
    if member.from_ is not None:
        yield "from", f"from: {member.from_}", [day for day in days if member.from_ and day < member.from_]
    if member.to is not None:
        yield "to", f"to: {member.to}", [day for day in days if member.to and day > member.to]


def cast_in_two_units(production: Production) -> Iterator[Problem]:
    """A cast member is in scenes of two units on one day."""
    shooting = [{date for date, day in days.items() if day.shoots} for days in production.board.units.values()]
    if len(shooting) < 2 or sum(map(len, shooting)) == len(set().union(*shooting)):
        return
    for number, days in _worked(production).items():
        member = production.cast.get(number)
        for date in sorted(days):
            units = list(days[date])
            if len(units) < 2 or member is None:
                continue
            first, second = (days[date][unit][0] for unit in units[:2])
            # one scene on both boards is scene-twice, and no second mistake
            if len({same_scene(strip.scene) for of in days[date].values() for strip in of}) > 1:
                names = " and ".join(production.settings.units.get(unit, unit) for unit in units)
                message = (
                    f"{number} {member.character} works with {names} on {date}: scenes {first.scene}, {second.scene}"
                )
                hint = f"move one of the two; the other is at {first.place('scene').row}"
                yield Problem("cast-in-two-units", second.place("scene"), message, hint, "warning")


def own_day_off(production: Production) -> Iterator[Problem]:
    """Somebody is called, driving, travelling or wanted at an event on a day that is theirs off."""
    off: dict[str, tuple[str, tuple[DateRange, ...]]] = {
        key: (production.name_of(key), hire.off) for key, (_, hire) in production.hires.items() if hire.off
    }
    for number, member in production.cast.items():
        if member.off:
            off[number] = (f"{number} {member.character}", member.off)
            if member.id:
                off[member.id] = off[number]
    if not off:
        return
    for who, stretch, what, place in _engagements(production):
        name, stretches = off.get(who, ("", ()))
        clash = next((day for day in stretch.days() if any(day in free for free in stretches)), None)
        if clash is not None:
            message = f"{name} is off on {clash}, and {what} then"
            yield Problem("own-day-off", place, message, "ask somebody else, or another day", "warning")


def _engagements(production: Production) -> Iterator[tuple[str, DateRange, str, Place]]:
    """Who is wanted by name, when, for what, and where it stands."""
    for (date, _), plan in production.plans.items():
        one = DateRange(date, date)
        yield from ((who, one, "called", plan.place("calls", who)) for who in plan.calls)
        yield from ((ride.driver, one, "driving", ride.place("driver")) for ride in plan.transport if ride.driver)
    for stretch, events in production.calendar.items():
        for event in events:
            for n, who in enumerate(event.who):
                yield who, stretch, f"wanted for {event.what}", event.place("who", n)
    for trip in production.travel.values():
        for n, who in enumerate(trip.who):
            yield who, DateRange(trip.date, trip.date), "travelling", trip.place("who", n)
    for number, member in production.cast.items():
        for stretch, words in member.events.items():
            yield number, stretch, f"wanted for {', '.join(words)}", member.place("events", str(stretch))


def event_outside(production: Production) -> Iterator[Problem]:
    """An event or a journey is far outside the shoot, or an artist is fitted or rehearsed after their last day."""
    if {"strip", "shootingday", "schedule", "scene", "breakdown"} & production.left_out:
        return
    dates = sorted(day.date for _, day in production.board.days() if day.shoots)
    if not dates:
        return
    first, last = dates[0] - LONGEST_PREP, dates[-1] + LONGEST_WRAP
    for what, stretch, place in _dated(production):
        if stretch.first < first or stretch.last > last:
            message = f"{what} on {stretch} is far outside the shoot ({dates[0]} to {dates[-1]})"
            yield Problem("event-outside", place, message, "is the year mistyped?", "warning")
    worked = _worked(production) if any(member.events for member in production.cast.values()) else {}
    for number, member in production.cast.items():
        finish = max(worked[number]) if number in worked else None
        for stretch, words in member.events.items():
            late = [word for word in words if word.strip().lower() in BEFORE_WORK]
            if finish is not None and late and finish < stretch.first <= last:
                message = (
                    f"{late[0]} of {number} {member.character} on {stretch} is after the last day worked, {finish}"
                )
                place = member.place("events", str(stretch))
                yield Problem("event-outside", place, message, "is the date right?", "warning")


def _dated(production: Production) -> Iterator[tuple[str, DateRange, Place]]:
    for stretch, events in production.calendar.items():
        yield from ((event.what, stretch, event.place("what")) for event in events)
    for trip in production.travel.values():
        yield "the journey", DateRange(trip.date, trip.date), trip.place("date")
    for number, member in production.cast.items():
        for stretch, words in member.events.items():
            what = f"{', '.join(words)} of {number} {member.character}"
            yield what, stretch, member.place("events", str(stretch))


def day_off_worked(production: Production) -> Iterator[Problem]:
    """A unit shoots on a holiday or a day off that production.yaml names, and nobody says that this is meant.

    A plan in `calls/`, a daily report, or a `note:` on the day says so; then nothing is wrong with it.
    """
    settings = production.settings
    # days off that nobody typed are a habit of the trade, no word of this production's
    weekly = settings.days_off if settings.given("days_off") else ()
    if not (weekly or settings.holidays):
        return
    for unit, day in production.board.days():
        key = (day.date, unit)
        if not day.shoots or day.note or key in production.plans or key in production.dailies:
            continue
        holiday = any(day.date in stretch for stretch in settings.holidays)
        if holiday or (day.date.weekday() in weekly and not _shifted(production.board.units[unit], weekly, day.date)):
            why = "a holiday" if holiday else f"a {DAYS[day.date.weekday()]}, which is a day off"
            message = f"{settings.units.get(unit, unit)} shoots on {day.date}, {why}"
            where = settings.place("holidays" if holiday else "days_off")
            hint = f"if it is meant, say so in the day's note:, else move it ({where.row})"
            yield Problem("day-off-worked", day.key_place(), message, hint, "warning")


def _shifted(days: dict[dt.date, ShootingDay], weekly: tuple[int, ...], date: dt.date) -> bool:
    """Whether the board gives the unit another day of that week off instead."""
    monday = date - dt.timedelta(days=date.weekday())
    week = (monday + dt.timedelta(days=n) for n in range(7) if n not in weekly)
    return any(day in days and not days[day].shoots for day in week)


CHECKS = (cast_unavailable, cast_in_two_units, own_day_off, event_outside, day_off_worked)
