"""The budget (private/budget.yaml) and the accounting periods (private/periods.yaml).

Figures in a line are formulas kept as text (`days(main)`, `prep_weeks * 2`); rollup/formula
reads them. What lies on top of the lines has rooms of its own: model/fringe, charge and credit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k
from pmkit.model.charge import Charge as Charge
from pmkit.model.chart import LEVELS
from pmkit.model.credit import Credit as Credit, CreditRow as CreditRow
from pmkit.model.fringe import Fringe as Fringe, Posting
from pmkit.model.record import LEFT_OUT, LeftOut, Reader, Record, field
from pmkit.model.series import Series
from pmkit.model.tree import Mapping, Node
from pmkit.problems import Fault


class Line(Record):
    """A budget line: amount × multiplier × rate; the unit labels and does not multiply.

    Of a line that closes a sub-total only `subtotal` is typed; it has no money of its own.
    """

    what: str = field(k.text, "money")
    amount: str = field(k.text, "money", default="1")
    unit: str = field(k.text, "money", default="")
    x: str = field(k.text, "money", default="1", note="a further multiplier")
    rate: str = field(k.text, "money")
    currency: str = field(k.text, "money", default="")
    fringes: tuple[str, ...] = field(k.ids, "money", default=(), note="in place of the account's own")
    person: str = field(k.ident, "money", default="")
    range: str = field(k.text, "money", default="", note="lines of one individual, who has no id yet")
    groups: tuple[str, ...] = field(k.ids, "money", default=())
    kind: str = field(k.OneOf("labour", "allowance", "materials"), "money", default="")
    resident: bool | None = field(k.flag, "money", default=None, note="where the credits are claimed")
    location: str = field(k.ident, "money", default="")
    set: str = field(k.text, "money", default="")
    episode: str = field(k.text, "money", default="", note="an episode, pattern, or amort")
    subtotal: str = field(k.text, "money", default="", note="closes the lines since the last sub-total")
    note: str = field(k.text, "money", default="")


class Subtotal(Record):
    """A sub-total: its name, printed under the lines since the last one."""

    subtotal: str = field(k.text, "money")
    note: str = field(k.text, "money", default="")


class LineOrSubtotal(k.Of):
    """A line of an account, or the name of the sub-total that closes those above it."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(Line)

    def read(self, node: Node, reader: Reader) -> Line | LeftOut:
        """A sub-total is a line without money, so that the lines keep their order."""
        if not isinstance(node, Mapping) or "subtotal" not in node.values:
            return Line.read(node, reader)
        found = Subtotal.read(node, reader)
        if isinstance(found, LeftOut):
            return LEFT_OUT
        name = found.subtotal
        return Line(what=name, amount="0", rate="0", subtotal=name, note=found.note).standing_at(node)

    def schema(self, defs: dict[str, Any]) -> dict[str, Any]:
        """Either of the two."""
        return {"anyOf": [k.record_schema(Line, defs), k.record_schema(Subtotal, defs)]}


class Account(Record):
    """An account: of the budget, with its lines.

    `fringes`, `groups`, `episode` and `resident` hold for every line that says nothing else.
    """

    number: str = field(k.text, "money", from_key=True)
    name: str = field(k.text, "money", default="")
    category: str = field(k.text, "money", default="")
    level: str = field(k.OneOf(*LEVELS), "money", default="")
    kind: str = field(k.OneOf("labour", "materials", "fringe", "charge"), "money", default="")
    fringes: tuple[str, ...] = field(k.ids, "money", default=())
    groups: tuple[str, ...] = field(k.ids, "money", default=())
    episode: str = field(k.text, "money", default="")
    resident: bool | None = field(k.flag, "money", default=None)
    lines: tuple[Line, ...] = field(k.ListOf(LineOrSubtotal()), "money", default=())


class Group(Record):
    """A group of lines: its name, and whether it is switched off."""

    key: str = field(k.ident, "money", from_key=True)
    name: str = field(k.text, "money", default="")
    off: bool = field(k.flag, "money", default=False, note="true takes its lines out of every total")

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """A name alone."""
        return {"name": text}


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
    payroll_accruals: bool = field(
        k.flag, "money", default=False, note="payroll weeks that are not in are estimated from deals and days"
    )
    contingency_warning: Decimal = field(
        k.percent, "money", default=Decimal("0.75"), note="from how much of it on a contingency drawn down is told"
    )
    unexplained_over: Decimal = field(
        k.amount, "money", default=Decimal(1000), note="the memo names a variance above it that nobody explained"
    )


class Budget(Record):
    """The budget: chart, globals, units, groups, fringes, accounts with their lines, charges, credits."""

    chart: str = field(k.text, "money", default="")
    locked: dt.date | None = field(k.day, "money", default=None)
    rates_of: dt.date | None = field(k.day, "money", default=None, note="the day whose rates the lines have")
    rounding: str = field(k.OneOf("display", "line"), "money", default="display")
    posting: Posting = field(k.Of(Posting), "money", default=Posting())
    units: dict[str, Decimal] = field(
        k.MappingOf(k.text, k.amount), "money", default={}, note="their hours, 0 for none"
    )
    globals: dict[str, str] = field(k.MappingOf(k.text, k.text), "money", default={})
    groups: dict[str, Group] = field(k.MappingOf(k.ident, k.Of(Group)), "money", default={})
    residents: tuple[str, ...] = field(k.ids, "money", default=(), note="people resident where the credits are claimed")
    series: Series = field(k.Of(Series), "money", default=Series())
    fringes: dict[str, Fringe] = field(k.MappingOf(k.ident, k.Of(Fringe)), "money", default={})
    categories: dict[str, Category] = field(k.MappingOf(k.text, k.Of(Category)), "money", default={})
    accounts: dict[str, Account] = field(k.MappingOf(k.text, k.Of(Account)), "money", default={})
    charges: tuple[Charge, ...] = field(k.ListOf(k.Of(Charge)), "money", default=())
    credits: tuple[Credit, ...] = field(k.ListOf(k.Of(Credit)), "money", default=())
    currencies: dict[str, Decimal] = field(k.MappingOf(k.text, k.amount), "money", default={})
    cost_report: CostReportSettings = field(k.Of(CostReportSettings), "money", default=CostReportSettings())
    overages: tuple[Overage, ...] = field(k.ListOf(k.Of(Overage)), "money", default=())


class Reopening(Record):
    """A closed period was opened again: when, by whom, and why."""

    date: dt.date = field(k.day, "money")
    by: str = field(k.ident, "money", default="")
    because: str = field(k.text, "money")


class Period(Record):
    """An accounting period: its first and last day, when it was closed, and each time it was opened again."""

    number: str = field(k.text, "money", from_key=True)
    from_: dt.date = field(k.day, "money")
    to: dt.date = field(k.day, "money")
    closed: dt.date | None = field(k.day, "money", default=None)
    payroll: dt.date | None = field(k.day, "money", default=None, note="the day its payroll was all in")
    reopened: tuple[Reopening, ...] = field(k.ListOf(k.Of(Reopening)), "money", default=())
