"""What a cash flow says below its figures: how they were made, and when the bank is short."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.cashflow import Cashflow
from pmkit.model.money import written
from pmkit.model.production import Production
from pmkit.reports.costs_notes import left_out
from pmkit.reports.date_words import in_full
from pmkit.rollup.cashflow import CashFlow
from pmkit.rollup.costs import Costs


def conventions(production: Production, whole: bool) -> Iterator[str]:
    """How the figures were made, and what was not there."""
    told = production.cashflow or Cashflow()
    if whole:
        yield f"All figures in whole {production.settings.currency}; totals are of the unrounded figures."
    yield "All payments together are the estimated final cost of the cost report of the same period."
    yield (
        "Paid: invoices posted and the vendor's terms; payroll, petty cash, cards and journals on their day. To pay: "
        "orders over their rental or the days at their location, and the vendor's terms; what is to complete as the "
        f"budget's lines fall on the schedule, wages {told.payroll_lag} days after their week, the rest after "
        f"{told.terms} days."
    )
    if production.cashflow is None:
        yield "There is no private/cashflow.yaml: the bank opens with nothing and nothing comes in."


def attention(production: Production, costs: Costs, flow: CashFlow) -> Iterator[str]:
    """What somebody has to see to: weeks below the floor, vendors whose terms say no days."""
    yield from left_out(production, costs.period)
    short = [week for week in flow.weeks if week.closing < flow.floor]
    ahead = [week for week in short if not week.past] or short
    if ahead and production.cashflow is not None:
        lowest = min(ahead, key=lambda week: (week.closing, week.to))
        weeks = f"{len(ahead)} week{'s' if len(ahead) > 1 else ''}"
        below = f"below {written(flow.floor)}" if flow.floor else "below nothing"
        first = in_full(min(week.to for week in ahead))
        depth = f"{written(abs(lowest.closing))}{' overdrawn,' if lowest.closing < 0 else ''}"
        yield (
            f"The bank is short: {weeks} {'end' if len(ahead) > 1 else 'ends'} {below}, the first on {first}; the "
            f"lowest is {depth} on {in_full(lowest.to)}. {written(flow.floor - lowest.closing)} more must come in by then."
        )
    for vendor, words in sorted(flow.unread.items()):
        known = production.vendors.get(vendor)
        name = known.name if known is not None else vendor
        yield f"The terms of {name} ({words}) say no days: its invoices are taken to be paid after the production's own."
