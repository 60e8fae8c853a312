"""The calendar invitation that goes with a hold, an offer, a confirmation or a release: one event, of all its dates.

iTIP, RFC 5546: a message is about one UID. The UID stays for good: production, request, person. The sequence
rises only by news: a revision of the request, a booking, a release; so it is counted, and remembered nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pmkit.model.answer import Answer
from pmkit.model.production import Production
from pmkit.model.request import INVITED, Request
from pmkit.reports.date_words import in_words
from pmkit.reports.request import Letter, rank_words
from pmkit.rollup import bookings

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Everything a calendar is told: the method (`REQUEST`, `CANCEL`), and one event with its dates, in order.

    The dates need not follow each other. Where some are booked and others only held, `firm` are the
    booked ones, which stand as CONFIRMED under `firm_summary` in an event that is TENTATIVE.
    """

    uid: str
    method: str
    status: str
    sequence: int
    summary: str
    description: str
    location: str
    name: str
    email: str
    dates: tuple[date, ...]
    firm: tuple[date, ...] = ()
    firm_summary: str = ""


def asking(production: Production, request: Request, letter: Letter) -> Invitation | None:
    """The invitation of a request's own letter; None for a kind that holds nobody.

    What was booked under an earlier revision stays booked, and in the event, until somebody ends it.
    """
    if letter.kind not in INVITED or not request.dates:
        return None
    earlier = [one for one in bookings.of(production, request.name, letter.person) if one.revision < request.revision]
    booked = _booked(earlier)
    return _standing(
        production, request, letter, _asking(request.revision, earlier), set(request.days()) - booked, booked
    )


def telling(production: Production, request: Request, letter: Letter, number: int) -> Invitation | None:
    """The invitation of a notice: the `number`th booking or release of this person, counted from one.

    Where dates stay held or booked the event shrinks to them; where none does, it is cancelled. What no
    calendar was ever told of is not cancelled. `request` is as it had asked them by then.
    """
    acts = bookings.of(production, request.name, letter.person)[:number]
    last = acts[-1]
    asked = set(request.days()) if request.kind in INVITED else set[date]()
    ever = asked | {day for act in acts if act.act == "confirmed" for day in act.booked()}
    held, booked = left(production, request, letter.person, number)
    sequence = _telling(acts)
    touched = set(last.booked())
    if last.act == "released" and not touched & ever:
        return None
    if held or booked:
        return _standing(production, request, letter, sequence, held, booked)
    return _made(production, request, letter, "CANCEL", CANCELLED, sequence, touched & ever or ever)


def left(production: Production, request: Request, person: str, number: int) -> tuple[set[date], set[date]]:
    """The dates that are held, and those that are booked, once the `number`th booking or release is done."""
    acts = bookings.of(production, request.name, person)[:number]
    asked = set(request.days()) if request.kind in INVITED else set[date]()
    booked = _booked(acts)
    freed = {day for act in acts if act.revision >= request.revision for day in act.booked()}
    return asked - booked - freed - _declined(production, request, acts[-1]), booked


def uid_of(production: Production, request: str, person: str) -> str:
    """The name for good of the event that holds a person's dates of a request."""
    return f"{production.settings.code or 'production'}-{request}-{person}@pmkit"


def answered(production: Production, request: Request, person: str, sequence: int) -> tuple[int, bool]:
    """The revision that a reply to an invitation of this sequence is about, and whether that was a notice's.

    A sequence that none of ours has is taken for the one below it.
    """
    acts = bookings.of(production, request.name, person)
    found, notice = 1, False
    for revision in range(1, request.revision + 1):
        if _asking(revision, [one for one in acts if one.revision < revision]) <= sequence:
            found, notice = revision, False
    for number, act in enumerate(acts, 1):
        if act.revision == found and _telling(acts[:number]) <= sequence:
            notice = True
    return found, notice


def _asking(revision: int, earlier: Sequence[Answer]) -> int:
    return revision - 1 + len(earlier)


def _telling(acts: Sequence[Answer]) -> int:
    return acts[-1].revision - 1 + len(acts)


def _booked(acts: Iterable[Answer]) -> set[date]:
    booked: set[date] = set()
    for act in acts:
        booked = booked | set(act.booked()) if act.act == "confirmed" else booked - set(act.booked())
    return booked


def _declined(production: Production, request: Request, last: Answer) -> set[date]:
    """The dates they had said no to by then."""
    said: dict[date, str] = {}
    for one in production.answers_of.get((request.name, last.person), ()):
        if one.act == "answer" and not one.proposed and one.revision == request.revision and one.at <= last.at:
            said.update((day, told.answer) for day, told in one.dates.items())
    return {day for day, word in said.items() if word == "no"}


def _standing(
    production: Production, request: Request, letter: Letter, sequence: int, held: set[date], booked: set[date]
) -> Invitation:
    status = TENTATIVE if held else CONFIRMED
    firm = booked if held else set[date]()
    return _made(production, request, letter, "REQUEST", status, sequence, held | booked, firm)


def _made(
    production: Production,
    request: Request,
    letter: Letter,
    method: str,
    status: str,
    sequence: int,
    dates: Iterable[date],
    firm: Iterable[date] = (),
) -> Invitation:
    asked = f"{rank_words(request)} hold".strip() if request.kind == "hold" else "offer"
    words = {TENTATIVE: asked, CONFIRMED: "confirmed"}.get(status, "released")
    dates, firm = tuple(sorted(dates)), tuple(sorted(firm))
    about = [letter.subject]
    if letter.kind not in INVITED and status != CANCELLED:  # a notice tells what changed, the event what stands
        held = [day for day in dates if day not in firm]
        about = [f"{what}: {in_words(days)}" for what, days in (("confirmed", firm), (words, held)) if days]
    places = list(dict.fromkeys(line.place for line in letter.lines if line.place))
    return Invitation(
        uid=uid_of(production, request.name, letter.person),
        method=method,
        status=status,
        sequence=sequence,
        summary=_summary(letter, words),
        description="\n".join(part for part in (*about, *letter.text) if part),
        location=places[0] if len(places) == 1 else "",
        name=letter.to,
        email=letter.email,
        dates=dates,
        firm=firm,
        firm_summary=_summary(letter, "confirmed") if firm else "",
    )


def _summary(letter: Letter, words: str) -> str:
    whom = f" {letter.asked}" if letter.through else ""
    role = f", {letter.role}" if letter.role else ""
    return f"{letter.production}:{whom} {words}{role}"
