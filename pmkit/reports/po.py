"""The printed purchase order: what a vendor is sent, and nothing else of the production.

It goes outside. It shows the order's own lines and sums, the vendor's own block, the production
office, where to deliver and who approved; no budget, no other order, no invoice, no note of the
house, no contact but the vendor's and the office's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.money import half_up
from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.rollup.formula import Wrong
from pmkit.rollup.order_lines import Quantity, deposit, follows_schedule, worth

SEES = frozenset({"public", "set", "contact", "money"})
"""The privacy classes a printed order may show: of money only its own, of contacts only the vendor's."""
SHOWS = frozenset({
    "Order.date", "Order.instructions", "Order.deliver", "Order.currency", "Order.episode", "Order.deposit", "OrderLine.what",
    "OrderLine.account", "OrderLine.set", "OrderLine.episode", "OrderLine.unit", "OrderLine.amount", "OrderLine.rate",
    "OrderLine.sales_tax", "OrderLine.tax",
    "Vendor.name", "Vendor.contact", "Vendor.email", "Vendor.phone", "Vendor.address", "Vendor.terms",
})  # fmt: skip
"""The fields of those classes that it shows; no other."""

_BADGES = {"draft": "DRAFT", "void": "VOID", "closed": "CLOSED", "approved": ""}


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the order, or a place: a name and what stands under it, line by line."""

    name: str
    lines: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed: quantity and rate as they read, the sum exact. `estimated` follows the schedule."""

    number: int
    what: str
    detail: str
    account: str
    quantity: str
    unit: str
    rate: str
    amount: Decimal | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The sales tax, or the recoverable tax, of one percentage."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PrintedDeposit:
    """What is due with the order, and what then is left; `share` is its percentage, or nothing."""

    share: str
    due: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """A purchase order, as the vendor gets it. `badge` is DRAFT, VOID, CLOSED or nothing."""

    title: str
    company: str
    number: str
    badge: str
    date: dt.date
    vendor: Party
    terms: str
    bill_to: Party
    tax_number: str
    invoices_to: str
    deliver: Party
    from_: dt.date | None
    to: dt.date | None
    currency: str
    lines: tuple[PrintedLine, ...]
    net: Decimal
    taxes: tuple[TaxSum, ...]
    total: Decimal
    deposit: PrintedDeposit | None
    estimated: bool
    instructions: str
    conditions: tuple[str, ...]
    approved_by: str
    approved: dt.date | None


def purchase_order(production: Production, order: Order, quantity: Quantity) -> PurchaseOrder:
    """An order as it is printed for its vendor."""
    settings = production.settings
    own = settings.purchase_order
    tax_name = own.tax_name if own is not None else ""
    lines = tuple(_line(order, line, quantity, n + 1, tax_name or "tax") for n, line in enumerate(order.lines))
    net = sum((line.amount or Decimal(0) for line in lines), Decimal("0.00"))
    taxes = tuple(_taxes(order, quantity, tax_name or "Tax"))
    total = sum((tax.amount for tax in taxes), net)
    approved = order.state in ("approved", "closed") and order.approved_by
    return PurchaseOrder(
        title=settings.title,
        company=settings.company,
        number=order.number,
        badge=_BADGES[order.state],
        date=order.date,
        vendor=_vendor(production, order.vendor),
        terms=getattr(production.vendors.get(order.vendor), "terms", ""),
        bill_to=_office(production),
        tax_number=own.tax_number if own is not None else "",
        invoices_to=own.invoices_to if own is not None else "",
        deliver=_deliver(production, order),
        from_=order.from_,
        to=order.to,
        currency=order.currency or settings.currency,
        lines=lines,
        net=net,
        taxes=taxes,
        total=total,
        deposit=_deposit(order, total, quantity),
        estimated=any(line.estimated for line in lines),
        instructions=order.instructions,
        conditions=own.conditions if own is not None else (),
        approved_by=_signed(production, order.approved_by) if approved else "",
        approved=order.approved if approved else None,
    )


def _line(order: Order, line: OrderLine, quantity: Quantity, number: int, tax_name: str) -> PrintedLine:
    found = worth(order, line, quantity)
    days = (line.from_ or order.from_, line.to or order.to) if line.per else (line.from_, line.to)
    when = " to ".join(f"{day.day} {day:%b}" for day in days if day is not None)
    week = f"a week is {line.week} day{'s' if line.week != 1 else ''}" if line.week else ""
    tax = ", ".join(
        f"{word} {_percent(share)}" for word, share in (("sales tax", line.sales_tax), (tax_name, line.tax)) if share
    )
    episode = f"episode {line.episode or order.episode}" if line.episode or order.episode else ""
    detail = ", ".join(word for word in (when, week, line.set, episode, tax) if word)
    said = "" if isinstance(found, Wrong) else _figure(found.quantity.value)
    amount = None if isinstance(found, Wrong) else found.net
    unit = line.unit or line.per
    return PrintedLine(
        number, line.what, detail, line.account, said, unit, _rate(line.rate), amount, follows_schedule(line)
    )


def _taxes(order: Order, quantity: Quantity, tax_name: str) -> list[TaxSum]:
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for line in order.lines:
        found = worth(order, line, quantity)
        if isinstance(found, Wrong):
            continue
        for word, share, amount in (("Sales tax", line.sales_tax, found.sales_tax), (tax_name, line.tax, found.tax)):
            if share:
                sums[word, share] = sums.get((word, share), Decimal("0.00")) + amount
    return [TaxSum(f"{word} {_percent(share)}", amount) for (word, share), amount in sorted(sums.items())]


def _deposit(order: Order, total: Decimal, quantity: Quantity) -> PrintedDeposit | None:
    found = deposit(order, quantity)
    if found is None or order.deposit is None:
        return None
    share = _percent(order.deposit.share) if order.deposit.share is not None else ""
    return PrintedDeposit(share, found.due, total - found.due)


def _vendor(production: Production, key: str) -> Party:
    found = production.vendors.get(key)
    if found is None:
        return Party(key)
    return Party(found.name, (*_split(found.address), *_split(found.contact)), found.email, found.phone)


def _office(production: Production) -> Party:
    settings, office = production.settings, production.settings.office
    name = settings.company or settings.title
    if office is None:
        return Party(name)
    return Party(name, _split(office.address), office.email, office.phone)


def _deliver(production: Production, order: Order) -> Party:
    """Where to: as the order says, else the one location of its lines."""
    if order.deliver:
        known = production.locations.get(order.deliver)
        if known is not None:
            return Party(known.name, _split(known.address))
        first, *rest = _split(order.deliver) or ("",)
        return Party(first, tuple(rest))
    named = {line.location for line in order.lines if line.location}
    place = production.locations.get(next(iter(named))) if len(named) == 1 else None
    return Party(place.name, _split(place.address)) if place is not None else Party("")


def _signed(production: Production, person: str) -> str:
    hire = production.hires.get(person)
    position = hire[1].position if hire is not None else ""
    return ", ".join(word for word in (production.name_of(person), position) if word)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _figure(value: Decimal) -> str:
    """A quantity as people write it, at most four decimals: eight days of a three-day week are 1.3333 weeks."""
    shown = half_up(value, 4)
    return f"{shown.normalize():,f}" if shown else "0"


def _rate(value: Decimal) -> str:
    exact = value.normalize()
    return f"{exact:,f}" if exact != exact.quantize(Decimal("0.01")) else f"{value:,.2f}"


def _percent(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}%"
