"""Shares of a sum: their parts are the sum, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from pmkit.rollup.shares import shared, shared_along, shared_by, whole_parts

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(lambda found: sum(found) > 0)


@pytest.mark.parametrize("way", [shared, shared_along])
@given(st.integers(-(10**12), 10**12), weights)
def test_no_cent_is_lost_or_made(way: Callable[[int, list[int]], list[int]], cents: int, found: list[int]) -> None:
    parts = way(cents, found)
    assert sum(parts) == cents
    whole = sum(found)
    assert all(abs(part * whole - cents * weight) < whole for part, weight in zip(parts, found, strict=True))
    assert all(part == 0 for part, weight in zip(parts, found, strict=True) if not weight)


@pytest.mark.parametrize("found", [[], [0, 0], [1, -1, 2]])
def test_weights_that_share_nothing_are_refused(found: list[int]) -> None:
    with pytest.raises(ValueError, match="shares want weights"):
        shared(100, found)


def test_the_largest_remainders_get_the_odd_cents_and_a_credit_is_shared_as_its_invoice() -> None:
    assert shared(100, [1, 1, 1]) == [34, 33, 33]
    assert shared(100, [1, 2, 4]) == [14, 29, 57]
    assert shared(-100, [1, 2, 4]) == [-14, -29, -57]
    assert shared_by(5, {"a": Decimal("0.5"), "b": Fraction(1, 2), "c": 0}) == {"a": 3, "b": 2, "c": 0}
    assert shared_by(5, {"a": 0, "b": 0}) == {"a": 3, "b": 2}
    assert shared_by(5, {}) == {}


@given(st.lists(st.fractions(-(10**4), 10**4, max_denominator=97), min_size=1, max_size=9))
def test_exact_parts_are_rounded_to_their_sum_each_by_less_than_one(exact: list[Fraction]) -> None:
    cents = round(sum(exact))
    parts = whole_parts(cents, exact)
    assert sum(parts) == cents
    assert all(abs(part - true) <= 1 for part, true in zip(parts, exact, strict=True))


def test_over_days_what_was_reached_by_any_of_them_is_right() -> None:
    assert shared_along(100, [1] * 8) == [12, 13, 12, 13, 12, 13, 12, 13]
