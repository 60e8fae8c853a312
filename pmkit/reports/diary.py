"""A diary: what stands in the calendar of a person, a department or a unit, one entry a day.

Shooting days with the own call, holds, fittings and rehearsals, journeys, and the events of
prep and wrap that concern them. Nothing of the classes contact, money, identity or health is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pmkit.model.cast import CastMember
from pmkit.model.clock import Clock, instant
from pmkit.model.location import Location
from pmkit.model.production import Production
from pmkit.reports.diary_whose import Whose
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.calls import DayCalls, day_calls
from pmkit.rollup.spans import COMPANY_TRAVEL, HOLD, Span, spans
from pmkit.rollup.strips import ResolvedStrip, Strips

SEES = frozenset({"public", "set"})
"""The privacy classes a diary may show: no hotel, no flight number, no telephone."""

_EVERYBODY = frozenset({"all", "everybody"})
_HOUR = timedelta(hours=1)
_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a diary. `key` tells it from the diary's others, and stays when its content changes.

    `start` and `end` are moments with their zone; without them it is all day, from `day` to
    `until`. `coordinates` are degrees, north and east positive.
    """

    key: str
    kind: str
    what: str
    day: date
    until: date
    start: datetime | None = None
    end: datetime | None = None
    where: str = ""
    coordinates: tuple[float, float] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """The entries of one person, department or unit, by date; `key` names it in files."""

    key: str
    name: str
    production: str
    entries: tuple[Entry, ...]


