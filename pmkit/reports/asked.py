"""Whom a request asks, and whom it is written to: people, departments, candidates, who works on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pmkit.model.cast import CastMember
from pmkit.model.crew import Contact, Hire
from pmkit.model.production import Production
from pmkit.model.record import Record, did_you_mean, meant
from pmkit.model.request import Request
from pmkit.problems import Fault, Place, Problem
from pmkit.rollup import answers, turns
from pmkit.rollup.person import working

AGENCY = "agency"
"""The id of an agency that is written out in the request."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody asked: whom it is written to, as what, and the ids a deal may stand under.

    `own` is the address of their own, empty for a child. An answer counts from any of `addresses`.
    An agency is asked for so many `heads`.
    """

    id: str
    name: str
    to: str
    email: str
    role: str
    deals: tuple[str, ...]
    record: Record
    own: str = ""
    addresses: tuple[str, ...] = ()
    heads: int | None = None


def ids(production: Production, request: Request, today: date, problems: list[Problem]) -> Iterator[tuple[str, Place]]:
    """The ids of everybody asked, with the place that names them."""
    asked = request.asked
    if isinstance(request.ask, tuple):
        yield from ((person, request.place("ask", index)) for index, person in enumerate(request.ask))
        return
    left = set(asked.except_)
    if asked.agency:
        yield (asked.agency if isinstance(asked.agency, str) else AGENCY), asked.place("agency")
        return
    for person, place in _asked(production, request, today, problems):
        if person not in left:
            yield person, place


def _asked(
    production: Production, request: Request, today: date, problems: list[Problem]
) -> Iterator[tuple[str, Place]]:
    asked = request.asked
    yield from ((person, asked.place("people", index)) for index, person in enumerate(asked.people))
    there = None
    if asked.works is not None:
        day = asked.works if isinstance(asked.works, date) else today + timedelta(days=asked.works == "tomorrow")
        there = tuple(one.id for one in working(production, day, request.unit))
    for index, key in enumerate(asked.department):
        department = production.crew.get(key)
        place = asked.place("department", index)
        if department is None:
            hint = meant(key, production.crew, f"there is {', '.join(production.crew)}")
            problems.append(Problem("unknown-department", place, f"no department is called {key}", hint))
            continue
        yield from ((hire.id, place) for hire in department.people if there is None or hire.id in there)
    # Of ranked candidates those are asked whose turn has come, when the next comes after them.
    come = turns.come(production, request)[0] if request.ranked else asked.candidates
    yield from ((who, asked.place("candidates", index)) for index, who in enumerate(asked.candidates) if who in come)
    if there is not None and not asked.department:
        yield from ((person, asked.place("works")) for person in there)


def come(production: Production, request: Request, everybody: Iterable[str], told: set[str]) -> set[str] | None:
    """Of everybody those whose turn has come; None when everybody's has. Of a release's candidates those whom it `told`."""
    if request.kind == "release" and request.then == "next" and told:
        return told | {*everybody} - {answers.root_of(production, who) for who in request.asked.candidates}
    if not request.ranked:
        return None
    given = {answers.root_of(production, who) for who in turns.come(production, request)[0]}
    return given | {who for name, who in production.answers_of if name == request.name}


def person(production: Production, request: Request, who: str) -> Person | Fault:
    """Whom to write to about somebody, and as what they are asked."""
    if request.asked.agency:
        return _agency(production, request, who)
    member = production.cast_by_id.get(who)
    if member is not None:
        return _artist(request, member)
    if who not in production.hires:
        close = did_you_mean(who, [*production.hires, *production.cast_by_id])
        hint = (
            f"did you mean {close} ({production.name_of(close)})?" if close else "add them to crew.yaml; hired: false"
        )
        return Fault(f"nobody is called {who}", hint, "unknown-person")
    named = production.hires[who][1]
    root = named.person if named.person in production.hires else named.id
    held = production.hires_of(root)
    role = request.role or request.asked.role
    hire = _hire_meant(held, named, role, request.unit)
    contact = next((h for h in (named, production.hires[root][1], *held) if h.email or h.agent), named)
    name = production.name_of(root)
    to, email = _agent(contact.agent, name, contact.email)
    listed = _listed(*(h.email for h in held), *(h.agent.email for h in held if h.agent is not None))
    deals = (hire.id, named.id, root)
    return Person(root, name, to, email, role or hire.position, deals, contact, contact.email, listed)


def _agency(production: Production, request: Request, who: str) -> Person | Fault:
    """An agency: a vendor, somebody of the crew, or a contact written out in the request."""
    agency, heads, role = request.asked.agency, request.asked.heads, request.role or request.asked.role
    if isinstance(agency, Contact):
        name = agency.company or agency.name
        return Person(
            AGENCY, name, agency.name or name, agency.email, role, (), agency, "", _listed(agency.email), heads
        )
    vendor = production.vendors.get(who)
    if vendor is not None:
        to = vendor.contact or vendor.name
        return Person(who, vendor.name, to, vendor.email, role, (), vendor, "", _listed(vendor.email), heads)
    if who in production.hires:
        hire = production.hires[who][1]
        name = production.name_of(who)
        return Person(
            answers.root_of(production, who), name, name, hire.email, role, (), hire, "", _listed(hire.email), heads
        )
    close = did_you_mean(who, [*production.vendors, *production.hires])
    hint = f"did you mean {close}?" if close else "add it to vendors.yaml, or write {name: …, email: …} after agency:"
    return Fault(f"no agency is called {who}", hint, "unknown-vendor")


def _listed(*addresses: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in addresses if address))


def _hire_meant(held: Iterable[Hire], named: Hire, role: str, unit: str) -> Hire:
    """Of the positions somebody holds the one that is asked for: that role, else that unit's, else the one named."""
    held = list(held)
    for hire in held:
        if role and hire.position.casefold() == role.casefold():
            return hire
    if named.person or not unit:
        return named
    return next((hire for hire in held if unit in hire.unit), named)


def _artist(request: Request, member: CastMember) -> Person:
    """An artist: the agent is written to; for a minor without one, the guardian, never the child."""
    name = member.performer or member.character
    own = member.email if member.minor is None else ""
    to, email = _agent(member.agent, name, own)
    if not email and member.minor is not None:
        to, email = _agent(member.guardian, name, "")
    role = request.role or request.asked.role or member.character
    others = (contact.email for contact in (member.agent, member.guardian) if contact is not None)
    return Person(member.id, name, to, email, role, (member.id,), member, own, _listed(own, *others))


def _agent(agent: Contact | None, name: str, own: str) -> tuple[str, str]:
    if agent is not None and agent.email:
        return agent.name or agent.company or name, agent.email
    return name, own
