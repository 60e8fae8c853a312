"""What orders still commit, line by line: an account's rest goes to its lines by what they were ordered for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.rollup.commitments import state, to_minor
from pmkit.rollup.exchange import exchange
from pmkit.rollup.formula import Wrong
from pmkit.rollup.order_lines import Quantities, worth
from pmkit.rollup.shares import shared


def open_lines(production: Production, day: date | None) -> Iterator[tuple[Order, OrderLine, int]]:
    """Every line that still commits something at the end of a day, or now, with the cents it commits."""
    rates, quantity = exchange(production), Quantities(production)
    for number in sorted(production.orders):
        order = production.orders[number]
        for account, cents in state(order, rates, day, quantity).remaining_by_account.items():
            if not cents:
                continue
            lines = [line for line in order.lines if line.account == account]
            found = [worth(order, line, quantity) for line in lines]
            sums = [max(0, to_minor(Decimal(0) if isinstance(one, Wrong) else one.cost)) for one in found]
            for line, share in zip(lines, shared(cents, sums if any(sums) else [1] * len(lines)), strict=True):
                yield order, line, share
