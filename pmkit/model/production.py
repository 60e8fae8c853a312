"""The settings of a production (production.yaml) and the production as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pmkit.model import kinds as k, set_name
from pmkit.model.clock import Length
from pmkit.model.frozen import frozen
from pmkit.model.mail import MailSettings
from pmkit.model.record import Record, field
from pmkit.model.schedule import Board
from pmkit.problems import Fault

if TYPE_CHECKING:
    from pmkit.model import dates
    from pmkit.model.answer import Answer
    from pmkit.model.books import BalanceAccount, Closing, Float
    from pmkit.model.breakdown import Scene
    from pmkit.model.budget import Budget, Period
    from pmkit.model.calendar import Event
    from pmkit.model.cashflow import Cashflow
    from pmkit.model.cast import CastMember
    from pmkit.model.chart import Chart
    from pmkit.model.clock import Clock
    from pmkit.model.crew import Department, Hire
    from pmkit.model.daily import Daily
    from pmkit.model.day import Plan
    from pmkit.model.deal import Deal
    from pmkit.model.ledger import EfcChange, LedgerRow
    from pmkit.model.location import Location
    from pmkit.model.office import DistributionList, Equipment, ImportMap, Paper, Trip, Vehicle, Vendor
    from pmkit.model.order import Order
    from pmkit.model.pages import Eighths
    from pmkit.model.request import Request
    from pmkit.problems import Place


def _version(text: str) -> int | Fault:
    if text.strip() == "1":
        return 1
    hint = "a newer pmkit made it: bring this one up to date" if text.strip().isdigit() else "write pmkit: 1"
    return Fault(f"this folder says format {text[:12]}; this pmkit reads format 1", hint, "bad-version")


def _colour(text: str) -> str | Fault:
    figures = text.removeprefix("#")
    if len(figures) == 6 and all(c in "0123456789abcdefABCDEF" for c in figures):
        return f"#{figures.upper()}"
    return Fault(f"{text[:20]} is not a colour", 'write it quoted: "#7DB3EA"', "bad-colour")


def _currency(text: str) -> str | Fault:
    if len(text) == 3 and text.isascii() and text.isalpha() and text.isupper():
        return text
    return Fault(f"{text[:20]} is not a currency", "write its three letters: USD, GBP, EUR", "bad-currency")


class Draft(Record):
    """A draft of the script or the schedule: its revision colour and date."""

    draft: str = field(k.text, "public", default="")
    date: dt.date | None = field(k.day, "public", default=None)


class Office(Record):
    """The production office."""

    address: str = field(k.text, "set", default="")
    phone: str = field(k.phone, "set", default="")
    email: str = field(k.email, "set", default="")


class WorkingDay(Record):
    """The working day: how long it is and when it is broken, where a day's plan says nothing else.

    `length` is the work without the meal, `lunch_after` the time from crew call to lunch, `meal`
    the length of lunch, `shoot_after` the time from crew call to the shooting call, and `pace`
    the shooting time of one page.
    """

    length: Length = field(k.length, "public", default=Length(12 * 60))
    lunch_after: Length = field(k.length, "public", default=Length(6 * 60))
    meal: Length = field(k.length, "public", default=Length(30))
    shoot_after: Length = field(k.length, "public", default=Length(60))
    pace: Length = field(k.length, "public", default=Length(100))
    pages: Eighths | None = field(k.eighths, "public", default=None, note="the day's page target")


class Approvals(Record):
    """Who approves, and from which amount on."""

    po_over: Decimal | None = field(k.amount, "public", default=None)
    by: str = field(k.ident, "public", default="")


class PurchaseOrders(Record):
    """What is printed on every purchase order: conditions, where invoices go, the tax number and what the tax is called."""

    conditions: tuple[str, ...] = field(k.texts, "public", default=())
    invoices_to: str = field(k.text, "public", default="")
    tax_number: str = field(k.text, "public", default="")
    tax_name: str = field(k.text, "public", default="", note="what recoverable tax is called: VAT, GST")


class DailyReport(Record):
    """The report that cron sends every day: when, to which list, and what it holds."""

    time: Clock | None = field(k.clock_time, "public", default=None)
    to: str = field(k.ident, "public", default="")
    contains: tuple[str, ...] = field(
        k.ListOf(k.OneOf("today", "costs", "tomorrow", "requests", "dpr", "hotcost")), "public", default=()
    )


class Waiver(Record):
    """A waiver: a problem that somebody has decided to live with, and why."""

    code: str = field(k.text, "public")
    about: str = field(k.text, "public", default="")
    reason: str = field(k.text, "public")
    by: str = field(k.ident, "public", default="")


class Settings(Record):
    """The production: what production.yaml says of it."""

    pmkit: int = field(k.Value(_version, "the format's version: 1"), "public")
    title: str = field(k.text, "public")
    code: str = field(k.Value(k.code_word, "short code for file names"), "public", default="")
    kind: str = field(k.OneOf("feature", "series", "short", "commercial", "documentary"), "public", default="feature")
    company: str = field(k.text, "public", default="")
    office: Office | None = field(k.Of(Office), "set", default=None)
    currency: str = field(k.Value(_currency, "a currency: USD"), "public", default="USD")
    timezone: str = field(k.timezone, "public", default="UTC")
    clock: str = field(k.OneOf("24h", "12h"), "public", default="24h")
    paper: str = field(k.OneOf("letter", "legal", "a4", "tabloid"), "public", default="letter")
    style: str = field(k.OneOf("us", "uk"), "public", default="us")
    days_off: tuple[int, ...] = field(k.ListOf(k.weekday, single=True), "public", default=(5, 6))
    holidays: tuple[dates.DateRange, ...] = field(k.day_ranges, "public", default=())
    units: dict[str, str] = field(k.MappingOf(k.ident, k.text), "public", default={"main": "Main Unit"})
    blocks: dict[str, tuple[str, ...]] = field(k.MappingOf(k.text, k.texts), "public", default={})
    episodes: dict[str, str] = field(k.MappingOf(k.text, k.text), "public", default={})
    people: dict[str, tuple[str, ...]] = field(k.MappingOf(k.ident, k.ids), "public", default={})
    agreements: dict[str, str] = field(k.MappingOf(k.ident, k.text), "public", default={})
    script: Draft | None = field(k.Of(Draft), "public", default=None)
    schedule: Draft | None = field(k.Of(Draft), "public", default=None)
    categories: dict[str, str] = field(k.MappingOf(k.ident, k.text), "public", default={})
    working_day: WorkingDay = field(k.Of(WorkingDay), "public", default=WorkingDay())
    approvals: Approvals | None = field(k.Of(Approvals), "public", default=None)
    purchase_order: PurchaseOrders | None = field(k.Of(PurchaseOrders), "public", default=None)
    palette: dict[str, str] = field(k.MappingOf(k.ident, k.Value(_colour, 'a colour: "#7DB3EA"')), "public", default={})
    daily_report: DailyReport | None = field(k.Of(DailyReport), "public", default=None)
    mail: MailSettings | None = field(k.Of(MailSettings), "public", default=None)
    waivers: tuple[Waiver, ...] = field(k.ListOf(k.Of(Waiver)), "public", default=())

    @property
    def zone(self) -> ZoneInfo:
        """The production's time zone."""
        return ZoneInfo(self.timezone)

    def category_names(self) -> dict[str, str]:
        """Every breakdown category by key with its printed name: the shipped ones and the production's own."""
        from pmkit.model.breakdown import CATEGORIES

        return {**CATEGORIES, **self.categories}


