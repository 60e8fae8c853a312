"""The back of a call sheet: needs, advance schedule, crew, transport, meals, channels and numbers."""

from __future__ import annotations

from pmkit.model import scene_number
from pmkit.model.clock import Clock
from pmkit.reports.callsheet_facts import DayFacts
from pmkit.reports.callsheet_front import strip_row, value
from pmkit.reports.callsheet_rows import (
    AdvanceDay,
    ChannelRow,
    CrewDepartment,
    CrewRow,
    HospitalRow,
    MealRow,
    NeedRow,
    NumberRow,
    Passenger,
    PreCall,
    RideRow,
)
from pmkit.rollup import board
from pmkit.rollup.strips import total_pages


def need_rows(facts: DayFacts) -> tuple[NeedRow, ...]:
    """What the scenes of the day need, by category in the breakdown's order, and what the plan adds."""
    names = facts.production.settings.category_names()
    items: dict[str, dict[str, list[str]]] = {}
    for found in facts.resolved:
        for category, things in found.scene.elements.items() if found.scene is not None else ():
            for thing in things:
                items.setdefault(category, {}).setdefault(thing, []).append(found.number)
    scenes = {found.number for found in facts.resolved if found.kind == "scene"}
    rows = []
    for key in dict.fromkeys([*names, *items, *facts.plan.needs]):
        told = list(facts.plan.needs.get(key, ()))
        for thing, numbers in items.get(key, {}).items():
            where = ", ".join(sorted(dict.fromkeys(numbers), key=scene_number.sort_key))
            told.append(f"{thing} ({where})" if len(scenes) > 1 else thing)
        if told:
            department = facts.production.crew.get(key)
            title = names.get(key) or (department.title if department is not None else key.replace("-", " "))
            rows.append(NeedRow(title, tuple(told)))
    return tuple(rows)


def advance_days(facts: DayFacts) -> tuple[AdvanceDay, ...]:
    """The unit's next two shooting days."""
    found = []
    for later in board.following(facts.production, facts.day):
        resolved = facts.strips.of(later.slot)
        plan = facts.production.plans.get((later.date, later.unit))
        names = [facts.production.locations[key].name for key in _places(facts, resolved)]
        found.append(
            AdvanceDay(
                number=later.number,
                date=later.date,
                call=plan.call if plan is not None and plan.call is not None else later.slot.call,
                locations=tuple(names),
                strips=tuple(strip_row(strip, {}) for strip in resolved if strip.kind in ("scene", "text")),
                pages=total_pages(resolved),
            )
        )
    return tuple(found)


def _places(facts: DayFacts, resolved: tuple[object, ...]) -> list[str]:
    keys = dict.fromkeys(getattr(strip, "location", "") for strip in resolved)
    return [key for key in keys if key in facts.production.locations]


def crew_departments(facts: DayFacts) -> tuple[CrewDepartment, ...]:
    """Everybody on the day's list by department; a department with nobody there vanishes."""
    found = []
    for department in facts.production.crew.values():
        people = tuple(
            CrewRow(hire.position, facts.production.name_of(hire.id), value(facts.calls.crew[hire.id]))
            for hire in department.people
            if hire.id in facts.calls.crew
        )
        if people:
            found.append(CrewDepartment(department.title, department.walkie, people))
    return tuple(found)


def precalls(facts: DayFacts) -> tuple[PreCall, ...]:
    """Departments with somebody there whose call is before the crew call, the earliest first."""
    call = facts.calls.call
    early: dict[Clock, list[str]] = {}
    for key, figure in facts.calls.departments.items():
        department = facts.production.crew[key]
        there = any(hire.id in facts.calls.crew for hire in department.people)
        clock = figure.value if figure is not None else None
        if there and call is not None and isinstance(clock, Clock) and clock < call.value:
            early.setdefault(clock, []).append(department.title)
    return tuple(PreCall(tuple(early[clock]), clock) for clock in sorted(early))


def ride_rows(facts: DayFacts) -> tuple[RideRow, ...]:
    """The plan's runs in order of time, with ids as names."""
    rides = sorted(
        facts.plan.transport, key=lambda ride: (ride.pickup is None, ride.pickup if ride.pickup is not None else 0)
    )
    return tuple(
        RideRow(
            vehicle=ride.vehicle,
            driver=facts.production.name_of(ride.driver),
            leaves=ride.pickup,
            passengers=tuple(_rider(facts, who) for who in ride.who),
            from_=_place(facts, ride.from_),
            to=_place(facts, ride.to),
            note=ride.note,
        )
        for ride in rides
    )


def _rider(facts: DayFacts, who: str) -> Passenger:
    key = who.strip()
    member = facts.production.cast.get(key) or facts.production.cast_by_id.get(key)
    if member is not None:
        return Passenger(member.number, member.performer or member.character)
    return Passenger("", facts.production.name_of(key))


def _place(facts: DayFacts, where: str) -> str:
    location = facts.production.locations.get(where)
    return location.name if location is not None else where


def meal_rows(facts: DayFacts) -> tuple[MealRow, ...]:
    """Meals with their times and how many are catered for."""
    times: dict[str, Clock | None] = {}
    if facts.calls.breakfast is not None:
        times["breakfast"] = facts.calls.breakfast.value
    if facts.calls.lunch is not None:
        times["lunch"] = facts.calls.lunch.value
    for timed in facts.calls.strips:
        if timed.strip.kind == "meal":
            start = timed.start.value if timed.start is not None else None
            times.setdefault(timed.strip.strip.meal, start)
    counts = {word.strip().lower(): count for word, count in facts.plan.catering.items()}
    return tuple(MealRow(name, times.get(name), counts.get(name, "")) for name in dict.fromkeys([*times, *counts]))


def channel_rows(facts: DayFacts) -> tuple[ChannelRow, ...]:
    """The plan's channels, else those of the departments that are there, in order of channel."""
    by_channel: dict[str, list[str]] = {}
    if facts.plan.walkie:
        for key, text in facts.plan.walkie.items():
            # both `5: Camera` and `camera: 5` are written
            channel, who = (key, text) if key.strip()[:1].isdigit() else (text, key)
            department = facts.production.crew.get(who)
            by_channel.setdefault(channel.strip(), []).append(department.title if department else who)
    else:
        for department in facts.production.crew.values():
            if department.walkie and any(hire.id in facts.calls.crew for hire in department.people):
                by_channel.setdefault(department.walkie.strip(), []).append(department.title)
    order = sorted(by_channel, key=lambda c: (not c.isdecimal(), int(c[:9]) if c.isdecimal() else 0, c))
    return tuple(ChannelRow(channel, tuple(by_channel[channel])) for channel in order)


def number_rows(facts: DayFacts, hospital: HospitalRow | None) -> tuple[NumberRow, ...]:
    """Who to ring beside the key people of the head: the production office and the hospital."""
    found = []
    office = facts.production.settings.office
    if office is not None and (office.phone or office.address):
        found.append(NumberRow("Production office", office.address, office.phone))
    if hospital is not None and hospital.phone:
        found.append(NumberRow("Nearest hospital", hospital.name, hospital.phone))
    return tuple(found)
