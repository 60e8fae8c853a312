"""What the lines of an order come to: quantities that follow the schedule, rentals by day and week.

The conventions of rental houses, as data on the line:

- `per: day` charges every day from `from` to `to`, both of them; `per: week` every week of seven
  days that is begun.
- `week: 3` is a three-day week: a full week costs three day rates, a part of one its days but
  never more than three. By the week, a part costs its days as thirds.
- On an amount that is counted (`days(main)`, or typed), a week is the production's working week,
  seven days less `days_off`: 25 shooting days are five weeks, at three days each fifteen.

Everything is decimal and exact; a line is rounded half up to the cent once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from pmkit.model import money
from pmkit.model.frozen import frozen
from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.problems import Fault, Problem
from pmkit.rollup.counts import schedule_count
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT, LARGEST, Formulas, Wrong

CALENDAR_WEEK = 7
CENT = Decimal("0.01")
Quantity = Callable[[Order, OrderLine], "Figure[Decimal] | Wrong"]


@frozen
class LineWorth:
    """A line worked out, in the order's currency: its quantity, its net sum and its taxes, to the cent.

    `sales_tax` is cost, `tax` is recoverable.
    """

    line: OrderLine
    quantity: Figure[Decimal]
    net: Decimal
    sales_tax: Decimal
    tax: Decimal

    @property
    def cost(self) -> Decimal:
        """What the line costs the production."""
        return self.net + self.sales_tax


def charged(days: Decimal, week: int, length: int = CALENDAR_WEEK) -> Decimal:
    """How many day rates some days cost when a week of `length` days costs `week` of them."""
    week = min(week, length)
    weeks = days // length
    return weeks * week + min(days - weeks * length, Decimal(week))


class Quantities:
    """The quantities of a production's orders; the schedule is asked only where a formula needs it."""

    def __init__(self, production: Production) -> None:
        self._production = production
        self._formulas: Formulas | None = None
        self._plain = Formulas({})
        self._week = max(1, CALENDAR_WEEK - len(set(production.settings.days_off)))

    def __call__(self, order: Order, line: OrderLine) -> Figure[Decimal] | Wrong:
        """How many units a line is charged for, or why nobody can say."""
        return quantity(order, line, self._formulas_for(line.amount), self._week)

    def _formulas_for(self, text: str) -> Formulas:
        if not any(letter.isalpha() for letter in text):
            return self._plain
        if self._formulas is None:
            budget = self._production.budget
            globals_ = budget.globals if budget is not None else {}
            self._formulas = Formulas(globals_, schedule_count(self._production))
        return self._formulas

    def problem(self, order: Order, line: OrderLine) -> Problem | None:
        """Why a line has no quantity, at its place; None when it has one or the reason is said elsewhere."""
        found = self(order, line)
        if not isinstance(found, Wrong) or found.quiet:
            return None
        if found.fault.code == "rental-dates":
            return found.fault.at(line.place("per"))
        node = getattr(line.node, "values", {}).get("amount")
        return found.problem(node, line.place("amount"))


def typed(order: Order, line: OrderLine) -> Figure[Decimal] | Wrong:
    """A line's quantity without a schedule: as typed."""
    return quantity(order, line, Formulas({}), CALENDAR_WEEK - 2)


def quantity(order: Order, line: OrderLine, formulas: Formulas, working_week: int) -> Figure[Decimal] | Wrong:
    """How many units a line is charged for: its amount, times its days or weeks if it recurs."""
    found = _charged_for(order, line, formulas, working_week)
    if not isinstance(found, Wrong) and abs(EXACT.multiply(found.value, line.rate)) > LARGEST:
        return Wrong(
            Fault("this line comes to more than 1,000,000,000,000,000", "is a figure mistyped?", "bad-formula")
        )
    return found


def _charged_for(order: Order, line: OrderLine, formulas: Formulas, working_week: int) -> Figure[Decimal] | Wrong:
    amount = formulas.value(line.amount, line.place("amount") if line.given("amount") else None)
    if isinstance(amount, Wrong):
        return amount
    if line.per:
        days = _days(order, line)
        if isinstance(days, Fault):
            return Wrong(days)
        times = _recurring(Decimal(days), line.per, line.week)
        said = f"{days} day{'s' if days != 1 else ''}" + (f", a week is {line.week}" if line.week else "")
        value = EXACT.multiply(amount.value, times)
        return Figure(value, f"{amount.rule} × {said}", (amount, line.place("per")))
    if line.week and not line.unit.startswith("week"):
        value = charged(amount.value, line.week, working_week)
        return Figure(value, f"{amount.rule}, a week is {line.week}", (amount, line.place("week")))
    return amount


def follows_schedule(line: OrderLine) -> bool:
    """Whether a line's amount is a formula, so that its sum changes with the board."""
    return not isinstance(money.parse_amount(line.amount), Decimal)


def worth(order: Order, line: OrderLine, quantity_: Quantity) -> LineWorth | Wrong:
    """What a line comes to in the order's currency."""
    found = quantity_(order, line)
    if isinstance(found, Wrong):
        return found
    net = money.half_up(EXACT.multiply(found.value, line.rate))
    return LineWorth(line, found, net, _part(net, line.sales_tax), _part(net, line.tax))


def sales_tax(line: OrderLine, amount: Decimal) -> Decimal:
    """The sales tax of a line whose net sum is an amount, to the cent."""
    return _part(money.half_up(amount), line.sales_tax)


def _part(net: Decimal, share: Decimal | None) -> Decimal:
    return money.half_up(EXACT.multiply(net, share or Decimal(0)))


@frozen
class DepositDue:
    """What is paid when an order is placed, in its currency: as its vendor reads it, and without recoverable tax."""

    due: Decimal
    net: Decimal


def deposit(order: Order, quantity_: Quantity) -> DepositDue | None:
    """An order's deposit, never more than its total; None where it has none."""
    if order.deposit is None:
        return None
    lines = [found for line in order.lines if not isinstance(found := worth(order, line, quantity_), Wrong)]
    cost = sum((found.cost for found in lines), Decimal("0.00"))
    total = sum((found.tax for found in lines), cost)
    typed, share = order.deposit.amount, order.deposit.share
    due = typed if typed is not None else EXACT.multiply(total, share or Decimal(0))
    due = money.half_up(min(due, total))
    net = money.half_up(EXACT.divide(EXACT.multiply(due, cost), total)) if total else due
    return DepositDue(due, net)


def _days(order: Order, line: OrderLine) -> int | Fault:
    start, end = line.from_ or order.from_, line.to or order.to
    if start is None or end is None:
        missing = " and ".join(word for word, day in (("from", start), ("to", end)) if day is None)
        return Fault(f"per: {line.per} needs {missing}", "on the line, or on the order", "rental-dates")
    if end < start:
        return Fault(f"the rental ends on {end}, before it begins on {start}", "mend from or to", "rental-dates")
    return (end - start + dt.timedelta(1)).days


def _recurring(days: Decimal, per: str, week: int | None) -> Decimal:
    if per == "day":
        return charged(days, week) if week else days
    weeks = days // CALENDAR_WEEK
    rest = days - weeks * CALENDAR_WEEK
    if not week:
        return weeks + (1 if rest else 0)
    return weeks + EXACT.divide(min(rest, Decimal(week)), Decimal(week))
