"""Where a request stands: people against dates, what is due first. Delivery, answer and booking each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.request import Request
from pmkit.problems import Fault, Problem
from pmkit.reports import asked
from pmkit.reports.asked import Person
from pmkit.reports.date_words import in_words
from pmkit.reports.request_due import Delivery, Due, due, nobody_left
from pmkit.rollup import answers, board, turns
from pmkit.rollup.answers import DayState, Standing

SEES = frozenset({"public", "set", "contact", "money"})
"""The privacy classes a request's status may show: it is the production office's own."""


@dataclass(frozen=True, slots=True)
class DayHead:
    """A date asked for: the unit's shooting day on it, and how many are free, booked, and waited for."""

    date: date
    weekday: int
    day: str
    yes: int
    maybe: int
    booked: int
    open: int
    week: bool
    month: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One person on one date: the word that counts, the answer and the booking behind it."""

    word: str
    kind: str
    answer: str
    booking: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: who is written to, what became of the mail, the answer on the whole, and each date.

    `paper` is what became of one that was asked for: signed, received.
    """

    id: str
    name: str
    role: str
    through: str
    delivery: str
    delivered: datetime | None
    reminders: int
    answer: str
    answered: datetime | None
    how: str
    terms: str
    paper: str
    note: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """A request as it stands at a moment: its people by dates, counts, and what is due.

    A release is answered by nobody: `told` are those whom its mail reached.
    """

    production: str
    name: str
    kind: str
    what: str
    when: str
    revision: int
    unit: str
    at: datetime
    answer_by: datetime | None
    expires: datetime | None
    days: tuple[DayHead, ...]
    rows: tuple[PersonRow, ...]
    asked: int
    answered: int
    waiting: int
    told: int
    due: tuple[Due, ...]
    legend: tuple[tuple[str, str], ...]


def people(
    production: Production, request: Request, now: datetime, problems: list[Problem] | None = None
) -> list[tuple[Person, Standing]]:
    """Everybody the request is about with how they stand: asked, waiting for a turn, or asked before."""
    noted: list[Problem] = [] if problems is None else problems
    ids = [who for who, _ in asked.ids(production, request, now.date(), noted)]
    ids += [who for who in request.asked.candidates if who not in ids and who not in request.asked.except_]
    ids += [who for name, who in production.answers_of if name == request.name]
    found: dict[str, Person] = {}
    for who in ids:
        person = asked.person(production, request, who)
        if not isinstance(person, Fault):
            found.setdefault(person.id, person)
    return [(one, answers.standing(production, request, one.id, now)) for one in found.values()]


def due_of(production: Production, name: str, now: datetime, deliveries: Mapping[str, Delivery]) -> tuple[Due, ...]:
    """What is due of one request."""
    request = production.requests[name]
    everybody = people(production, request, now)
    coming = turns.come(production, request, now)[1] if request.ranked else ""
    following = next((who for who, _ in everybody if coming in (who.id, *who.deals)), None)
    come = asked.come(production, request, [who.id for who, _ in everybody], _told(deliveries))
    told = [
        (who, how, _told_elsewhere(production, how, deliveries.get(who.id, Delivery()), now))
        for who, how in everybody
        if come is None or who.id in come
    ]
    if told and not any(delivery.state or how.told or how.acts for _, how, delivery in told[-1:]):
        following = None  # who was never asked has not let time run out
    found = due(request, told, following, now)
    out = request.ranked and bool(everybody) and all(how.over for _, how in everybody)
    asked_last = any(delivery.state or how.told or how.acts for _, how, delivery in told[-1:])
    return (*found, nobody_left(request)) if out and asked_last else found


def _told_elsewhere(production: Production, how: Standing, delivery: Delivery, now: datetime) -> Delivery:
    """With what a release request ended, as long as it still asks them: it is for that one to tell."""
    left = [act for act in how.acts if act.ended_by and act.name not in delivery.told]
    for name in {act.ending for act in left}:
        release = production.requests.get(name)
        ids = (
            asked.ids(production, release, now.date(), []) if release is not None and release.kind == "release" else ()
        )
        if how.person in {answers.root_of(production, who) for who, _ in ids}:
            told = (act.name for act in left if act.ending == name)
            delivery = replace(delivery, told=(*delivery.told, *told))
    return delivery


def request_status(
    production: Production, name: str, now: datetime, deliveries: Mapping[str, Delivery]
) -> RequestStatus | Fault:
    """Where one request stands; `now` is the production's wall clock, `deliveries` the mail's state by person."""
    request = production.requests.get(name)
    if request is None:
        known = list(production.requests)
        have = f"there is {', '.join(known)}" if known else "write it with: pmkit request new NAME"
        return Fault(f"there is no request {name[:60]}", meant(name, known, have), "unknown-request")
    everybody = people(production, request, now)
    come = asked.come(production, request, [who.id for who, _ in everybody], _told(deliveries))
    columns = sorted({day.date for _, how in everybody for day in how.days} | set(request.days()))
    rows = tuple(
        _row(request, who, how, deliveries.get(who.id, Delivery()), columns, come is None or who.id in come)
        for who, how in everybody
    )
    counted = [how for who, how in everybody if come is None or who.id in come]
    words = {mark.kind for row in rows for mark in row.marks}
    return RequestStatus(
        production=production.settings.title,
        name=name,
        kind=request.kind,
        what=_what(request),
        when=in_words(request.days()),
        revision=request.revision,
        unit=production.settings.units.get(request.unit, request.unit),
        at=now,
        answer_by=request.respond_by if request.kind != "release" else None,
        expires=request.expires if request.kind == "hold" else None,
        days=tuple(_head(production, request, columns, n, rows) for n in range(len(columns))),
        rows=rows,
        asked=len(counted),
        answered=sum(bool(how.answer) or how.done is not None for how in counted),
        waiting=sum(how.open for how in counted) if request.waits else 0,
        told=sum(row.delivery == "sent" for row in rows),
        due=due_of(production, name, now, deliveries),
        legend=tuple(pair for pair in _LEGEND if pair[0] in words),
    )


