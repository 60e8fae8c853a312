"""The log of purchase orders: every order by desk, what it comes to, what is invoiced and what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pmkit.model.money import amount_of, written
from pmkit.model.order import Order, number_order, number_parts
from pmkit.model.production import Production
from pmkit.reports.date_words import in_full
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup import order_rules
from pmkit.rollup.commitments import OrderState
from pmkit.rollup.order_rules import Orders

SEES = frozenset({"public", "money"})
"""The privacy classes the log may show."""

_COLUMNS = (
    Column("number", "Number"),
    Column("date", "Date", "date"),
    Column("vendor", "Vendor", width=2),
    Column("what", "What", width=3),
    Column("accounts", "Account", width=1),
    Column("state", "State"),
    Column("ordered", "Ordered", "money"),
    Column("invoiced", "Invoiced", "money"),
    Column("remaining", "Still open", "money", strong=True),
    Column("attention", "Attention", width=2),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders the log is of; what is empty leaves none out. `day` is the day it is made on."""

    day: dt.date
    states: tuple[str, ...] = ()
    vendor: str = ""
    account: str = ""
    desk: str = ""
    open: bool = False
    from_: dt.date | None = None
    to: dt.date | None = None


def log(production: Production, wanted: Wanted) -> Table:
    """The log. With an account, figures are of that account alone; all are in the production's currency."""
    orders = Orders(production)
    chosen = [order for order in _in_order(production) if _is_wanted(order, orders.state(order), wanted)]
    rows: list[Row] = []
    desks = list(dict.fromkeys(_desk(order) for order in chosen))
    for desk in desks:
        own = [order for order in chosen if _desk(order) == desk]
        if len(desks) > 1:
            rows.append(heading(desk or "Without a desk"))
        rows += [_row(production, orders, order, wanted) for order in own]
        if len(desks) > 1:
            rows.append(_sum(f"{desk} {_count(own)}".strip(), orders, own, wanted, "subtotal"))
    if chosen:
        rows.append(_sum(f"Total {_count(chosen)}", orders, chosen, wanted, "total"))
    return Table(
        production.settings.title,
        "Purchase orders",
        _COLUMNS,
        tuple(rows),
        subtitle=_said(production, wanted),
        period=f"to {in_full(wanted.day)}",
        notes=(
            f"All figures in {production.settings.currency}, with sales tax, net of recoverable tax; foreign orders at the budget's rate.",
            "Still open is what approved orders commit: ordered less invoiced, nothing once the final invoice is in. "
            "Drafts and void orders are in no sum.",
        ),
        landscape=True,
    )


def _in_order(production: Production) -> Iterator[Order]:
    for number in sorted(production.orders, key=number_order):
        yield production.orders[number]


def _is_wanted(order: Order, state: OrderState, wanted: Wanted) -> bool:
    return not (
        (wanted.states and order.state not in wanted.states)
        or (wanted.vendor and order.vendor != wanted.vendor)
        or (wanted.account and wanted.account not in state.by_account)
        or (wanted.desk and _desk(order) != wanted.desk.upper())
        or (wanted.open and not state.remaining and order.state != "draft")
        or (wanted.from_ is not None and order.date < wanted.from_)
        or (wanted.to is not None and order.date > wanted.to)
    )


def _row(production: Production, orders: Orders, order: Order, wanted: Wanted) -> Row:
    state = orders.state(order)
    vendor = production.vendors.get(order.vendor)
    more = f" and {len(order.lines) - 1} more" if len(order.lines) > 1 else ""
    ordered, invoiced, remaining = _figures(state, wanted.account)
    return Row((
        order.number,
        order.date,
        vendor.name if vendor is not None else order.vendor,
        (order.lines[0].what if order.lines else "") + more,
        " ".join(state.by_account),
        order.state,
        amount_of(ordered),
        amount_of(invoiced),
        amount_of(remaining),
        "; ".join(_attention(production, orders, order, wanted.day)),
    ))  # fmt: skip


def _attention(production: Production, orders: Orders, order: Order, day: dt.date) -> Iterator[str]:
    """What somebody has to do about an order, in few words."""
    state = orders.state(order)
    if order.state == "void":
        if order.because:
            yield order.because
        return
    if state.overage and order.invoices:
        yield f"OVER by {written(state.overage)}"
    by = orders.needs(order)
    if order.state == "draft":
        yield f"{by or 'somebody'} to approve" + (f", needed since {order.from_}" if _late(order.from_, day) else "")
    elif (by and order.approved_by != by) or (order.state == "approved" and orders.grown(order) is not None):
        yield f"{by or order.approved_by} to approve"
    if order.deposit is not None and order_rules.is_open(order) and not order.invoices:
        yield "deposit to pay"
    if order_rules.is_open(order) and _late(order.to, day) and state.remaining:
        yield f"past its date, {order.to}"
    vendor = production.vendors.get(order.vendor)
    if vendor is not None and order.state != "closed":
        said = {"no-tax-form": "no tax form", "no-insurance": "no insurance", "insurance-ends": "insurance ends"}
        yield from (said[fault.code] for fault in order_rules.papers(vendor, order))


def _late(end: dt.date | None, day: dt.date) -> bool:
    return end is not None and end < day


def _figures(state: OrderState, account: str) -> tuple[int, int, int]:
    if not account:
        return state.ordered, state.invoiced, state.remaining
    parts = (state.by_account, state.invoiced_by_account, state.remaining_by_account)
    ordered, invoiced, remaining = (part.get(account, 0) for part in parts)
    return ordered, invoiced, remaining


def _sum(words: str, orders: Orders, chosen: Iterable[Order], wanted: Wanted, kind: str) -> Row:
    counted = [_figures(orders.state(o), wanted.account) for o in chosen if o.state in ("approved", "closed")]
    sums = [amount_of(sum(figures[n] for figures in counted)) for n in range(3)]
    return Row((words, None, "", "", "", "", *sums, ""), kind)  # type: ignore[arg-type]


def _count(orders: list[Order]) -> str:
    return f"({len(orders)} order{'s' if len(orders) != 1 else ''})"


def _desk(order: Order) -> str:
    parts = number_parts(order.number)
    return parts.desk if parts is not None else ""


def _said(production: Production, wanted: Wanted) -> str:
    vendor = production.vendors.get(wanted.vendor)
    words = (
        ", ".join(wanted.states),
        vendor.name if vendor is not None else wanted.vendor,
        f"account {wanted.account}" if wanted.account else "",
        f"desk {wanted.desk.upper()}" if wanted.desk else "",
        "still open" if wanted.open else "",
        f"from {in_full(wanted.from_)}" if wanted.from_ else "",
        f"to {in_full(wanted.to)}" if wanted.to else "",
    )
    return " · ".join(word for word in words if word)
