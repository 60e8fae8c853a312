"""Purchase orders: what is still committed, and what an invoice takes away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pmkit.model.order import Invoice, Order, OrderLine
from pmkit.rollup.commitments import commitments, state

DAY = dt.date(2025, 10, 8)


def rates(currency: str) -> Decimal | None:
    return {"": Decimal(1), "CAD": Decimal("0.73")}.get(currency)


def order(
    *lines: tuple[str, str], invoices: tuple[Invoice, ...] = (), status: str = "approved", currency: str = ""
) -> Order:
    made = tuple(OrderLine(what="x", account=account, rate=Decimal(rate)) for account, rate in lines)
    return Order(number="LOC-014", vendor="v", date=DAY, state=status, lines=made, invoices=invoices, currency=currency)


def bill(amount: str, *, final: bool = False, account: str = "", day: dt.date | None = DAY) -> Invoice:
    return Invoice(number="1", amount=Decimal(amount), final=final, account=account, date=day)


def test_part_invoice_then_a_smaller_final_one() -> None:
    """10,000 ordered; 4,000 invoiced leaves 6,000; a final 5,200 leaves nothing, 9,200 spent."""
    part = state(order(("3607", "10000"), invoices=(bill("4000"),)), rates)
    assert (part.invoiced, part.remaining, part.overage) == (400000, 600000, 0)
    done = state(order(("3607", "10000"), invoices=(bill("4000"), bill("5200", final=True))), rates)
    assert (done.invoiced, done.remaining, done.overage) == (920000, 0, 0)


def test_an_invoice_above_the_order_is_an_overage_and_never_a_negative_commitment() -> None:
    found = state(order(("3607", "1000"), invoices=(bill("1200.50"),)), rates)
    assert (found.remaining, found.overage) == (0, 20050)


@pytest.mark.parametrize("status", ["draft", "closed", "void"])
def test_only_approved_orders_commit(status: str) -> None:
    assert state(order(("3607", "1000"), status=status), rates).remaining == 0


def test_before_its_date_an_order_commits_nothing_and_later_invoices_do_not_relieve_it() -> None:
    one = order(("3607", "1000"), invoices=(bill("400", day=dt.date(2025, 10, 20)),))
    assert state(one, rates, DAY - dt.timedelta(1)).remaining == 0
    assert state(one, rates, DAY).remaining == 100000
    assert state(one, rates, dt.date(2025, 10, 20)).remaining == 60000


def test_an_invoice_relieves_its_account_and_others_in_the_order_of_the_lines() -> None:
    one = order(
        ("3607", "1000"), ("3630", "500"), ("3607", "200"), invoices=(bill("300", account="3630"), bill("1250"))
    )
    assert state(one, rates).remaining_by_account == {"3607": 0, "3630": 15000}
    final = order(("3607", "1000"), ("3630", "500"), invoices=(bill("300", account="3630", final=True),))
    assert state(final, rates).remaining_by_account == {"3607": 100000, "3630": 0}


def test_a_credit_note_gives_the_commitment_back_up_to_nothing_strange() -> None:
    one = order(("3607", "1000"), invoices=(bill("400"), bill("-100")))
    assert state(one, rates).remaining == 70000


def test_currencies_at_the_budgets_rate_each_line_rounded_once() -> None:
    found = state(order(("3607", "0.10"), ("3607", "0.10"), currency="CAD"), rates)
    assert found.ordered == 14


def test_commitments_are_listed_by_number_and_only_where_something_is_left() -> None:
    orders = {"B": order(("1", "5")), "A": order(("1", "7")), "C": order(("1", "7"), status="void")}
    assert [found.remaining for found in commitments(orders, rates)] == [700, 500]
