"""The month calendar: prep, shoot and wrap on one page a month, for all or for one person or department."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pmkit.model.cast import CastMember
from pmkit.model.clock import Clock
from pmkit.model.crew import Department, Hire
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, Words, based_on, basis, dated, settled
from pmkit.reports.table import Column, Row, Table
from pmkit.rollup import board as boards, needed
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.person import find_person
from pmkit.rollup.spans import HOLD, spans
from pmkit.rollup.strips import Strips

SEES = frozenset({"public", "set"})
"""The privacy classes a calendar may show: no hotel, no flight number."""

Whose = CastMember | Hire | Department | None
_RANK = {"holiday": 0, "shoot": 1, "hold": 2, "off": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is on a date. `kind` is shoot, hold, off, holiday, event, cast or travel; `who` in names."""

    kind: str
    what: str
    who: str = ""
    where: str = ""
    time: Clock | None = None
    until: Clock | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A date of a month; `off` is a day off of the week on which nobody shoots."""

    date: date
    weekday: int
    off: bool
    holiday: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its days in order, from the first to the last."""

    year: int
    month: int
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months from the first entry to the last; `whose` names whom it is for, if for one."""

    heading: str
    basis: Basis
    whose: str
    months: tuple[Month, ...]


def calendar(production: Production, person: str = "", *, board: str = "", unit: str = "") -> Calendar | Fault:
    """The calendar of the production, or of a person or department; a fault when there is no such."""
    found = settled(production, board, unit)
    if isinstance(found, Fault):
        return found
    whose = _find(found, person) if person else None
    if isinstance(whose, Fault):
        return whose
    gathered = _Entries(found, whose, unit)
    days: dict[date, list[Entry]] = {}
    for day, entry in gathered.all():
        days.setdefault(day, []).append(entry)
    return Calendar("Calendar", basis(found, board, unit), _name(found, whose), tuple(_months(found, days)))


def _find(production: Production, word: str) -> Whose | Fault:
    for key, department in production.crew.items():
        if word.strip().casefold() in (key, department.title.casefold()):
            return department
    fault = find_person(production, word)
    if isinstance(fault, Fault) and not fault.hint.startswith("did you mean"):
        return Fault(fault.message, f"{fault.hint}; departments: {', '.join(production.crew) or 'none'}", fault.code)
    return fault


def _name(production: Production, whose: Whose) -> str:
    if isinstance(whose, CastMember):
        return f"{whose.number} {whose.character}"
    if isinstance(whose, Hire):
        return production.name_of(whose.id)
    return whose.title if whose is not None else ""


class _Entries:
    """Everything on the calendar, for one or for all."""

    def __init__(self, production: Production, whose: Whose, unit: str) -> None:
        self.production = production
        self.whose = whose
        self.unit = unit
        self.words = self._words()

    def _words(self) -> frozenset[str]:
        """The words of a `who` that mean the one asked for."""
        match self.whose:
            case CastMember():
                return frozenset({self.whose.id, self.whose.number, "cast"} - {""})
            case Hire():
                department = self.production.hires[self.whose.id][0]
                return frozenset({self.whose.id, self.whose.person, department, "crew"} - {""})
            case Department():
                return frozenset({self.whose.key, *(hire.id for hire in self.whose.people), "crew"})
        return frozenset()

    def concerns(self, who: tuple[str, ...]) -> bool:
        """Whether an event is for the one asked for; what names nobody is for all."""
        return self.whose is None or not who or not self.words.isdisjoint(who)

    def all(self) -> Iterator[tuple[date, Entry]]:
        """Every entry with its date; of one date the company's day first, then by time."""
        found = [*self.holidays(), *self.shooting(), *self.events(), *self.of_cast(), *self.travel()]

        def order(item: tuple[date, Entry]) -> tuple[date, int, int]:
            day, entry = item
            return day, _RANK.get(entry.kind, len(_RANK)), entry.time if entry.time is not None else -1

        yield from sorted(found, key=order)

    def holidays(self) -> Iterator[tuple[date, Entry]]:
        """The production's holidays; where calendar.yaml has one by name, that is enough."""
        named = {
            day
            for stretch, events in self.production.calendar.items()
            for day in stretch.days()
            if any(event.what.strip().casefold() == "holiday" for event in events)
        }
        for stretch in self.production.settings.holidays:
            for day in stretch.days():
                if day not in named:
                    yield day, Entry("holiday", "Holiday")

    def shooting(self) -> Iterator[tuple[date, Entry]]:
        """The shooting days, and the slots of the board that are off and why."""
        strips = Strips(self.production)
        works = needed.needs(self.production, needed.CAST) if isinstance(self.whose, CastMember) else {}
        own = {str(day) for day in works[self.whose.number].days} if isinstance(self.whose, CastMember) else set()
        for day in boards.all_days(self.production):
            if self.unit in ("", day.unit) and self._shoots(day, own):
                yield day.date, self._day(strips, day)
        for unit in boards.units(self.production):
            if self.unit in ("", unit) and not (isinstance(self.whose, Hire) and not self.whose.works_with(unit)):
                for at, slot in self.production.board.units[unit].items():
                    if slot.off:
                        yield at, Entry("off", f"Off: {slot.off}", boards.unit_title(self.production, unit))
        if isinstance(self.whose, CastMember):
            span = spans(self.production).get(self.whose.number)
            for at, code in span.codes.items() if span is not None else ():
                if code == HOLD:
                    yield at, Entry("hold", "Hold")

    def _shoots(self, day: NumberedDay, own: set[str]) -> bool:
        if isinstance(self.whose, CastMember):
            return str(day) in own
        return not isinstance(self.whose, Hire) or (self.whose.works_with(day.unit) and self.whose.on(day.date))

    def _day(self, strips: Strips, day: NumberedDay) -> Entry:
        known = self.production.locations
        resolved = strips.of(day.slot)
        if isinstance(self.whose, CastMember):
            resolved = tuple(found for found in resolved if self.whose.number in found.cast)
        places = dict.fromkeys(found.location for found in resolved if found.location) or [day.slot.location]
        scenes = [found.number for found in resolved if found.kind == "scene"]
        one = isinstance(self.whose, CastMember)
        return Entry(
            "shoot",
            f"Day {day.number} of {day.of}",
            who=boards.unit_title(self.production, day.unit),
            where=", ".join(known[key].name if key in known else key for key in places if key),
            time=None if one else day.slot.call,
            note=f"sc. {', '.join(scenes)}" if one and scenes else "",
        )

    def events(self) -> Iterator[tuple[date, Entry]]:
        """The events of calendar.yaml."""
        known = self.production.locations
        for stretch, events in self.production.calendar.items():
            for event in events:
                if not self.concerns(event.who) or (self.unit and event.unit not in ("", self.unit)):
                    continue
                kind = "holiday" if event.what.strip().casefold() == "holiday" else "event"
                place = known[event.location].name if event.location in known else event.location
                where = ", ".join(words for words in (place, event.at) if words)
                who = ", ".join(self._said(word) for word in event.who)
                entry = Entry(kind, event.what, who, where, event.time, event.until, event.note)
                yield from ((day, entry) for day in stretch.days())

    def _said(self, word: str) -> str:
        if word in self.production.crew:
            return self.production.crew[word].title
        member = self.production.cast.get(word)
        return member.character if member is not None else self.production.name_of(word)

    def of_cast(self) -> Iterator[tuple[date, Entry]]:
        """The cast's own events, those of one date and kind together; travel where no journey says it better."""
        if isinstance(self.whose, (Hire, Department)):
            return
        journeys = {(trip.date, who) for trip in self.production.travel.values() for who in trip.who}
        found: dict[tuple[date, str], list[str]] = {}
        for member in self.production.cast.values():
            if self.whose is None or self.whose is member:
                for stretch, words in member.events.items():
                    for day in stretch.days():
                        for word in words:
                            if word.strip().lower() != "travel" or (day, member.id) not in journeys:
                                found.setdefault((day, word), []).append(member.character)
        for (day, word), characters in found.items():
            yield day, Entry("cast", word[:1].upper() + word[1:], ", ".join(characters) if self.whose is None else "")
        if isinstance(self.whose, CastMember):
            for stretch in self.whose.off:
                yield from ((day, Entry("off", "Not available")) for day in stretch.days())

    def travel(self) -> Iterator[tuple[date, Entry]]:
        """The journeys: who, from where to where, how, and the times."""
        for trip in self.production.travel.values():
            if self.concerns(trip.who):
                way = " to ".join(words for words in (trip.from_, trip.to) if words)
                who = ", ".join(self._said(word) for word in trip.who)
                what = f"Travel by {trip.by}" if trip.by else "Travel"
                yield trip.date, Entry("travel", what, who, way, trip.leaves, trip.arrives)


