"""How far the contingency is drawn: overruns less savings, its own costs, what is moved out of it; the warning."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pmkit.checks.contingency import contingency_drawn
from pmkit.model.budget import Account, Budget, Charge, CostReportSettings, Line, Overage
from pmkit.model.production import Production
from pmkit.reports import costs_notes
from pmkit.rollup.contingency import Drawdown, drawdown
from pmkit.rollup.costs import costs
from tests.rollup.test_costs import change, cost, production as made

TEN = (Charge(name="Producer's Contingency", rate=Decimal("0.1"), account="8000"),)
LINES = {"1401": "10000", "3607": "10000"}


def found(*changes: Any, charges: tuple[Charge, ...] = TEN, **more: Any) -> Drawdown | None:
    return drawdown(costs(made(LINES, changes=changes, charges=charges, **more), None))


def overage(account: str, amount: str) -> Overage:
    return Overage(date=dt.date(2025, 10, 9), account=account, amount=Decimal(amount), reason="rain", by="mara")


@pytest.mark.parametrize(
    ("efcs", "drawn"),
    [
        ({}, "0"),
        ({"3607": "10500"}, "500"),
        ({"3607": "10500", "1401": "9800"}, "300"),  # a saving elsewhere is taken off
        ({"3607": "10500", "1401": "9000"}, "0"),  # never below nothing
        ({"3607": "12500"}, "2500"),
        ({"9999": "700"}, "700"),  # an account that was never budgeted
        ({"3607": "10500", "8000": "1500"}, "500"),  # whoever lowers its EFC as it is drawn counts nothing twice
    ],
)
def test_what_goes_over_elsewhere_draws_on_it(efcs: dict[str, str], drawn: str) -> None:
    of = found(*(change(account, amount, line=at) for at, (account, amount) in enumerate(efcs.items(), 2)))
    assert of is not None
    assert (of.of, of.drawn, of.left) == (Decimal(2000), Decimal(drawn), 2000 - Decimal(drawn))


def test_what_was_spent_on_its_own_account_is_drawn() -> None:
    of = found(ledger=(cost("8000", 40_000),))
    assert of is not None and of.drawn == 400 and of.percent == 20


def test_what_an_overage_moves_out_of_it_is_drawn_and_what_it_adds_makes_it_larger() -> None:
    moved = found(change("3607", "10500"), overages=(overage("3607", "500"), overage("8000", "-500")))
    assert moved is not None and (moved.of, moved.drawn) == (2000, 500)
    more = found(change("3607", "10500"), overages=(overage("8000", "1000"),))
    assert more is not None and (more.of, more.drawn, more.left) == (3000, 500, 2500)


def test_an_account_may_be_the_contingency_and_a_budget_may_have_none() -> None:
    accounts = {
        "8000": Account(number="8000", name="Contingency", level="other", lines=(Line(what="x", rate="900"),)),
        "3607": Account(number="3607", level="production", lines=(Line(what="x", rate="100"),)),
    }
    production = made({}, changes=(change("3607", "400"),))
    budget = Budget(accounts=accounts)
    production = Production(**{**vars(production), "budget": budget})
    of = drawdown(costs(production, None))
    assert of is not None and (of.of, of.drawn) == (900, 300)
    assert found(change("3607", "99999"), charges=()) is None


@pytest.mark.parametrize(
    ("efc", "from_", "said"),
    [
        ("11499", "0.75", ""),
        ("11500", "0.75", "1,500.00 of the contingency of 2,000.00 is drawn, 75 %"),
        ("10200", "0.1", "200.00 of the contingency of 2,000.00 is drawn, 10 %"),
        ("11999.99", "0.75", "1,999.99 of the contingency of 2,000.00 is drawn, 99 %"),
        ("12000", "0.75", "2,000.00 of the contingency of 2,000.00 is drawn, 100 %"),
        ("12000.01", "0.75", "0.01 more than the whole contingency of 2,000.00 is drawn"),
        ("12000.01", "5", "0.01 more than the whole contingency of 2,000.00 is drawn"),
    ],
)
def test_it_is_told_from_the_share_that_the_settings_name(efc: str, from_: str, said: str) -> None:
    settings = CostReportSettings(contingency_warning=Decimal(from_))
    production = made(LINES, changes=(change("3607", efc),), charges=TEN, cost_report=settings)
    assert [problem.message for problem in contingency_drawn(production)] == [said] * bool(said)
    report = costs(production, None)
    pressing, quiet = (tuple(costs_notes.contingency(report, pressing=word)) for word in (True, False))
    assert (len(pressing), len(quiet)) == ((1, 0) if said else (0, 1))
