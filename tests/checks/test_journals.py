"""The accountant's checks: what is out of balance, what still stands, what is paid twice. Their words: the gallery."""

from __future__ import annotations

import pytest

from pmkit.checks import closed, envelopes, journals

CHECKS = (*journals.CHECKS, *envelopes.CHECKS, *closed.CHECKS)
PERIODS = "".join(f"{n + 1}: {{from: 2025-10-{6 + 7 * n:02d}, to: 2025-10-{12 + 7 * n:02d}}}\n" for n in range(3))
HEAD = "id,period,posted,account,amount,kind,vendor,document,tax"


def codes(folder) -> list[str]:
    assert not folder.errors
    return [p.code for check in CHECKS for p in check(folder.production)]


def ledger(*rows: str) -> str:
    return "\n".join([HEAD, *(f"R{n},{row}" for n, row in enumerate(rows)), ""])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["1,2025-10-07,3607,-10.00,journal,,J1,", "1,2025-10-07,3602,10.00,journal,,J1,"], []),
        (["1,2025-10-07,3607,-10.00,journal,,J1,", "1,2025-10-07,3602,9.99,journal,,J1,"], ["unbalanced-journal"]),
        # one number in two periods is two journals
        (["1,2025-10-07,3607,-10.00,journal,,J1,", "2,2025-10-14,3602,10.00,journal,,J1,"], ["unbalanced-journal"] * 2),
        # to and from the bank, with the tax that comes back
        (["1,2025-10-07,3607,100.00,journal,,J2,20.00", "1,2025-10-07,9100,-120.00,journal,,J2,"], []),
        (
            ["1,2025-10-07,3607,100.00,journal,,J2,20.00", "1,2025-10-07,9100,-100.00,journal,,J2,"],
            ["unbalanced-journal"],
        ),
        (["1,2025-10-07,3607,100.00,actual,,J2,"], []),
    ],
)
def test_a_journal_comes_to_nothing(production, rows: list[str], found: list[str]) -> None:
    files = {"private/costs/1.csv": ledger(*rows), "private/periods": PERIODS, "private/balance": "9100: Bank\n"}
    assert codes(production(**files)) == found


def test_a_journal_in_another_currency_is_held_against_its_cost(production) -> None:
    text = "posted,account,amount,currency,rate,kind,document\n2025-10-07,1,100.00,CAD,0.7,journal,J\n2025-10-07,2,-70.00,,,journal,J\n"
    assert codes(production(**{"private/costs/1.csv": text})) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # made in 1, reversed in 2
        (["1,2025-10-12,1,50.00,accrual,,,", "2,2025-10-13,1,-50.00,accrual,,,", "3,2025-10-20,1,5.00,actual,,,"], []),
        # reversed and made anew
        (
            ["1,2025-10-12,1,50.00,accrual,,,", "2,2025-10-13,1,-50.00,accrual,,,", "2,2025-10-19,1,60.00,accrual,,,"],
            [],
        ),
        # the period after is not over
        (["1,2025-10-12,1,50.00,accrual,,,", "2,2025-10-19,1,5.00,actual,,,"], []),
        (["1,2025-10-12,1,50.00,accrual,,,", "3,2025-10-20,1,5.00,actual,,,"], ["accrual-not-reversed"]),
        (
            ["1,2025-10-12,1,50.00,accrual,,,", "2,2025-10-13,1,-40.00,accrual,,,", "3,2025-10-20,1,5.00,actual,,,"],
            ["accrual-not-reversed"],
        ),
        # a credit that was accrued
        (["1,2025-10-12,1,-50.00,accrual,,,", "3,2025-10-20,1,5.00,actual,,,"], ["accrual-not-reversed"]),
        (["1,2025-10-12,1,-50.00,accrual,,,", "2,2025-10-13,1,50.00,accrual,,,", "3,2025-10-20,1,5.00,actual,,,"], []),
    ],
)
def test_an_accrual_is_reversed_in_the_next_period(production, rows: list[str], found: list[str]) -> None:
    assert codes(production(**{"private/costs/1.csv": ledger(*rows), "private/periods": PERIODS})) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["1,2025-10-07,1,9.00,actual,inn,7,", "1,2025-10-08,1,9.00,actual,inn,7,"], ["duplicate-invoice"]),
        (["1,2025-10-07,1,9.00,actual,inn,a7,", "1,2025-10-07,1,9.00,card,inn,A7,"], ["duplicate-invoice"]),
        (["1,2025-10-07,1,9.00,actual,inn,7,", "1,2025-10-08,2,9.00,actual,inn,7,"], ["duplicate-invoice"]),
        (["1,2025-10-07,1,9.00,actual,inn,7,", "1,2025-10-07,2,9.00,actual,inn,7,"], []),  # a split
        (["1,2025-10-07,1,9.00,actual,inn,7,", "1,2025-10-07,1,8.00,actual,inn,7,"], []),
        (["1,2025-10-07,1,9.00,actual,inn,,", "1,2025-10-07,1,9.00,actual,inn,,"], []),
        (["1,2025-10-07,1,9.00,payroll,inn,7,", "1,2025-10-07,1,9.00,payroll,inn,7,"], []),
        # paid twice, and the second taken back
        (["1,2025-10-07,1,9.00,actual,inn,7,"] * 2 + ["1,2025-10-09,1,-9.00,actual,inn,7,"], []),
    ],
)
def test_an_invoice_is_paid_once(production, rows: list[str], found: list[str]) -> None:
    assert codes(production(**{"private/costs/1.csv": ledger(*rows)})) == found


