"""A batch request as personal letters: to whom, for which days, at which rate, and by when to answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pmkit.model.cast import CastMember
from pmkit.model.clock import DAY, Clock
from pmkit.model.money import Rate
from pmkit.model.office import Vendor
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.request import ANSWERED, DEAL, Request
from pmkit.problems import Fault, Place, Problem
from pmkit.reports import asked, release, request_faults
from pmkit.reports.asked import Person
from pmkit.reports.date_words import in_words as in_words
from pmkit.reports.signer import Signer as Signer, signer
from pmkit.rollup import answers, board
from pmkit.rollup.strips import Strips

_RANKS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@dataclass(frozen=True, slots=True)
class Line:
    """One date asked for: the unit's day number and where it shoots, as far as the board knows."""

    date: date
    day: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One way to answer with a tap: its word and the address it opens."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's letter, complete.

    `to` and `email` are whom it is written to, `person` and `asked` (a name) whom it asks; they
    differ when an agent or guardian is written to. `when` is the dates in words. `rate` is per
    `basis` (`a day`, `flat`), in `currency`. `answer_by` is a date with the time `answer_at` in
    `zone`. `rank` is a hold's, in words; it runs out at `expires`, with a time (`expires_at`) where that is
    not the end of the day. An agency is asked for so many
    `heads`. A `copy` is what an artist gets of the agent's letter. `links` answer it with a tap; `memos`
    are the file names of the deal memos that go along. A `reminder` is the letter again, so many times.
    """

    name: str
    kind: str
    revision: int
    person: str
    asked: str
    to: str
    email: str
    subject: str
    production: str
    role: str
    when: str
    lines: tuple[Line, ...]
    text: tuple[str, ...]
    signer: Signer
    rank: str = ""
    document: str = ""
    rate: Rate | None = None
    basis: str = ""
    currency: str = ""
    answer_by: date | None = None
    answer_at: Clock | None = None
    zone: str = ""
    heads: int | None = None
    copy: bool = False
    expires: datetime | None = None
    expires_at: Clock | None = None
    links: tuple[Link, ...] = ()
    memos: tuple[str, ...] = ()
    reminder: int = 0

    @property
    def through(self) -> bool:
        """Whether somebody else is written to than the person asked."""
        return self.to != self.asked

    @property
    def answered(self) -> bool:
        """Whether each date is answered with yes, no or maybe."""
        return self.kind in ANSWERED


def letters(
    production: Production, name: str, today: date, told: Mapping[str, Collection[str]] | None = None
) -> tuple[tuple[Letter, ...], tuple[Problem, ...]]:
    """The letters of requests/NAME.yaml, in the order asked, each person once, and what is wrong with them.

    A person without an address gets no letter: that is an error. A rate that is not known is
    left out, with a warning. `told` are the releases of which somebody has the mail (`NAME/1`), by person: a
    later revision does not tell of them again.
    """
    request = production.requests.get(name)
    if request is None:
        known = list(production.requests)
        have = f"there is {', '.join(known)}" if known else "write it: requests/NAME.yaml"
        place = Place(f"requests/{name}.yaml" if name.replace("-", "").replace("_", "").isalnum() else "requests")
        hint = meant(name, known, have)
        return (), (Problem("unknown-request", place, f"there is no request {name[:60]}", hint),)
    problems = [*request_faults.faults(production, request, today)]
    found: dict[str, Letter] = {}
    strips = Strips(production)
    lines = tuple(_line(production, request, strips, day) for day in request.days())
    for who, place in asked.ids(production, request, today, problems):
        someone = asked.person(production, request, who)
        if isinstance(someone, Fault):
            problems.append(someone.at(place))
        elif someone.id not in found:
            if not someone.email:
                problems.append(_no_address(production, request, someone))
                continue
            if request.kind == "release":
                had = (told or {}).get(someone.id, ())
                about, as_held = release.concerning(production, request, someone, had)
                found[someone.id] = letter_to(production, about, as_held, about.days())
            else:
                found[someone.id] = _letter(production, request, someone, lines, problems)
            if copied(request, someone):
                found[f"{someone.id}/copy"] = replace(found[someone.id], to=someone.name, email=someone.own, copy=True)
    return tuple(found.values()), tuple(problems)


def copied(request: Request, person: Person) -> bool:
    """Whether an artist gets a copy of what the agent is written; a child never does."""
    return request.copy and bool(person.own) and person.own.casefold() != person.email.casefold()


def _no_address(production: Production, request: Request, person: Person) -> Problem:
    if person.record.given("email") and not getattr(
        person.record, "email", ""
    ):  # it stands there and could not be read, which validate says
        message = f"the e-mail address of {person.name} is no address, so there is no letter"
        return Problem("no-address", person.record.place("email"), message, "mend it")
    message = f"{person.name} has no e-mail address, and gets no letter"
    kinds = {CastMember: "cast.yaml", Vendor: "vendors.yaml"}
    file = kinds.get(type(person.record), "crew.yaml")
    minor = isinstance(person.record, CastMember) and person.record.minor is not None
    what = "the agent's or guardian's email" if minor else "email"
    hint = f"add {what} in {file} or private/{file}"
    if not production.has_private:
        hint = f"it may stand in private/{file}, which is not here; else {hint}"
    if request.asked.department or request.asked.works is not None:
        hint += f"; or do not ask them: except: [{person.id}]"
    return Problem("no-address", person.record.place(), message, hint)


def letter_to(production: Production, request: Request, person: Person, days: Iterable[date]) -> Letter:
    """The letter to one person about some dates, whatever is missing in it."""
    strips = Strips(production)
    return _letter(production, request, person, tuple(_line(production, request, strips, day) for day in days), [])


def _letter(
    production: Production, request: Request, person: Person, lines: tuple[Line, ...], problems: list[Problem]
) -> Letter:
    """One letter with all it says."""
    settings = production.settings
    rate = _rate(production, request, person, problems)
    when = in_words(request.days())
    standing = answers.standing(production, request, person.id)
    due = standing.due
    return Letter(
        name=request.name,
        kind=request.kind,
        revision=request.revision,
        person=person.id,
        asked=person.name,
        to=person.to,
        email=person.email,
        subject=f"{settings.code or settings.title}: {_subject(request, person, when)}",
        production=settings.title,
        role=person.role,
        when=when,
        lines=lines,
        text=tuple(part.strip("\n") for part in request.text.split("\n\n") if part.strip()),
        signer=signer(production),
        rank=rank_words(request),
        document=request.document,
        rate=rate,
        basis="" if rate is None else basis_of(rate),
        currency="" if rate is None else rate.currency or settings.currency,
        answer_by=due.date() if due else None,
        answer_at=Clock(due.hour * 60 + due.minute) if due else None,
        zone=settings.timezone.rpartition("/")[2].replace("_", " "),
        heads=person.heads,
        expires=standing.expires,
        expires_at=_time_of(standing.expires),
    )


def _subject(request: Request, person: Person, when: str) -> str:
    """What the mail is about, in a line; the person's name when an agent reads it."""
    if request.subject:
        return request.subject
    through = person.to != person.name
    on = f", {when}" if when else ""
    match request.kind:
        case "availability":
            if person.heads is not None:
                return f"{person.heads} {person.role or 'people'}{on}"
            return f"{f'is {person.name}' if through else 'are you'} free {when}?"
        case _ if person.heads is not None:
            words = f"{request.kind}: {person.heads} {person.role or 'people'}"
        case "hold":
            words = f"{rank_words(request)} hold".strip() + (f" for {person.name}" if through else "")
        case "offer":
            words = f"offer for {person.name}" if through else f"offer as {person.role}" if person.role else "offer"
        case "dealmemo":
            words = "deal memo" + (f" for {person.name}" if through else "")
        case "document":
            words = f"please send {request.document}" + (f" for {person.name}" if through else "")
        case "release":
            words = f"release of {person.name}" if through else "release"
        case _:
            words = request.name.replace("-", " ").replace("_", " ") + (f" for {person.name}" if through else "")
    return words + on


