"""The other views of the cost report: turned round, its trend and its memo; and the agreed copies of all of it."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.reports import cost_trend, costs as reports, costs_by, variance_memo
from pmkit.rollup.costs import costs
from pmkit.rollup.periods import Periods
from tests.conftest import SAMPLE

GOLDEN = Path(__file__).parent.parent / "golden" / "costs"
MONEY = ("period", "to_date", "commitments", "total")


@pytest.fixture(scope="module")
def made(sample):
    production = sample.production
    now = costs(production, Periods(production.periods).all[7])
    return production, now, reports.report(production, now)


@pytest.mark.parametrize("dimension", costs_by.BY)
def test_the_rows_are_the_total(made, dimension: str) -> None:
    table = costs_by.table(*made, dimension)
    keys = [column.key for column in table.columns]
    *rows, total = table.rows
    assert total.kind == "total"
    for at, column in enumerate(table.columns):
        if column.kind == "money":
            assert sum((row.cells[at] for row in rows), Decimal(0)) == total.cells[at]
    for key in MONEY:
        assert total.cells[keys.index(key)] == getattr(made[2].total, key)


def test_only_what_is_kept_by_account_has_an_estimate(made) -> None:
    columns = {d: {c.key for c in costs_by.table(*made, d).columns} for d in costs_by.BY}
    assert [d for d in costs_by.BY if "efc" in columns[d]] == ["category", "account", "episode"]
    assert [d for d in costs_by.BY if "revised" not in columns[d]] == ["unit", "vendor"]


def test_the_memo_tells_who_said_why(made) -> None:
    memo = made[2].memo
    assert [account.number for account in memo.accounts] == ["1407", "2716", "3631", "6703"]
    reason = memo.accounts[0].reasons[0]
    assert (reason.by, reason.why) == ("Mara Voss", "berm in one take; crust with one truck less")
    assert memo.net == sum((a.now - a.before for a in memo.accounts), Decimal(0))
    text = variance_memo.table(made[0], memo, made[2].period, "8")
    assert text.document == "Memo of variances 8"


def test_pages_against_money(made) -> None:
    trend = cost_trend.cost_trend(made[0], made[1])
    last = trend.lines[-1]
    assert last.pages_to_date == trend.pages == sum(line.pages for line in trend.lines)
    assert last.per_page == trend.per_page
    assert last.per_page == (last.to_date * 8 / last.pages_to_date).quantize(Decimal("0.01"))
    assert trend.lines[0].per_page is None
    assert last.days == 6, "two of the eight unit days of the week have no daily file yet"


@pytest.mark.parametrize("name", ["report.text", "report.html", "report.json", "report.svg", "by-location.text",
                                  "by-vendor.csv", "by-episode.text", "trend.text", "memo.md"])  # fmt: skip
def test_golden(name: str, tmp_path: Path) -> None:
    view, _, form = name.partition(".")
    words = {"report": [], "trend": ["--trend"], "memo": ["--memo"]}.get(view) or view.replace("by-", "--by ").split()
    words = [] if view == "report" else words
    out = tmp_path / name
    assert cli.run(["-C", str(SAMPLE), "costs", "--period", "8", *words, "--format", form, "-o", str(out)]) == 0
    found, agreed = out.read_text(encoding="utf-8"), GOLDEN / name
    found = found[found.find("<body") :] if form == "html" else found  # the stylesheet is everybody's
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.parent.mkdir(parents=True, exist_ok=True)
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), "look at the difference, then make golden"
