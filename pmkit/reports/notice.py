"""What a person is told of a booking: that it is firm, or that the days are theirs again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pmkit.model.answer import Answer
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.reports.asked import Person
from pmkit.reports.date_words import in_words
from pmkit.reports.invitation import left
from pmkit.reports.request import Letter, Line, basis_of, letter_to
from pmkit.rollup import answers

_ALSO = "This goes with the mail about the release, and brings one more entry of your calendar up to date."


def notice(
    production: Production,
    request: Request,
    person: Person,
    act: Answer,
    number: int = 0,
    as_asked: Request | None = None,
) -> Letter:
    """The letter that tells of one booking (`confirmed`) or its end (`released`); the rate is the agreed one.

    As the `number`th of them it also says what stays held or booked, of the request `as_asked` by then.
    """
    days = act.booked()
    when = in_words(days)
    letter = letter_to(production, request, person, days)
    through = person.to != person.name
    code = production.settings.code or production.settings.title
    whom = f" for {person.name}" if through else ""
    firm = act.act == "confirmed"
    stays = _stays(production, as_asked or request, person, letter.rank, days, number) if number else ""
    words = f"confirmed{whom}" if firm else f"release{f' of {person.name}' if through else ''}"
    rate = act.rate or letter.rate if firm else None
    return replace(
        letter,
        lines=tuple(_counted(production, request, person, letter.lines)) if firm else letter.lines,
        kind="confirmation" if firm else "release",
        revision=1,  # a notice takes the place of nothing
        subject=f"{code}: {words}{f', {when}' if when else ''}",
        when=when,
        text=tuple(part for part in (act.note.strip(), stays, _ALSO if act.ended_by else "") if part),
        rank="",
        rate=rate,
        basis="" if rate is None else basis_of(rate),
        currency="" if rate is None else rate.currency or production.settings.currency,
        answer_by=None,
        answer_at=None,
        expires=None,
        expires_at=None,
    )


def _stays(
    production: Production, request: Request, person: Person, rank: str, told: Iterable[date], number: int
) -> str:
    """What stays as it was beside the dates that are told of: the hold, what was booked before."""
    held, booked = left(production, request, person.id, number)
    parts = []
    if booked - {*told}:
        parts.append(f"the booking on {in_words(sorted(booked - {*told}))}")
    if held - {*told} and request.kind == "hold":
        parts.append(f"the {f'{rank} hold'.strip()} on {in_words(sorted(held - {*told}))}")
    words = " and ".join(parts)
    return f"{words[0].upper()}{words[1:]} {'stay' if len(parts) > 1 else 'stays'} as before." if parts else ""


def _counted(production: Production, request: Request, person: Person, lines: Iterable[Line]) -> Iterator[Line]:
    """The dates with how many heads of an agency are booked: as many as it said, else as many as were asked for."""
    said = {day.date: day.heads for day in answers.standing(production, request, person.id).days}
    for line in lines:
        heads = said.get(line.date) or person.heads
        words = f"{heads} {person.role or 'people'}" if heads is not None else ""
        yield replace(line, note=", ".join(part for part in (words, line.note) if part))
