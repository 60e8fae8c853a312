"""The sections of a production folder: which file holds what, and how it is read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from pmkit.model import kinds as k
from pmkit.model.answer import Answer, answer_name
from pmkit.model.books import BalanceAccount, Closing, Float
from pmkit.model.breakdown import Scene
from pmkit.model.budget import Budget, Period
from pmkit.model.calendar import events
from pmkit.model.cashflow import Cashflow
from pmkit.model.cast import CastMember, cast_number
from pmkit.model.crew import Department
from pmkit.model.daily import Daily
from pmkit.model.day import Plan
from pmkit.model.deal import Deal
from pmkit.model.location import Location
from pmkit.model.office import DistributionList, Equipment, ImportMap, Paper, Trip, Vehicle, Vendor
from pmkit.model.order import Order
from pmkit.model.record import Kind
from pmkit.model.request import Request
from pmkit.model.schedule import ShootingDay, Strip
from pmkit.problems import Fault


class Section(NamedTuple):
    """A section: the field of the production it fills, how it is read, and whose it is.

    `also` reads what stands under the section's reserved key (`sets`, `boneyard`).
    """

    name: str
    kind: Kind
    owner: str
    also: Kind | None = None


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
_units = k.MappingOf(k.ident, k.MappingOf(k.day, k.Of(ShootingDay)))
_strips = k.ListOf(k.Of(Strip))


def _by_id(record: Any) -> Kind:
    return k.MappingOf(k.ident, k.Of(record))


SECTIONS: dict[str, Section] = {
    "crew": Section("crew", _by_id(Department), "coordinator"),
    "cast": Section("cast", k.MappingOf(cast_number, k.Of(CastMember)), "2nd AD"),
    "locations": Section("locations", _by_id(Location), "locations", k.MappingOf(k.text, k.ident)),
    "breakdown": Section("scenes", k.MappingOf(k.scene, k.Of(Scene)), "1st AD"),
    "schedule": Section("board", _units, "1st AD", _strips),
    "boards": Section("boards", _units, "1st AD", _strips),
    "calendar": Section("calendar", k.MappingOf(k.day_range, events), "coordinator"),
    "calls": Section("plans", k.MappingOf(day_of_unit, k.Of(Plan)), "2nd AD"),
    "daily": Section("dailies", k.MappingOf(day_of_unit, k.Of(Daily)), "2nd AD"),
    "requests": Section("requests", k.MappingOf(k.Value(_request_name, "a name"), k.Of(Request)), "coordinator"),
    "answers": Section("answers", k.MappingOf(k.Value(answer_name, "an answer's name"), k.Of(Answer)), "pmkit"),
    "vendors": Section("vendors", _by_id(Vendor), "coordinator"),
    "paperwork": Section("paperwork", _by_id(Paper), "coordinator"),
    "equipment": Section("equipment", _by_id(Equipment), "coordinator"),
    "transport": Section("transport", _by_id(Vehicle), "transport"),
    "travel": Section("travel", _by_id(Trip), "coordinator"),
    "lists": Section("lists", _by_id(DistributionList), "coordinator"),
    "imports": Section("imports", k.MappingOf(k.text, k.Of(ImportMap)), "pmkit"),
    "deals": Section("deals", _by_id(Deal), "production manager"),
    "budget": Section("budget", k.Of(Budget), "line producer"),
    "periods": Section("periods", k.MappingOf(k.text, k.Of(Period)), "accountant"),
    "cashflow": Section("cashflow", k.Of(Cashflow), "accountant"),
    "balance": Section("balance", k.MappingOf(k.text, k.Of(BalanceAccount)), "accountant"),
    "petty": Section("petty", _by_id(Float), "accountant"),
    "closed": Section("closings", k.MappingOf(k.text, k.Of(Closing)), "pmkit"),
    "po": Section("orders", k.MappingOf(k.Value(_order_number, "an order number"), k.Of(Order)), "the desk"),
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
