"""`pmkit po approve|invoice|close|void`: an order goes its way, its file changed in the lines it must be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options, po_amounts, po_desk, po_posted
from pmkit.model.money import written
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.commands.po_desk import Desk
    from pmkit.files.notation import Value
    from pmkit.files.orders import OpenOrder
    from pmkit.model.order import Order

_numbers = click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, shell_complete=completion.orders)
_number = click.argument("number", shell_complete=completion.orders)

_APPROVE = """Approve orders: from then on they are commitments.

Above the limit of production.yaml (approvals: {po_over: 2500, by: mara-voss}) only that person approves; at
it or under it, anybody of the production. --by may be left out where .pmkit/clone.yaml says `person:`.

\b
Examples:
  pmkit po approve LOC-014 --by mara-voss
  pmkit po approve 14 15 16 --by mara-voss      several: all of them or none
"""


@click.command(name="approve", help=_APPROVE)
@_numbers
@click.option("--by", default="", metavar="WHO", shell_complete=completion.people, help="Who approves.")
@po_desk.acting
def approve(numbers: tuple[str, ...], by: str, date: str | None, dry_run: bool) -> None:
    """Writes state, name and day into each order."""
    desk = po_desk.Desk(date, dry_run)
    desk.open_period(desk.today)
    orders, who = desk.orders(), ""
    found = _each(desk, numbers)
    for order in found:
        if order.state != "draft":
            hint = "" if order.state != "approved" else f"by {order.approved_by or 'nobody named'}"
            needs = orders.needs(order)
            settled = not needs or order.approved_by == needs
            if order.state != "approved" or (settled and orders.grown(order) is None):
                raise Stop(f"{order.number} is {order.state} already; nothing was approved", hint)
        who = who or desk.person(by)
        if (needs := orders.needs(order)) and needs != who:
            limit = getattr(desk.production.settings.approvals, "po_over", Decimal(0))
            message = f"{order.number} comes to {written(orders.state(order).ordered)}: above {limit:,f}"
            raise Stop(f"{message} {needs} approves, not {who}; nothing was approved", f"--by {needs}, once they have")
        if order.date > desk.today:
            options.say(f"{order.number} is dated {order.date}: it commits from then on.")
    opened = [_open(desk, order) for order in found]
    for one in opened:
        one.approve(who, desk.today, orders.sum_of(one.order))
    drafts = [one.draft for one in opened]
    after = desk.after(drafts, whole=True)
    for order in found:
        now = after.production.orders[order.number]
        options.show([f"{now.number}  approved by {after.production.name_of(who)}, {desk.today}"])
        for line in (*_papers(after, now), *po_desk.headroom(after, now, after.orders())):
            options.say(line)
    desk.write(drafts)
    if not dry_run:
        options.say(f"Next: pmkit po print {' '.join(order.number for order in found)} --format pdf")


_INVOICE = """Record an invoice against an order. The final one settles it, whatever its amount, and closes it.

AMOUNT is in the order's currency, with sales tax and without recoverable tax; `rest` is all that is still
open, `deposit` what is due with the order. A credit note is --credit.

\b
Examples:
  pmkit po invoice LOC-014 900 --number 4471
  pmkit po invoice 14 rest --number 4502 --final
  pmkit po invoice 14 300 --number 4510 --account 3630      for one account of the order
  pmkit po invoice 14 deposit --number 4470
  pmkit po invoice --posted                        what the accountant's ledger has on orders
  pmkit po invoice 14 100 --number C-12 --credit