def rank_words(request: Request) -> str:
    """A hold's rank in words: `first`; empty for none."""
    return _RANKS.get(request.rank or 0, "")


def offered(production: Production, request: Request, person: Person) -> Rate | None:
    """The rate a request names to somebody, as far as it is known here."""
    return _rate(production, request, person, [])


def _rate(production: Production, request: Request, person: Person, problems: list[Problem]) -> Rate | None:
    """The rate the letter names; its absence is told when one was wanted."""
    if request.rate is None or request.kind in ("release", "document"):
        return None
    if isinstance(request.rate, Rate):
        return request.rate
    assert request.rate == DEAL
    for key in person.deals:
        deal = production.deals.get(key)
        if deal is not None and deal.rate is not None:
            return deal.rate
    message = f"the letter to {person.name} names no rate: private/deals.yaml has none"
    hint = f"add {person.deals[0]}: {{rate: …}} to private/deals.yaml"
    if not production.has_private:
        message = "the letters name no rate: private/, where the deals are, is not here"
        hint = "send from a clone that has private/"
    problem = Problem("no-rate", request.place("rate"), message, hint, "warning")
    if problem not in problems:
        problems.append(problem)
    return None


def _time_of(moment: datetime | None) -> Clock | None:
    """The time of day of a moment; none for a date alone, whose last minute it is."""
    time = Clock(moment.hour * 60 + moment.minute) if moment is not None else None
    return time if time != DAY - 1 else None


def basis_of(rate: Rate) -> str:
    """What a rate is for: `a day`, `an hour`, `flat`."""
    return "flat" if rate.basis == "flat" else f"{'an' if rate.basis[0] in 'eh' else 'a'} {rate.basis}"


def _line(production: Production, request: Request, strips: Strips, day: date) -> Line:
    """A date with what the board knows of it."""
    unit = request.unit or board.main_unit(production)
    numbered = board.day_on(production, day, unit)
    where = [request.location] if request.location else []
    label = ""
    if numbered is not None:
        label = f"{production.settings.units.get(unit, unit)} day {numbered.number}"
        where = where or [strip.location for strip in strips.of(numbered.slot) if strip.kind == "scene"]
    named = [production.locations[key].name for key in dict.fromkeys(where) if key in production.locations]
    return Line(day, label, ", then ".join(named), "holiday" if board.holiday(production, day) else "")