@dataclass
class Diaries:
    """Makes diaries of one production; what is reckoned for all of them is found once.

    `clock` writes a time as the production writes it.
    """

    production: Production
    clock: Callable[[Any], str]
    _spans: dict[str, Span] = field(init=False)
    _days: list[tuple[NumberedDay, DayCalls]] = field(init=False)

    def __post_init__(self) -> None:
        strips = Strips(self.production)
        self._spans = spans(self.production)
        self._days = [(day, day_calls(self.production, day, strips)) for day in board.all_days(self.production)]
        self.code = self.production.settings.code or self.production.settings.title
        self.several = board.several(self.production)

    def of(self, who: Whose) -> Diary:
        """One diary, its entries in order of date."""
        found = [*self._shooting(who), *self._events(who)]
        # calendar.yaml may tell the hour of a rehearsal of which cast.yaml has only the date
        told = {entry.key for entry in found}
        if not who.unit:
            own = [entry for part in who.parts for entry in self._of_cast(part)]
            found += [*self._travel(who), *(entry for entry in own if entry.key not in told)]
        return Diary(who.key, who.name, self.code, tuple(_apart(sorted(found, key=_order))))

    # ---- shooting days

    def _shooting(self, who: Whose) -> Iterator[Entry]:
        for day, calls in self._days:
            if who.unit:
                if day.unit == who.unit:
                    yield self._day(day, calls, [("call", calls.call.value if calls.call else None)])
                continue
            called, told = self._called(who, calls)
            if called:
                yield self._day(day, calls, called, told, () if who.hires else who.parts)

    def _called(self, who: Whose, calls: DayCalls) -> tuple[list[tuple[str, Any]], list[str]]:
        """The times of somebody's day, the first to come first, and who of a department comes at another."""
        hires = [hire for hire in who.hires if hire.id in calls.crew]
        if who.department is not None:
            figure = calls.departments[who.department.key]
            general = figure.value if figure is not None else None
            others = [(hire, calls.crew[hire.id]) for hire in hires]
            told = [
                f"{self.production.name_of(hire.id)} {self.clock(other.value)}"
                for hire, other in others
                if other is not None and other.value != general
            ]
            return ([("call", general)] if hires else []), told
        found: list[tuple[str, Any]] = []
        for hire in hires:
            figure = calls.crew[hire.id]
            if figure is None or figure.value != "N/A":
                found.append(("call", figure.value if figure is not None else None))
        for part in who.parts:
            times = calls.cast.get(part.number)
            if times is not None:
                words = ("pick-up", times.pickup), ("make-up", times.makeup), ("wardrobe", times.wardrobe)
                told_times = [(word, time.value) for word, time in (*words, ("on set", times.set)) if time is not None]
                found += [(word, time) for word, time in told_times if isinstance(time, Clock)]
                if not told_times and any(part.number in timed.strip.cast for timed in calls.strips):
                    found.append(("call", None))
        return sorted(found, key=lambda told: int(told[1]) if isinstance(told[1], Clock) else 10**4), []

    def _day(
        self,
        day: NumberedDay,
        calls: DayCalls,
        called: list[tuple[str, Any]],
        others: list[str] | None = None,
        parts: tuple[CastMember, ...] = (),
    ) -> Entry:
        word, first = called[0]
        own = [timed.strip for timed in calls.strips]
        if parts:
            own = [strip for strip in own if any(part.number in strip.cast for part in parts)] or own
        plan = self.production.plans.get((day.date, day.unit))
        keys = [strip.location for strip in own if strip.location] or [
            plan.location if plan is not None else "",
            day.slot.location,
        ]
        places = [self.production.locations[key] for key in dict.fromkeys(keys) if key in self.production.locations]
        unit = self.production.settings.units.get(day.unit, day.unit)
        named = "" if day.unit == board.main_unit(self.production) else f"{unit} "
        said = f"{word} {self.clock(first)}" if isinstance(first, Clock) else "on call" if first else "call to follow"
        start = calls.watch.moment(first) if isinstance(first, Clock) else None
        wrap = calls.watch.moment(calls.wrap.value) if calls.wrap is not None else None
        if start is not None and (wrap is None or wrap <= start):
            wrap = start + timedelta(minutes=calls.length + calls.meal)
        zone = calls.watch.zone
        stage = f"{plan.stage} call sheet" if plan is not None else "no call sheet yet, from the schedule"
        lines = [
            f"{f'{unit}, day' if self.several else 'Day'} {day.number} of {day.of}: {stage}",
            ", ".join(f"{what} {self.clock(time)}" for what, time in called[1:] if isinstance(time, Clock)),
            ", ".join(others or ()),
            self._times(calls),
            f"Locations: {', '.join(place.name for place in places)}" if len(places) > 1 else "",
            *_scenes(own),
        ]
        return Entry(
            key=f"{day.date}-{day.unit}",
            kind="shoot",
            what=f"{self.code} {named}day {day.number}: {said}",
            day=day.date,
            until=day.date,
            start=start.astimezone(zone) if start is not None else None,
            end=wrap.astimezone(zone) if wrap is not None and start is not None else None,
            **_place(places[0] if places else None),
            note="\n".join(line[:1].upper() + line[1:] for line in lines if line),
        )

    def _times(self, calls: DayCalls) -> str:
        told = (("crew call", calls.call), ("shooting call", calls.shooting), ("lunch", calls.lunch))
        times = [*told, ("estimated wrap", calls.wrap)]
        return ", ".join(f"{word} {self.clock(time.value)}" for word, time in times if time is not None)

    # ---- what is no shooting day

    def _of_cast(self, part: CastMember) -> Iterator[Entry]:
        """A part's holds and company travel, fittings, rehearsals, and travel that no journey says better."""
        span = self._spans.get(part.number)
        for day, code in (span.codes if span is not None else {}).items():
            if code in (HOLD, COMPANY_TRAVEL):
                word = "hold" if code == HOLD else "company travel"
                yield Entry(
                    f"{day}-{_slug(word)}", "hold" if code == HOLD else "travel", f"{self.code}: {word}", day, day
                )
        journeys = {(trip.date, who) for trip in self.production.travel.values() for who in trip.who}
        for stretch, words in part.events.items():
            for word in words:
                travel = word.strip().lower() == "travel"
                if not (travel and {(stretch.first, part.id), (stretch.first, part.number)} & journeys):
                    kind = "travel" if travel else "event"
                    key = f"{stretch.first}-{_slug(word)}"
                    yield Entry(key, kind, f"{self.code}: {word}", stretch.first, stretch.last)

    def _events(self, who: Whose) -> Iterator[Entry]:
        """The events of calendar.yaml that concern them: by name, or by department or all while they are engaged."""
        for stretch, events in self.production.calendar.items():
            for event in events:
                if not self._concerns(who, event.who, event.unit, stretch.first, stretch.last):
                    continue
                place = self.production.locations.get(event.location)
                key, what = f"{stretch.first}-{_slug(event.what)}", f"{self.code}: {event.what}"
                where = _place(place)
                if event.at:
                    where["where"] = ", ".join(filter(None, (where["where"], event.at)))
                if event.time is None:
                    yield Entry(key, "event", what, stretch.first, stretch.last, **where, note=event.note)
                    continue
                for day in stretch.days():
                    start, end = self._moments(day, event.time, event.until, place)
                    key = f"{day}-{_slug(event.what)}"
                    yield Entry(key, "event", what, day, day, start, end, **where, note=event.note)

    def _concerns(self, who: Whose, named: tuple[str, ...], unit: str, first: date, last: date) -> bool:
        names = frozenset(named)
        if who.unit:
            return unit in ("", who.unit) and (not names or bool(names & (_EVERYBODY | {"crew"})))
        if names & {*(hire.id for hire in who.hires), *(hire.person for hire in who.hires), who.key} - {""}:
            return True
        if names & {name for part in who.parts for name in (part.id, part.number) if name}:
            return True
        groups = {self.production.hires[hire.id][0] for hire in who.hires if hire.id in self.production.hires}
        if who.department is not None:
            groups = {who.department.key}
        if not names or names & (_EVERYBODY | {"crew"} | groups):
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            with_unit = [hire for hire in who.hires if not unit or hire.works_with(unit)]
            if any(hire.on(day) for day in days for hire in with_unit):
                return True
        return bool(who.parts) and (not names or bool(names & (_EVERYBODY | {"cast"})))

    def _travel(self, who: Whose) -> Iterator[Entry]:
        for trip in self.production.travel.values():
            if self._concerns(who, trip.who, "", trip.date, trip.date):
                way = " to ".join(filter(None, (trip.from_, trip.to)))
                start = end = None
                if trip.leaves is not None:
                    start, end = self._moments(trip.date, trip.leaves, trip.arrives, None)
                what = f"{self.code}: travel{f' by {trip.by}' if trip.by else ''}"
                key = f"travel-{trip.key}"
                yield Entry(key, "travel", what, trip.date, trip.date, start, end, where=trip.from_, note=way)

    def _moments(self, day: date, start: Clock, end: Clock | None, place: Location | None) -> tuple[datetime, datetime]:
        """From when to when, an hour where nobody says how long."""
        zone = ZoneInfo(place.timezone) if place is not None and place.timezone else self.production.settings.zone
        begins = instant(day, start, zone)
        ends = instant(day, end, zone) if end is not None else begins
        return begins.astimezone(zone), (ends if ends > begins else begins + _HOUR).astimezone(zone)


