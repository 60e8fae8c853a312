"""Who works on a day without a signed deal memo: a memo is signed before the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pmkit.model.cast import CastMember
from pmkit.model.crew import Hire
from pmkit.model.deal import Deal
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.rollup.person import working


class Unsigned(NamedTuple):
    """Somebody who works on a day: their hire or part, and their deal if there is one."""

    who: Hire | CastMember
    person: str
    deal: Deal | None


def unsigned(production: Production, day: date, unit: str = "") -> Iterator[Unsigned]:
    """Everybody who works on a date, with a unit or with any, and whose memo is not signed by then: cast, then crew."""
    for who in working(production, day, unit):
        if isinstance(who, CastMember):
            deal = production.deals.get(who.id)
        elif who.hired:
            deal = deal_of(production, who)
        else:
            continue
        if not _signed(deal, day):
            yield Unsigned(who, who.id, deal)


def deal_of(production: Production, hire: Hire) -> Deal | None:
    """The deal of a hire: its own, else that of the same person's first."""
    return production.deals.get(hire.id) or production.deals.get(hire.person)


def deals_asked(production: Production, request: Request, person: str) -> tuple[Deal, ...]:
    """The deals of a person whose memos a request is about: of each hire that it names, else of all of them."""
    asked = request.asked
    hires = production.hires_of(person)
    listed = [production.crew[key] for key in asked.department if key in production.crew]
    named = {*asked.people, *asked.candidates, *(hire.id for department in listed for hire in department.people)}
    named -= set(asked.except_)
    keys = [hire.id for hire in hires if hire.id in named] or [hire.id for hire in hires] or [person]
    own = {hire.id: hire for hire in hires}
    found = [deal_of(production, own[key]) if key in own else production.deals.get(key) for key in keys]
    return tuple({deal.key: deal for deal in found if deal is not None}.values())


def _signed(deal: Deal | None, day: date) -> bool:
    return deal is not None and deal.signed is not None and deal.signed <= day
