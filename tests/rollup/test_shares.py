"""Shares of a sum: their parts are the sum, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pmkit.rollup.shares import shared

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(lambda found: sum(found) > 0)


@given(st.integers(-(10**12), 10**12), weights)
def test_no_cent_is_lost_or_made(cents: int, found: list[int]) -> None:
    parts = shared(cents, found)
    assert sum(parts) == cents
    whole = sum(found)
    assert all(abs(part * whole - cents * weight) < whole for part, weight in zip(parts, found, strict=True))
    assert all(part == 0 for part, weight in zip(parts, found, strict=True) if not weight)


@pytest.mark.parametrize("found", [[], [0, 0], [1, -1, 2]])
def test_weights_that_share_nothing_are_refused(found: list[int]) -> None:
    with pytest.raises(ValueError, match="shares want weights"):
        shared(100, found)
