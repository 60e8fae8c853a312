"""The ledger against the orders: what would count twice, and what would count nowhere."""

from __future__ import annotations

import pytest

from pmkit.checks import posted

ORDER = "vendor: v\ndate: 2025-10-08\nstate: {state}\nlines: [{{what: x, account: 3607, rate: 1800}}]\ninvoices: [{invoices}]\n"
HEAD = "posted,account,amount,kind,document,po,vendor\n"
FILES = {
    "production": "pmkit: 1\ntitle: T\n",
    "vendors": "v: {name: V}\n",
    "private/periods": "1: {from: 2025-10-13, to: 2025-10-19, closed: 2025-10-22}\n2: {from: 2025-10-20, to: 2025-10-26}\n",
}


def codes(production, rows: str, invoices: str = "", state: str = "approved") -> list[str]:
    order = ORDER.format(state=state, invoices=invoices)
    folder = production(**FILES, **{"private/po/LOC-1": order, "private/costs/1.csv": HEAD + rows})
    assert not folder.errors
    return [p.code for check in posted.CHECKS for p in check(folder.production)]


@pytest.mark.parametrize(
    ("rows", "invoices", "found"),
    [
        ("2025-10-21,3607,900,actual,4471,LOC-1,v\n", "", ["cost-not-invoiced"]),
        ("2025-10-21,3607,900,actual,4471,LOC-1,v\n", "{number: INV-4471, amount: 900, date: 2025-10-21}", []),
        ("2025-10-21,3607,900,actual,44 71,LOC-1,v\n", "{number: 44-71, amount: 900, date: 2025-10-21}", []),
        # taken in under another number, but taken in
        ("2025-10-21,3607,900,actual,X,LOC-1,v\n", "{number: Y, amount: 900, date: 2025-10-21}", []),
        ("2025-10-21,3607,-90,actual,C1,LOC-1,v\n", "", []),
        ("2025-10-21,3607,900,accrual,A,LOC-1,v\n", "", []),
        ("2025-10-21,3607,1800,actual,1,LOC-1,v\n", "{number: '1', amount: 1800, final: true}", []),
        # of a closed period
        ("2025-10-14,3607,9,actual,1,LOC-1,v\n", "{number: '1', amount: 9}, {number: '2', amount: 5, date: 2025-10-15}",
         ["invoice-not-posted"]),
        ("2025-10-14,3607,9,actual,1,,v\n", "{number: '2', amount: 5, date: 2025-10-15}", []),  # names no orders at all
        ("2025-10-14,3607,9,actual,1,LOC-1,v\n2025-10-14,3607,5,actual,2,,v\n",
         "{number: '1', amount: 9}, {number: '2', amount: 5, date: 2025-10-15}", []),
        ("2025-10-14,3607,9,actual,1,LOC-1,v\n", "{number: '1', amount: 9}, {number: '2', amount: 5, date: 2025-10-21}", []),
    ],
)  # fmt: skip
def test_an_invoice_is_in_both_books(production, rows: str, invoices: str, found: list[str]) -> None:
    assert codes(production, rows, invoices) == found


def test_a_settled_order_commits_nothing_twice(production) -> None:
    assert codes(production, "2025-10-21,3607,900,actual,4471,LOC-1,v\n", state="draft") == []
    assert codes(production, "2025-10-21,3607,900,actual,4471,LOC-1,v\n", state="void") == ["cost-after-order"]
