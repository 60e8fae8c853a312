"""What the production office keeps: vendors, lists, paperwork, equipment, transport, travel, imports."""

from __future__ import annotations

import datetime as dt

from pmkit.model import dates, kinds as k
from pmkit.model.clock import Clock
from pmkit.model.money import Rate
from pmkit.model.record import Record, field
from pmkit.problems import Fault


def _insured(text: str) -> dt.date | str | Fault:
    return "n/a" if text.strip().lower() == "n/a" else dates.parse(text)


_until = k.Value(_insured, "a date: 2026-03-31, or n/a")


class Vendor(Record):
    """A vendor: who is paid, on which terms, with which papers."""

    key: str = field(k.ident, "public", from_key=True)
    name: str = field(k.text, "public")
    contact: str = field(k.text, "contact", default="")
    email: str = field(k.email, "contact", default="")
    phone: str = field(k.phone, "contact", default="")
    address: str = field(k.text, "contact", default="")
    terms: str = field(k.text, "public", default="")
    tax_form: str = field(k.text, "public", default="")
    tax_id: str = field(k.text, "identity", default="")
    bank: str = field(k.text, "identity", default="")
    insurance: dt.date | str | None = field(
        _until, "public", default=None, note="the certificate runs until; n/a if none is asked for"
    )
    account: str = field(k.text, "public", default="")
    note: str = field(k.text, "contact", default="")


class DistributionList(Record):
    """A distribution list: people by id, departments, addresses outside, and what it may see."""

    key: str = field(k.ident, "public", from_key=True)
    who: tuple[str, ...] = field(k.texts, "public", default=())
    outside: tuple[str, ...] = field(k.ListOf(k.email, single=True), "contact", default=())
    sees: tuple[str, ...] = field(
        k.ListOf(k.OneOf("contact", "money", "identity", "health", "minor"), single=True), "public", default=()
    )
    note: str = field(k.text, "public", default="")


class Paper(Record):
    """A paper that must be there in time: permit, certificate, release, licence, memo."""

    key: str = field(k.ident, "public", from_key=True)
    what: str = field(k.text, "public")
    kind: str = field(k.text, "public", default="")
    person: str = field(k.ident, "public", default="")
    location: str = field(k.ident, "public", default="")
    vendor: str = field(k.ident, "public", default="")
    needed: dt.date | None = field(k.day, "public", default=None)
    signed: dt.date | None = field(k.day, "public", default=None)
    from_: dt.date | None = field(k.day, "public", default=None)
    to: dt.date | None = field(k.day, "public", default=None)
    note: str = field(k.text, "contact", default="")


class Equipment(Record):
    """Equipment bought or rented: which department, from whom, from when to when."""

    key: str = field(k.ident, "public", from_key=True)
    what: str = field(k.text, "public")
    department: str = field(k.ident, "public", default="")
    vendor: str = field(k.ident, "public", default="")
    quantity: int | None = field(k.integer, "public", default=None)
    from_: dt.date | None = field(k.day, "public", default=None)
    to: dt.date | None = field(k.day, "public", default=None)
    days: tuple[dates.DateRange, ...] = field(k.day_ranges, "public", default=())
    serial: str = field(k.text, "contact", default="")
    rate: Rate | None = field(k.rate, "money", default=None)
    note: str = field(k.text, "public", default="")


class Vehicle(Record):
    """A vehicle: what it is, who drives it, how many it takes."""

    key: str = field(k.ident, "public", from_key=True)
    what: str = field(k.text, "public")
    driver: str = field(k.ident, "public", default="")
    department: str = field(k.ident, "public", default="")
    vendor: str = field(k.ident, "public", default="")
    seats: int | None = field(k.integer, "public", default=None)
    plate: str = field(k.text, "contact", default="")
    from_: dt.date | None = field(k.day, "public", default=None)
    to: dt.date | None = field(k.day, "public", default=None)
    note: str = field(k.text, "public", default="")


class Trip(Record):
    """A journey of one or more people: when, from where, to where, how, and where they sleep."""

    key: str = field(k.ident, "public", from_key=True)
    who: tuple[str, ...] = field(k.texts, "public")
    date: dt.date = field(k.day, "set")
    by: str = field(k.text, "set", default="", note="flight, train, car")
    from_: str = field(k.text, "set", default="")
    to: str = field(k.text, "set", default="")
    leaves: Clock | None = field(k.clock_time, "set", default=None)
    arrives: Clock | None = field(k.clock_time, "set", default=None)
    number: str = field(k.text, "contact", default="")
    hotel: str = field(k.text, "contact", default="")
    nights: int | None = field(k.integer, "contact", default=None)
    note: str = field(k.text, "contact", default="")


class ImportMap(Record):
    """Which column of somebody's file is which field, as settled at the first import."""

    key: str = field(k.text, "public", from_key=True)
    file: str = field(k.text, "public", default="")
    columns: dict[str, str] = field(k.MappingOf(k.text, k.text), "public", default={})
    departments: dict[str, str] = field(k.MappingOf(k.text, k.text), "public", default={})
    accounts: dict[str, str] = field(k.MappingOf(k.text, k.text), "public", default={}, note="theirs to ours, or leave")
    kinds: dict[str, str] = field(
        k.MappingOf(k.text, k.text), "public", default={}, note="a journal's code to a kind of cost"
    )
