"""Where an account stands: its own words first, then the budget's, then the chart's."""

from __future__ import annotations

import pytest

from pmkit.model.budget import Account, Budget, Category
from pmkit.model.chart import Chart, ChartCategory
from pmkit.rollup.coding import UNPLACED, Codes, nearest

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


def test_accounts_stand_in_the_order_of_the_chart_then_by_value() -> None:
    assert codes().in_order({"999", "1499", "1402", "A.1", "9"}) == ["1402", "1499", "A.1", "9", "999"]
    assert Codes(None, None).in_order({"C.10", "C.4", "0100", "99"}) == ["99", "0100", "C.4", "C.10"]


def test_a_category_of_the_budgets_own_prints_after_the_number_before_it() -> None:
    chart = Chart("c", tuple(ChartCategory(n, n, n, "production") for n in ("E(a)", "C", "D", "1100", "1300")), {})
    own = {number: Category(number=number, name=number, level="other") for number in ("1200", "D.5")}
    found = Codes(Budget(categories=own), chart).categories_in_order({"", "1300", "1200", "C", "E(a)", "D.5"})
    assert found == ["E(a)", "C", "D.5", "1200", "1300", ""]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [("3067", ["3007", "3607"], "3007"), ("36007", ["6007", "3607"], "3607"), ("x", ["3607"], "")],
)
def test_the_account_meant_begins_the_same(typed: str, known: list[str], meant: str) -> None:
    assert nearest(typed, known) == meant
