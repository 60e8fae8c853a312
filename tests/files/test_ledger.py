"""The ledger's CSV: columns in any order, every bad cell at its place, nothing raises."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.files import ledger
from pmkit.problems import Place

FILE = "private/costs/period-01.csv"
HEAD = "posted,account,amount,kind"


def read(text: str | bytes, currency: str = "USD", rates: dict[str, Decimal] | None = None):
    data = text if isinstance(text, bytes) else text.encode()
    return ledger.read_costs(data, FILE, currency, rates)


def test_columns_come_in_any_order_and_text_stays_as_typed() -> None:
    rows, problems = read("memo,kind,amount,account,posted,id\n=1+1,card,-12.30,0123,2025-10-16,1.10\n")
    assert problems == []
    (row,) = rows
    assert (row.account, row.posted, row.cost, row.kind) == ("0123", dt.date(2025, 10, 16), -1230, "card")
    assert (row.memo, row.id, row.typed, row.line, row.file) == ("=1+1", "1.10", "-12.30", 2, FILE)
    assert row.place == Place(FILE, 2, 1)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(ends: str) -> None:
    text = "\ufeff" + ends.join([HEAD, "2025-10-16,3607,900.00,actual", ""])
    rows, problems = read(text)
    assert problems == []
    assert [row.cost for row in rows] == [90000]


def test_an_owner_line_and_blank_lines_are_passed_over() -> None:
    rows, problems = read(f"#: accountant\n{HEAD}\n\n,,,\n2025-10-16,3607,5,actual\n")
    assert problems == []
    assert [(row.line, row.cost) for row in rows] == [(5, 500)]


def test_quoted_cells_hold_commas_quotes_and_lines() -> None:
    rows, problems = read(
        f'{HEAD},memo\n2025-10-16,3607,"1,900.50",actual,"a ""b"",\nc"\n2025-10-17,3607,1.00,actual,x\n'
    )
    assert problems == []
    assert [(row.line, row.cost, row.memo) for row in rows] == [(2, 190050, 'a "b",\nc'), (4, 100, "x")]


@pytest.mark.parametrize(
    ("row", "code", "column", "length"),
    [
        ("16/10/2025,3607,9.00,actual", "bad-date", 1, 10),
        ("2025-10-16,,9.00,actual", "missing-cell", 12, 0),
        ("2025-10-16,3607,$9,actual", "bad-amount", 17, 2),
        ("2025-10-16,3607,9.00,actuall", "unknown-kind", 22, 7),
        ('2025-10-16,"3,607",nine,actual', "bad-amount", 20, 4),
        ("2025-10-16,3607,9.00,actual,x", "too-many-cells", 29, 1),
        ("2025-10-16,3607,９,actual", "bad-amount", 17, 1),
    ],
)
def test_a_bad_cell_has_its_place_and_its_row_is_left_out(row: str, code: str, column: int, length: int) -> None:
    rows, problems = read(f"{HEAD}\n{row}\n2025-10-17,3607,1.00,actual\n")
    assert [(p.code, p.place) for p in problems] == [(code, Place(FILE, 2, column, length))]
    assert [row.cost for row in rows] == [100]


def test_a_bad_cell_behind_a_cell_of_two_lines_stands_on_the_second() -> None:
    _, problems = read('memo,posted,account,amount,kind\n"a\nbc",2025-10-16,3607,x,actual\n')
    assert [p.place for p in problems] == [Place(FILE, 3, 21, 1)]


def test_all_bad_cells_of_a_row_are_said_at_once() -> None:
    _, problems = read(f"{HEAD}\nsoon,,much,some\n")
    assert {p.code for p in problems} == {"bad-date", "missing-cell", "bad-amount", "unknown-kind"}


def test_did_you_mean_for_columns_and_kinds() -> None:
    rows, problems = read("posted,account,amount,kind,vender\n2025-10-16,3607,1,payrol,x\n")
    assert [(p.code, p.hint) for p in problems] == [
        ("unknown-column", "did you mean vendor?"),
        ("unknown-kind", "did you mean payroll?"),
    ]
    assert rows == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing-column"),
        ("posted,account,amount\n", "missing-column"),
        ("posted;account;amount;kind\n", "missing-column"),
        (f"{HEAD},kind\n", "duplicate-column"),
        (f'{HEAD}\n2025-10-16,3607,1,"actual\n', "bad-quote"),
        (f'{HEAD}\n2025-10-16,3607,1,"actual"x\n', "bad-quote"),
        (f"<<<<<<< HEAD\n{HEAD}\n", "conflict-marker"),
        (f"{HEAD}\n2025-10-16,3607,1,actual\0\n", "bad-character"),
    ],
)
def test_a_file_that_cannot_be_read_whole_says_why(text: str, code: str) -> None:
    _, problems = read(text)
    assert code in {p.code for p in problems}
    assert all(p.place.file == FILE for p in problems)


def test_not_utf8() -> None:
    rows, problems = read(f"{HEAD}\n2025-10-16,3607,1,actual,caf\xe9".encode("latin-1"))
    assert ([p.code for p in problems], rows) == (["not-utf8"], ())


def test_a_second_row_of_one_id_is_left_out() -> None:
    rows, problems = read(f"id,{HEAD}\nA1,2025-10-16,3607,1,actual\nA1,2025-10-16,3607,1,actual\n")
    assert [(p.code, p.place.line) for p in problems] == [("duplicate-id", 3)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("currency", "rate", "amount", "cost"),
    [
        ("", "", "12.345", 1235),
        ("", "", "-12.345", -1235),
        ("USD", "1", "12.34", 1234),
        ("CAD", "", "100.00", 7300),
        ("CAD", "0.735", "0.10", 7),
        ("CAD", "0.7351", "-100", -7351),
        ("GBP", "1.27", "1.50", 191),
    ],
)
def test_cost_is_amount_times_rate_rounded_half_up_once(currency: str, rate: str, amount: str, cost: int) -> None:
    text = f"{HEAD},currency,rate\n2025-10-16,3607,{amount},actual,{currency},{rate}\n"
    rows, problems = read(text, rates={"CAD": Decimal("0.73")})
    assert problems == []
    assert [row.cost for row in rows] == [cost]


@pytest.mark.parametrize(
    ("currency", "rate", "code"),
    [("EUR", "", "unknown-currency"), ("eur", "2", "bad-currency"), ("EUR", "0", "bad-rate"), ("USD", "2", "bad-rate")],
)
def test_currencies_that_cannot_be_exchanged(currency: str, rate: str, code: str) -> None:
    rows, problems = read(f"{HEAD},currency,rate\n2025-10-16,3607,1.00,actual,{currency},{rate}\n")
    assert ([p.code for p in problems], rows) == ([code], ())


def test_efc_changes_take_period_and_author_from_the_file_name() -> None:
    text = "account,date,amount,reason\n3607,2025-10-19,24600,storm\n3607,2025-10-20,much,\n"
    changes, problems = ledger.read_efc(text.encode(), "private/costs/efc/3-mara-voss.csv")
    assert [(c.period, c.by, c.account, c.amount, c.reason, c.line) for c in changes] == [
        ("3", "mara-voss", "3607", Decimal(24600), "storm", 2)
    ]
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("bad-amount", 3, 17),
        ("missing-cell", 3, 22),
    ]


def test_an_efc_file_without_an_author_is_a_problem() -> None:
    _, problems = ledger.read_efc(b"account,date,amount,reason\n", "private/costs/efc/changes.csv")
    assert [p.code for p in problems] == ["bad-file-name"]


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    rows, problems = read(data)
    assert rows or problems
    ledger.read_efc(data, FILE)


@given(st.text(alphabet='",\n\r;#x1.-2025 ', max_size=120))
def test_arbitrary_rows_never_raise_and_every_place_is_inside_the_file(text: str) -> None:
    whole = f"{HEAD}\n{text}"
    _, problems = read(whole)
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert problem.place.column - 1 + problem.place.length <= max(len(lines[problem.place.line - 1]), 1)


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.sampled_from(["3607", "0123", "A.1"])), max_size=30))
def test_what_is_written_is_what_is_read(amounts: list[tuple[int, str]]) -> None:
    lines = [f"2025-10-16,{account},{Decimal(cents).scaleb(-2)},actual" for cents, account in amounts]
    rows, problems = read("\n".join([HEAD, *lines]))
    assert problems == []
    assert [(row.cost, row.account) for row in rows] == amounts


def test_a_cells_place_is_its_line_and_column_where_no_quote_hides_it() -> None:
    plain = "posted,account,amount,kind,po,memo\n"
    text = (
        plain
        + '2025-10-16,3607,900.00,actual,LOC-1,"nails, screws"\n2025-10-16,3607,900.00,actual,LOC-2,nails\n2025-10-16,3607,1.00,actual\n'
    )
    rows, problems = ledger.read_costs(text.encode(), "1.csv", "USD")
    assert problems == []
    assert [str(row.place_of("po")) for row in rows] == ["1.csv:2:1", "1.csv:3:31", "1.csv:4:1"]
    (one,) = ledger.read_costs((plain + "2025-10-16,3607,900.00,actual,LOC-2,nails\n").encode(), "1.csv", "USD")[0]
    assert one.place_of("memo") == ("1.csv", 2, 37, 5)
    assert one.place_of("vendor") == one.place == ("1.csv", 2, 1, 0)
