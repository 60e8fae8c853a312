"""A closed period against the ledger of today."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pmkit.model.books import Closing
from pmkit.rollup.closing import lines, since


def test_a_rate_of_the_budgets_that_changes_a_closed_cost_is_found(production) -> None:
    """The row is as it was typed; what it costs is not."""

    def made(rate: str):
        return production(
            **{
                "private/budget": f"currencies: {{CAD: {rate}}}\n",
                "private/periods": "1: {from: 2025-10-06, to: 2025-10-12}\n",
                "private/costs/x.csv": "id,account,posted,amount,currency,kind\n"
                "A1,100,2025-10-07,100.00,CAD,actual\nA2,100,2025-10-07,100.00,,actual\n",
            }
        ).production

    then = made("0.73")
    period = then.periods["1"]
    closing = Closing(number="1", closed=dt.date(2025, 10, 15), cost=Decimal(173), rows=lines(then, period))
    same = since(then, period, closing)
    assert (same.rows, same.changes, same.gone) == ((), (), ())
    now = since(made("0.80"), period, closing)
    assert [row.id for row in now.rows] == ["A1"]
    assert now.gone == ()
