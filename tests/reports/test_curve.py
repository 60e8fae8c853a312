"""The S-curve as a drawing: rounded ticks, lines inside the plot, words for who cannot see it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from pmkit.reports.curve import WHOLE, drawing
from pmkit.rollup.trend import CurveWeek

FIRST = date(2025, 9, 14)
SHOOT = (date(2025, 9, 15), date(2025, 9, 28))


def weeks(*planned: int, cost: tuple[int, ...] = (), efc: tuple[int, ...] = ()) -> tuple[CurveWeek, ...]:
    start = len(planned) - len(efc)
    return tuple(
        CurveWeek(
            to=FIRST + timedelta(weeks=n),
            planned=Decimal(amount),
            cost=Decimal(cost[n]) if n < len(cost) else None,
            efc=Decimal(efc[n - start]) if n >= start and efc else None,
        )
        for n, amount in enumerate(planned)
    )


@pytest.mark.parametrize(
    ("highest", "words"),
    [
        (1_907_555, ["0", "500 k", "1 M", "1.5 M", "2 M"]),
        (900, ["0", "250", "500", "750", "1 k"]),
        (41_000, ["0", "20 k", "40 k", "60 k"]),
        (3, ["0", "1", "2", "3"]),
        (12_000_000_000, ["0", "5 bn", "10 bn", "15 bn"]),
    ],
)
def test_ticks_are_round(highest: int, words: list[str]) -> None:
    made = drawing(weeks(0, highest), SHOOT, "USD")
    assert made is not None
    assert [mark.words for mark in made.money] == words
    assert made.money[-1].at == WHOLE


def test_cost_ends_where_the_estimate_begins() -> None:
    made = drawing(weeks(100, 200, 300, 400, cost=(90, 210), efc=(210, 350, 420)), SHOOT, "EUR")
    assert made is not None
    assert made.cost[-1] == made.efc[0] == made.now
    assert made.said.startswith("Budget as planned, cost and estimated final cost by week, to 5 Oct 2025. ")
    assert "Cost to date is EUR 210. " in made.said
    assert made.shoot == (2500, 7500)


def test_the_words_round_as_the_tables_do() -> None:
    week = CurveWeek(FIRST, Decimal("1000.50"), Decimal("1234.50"), Decimal("1236.50"))
    made = drawing((week,), SHOOT, "USD")
    assert made is not None
    assert (
        "Cost to date is USD 1,235. The budget comes to USD 1,001 and the estimated final cost USD 1,237." in made.said
    )


def test_nothing_makes_no_drawing() -> None:
    assert drawing((), SHOOT, "USD") is None
    assert drawing(weeks(0, 0), SHOOT, "USD") is None


amounts = st.lists(st.integers(0, 10**11), min_size=1, max_size=300)


@given(amounts, amounts)
def test_every_point_lies_in_the_plot(planned: list[int], cost: list[int]) -> None:
    made = drawing(weeks(*planned, cost=tuple(cost[: len(planned)])), SHOOT, "USD")
    if made is None:
        assert max(planned + cost[: len(planned)]) == 0
        return
    points = (*made.planned, *made.cost, *made.efc)
    assert all(0 <= x <= WHOLE and 0 <= y <= WHOLE for x, y in points)
    assert len(made.weeks) <= 9 or len(planned) > 9 * 52
    assert 2 <= len(made.money) <= 6
