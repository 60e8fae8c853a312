"""Prep and wrap (calendar.yaml): scouts, meetings, fittings, tests, travel, department starts."""

from __future__ import annotations

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


events = k.Either(items=k.ListOf(k.Of(Event)), fields=k.ListOf(k.Of(Event), single=True))
