"""`pmkit po invoice --posted`: what the ledger has on open orders is taken into their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmkit.commands import options, po_desk
from pmkit.model.money import written
from pmkit.problems import Stop

if TYPE_CHECKING:
    import datetime as dt

    from pmkit.files.notation import Value
    from pmkit.files.orders import OpenOrder
    from pmkit.rollup.posted import Posted


def take_in(date: str | None, dry_run: bool) -> None:
    """Adds each posted invoice to its order; several accounts of an order get a part each."""
    from pmkit.files.orders import OpenOrder
    from pmkit.rollup.posted import not_invoiced

    desk = po_desk.Desk(date, dry_run, (*po_desk.PARTS, "costs", "balance"))
    opened: dict[str, OpenOrder] = {}
    other = []
    for found in not_invoiced(desk.production, desk.orders()):
        if found.amount is None or not found.document:
            other.append(found)
            continue
        number = found.order.number
        one = opened.setdefault(number, OpenOrder(desk.folder.root, found.order))
        for fields in _parts(desk, found):
            one.invoice(fields)
        options.show([f"{number}  invoice {found.document} of {found.day}: {written(found.cost)}"])
    for found in other:
        why = "has no document" if not found.document else "is not in the order's currency"
        options.say(f"{found.order.number}: {written(found.cost)} of {found.day} {why}: {found.rows[0].place.row}")
    if not opened:
        options.say("Every order has the invoices that the ledger has on it." if not other else "Nothing was taken in.")
        return
    drafts = [one.draft for one in opened.values()]
    after = desk.after(drafts)
    for number in opened:
        now = after.production.orders.get(number)
        if now is None:
            raise Stop(f"{number} could not be read with its invoices; nothing was written", "look at its file")
        state = after.orders().state(now)
        if state.overage:
            options.say(f"{number} is OVER by {written(state.overage)}; somebody has to approve it.")
    desk.write(drafts)
    if not dry_run:
        options.say("Next: pmkit po list --open")


def _parts(desk: po_desk.Desk, found: Posted) -> list[dict[str, Value]]:
    """The invoice as it is written: whole, or a part for each account of the order."""
    from pmkit.files.orders import figure
    from pmkit.rollup.posted import amount_in

    accounts = {line.account for line in found.order.lines}
    by_account = {row.account: [r for r in found.rows if r.account == row.account] for row in found.rows}
    day = str(_day(desk, found.day))
    if len(accounts) == 1 or not by_account.keys() <= accounts:
        by_account = {"": list(found.rows)}
    made: list[dict[str, Value]] = []
    for account, rows in by_account.items():
        amount = amount_in(desk.production, found.order, rows)
        assert amount is not None
        fields: dict[str, Value] = {"number": found.document, "date": day, "amount": figure(amount)}
        made.append(fields | ({"account": account} if account else {}))
    return made


def _day(desk: po_desk.Desk, posted: dt.date) -> dt.date:
    """The day it was posted; of a closed period, today: that period's report is out."""
    closed = (p for p in desk.production.periods.values() if p.closed is not None and p.from_ <= posted <= p.to)
    return desk.today if any(closed) else posted
