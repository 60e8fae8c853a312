"""The calendar invitation that goes with a hold, an offer, a confirmation or a release: an event a block of dates.

iTIP, RFC 5546. The UID stays for good: production, request, person, block. The sequence rises only by news: a
revision of the request, a booking, a release; so it is counted, and remembered nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pmkit.model.answer import Answer
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.reports.request import Letter

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
INVITED = frozenset({"hold", "offer"})
"""The kinds that stand in a calendar before anything is confirmed; a question does not."""


@dataclass(frozen=True, slots=True)
class Block:
    """One event: its name for good, and its dates, in order. They need not follow each other."""

    uid: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """Everything a calendar is told: the method (`REQUEST`, `CANCEL`), the state, and an event a block."""

    method: str
    status: str
    sequence: int
    summary: str
    description: str
    location: str
    name: str
    email: str
    blocks: tuple[Block, ...]


def asking(production: Production, request: Request, letter: Letter) -> Invitation | None:
    """The invitation of a request's own letter; None for a kind that holds nobody."""
    if letter.kind not in INVITED or not request.dates:
        return None
    earlier = [one for one in _acts(production, request, letter.person) if one.revision < request.revision]
    blocks = _blocks(production, request, letter.person, set(request.days()))
    return _made(request, letter, "REQUEST", TENTATIVE, request.revision - 1 + len(earlier), blocks)


def telling(production: Production, request: Request, letter: Letter, number: int) -> Invitation | None:
    """The invitation of a notice: the `number`th booking or release of this person, counted from one.

    Where dates of a block stay booked the event shrinks to them; where none does, it is cancelled. What no
    calendar was ever told of is not cancelled.
    """
    acts = _acts(production, request, letter.person)[:number]
    booked: set[date] = set()
    invited = set(request.days()) if request.kind in INVITED else set[date]()
    for act in acts:
        days = set(act.booked())
        invited |= days if act.act == "confirmed" else set()
        booked = booked | days if act.act == "confirmed" else booked - days
    touched = set(acts[-1].booked())
    sequence = acts[-1].revision - 1 + number
    standing = _blocks(production, request, letter.person, booked, touched)
    if standing:
        return _made(request, letter, "REQUEST", CONFIRMED, sequence, standing)
    gone = _blocks(production, request, letter.person, touched & invited, touched & invited)
    return _made(request, letter, "CANCEL", CANCELLED, sequence, gone) if gone else None


def uid_of(production: Production, request: str, person: str, number: int) -> str:
    """The name for good of the event of a person's `number`th block of dates, counted from one."""
    return f"{production.settings.code or 'production'}-{request}-{person}-{number}@pmkit"


def _acts(production: Production, request: Request, person: str) -> list[Answer]:
    mine = production.answers_of.get((request.name, person), ())
    return [one for one in mine if one.act in ("confirmed", "released")]


def _blocks(
    production: Production, request: Request, person: str, days: set[date], touched: set[date] | None = None
) -> tuple[Block, ...]:
    """The blocks of dates as typed in the request, each with those of its dates that count."""
    found = []
    seen: set[date] = set()
    for number, stretch in enumerate(request.dates, 1):
        whole = [day for day in stretch.days() if day not in seen]
        seen.update(whole)
        dates = tuple(day for day in whole if day in days)
        if dates and (touched is None or touched & set(whole)):
            found.append(Block(uid_of(production, request.name, person, number), dates))
    return tuple(found)


def _made(
    request: Request, letter: Letter, method: str, status: str, sequence: int, blocks: Iterable[Block]
) -> Invitation:
    what = {TENTATIVE: f"{letter.rank} hold".strip() if letter.kind == "hold" else "offer", CONFIRMED: "confirmed"}
    words = what.get(status, "released")
    whom = f" {letter.asked}" if letter.through else ""
    role = f", {letter.role}" if letter.role else ""
    places = list(dict.fromkeys(line.place for line in letter.lines if line.place))
    return Invitation(
        method=method,
        status=status,
        sequence=sequence,
        summary=f"{letter.production}:{whom} {words}{role}",
        description="\n".join(part for part in (letter.subject, *letter.text) if part),
        location=places[0] if len(places) == 1 else "",
        name=letter.to,
        email=letter.email,
        blocks=tuple(blocks),
    )
