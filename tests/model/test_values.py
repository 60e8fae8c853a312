"""Pages, dates, money and scene numbers as people type them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.model import dates, money, pages, scene_number
from pmkit.model.money import Rate
from pmkit.model.pages import Eighths
from pmkit.problems import Fault


@pytest.mark.parametrize(
    ("typed", "count"),
    [("1 3/8", 11), ("11/8", 11), ("3/8", 3), ("2", 16), ("1.375", 11), ("1-3/8", 11), ("1⅜", 11), ("½", 4), ("0", 0)],
)
def test_pages_in_every_form(typed: str, count: int) -> None:
    assert pages.parse(typed) == Eighths(count)


@pytest.mark.parametrize("typed", ["", "1.3", "3/9", "1 3", "-1/8", "a", "1 3/8 4/8", "⅓"])
def test_what_is_no_count_of_eighths(typed: str) -> None:
    assert isinstance(pages.parse(typed), Fault)


def test_eighths_are_never_reduced() -> None:
    assert [str(Eighths(n)) for n in (0, 3, 4, 8, 11, 20)] == ["0", "3/8", "4/8", "1", "1 3/8", "2 4/8"]


@given(st.integers(0, 9999))
def test_printed_pages_read_back(count: int) -> None:
    assert pages.parse(str(Eighths(count))) == count


def test_scene_numbers_stand_in_board_order() -> None:
    order = ["A12", "B12", "12", "12A", "12AA", "12B", "13", "101-2", "101-12A", "102-1"]
    mixed = order[::-1]
    assert sorted(mixed, key=scene_number.sort_key) == order
    assert scene_number.same("12a") == scene_number.same("12A ")


@given(st.lists(st.text("0123456789ABab-.", min_size=1, max_size=6)))
def test_any_numbers_can_be_sorted(numbers: list[str]) -> None:
    assert len(sorted(numbers, key=scene_number.sort_key)) == len(numbers)


def test_dates_and_stretches() -> None:
    assert dates.parse("2028-02-29") == dt.date(2028, 2, 29)
    for wrong in ("2027-02-29", "29.2.2028", "2025-1-1", "", "2026-03-29T24:00:00"):
        assert isinstance(dates.parse(wrong), Fault)
    stretch = dates.parse_range("2025-11-03..2025-11-05")
    assert isinstance(stretch, dates.DateRange)
    assert len(stretch.days()) == 3
    assert dt.date(2025, 11, 4) in stretch
    assert isinstance(dates.parse_range("2025-11-05..2025-11-03"), Fault)
    assert dates.parse_moment("2025-10-17 18:00") == dt.datetime(2025, 10, 17, 18)


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("850/day", Rate(Decimal(850), "day")),
        ("45.50/hour", Rate(Decimal("45.50"), "hour")),
        ("12,000 flat", Rate(Decimal(12000), "flat")),
        ("850 CAD/day", Rate(Decimal(850), "day", "CAD")),
        ("30000/episode", Rate(Decimal(30000), "episode")),
    ],
)
def test_rates(typed: str, rate: Rate) -> None:
    assert money.parse_rate(typed) == rate
    assert money.parse_rate(str(rate)) == rate


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("$4,500/week", "write 4500/week: the currency is said elsewhere"),
        ("2.200,50/week", "write 2200.50/week"),
        ("450 per day", "write 450/day"),
        ("150 a Day", "write 150/day"),
        ("€ 12.000,00 flat", "write 12000.00 flat: the currency is said elsewhere"),
        ("1,2,3/day", "write 850/day, 2400/week, 45/hour, 30000/episode or 12000 flat"),
    ],
)
def test_a_rate_as_it_is_said_is_written_out_in_the_hint(typed: str, hint: str) -> None:
    found = money.parse_rate(typed)
    assert isinstance(found, Fault)
    assert found.hint == hint


@pytest.mark.parametrize("typed", ["1.200/day", "45.000 flat", "1.200 CAD/week"])
def test_a_rate_that_may_be_thousands_is_refused(typed: str) -> None:
    found = money.parse_rate(typed)
    assert isinstance(found, Fault)
    assert " may be " in found.message


@pytest.mark.parametrize("typed", ["8.505/hour", "1.2000/day", "0.585/day", "1.20/day", "1,200/day"])
def test_a_rate_with_one_reading_is_taken(typed: str) -> None:
    assert isinstance(money.parse_rate(typed), Rate)


def test_an_amount_with_a_decimal_comma_is_written_out_in_the_hint() -> None:
    found = money.parse_amount("$1.200,50")
    assert isinstance(found, Fault)
    assert found.hint == "write figures with a decimal point: 1200.50"


@pytest.mark.parametrize("typed", ["850", "850/fortnight", "abc/day", "", "1e3/day", ".nan", "850//day", "1,00/day"])
def test_what_is_no_rate(typed: str) -> None:
    assert isinstance(money.parse_rate(typed), Fault)


@pytest.mark.parametrize("typed", [".nan", ".inf", "1e3", "1_000", "0x10", "1,23", "--1", "١"])
def test_what_is_no_amount(typed: str) -> None:
    assert isinstance(money.parse_amount(typed), Fault)


def test_amounts_are_exact() -> None:
    assert money.parse_amount("1,234.50") == Decimal("1234.50")
    assert money.parse_percent("6.2%") == Decimal("0.062")
