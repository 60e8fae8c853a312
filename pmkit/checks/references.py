"""What the folder names must exist: cast, sets, locations, scenes and units; and every id once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pmkit.checks.named import Named, cast_numbers, in_ledger, one, unknown
from pmkit.model import set_name
from pmkit.model.crew import Hire
from pmkit.model.production import Production
from pmkit.model.record import Record, did_you_mean
from pmkit.model.schedule import MEALS, Strip
from pmkit.problems import Place, Problem

if TYPE_CHECKING:
    from pmkit.model.calendar import Event
    from pmkit.model.cast import CastMember
    from pmkit.model.daily import Daily
    from pmkit.model.day import Plan, Ride
    from pmkit.model.office import Trip


def unknown_cast(production: Production) -> Iterator[Problem]:
    """A scene, a day's plan or report, a ride or a journey names a cast number that cast.yaml does not have."""
    if {"castmember", "cast"} & production.left_out:
        return
    strange = [found for found in _cast_named(production) if found[0] not in production.cast]
    if not production.cast and strange:
        number, place, _ = min(strange, key=lambda found: found[1])
        more = f", and {len(strange) - 1} more are called" if len(strange) > 1 else ""
        hint = "there is no cast yet: cast.yaml"
        yield Problem("unknown-cast", place, f"no cast member is number {number}{more}", hint)
        return
    for number, place, beside in strange:
        hint = f"cast.yaml has {_spread(list(production.cast))}"
        near = did_you_mean(number, [known for known in production.cast if known not in beside])
        if near:
            member = production.cast[near]
            hint += f"; did you mean {near} ({member.character}, {member.key_place().row})?"
        yield Problem("unknown-cast", place, f"no cast member is number {number}", hint)


def _cast_named(production: Production) -> Iterator[tuple[str, Place, Iterable[str]]]:
    """Each cast number, its place, and the numbers beside it, which can hardly be meant."""
    for scene in production.scenes.values():
        yield from ((number, place, scene.cast) for number, place in one(scene, "cast"))
    days: Iterable[Plan | Daily] = (*production.plans.values(), *production.dailies.values())
    for day in days:
        yield from ((number, day.place("cast", number), day.cast) for number in day.cast)
    rides = [ride for plan in production.plans.values() for ride in plan.transport]
    events = [event for day in production.calendar.values() for event in day]
    journeys: tuple[Ride | Event | Trip, ...] = (*rides, *events, *production.travel.values())
    for record in journeys:
        for number, place in cast_numbers(record, "who"):
            if not production.knows_person(number):
                yield number, place, record.who


def _spread(numbers: Sequence[str]) -> str:
    figures = sorted(int(n) for n in numbers if n.isascii() and n.isdigit())
    if len(figures) == len(numbers) and figures == list(range(figures[0], figures[-1] + 1)) and len(figures) > 2:
        return f"{figures[0]} to {figures[-1]}"
    return ", ".join(numbers[:12]) + (" …" if len(numbers) > 12 else "")


def unknown_set(production: Production) -> Iterator[Problem]:
    """A scene's heading, a budget line, an order or a cost names a set that no location has."""
    if {"locations", "sets"} & production.left_out or not production.sets:
        return
    known = {set_name.same(name): name for name in production.sets}
    named = [
        (scene.parts.set, scene.place("heading"))
        for scene in production.scenes.values()
        if not scene.omitted and not scene.location
    ]
    named += [found for record in _money_records(production) for found in one(record, "set")]
    named += in_ledger(production, "set")
    for name, place in named:
        if name and not production.location_of_set(name):
            close = did_you_mean(set_name.same(name), list(known))
            hint = (
                f"did you mean {known[close]}?" if close else "add it to locations.yaml under sets, with its location"
            )
            yield Problem("unknown-set", place, f"no location has the set {name}", hint, "warning")


def _money_records(production: Production) -> Iterator[Record]:
    """Budget lines and lines of orders: what may say a set, a location or an episode."""
    if production.budget is not None:
        for account in production.budget.accounts.values():
            yield from account.lines
    for order in production.orders.values():
        yield from order.lines


def unknown_location(production: Production) -> Iterator[Problem]:
    """A location is named that locations.yaml does not have."""
    if {"location", "locations"} & production.left_out:
        return
    places = production.set_places
    named = [(location, places.get(name, Place("locations.yaml"))) for name, location in production.sets.items()]
    for record in _located(production):
        named += one(record, "location")
    named += in_ledger(production, "location")
    yield from unknown("location", named, production.locations, "locations.yaml")


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
    yield from _money_records(production)


def unknown_scene(production: Production) -> Iterator[Problem]:
    """The board, or a day's report, has a scene that the breakdown does not have."""
    if {"scene", "breakdown"} & production.left_out:
        return
    named = [(strip.scene, strip.place("scene")) for strip in _strips(production) if strip.scene]
    named += [(n, daily.place("scenes", n)) for daily in production.dailies.values() for n in daily.scenes]
    strange = [(n, place) for n, place in named if production.scene(n) is None]
    if not production.scenes and strange:
        number, place = min(strange, key=lambda found: found[1])
        more = f", and {len(strange) - 1} more are named" if len(strange) > 1 else ""
        hint = "breakdown.yaml has no scenes yet"
        yield Problem("unknown-scene", place, f"the breakdown has no scene {number}{more}", hint)
        return
    for number, place in strange:
        episodes = [key for key in production.scenes if key.endswith(f"-{number}")]
        close = did_you_mean(number, [*production.scenes, *(MEALS if number.isalpha() else ())])
        close = episodes[0] if len(episodes) == 1 else close
        hint = f"did you mean {close}?" if close else "add it to breakdown.yaml, or take it out here"
        yield Problem("unknown-scene", place, f"the breakdown has no scene {number}", hint)


def _strips(production: Production) -> Iterator[Strip]:
    for board in (production.board, *production.boards.values()):
        for _, day in board.days():
            yield from day.strips
        yield from board.boneyard


def unknown_unit(production: Production) -> Iterator[Problem]:
    """A schedule, plan, report, hire, scene, event, request, order or cost names a unit that is none."""
    if "units" in production.left_out:
        return
    named: list[Named] = []
    for board in (production.board, *production.boards.values()):
        named += [(unit, board.place(unit)) for unit in board.units]
    for (_, unit), record in (*production.plans.items(), *production.dailies.items()):
        named.append((unit, record.key_place()))
    events = [event for day in production.calendar.values() for event in day]
    for record in (
        *(hire for _, hire in production.hires.values()),
        *production.scenes.values(),
        *events,
        *production.requests.values(),
        *production.orders.values(),
    ):
        named += one(record, "unit")
    named += in_ledger(production, "unit")
    yield from unknown("unit", named, production.settings.units, "units: of production.yaml")


def duplicate_ids(production: Production) -> Iterator[Problem]:
    """Two hires, or two of the cast, have one id: nobody could tell who is meant."""
    seen: dict[str, Hire | CastMember] = {}
    hires = [hire for department in production.crew.values() for hire in department.people]
    people: Iterable[Hire | CastMember] = (*hires, *(member for member in production.cast.values() if member.id))
    for record in people:
        first = seen.setdefault(record.id, record)
        if first is not record:
            message = f"the id {record.id} is taken already, {first.place('id').row}"
            hint = "give one of the two another id"
            if isinstance(record, Hire) and isinstance(first, Hire):
                hint = f"another id; a second job of the same person also says person: {record.id}"
            yield Problem("duplicate-id", record.place("id"), message, hint)


CHECKS = (unknown_cast, unknown_set, unknown_location, unknown_scene, unknown_unit, duplicate_ids)