NONE: dict[Any, Any] = {}
NO_BOARD = Board()


@frozen
class Production:
    """A whole production folder, read: every file's records by id.

    `left_out` names the kinds of record of which something was too broken to read. `has_private`
    is false when `private/` is absent; what needs it says so.
    """

    settings: Settings
    crew: dict[str, Department] = NONE
    cast: dict[str, CastMember] = NONE
    locations: dict[str, Location] = NONE
    sets: dict[str, str] = NONE
    set_places: dict[str, Place] = NONE
    scenes: dict[str, Scene] = NONE
    board: Board = NO_BOARD
    boards: dict[str, Board] = NONE
    calendar: dict[Any, tuple[Event, ...]] = NONE
    plans: dict[tuple[dt.date, str], Plan] = NONE
    dailies: dict[tuple[dt.date, str], Daily] = NONE
    requests: dict[str, Request] = NONE
    answers: dict[str, Answer] = NONE
    vendors: dict[str, Vendor] = NONE
    paperwork: dict[str, Paper] = NONE
    equipment: dict[str, Equipment] = NONE
    transport: dict[str, Vehicle] = NONE
    travel: dict[str, Trip] = NONE
    lists: dict[str, DistributionList] = NONE
    imports: dict[str, ImportMap] = NONE
    deals: dict[str, Deal] = NONE
    budget: Budget | None = None
    chart: Chart | None = None
    periods: dict[str, Period] = NONE
    cashflow: Cashflow | None = None
    ledger: Sequence[LedgerRow] = ()
    efc_changes: tuple[EfcChange, ...] = ()
    orders: dict[str, Order] = NONE
    balance: dict[str, BalanceAccount] = NONE
    petty: dict[str, Float] = NONE
    closings: dict[str, Closing] = NONE
    has_private: bool = False
    left_out: frozenset[str] = frozenset()

    @cached_property
    def hires(self) -> dict[str, tuple[str, Hire]]:
        """Every hire by its id, with the id of its department, in the order of the crew list."""
        return {hire.id: (key, hire) for key, department in self.crew.items() for hire in department.people}

    @cached_property
    def cast_by_id(self) -> dict[str, CastMember]:
        """Cast members by the performer's id."""
        return {member.id: member for member in self.cast.values() if member.id}

    @cached_property
    def answers_of(self) -> dict[tuple[str, str], tuple[Answer, ...]]:
        """Answers and bookings by request and person, oldest first."""
        found: dict[tuple[str, str], list[Answer]] = {}
        for answer in sorted(self.answers.values(), key=lambda one: (one.at, one.name)):
            found.setdefault((answer.request, answer.person), []).append(answer)
        return {key: tuple(answers) for key, answers in found.items()}

    @cached_property
    def scene_keys(self) -> dict[str, str]:
        """The key of every scene by the form in which its number is compared."""
        return {k.same_scene(key): key for key in self.scenes}

    @cached_property
    def _locations_of_sets(self) -> dict[str, str]:
        return {set_name.same(name): where for name, where in self.sets.items()}

    def location_of_set(self, name: str) -> str:
        """Where a set is; `DINER - BACK BOOTH` is found as DINER when it has no entry of its own. Else empty."""
        known = self._locations_of_sets
        return next((known[same] for wider in set_name.wider(name) if (same := set_name.same(wider)) in known), "")

    def scene(self, number: str) -> Scene | None:
        """A scene by its number, however its letters are typed."""
        key = self.scene_keys.get(k.same_scene(number))
        return self.scenes[key] if key is not None else None

    def name_of(self, person: str) -> str:
        """The name of a person of the crew or cast by id; the id itself when nobody has it."""
        if person in self.hires:
            hire = self.hires[person][1]
            if hire.name or not hire.person or hire.person not in self.hires:
                return hire.name or person
            return self.hires[hire.person][1].name or person
        member = self.cast_by_id.get(person)
        return member.performer if member is not None and member.performer else person

    def hires_of(self, person: str) -> tuple[Hire, ...]:
        """Every hire of one person, by the id of the first."""
        return tuple(hire for _, hire in self.hires.values() if person in (hire.id, hire.person))

    def lacks(self, *kinds: str) -> bool:
        """Whether something of one of these kinds was too broken to read."""
        return not self.left_out.isdisjoint(kinds)

    def knows_person(self, person: str) -> bool:
        """Whether an id is somebody of the crew or the cast."""
        return person in self.hires or person in self.cast_by_id
