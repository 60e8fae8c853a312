"""The sections of a production folder: which file holds what, and how it is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any

from pmkit.model import kinds as k
from pmkit.model.record import Kind
from pmkit.problems import Fault


class Section:
    """A section: the field of the production it fills, how it is read, and whose it is.

    `also` reads what stands under the section's reserved key (`sets`, `boneyard`). What its
    records are is looked up when one is read: most folders have but some of the sections.
    """

    def __init__(self, name: str, kind: Callable[[], Kind], owner: str, also: Callable[[], Kind] | None = None) -> None:
        self.name = name
        self.owner = owner
        self._kind = kind
        self._also = also

    @cached_property
    def kind(self) -> Kind:
        """How the section is read."""
        return self._kind()

    @cached_property
    def also(self) -> Kind | None:
        """How what stands under its reserved key is read, if it has one."""
        return self._also() if self._also is not None else None


def _day_meant(text: str) -> str:
    found = re.search(r"(\d{4})[-_.]?(\d{1,2})[-_.]?(\d{1,2})", text, re.ASCII)
    if found is None:
        return "name it with the date and the unit: 2025-10-16-main"
    unit = re.sub(r"[^a-z0-9]+", "-", (text[: found.start()] + text[found.end() :]).lower()).strip("-")
    return f"name it {found[1]}-{found[2]:0>2}-{found[3]:0>2}-{unit or 'main'}"


def _day_of_unit(text: str) -> tuple[dt.date, str] | Fault:
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})-([a-z][a-z0-9_-]*)", text)
    fault = Fault(f"{text[:40]} names no unit's day", _day_meant(text), "bad-day-name")
    if found is None:
        return fault
    try:
        return dt.date.fromisoformat(found[1]), found[2]
    except ValueError:
        return fault


def _request_name(text: str) -> str | Fault:
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", text):
        return text
    return Fault(f"{text[:40]!r} is no name for a request", "small letters, figures, hyphens", "bad-id")


def _order_number(text: str) -> str | Fault:
    if re.fullmatch(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", text):
        return text
    return Fault(f"{text[:40]!r} is no order number", "the desk's prefix and a number: LOC-014", "bad-id")


day_of_unit = k.Value(_day_of_unit, "a date and a unit: 2025-10-16-main")


def _model(room: str, name: str) -> Any:
    return getattr(import_module(f"pmkit.model.{room}"), name)


def _one(room: str, record: str) -> Callable[[], Kind]:
    """One record."""
    return lambda: k.Of(_model(room, record))


def _by(key: Kind, room: str, record: str) -> Callable[[], Kind]:
    """Records by a key."""
    return lambda: k.MappingOf(key, k.Of(_model(room, record)))


def _by_id(room: str, record: str) -> Callable[[], Kind]:
    return _by(k.ident, room, record)


def _cast() -> Kind:
    return k.MappingOf(_model("cast", "cast_number"), k.Of(_model("cast", "CastMember")))


def _sets() -> Kind:
    return k.MappingOf(k.text, k.ident)


def _units() -> Kind:
    return k.MappingOf(k.ident, k.MappingOf(k.day, k.Of(_model("schedule", "ShootingDay"))))


def _strips() -> Kind:
    return k.ListOf(k.Of(_model("schedule", "Strip")))


def _calendar() -> Kind:
    return k.MappingOf(k.day_range, _model("calendar", "events"))


def _answers() -> Kind:
    return k.MappingOf(k.Value(_model("answer", "answer_name"), "an answer's name"), k.Of(_model("answer", "Answer")))


SECTIONS: dict[str, Section] = {
    "crew": Section("crew", _by_id("crew", "Department"), "coordinator"),
    "cast": Section("cast", _cast, "2nd AD"),
    "locations": Section("locations", _by_id("location", "Location"), "locations", _sets),
    "breakdown": Section("scenes", _by(k.scene, "breakdown", "Scene"), "1st AD"),
    "schedule": Section("board", _units, "1st AD", _strips),
    "boards": Section("boards", _units, "1st AD", _strips),
    "calendar": Section("calendar", _calendar, "coordinator"),
    "calls": Section("plans", _by(day_of_unit, "day", "Plan"), "2nd AD"),
    "daily": Section("dailies", _by(day_of_unit, "daily", "Daily"), "2nd AD"),
    "requests": Section("requests", _by(k.Value(_request_name, "a name"), "request", "Request"), "coordinator"),
    "answers": Section("answers", _answers, "pmkit"),
    "vendors": Section("vendors", _by_id("office", "Vendor"), "coordinator"),
    "paperwork": Section("paperwork", _by_id("office", "Paper"), "coordinator"),
    "equipment": Section("equipment", _by_id("office", "Equipment"), "coordinator"),
    "transport": Section("transport", _by_id("office", "Vehicle"), "transport"),
    "travel": Section("travel", _by_id("office", "Trip"), "coordinator"),
    "lists": Section("lists", _by_id("office", "DistributionList"), "coordinator"),
    "imports": Section("imports", _by(k.text, "office", "ImportMap"), "pmkit"),
    "deals": Section("deals", _by_id("deal", "Deal"), "production manager"),
    "budget": Section("budget", _one("budget", "Budget"), "line producer"),
    "periods": Section("periods", _by(k.text, "budget", "Period"), "accountant"),
    "cashflow": Section("cashflow", _one("cashflow", "Cashflow"), "accountant"),
    "balance": Section("balance", _by(k.text, "books", "BalanceAccount"), "accountant"),
    "petty": Section("petty", _by_id("books", "Float"), "accountant"),
    "closed": Section("closings", _by(k.text, "books", "Closing"), "pmkit"),
    "po": Section("orders", _by(k.Value(_order_number, "an order number"), "order", "Order"), "the desk"),
}
# Sections that are money through and through and belong in private/.
MONEY = {
    "deals": "deals are",
    "budget": "a budget is",
    "periods": "accounting periods are",
    "cashflow": "a cash flow is",
    "balance": "balance accounts are",
    "petty": "floats are",
    "closed": "closed periods are",
    "po": "orders are",
}
