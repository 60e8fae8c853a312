"""Whom the folder names must exist: people, departments, vendors, lists, episodes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pmkit.model.production import Production
from pmkit.model.record import Record, did_you_mean, meant
from pmkit.model.series import AMORT, PATTERN
from pmkit.model.tree import Mapping, Sequence
from pmkit.problems import Place, Problem

# Words a calendar event, a journey, a list or a plan may name instead of a person or department.
EVERYBODY = frozenset({"all", "crew", "cast", "everybody"})
BESIDES = frozenset({"catering", "background", "stand-ins", "stand_ins"})
_CAST_NUMBER = re.compile(r"[A-Za-z]?[0-9]{1,4}[A-Za-z]?")
_QUERY = re.compile(r"works:(?:today|tomorrow|\d{4}-\d{2}-\d{2})")

Named = tuple[str, Place]


def unknown_person(production: Production) -> Iterator[Problem]:
    """An id that should be somebody of the crew or cast, or one of the departments, is nobody's."""
    if {"hire", "department", "crew", "castmember", "cast"} & production.left_out:
        return
    people = [*production.hires, *production.cast_by_id]
    strange = [(who, place, False) for who, place in _people(production) if not production.knows_person(who)]
    strange += [(who, place, True) for who, place in _anybody(production) if not _knows(production, who)]
    strange.sort(key=lambda named: named[1])
    if not production.hires and len(strange) > 1:
        who, place, _ = strange[0]
        message = f"nobody has the id {who}, and {len(strange) - 1} more are named: the crew is empty"
        yield Problem("unknown-person", place, message, "people stand in crew.yaml and cast.yaml")
        return
    for who, place, department in strange:
        close = did_you_mean(who, [*people, *production.crew] if department else people)
        what = "neither a person nor a department" if department else "nobody"
        if who in production.crew:
            hint = f"{who} is a department; an id of a person is wanted"
        else:
            mend = "mend the id" if place.line else "rename the file after who decided: PERIOD-WHO.csv"
            hint = f"did you mean {close}?" if close else f"add them to crew.yaml or cast.yaml, or {mend}"
        yield Problem("unknown-person", place, f"{what} has the id {who}", hint)


def _knows(production: Production, who: str) -> bool:
    return production.knows_person(who) or who in production.crew or who in EVERYBODY


def _people(production: Production) -> Iterator[Named]:
    """Where one person is wanted."""
    settings = production.settings
    for role, people in settings.people.items():
        yield from ((who, _value_place(settings, "people", role, index)) for index, who in enumerate(people))
    if settings.approvals is not None:
        yield from one(settings.approvals, "by")
    for waiver in settings.waivers:
        yield from one(waiver, "by")
    for _, hire in production.hires.values():
        yield from one(hire, "person")
    for paper in production.paperwork.values():
        yield from one(paper, "person")
    for vehicle in production.transport.values():
        yield from one(vehicle, "driver")
    for plan in production.plans.values():
        for ride in plan.transport:
            yield from one(ride, "driver")
    for deal in production.deals.values():
        yield deal.key, deal.key_place()
    # An accountant without a hire may sign an EFC change while there is no crew list.
    if production.hires:
        yield from {change.by: Place(change.file) for change in production.efc_changes if change.by}.items()
    for request in production.requests.values():
        if isinstance(request.ask, tuple):
            yield from one(request, "ask")
        else:
            yield from one(request.ask, "people")
            yield from one(request.ask, "candidates")


def _anybody(production: Production) -> Iterator[Named]:
    """Where a person or a whole department may stand; cast numbers are looked at elsewhere."""
    for plan in production.plans.values():
        yield from ((key, plan.place("calls", key)) for key in plan.calls if key not in BESIDES)
        for ride in plan.transport:
            yield from _no_numbers(ride, "who")
    for daily in production.dailies.values():
        yield from ((key, daily.place("hours", key)) for key in daily.hours)
    for events in production.calendar.values():
        for event in events:
            yield from _no_numbers(event, "who")
    for trip in production.travel.values():
        yield from _no_numbers(trip, "who")
    for listed in production.lists.values():
        yield from ((who, place) for who, place in one(listed, "who") if not _QUERY.fullmatch(who))


def _no_numbers(record: Record, key: str) -> Iterator[Named]:
    return (named for named in one(record, key) if not _CAST_NUMBER.fullmatch(named[0]))


def cast_numbers(record: Record, key: str) -> Iterator[Named]:
    """The cast numbers among those a ride, an event or a journey names."""
    return (named for named in one(record, key) if _CAST_NUMBER.fullmatch(named[0]))


def one(record: Record, key: str) -> Iterator[Named]:
    """What a field names, each with its place: one id, or a list of them."""
    named = getattr(record, key)
    if isinstance(named, tuple):
        yield from ((name, record.place(key, index)) for index, name in enumerate(named))
    elif named:
        yield named, record.place(key)


