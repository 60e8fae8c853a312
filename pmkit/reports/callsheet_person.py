"""One person's call: their own time first, then where, their day, their scenes, and tomorrow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pmkit.model.cast import CastMember
from pmkit.model.clock import Call, Clock, Length
from pmkit.model.crew import Hire
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.callsheet import callsheet
from pmkit.reports.callsheet_facts import DayFacts, gathered
from pmkit.reports.callsheet_front import strip_row, value
from pmkit.reports.callsheet_rows import (
    CallSheet,
    ClockChangeRow,
    HospitalRow,
    KeyPerson,
    LocationRow,
    NeedRow,
    StripRow,
    SunRow,
    WeatherRow,
)
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.calls import on_sheet
from pmkit.rollup.figure import Figure
from pmkit.rollup.person import find_person
from pmkit.rollup.strips import total_pages


@dataclass(frozen=True, slots=True)
class Step:
    """A time of the person's day; `own` is the call itself."""

    time: Clock
    what: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class NextCall:
    """The person's next day, provisional."""

    day: int
    date: date
    call: Call | None
    locations: tuple[str, ...]
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """A time with the chain it came by, down to the lines of the folder."""

    what: str
    figure: Figure[Any]


@dataclass(frozen=True, slots=True)
class PersonalCall:
    """The card of one person for one day. `before_call` is the time to the general call, negative after it."""

    title: str
    unit: str
    day: int
    days: int
    date: date
    stage: str
    name: str
    job: str
    call: Call | None
    call_is: str
    crew_call: Clock | None
    before_call: Length | None
    place: LocationRow | None
    steps: tuple[Step, ...]
    remarks: str
    needs: tuple[NeedRow, ...]
    strips: tuple[StripRow, ...]
    total_pages: Eighths
    clock_change: ClockChangeRow | None
    weather: WeatherRow | None
    sun: SunRow | None
    safety: tuple[str, ...]
    hospital: HospitalRow | None
    next: NextCall | None
    questions: KeyPerson | None
    palette: dict[str, str]
    because: tuple[Because, ...] = ()


def personal(
    production: Production,
    day: NumberedDay,
    person: str,
    facts: DayFacts | None = None,
    sheet: CallSheet | None = None,
    explained: bool = False,
) -> PersonalCall | Fault:
    """A person's card for a day; `explained` adds the chain of each time. A fault when they are not called."""
    found = find_person(production, person)
    if isinstance(found, Fault):
        return found
    facts = facts or gathered(production, day)
    sheet = sheet or callsheet(production, day, facts)
    if isinstance(found, CastMember):
        return _artist(facts, sheet, found, explained)
    hire = _hire_on(facts, found)
    if hire is None:
        return _not_called(facts, production.name_of(found.id), _next_of_hire(facts, found))
    return _member(facts, sheet, hire, explained)


def _hire_on(facts: DayFacts, asked: Hire) -> Hire | None:
    """The hire asked for, or another of the same person, that is on the day's list."""
    hires = facts.production.hires_of(asked.person or asked.id)
    return next((hire for hire in [asked, *hires] if hire.id in facts.calls.crew), None)


def _not_called(facts: DayFacts, who: str, following: NumberedDay | None) -> Fault:
    day, hint = facts.day, "nor on any later day"
    if following is not None:
        hint = f"next on day {following.word(day.unit)}, {following.date.isoformat()}"
    return Fault(f"{who} is not called on day {day.number} of {day.unit}, {day.date.isoformat()}", hint, "not-called")


def _member(facts: DayFacts, sheet: CallSheet, hire: Hire, explained: bool) -> PersonalCall:
    production = facts.production
    key, _ = production.hires[hire.id]
    figure = facts.calls.crew[hire.id]
    steps = _common(facts, sheet)
    if figure is not None and isinstance(figure.value, Clock):
        steps = [Step(figure.value, "Your call", own=True), *steps]
    following = _next_of_hire(facts, hire)
    names = production.settings.category_names()
    title = names.get(key.replace("-", "_")) or names.get(key)
    wanted = {title, production.crew[key].title}
    return _card(
        facts,
        sheet,
        name=production.name_of(hire.id),
        job=" · ".join(filter(None, (hire.position, production.crew[key].title))),
        call=value(figure),
        call_is="Your call",
        place=sheet.locations[0] if sheet.locations else None,
        steps=steps,
        remarks="",
        needs=tuple(row for row in sheet.needs if row.department in wanted),
        strips=tuple(row for row in sheet.strips if row.kind in ("scene", "text")),
        total_pages=sheet.total_pages,
        next=_next(facts, following, hire),
        because=(Because("call", figure),) if explained and figure is not None else (),
    )