def _place(place: Location | None) -> dict[str, Any]:
    if place is None:
        return {"where": "", "coordinates": None}
    return {"where": ", ".join(filter(None, (place.name, place.address))), "coordinates": place.coordinates}


def _scenes(strips: list[ResolvedStrip]) -> Iterator[str]:
    scenes = [strip for strip in strips if strip.kind == "scene"]
    if scenes:
        yield "Scenes:"
    for strip in scenes:
        heading = strip.scene.heading if strip.scene is not None else ""
        yield ", ".join(filter(None, (f"{strip.number} {heading}".strip(), f"{strip.pages} p." if strip.pages else "")))


def _slug(words: str) -> str:
    return _WORD.sub("-", words.lower()).strip("-")[:40] or "event"


def _order(entry: Entry) -> tuple[date, str, str]:
    return entry.day, entry.start.isoformat() if entry.start is not None else "", entry.key


def _apart(entries: list[Entry]) -> Iterator[Entry]:
    """Entries whose keys are all different: a second one of the same name and date is `-2`."""
    seen: dict[str, int] = {}
    for entry in entries:
        seen[entry.key] = seen.get(entry.key, 0) + 1
        yield entry if seen[entry.key] == 1 else replace(entry, key=f"{entry.key}-{seen[entry.key]}")