"""


@click.command(name="invoice", help=_INVOICE, context_settings={"ignore_unknown_options": True})
@click.argument("number", required=False, default="", shell_complete=completion.orders)
@click.argument("amount", required=False, default="")
@click.option("--number", "document", default="", metavar="INVOICE", help="The invoice's own number.")
@click.option("--posted", is_flag=True, help="All that the ledger has on open orders, and they have not.")
@click.option("--final", is_flag=True, help="Nothing more comes: what is left is released.")
@click.option("--credit", is_flag=True, help="It is a credit note.")
@click.option("--account", default="", shell_complete=completion.accounts, help="For one account of the order.")
@click.option("--note", default="", help="What it is for.")
@click.option("--anyway", is_flag=True, help="Although an invoice of this number is in already.")
@po_desk.acting
def invoice(
    number: str, amount: str, document: str, posted: bool, final: bool, credit: bool, account: str, note: str, anyway: bool,
    date: str | None, dry_run: bool,
) -> None:  # fmt: skip
    """Adds the invoice to the order's file and says what is left."""
    if posted:
        if number or document or final or credit or account or note:
            raise click.UsageError("--posted takes in all that is posted: nothing else goes with it")
        po_posted.take_in(date, dry_run)
        return
    for word, given in (("NUMBER", number), ("AMOUNT", amount), ("--number", document)):
        if not given:
            raise click.UsageError(f"{word} is missing: pmkit po invoice LOC-014 900 --number 4471")
    desk = po_desk.Desk(date, dry_run)
    order = desk.order(number)
    desk.open_period(desk.today)
    account = po_amounts.own_account(order, account)
    value = po_amounts.amount(desk, order, amount, credit, account)
    if order.state in ("draft", "void") or (order.state == "closed" and value > 0):
        hints = {"draft": f"pmkit po approve {order.number}", "void": "raise a new order"}
        hint = hints.get(order.state, "a new order; or, if it was closed too soon, state: approved in its file")
        raise Stop(
            f"{order.number} is {'a draft' if order.state == 'draft' else order.state}: it takes no invoice", hint
        )
    if not anyway:
        po_amounts.not_twice(desk, order, document)
    fields: dict[str, Value] = {"number": document, "date": str(desk.today), "amount": f"{value:f}"}
    fields |= {"account": account} if account else {}
    fields |= {"final": "true"} if final else {}
    fields |= {"deposit": "true"} if amount.strip().lower() == po_amounts.DEPOSIT else {}
    fields |= {"note": note} if note else {}
    opened = _open(desk, order)
    opened.invoice(fields)
    if final and not account and order.state == "approved":
        opened.close(desk.today)
    after = desk.after([opened.draft])
    now = after.production.orders.get(order.number)
    if now is None:
        raise Stop(f"{order.number} could not be read with this invoice; nothing was written", "look at its file")
    state = after.orders().state(now)
    base = desk.production.settings.currency
    told = f"{order.number}  ordered {written(state.ordered)}, invoiced {written(state.invoiced)}"
    options.show([f"{told}, still open {written(state.remaining)} {base}"])
    if state.overage:
        options.say(f"OVER: the invoices exceed the order by {written(state.overage)}; somebody has to approve it.")
    if state.released:
        options.say(f"Released: {written(state.released)} is no longer committed.")
    desk.write([opened.draft])
    if not dry_run:
        options.say(
            f"Next: {'pmkit po list' if now.state == 'closed' else f'pmkit po close {order.number}, when no more comes'}"
        )


_CLOSE = """Close orders: nothing more comes, and what is left of them is released.

\b
Examples:
  pmkit po close LOC-014
  pmkit po close 14 15 16 --dry-run
"""


@click.command(name="close", help=_CLOSE, short_help="Close orders: nothing more is invoiced on them.")
@_numbers
@po_desk.acting
def close(numbers: tuple[str, ...], date: str | None, dry_run: bool) -> None:
    """Writes state and day into each order."""
    desk = po_desk.Desk(date, dry_run)
    desk.open_period(desk.today)
    orders, opened = desk.orders(), []
    for order in _each(desk, numbers):
        if order.state != "approved":
            hints = {"draft": f"pmkit po void {order.number} --because …"}
            word = "a draft" if order.state == "draft" else f"{order.state} already"
            raise Stop(f"{order.number} is {word}; nothing was closed", hints.get(order.state, ""))
        one = _open(desk, order)
        one.close(desk.today)
        opened.append(one)
        left = orders.state(order).remaining
        options.show([f"{order.number}  closed" + (f", {written(left)} released" if left else "")])
    desk.write([one.draft for one in opened])


_VOID = """Void an order that nothing was invoiced on. Its number is never used again.

\b
Example:
  pmkit po void LOC-014 --because "the owner lends it"
"""


@click.command(name="void", help=_VOID)
@_number
@click.option("--because", required=True, metavar="WHY", help="Why.")
@po_desk.acting
def void(number: str, because: str, date: str | None, dry_run: bool) -> None:
    """Writes state, day and reason into the order."""
    desk = po_desk.Desk(date, dry_run)
    order = desk.order(number)
    desk.open_period(desk.today)
    if not because.strip():
        raise Stop("--because is empty", "say why, for whoever reads the log", exit_code=2)
    if order.state == "void":
        raise Stop(f"{order.number} is void already", order.because)
    if order.invoices:
        count = f"{len(order.invoices)} invoice{'s' if len(order.invoices) != 1 else ''}"
        raise Stop(f"{order.number} has {count} and cannot be void", f"pmkit po close {order.number} releases the rest")
    opened = _open(desk, order)
    opened.void(desk.today, because.strip())
    left = desk.orders().state(order).remaining
    options.show([f"{order.number}  void: {because.strip()}" + (f"; {written(left)} released" if left else "")])
    desk.write([opened.draft])


# ---- what they share


def _each(desk: Desk, numbers: tuple[str, ...]) -> list[Order]:
    """The orders meant, each once."""
    return [*{order.number: order for order in map(desk.order, numbers)}.values()]


def _open(desk: Desk, order: Order) -> OpenOrder:
    from pmkit.files.orders import OpenOrder

    return OpenOrder(desk.folder.root, order)


def _papers(after: Desk, order: Order) -> list[str]:
    from pmkit.rollup import order_rules

    vendor = after.production.vendors.get(order.vendor)
    faults = order_rules.papers(vendor, order) if vendor is not None else ()
    return [f"{fault.message} ({fault.hint})" for fault in faults]
