"""What a person is told of a booking: that it is firm, or that the days are theirs again."""

from __future__ import annotations

from dataclasses import replace

from pmkit.model.answer import Answer
from pmkit.model.production import Production
from pmkit.model.request import Request
from pmkit.reports.asked import Person
from pmkit.reports.date_words import in_words
from pmkit.reports.request import Letter, basis_of, letter_to


def notice(production: Production, request: Request, person: Person, act: Answer) -> Letter:
    """The letter that tells of one booking (`confirmed`) or its end (`released`); the rate is the agreed one."""
    days = act.booked()
    when = in_words(days)
    letter = letter_to(production, request, person, days)
    through = person.to != person.name
    code = production.settings.code or production.settings.title
    whom = f" for {person.name}" if through else ""
    firm = act.act == "confirmed"
    words = f"confirmed{whom}" if firm else f"release{f' of {person.name}' if through else ''}"
    rate = act.rate or letter.rate if firm else None
    return replace(
        letter,
        kind="confirmation" if firm else "release",
        revision=1,  # a notice takes the place of nothing
        subject=f"{code}: {words}{f', {when}' if when else ''}",
        when=when,
        text=tuple(part for part in (act.note.strip(),) if part),
        rank="",
        rate=rate,
        basis="" if rate is None else basis_of(rate),
        currency="" if rate is None else rate.currency or production.settings.currency,
        answer_by=None,
        answer_at=None,
        expires=None,
    )
