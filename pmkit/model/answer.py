"""Answers and bookings (private/answers/): what was said and done about a request, a file each, only ever added to."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pmkit.model import dates as d, kinds as k
from pmkit.model.clock import Clock
from pmkit.model.money import Rate
from pmkit.model.record import Record, field
from pmkit.problems import Fault

WORDS = ("yes", "no", "maybe", "counter")
ACTS = ("answer", "asked", "hold", "confirmed", "released", "declined", "expired", "challenged", "signed", "received")
BOOKINGS = ("hold", "confirmed", "released", "declined", "expired")
HOWS = ("phone", "mail", "calendar", "link", "text", "in person", "office")


def _instant(text: str) -> dt.datetime | Fault:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", text.strip(), re.ASCII):
        try:
            return dt.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
        except ValueError:
            pass
    return Fault(f"{text[:40]} is not a moment in UTC", "write 2025-10-14T17:31:05Z", "bad-date")


def answer_name(text: str) -> str | Fault:
    """The name of an answer's file: the request, the person, and the digest of what it says."""
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,160}", text):
        return text
    return Fault(f"{text[:60]!r} is no name of an answer", "small letters, figures, hyphens", "bad-id")


def _heads(text: str) -> int | Fault:
    if re.fullmatch(r"[0-9]{1,5}", text.strip()):
        return int(text)
    return Fault(f"{text[:20]} is not a head count", "write figures: 12", "bad-number")


heads = k.Value(_heads, "a head count: 12")
instant = k.Value(_instant, "a moment in UTC: 2025-10-14T17:31:05Z")


class DayAnswer(Record):
    """The answer for a date: yes, no, maybe, or a counter with the terms it would take.

    `from` and `until` are times of that day; `heads` how many an agency can send.
    """

    answer: str = field(k.OneOf(*WORDS), "contact")
    rate: Rate | None = field(k.rate, "money", default=None)
    from_: Clock | None = field(k.clock_time, "contact", default=None)
    until: Clock | None = field(k.clock_time, "contact", default=None)
    heads: int | None = field(heads, "contact", default=None)

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """The short form: the word alone."""
        if text.strip() in WORDS:
            return {"answer": text.strip()}
        return Fault(f"{text[:40]} is not one of {', '.join(WORDS)}", "", "unknown-word")


class Answer(Record):
    """An answer: what somebody who was asked said, or what the production did about their booking.

    `act` is `answer` for what they said (`dates`, or `answer` where no dates were asked for), else
    what was done: `asked` (a candidate whose turn came, to answer by `due`), a booking (`hold` of a
    `rank`, running out at `due`; `confirmed`, `released`, `declined`, `expired`) on `days`,
    `challenged` (confirm or release by `due`), `signed` and `received` (a paper, `on` a day). `at` is
    when, in UTC; `due` is in the production's zone. A `proposed` answer was read in a mail and
    counts for nothing until somebody settles it: the answer that does names it in `settles` (and is
    itself `proposed` where it only sets it aside). `doubt` is why somebody must look at it first. `ended_by` is
    the request of kind release that ended a booking, with its revision: `grips-release/1`.
    """

    name: str = field(k.Value(answer_name, "an answer's name"), "public", default="", from_key=True)
    request: str = field(k.text, "public")
    person: str = field(k.ident, "public")
    revision: int = field(k.integer, "public", default=1)
    at: dt.datetime = field(instant, "public")
    act: str = field(k.OneOf(*ACTS), "public", default="answer")
    dates: dict[dt.date, DayAnswer] = field(k.MappingOf(k.day, k.Of(DayAnswer)), "contact", default={})
    answer: str = field(k.OneOf(*WORDS), "contact", default="")
    days: tuple[d.DateRange, ...] = field(k.day_ranges, "public", default=())
    rate: Rate | None = field(k.rate, "money", default=None)
    offered: Rate | None = field(k.rate, "money", default=None, note="the rate that was named to them")
    rank: int | None = field(k.integer, "contact", default=None)
    due: dt.datetime | None = field(k.moment, "public", default=None)
    on: dt.date | None = field(k.day, "public", default=None)
    note: str = field(k.text, "contact", default="")
    how: str = field(k.OneOf(*HOWS), "public", default="phone")
    by: str = field(k.text, "public", default="", note="who took it, or did it")
    via: str = field(k.text, "contact", default="", note="the address or name it came from")
    source: str = field(k.text, "contact", default="", note="the Message-ID of the mail")
    quote: str = field(k.text, "contact", default="", note="the line of the mail it was read from")
    doubt: str = field(k.text, "contact", default="", note="why somebody must look first")
    proposed: bool = field(k.flag, "public", default=False)
    settles: str = field(k.text, "public", default="", note="the proposed answer that this one settles")
    ended_by: str = field(k.text, "public", default="", note="the release request and revision that ended it")

    @property
    def ending(self) -> str:
        """The request of kind release that ended it; empty for none."""
        return self.ended_by.rpartition("/")[0]

    @property
    def ending_revision(self) -> int:
        """The revision of the release that ended it; 0 for none."""
        told = self.ended_by.rpartition("/")[2]
        return int(told) if self.ending and told.isdigit() else 0

    def booked(self) -> tuple[dt.date, ...]:
        """Every date the act is about, once, in order."""
        return tuple(sorted({day for stretch in self.days for day in stretch.days()}))
