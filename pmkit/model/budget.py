"""The budget (private/budget.yaml) and the accounting periods (private/periods.yaml).

Figures in a line are formulas kept as text (`days(main)`, `prep_weeks * 2`); rollup/formula
reads them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k, money
from pmkit.model.chart import LEVELS
from pmkit.model.record import Record, field
from pmkit.problems import Fault


def _flat(text: str) -> money.Rate | Fault:
    return money.parse_rate(text)


class Fringe(Record):
    """A fringe: a percentage of wages or a flat sum per unit, perhaps up to a ceiling a person."""

    key: str = field(k.ident, "money", from_key=True)
    name: str = field(k.text, "money", default="")
    rate: Decimal | None = field(k.percent, "money", default=None)
    flat: money.Rate | None = field(k.Value(_flat, "5.25/hour"), "money", default=None)
    ceiling: Decimal | None = field(k.amount, "money", default=None)
    on: tuple[str, ...] = field(k.texts, "money", default=("labour",))
    account: str = field(k.text, "money", default="")


class Line(Record):
    """A budget line: amount × multiplier × rate; the unit labels and does not multiply."""

    what: str = field(k.text, "money")
    amount: str = field(k.text, "money", default="1")
    unit: str = field(k.text, "money", default="")
    x: str = field(k.text, "money", default="1", note="a further multiplier")
    rate: str = field(k.text, "money")
    currency: str = field(k.text, "money", default="")
    fringes: tuple[str, ...] = field(k.ids, "money", default=())
    person: str = field(k.ident, "money", default="")
    groups: tuple[str, ...] = field(k.ids, "money", default=())
    location: str = field(k.ident, "money", default="")
    set: str = field(k.text, "money", default="")
    episode: str = field(k.text, "money", default="")
    note: str = field(k.text, "money", default="")


class Account(Record):
    """An account: of the budget, with its lines."""

    number: str = field(k.text, "money", from_key=True)
    name: str = field(k.text, "money", default="")
    category: str = field(k.text, "money", default="")
    level: str = field(k.OneOf(*LEVELS), "money", default="")
    kind: str = field(k.OneOf("labour", "materials", "fringe", "charge"), "money", default="")
    lines: tuple[Line, ...] = field(k.ListOf(k.Of(Line)), "money", default=())


class Category(Record):
    """A category of the budget's own: its name, its level, and the last account it holds."""

    number: str = field(k.text, "money", from_key=True)
    name: str = field(k.text, "money")
    level: str = field(k.OneOf(*LEVELS), "money", default="")
    last: str = field(k.text, "money", default="", note="the last account number it holds")

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """A name alone renames a category of the chart."""
        return {"name": text}


class Charge(Record):
    """A charge after the totals: contingency, completion guarantee, overhead."""

    name: str = field(k.text, "money")
    rate: Decimal | None = field(k.percent, "money", default=None)
    flat: Decimal | None = field(k.amount, "money", default=None)
    on: tuple[str, ...] = field(k.texts, "money", default=())
    exclude: tuple[str, ...] = field(k.texts, "money", default=())
    account: str = field(k.text, "money", default="")


class Overage(Record):
    """An approved overage: money formally added to an account's budget."""

    date: dt.date = field(k.day, "money")
    account: str = field(k.text, "money")
    amount: Decimal = field(k.amount, "money")
    reason: str = field(k.text, "money")
    by: str = field(k.ident, "money", default="")


class CostReportSettings(Record):
    """The conventions of the cost report: sign of variance, place of accruals, what is stored."""

    variance: str = field(k.OneOf("budget_minus_efc", "efc_minus_budget"), "money", default="budget_minus_efc")
    accruals_in: str = field(k.OneOf("commitments", "to_date"), "money", default="commitments")
    stored: str = field(k.OneOf("efc", "etc"), "money", default="efc")


class Budget(Record):
    """The budget: chart, globals, fringes, accounts with their lines, charges."""

    chart: str = field(k.text, "money", default="")
    locked: dt.date | None = field(k.day, "money", default=None)
    globals: dict[str, str] = field(k.MappingOf(k.text, k.text), "money", default={})
    fringes: dict[str, Fringe] = field(k.MappingOf(k.ident, k.Of(Fringe)), "money", default={})
    categories: dict[str, Category] = field(k.MappingOf(k.text, k.Of(Category)), "money", default={})
    accounts: dict[str, Account] = field(k.MappingOf(k.text, k.Of(Account)), "money", default={})
    charges: tuple[Charge, ...] = field(k.ListOf(k.Of(Charge)), "money", default=())
    currencies: dict[str, Decimal] = field(k.MappingOf(k.text, k.amount), "money", default={})
    cost_report: CostReportSettings = field(k.Of(CostReportSettings), "money", default=CostReportSettings())
    overages: tuple[Overage, ...] = field(k.ListOf(k.Of(Overage)), "money", default=())


class Period(Record):
    """An accounting period: its first and last day, and when it was closed."""

    number: str = field(k.text, "money", from_key=True)
    from_: dt.date = field(k.day, "money")
    to: dt.date = field(k.day, "money")
    closed: dt.date | None = field(k.day, "money", default=None)
