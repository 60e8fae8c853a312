"""The cash flow: week by week what is paid and what comes in, from the opening balance to the last payment.

What is paid over all weeks is the EFC, in total and by account, to the cent (rollup/payments).
"""

from __future__ import annotations

from datetime import date, timedelta

from pmkit.model.cashflow import Cashflow, Drawdown
from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import Costs
from pmkit.rollup.payments import LONGEST, Payments, weeks
from pmkit.rollup.phases import dated


@frozen
class CashWeek:
    """A week: its last day, what is paid by account, what comes in, and the balance before and after.

    `past` when it ended by the cost report's last day. All in minor units.
    """

    to: date
    past: bool
    paid: dict[str, int]
    drawn: int
    opening: int
    closing: int

    @property
    def from_(self) -> date:
        """Its first day."""
        return self.to - timedelta(days=6)

    @property
    def payments(self) -> int:
        """All that is paid in it."""
        return sum(self.paid.values())


@frozen
class CashFlow:
    """The weeks in order; `unread` are vendors whose terms of payment say no days, with their words."""

    opening: int
    floor: int
    weeks: tuple[CashWeek, ...]
    drawdowns: tuple[Drawdown, ...]
    unread: dict[str, str]

    @property
    def lowest(self) -> CashWeek | None:
        """The first week with the lowest balance at its end."""
        return min(self.weeks, key=lambda week: (week.closing, week.to), default=None)

    @property
    def wanted(self) -> int:
        """What must come in besides, so that no week ends below the floor."""
        return max(0, self.floor - self.lowest.closing) if self.lowest is not None else 0


def cash_flow(production: Production, costs: Costs) -> CashFlow | Fault:
    """The cash flow of a cost report; a fault when it would run for more than ten years, or nothing has a date."""
    if not dated(production):
        message = "neither a board nor periods nor costs say when anything falls"
        return Fault(message, "give schedule.yaml its days, or private/periods.yaml its periods")
    told = production.cashflow or Cashflow()
    payments = Payments(production, costs)
    found = payments.of_all()
    drawdowns = tuple(sorted(told.drawdowns, key=lambda drawdown: drawdown.date))
    days = [*(payment.day for payment in found), *(drawdown.date for drawdown in drawdowns)]
    if days and max(days) - min(days) > LONGEST:
        message = f"the cash flow would run from {min(days)} to {max(days)}, longer than ten years"
        return Fault(message, "is a year mistyped, in a drawdown, an order or the ledger?")
    paid: dict[date, dict[str, int]] = {}
    for payment in found:
        week = paid.setdefault(payments.week_of(payment.day), {})
        week[payment.account] = week.get(payment.account, 0) + payment.cents
    drawn: dict[date, int] = {}
    for drawdown in drawdowns:
        last = payments.week_of(drawdown.date)
        drawn[last] = drawn.get(last, 0) + to_minor(drawdown.amount)
    balance, made = to_minor(told.opening), []
    for last in weeks(days, payments):
        out, into = paid.get(last, {}), drawn.get(last, 0)
        closing = balance + into - sum(out.values())
        past = payments.end is not None and last <= payments.end
        made.append(CashWeek(last, past, out, into, balance, closing))
        balance = closing
    return CashFlow(to_minor(told.opening), to_minor(told.floor), tuple(made), drawdowns, dict(payments.unread))
