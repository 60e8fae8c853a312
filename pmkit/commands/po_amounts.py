"""What is typed of an invoice: its amount, in figures or as `rest` or `deposit`, its account, its number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pmkit.model.money import amount_of
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.commands.po_desk import Desk
    from pmkit.model.order import Order

DEPOSIT = "deposit"


def own_account(order: Order, typed: str) -> str:
    """An account of the order, as typed."""
    known = list(dict.fromkeys(line.account for line in order.lines))
    if typed and typed not in known:
        raise Stop(f"{order.number} orders nothing on account {typed}", f"it has {', '.join(known)}", exit_code=2)
    return typed


def amount(desk: Desk, order: Order, typed: str, credit: bool, account: str) -> Decimal:
    """The net amount in the order's currency; `rest` is what is still open, and below zero a credit note."""
    from pmkit.model import money

    if typed.strip().lower() == "rest":
        return _rest(desk, order, account)
    if typed.strip().lower() == DEPOSIT:
        return _deposit(desk, order)
    bare = typed.strip().strip("$£€ ").removesuffix(order.currency or desk.production.settings.currency).strip()
    value = money.parse_amount(bare)
    if isinstance(value, Fault):
        raise Stop(value.message, value.hint, exit_code=2)
    if not value:
        raise Stop("an invoice of nothing changes nothing", "give its amount, or: rest", exit_code=2)
    return -abs(value) if credit else value


def _deposit(desk: Desk, order: Order) -> Decimal:
    """The order's deposit without recoverable tax; stops when it has none, or it is in already."""
    from pmkit.rollup.order_lines import deposit

    due = deposit(order, desk.orders().quantity)
    if due is None:
        raise Stop(
            f"{order.number} has no deposit", "give the invoice's amount; or deposit: 50% in its file", exit_code=2
        )
    paid = next((found for found in order.invoices if found.deposit), None)
    if paid is not None:
        raise Stop(f"the deposit of {order.number} is in already: invoice {paid.number}, {paid.amount:,f}", exit_code=2)
    return due.net


def _rest(desk: Desk, order: Order, account: str) -> Decimal:
    """What is left in the order's own currency."""
    from pmkit.rollup.commitments import state

    orders = desk.orders()
    found = state(order, lambda _: Decimal(1), None, orders.quantity)
    left = found.remaining_by_account.get(account, 0) if account else found.remaining
    if not left:
        raise Stop(f"nothing is left of {order.number}", "give the invoice's amount", exit_code=2)
    return amount_of(left)


def not_twice(desk: Desk, order: Order, document: str) -> None:
    """Stops when the vendor's invoice of this number is in already, on any order."""
    from pmkit.rollup.order_rules import same_document

    for other in desk.production.orders.values():
        for found in other.invoices if other.vendor == order.vendor else ():
            if same_document(found.number) == same_document(document):
                when = f" of {found.date}" if found.date else ""
                message = (
                    f"invoice {found.number} of {order.vendor} is in {other.number} already: {found.amount:,f}{when}"
                )
                raise Stop(message, "nothing was written; if it is another paper, or another part of it: --anyway")
