"""Prep and wrap (calendar.yaml): scouts, meetings, fittings, tests, travel, department starts."""

from __future__ import annotations

import datetime as dt

from pmkit.model import kinds as k
from pmkit.model.clock import Clock
from pmkit.model.record import Record, field


class Event(Record):
    """A calendar event: what, who is wanted (departments and people), where and when."""

    what: str = field(k.text, "public")
    who: tuple[str, ...] = field(k.texts, "public", default=())
    location: str = field(k.ident, "public", default="")
    at: str = field(k.text, "set", default="", note="a place that is no location of the production")
    time: Clock | None = field(k.clock_time, "set", default=None)
    until: Clock | None = field(k.clock_time, "set", default=None)
    unit: str = field(k.ident, "public", default="")
    note: str = field(k.text, "set", default="")


class SentEvent(Record):
    """A sent event: what an exported calendar last said of it, by its UID (issued/calendar/PERSON.yaml).

    `sequence` is raised whenever `content`, the digest of everything it says, is another.
    """

    sequence: int = field(k.integer, "public")
    content: str = field(k.text, "public", default="")
    date: dt.date = field(k.day, "public")
    what: str = field(k.text, "public", default="")
    cancelled: bool = field(k.flag, "public", default=False)


sent_events = k.MappingOf(k.text, k.Of(SentEvent))
events = k.Either(items=k.ListOf(k.Of(Event)), fields=k.ListOf(k.Of(Event), single=True))