def _artist(facts: DayFacts, sheet: CallSheet, member: CastMember, explained: bool) -> PersonalCall | Fault:
    times = facts.calls.cast.get(member.number)
    following = _next_of_cast(facts, member)
    who = member.character if not member.performer else f"{member.performer} ({member.character})"
    if times is None or all(t is None for t in (times.pickup, times.makeup, times.wardrobe, times.set)):
        return _not_called(facts, who, following)
    told = [("Pick-up", times.pickup), ("Make-up", times.makeup), ("Wardrobe", times.wardrobe), ("On set", times.set)]
    first = next(((word, t) for word, t in told if t is not None and isinstance(t.value, Clock)), None)
    steps = [Step(t.value, word) for word, t in told if t is not None and isinstance(t.value, Clock)]
    if first is not None:
        steps = [Step(step.time, step.what, own=step.what == first[0]) for step in steps]
    own = [timed for timed in facts.calls.strips if member.number in timed.strip.cast]
    place = next(
        (row for t in own for row in sheet.locations if row.letter == facts.letters.get(t.strip.location)), None
    )
    return _card(
        facts,
        sheet,
        name=member.performer or member.character,
        job=f"{member.number} · {member.character}",
        call=first[1].value if first is not None else value(times.set),
        call_is=first[0] if first is not None else "On set",
        place=place or (sheet.locations[0] if sheet.locations else None),
        steps=[*steps, *_until(_common(facts, sheet), [timed.end for timed in own])],
        remarks=next((row.remarks for row in sheet.cast if row.number == member.number), ""),
        needs=(),
        strips=tuple(strip_row(timed.strip, facts.letters, timed) for timed in own),
        total_pages=total_pages(tuple(timed.strip for timed in own)),
        next=_next(facts, following, member),
        because=tuple(Because(word.lower(), t) for word, t in told if t is not None) if explained else (),
    )


def _common(facts: DayFacts, sheet: CallSheet) -> list[Step]:
    """What everybody's day holds."""
    moves = [row for row in sheet.strips if row.kind == "move" and row.start is not None]
    told: list[tuple[Clock | None, str]] = [
        (sheet.breakfast, "Breakfast"),
        (sheet.shooting_call, "Shooting call"),
        (sheet.lunch, "Lunch"),
        *((row.start, f"Move {row.words}") for row in moves),
        (sheet.wrap, "Estimated wrap"),
    ]
    return [Step(time, what) for time, what in told if time is not None]


def _until(steps: list[Step], ends: list[Clock | None]) -> list[Step]:
    """An artist's day ends with the last of their scenes, not with the unit's wrap."""
    last = max((end for end in ends if end is not None), default=None)
    if last is None:
        return steps
    return [*(step for step in steps if step.time < last), Step(last, "Last scene ends, estimated")]


def _card(facts: DayFacts, sheet: CallSheet, **own: Any) -> PersonalCall:
    call, crew_call = own["call"], sheet.call
    before = None
    if isinstance(call, Clock) and crew_call is not None:
        watch = facts.calls.watch
        before = Length((watch.moment(crew_call) - watch.moment(call)).total_seconds() // 60)
    mine = int(call) if isinstance(call, Clock) else 0
    steps = sorted(own["steps"], key=lambda step: (int(step.time), not step.own))
    own["steps"] = tuple(step for step in steps if int(step.time) >= mine)
    return PersonalCall(
        title=sheet.title,
        unit=sheet.unit,
        day=sheet.day,
        days=sheet.days,
        date=sheet.date,
        stage=sheet.stage,
        crew_call=crew_call,
        before_call=before,
        clock_change=sheet.clock_change,
        weather=sheet.weather,
        sun=sheet.sun,
        safety=sheet.safety,
        hospital=sheet.hospital,
        questions=next((p for p in reversed(sheet.people) if p.phone), None),
        palette=sheet.palette,
        **own,
    )


def _next_of_hire(facts: DayFacts, hire: Hire) -> NumberedDay | None:
    hires = facts.production.hires_of(hire.person or hire.id)
    later = (day for day in board.all_days(facts.production) if day.date > facts.day.date)
    return next((day for day in later if any(on_sheet(other, day) for other in hires)), None)


def _next_of_cast(facts: DayFacts, member: CastMember) -> NumberedDay | None:
    for day in board.all_days(facts.production):
        if day.date > facts.day.date and any(member.number in s.cast for s in facts.strips.of(day.slot)):
            return day
    return None


def _next(facts: DayFacts, day: NumberedDay | None, who: Hire | CastMember) -> NextCall | None:
    if day is None:
        return None
    then = facts.other(day)
    call: Call | None
    if isinstance(who, CastMember):
        times = then.calls.cast.get(who.number)
        told = [times.pickup, times.makeup, times.wardrobe, times.set] if times is not None else []
        call = next((t.value for t in told if t is not None and isinstance(t.value, Clock)), None)
        own = [strip for strip in then.resolved if who.number in strip.cast]
    else:
        found = _hire_on(then, who)
        call = value(then.calls.crew[found.id]) if found is not None else None
        own = [strip for strip in then.resolved if strip.kind == "scene"]
    return NextCall(
        day=day.number,
        date=day.date,
        call=call,
        locations=tuple(location.name for location in then.locations()),
        scenes=tuple(strip.number for strip in own),
    )
