"""The call sheet of a unit's day: one value for paper, phone, terminal and program.

It is complete and in order; templates only set it. What is not known is empty and its section
vanishes; `lacking` says what that is.
"""

from __future__ import annotations

from pmkit.model.clock import Clock
from pmkit.model.production import Production
from pmkit.reports import callsheet_back as back, callsheet_front as front
from pmkit.reports.callsheet_facts import DayFacts, gathered
from pmkit.reports.callsheet_rows import CallSheet, ClockChangeRow, draft
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.figure import Figure
from pmkit.rollup.strips import palette, total_pages, total_scenes

__all__ = ["SEES", "CallSheet", "callsheet", "lacking", "unknown"]

SEES = frozenset({"public", "set"})
"""The privacy classes a call sheet may show; beside them the telephones of three people on duty."""


def callsheet(production: Production, day: NumberedDay, facts: DayFacts | None = None) -> CallSheet:
    """A unit's call sheet for one of its days; `facts` spares finding them again in a batch."""
    facts = facts or gathered(production, day)
    settings, calls = production.settings, facts.calls
    people = front.key_people(facts)
    hospital = front.hospital_row(facts)
    cast = front.cast_rows(facts)
    background = front.background_rows(facts)
    crew = back.crew_departments(facts)
    notes = [*facts.plan.notes, *([day.slot.note] if day.slot.note else [])]
    return CallSheet(
        title=settings.title,
        company=settings.company,
        unit=board.unit_title(production, day.unit),
        day=day.number,
        days=day.of,
        date=day.date,
        stage=facts.plan.stage,
        script=draft(settings.script),
        schedule=draft(settings.schedule),
        people=people,
        call=_time(calls.call),
        breakfast=_time(calls.breakfast),
        shooting_call=_time(calls.shooting),
        lunch=_time(calls.lunch),
        wrap=_time(calls.wrap),
        day_length=calls.length,
        meal_length=calls.meal,
        clock_change=ClockChangeRow(*calls.change) if calls.change is not None else None,
        weather=front.weather_row(facts),
        sun=front.sun_row(facts),
        hospital=hospital,
        safety=front.safety(facts),
        notes=tuple(dict.fromkeys(notes)),
        locations=front.location_rows(facts),
        strips=front.strip_rows(facts),
        total_scenes=total_scenes(facts.resolved),
        total_pages=total_pages(facts.resolved),
        cast=cast,
        cast_called=sum(row.number in calls.cast and row.status != "H" for row in cast),
        background=background,
        background_total=sum(row.count for row in background),
        needs=back.need_rows(facts),
        advance=back.advance_days(facts),
        crew=crew,
        crew_called=sum(isinstance(person.call, Clock) for department in crew for person in department.people),
        precalls=back.precalls(facts),
        transport=back.ride_rows(facts),
        meals=back.meal_rows(facts),
        walkie=back.channel_rows(facts),
        numbers=back.number_rows(facts, hospital),
        palette=palette(production),
    )


def lacking(sheet: CallSheet, facts: DayFacts) -> tuple[str, ...]:
    """What the sheet should have and the folder does not say, in a few words each."""
    day = facts.day
    found = []
    if (day.date, day.unit) not in facts.production.plans:
        found.append(f"no plan of the day yet: calls/{day.date.isoformat()}-{day.unit}.yaml")
    if sheet.call is None:
        found.append("no crew call, so no times: call: in schedule.yaml")
    if not sheet.strips:
        found.append("no strips on this day")
    if sheet.hospital is None:
        found.append("no nearest hospital: hospital: of the location")
    if sheet.weather is None:
        found.append("no weather: weather: in the day's plan")
    if not sheet.locations:
        found.append("no location: sets: in locations.yaml says where each set is")
    elif sheet.sun is None:
        what = (
            "timezone: in production.yaml"
            if "timezone" in facts.production.left_out
            else "coordinates: of the location"
        )
        found.append(f"no sunrise and sunset: {what}")
    known = {strip.number for strip in facts.resolved if strip.scene is not None}
    missing = [row.number for row in sheet.strips if row.number in known and not row.location]
    if missing and sheet.locations:
        found.append(f"no location for scene {', '.join(missing)}")
    open_light = [row.number for row in sheet.strips if row.number in known and not row.light]
    if open_light:
        found.append(f"neither day nor night: scene {', '.join(dict.fromkeys(open_light))}")
    ends = facts.calls.work_ends
    if ends is not None and sheet.wrap is not None and ends > sheet.wrap:
        found.append(f"by the estimates the last scene ends at {ends}, after the wrap at {sheet.wrap}")
    return tuple(found)


def unknown(facts: DayFacts) -> tuple[str, ...]:
    """What the day's strips name and the folder does not have: errors, which `pmkit validate` places."""
    found = []
    for strip in facts.resolved:
        if strip.kind == "scene" and strip.scene is None:
            found.append(f"scene {strip.number} is not in the breakdown")
        strangers = [number for number in strip.cast if number not in facts.production.cast]
        if strangers and not facts.production.left_out:
            found.append(f"scene {strip.number} has cast {', '.join(strangers)}, not in cast.yaml")
    return tuple(dict.fromkeys(found))


def _time(figure: Figure[Clock] | None) -> Clock | None:
    return figure.value if figure is not None else None
