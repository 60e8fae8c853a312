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
from pmkit.rollup.spoken_forms import split
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


class _Clause:
    """One word and the dates it is said of, with the terms that follow it."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.days: list[dt.date] = []
        self.every = self.rest = self.only = False
        self.since: int | None = None  # how many days it had when its heads were said
        self.terms: dict[str, object] = {}

    @property
    def empty(self) -> bool:
        return not (self.days or self.every or self.rest)


def understood(text: str, asked: tuple[dt.date, ...], today: dt.date, offered: Rate | None = None) -> Spoken | Fault:
    """What an answer says of the dates asked for, or why it cannot be read.

    A date is in whichever form leaves no doubt among those asked for: `8`, `wed`, `8 oct`, `oct 8th`,
    `2025-10-08`; several with commas, or `5-7`; `all`, `none`, `the rest`. A rate other than the one
    `offered`, or only from or until a time, makes a yes a counter.
    """
    said, note = split(text)
    found: list[Token] = []
    for token in tokens(said, asked, today):
        if isinstance(token, Fault):
            return token
        found.append(token)
    if not found:
        return _unclear("nothing was said" if not said.strip() else f"{said.strip()[:60]!r} says neither yes nor no")
    whole = _terms(found)
    if isinstance(whole, Fault):
        return whole
    clauses = _clauses(found)
    if isinstance(clauses, Fault):
        return clauses
    rate, rank, challenge = whole
    if not clauses:
        if challenge is not None:
            return Spoken({}, challenge=challenge, note=note)
        if rate is None and rank is None:
            return _unclear("it says neither yes, no nor maybe")
        clauses = [_Clause("counter")] if rate is not None else [_Clause("yes")]
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


def _clauses(found: list[Token]) -> list[_Clause] | Fault:
    """The words with their dates: `yes 5-7, no 8`, or `5-7 yes, 8 no`; never a mixture of the two."""
    kinds = [
        token.kind for token in found if token.kind in ("word", "days", "every", "rest", "only", "heads", "except")
    ]
    if not kinds:
        return []
    if "word" not in kinds:
        # `all`, `10 people on 8`, `only 5-7`, `all except 8` say yes; dates alone say nothing.
        if not {"every", "heads", "only"} & set(kinds):
            return _unclear("dates are named, and neither yes, no nor maybe")
        return _word_first([Token("word", "yes", ""), *found])
    first = next(kind for kind in kinds if kind != "only")
    if first == "word" or kinds[0] == "only":
        return _word_first(found if kinds[0] == "word" else [Token("word", "yes", ""), *found])
    exception = kinds.index("except") if "except" in kinds else len(kinds)
    if kinds.index("word") > exception:  # `all except maybe 8`
        return _word_first([Token("word", "yes", ""), *found])
    return _word_after(found)


def _word_first(found: list[Token]) -> list[_Clause] | Fault:
    clauses: list[_Clause] = []
    before = ""
    word = next(number for number, token in enumerate(found) if token.kind == "word")
    for token in (found[word], *found[:word], *found[word + 1 :]):  # `from 10am yes`: terms may come before
        if token.kind == "word" and before == "rest" and clauses[-1].rest:  # `no 5, the rest yes`
            clauses[-1].rest = False
            clauses.append(_Clause(str(token.value)))
            clauses[-1].rest = True
        elif token.kind == "word" and before == "except":  # `all except maybe 8`
            clauses[-1].word = str(token.value)
        elif token.kind == "word":
            clauses.append(_Clause(str(token.value)))
        elif token.kind in ("rate", "rank", "challenge"):
            continue  # of the whole
        elif token.kind == "except":
            if clauses[-1].empty:
                clauses[-1].every = True
            clauses.append(_Clause("yes" if clauses[-1].word == "no" else "no"))
        else:
            _take(clauses, token)
        before = token.kind
    empty = [clause for clause in clauses if clause.empty]
    if len(clauses) == 1 or not empty:
        return clauses
    if {clause.word for clause in empty} <= {clause.word for clause in clauses if not clause.empty}:
        return [clause for clause in clauses if not clause.empty]  # `yes, free 5-7`: said twice
    if len({clause.word for clause in clauses}) == 1:
        return clauses[:1]
    return _unclear(f"it is not clear which dates {empty[0].word!r} is about")


def _word_after(found: list[Token]) -> list[_Clause] | Fault:
    clauses: list[_Clause] = []
    waiting = [_Clause("")]
    for token in found:
        if token.kind == "word":
            if all(clause.empty for clause in waiting):
                return _unclear(f"it is not clear which dates {token.text!r} is about")
            for clause in waiting:
                clause.word = str(token.value)
            clauses += waiting
            waiting = [_Clause("")]
        elif token.kind == "except":
            return _unclear("it is not clear what the exception is from")
        else:
            terms = token.kind in ("from", "until", "heads")
            _take(clauses if clauses and terms and waiting[-1].empty else waiting, token)
    if any(not clause.empty for clause in waiting):
        return _unclear("the last dates have no answer")
    return clauses


def _take(clauses: list[_Clause], token: Token) -> None:
    """Dates and terms of the clause that is being said; other heads begin a clause of their own."""
    clause = clauses[-1]
    match token.kind:
        case "days":
            assert isinstance(token.value, tuple)
            clause.days += token.value
        case "every":
            clause.every = True
        case "rest":
            clause.rest = True
        case "only":
            clause.only = True
        case "heads" if clause.since is not None:
            other = _Clause(clause.word)
            if clause.since:  # `5-7 12 heads, 8 10 heads`: what was named since has these
                other.days, clause.days = clause.days[clause.since :], clause.days[: clause.since]
            other.since, other.terms["heads"] = clause.since and len(other.days), token.value
            clauses.append(other)
        case "from" | "until" | "heads":
            clause.terms[token.kind] = token.value
            if token.kind == "heads":
                clause.since = len(clause.days)


_Said = tuple[str, dict[str, object]]


def _dated(clauses: list[_Clause], asked: tuple[dt.date, ...]) -> dict[dt.date, _Said] | Fault:
    """The answer of each date; a date named twice with different answers is refused."""
    whole = [clause for clause in clauses if clause.every or (clause.empty and not clause.rest)]
    days: dict[dt.date, _Said] = {}
    if whole:
        days = dict.fromkeys(asked, (whole[0].word, whole[0].terms))
        if len({clause.word for clause in whole}) > 1:
            return _unclear(f"both {whole[0].word} and {whole[-1].word} are said of all dates")
    named: dict[dt.date, str] = {}
    for clause in clauses:
        for day in clause.days:
            if named.get(day, clause.word) != clause.word:
                return _unclear(f"both {named[day]} and {clause.word} are said of {day.day} {day:%b}")
            named[day] = clause.word
            days[day] = (clause.word, clause.terms)
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


def _without_dates(clauses: list[_Clause], rate: Rate | None, note: str, offered: Rate | None) -> Spoken | Fault:
    words = {clause.word for clause in clauses}
    if len(words) != 1:
        return _unclear("yes and no are both said, and the request asks for no dates")
    word = words.pop()
    other = word == "yes" and rate is not None and not _same(rate, offered)
    return Spoken({}, "counter" if other else word, rate=rate, note=note)


def _unclear(message: str) -> Fault:
    return Fault(message, "say: yes, no, maybe 8, yes 5-7 oct, yes except 8, 450/day; free words after a colon")


def echoed(spoken: Spoken, asked: tuple[dt.date, ...]) -> Iterator[tuple[str, tuple[dt.date, ...]]]:
    """What was understood, for the person to compare: each word with its dates, then the dates left open."""
    for word in ("yes", "counter", "maybe", "no"):
        if days := spoken.on(word):
            yield word, days
    if spoken.dates and (left := tuple(day for day in asked if day not in spoken.dates)):
        yield "not answered", left
