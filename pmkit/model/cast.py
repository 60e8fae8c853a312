"""The cast (cast.yaml), by cast number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from pmkit.model import dates, kinds as k
from pmkit.model.clock import Length
from pmkit.model.crew import Contact
from pmkit.model.record import Record, field
from pmkit.problems import Fault


class Drop(NamedTuple):
    """The drop and pick-up rule: the fewest calendar days between drop and pick-up."""

    days: int

    def __str__(self) -> str:
        return f"at least {self.days} days"


class Band(NamedTuple):
    """An age band of a minor, in years: from the first birthday to before the last."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def _drop(text: str) -> Drop | Fault:
    found = re.fullmatch(r"(more than|at least) (\d{1,3})(?: (?:calendar )?days?)?", text.strip())
    if found is None:
        hint = "write: more than 10 days, or: at least 10 days"
        return Fault(f"{text[:40]} is not a drop rule", hint, "bad-drop")
    return Drop(int(found[2]) + (found[1] == "more than"))


def _band(text: str) -> Band | Fault:
    found = re.fullmatch(r"(\d{1,2})\s*[-\N{EN DASH}]\s*(\d{1,2})", text.strip())
    if found is None or int(found[1]) >= int(found[2]) or int(found[2]) > 18:
        return Fault(f"{text[:40]} is not an age band of a minor", "write the years: 9-16", "bad-band")
    return Band(int(found[1]), int(found[2]))


def _number(text: str) -> str | Fault:
    typed = text.strip()
    if re.fullmatch(r"[A-Za-z]?[0-9]{1,4}[A-Za-z]?", typed):
        return typed
    hint = "write a number: 1, 12, 7A"
    if re.fullmatch(r"[0-9A-Za-z]+(?:\s*[,;]\s*[0-9A-Za-z]+)+", typed):
        hint = f"several stand in brackets: [{', '.join(re.split(r'[,; ]+', typed))}]"
    elif typed.isalpha():
        hint = f"write the number {typed} has in cast.yaml"
    return Fault(f"{text[:20]!r} is not a cast number", hint, "bad-cast-number")


cast_number = k.Value(_number, "a cast number")
cast_numbers = k.ListOf(cast_number, single=True)


class Preparation(Record):
    """Preparation: how long an artist takes before standing on set."""

    makeup: Length = field(k.length, "set", default=Length(0))
    wardrobe: Length = field(k.length, "set", default=Length(0))
    rehearse: Length = field(k.length, "set", default=Length(0))


class CastMember(Record):
    """A cast member: the part, who plays it, and what the schedule must know of them."""

    number: str = field(cast_number, "public", from_key=True)
    character: str = field(k.text, "public")
    id: str = field(k.ident, "public", default="")
    performer: str = field(k.text, "public", default="")
    agent: Contact | None = field(k.Of(Contact), "contact", default=None)
    prepare: Preparation = field(k.Of(Preparation), "set", default=Preparation())
    drive: Length = field(k.length, "set", default=Length(0))
    hold: bool = field(k.flag, "public", default=False)
    drop: Drop | None = field(k.Value(_drop, "more than 10 days"), "public", default=None)
    off: tuple[dates.DateRange, ...] = field(k.day_ranges, "set", default=())
    from_: date | None = field(k.day, "set", default=None)
    to: date | None = field(k.day, "set", default=None)
    events: dict[Any, tuple[str, ...]] = field(k.MappingOf(k.day_range, k.texts), "set", default={})
    minor: Band | None = field(k.Value(_band, "an age band: 9-16"), "set", default=None)
    guardian: Contact | None = field(k.Of(Contact), "minor", default=None)
    remarks: str = field(k.text, "set", default="")
    stand_in: str = field(k.text, "public", default="")
    email: str = field(k.email, "contact", default="")
    phone: str = field(k.phone, "contact", default="")
    note: str = field(k.text, "contact", default="")
    address: str = field(k.text, "identity", default="")
    birth_date: date | None = field(k.day, "identity", default=None)
    passport: str = field(k.text, "identity", default="")
    tax_id: str = field(k.text, "identity", default="")
    diet: str = field(k.text, "health", default="")
    allergies: str = field(k.text, "health", default="")
    emergency: Contact | None = field(k.Of(Contact), "identity", default=None)
