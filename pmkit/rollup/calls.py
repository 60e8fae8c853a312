"""The times of a day: crew call, shooting call, meals, wrap, each scene's start, each artist's and each hire's call.

What the day's plan says comes first, then the board, then what production.yaml's working day
gives. A call written `-0:30` follows the crew call, so one changed line pushes the day; a time
of day stays where it is. All sums are of instants at the location: a night across the end of
daylight saving is an hour longer than its clocks say.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pmkit.model.clock import Clock, Length
from pmkit.model.crew import Department, Hire
from pmkit.model.day import Plan
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup.artists import CastTimes, cast_times
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.running import TimedStrip, run
from pmkit.rollup.strips import ResolvedStrip, Strips
from pmkit.rollup.watch import AnyCall, ClockChange, Time, Watch, after, clock_change, made, resolved

# Breakfast is ready this long before the crew call, on days whose catering serves one.
BREAKFAST = Length(30)


@dataclass(frozen=True, slots=True)
class DayCalls:
    """Every time of one unit's day. `crew` is by hire, `departments` by department, both in the list's order."""

    watch: Watch
    call: Time | None
    breakfast: Time | None
    shooting: Time | None
    lunch: Time | None
    wrap: Time | None
    length: Length
    meal: Length
    strips: tuple[TimedStrip, ...]
    cast: dict[str, CastTimes]
    departments: dict[str, AnyCall | None]
    crew: dict[str, AnyCall | None]
    work_ends: Clock | None
    change: ClockChange | None


def day_calls(production: Production, day: NumberedDay, strips: Strips | None = None) -> DayCalls:
    """The times of a unit's day; all are None where no crew call is known to reckon from."""
    resolved = (strips or Strips(production)).of(day.slot)
    plan = production.plans.get((day.date, day.unit)) or Plan()
    watch = Watch(day.date, zone_of(production, plan, resolved))
    working = production.settings.working_day
    call = _crew_call(plan, day)
    length = plan.day_length if plan.day_length is not None else working.length
    meal = _meal(resolved, working.meal)
    lunch = _given(plan, "lunch") or after(watch, call, working.lunch_after, "crew call", working.place("lunch_after"))
    shooting = _given(plan, "shooting_call") or after(
        watch, call, working.shoot_after, "crew call", working.place("shoot_after")
    )
    timed, ends = run(watch, resolved, shooting, lunch, meal)
    breaks = _breaks(resolved, meal)
    wrap = _given(plan, "wrap") or _wrap(watch, call, length, breaks, plan, working.place("length"))
    if plan.wrap is not None and call is not None and plan.day_length is None:
        length = Length(watch.between(call.value, plan.wrap) - breaks)
    departments, crew = _crew(production, plan, watch, call, day)
    return DayCalls(
        watch=watch,
        call=call,
        breakfast=_breakfast(watch, call, plan),
        shooting=shooting,
        lunch=lunch,
        wrap=wrap,
        length=length,
        meal=meal,
        strips=timed,
        cast=cast_times(production, plan, watch, call, timed),
        departments=departments,
        crew=crew,
        work_ends=watch.shows(ends) if ends is not None else None,
        change=clock_change(watch, call.value, wrap.value) if call and wrap else None,
    )


def zone_of(production: Production, plan: Plan, strips: tuple[ResolvedStrip, ...]) -> ZoneInfo:
    """The zone of the first location that says one, else the production's."""
    for key in (plan.location, *(found.location for found in strips)):
        location = production.locations.get(key)
        if location is not None and location.timezone:
            try:
                return ZoneInfo(location.timezone)
            except (KeyError, ValueError, OSError):
                continue
    return production.settings.zone


def _crew_call(plan: Plan, day: NumberedDay) -> Time | None:
    if plan.call is not None:
        return made(plan.call, "crew call in the day's plan", plan.place("call"))
    if day.slot.call is not None:
        return made(day.slot.call, "crew call on the board", day.slot.place("call"))
    return None


def _given(plan: Plan, key: str) -> Time | None:
    value = getattr(plan, key)
    return made(value, f"{key.replace('_', ' ')} in the day's plan", plan.place(key)) if value is not None else None


def _meal(strips: tuple[ResolvedStrip, ...], usual: Length) -> Length:
    for found in strips:
        if found.kind == "meal" and found.strip.meal != "breakfast":
            return found.minutes.value
    return usual


def _breaks(strips: tuple[ResolvedStrip, ...], meal: Length) -> Length:
    """All the meals of the day together; one of the usual length where the board has none."""
    meals = [found.minutes.value for found in strips if found.kind == "meal" and found.strip.meal != "breakfast"]
    return Length(sum(meals) if meals else meal)


def _breakfast(watch: Watch, call: Time | None, plan: Plan) -> Time | None:
    given = _given(plan, "breakfast")
    served = next((word for word in plan.catering if word.lower() == "breakfast"), None)
    if given is not None or served is None:
        return given
    return after(watch, call, -BREAKFAST, "breakfast is served: crew call", plan.place("catering", served))


def _wrap(
    watch: Watch,
    call: Time | None,
    length: Length,
    breaks: Length,
    plan: Plan,
    usual: Place,
) -> Time | None:
    if call is None:
        return None
    rule = f"crew call and {length} of work and {breaks} of meals"
    place = plan.place("day_length") if plan.day_length is not None else usual
    return made(watch.plus(call.value, length + breaks), rule, call, place)


def _crew(
    production: Production, plan: Plan, watch: Watch, call: Time | None, day: NumberedDay
) -> tuple[dict[str, AnyCall | None], dict[str, AnyCall | None]]:
    departments: dict[str, AnyCall | None] = {}
    hires: dict[str, AnyCall | None] = {}
    for key, department in production.crew.items():
        departments[key] = _department(plan, watch, call, department)
        for hire in department.people:
            if on_sheet(hire, day):
                hires[hire.id] = _hire(plan, watch, call, hire) or departments[key]
    return departments, hires


def on_sheet(hire: Hire, day: NumberedDay) -> bool:
    """Whether a hire stands on a day's sheet: engaged, of the unit, and not on a day off of their own."""
    return hire.on(day.date) and hire.works_with(day.unit) and not any(day.date in stretch for stretch in hire.off)


def _department(plan: Plan, watch: Watch, call: Time | None, department: Department) -> AnyCall | None:
    name = department.title
    if department.key in plan.calls:
        place = plan.place("calls", department.key)
        return resolved(watch, call, plan.calls[department.key], f"{name} in the day's plan", place)
    if department.call is not None:
        return resolved(watch, call, department.call, f"{name}'s own", department.place("call"))
    return made(call.value, "the crew call", call) if call is not None else None


def _hire(plan: Plan, watch: Watch, call: Time | None, hire: Hire) -> AnyCall | None:
    """A person's own call: in the day's plan, else in the crew list; None when the department's counts."""
    for key in (hire.id, hire.person):
        if key and key in plan.calls:
            return resolved(watch, call, plan.calls[key], "own call in the day's plan", plan.place("calls", key))
    return resolved(watch, call, hire.call, "own call in the crew list", hire.place("call"))
