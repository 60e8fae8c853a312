"""A series' budget and costs by episode, on paper: rows and columns add up, and the two documents agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import folder as folders
from pmkit.problems import Fault
from pmkit.reports import costs as cost_reports, costs_by, episodes as reports
from pmkit.rollup.budget import of_production
from pmkit.rollup.costs import costs
from pmkit.rollup.dimension import by, spread
from tests.often import often
from tests.productions import write

FILES = {
    "production": "pmkit: 1\ntitle: T\nkind: series\nepisodes: {101: Pilot, 102: '=HYPERLINK()', 103: Three}\n",
    "schedule": "main:\n  2025-10-16: {strips: [101-1]}\n  2025-10-17: {strips: [102-1]}\n  2025-10-20: {strips: [102-2]}\n",
    "breakdown": "101:\n  1: {heading: A, pages: 3}\n102:\n  1: {heading: A, pages: 1}\n  2: {heading: A, pages: 1}\n",
}
BUDGET = """series: {pattern: [101, 103], amortise: days}
fringes: {fica: {rate: 10%%}}
posting: {fringes: category}
categories: {1100: {name: Story, level: atl}, 2300: {name: Sets, level: production}}
accounts:
  1101: {name: Writers, category: 1100, lines: [{what: Script, rate: 1000, episode: pattern, fringes: [fica]}]}
  2301:
    name: Sets
    category: 2300
    episode: 103
    lines:
      - {what: Stage build, rate: 1000.01, episode: amort}
      - {what: Office, rate: %s}
charges: [{name: Contingency, rate: 10%%}]
overages: [{date: 2025-10-17, account: 2301, amount: 100, reason: rain, by: mara}]
"""
LEDGER = """account,posted,amount,kind,episode
1101,2025-10-16,1200,actual,101
2301,2025-10-16,100.01,actual,
2301,2025-10-16,-33.34,actual,amort
2301,2025-10-17,55.55,actual,103
"""


def series(root, office: str = "99.99", ledger: str = LEDGER):
    files = {**FILES, "private/budget": BUDGET % office, "private/costs/x.csv": ledger}
    return folders.read(write(root, files)).production


def figures(table, name: str) -> list[object]:
    return next(list(row.cells[2:]) for row in table.rows if len(row.cells) > 1 and row.cells[1] == name)


def test_where_rounded_accounts_come_to_another_cent_than_the_top_sheet_it_is_said(tmp_path) -> None:
    for office, said in (("99.99", False), ("99.9949", True)):
        one = series(tmp_path / office, office)
        notes = reports.table(one, of_production(one), "Top sheet", accounts=False).notes
        assert any("rounded to the cent here" in note for note in notes) is said, office


def test_all_episodes_side_by_side_and_one_by_itself(tmp_path) -> None:
    one = series(tmp_path)
    totals = of_production(one)
    # by hand: days 101 1, 102 2 of 3; stage 1000.01 in thirds; pattern 1100 for 101 and 103; 10 % on top
    sheet = reports.table(one, totals, "Top sheet", accounts=False)
    assert figures(sheet, "Story") == [Decimal(1100), 0, Decimal(1100), Decimal(2200), 0]
    assert figures(sheet, "Sets") == [Decimal(x) for x in ("333.34", "666.67", "99.99", "1100", "1000.01")]
    assert figures(sheet, "GRAND TOTAL")[3] == Decimal(3630)
    pilot = reports.table(one, totals, "Budget", "101", accounts=True)
    assert figures(pilot, "Writers") == [Decimal(1000), 0, Decimal(1000), Decimal(2000)]
    assert figures(pilot, "Total Sets") == [0, Decimal("333.34"), Decimal("333.34"), Decimal(1100)]
    assert pilot.period == "Pilot" and "by shooting days: 101 33.3 %, 102 66.7 %, 103 0 %" in pilot.notes[0]


def test_the_cost_report_by_episode_shares_out_by_the_same_rule(tmp_path) -> None:
    one = series(tmp_path)
    report = costs(one, None)
    table = costs_by.table(one, report, cost_reports.report(one, report), "episode")
    at = {column.key: index for index, column in enumerate(table.columns)}
    rows = {row.cells[0]: row.cells for row in table.rows}
    # 66.67 under no episode: a third and two thirds
    assert [rows[key][at["to_date"]] for key in ("101", "102", "103")] == [
        Decimal(x) for x in ("1222.22", "44.45", "55.55")
    ]
    assert [column.key for column in table.columns].count("amortised") == 1
    assert rows[""][at["efc"]] == report.total.efc.value
    budget = reports.table(one, of_production(one), "Budget", accounts=False)
    planned = figures(budget, "GRAND TOTAL")[:3]
    revised = [rows[key][at["revised"]] for key in ("101", "102", "103")]
    assert sum(revised) == sum(planned) + 100
    # the overage lies as its account does: 333.34, 666.67 and 99.99 of 1100
    assert [a - b for a, b in zip(revised, planned, strict=True)] == [Decimal(x) for x in ("30.30", "60.61", "9.09")]


money = st.integers(-90_000, 900_000).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}")
rows = st.lists(
    st.tuples(st.sampled_from(["1101", "2301", "2999"]), money, st.sampled_from(["", "101", "102", "amort"]))
)


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(money, rows)
def test_the_episodes_add_up_to_the_report_in_every_column(tmp_path_factory, office: str, ledger) -> None:
    body = "".join(f"{account},2025-10-16,{amount},actual,{episode}\n" for account, amount, episode in ledger)
    one = series(tmp_path_factory.mktemp("s"), office, LEDGER.splitlines()[0] + "\n" + body)
    report = costs(one, None)
    found = by(one, report, "episode")
    shared = spread(one, report, found)
    for column in ("revised", "period", "to_date", "commitments", "etc", "efc"):
        assert sum(getattr(whole, column) for whole, _ in shared.values()) == sum(
            getattr(figure, column) for figure in found.values()
        )


@pytest.mark.parametrize("typed", ["102", " 102 ", "=hyperlink()"])
def test_an_episode_is_known_by_its_number_or_name(tmp_path, typed: str) -> None:
    assert reports.chosen(series(tmp_path), typed) == "102"


def test_an_episode_nobody_knows_and_a_production_without_any(tmp_path, sample) -> None:
    found = reports.chosen(series(tmp_path), "104")
    assert isinstance(found, Fault) and "there is no episode 104" in found.message and found.hint
    assert isinstance(reports.chosen(sample.production, "1"), Fault)
