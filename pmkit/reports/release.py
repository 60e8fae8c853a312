"""What a request of kind release ends: the holds and bookings of the people it names, whichever request made them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from pmkit.model.crew import Contact
from pmkit.model.dates import in_a_row
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.problems import Fault
from pmkit.reports import asked
from pmkit.reports.asked import AGENCY, Person
from pmkit.rollup import answers

INVITED = frozenset({"hold", "offer"})
"""The kinds that stand in a calendar before anything is confirmed; a question does not."""


class Ending(NamedTuple):
    """The dates that somebody has of a request, and that end."""

    request: Request
    days: tuple[date, ...]


def endings(
    production: Production,
    release: Request,
    person: str,
    earlier: Request | None,
    reached: Collection[str],
    today: date,
) -> tuple[Ending, ...]:
    """All that ends for one person: what is held, booked, said yes to, or stands in their calendar unanswered.

    Only the dates the release names; from `today` on where it names none. A role or unit that it names
    leaves what was for another one. `reached` are the requests whose mail reached them: a hold that was
    never sent is no hold. `earlier` is the release itself as it last asked, when it was a hold or an offer.
    """
    wanted = set(release.days())
    found = []
    for request in _requests(production, release, person, earlier):
        how = answers.standing(production, request, person)
        gone = {*how.on("released", "declined")}
        has = {*how.on("hold", "confirmed"), *how.said("yes", "maybe", "counter")}
        if request.kind in INVITED and request.name in reached:
            has |= set(request.days())
        days = tuple(sorted(day for day in has - gone if (day in wanted if wanted else day >= today)))
        if days:
            found.append(Ending(request, days))
    return tuple(found)


def told(
    production: Production, release: Request, person: str, earlier: Request | None, reached: Collection[str]
) -> tuple[tuple[Request, int], ...]:
    """What a release that was written down ended: each request with the number of that act among its bookings.

    What an earlier revision ended, as far as its mail is not among those that `reached` them (`NAME/1`).
    """
    wanted, now = set(release.days()), f"{release.name}/{release.revision}"
    found = []
    for request in _requests(production, release, person, earlier):
        mine = production.answers_of.get((request.name, person), ())
        acts = [one for one in mine if one.act in ("confirmed", "released")]
        numbers = [
            number
            for number, act in enumerate(acts, 1)
            if act.ending == release.name and (act.ended_by == now or act.ended_by not in reached)
            if not wanted or wanted & set(act.booked())
        ]
        if numbers:
            found.append((request, numbers[-1]))
    return tuple(found)


def _completed(production: Production, release: Request, person: str) -> Request:
    """The release as it concerns one person: role, unit and place as it was held, and the dates, where it names none.

    What differs between the requests that end is left out.
    """
    mine = [
        (production.requests[name], act)
        for (name, who), acts in sorted(production.answers_of.items())
        if who == person and name in production.requests
        for act in acts
        if act.ending == release.name
    ]
    if not mine:
        return release
    days = in_a_row(day for _, act in mine for day in act.booked())
    roles = {_role(request) for request, _ in mine if request.name != release.name}
    units = {request.unit for request, _ in mine if request.name != release.name}
    places = {request.location for request, _ in mine if request.name != release.name}
    return release.but(
        dates=release.dates or days,
        role=_role(release) or (roles.pop() if len(roles) == 1 else ""),
        unit=release.unit or (units.pop() if len(units) == 1 else ""),
        location=release.location or (places.pop() if len(places) == 1 else ""),
    )


def concerning(production: Production, release: Request, person: Person) -> tuple[Request, Person]:
    """The release as it concerns one person, and that person as they were held."""
    about = _completed(production, release, person.id)
    as_held = asked.person(production, about, person.id)
    return about, person if isinstance(as_held, Fault) else as_held


def _requests(production: Production, release: Request, person: str, earlier: Request | None) -> Iterator[Request]:
    """The requests a release may end: a hold or offer that became a release ends itself, any other the rest, by name."""
    yield earlier or release
    if earlier is not None:
        return
    for name, request in sorted(production.requests.items()):
        if request.kind == "release" or name == release.name:
            continue
        role = _role(release) and _role(request) and _role(release).casefold() != _role(request).casefold()
        unit = release.unit and request.unit and release.unit != request.unit
        if not (role or unit) and (person != AGENCY or _agency(release) == _agency(request)):
            yield request


def _role(request: Request) -> str:
    return request.role or request.asked.role


def _agency(request: Request) -> str:
    """The address of an agency that is written out: `agency` is the id of every such one."""
    agency = request.asked.agency
    return agency.email.casefold() if isinstance(agency, Contact) else ""