def _months(production: Production, days: dict[date, list[Entry]]) -> Iterator[Month]:
    if not days:
        return
    settings = production.settings
    holidays = {day for stretch in settings.holidays for day in stretch.days()}
    at, last = min(days).replace(day=1), max(days)
    while at <= last:
        after = (at + timedelta(days=31)).replace(day=1)
        held = []
        for n in range((after - at).days):
            day = at + timedelta(days=n)
            entries = tuple(days.get(day, ()))
            shoots = any(entry.kind == "shoot" for entry in entries)
            off = day.weekday() in settings.days_off and not shoots
            held.append(CalendarDay(day, day.weekday(), off, day in holidays, entries))
        yield Month(at.year, at.month, tuple(held))
        at = after


_COLUMNS = (
    Column("date", "Date", "date"),
    Column("time", "Time", "clock"),
    Column("until", "Until", "clock"),
    Column("kind", "Kind"),
    Column("what", "What", width=1, strong=True),
    Column("who", "Who", width=1),
    Column("where", "Where", width=1),
    Column("note", "Note", width=1),
)


def data(report: Calendar) -> Table:
    """The calendar as a table: a row for whatever is on a date."""
    rows = tuple(
        Row((day.date, entry.time, entry.until, entry.kind, entry.what, entry.who, entry.where, entry.note))
        for month in report.months
        for day in month.days
        for entry in day.entries
    )
    title = f"{report.heading}: {report.whose}" if report.whose else report.heading
    return Table(report.basis.title, title, _COLUMNS, rows, landscape=True)


def table(report: Calendar, words: Words) -> Table:
    """The same, saying what it was made from."""
    found = data(report)
    period = dated(report.basis, words)
    return Table(
        found.title, found.document, _COLUMNS, found.rows, based_on(report.basis, words), period, landscape=True
    )
