"""The front of a call sheet: head, locations, scenes, cast and background."""

from __future__ import annotations

import re

from pmkit.model import scene_number
from pmkit.model.clock import Call, Clock, Length, Offset
from pmkit.model.crew import Hire
from pmkit.model.day import BackgroundCall, heads
from pmkit.model.location import Location
from pmkit.model.production import Production
from pmkit.reports.callsheet_facts import DayFacts
from pmkit.reports.callsheet_rows import (
    BackgroundRow,
    CastRow,
    HospitalRow,
    KeyPerson,
    LocationRow,
    Parking,
    StripRow,
    SunRow,
    WeatherRow,
)
from pmkit.rollup import board
from pmkit.rollup.figure import Figure
from pmkit.rollup.running import TimedStrip
from pmkit.rollup.strips import ResolvedStrip
from pmkit.rollup.sun import sun

# Titles of the roles in production.yaml's `people`: one for a single holder, one for several.
TITLES = {
    "director": ("Director", "Directors"),
    "producer": ("Producer", "Producers"),
    "executive_producer": ("Exec. producer", "Exec. producers"),
    "line_producer": ("Line producer", "Line producers"),
    "writer": ("Writer", "Writers"),
    "upm": ("UPM", "UPMs"),
    "production_manager": ("Production manager", "Production managers"),
    "first_ad": ("1st AD", "1st ADs"),
    "second_ad": ("2nd AD", "2nd ADs"),
    "dp": ("DP", "DPs"),
}
# Those whose number the sheet carries, with how their position reads in a unit of its own.
RUNG = {
    "upm": re.compile(r"(?!)"),
    "production_manager": re.compile(r"(?!)"),
    "first_ad": re.compile(r"\b(1st|first)\s+(ad|assistant director)\b", re.IGNORECASE),
    "second_ad": re.compile(r"(?<!2nd )(?<!second )\b(2nd|second)\s+(ad|assistant director)\b", re.IGNORECASE),
}


def key_people(facts: DayFacts) -> tuple[KeyPerson, ...]:
    """The roles of production.yaml with their holders; a unit's own 1st and 2nd AD on its own sheet."""
    production = facts.production
    found = []
    for role, ids in production.settings.people.items():
        own = [hire for key in ids if (hire := _hire(production, key)) is not None and hire.works_with(facts.day.unit)]
        strangers = [key for key in ids if _hire(production, key) is None]
        if not own and role in RUNG and not strangers:
            own = _of_unit(facts, RUNG[role])
        names = [production.name_of(hire.id) for hire in own] + [production.name_of(key) for key in strangers]
        if names:
            one, several = TITLES.get(role, (_words(role), _words(role)))
            phone = next((number for hire in own if (number := _public_phone(hire))), "") if role in RUNG else ""
            found.append(KeyPerson(one if len(names) == 1 else several, tuple(names), phone))
    return tuple(found)


def _hire(production: Production, key: str) -> Hire | None:
    return production.hires[key][1] if key in production.hires else None


def _of_unit(facts: DayFacts, position: re.Pattern[str]) -> list[Hire]:
    hires = (hire for _, hire in facts.production.hires.values())
    return [hire for hire in hires if hire.id in facts.calls.crew and position.search(hire.position)][:1]


def _public_phone(hire: Hire) -> str:
    """A number that stands in the public crew list; what private/ adds is for nobody else."""
    return "" if hire.place("phone").file.startswith("private/") else hire.phone


def _words(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").capitalize()


def weather_row(facts: DayFacts) -> WeatherRow | None:
    """The plan's weather, or nothing."""
    found = facts.plan.weather
    if found is None:
        return None
    row = WeatherRow(found.high, found.low, found.sky, found.rain, found.wind, found.humidity, found.note)
    return row if any((row.high, row.low, row.sky, row.rain, row.wind, row.humidity, row.note)) else None


def sun_row(facts: DayFacts) -> SunRow | None:
    """The sun at the day's first location with coordinates; nothing where its clocks are not known."""
    unknown = "timezone" in facts.production.left_out
    for location in facts.locations():
        if location.coordinates is not None and (location.timezone or not unknown):
            light = sun(facts.day.date, *location.coordinates, facts.calls.watch.zone)
            return SunRow(light.first_light, light.sunrise, light.sunset, light.last_light, light.word)
    return None


def hospital_row(facts: DayFacts) -> HospitalRow | None:
    """The plan's hospital, else that of the day's first location with one."""
    own = [facts.plan.hospital, *(location.hospital for location in facts.locations())]
    found = next((hospital for hospital in own if hospital is not None), None)
    return HospitalRow(found.name, found.address, found.phone, found.note) if found is not None else None


def location_rows(facts: DayFacts) -> tuple[LocationRow, ...]:
    """The day's locations, in the order they are come to."""
    return tuple(location_row(location, facts.letters[location.key]) for location in facts.locations())


def location_row(location: Location, letter: str) -> LocationRow:
    """A location with its base, parking and map."""
    found = location.parking
    lots = (
        (("Crew", found.crew), ("Trucks", found.tech), ("Cast", found.cast), ("Background", found.background))
        if found is not None
        else ()
    )
    return LocationRow(
        letter=letter,
        name=location.name,
        address=location.address,
        w3w=location.w3w,
        base=location.base,
        parking=tuple(Parking(who, where) for who, where in lots if where),
        holding=location.holding,
        catering=location.catering,
        note=location.note,
        map=map_link(location),
    )


def map_link(location: Location) -> str:
    """The location's own link, else OpenStreetMap with a marker at its coordinates; every phone opens it."""
    if location.map or location.coordinates is None:
        return location.map
    north, east = (f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in location.coordinates)
    return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}&zoom=16"


