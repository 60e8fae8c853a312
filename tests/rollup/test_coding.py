"""Where an account stands: its own words first, then the budget's, then the chart's."""

from __future__ import annotations

import pytest

from pmkit.model.budget import Account, Budget, Category, Chart, ChartCategory
from pmkit.rollup.coding import UNPLACED, Codes, in_order, nearest

CHART = Chart(
    "c",
    (ChartCategory("1400", "1499", "Cast", "atl"), ChartCategory("A.1", "A.1", "Story", "atl")),
    {"1401": "Principals"},
)


def codes(account: Account | None = None, **categories: Category) -> Codes:
    accounts = {account.number: account} if account is not None else {}
    own = {category.number: category for category in categories.values()}
    return Codes(Budget(accounts=accounts, categories=own), CHART)


def test_the_chart_says_where_an_account_stands() -> None:
    found = codes().of("1401")
    assert (found.name, found.category, found.category_name, found.level) == ("Principals", "1400", "Cast", "atl")


def test_the_account_and_the_budget_have_their_own_words() -> None:
    own = Account(number="1401", name="Leads", category="1490", level="other")
    renamed = Category(number="1400", name="Players")
    further = Category(number="1490", name="Stars", level="production")
    found = codes(own, a=renamed, b=further).of("1401")
    assert (found.name, found.category, found.category_name, found.level) == ("Leads", "1490", "Stars", "other")
    assert codes(a=renamed).of("1402").category_name == "Players"
    assert codes(a=renamed).of("1402").level == "atl"


def test_a_category_of_the_budgets_own_holds_a_range() -> None:
    own = Category(number="4500", name="Editing", level="post", last="4599")
    assert codes(a=own).of("4530").level == "post"
    assert codes(a=own).of("4600").category_name == UNPLACED


def test_what_is_nowhere_has_no_category_and_counts_as_other() -> None:
    found = codes().of("9999")
    assert (found.category, found.category_name, found.level) == ("", UNPLACED, "other")
    assert not codes().knows("9999")


def test_numbers_stand_by_value_and_other_codes_after_them() -> None:
    assert in_order({"999", "1100", "A.2", "A.1", "0100"}) == ["0100", "999", "1100", "A.1", "A.2"]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [("3067", ["3007", "3607"], "3007"), ("36007", ["6007", "3607"], "3607"), ("x", ["3607"], "")],
)
def test_the_account_meant_begins_the_same(typed: str, known: list[str], meant: str) -> None:
    assert nearest(typed, known) == meant
