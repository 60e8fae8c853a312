"""The reasons for what moved, and what has none."""

from __future__ import annotations

from decimal import Decimal

from pmkit.rollup.costs import costs
from pmkit.rollup.periods import Periods
from pmkit.rollup.variances import variances

PERIODS = "1: {from: 2025-10-06, to: 2025-10-12}\n2: {from: 2025-10-13, to: 2025-10-19}\n"
BUDGET = """accounts:
  100: {lines: [{what: Fee, rate: 1000}]}
  200: {lines: [{what: Site, rate: 1000}]}
overages: [{date: 2025-10-14, account: 200, amount: 300, reason: storm, by: me}]
"""
EFC = "date,account,amount,reason\n2025-10-07,100,1100,early\n2025-10-14,100,1250,rain\n2025-10-15,100,1400,more rain\n"
LEDGER = "account,posted,amount,kind\n300,2025-10-14,5000,actual\n400,2025-10-14,900,actual\n"


def found(production, budget: str = BUDGET):
    folder = production(
        private__budget=budget,
        private__periods=PERIODS,
        **{"private/costs/efc/2-me.csv": EFC.replace("2025-10-07,100,1100,early\n", ""),
           "private/costs/efc/1-me.csv": "date,account,amount,reason\n2025-10-07,100,1100,early\n",
           "private/costs/x.csv": LEDGER},
    )  # fmt: skip
    assert not folder.errors
    return variances(folder.production, costs(folder.production, Periods(folder.production.periods).all[1]))


def test_reasons_of_the_period_from_what_stood_before(production) -> None:
    made = found(production)
    fee, site = made.explained
    assert (fee.coding.number, fee.before, fee.moved) == ("100", Decimal(1100), Decimal(300))
    told = [(r.before, r.after, r.why, r.by) for r in fee.reasons]
    assert told == [(Decimal(1100), Decimal(1250), "rain", "me"), (Decimal(1250), Decimal(1400), "more rain", "me")]
    assert (site.moved, site.reasons[0].overage, site.reasons[0].after) == (0, True, Decimal(300))


def test_what_stands_off_without_a_reason_is_named_above_the_threshold(production) -> None:
    assert [row.coding.number for row in found(production).unexplained] == ["300"]
    low = BUDGET + "cost_report: {unexplained_over: 100}\n"
    assert [row.coding.number for row in found(production, low).unexplained] == ["300", "400"]


def test_the_other_sign_tells_the_same_story(production) -> None:
    other = found(production, BUDGET + "cost_report: {variance: efc_minus_budget}\n")
    assert [row.moved for row in other.explained] == [row.moved for row in found(production).explained]


def test_an_estimate_to_complete_stands_on_the_last_one_of_the_latest_period(production) -> None:
    """One that was made late, in an earlier period, is no later than that."""
    folder = production(
        private__budget="cost_report: {stored: etc}\naccounts: {100: {lines: [{what: Fee, rate: 1000}]}}\n",
        private__periods=PERIODS + "3: {from: 2025-10-20, to: 2025-10-26}\n",
        **{f"private/costs/efc/{name}.csv": f"date,account,amount,reason\n{day},100,{amount},x\n"
           for name, day, amount in (("1-me", "2025-10-16", 10), ("2-me", "2025-10-14", 20), ("3-me", "2025-10-21", 30))},
    )  # fmt: skip
    (fee,) = variances(folder.production, costs(folder.production, folder.production.periods["3"])).explained
    assert [(r.before, r.after) for r in fee.reasons] == [(20, 30)]
    assert fee.moved == 10
