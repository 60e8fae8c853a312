"""The plan for one unit's day (calls/DATE-UNIT.yaml): what the 2nd AD adds to the schedule."""

from __future__ import annotations

import re

from pmkit.model import kinds as k
from pmkit.model.cast import cast_number
from pmkit.model.clock import Call, Clock, Length
from pmkit.model.location import Hospital
from pmkit.model.record import Record, field

_HEADS = re.compile(r"\s*(\d{1,4})\s*[x\N{MULTIPLICATION SIGN}]?\s+(.*\S)\s*")


def heads(text: str) -> tuple[int, str]:
    """How many, and who: `12 truckers` is 12 of `truckers`; without a figure it is one."""
    found = _HEADS.fullmatch(text)
    return (int(found[1]), found[2]) if found else (1, text.strip())


class Weather(Record):
    """The weather: what is expected, in the forecast's own words and units."""

    high: str = field(k.text, "public", default="")
    low: str = field(k.text, "public", default="")
    sky: str = field(k.text, "public", default="")
    rain: str = field(k.text, "public", default="")
    wind: str = field(k.text, "public", default="")
    humidity: str = field(k.text, "public", default="")
    note: str = field(k.text, "public", default="")


class CastCall(Record):
    """A cast call: a member's own times and status on a day, over what is derived."""

    pickup: Call | None = field(k.call, "set", default=None)
    makeup: Call | None = field(k.call, "set", default=None)
    wardrobe: Call | None = field(k.call, "set", default=None)
    set: Call | None = field(k.call, "set", default=None)
    status: str = field(k.text, "set", default="")
    remarks: str = field(k.text, "set", default="")


class BackgroundCall(Record):
    """A background call: background or stand-ins; `what` begins with how many."""

    what: str = field(k.text, "public")
    scale: str = field(k.text, "public", default="")
    call: Call | None = field(k.call, "set", default=None)
    set: Call | None = field(k.call, "set", default=None)
    report: str = field(k.text, "set", default="")
    note: str = field(k.text, "set", default="")


class Ride(Record):
    """A run of a vehicle on the day: who drives whom, from where, to where, when."""

    vehicle: str = field(k.text, "set")
    driver: str = field(k.text, "set", default="")
    pickup: Clock | None = field(k.clock_time, "set", default=None)
    from_: str = field(k.text, "set", default="")
    to: str = field(k.text, "set", default="")
    who: tuple[str, ...] = field(k.texts, "set", default=())
    note: str = field(k.text, "set", default="")


class Plan(Record):
    """A day's plan: stage, calls, weather, background, transport and notes."""

    stage: str = field(k.OneOf("preliminary", "final", "revised"), "public", default="preliminary")
    call: Clock | None = field(k.clock_time, "set", default=None)
    shooting_call: Clock | None = field(k.clock_time, "set", default=None)
    breakfast: Clock | None = field(k.clock_time, "set", default=None)
    lunch: Clock | None = field(k.clock_time, "set", default=None)
    wrap: Clock | None = field(k.clock_time, "set", default=None)
    day_length: Length | None = field(k.length, "set", default=None)
    weather: Weather | None = field(k.Of(Weather), "public", default=None)
    location: str = field(k.ident, "set", default="")
    hospital: Hospital | None = field(k.Of(Hospital), "public", default=None)
    calls: dict[str, Call] = field(k.MappingOf(k.ident, k.call), "set", default={})
    cast: dict[str, CastCall] = field(k.MappingOf(cast_number, k.Of(CastCall)), "set", default={})
    background: tuple[BackgroundCall, ...] = field(k.ListOf(k.Of(BackgroundCall)), "set", default=())
    stand_ins: tuple[BackgroundCall, ...] = field(k.ListOf(k.Of(BackgroundCall)), "set", default=())
    notes: tuple[str, ...] = field(k.texts, "set", default=())
    safety: tuple[str, ...] = field(k.texts, "set", default=())
    needs: dict[str, tuple[str, ...]] = field(k.MappingOf(k.ident, k.texts), "set", default={})
    transport: tuple[Ride, ...] = field(k.ListOf(k.Of(Ride)), "set", default=())
    catering: dict[str, str] = field(k.MappingOf(k.text, k.text), "set", default={})
    walkie: dict[str, str] = field(k.MappingOf(k.text, k.text), "set", default={})
