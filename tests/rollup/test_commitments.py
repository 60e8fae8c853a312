"""Purchase orders: what is still committed, and what an invoice takes away."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, strategies as st

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


def test_an_invoice_relieves_its_account_and_others_in_proportion_to_what_is_left() -> None:
    lines = (("3607", "1000"), ("3630", "500"), ("3607", "200"))
    one = order(*lines, invoices=(bill("300", account="3630"), bill("700")))
    assert state(one, rates).remaining_by_account == {"3607": 60000, "3630": 10000}
    cents = order(("1", "1"), ("2", "1"), ("3", "1"), invoices=(bill("1"),))
    assert state(cents, rates).remaining_by_account == {"1": 66, "2": 67, "3": 67}


def test_what_an_invoice_takes_beyond_its_account_relieves_the_rest_of_the_order() -> None:
    one = order(("2818", "1460"), ("2816", "480"), invoices=(bill("820", account="2816"),))
    found = state(one, rates)
    assert (found.remaining, found.overage, found.remaining_by_account) == (112000, 0, {"2818": 112000, "2816": 0})
    assert found.invoiced_by_account == {"2818": 0, "2816": 82000}


def test_a_final_invoice_of_one_account_settles_that_account() -> None:
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


def test_a_closed_order_committed_until_the_day_it_was_closed() -> None:
    """A report of an earlier day says afterwards what it said then."""
    one = order(("3607", "1000"), invoices=(bill("400"),)).but(state="closed", closed=DAY + dt.timedelta(5))
    assert state(one, rates, DAY + dt.timedelta(4)).remaining == 60000
    found = state(one, rates, DAY + dt.timedelta(5))
    assert (found.remaining, found.released) == (0, 60000)
    void = one.but(state="void", closed=None, voided=DAY + dt.timedelta(5), invoices=())
    assert state(void, rates, DAY + dt.timedelta(4)).remaining == 0  # it was never approved
    assert state(void.but(approved_by="mara-voss"), rates, DAY + dt.timedelta(4)).remaining == 100000


def test_an_order_commits_from_its_approval_where_that_came_later() -> None:
    one = order(("3607", "1000")).but(approved=DAY + dt.timedelta(3))
    assert [state(one, rates, DAY + dt.timedelta(n)).remaining for n in (2, 3)] == [0, 100000]
    assert state(one, rates, DAY + dt.timedelta(2)).waiting == 100000


def test_a_draft_waits() -> None:
    found = state(order(("3607", "1000"), status="draft"), rates)
    assert (found.remaining, found.waiting, found.released) == (0, 100000, 0)


def test_a_credit_note_after_the_final_invoice_opens_nothing() -> None:
    found = state(order(("3607", "1000"), invoices=(bill("900", final=True), bill("-100"))), rates)
    assert (found.invoiced, found.remaining, found.released) == (80000, 0, 20000)


# ---- whatever is ordered and invoiced

_accounts = st.sampled_from(["3607", "3630", "2816", "9999"])
_amounts = st.integers(-200_000, 500_000).map(lambda cents: str(Decimal(cents).scaleb(-2)))
_lines = st.lists(st.tuples(_accounts, st.integers(1, 500_000).map(lambda c: str(Decimal(c).scaleb(-2)))), min_size=1)
_bills = st.lists(
    st.builds(
        lambda amount, account, final, days: bill(
            amount, account=account, final=final, day=DAY + dt.timedelta(days=days)
        ),
        _amounts,
        st.one_of(st.just(""), _accounts),
        st.booleans(),
        st.integers(0, 9),
    )
)


@given(
    _lines,
    _bills,
    st.sampled_from(["draft", "approved", "closed", "void"]),
    st.integers(-1, 10),
    st.sampled_from(["", "CAD"]),
)
def test_ordered_and_over_is_invoiced_remaining_waiting_and_released(
    lines: list[tuple[str, str]], bills: list[Invoice], status: str, after: int, currency: str
) -> None:
    one = order(*lines, invoices=tuple(bills), status=status, currency=currency)
    day = DAY + dt.timedelta(days=after)
    found = state(one, rates, day)
    assert found.ordered + found.overage == found.invoiced + found.remaining + found.waiting + found.released
    assert found.overage == 0 or found.released == 0
    assert all(cents >= 0 for cents in (*found.remaining_by_account.values(), *found.waiting_by_account.values()))
    came = [b for b in bills if b.date is not None and b.date <= day]
    rate = Decimal("0.73") if one.currency else Decimal(1)
    cents = [(b.amount * rate * 100).to_integral_value(ROUND_HALF_UP) for b in came]
    assert found.invoiced == sum(cents)
    if status == "approved" and after >= 0 and not any(b.final for b in came):
        assert found.remaining == max(0, found.ordered - found.invoiced)
    if status != "approved" or after < 0:
        assert found.remaining == 0


@pytest.mark.parametrize(("each", "rate"), [("33.33", "0.735"), ("33.33", "0.7349"), ("0.01", "0.4")])
@pytest.mark.parametrize("parts", [1, 2])
def test_an_order_in_another_currency_that_is_invoiced_whole_is_neither_over_nor_open(
    each: str, rate: str, parts: int
) -> None:
    """Three lines are exchanged and rounded each, its invoices otherwise: that is no cent of anybody's."""
    whole, first = 3 * Decimal(each), Decimal("0.01")
    bills = (bill(str(whole)),) if parts == 1 else (bill(str(first)), bill(str(whole - first)))
    lines = (("3607", each), ("3607", each), ("3610", each))
    found = state(order(*lines, invoices=bills, currency="CAD"), lambda _: Decimal(rate))
    assert (found.remaining, found.overage, found.released, found.invoiced) == (0, 0, 0, found.ordered)
