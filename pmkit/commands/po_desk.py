"""What the acts on purchase orders share: the desk they are typed at, the order meant, what is written and said."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmkit.commands import options
from pmkit.model.money import amount_of
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.files.edit import Draft
    from pmkit.files.folder import Folder
    from pmkit.model.order import Order
    from pmkit.model.production import Production
    from pmkit.rollup.order_rules import Orders

F = TypeVar("F", bound=Callable[..., Any])
PARTS = (
    "crew", "cast", "locations", "breakdown", "schedule", "calendar", "daily", "vendors", "budget", "periods", "po",
)  # fmt: skip


def acting(function: F) -> F:
    """The options that every act on orders has."""
    for option in (
        click.option("--date", metavar="DATE", help="The day it counts from; else today."),
        click.option("--dry-run", is_flag=True, help="Only show what it would write."),
        options.in_production,
    ):
        function = option(function)
    return function


class Desk:
    """The order desk of this clone, with the production as it stands."""

    def __init__(self, date: str | None, dry_run: bool, parts: Collection[str] = PARTS) -> None:
        self.folder: Folder = options.read(parts)
        self.production: Production = self.folder.production
        if not self.production.has_private:
            raise Stop(
                "there is no private/ here: the orders lie in it",
                "it is a repository of its own; ask the production office, and clone it into this folder as private",
            )
        self.today = options.today(self.production.settings, date)
        self.dry_run = dry_run

    @property
    def prefix(self) -> str:
        """The desk of this clone; empty when nobody has said yet."""
        from pmkit.files import clone

        found = clone.read(self.folder.root)
        return found.desk.upper() if found is not None else ""

    def orders(self) -> Orders:
        """The orders as they stand."""
        from pmkit.rollup.order_rules import Orders

        return Orders(self.production)

    def order(self, typed: str) -> Order:
        """The order somebody means; stops with the nearest one when there is none."""
        from pmkit.files import orders
        from pmkit.rollup import order_words

        number = order_words.find_order(typed, self.production.orders, self.prefix)
        if not isinstance(number, Fault):
            return self.production.orders[number]
        taken = orders.numbers(self.folder.root, ())
        unread = order_words.find_order(typed, taken, self.prefix)
        if not isinstance(unread, Fault):
            raise Stop(f"order {unread} has errors and is not changed", "mend it first: pmkit validate")
        raise Stop(number.message, number.hint, exit_code=2)

    def open_period(self, day: dt.date) -> None:
        """Stops when a day lies in an accounting period that is closed: nothing is added to it any more."""
        for period in self.production.periods.values():
            if period.closed is not None and period.from_ <= day <= period.to:
                hint = "give a day of an open period with --date; the paper's own date fits in a note"
                raise Stop(f"{day} lies in period {period.number}, which was closed on {period.closed}", hint)

    def person(self, typed: str, act: str = "approves") -> str:
        """Somebody of the production by id, else whoever this clone's card names."""
        return person(self.folder.root, self.production, typed, act)

    def write(self, drafts: list[Draft]) -> None:
        """Writes the changed files, or shows what would change in them."""
        from pmkit.files import edit

        if self.dry_run:
            for draft in drafts:
                options.show(_changes(draft))
            options.say("Nothing is written: --dry-run.")
            return
        for file in edit.write(self.folder.root, drafts):
            options.say(f"Written: {file}")

    def after(self, drafts: list[Draft], whole: bool = False) -> Desk:
        """The same desk as it is with the changes; `whole` with all that the folder holds."""
        from pmkit.files import folder

        changed: dict[str, bytes | None] = {draft.file: draft.data for draft in drafts}
        desk = object.__new__(Desk)
        desk.folder = folder.read(self.folder.root, None if whole else PARTS, changed)
        desk.production, desk.today, desk.dry_run = desk.folder.production, self.today, self.dry_run
        return desk