_LEGEND = (
    ("confirmed", "booked"),
    ("hold", "hold, with its rank"),
    ("yes", "free"),
    ("counter", "free on other terms"),
    ("maybe", "maybe"),
    ("no", "not free"),
    ("released", "released by us"),
    ("expired", "ran out"),
    ("open", "no answer yet"),
)


def _what(request: Request) -> str:
    words = {"document": request.document, "dealmemo": "deal memo", "custom": request.subject}.get(request.kind, "")
    rank = {1: "first", 2: "second", 3: "third"}.get(request.rank or 0, "")
    kind = f"{rank} hold".strip() if request.kind == "hold" else request.kind
    role = request.role or request.asked.role
    heads = f"{request.asked.heads} " if request.asked.heads is not None else ""
    return ": ".join(part for part in (words or kind, f"{heads}{role}".strip()) if part)


def _row(
    request: Request, person: Person, how: Standing, delivery: Delivery, columns: list[date], come: bool
) -> PersonRow:
    by_date = {day.date: day for day in how.days}
    open_ = request.days() if request.kind != "release" else ()
    ids = (*request.asked.candidates,)
    place = next((n for n, who in enumerate(ids, 1) if who in person.deals or who == person.id), 0)
    role = f"{place}. {person.role}".strip() if request.ranked and place else person.role
    terms = [f"wants {how.rate}" for _ in (1,) if how.rate is not None]
    paper = "" if how.done is None else "signed" if request.kind == "dealmemo" else "received"
    terms += [f"{paper} {how.done.isoformat()}" for _ in (1,) if how.done is not None]
    terms += [f"challenged: by {how.challenge:%Y-%m-%d %H:%M}" for _ in (1,) if how.challenge is not None]
    if how.old is not None:
        same = how.old.revision == how.revision
        terms.append(
            f"answered when the rate was {how.old.offered}" if same else f"answered revision {how.old.revision}"
        )
    terms += list(dict.fromkeys(words for day in how.days if (words := _terms(day))))
    return PersonRow(
        id=person.id,
        name=person.name,
        role=role,
        through=person.to if person.to != person.name else "",
        delivery=delivery.state or _undelivered(request, how, come),
        delivered=delivery.at,
        reminders=delivery.reminders,
        answer=how.answer,
        answered=how.answered_at,
        how=how.how,
        terms=" · ".join(terms),
        paper=paper,
        note=how.note,
        marks=tuple(_mark(by_date.get(day) if come else DayState(day), day in open_) for day in columns),
    )


def _undelivered(request: Request, how: Standing, come: bool) -> str:
    if not come:
        return "waits" if request.ranked else "not asked"
    return "by phone" if how.answer else "not sent"


def _told(deliveries: Mapping[str, Delivery]) -> set[str]:
    return {who for who, delivery in deliveries.items() if delivery.state}


def _terms(day: DayState) -> str:
    if day.from_ is not None or day.until is not None:
        start = f"from {day.from_}" if day.from_ is not None else ""
        end = f"until {day.until}" if day.until is not None else ""
        return f"{day.date.day}: {start} {end}".replace("  ", " ").strip()
    return f"{day.date.day}: {day.heads} heads" if day.heads is not None else ""


def _mark(state: DayState | None, wanted: bool) -> Mark:
    if state is None or (not wanted and not state.booking):
        return Mark("", "none", "", "")
    booking, answer = state.booking, state.answer
    if booking == "confirmed":
        return Mark("BOOKED", "confirmed", answer, booking)
    if booking == "hold":
        return Mark(f"hold {state.rank or ''}".strip(), "hold", answer, f"hold {state.rank or ''}".strip())
    if booking in ("released", "expired"):
        return Mark(booking, booking, answer, booking)
    if booking == "declined":
        return Mark("no", "no", answer or "no", booking)
    return Mark(answer or "·", answer or "open", answer, booking)


def _head(
    production: Production, request: Request, columns: list[date], index: int, rows: Iterable[PersonRow]
) -> DayHead:
    day = columns[index]
    before = columns[index - 1] if index else None
    numbered = board.day_on(production, day, request.unit or board.main_unit(production))
    kinds = [row.marks[index].kind for row in rows if row.delivery not in ("waits", "not asked")]
    return DayHead(
        date=day,
        weekday=day.weekday(),
        day=str(numbered.number) if numbered is not None else "",
        yes=kinds.count("yes") + kinds.count("counter") + kinds.count("hold") + kinds.count("confirmed"),
        maybe=kinds.count("maybe"),
        booked=kinds.count("confirmed"),
        open=kinds.count("open"),
        week=before is not None and day.isocalendar()[:2] != before.isocalendar()[:2],
        month=before is None or (day.year, day.month) != (before.year, before.month),
    )