@pytest.mark.parametrize(
    ("state", "rows", "found"),
    [
        ("draft", [], []),
        ("draft", ["12.00"], ["envelope-state"]),
        ("open", [], []),
        ("open", ["7.00"], []),
        ("open", ["13.00"], ["envelope-total"]),
        ("audited", [], []),
        ("audited", ["7.00"], ["envelope-total"]),
        ("audited", ["7.00", "5.00"], []),
        ("posted", [], ["envelope-total"]),
        ("posted", ["7.00", "5.00"], []),
        ("void", ["12.00"], ["envelope-state"]),
        ("void", [], []),
    ],
)
def test_an_envelope_and_its_rows(production, state: str, rows: list[str], found: list[str]) -> None:
    petty = f"jun: {{float: 100, cash_out: [{{date: 2025-10-01, amount: 50}}], envelopes: {{J1: {{total: 12, state: {state}}}}}}}\n"
    text = ledger(*(f"1,2025-10-07,1,{amount},petty-cash,,J1 Jun," for amount in rows))
    assert codes(production(**{"private/petty": petty, "private/costs/1.csv": text})) == found


def test_a_period_that_was_closed_by_hand_takes_nothing_posted_later(production) -> None:
    periods = PERIODS.replace("to: 2025-10-12}", "to: 2025-10-12, closed: 2025-10-14}")
    rows = ["1,2025-10-12,1,9.00,actual,,,", "1,2025-10-15,1,9.00,actual,,,"]
    assert codes(production(**{"private/periods": periods, "private/costs/1.csv": ledger(*rows)})) == ["closed-period"]


EFC = "date,account,amount,reason\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"1-a": "2025-10-07,1,5,x\n2025-10-08,1,6,x\n"}, []),
        ({"1-a": "2025-10-08,1,5,x\n2025-10-07,1,6,x\n"}, ["efc-backdated"]),
        ({"1-a": "2025-10-08,1,5,x\n2025-10-07,2,6,x\n"}, []),
        ({"1-a": "2025-10-08,1,5,x\n", "1-b": "2025-10-07,1,6,x\n"}, []),  # two authors: nobody knows which was first
        ({"1-a": "2025-10-20,1,5,x\n", "2-b": "2025-10-15,1,6,x\n"}, ["efc-backdated"]),
    ],
)
def test_changes_go_forward(production, files: dict[str, str], found: list[str]) -> None:
    texts = {f"private/costs/efc/{name}.csv": EFC + text for name, text in files.items()}
    assert codes(production(**texts, **{"private/periods": PERIODS})) == found


def test_more_than_the_efc_is_told_and_a_larger_one_is_not(production) -> None:
    files = {"private/costs/1.csv": ledger("1,2025-10-07,1,9.00,actual,,,"), "private/periods": PERIODS}
    assert codes(production(**files, **{"private/costs/efc/1-a.csv": EFC + "2025-10-08,1,8.99,x\n"})) == ["over-efc"]
    assert codes(production(**files, **{"private/costs/efc/1-a.csv": EFC + "2025-10-08,1,9,x\n"})) == []


def test_what_is_on_a_balance_account_is_no_cost(production) -> None:
    from pmkit.rollup.costs import costs

    files = {
        "private/costs/1.csv": ledger("1,2025-10-07,9100,-50.00,actual,,,", "1,2025-10-07,1,9.00,actual,,,"),
        "private/balance": "9100: {name: Bank, kind: bank}\n",
    }
    made = costs(production(**files).production, None)
    assert [row.coding.number for row in made.accounts()] == ["1"]
    assert str(made.total.to_date.value) == "9.00"
