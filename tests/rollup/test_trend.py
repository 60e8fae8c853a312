"""The trend: every period as its own report has it, and the weeks of the S-curve."""

from __future__ import annotations

import pytest

from pmkit.rollup.costs import costs
from pmkit.rollup.periods import Periods
from pmkit.rollup.position import Position
from pmkit.rollup.trend import movers, trend


@pytest.fixture(scope="module")
def made(sample):
    production = sample.production
    now = costs(production, Periods(production.periods).all[7])
    return production, now, trend(production, now)


def test_each_period_is_what_its_own_report_says(made) -> None:
    production, _, found = made
    assert [line.period.number for line in found.periods] == [str(n) for n in range(1, 9)]
    for line in found.periods:
        own = costs(production, line.period).total
        assert all(getattr(line.total, c).value == getattr(own, c).value for c in Position.__annotations__)


def test_the_curve_ends_at_the_budget_and_the_estimate(made) -> None:
    _, now, found = made
    last = found.weeks[-1]
    assert last.planned == now.total.revised.value
    assert last.efc == now.total.efc.value
    assert max(week.cost for week in found.weeks if week.cost is not None) == now.total.to_date.value
    assert [week.to for week in found.weeks if week.cost is not None][-1] == now.period.to


def test_a_show_that_has_no_date_yet_has_no_curve(production) -> None:
    folder = production(private__budget="accounts: {100: {lines: [{what: Fee, rate: 900}]}}\n")
    found = trend(folder.production, costs(folder.production, None))
    assert found.periods == ()
    assert found.weeks == ()


def test_who_moved_the_estimate(made) -> None:
    _, _, found = made
    assert movers(found.periods[6].changes) == (("y-bergman", 5), ("mara-voss", 4))
