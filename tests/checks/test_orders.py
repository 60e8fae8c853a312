"""The checks of the orders: silent where all is in order, said once where not. Their words: the gallery."""

from __future__ import annotations

import pytest

from pmkit import checks
from pmkit.checks import orders
from pmkit.rollup.order_rules import is_rental, last_use, same_document

VENDOR = "v: {name: V, tax_form: W-9, insurance: 2026-03-31}\n"
LINE = "lines: [{what: x, account: 3607, rate: 5}]\n"


def order(more: str = "", lines: str = LINE, state: str = "approved") -> str:
    return f"vendor: v\ndate: 2025-10-08\nstate: {state}\n{more}{lines}"


def codes(folder) -> list[str]:
    return sorted(p.code for check in orders.CHECKS for p in check(folder.production))


def test_every_check_is_run_by_validate() -> None:
    assert set(orders.CHECKS) <= set(checks.CHECKS)


def test_a_void_order_may_be_exceeded_in_peace(production) -> None:
    order = "vendor: v\ndate: 2025-10-08\nstate: {}\nlines: [{{what: x, account: 3607, rate: 5}}]\ninvoices: [{{number: a, amount: 6}}]\n"
    files = {"vendors": "v: {name: V, tax_form: W-9}\n"}
    assert codes(production(**files, **{"private/po/LOC-1": order.format("approved")})) == ["order-exceeded"]
    assert codes(production(**files, **{"private/po/LOC-1": order.format("void")})) == []


@pytest.mark.parametrize(
    ("amount", "by", "found"),
    [
        ("2500", "b-lund", []),  # at the limit, not over it
        ("2500.01", "b-lund", ["order-unapproved"]),
        ("2500.01", "mara-voss", []),
        ("-3000", "", []),
    ],
)
def test_the_limit(production, amount: str, by: str, found: list[str]) -> None:
    settings = "pmkit: 1\ntitle: T\napprovals: {po_over: 2500, by: mara-voss}\n"
    text = order(f"approved_by: {by}\n" if by else "", LINE.replace("rate: 5", f"rate: {amount}"))
    assert codes(production(**{"production": settings, "vendors": VENDOR, "private/po/LOC-1": text})) == found


def test_an_order_that_grows_with_the_board_outgrows_its_approval(production) -> None:
    settings = "pmkit: 1\ntitle: T\napprovals: {po_over: 1000, by: mara-voss}\n"
    text = order("approved_by: b-lund\n", "lines: [{what: x, account: 1, amount: days(main), rate: 600}]\n")
    files = {"production": settings, "vendors": VENDOR, "private/po/LOC-1": text}
    files["breakdown"] = "1: {heading: INT. A - DAY}\n"
    one = "main:\n  2025-10-13: {strips: [1]}\n"
    assert codes(production(**files, schedule=one)) == []
    assert codes(production(**files, schedule=one + "  2025-10-14: {strips: [1]}\n")) == ["order-unapproved"]


def test_without_a_closed_period_or_a_daily_report_nothing_is_past(production) -> None:
    text = order("from: 2020-01-01\nto: 2020-01-05\n")
    files = {"vendors": VENDOR, "private/po/LOC-1": text, "private/po/LOC-2": text.replace("approved", "draft")}
    assert codes(production(**files)) == []
    files["private/periods"] = "1: {from: 2020-01-01, to: 2020-01-07, closed: 2020-01-08}\n"
    assert codes(production(**files)) == ["order-past-date", "order-unapproved"]


def test_a_purchase_needs_no_insurance(production) -> None:
    files = {"vendors": "v: {name: V, tax_form: W-9}\n", "private/po/LOC-1": order()}
    assert codes(production(**files)) == []
    files["private/po/LOC-1"] = order(lines=LINE.replace("rate: 5", "unit: days, rate: 5"))
    assert codes(production(**files)) == ["no-insurance"]
    files["vendors"] = "v: {name: V, tax_form: n/a, insurance: N/A}\n"
    assert codes(production(**files)) == []


def test_the_last_use_is_the_latest_end_of_order_and_lines(production) -> None:
    lines = (
        "lines:\n  - {what: x, account: 1, per: day, from: 2025-10-09, to: 2025-11-02, rate: 5}\n"
        "  - {what: y, account: 1, rate: 5}\n"
    )
    folder = production(**{"private/po/LOC-1": order("from: 2025-10-08\nto: 2025-10-20\n", lines)})
    one = folder.production.orders["LOC-1"]
    assert str(last_use(one)) == "2025-11-02"
    assert [is_rental(line) for line in one.lines] == [True, False]


def test_one_invoice_on_two_accounts_of_an_order_is_one_paper(production) -> None:
    lines = "lines: [{what: x, account: 1, rate: 5}, {what: y, account: 2, rate: 5}]\n"
    bills = "invoices: [{number: a1, amount: 5, account: 1}, {number: a1, amount: 5, account: 2}]\n"
    files = {"vendors": VENDOR, "private/po/LOC-1": order(lines=lines + bills)}
    assert codes(production(**files)) == []
    files["private/po/LOC-1"] = order(lines=lines + bills.replace("account: 2", "account: 1"))
    assert codes(production(**files)) == ["invoice-twice"]


def test_invoice_numbers_are_compared_by_their_letters_and_figures() -> None:
    assert same_document("INV 44-71") == same_document("inv-4471") != same_document("INV 4472")
