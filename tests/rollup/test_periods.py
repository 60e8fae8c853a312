"""Accounting periods: which one a report is of, and where a cost falls."""

from __future__ import annotations

import datetime as dt

import pytest

from pmkit.model.budget import Period
from pmkit.model.ledger import LedgerRow
from pmkit.problems import Fault
from pmkit.rollup.periods import BEFORE, BEYOND, INSIDE, Periods


def day(number: int) -> dt.date:
    return dt.date(2025, 10, number)


ALL = {
    "2": Period(number="2", from_=day(8), to=day(14)),
    "1": Period(number="1", from_=day(1), to=day(7)),
    "3": Period(number="3", from_=day(16), to=day(22)),
}


def row(posted: int, period: str = "") -> LedgerRow:
    return LedgerRow("f", 2, "1", day(posted), 100, "actual", period=period)


@pytest.mark.parametrize(
    ("number", "posted", "today", "chosen"),
    [
        ("", [3], 30, "1"),
        ("", [3, 10], 30, "2"),
        ("", [3, 10, 17], 12, "2"),
        ("", [], 12, "2"),
        ("", [17], 12, "2"),
        ("", [], 30, "3"),
        ("1", [17], 30, "1"),
    ],
)
def test_the_period_of_a_report(number: str, posted: list[int], today: int, chosen: str) -> None:
    found = Periods(ALL).chosen(number, [row(one) for one in posted], day(today))
    assert isinstance(found, Period)
    assert found.number == chosen


def test_before_the_first_period_and_without_any() -> None:
    none = Periods(ALL).chosen("", [], dt.date(2025, 9, 1))
    assert isinstance(none, Fault)
    assert none.hint == "the first, 1, begins on 2025-10-01: --period 1"
    assert Periods({}).chosen("", [row(3)], day(3)) is None


def test_an_unknown_period_is_a_fault() -> None:
    found = Periods(ALL).chosen("33", [], day(30))
    assert isinstance(found, Fault)
    assert found.hint == "did you mean 3?"


@pytest.mark.parametrize(
    ("number", "posted", "where"),
    [
        ("", 3, BEFORE),
        ("", 8, INSIDE),
        ("", 14, INSIDE),
        ("", 15, BEYOND),
        ("", 17, BEYOND),
        ("2", 17, INSIDE),
        ("3", 10, BEYOND),
        ("1", 10, BEFORE),
        ("99", 10, INSIDE),
    ],
)
def test_where_a_cost_falls(number: str, posted: int, where: int) -> None:
    assert Periods(ALL).place(ALL["2"], number, day(posted)) == where


def test_without_a_period_everything_is_to_date() -> None:
    assert Periods({}).place(None, "7", day(3)) == BEFORE
