"""Charts of accounts: the shipped ones are whole, a production's own is read with its problems."""

from __future__ import annotations

import re

import pytest

from pmkit.files import chart
from pmkit.model.chart import CHARTS, LEVELS, Chart
from tests.productions import write

EVERY = [f"{name}@{version}" for name, versions in CHARTS.items() for version in versions]


def shipped(typed: str) -> Chart:
    found = chart.shipped(typed)
    assert found is not None
    return found


@pytest.mark.parametrize("typed", EVERY)
def test_a_shipped_chart_is_whole(typed: str) -> None:
    found = shipped(typed)
    assert f"{found.id}@{found.version}" == typed
    assert len(found.categories) > 15
    assert "heck it against" in found.source or "ask yours" in found.source
    assert all(category.level in LEVELS and category.name for category in found.categories)
    assert len({category.number for category in found.categories}) == len(found.categories)
    assert all(name and found.category_of(number) is not None for number, name in found.accounts.items())
    assert all(found.category_of(c.number) == c for c in found.categories)
    levels = [category.level for category in found.categories if typed != "aicp@1"]
    assert levels == sorted(levels, key=list(LEVELS).index)


@pytest.mark.parametrize("typed", EVERY)
def test_names_are_tidy(typed: str) -> None:
    found = shipped(typed)
    names = [*found.accounts.values(), *(c.name for c in found.categories), *(t.name for t in found.totals)]
    assert not [name for name in names if name != name.strip() or "  " in name or "&" in name]
    assert not [name for name in names if re.search(r"[a-z][A-Z]|[A-Z]{5}", name)]


def test_without_a_version_the_newest_is_meant() -> None:
    assert shipped("us-studio") == shipped("us-studio@1")
    assert chart.shipped("us-studio@2") is None
    assert chart.shipped("us-studio@") == shipped("us-studio")


@pytest.mark.parametrize("typed", ["../production", "", "@1", "us-studio@../../x"])
def test_no_other_chart_is_shipped(typed: str) -> None:
    assert chart.shipped(typed) is None


@pytest.mark.parametrize(
    ("typed", "account", "category", "level"),
    [
        ("us-studio", "1401", "1400", "atl"),
        ("us-studio", "1401-02", "1400", "atl"),
        ("us-studio", "9900", "", ""),
        ("us-studio", "140", "", ""),
        ("us-studio", "A.1", "", ""),
        ("cavco", "01.25", "01", "atl"),
        ("cavco", "27", "27", "production"),
        ("cavco", "69.01", "69", "post"),
        ("telefilm", "0105", "0100", "atl"),
        ("telefilm", "4010", "4000", "production"),
        ("screen-australia", "A.1", "A.1", "atl"),
        ("screen-australia", "A.1.3", "A.1", "atl"),
        ("screen-australia", "A.10", "", ""),
        ("screen-australia", "C.10", "C", "production"),
        ("screen-australia", "E(a)", "E(a)", "atl"),
        ("screen-australia", "E(a).2", "E(a)", "atl"),
        ("screen-australia", "E.3", "E(b)", "production"),
        ("screen-australia", "Z.9", "Z", "other"),
        ("aicp", "A12", "A", "production"),
        ("aicp", "R.2", "Q-W", "post"),
        ("aicp", "Story", "", ""),
    ],
)
def test_a_chart_knows_accounts_it_does_not_list(typed: str, account: str, category: str, level: str) -> None:
    found = shipped(typed).category_of(account)
    assert ((found.number, found.level) if found is not None else ("", "")) == (category, level)


def test_the_cavco_totals_are_those_of_its_top_sheet() -> None:
    found = shipped("cavco")
    assert list(found.levels.values()) == ["A. Above the line", "B. Production", "C. Post-production", "D. Other"]
    assert [(t.name, t.levels) for t in found.totals] == [
        ("Total B + C", ("production", "post")),
        ("Total A + B + C + D", ("atl", "production", "post", "other")),
    ]
    assert [(c.number, c.name) for c in found.charges] == [("80", "Contingency"), ("81", "Completion guarantee")]


def test_rows_that_are_wrong_are_problems_at_their_cells() -> None:
    text = (
        "row,number,last,level,name\ncategory,1100,1199,above,Story\naccont,1101,,,Writer\naccount,,,,Writer\n"
        "account,1101,,,Writer\naccount,1101,,,Writer\ncategory,1200,1299,atl,\ntotal,,,atl pots,Sum\n"
    )
    found, problems = chart.read(text.encode(), "charts/own.csv")
    assert [(p.code, str(p.place)) for p in problems] == [
        ("unknown-word", "charts/own.csv:2:20"),
        ("unknown-word", "charts/own.csv:3:1"),
        ("missing-field", "charts/own.csv:4:9"),
        ("duplicate-id", "charts/own.csv:6:9"),
        ("missing-field", "charts/own.csv:7:24"),
        ("unknown-word", "charts/own.csv:8:9"),
    ]
    assert problems[1].hint == "did you mean account?"
    assert (found.id, found.categories, found.accounts) == ("own", (), {"1101": "Writer"})


OWN = "row,number,last,level,name\nversion,,,,7\ncategory,10,19,atl,Story\naccount,11,,,Writer\n"


@pytest.mark.parametrize("place", ["charts/house.csv", "private/charts/house.csv"])
def test_a_production_has_a_chart_of_its_own(place: str, production) -> None:
    budget = "chart: house\naccounts:\n  11:\n    lines:\n      - {what: Draft, rate: 900}\n"
    folder = production(**{place: OWN, "private/budget": budget})
    assert [str(problem) for problem in folder.problems] == []
    found = folder.production.chart
    assert found is not None
    assert (found.id, found.version, found.accounts) == ("house", "7", {"11": "Writer"})


@pytest.mark.parametrize(
    ("typed", "file", "found"),
    [
        ("house@7", "charts/house.csv", True),
        ("house@8", "charts/house.csv", False),
        ("house@8", "charts/house@8.csv", True),
        ("../house", "charts/house.csv", False),
    ],
)
def test_a_version_of_a_chart_of_ones_own_is_its_file_or_what_the_file_says(
    typed: str, file: str, found: bool, production
) -> None:
    folder = production(**{file: OWN, "private/budget": f"chart: {typed}\naccounts: {{11: {{lines: []}}}}\n"})
    assert (folder.production.chart is not None) is found


def test_what_is_wrong_in_a_chart_of_ones_own_is_said_at_its_row(tmp_path) -> None:
    from pmkit.files import folder as folders

    files = {"charts/house.csv": OWN + "acount,12,,,Notes\n", "private/budget": "chart: house\n"}
    problems = folders.read(write(tmp_path, files)).problems
    assert [(p.code, str(p.place)) for p in problems] == [("unknown-word", "charts/house.csv:5:1")]
