"""Sums without rows are the sums of the rows, whatever the file looks like."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.files import columns, ledger
from pmkit.model.ledger import Ledger

FILE = "private/costs/period-01.csv"
RATES = {"CAD": Decimal("0.73")}
HEADINGS = ["id", "period", "posted", "account", "amount", "currency", "rate", "kind", "vendor", "memo"]
# Hard to read on purpose: spaces, capitals, several ways to write a day and an amount, lines in a cell.
ROW = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["", "A1", "A2", "A3", "A4", " A1"]),
        "period": st.sampled_from(["", "1", " 1", "2"]),
        "posted": st.sampled_from(["2025-10-16", "2025-10-17", " 2025-10-16 "]),
        "account": st.sampled_from(["3607", "0123", "3607 ", "A.1"]),
        "amount": st.sampled_from(["900.00", "-12.30", "5", "1,234.5", "0.005", "-0.005", "12.345", ".5", "−7"]),
        "currency": st.sampled_from(["", "", "USD", "CAD", " CAD", "EUR"]),
        "rate": st.sampled_from(["", "", "1", "0.735", "2"]),
        "kind": st.sampled_from(["actual", "accrual", "Card ", "petty-cash", "journal"]),
        "vendor": st.just(""),
        "memo": st.sampled_from(["", "x", "a, b", 'a "b"', "two\nlines", "é"]),
    }
)


def both(data: bytes) -> None:
    kept, problems = ledger.read_costs(data, FILE, "USD", RATES)
    slow = Ledger.of(kept, "USD")
    part, ids, said = ledger.read_part(data, FILE, "USD", RATES, rows=False)
    fast = Ledger([part])
    assert said == problems
    assert ids == {row.id for row in kept} - {""}
    assert dict(fast.sums) == dict(slow.sums)
    assert dict(fast.foreign) == dict(slow.foreign)
    assert len(fast) == len(slow) == len(fast.rows)
    assert fast.rows == slow.rows


@given(st.lists(ROW, max_size=8), st.permutations(HEADINGS), st.integers(0, 3), st.sampled_from(["\n", "\r\n"]))
def test_sums_are_those_of_the_rows(rows, order: list[str], dropped: int, ends: str) -> None:
    order = [name for name in order if name not in ("memo", "vendor", "rate")[:dropped]]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=ends)
    writer.writerow(order)
    writer.writerows([row[name] for name in order] for row in rows)
    both(out.getvalue().encode())


@given(st.text(alphabet='",\n\r;x1.-2025 ', max_size=160))
def test_a_file_of_anything(text: str) -> None:
    both(f"posted,account,amount,kind,id\n2025-10-16,3607,1.00,actual,A\n{text}".encode())


@pytest.mark.parametrize("memo", ["x", '"a, b"', '"two\nlines"', ""])
@pytest.mark.parametrize("tail", ["", ",,,,,,,,"])
def test_files_of_many_pieces(memo: str, tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "PIECE", 64)
    head = (
        "id,posted,account,amount,kind,memo" + ",vendor,document,po,episode,set,location,unit,tags"[: 99 * bool(tail)]
    )
    lines = [f"L{n},2025-10-{n % 28 + 1:02d},36{n % 7:02d},{n}.5{n % 10},actual,{memo}{tail}" for n in range(300)]
    lines[100:100] = ["", ",,,"]
    both("\n".join([head, *lines]).encode())


def test_rows_are_made_when_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"posted,account,amount,kind\n2025-10-16,3607,1.00,actual\n"
    monkeypatch.setattr(ledger._Costs, "read", lambda costs: (("made",), []))
    part, _, _ = ledger.read_part(data, FILE, "USD", {}, rows=False)
    whole = Ledger([part])
    assert [*whole.sums.values()] == [100]
    assert [*whole] == ["made"]


def test_a_row_that_stands_in_two_files_counts_once() -> None:
    head = "id,posted,account,amount,kind\n"
    parts = [
        ledger.read_part(f"{head}{rows}".encode(), name, "USD", {}, rows=False)[0]
        for name, rows in (("a.csv", "A1,2025-10-16,3607,1.00,actual\n"), ("b.csv", "A1,2025-10-17,3607,2.00,card\n"))
    ]
    whole, problems = ledger.once(Ledger(parts), "USD")
    assert [(p.code, str(p.place), p.message) for p in problems] == [
        ("duplicate-id", "b.csv:2:1", "row A1 is in a.csv:2 already")
    ]
    assert [row.cost for row in whole] == [100]
