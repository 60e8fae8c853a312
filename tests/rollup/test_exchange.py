"""Exchange against the budget's rate, and floats out with their holders."""

from __future__ import annotations

import datetime as dt

from pmkit.rollup.exchange import exchange_variances
from pmkit.rollup.petty import outstanding

LEDGER = (
    "posted,account,amount,currency,rate,kind,tax\n"
    "2025-10-14,3301,100.00,CAD,0.75,actual,13.00\n"
    "2025-10-15,3301,0.10,CAD,0.75,actual,\n"
    "2025-10-16,3301,50.00,CAD,,actual,\n"
    "2025-10-21,3301,100.00,CAD,0.70,actual,\n"
    "2025-10-14,3302,9.00,,,actual,\n"
    "2025-10-14,3302,9.00,EUR,1.1,actual,\n"
)
FOLDER = {
    "private/budget": "currencies: {CAD: 0.73}\n",
    "private/periods": "6: {from: 2025-10-13, to: 2025-10-19}\n7: {from: 2025-10-20, to: 2025-10-26}\n",
    "private/costs/1.csv": LEDGER,
}


def test_what_a_currency_cost_beside_the_budgets_rate(production) -> None:
    folder = production(**FOLDER)
    assert not folder.errors
    whole = folder.production
    (six,) = exchange_variances(whole, whole.periods["6"])
    # 75.00 + 0.08 + 36.50, against 150.10 x 0.73 = 109.573; the tax is in neither
    assert (six.account, six.currency, str(six.amount)) == ("3301", "CAD", "150.10")
    assert [str(f.value) for f in (six.cost, six.at_budget, six.variance)] == ["111.58", "109.57", "2.01"]
    (both,) = exchange_variances(whole, None)
    assert str(both.variance.value) == "-0.99"


def test_it_is_the_same_when_no_row_was_made(tmp_path, production) -> None:
    from pmkit.files import folder as folders

    whole = production(**FOLDER).production
    some = folders.read(tmp_path, ("budget", "periods", "costs")).production
    assert exchange_variances(some, None) == exchange_variances(whole, None)


PETTY = """\
jun:
  float: 500
  cash_out: [{date: 2025-10-01, amount: 600}, {date: 2025-10-20, amount: -100, note: returned}]
  envelopes:
    J1: {received: 2025-10-10, total: 120.50, state: posted}
    J2: {received: 2025-10-21, total: 40, state: open}
    J3: {total: 7, state: draft}
    J4: {total: 9, state: void}
pia: {kind: card, envelopes: {S1: {received: 2025-10-15, total: 80, state: audited}, S2: {total: 5, state: posted}}}
"""


def test_what_is_out_with_each_holder(production) -> None:
    whole = production(**{"private/petty": PETTY}).production
    jun, pia = outstanding(whole)
    assert [str(f.value) for f in (jun.cash_out, jun.posted, jun.with_accounts, jun.outstanding)] == [
        "500", "120.50", "40", "379.50",
    ]  # fmt: skip
    assert (jun.over, str(pia.outstanding.value)) == (0, "80")
    early, _ = outstanding(whole, dt.date(2025, 10, 5))
    assert (str(early.outstanding.value), str(early.over)) == ("600", "100")
    assert str(early.cash_out.of[0].of[0]).startswith("private/petty.yaml:3:")
