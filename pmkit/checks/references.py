"""Everything that is named must exist: cast, sets, locations, scenes, people, accounts, vendors, lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pmkit.model.cast import CastMember
from pmkit.model.crew import Hire
from pmkit.model.daily import Daily
from pmkit.model.day import Plan
from pmkit.model.production import Production
from pmkit.model.record import Record, did_you_mean
from pmkit.model.schedule import Board, Strip
from pmkit.problems import Place, Problem

# Words a calendar event, a ride or a request may name instead of a person or department.
EVERYBODY = frozenset({"all", "crew", "cast", "everybody"})


def unknown_cast(production: Production) -> Iterator[Problem]:
    """A scene or a day's plan calls a cast number that cast.yaml does not have."""
    if "castmember" in production.left_out or "cast" in production.left_out:
        return
    for scene in production.scenes.values():
        for index, number in enumerate(scene.cast):
            if number not in production.cast:
                free = [n for n in production.cast if n not in scene.cast]
                yield _no_cast(production, number, scene.place("cast", index), free)
    days: Iterable[Plan | Daily] = (*production.plans.values(), *production.dailies.values())
    for day in days:
        for number in day.cast:
            if number not in production.cast:
                free = [n for n in production.cast if n not in day.cast]
                yield _no_cast(production, number, day.place("cast", number), free)


def _no_cast(production: Production, number: str, place: Place, free: Sequence[str]) -> Problem:
    if not production.cast:
        hint = "there is no cast yet: cast.yaml"
    else:
        hint = f"cast.yaml has {_spread(list(production.cast))}"
        near = did_you_mean(number, list(free))
        if near:
            member = production.cast[near]
            hint += f"; did you mean {near} ({member.character}, {member.place()._replace(column=0)})?"
    return Problem("unknown-cast", place, f"no cast member is number {number}", hint)


def _spread(numbers: Sequence[str]) -> str:
    figures = sorted(int(n) for n in numbers if n.isascii() and n.isdigit())
    if len(figures) == len(numbers) and figures == list(range(figures[0], figures[-1] + 1)) and len(figures) > 2:
        return f"{figures[0]} to {figures[-1]}"
    return ", ".join(numbers[:12]) + (" …" if len(numbers) > 12 else "")


def unknown_set(production: Production) -> Iterator[Problem]:
    """A scene's heading names a set that no location has."""
    if "locations" in production.left_out or not production.sets:
        return
    known = {_plain(name): name for name in production.sets}
    for scene in production.scenes.values():
        name = scene.parts.set
        if scene.omitted or scene.location or not name or _plain(name) in known:
            continue
        close = did_you_mean(_plain(name), list(known))
        hint = f"did you mean {known[close]}?" if close else "add it to locations.yaml under sets, with its location"
        yield Problem("unknown-set", scene.place("heading"), f"no location has the set {name}", hint, "warning")


def _plain(name: str) -> str:
    return " ".join(name.upper().split())


def unknown_location(production: Production) -> Iterator[Problem]:
    """A location is named that locations.yaml does not have."""
    if "location" in production.left_out or "locations" in production.left_out:
        return
    known = production.locations
    for name, location in production.sets.items():
        if location not in known:
            yield _unknown("location", location, _set_place(production, name), known)
    for record in _located(production):
        location = getattr(record, "location", "")
        if location and location not in known:
            yield _unknown("location", location, record.place("location"), known)


def _located(production: Production) -> Iterator[Record]:
    yield from production.scenes.values()
    for board in (production.board, *production.boards.values()):
        for _, day in board.days():
            yield day
            yield from day.strips
    yield from production.plans.values()
    yield from production.requests.values()
    yield from production.paperwork.values()
    for events in production.calendar.values():
        yield from events


def _set_place(production: Production, name: str) -> Place:
    return production.set_places.get(name, Place("locations.yaml"))


def unknown_scene(production: Production) -> Iterator[Problem]:
    """The board, or a day's report, has a scene that the breakdown does not have."""
    if "scene" in production.left_out or "breakdown" in production.left_out:
        return
    for _, strip in _all_strips(production):
        if strip.scene and production.scene(_key(production, strip)) is None:
            yield _no_scene(production, strip.scene, strip.place("scene"), strip)
    for daily in production.dailies.values():
        for number in daily.scenes:
            if production.scene(number) is None:
                yield _no_scene(production, number, daily.place("scenes", number), None)


def _key(production: Production, strip: Strip) -> str:
    return f"{strip.episode}-{strip.scene}" if strip.episode else strip.scene


def _no_scene(production: Production, number: str, place: Place, strip: Strip | None) -> Problem:
    if "/" in number:
        message = f"{number} is a number of pages, not a scene: a comma inside [ ] ends the strip before it"
        return Problem("comma-ends-value", place, message, 'quote the whole strip: "7 part 1 of 2, 4/8"')
    close = did_you_mean(number, list(production.scenes))
    hint = f"did you mean {close}?" if close else "add it to breakdown.yaml, or take it off the board"
    return Problem("unknown-scene", place, f"the breakdown has no scene {number}", hint)


def _all_strips(production: Production) -> Iterator[tuple[Board, Strip]]:
    for board in (production.board, *production.boards.values()):
        for _, day in board.days():
            for strip in day.strips:
                yield board, strip
        for strip in board.boneyard:
            yield board, strip


