"""The shipped charts: every category has a level, every account a category."""

from __future__ import annotations

import pytest

from pmkit.files import chart
from pmkit.model.budget import CHARTS, LEVELS


@pytest.mark.parametrize("name", CHARTS)
def test_a_shipped_chart_is_whole(name: str) -> None:
    found = chart.shipped(name)
    assert found is not None
    assert len(found.categories) > 20
    assert all(category.level in LEVELS and category.name for category in found.categories)
    assert len({category.number for category in found.categories}) == len(found.categories)
    assert all(name and found.category_of(number) is not None for number, name in found.accounts.items())


def test_no_other_chart_is_shipped() -> None:
    assert chart.shipped("../production") is None


def test_the_us_studio_chart_knows_accounts_it_does_not_list() -> None:
    found = chart.shipped("us-studio")
    assert found is not None
    category = found.category_of("1401")
    assert category is not None
    assert (category.number, category.level) == ("1400", "atl")
    assert found.category_of("9900") is None
    assert found.category_of("A.1") is None


def test_rows_that_are_neither_category_nor_account_are_problems() -> None:
    text = "row,number,last,level,name\ncategory,1100,1199,above,Story\naccount,1101,,atl,Writer\n"
    found, problems = chart.read(text.encode(), "own")
    assert [(p.code, str(p.place)) for p in problems] == [
        ("unknown-word", "own.csv:2:1"),
        ("unknown-word", "own.csv:3:1"),
    ]
    assert (found.categories, found.accounts) == ((), {})
