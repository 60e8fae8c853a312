"""What a request of kind release ends: the holds and bookings of the people it names, whichever request made them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pmkit.model.answer import Answer
from pmkit.model.crew import Contact
from pmkit.model.dates import in_a_row
from pmkit.model.production import Production
from pmkit.model.request import INVITED, Request
from pmkit.problems import Fault
from pmkit.reports import asked
from pmkit.reports.asked import AGENCY, Person
from pmkit.rollup import answers, bookings


class Ending(NamedTuple):
    """The dates that somebody has of a request, and that end."""

    request: Request
    days: tuple[date, ...]


def endings(
    production: Production,
    release: Request,
    person: str,
    asked: Iterable[Request],
    invited: Collection[str],
    today: date,
) -> tuple[Ending, ...]:
    """All that ends for one person: what is held, booked, said yes to, or stands in their calendar unanswered.

    Only the dates the release names; from `today` on where it names none. `asked` are the requests it may
    end (`may_end`), each as it last asked this person; `invited` those that stand in their calendar: a hold
    that was never sent is no hold.
    """
    wanted = set(release.days())
    found = []
    for request in asked:
        how = answers.standing(production, request, person)
        gone = {*how.on("released", "declined")}
        has = {*how.on("hold", "confirmed"), *how.said("yes", "maybe", "counter")}
        if request.kind in INVITED and request.name in invited:
            has |= set(request.days())
        days = tuple(sorted(day for day in has - gone if (day in wanted if wanted else day >= today)))
        if days:
            found.append(Ending(request, days))
    return tuple(found)


def told(
    production: Production, release: Request, person: str, reached: Collection[str]
) -> tuple[tuple[str, int], ...]:
    """What a release that was written down ended: each request with the number of that act among its bookings.

    What an earlier revision ended, as far as its mail is not among those that `reached` them (`NAME/1`), on
    whatever dates: this one takes its place. One that another clone wrote down as well counts once.
    """
    found = []
    for name in _names(production, release, person):
        numbers: list[int] = []
        ended: set[date] = set()
        for number, act in enumerate(bookings.of(production, name, person), 1):
            days = set(act.booked())
            if act.act == "confirmed":
                ended -= days
            elif _tells(release, act, reached) and not days <= ended:
                numbers, ended = [*numbers, number], ended | days
        if numbers:
            found.append((name, numbers[-1]))
    return tuple(found)


def _tells(release: Request, act: Answer, reached: Collection[str]) -> bool:
    """Whether the mail of a release, of this revision, is what tells of an act."""
    return act.ended_by == release.with_revision or (act.ending == release.name and act.ended_by not in reached)


def _names(production: Production, release: Request, person: str) -> list[str]:
    """The requests of which somebody has bookings or releases, the release itself first."""
    mine = (name for name, who in production.answers_of if who == person and name in production.requests)
    return sorted(mine, key=lambda name: (name != release.name, name))


def concerning(
    production: Production, release: Request, person: Person, reached: Collection[str]
) -> tuple[Request, Person]:
    """The release as it concerns one person, and that person as they were held; `reached` as `told` has it.

    Role, unit and place are as it was held, the dates all that it tells of. What differs between the requests that
    end is left out.
    """
    mine = [
        (production.requests[name], act)
        for name in _names(production, release, person.id)
        for act in bookings.of(production, name, person.id)
        if _tells(release, act, reached)
    ]
    if not mine:
        return release, person
    others = [request for request, _ in mine if request.name != release.name]
    about = release.but(
        dates=in_a_row({*release.days(), *(day for _, act in mine for day in act.booked())}),
        role=_role(release) or _same(map(_role, others)),
        unit=release.unit or _same(request.unit for request in others),
        location=release.location or _same(request.location for request in others),
    )
    as_held = asked.person(production, about, person.id)
    held = (asked.person(production, request, person.id) for request in others)
    roles = {one.role for one in held if not isinstance(one, Fault)}
    who = person if isinstance(as_held, Fault) else as_held
    return about, replace(who, role="") if len(roles) > 1 and not _role(release) else who


def _same(words: Iterable[str]) -> str:
    """What all say; nothing where they differ."""
    found = {*words}
    return found.pop() if len(found) == 1 else ""


def may_end(production: Production, release: Request, person: str) -> Iterator[Request]:
    """The other requests a release may end, by name: none that is for another role, unit or agency than it names."""
    for name, request in sorted(production.requests.items()):
        role = _role(release) and _role(request) and _role(release).casefold() != _role(request).casefold()
        unit = release.unit and request.unit and release.unit != request.unit
        agency = person == AGENCY and _agency(release) != _agency(request)
        if name != release.name and not (role or unit or agency):
            yield request


def _role(request: Request) -> str:
    return request.role or request.asked.role


def _agency(request: Request) -> str:
    """The address of an agency that is written out: `agency` is the id of every such one."""
    agency = request.asked.agency
    return agency.email.casefold() if isinstance(agency, Contact) else ""
