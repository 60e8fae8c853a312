"""What is wrong with the cash flow."""

from __future__ import annotations

import pytest

from pmkit.checks import cashflow

BUDGET = (
    "chart: us-studio\naccounts: {1401: {lines: [{what: A, rate: 5}]}}\ncharges: [{name: Contingency, rate: 10%}]\n"
)


def found(production, spread: str) -> list[tuple[str, str]]:
    folder = production(private__budget=BUDGET, private__cashflow=f"spread: {{{spread}}}\n")
    assert not folder.errors
    return [(p.message, p.hint) for check in cashflow.CHECKS for p in check(folder.production)]


@pytest.mark.parametrize("name", ["1401", "1400", "atl", "Contingency", "charge"])
def test_what_the_budget_has_may_be_spread(production, name: str) -> None:
    assert found(production, f"{name}: prep") == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("1041", "did you mean 1401?"),
        ("Contingenzy", "did you mean Contingency?"),
        ("produktion", "did you mean production?"),
    ],
)
def test_what_it_has_not_is_named_with_what_was_meant(production, name: str, hint: str) -> None:
    ((message, said),) = found(production, f"{name}: prep")
    assert message == f"the budget has no account, category, level or charge {name}"
    assert said == hint


def test_phases_come_to_a_hundred(production) -> None:
    assert found(production, "1401: {prep: 50%, shoot: 50%}") == []
    assert found(production, "1401: {prep: 50%}")[0][0] == "the spread of 1401 comes to 50 %"