def unknown_unit(production: Production) -> Iterator[Problem]:
    """A schedule, plan, daily report or hire names a unit that production.yaml does not have."""
    known = production.settings.units
    for board in (production.board, *production.boards.values()):
        for unit in board.units:
            if unit not in known:
                yield _unknown("unit", unit, board.place(unit), known, "production.yaml")
    for (_, unit), record in (*production.plans.items(), *production.dailies.items()):
        if unit not in known:
            yield _unknown("unit", unit, record.place(), known, "production.yaml")
    for _, hire in production.hires.values():
        for index, unit in enumerate(hire.unit):
            if unit not in known:
                yield _unknown("unit", unit, hire.place("unit", index), known, "production.yaml")


def unknown_person(production: Production) -> Iterator[Problem]:
    """An id that should be somebody of the crew or cast is nobody's."""
    if {"hire", "department", "crew", "castmember", "cast"} & production.left_out:
        return
    for person, place in _people_named(production):
        if not production.knows_person(person):
            people = [*production.hires, *production.cast_by_id]
            close = did_you_mean(person, people)
            hint = f"did you mean {close}?" if close else "add them to crew.yaml or cast.yaml, or mend the id"
            yield Problem("unknown-person", place, f"nobody has the id {person}", hint)


def _people_named(production: Production) -> Iterator[tuple[str, Place]]:
    settings = production.settings
    for role, people in settings.people.items():
        yield from ((person, settings.place("people", role)) for person in people)
    for waiver in settings.waivers:
        yield from _one(waiver, "by")
    for _, hire in production.hires.values():
        yield from _one(hire, "person")
    for paper in production.paperwork.values():
        yield from _one(paper, "person")
    for vehicle in production.transport.values():
        yield from _one(vehicle, "driver")
    for deal in production.deals.values():
        if deal.key:
            yield deal.key, deal.place()
    for request in production.requests.values():
        if isinstance(request.ask, tuple):
            yield from ((person, request.place("ask", i)) for i, person in enumerate(request.ask))
        else:
            yield from ((person, request.ask.place("candidates", i)) for i, person in enumerate(request.ask.candidates))
    for plan in production.plans.values():
        for ride in plan.transport:
            yield from _one(ride, "driver")
        known = production.crew.keys() | {"catering", "background"}
        yield from ((key, plan.place("calls", key)) for key in plan.calls if key not in known)
    for daily in production.dailies.values():
        yield from ((key, daily.place("hours", key)) for key in daily.hours if key not in production.crew)
    for listed in production.lists.values():
        for i, who in enumerate(listed.who):
            if who not in production.crew and who not in EVERYBODY and ":" not in who:
                yield who, listed.place("who", i)


def _one(record: Record, name: str) -> Iterator[tuple[str, Place]]:
    """What a field names, each with its place: one id, or a list of them."""
    named = getattr(record, name)
    if isinstance(named, tuple):
        yield from ((one, record.place(name, index)) for index, one in enumerate(named))
    elif named:
        yield named, record.place(name)


def unknown_department(production: Production) -> Iterator[Problem]:
    """A department is named that crew.yaml does not have."""
    if "crew" in production.left_out or "department" in production.left_out:
        return
    named: list[tuple[str, Place]] = []
    for record in (*production.equipment.values(), *production.transport.values()):
        named += _one(record, "department")
    for request in production.requests.values():
        if not isinstance(request.ask, tuple):
            named += _one(request.ask, "department")
    for department, place in named:
        if department not in production.crew:
            yield _unknown("department", department, place, production.crew)


def unknown_vendor(production: Production) -> Iterator[Problem]:
    """An order, a piece of equipment, a vehicle or a paper names a vendor that vendors.yaml does not have."""
    if "vendor" in production.left_out or "vendors" in production.left_out:
        return
    records: Iterable[Record] = (
        *production.equipment.values(),
        *production.transport.values(),
        *production.paperwork.values(),
        *production.orders.values(),
    )
    for record in records:
        for vendor, place in _one(record, "vendor"):
            if vendor not in production.vendors:
                yield _unknown("vendor", vendor, place, production.vendors)


def unknown_list(production: Production) -> Iterator[Problem]:
    """The daily report goes to a list that lists.yaml does not have."""
    report = production.settings.daily_report
    if report is None or not report.to or "lists" in production.left_out or "distributionlist" in production.left_out:
        return
    if report.to not in production.lists:
        yield _unknown("list", report.to, report.place("to"), production.lists)


def duplicate_ids(production: Production) -> Iterator[Problem]:
    """Two hires, or two of the cast, have one id: nobody could tell who is meant."""
    seen: dict[str, Hire | CastMember] = {}
    hires = [hire for department in production.crew.values() for hire in department.people]
    people: Iterable[Hire | CastMember] = (*hires, *(member for member in production.cast.values() if member.id))
    for record in people:
        first = seen.setdefault(record.id, record)
        if first is not record:
            message = f"the id {record.id} is taken already, {first.place('id')}"
            hint = "a second job of one person has its own id and person: the first one"
            yield Problem("duplicate-id", record.place("id"), message, hint)


def _unknown(what: str, typed: str, place: Place, known: Iterable[str], where: str = "") -> Problem:
    names = list(known)
    close = did_you_mean(typed, names)
    file = where or {"location": "locations.yaml", "department": "crew.yaml", "vendor": "vendors.yaml"}.get(
        what, f"{what}s.yaml"
    )
    has = f"{file} has {', '.join(names[:10])}{' …' if len(names) > 10 else ''}" if names else f"{file} has none yet"
    return Problem(f"unknown-{what}", place, f"there is no {what} {typed}", f"did you mean {close}?" if close else has)


CHECKS = (
    unknown_cast,
    unknown_set,
    unknown_location,
    unknown_scene,
    unknown_unit,
    unknown_person,
    unknown_department,
    unknown_vendor,
    unknown_list,
    duplicate_ids,
)
