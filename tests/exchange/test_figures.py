"""Amounts and dates as other people's programs type them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.exchange import figures
from pmkit.problems import Fault

AMOUNTS = [
    ("1234.5", "point", "1234.50"),
    ("1,234.50", "point", "1234.50"),
    ("1.234,56", "comma", "1234.56"),
    ("12.345.678,9", "comma", "12345678.90"),
    ("(1,234.50)", "point", "-1234.50"),
    ("( 75 )", "point", "-75"),
    ("75-", "point", "-75"),
    ("\N{MINUS SIGN}75", "point", "-75"),
    ("$ (75.00)", "point", None),
    ("($75.00)", "point", "-75"),
    ("-$1,200", "point", "-1200"),
    ("$-1,200", "point", "-1200"),
    ("100.00 CR", "point", "-100"),
    ("100.00 dr", "point", "100"),
    ("1 234,50", "comma", "1234.50"),
    ("1'234.50", "point", "1234.50"),
    ("1\u2019234.50", "point", "1234.50"),
    ("1\xa0234.50", "point", "1234.50"),
    (".5", "point", "0.50"),
    ("0.30000000000000004", "point", "0.30"),
    ("12,34.50", "point", None),
    ("1.234,56", "point", None),
    ("1,234.56", "comma", None),
    ("12e3", "point", None),
    ("=1+1", "point", None),
    ("(75", "point", None),
    ("--5", "point", None),
    ("١٢", "point", None),
    ("n/a", "point", None),
    ("9" * 60, "point", None),
]


@pytest.mark.parametrize(("typed", "mark", "value"), AMOUNTS)
def test_an_amount_of_any_look(typed, mark, value):
    found = figures.amount(typed, mark)
    if value is None:
        assert isinstance(found, Fault)
    else:
        assert not isinstance(found, Fault)
        assert found.value == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["(-100.00)", "-(100.00)", "-100.00 CR", "(100.00) CR", "-100.00-", "9" * 16, "9" * 39]
)
def test_an_amount_with_two_signs_or_beyond_all_measure_is_refused(typed):
    assert isinstance(figures.amount(typed, "point"), Fault)


def test_a_cell_may_name_its_currency():
    assert figures.amount("€1.200,00", "comma") == (Decimal("1200.00"), "EUR")
    assert figures.amount("CAD 12.50", "point") == (Decimal("12.50"), "CAD")
    assert figures.amount("$12.50", "point") == (Decimal("12.50"), "")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["100", "1,234.56"], "point"),
        (["1.234", "12,50"], "comma"),
        (["1.234", "12.50"], "point"),
        (["1,234", "5,678"], "point"),
        (["1.234.567"], "comma"),
        (["1,234,567", "12"], "point"),
        (["0.125"], "point"),
        ([], "point"),
        (["(1.234,00)", "€ 5"], "comma"),
        (["1234.567"], "point"),
    ],
)
def test_the_column_says_how_cents_are_parted(cells, mark):
    assert figures.decimals(cells) == mark


def test_a_column_that_says_both_or_nothing_is_refused():
    both = figures.decimals(["1,234.56", "1.234,56"])
    assert isinstance(both, Fault)
    assert both.message == "1,234.56 parts its cents by a point, 1.234,56 by a comma"
    neither = figures.decimals(["1.234", "100"])
    assert isinstance(neither, Fault)
    assert "--decimals point or --decimals comma" in neither.hint


@given(
    st.decimals(min_value=Decimal("-9999999.99"), max_value=Decimal("9999999.99"), places=2),
    st.booleans(),
    st.booleans(),
)
def test_what_is_printed_reads_back(value, comma, brackets):
    text = f"{abs(value):,.2f}"
    text = text.translate(str.maketrans(",.", ".,")) if comma else text
    text = (f"({text})" if brackets else f"-{text}") if value < 0 else text
    found = figures.amount(text, "comma" if comma else "point")
    assert not isinstance(found, Fault)
    assert found.value == value
    assert figures.decimals([text]) == ("comma" if comma else "point")


INSIDE = (dt.date(2025, 9, 8), dt.date(2025, 11, 30))


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["10/11/2025", "10/13/2025"], "mdy"),
        (["10/11/2025", "13/10/2025"], "dmy"),
        (["10.11.2025"], "dmy"),
        (["2025-10-11"], None),
        (["10/10/2025"], "dmy"),
        (["45930", "13-Oct-25"], None),
    ],
)
def test_the_column_says_the_order_of_its_dates(cells, order):
    assert figures.date_order(cells, None) == order


def test_an_order_that_stays_open_is_refused_unless_the_periods_tell():
    open_ = figures.date_order(["10/11/2025", "11/10/2025"], None)
    assert isinstance(open_, Fault)
    assert open_.message == "10/11/2025 may be two days, and no other date of the column tells which"
    assert open_.hint.endswith("--dates mdy or --dates dmy")
    assert isinstance(figures.date_order(["10/11/2025"], None, INSIDE), Fault)  # both lie inside
    assert figures.date_order(["10/12/2025"], None, INSIDE) == "mdy"  # 10 December does not
    assert figures.date_order(["10/11/2025"], "dmy", INSIDE) == "dmy"
    both = figures.date_order(["13/10/2025", "10/13/2025"], None)
    assert isinstance(both, Fault)
    assert both.message == "13/10/2025 puts the day first, 10/13/2025 the month"


@pytest.mark.parametrize(
    "typed",
    ["2025-10-13", "20251013", "2025/10/13", "10/13/2025", "10/13/25", "13-Oct-2025", "Oct 13, 2025", "13.10.2025",
     "45943", "45943.75", "2025-10-13 00:00:00", "Mon 13 Oct 2025"],
)  # fmt: skip
def test_one_day_of_many_looks(typed):
    assert figures.date(typed, "mdy") == dt.date(2025, 10, 13)


@pytest.mark.parametrize("typed", ["", "13", "13 Oct", "2025-13-01", "30/02/2025", "soon", "99999", "=TODAY()"])
def test_what_is_no_day(typed):
    assert isinstance(figures.date(typed, "dmy"), Fault)