def said(desk: Desk, order: Order, orders: Orders) -> Iterable[str]:
    """An order in a few lines: its head, its lines with their sums, its total."""
    from pmkit.rollup.coding import Codes
    from pmkit.rollup.formula import Wrong
    from pmkit.rollup.order_lines import deposit, follows_schedule, worth

    production = desk.production
    vendor = production.vendors.get(order.vendor)
    yield f"{order.number}  {vendor.name if vendor is not None else order.vendor}  {order.state}"
    codes = Codes(production.budget, production.chart)
    total = Decimal("0.00")
    for line in order.lines:
        found = worth(order, line, orders.quantity)
        account = f"{line.account} {codes.of(line.account).name}".strip()
        if isinstance(found, Wrong):
            yield f"  {line.what:<32} {account:<30} {line.amount} {line.unit}: not worked out"
            continue
        total += found.cost
        many = f"{found.quantity.value.normalize():,f} {line.unit or line.per}".strip() + " × " + f"{line.rate:,.2f}"
        yield f"  {line.what:<32} {account:<30} {many:>22} {found.net:>13,.2f}"
        if follows_schedule(line) or line.per or line.week:
            yield f"      {found.quantity.rule}"
        if found.sales_tax:
            yield f"  {'':<32} {'':<30} {'sales tax':>22} {found.sales_tax:>13,.2f}"
    currency = order.currency or production.settings.currency
    yield f"  {'':<32} {'':<30} {'total ' + currency:>22} {total:>13,.2f}"
    due = deposit(order, orders.quantity)
    if due is not None:
        words = "deposit, with tax" if any(line.tax for line in order.lines) else "deposit"
        yield f"  {'':<32} {'':<30} {words:>22} {due.due:>13,.2f}"


def net(order: Order, orders: Orders) -> Decimal:
    """What an order's lines come to in its own currency, with sales tax."""
    from pmkit.rollup.formula import Wrong
    from pmkit.rollup.order_lines import worth

    sums = (worth(order, line, orders.quantity) for line in order.lines)
    return sum((found.cost for found in sums if not isinstance(found, Wrong)), Decimal("0.00"))


def headroom(desk: Desk, order: Order, orders: Orders) -> Iterable[str]:
    """By account of an order: the budget, and what is spent and ordered with this order."""
    from pmkit.rollup.costs import costs

    if desk.production.budget is None:
        return
    state = orders.state(order)
    for row in costs(desk.production, None).accounts():
        if row.coding.number in state.by_account:
            position = row.position
            total = position.total.value + amount_of(state.waiting_by_account.get(row.coding.number, 0))
            left = position.revised.value - total
            word = f"{left:,.2f} left" if left >= 0 else f"{-left:,.2f} OVER"
            name = f"{row.coding.number} {row.coding.name}".strip()
            yield f"{name}: budget {position.revised.value:,.2f}, spent and ordered with this {total:,.2f}, {word}"


def _changes(draft: Draft) -> Iterable[str]:
    before = (draft.before or b"").decode("utf-8", "replace").splitlines()
    after = draft.data.decode("utf-8", "replace").splitlines()
    shown = difflib.unified_diff(before, after, draft.file, draft.file, lineterm="", n=1)
    return [line for line in shown if not line.startswith(("---", "@@"))] or [draft.file]


def person(root: Path, production: Production, typed: str, act: str) -> str:
    """Somebody of the production by id, else whoever this clone's card names. Raises `Stop` when that is nobody."""
    from pmkit.files import clone
    from pmkit.model.record import meant

    found = clone.read(root)
    who = typed or (found.person if found is not None else "")
    if not who:
        approvals = production.settings.approvals
        example = approvals.by if approvals is not None else ""
        example = example or next(iter(production.hires), "") or "ID, of somebody in crew.yaml"
        bare = example.partition(",")[0]
        hint = f"--by {example}; once for this clone: person: {bare} in .pmkit/clone.yaml"
        raise Stop(f"nobody is named who {act}", hint, exit_code=2)
    if not production.knows_person(who):
        known = [*production.hires, *production.cast_by_id]
        raise Stop(f"nobody has the id {who[:40]}", meant(who, known, "crew.yaml has the ids"), exit_code=2)
    return who