def _value_place(record: Record, key: str, item: str, index: int) -> Place:
    inner = record.node.values.get(key) if isinstance(record.node, Mapping) else None
    value = inner.values.get(item) if isinstance(inner, Mapping) else None
    if isinstance(value, Sequence) and index < len(value.items):
        return value.items[index].place
    return value.place if value is not None else record.place(key, item)


def unknown_department(production: Production) -> Iterator[Problem]:
    """A department is named that crew.yaml does not have."""
    if {"crew", "department"} & production.left_out:
        return
    named: list[Named] = []
    for record in (*production.equipment.values(), *production.transport.values()):
        named += one(record, "department")
    for request in production.requests.values():
        if not isinstance(request.ask, tuple):
            named += one(request.ask, "department")
    yield from unknown("department", named, production.crew, "crew.yaml")


def unknown_vendor(production: Production) -> Iterator[Problem]:
    """An order, equipment, a vehicle, a paper or a request's agency names a vendor that vendors.yaml does not have."""
    if {"vendor", "vendors"} & production.left_out:
        return
    named: list[Named] = []
    for record in (
        *production.equipment.values(),
        *production.transport.values(),
        *production.paperwork.values(),
        *production.orders.values(),
    ):
        named += one(record, "vendor")
    for request in production.requests.values():
        agency = request.asked.agency
        if isinstance(agency, str) and agency not in production.hires and not {"crew", "hire"} & production.left_out:
            named += one(request.asked, "agency")  # somebody of the crew may be one
    yield from unknown("vendor", named, production.vendors, "vendors.yaml")


def unknown_list(production: Production) -> Iterator[Problem]:
    """The daily report goes to a list that lists.yaml does not have."""
    report = production.settings.daily_report
    if report is not None and not {"lists", "distributionlist"} & production.left_out:
        yield from unknown("list", one(report, "to"), production.lists, "lists.yaml")


def unknown_episode(production: Production) -> Iterator[Problem]:
    """A block, a scene, a strip, an order, a deal or a cost names an episode that the series does not have."""
    settings = production.settings
    if {"production", "breakdown", "scene"} & production.left_out:
        return
    blocks = [episode for block in settings.blocks.values() for episode in block]
    known = dict.fromkeys(settings.episodes)
    if not known:
        own = [scene.episode for scene in production.scenes.values()] if settings.kind == "series" else []
        known = dict.fromkeys([*blocks, *own])
    if not known:
        return
    blocks_typed = settings.blocks.items()
    named = [(e, _value_place(settings, "blocks", b, i)) for b, block in blocks_typed for i, e in enumerate(block)]
    if settings.kind != "series":
        named += [place for scene in production.scenes.values() for place in one(scene, "episode")]
    for board in (production.board, *production.boards.values()):
        strips = [strip for _, day in board.days() for strip in day.strips]
        named += [place for strip in (*strips, *board.boneyard) for place in one(strip, "episode")]
    for order in production.orders.values():
        named += [place for record in (order, *order.lines) for place in one(record, "episode")]
    for deal in production.deals.values():
        named += one(deal, "episodes")
    if production.budget is not None:
        accounts = production.budget.accounts.values()
        records = [record for account in accounts for record in (account, *account.lines)]
        shares = production.budget.series.amortise
        named += [(key, shares.place("shares", key)) for key in shares.shares]
        named += [found for record in records for found in one(record, "episode") if found[0] not in (PATTERN, AMORT)]
        named += one(production.budget.series, "pattern")
    named += [found for found in in_ledger(production, "episode") if found[0] != AMORT]
    yield from unknown("episode", named, known, "the series")


def in_ledger(production: Production, column: str) -> list[Named]:
    """Each word of a column of the ledger, with the first row that has it."""
    first: dict[str, Place] = {}
    for row in production.ledger:
        word = row.cell(column).strip()
        if word and word not in first:
            first[word] = row.place_of(column)
    return list(first.items())


def unknown(what: str, named: Iterable[Named], known: Collection[str], where: str) -> Iterator[Problem]:
    """A problem for each id that is not known; only one when there are none to know yet."""
    strange = sorted(((name, place) for name, place in named if name not in known), key=lambda n: n[1])
    names = list(known)
    if strange and not names:
        name, place = strange[0]
        more = f", and {len(strange) - 1} more are named" if len(strange) > 1 else ""
        yield Problem(f"unknown-{what}", place, f"there is no {what} {name}{more}", f"{where} has none yet")
        return
    has = f"{where} has {', '.join(names[:10])}{' …' if len(names) > 10 else ''}"
    for name, place in strange:
        hint = meant(name, names, has)
        yield Problem(f"unknown-{what}", place, f"there is no {what} {name}", hint)


CHECKS = (unknown_person, unknown_department, unknown_vendor, unknown_list, unknown_episode)
