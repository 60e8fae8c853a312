"""Locations and the sets that are found there (locations.yaml)."""

from __future__ import annotations

from pmkit.model import dates, kinds as k
from pmkit.model.crew import Contact
from pmkit.model.record import Record, field


class Hospital(Record):
    """A hospital: the nearest with an emergency department."""

    name: str = field(k.text, "public")
    address: str = field(k.text, "public", default="")
    phone: str = field(k.phone, "public", default="")
    note: str = field(k.text, "public", default="")


class Parking(Record):
    """Where crew, trucks and cast park."""

    crew: str = field(k.text, "set", default="")
    tech: str = field(k.text, "set", default="")
    cast: str = field(k.text, "set", default="")
    background: str = field(k.text, "set", default="")

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        """One line is where the crew parks."""
        return {"crew": text}


class Location(Record):
    """A location: where it is, where to park, the base, the nearest hospital and when it is ours."""

    key: str = field(k.ident, "public", from_key=True)
    name: str = field(k.text, "public")
    address: str = field(k.text, "set", default="")
    coordinates: tuple[float, float] | None = field(k.coordinates, "set", default=None)
    timezone: str = field(k.timezone, "public", default="", note="if not the production's")
    parking: Parking | None = field(k.Of(Parking), "set", default=None)
    base: str = field(k.text, "set", default="")
    holding: str = field(k.text, "set", default="")
    catering: str = field(k.text, "set", default="")
    hospital: Hospital | None = field(k.Of(Hospital), "public", default=None)
    open: tuple[dates.DateRange, ...] = field(k.day_ranges, "public", default=())
    map: str = field(k.url, "set", default="")
    w3w: str = field(k.text, "set", default="")
    contact: Contact | None = field(k.Of(Contact), "contact", default=None)
    note: str = field(k.text, "set", default="")
    safety: tuple[str, ...] = field(k.texts, "set", default=())