def safety(facts: DayFacts) -> tuple[str, ...]:
    """The plan's warnings, then those that always hold at the day's locations."""
    places = facts.locations()
    standing = [f"{place.name}: {line}" if len(places) > 1 else line for place in places for line in place.safety]
    return tuple(dict.fromkeys([*facts.plan.safety, *standing]))


def strip_rows(facts: DayFacts) -> tuple[StripRow, ...]:
    """The scenes, meals, moves and notes of the day in order, with times."""
    return tuple(strip_row(timed.strip, facts.letters, timed) for timed in facts.calls.strips)


def strip_row(found: ResolvedStrip, letters: dict[str, str], timed: TimedStrip | None = None) -> StripRow:
    """One strip as a row of the sheet."""
    start = timed.start.value if timed is not None and timed.start is not None else None
    end = timed.end if timed is not None else None
    where = letters.get(found.location, "")
    strip = found.strip
    if found.kind != "scene":
        words = {"meal": strip.meal, "move": strip.move, "text": strip.text, "note": strip.note}[found.kind]
        length = found.minutes.value or None
        return StripRow(found.kind, words=words, length=length, start=start, end=end, location=where)
    parts = found.scene.parts if found.scene is not None else None
    return StripRow(
        kind="scene",
        number=found.number,
        side=parts.side if parts else "",
        set=parts.set if parts else "",
        light=found.light.capitalize() or (parts.time.capitalize() if parts else ""),
        night=found.light == "night",
        colour=found.colour,
        synopsis=found.scene.synopsis if found.scene is not None else "",
        script_day=found.scene.script_day if found.scene is not None else "",
        cast=found.cast,
        pages=found.pages,
        location=where,
        length=found.minutes.value,
        start=start,
        end=end,
    )


def value(figure: Figure[Call] | None) -> Call | None:
    """What a figure says, for the paper."""
    return figure.value if figure is not None else None


def cast_rows(facts: DayFacts) -> tuple[CastRow, ...]:
    """Who works, by number; on the main unit's sheet also who is held, travels or is fitted."""
    rows = []
    on_main = facts.day.unit == board.main_unit(facts.production)
    for number, member in facts.production.cast.items():
        times = facts.calls.cast.get(number)
        span = facts.spans.get(number)
        own = facts.plan.cast.get(number)
        status = (own.status if own is not None else "") or (span.status(facts.day.date) if span else "")
        if times is None and not (on_main and status and "W" not in status and status != "/"):
            continue
        rows.append(
            CastRow(
                number=number,
                performer=member.performer,
                character=member.character,
                minor=member.minor is not None,
                status=status,
                pickup=value(times.pickup) if times else None,
                makeup=value(times.makeup) if times else None,
                wardrobe=value(times.wardrobe) if times else None,
                set=value(times.set) if times else None,
                remarks="; ".join(dict.fromkeys(filter(None, (own.remarks if own else "", member.remarks)))),
            )
        )
    return tuple(rows)


def background_rows(facts: DayFacts) -> tuple[BackgroundRow, ...]:
    """Stand-ins, then the plan's background; what the breakdown asks for where the plan says nothing."""
    asked: dict[str, tuple[int, str, list[TimedStrip]]] = {}
    for timed in facts.calls.strips:
        for text in timed.strip.scene.background if timed.strip.scene is not None else ():
            count, what = heads(text)
            most, words, strips = asked.get(what.lower(), (0, what, []))
            asked[what.lower()] = (max(most, count), words, [*strips, timed])
    stand_ins = [_background(facts, call, []) for call in facts.plan.stand_ins] or [
        BackgroundRow(1, facts.production.name_of(member.stand_in), "", (), None, None, "", f"for {member.character}")
        for number, member in facts.production.cast.items()
        if member.stand_in and number in facts.calls.cast
    ]
    if facts.plan.background:
        called = [
            _background(facts, call, asked.get(heads(call.what)[1].lower(), (0, "", []))[2])
            for call in facts.plan.background
        ]
    else:
        called = [
            BackgroundRow(count, what, "", _numbers(strips), None, _start(strips), "", "")
            for count, what, strips in asked.values()
        ]
    return (*stand_ins, *called)


def _background(facts: DayFacts, call: BackgroundCall, strips: list[TimedStrip]) -> BackgroundRow:
    count, what = heads(call.what)
    on_set = _clock(facts, call.set)
    return BackgroundRow(
        count=count,
        what=what,
        scale=call.scale,
        scenes=_numbers(strips),
        call=_clock(facts, call.call),
        set=on_set if on_set is not None else _start(strips),
        report=call.report,
        note=call.note,
    )


def _clock(facts: DayFacts, call: Call | None) -> Call | None:
    if not isinstance(call, Offset):
        return call
    crew = facts.calls.call
    return facts.calls.watch.plus(crew.value, Length(call)) if crew is not None else None


def _start(strips: list[TimedStrip]) -> Clock | None:
    return next((timed.start.value for timed in strips if timed.start is not None), None)


def _numbers(strips: list[TimedStrip]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(timed.strip.number for timed in strips), key=scene_number.sort_key))
