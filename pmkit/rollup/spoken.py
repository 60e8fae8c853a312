"""An answer as people say it on the phone: `yes 5-7 oct, maybe 8, 450/day`, read against the dates asked for.

What can be read in two ways, or not at all, is refused with a hint: a guess would be a booking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pmkit.model.answer import DayAnswer
from pmkit.model.clock import Clock
from pmkit.model.money import Rate
from pmkit.problems import Fault
from pmkit.rollup.spoken_clauses import Clause, clauses_of, exceptions, unclear
from pmkit.rollup.spoken_forms import runs_on, split
from pmkit.rollup.spoken_words import Token, tokens


class Spoken(NamedTuple):
    """What was understood: the answer for each date, or `answer` where no dates are asked for.

    `rate` is what they want; `rank` of the hold they give us; `challenge` by when we must confirm
    or release; `note` their own words after the colon.
    """

    dates: dict[dt.date, DayAnswer]
    answer: str = ""
    rate: Rate | None = None
    rank: int | None = None
    challenge: dt.datetime | None = None
    note: str = ""

    def on(self, *words: str) -> tuple[dt.date, ...]:
        """The dates so answered."""
        return tuple(day for day, said in self.dates.items() if said.answer in words)


def understood(
    text: str, asked: tuple[dt.date, ...], today: dt.date, offered: Rate | None = None, agency: bool = True
) -> Spoken | Fault:
    """What an answer says of the dates asked for, or why it cannot be read.

    A date is in whichever form leaves no doubt among those asked for: `8`, `wed`, `8 oct`, `oct 8th`,
    `2025-10-08`; several with commas, or `5-7`; `all`, `none`, `the rest`. A rate other than the one
    `offered`, or only from or until a time, makes a yes a counter. Heads are only an `agency`'s.
    """
    said, note = split(text)
    if runs_on(note):
        return Fault(f"what stands after the colon may be part of the answer: {note[:40]}", "leave the colon out")
    found: list[Token] = []
    for token in tokens(said, asked, today):
        if isinstance(token, Fault):
            heads = agency and token.message.endswith(" is not asked for")
            return (
                token._replace(hint=f"{token.hint}; so many are heads: 12 heads on 5, 8 heads on 6") if heads else token
            )
        if token.kind == "heads" and not agency:
            return Fault(f"{token.text.strip()!r} counts heads, and one person is asked", "name the dates: 5 and 6 oct")
        if token.kind == "heads" and not token.value:
            return Fault("nobody at all is a no", "say no, or no 6 of one date")
        found.append(token)
    found = exceptions(found)
    if not found:
        return unclear("nothing was said" if not said.strip() else f"{said.strip()[:60]!r} says neither yes nor no")
    whole = _terms(found)
    if isinstance(whole, Fault):
        return whole
    clauses = clauses_of(found)
    if isinstance(clauses, Fault):
        return clauses
    rate, rank, challenge = whole
    if not clauses:
        if challenge is not None:
            return Spoken({}, challenge=challenge, note=note)
        if rate is None and rank is None:
            return unclear("it says neither yes, no nor maybe")
        clauses = [Clause("counter")] if rate is not None else [Clause("yes")]
    if not asked:
        return _without_dates(clauses, rate, note, offered)
    days = _dated(clauses, asked)
    if isinstance(days, Fault):
        return days
    dates = {day: _day(*said_of, rate, offered) for day, said_of in sorted(days.items())}
    return Spoken(dates, rate=rate, rank=rank, challenge=challenge, note=note)


def _terms(found: list[Token]) -> tuple[Rate | None, int | None, dt.datetime | None] | Fault:
    """What is said of the whole: the rate, the rank, the challenge; each once."""
    whole: dict[str, object] = {}
    for token in found:
        if token.kind in ("rate", "rank", "challenge"):
            if token.kind in whole and whole[token.kind] != token.value:
                return Fault(
                    f"two of a kind are said: {whole[token.kind]} and {token.value}",
                    "say one answer at a time: run the command once for each",
                )
            whole[token.kind] = token.value
    rate, rank, challenge = whole.get("rate"), whole.get("rank"), whole.get("challenge")
    assert rate is None or isinstance(rate, Rate)
    assert rank is None or isinstance(rank, int)
    assert challenge is None or isinstance(challenge, dt.datetime)
    return rate, rank, challenge


_Said = tuple[str, dict[str, object]]


def _dated(clauses: list[Clause], asked: tuple[dt.date, ...]) -> dict[dt.date, _Said] | Fault:
    """The answer of each date; a date named twice with different answers is refused."""
    whole = [clause for clause in clauses if clause.every or (clause.empty and not clause.rest)]
    days: dict[dt.date, _Said] = {}
    if whole:
        days = dict.fromkeys(asked, (whole[0].word, whole[0].terms))
        if len({clause.word for clause in whole}) > 1:
            return unclear(f"both {whole[0].word} and {whole[-1].word} are said of all dates")
    named: dict[dt.date, str] = {}
    for clause in clauses:
        for day in clause.days:
            if named.get(day, clause.word) != clause.word:
                return unclear(f"both {named[day]} and {clause.word} are said of {day.day} {day:%b}")
            named[day] = clause.word
            days[day] = (clause.word, clause.terms)
    for clause in clauses:
        if clause.word == "no" and (clause.only or "from" in clause.terms or "until" in clause.terms):
            return unclear(f"a no with {'only' if clause.only else 'a time of day'} can be read in two ways")
    for clause in clauses:
        if clause.rest:
            days.update({day: (clause.word, clause.terms) for day in asked if day not in days})
        if clause.only:
            days.update({day: ("no", {}) for day in asked if day not in days})
    return days


def _day(word: str, terms: dict[str, object], rate: Rate | None, offered: Rate | None) -> DayAnswer:
    start, end, heads = terms.get("from"), terms.get("until"), terms.get("heads")
    assert start is None or isinstance(start, Clock)
    assert end is None or isinstance(end, Clock)
    assert heads is None or isinstance(heads, int)
    other = start is not None or end is not None or (rate is not None and not _same(rate, offered))
    return DayAnswer(answer="counter" if word == "yes" and other else word, from_=start, until=end, heads=heads)


def _same(rate: Rate, offered: Rate | None) -> bool:
    return (
        offered is not None
        and (rate.amount, rate.basis) == (offered.amount, offered.basis)
        and rate.currency in ("", offered.currency)
    )


def _without_dates(clauses: list[Clause], rate: Rate | None, note: str, offered: Rate | None) -> Spoken | Fault:
    words = {clause.word for clause in clauses}
    if len(words) != 1:
        return unclear("yes and no are both said, and the request asks for no dates")
    word = words.pop()
    other = word == "yes" and rate is not None and not _same(rate, offered)
    return Spoken({}, "counter" if other else word, rate=rate, note=note)


def echoed(spoken: Spoken, asked: tuple[dt.date, ...]) -> Iterator[tuple[str, tuple[dt.date, ...]]]:
    """What was understood, for the person to compare: each word with its dates, then the dates left open."""
    for word in ("yes", "counter", "maybe", "no"):
        if days := spoken.on(word):
            yield word, days
    if spoken.dates and (left := tuple(day for day in asked if day not in spoken.dates)):
        yield "not answered", left
