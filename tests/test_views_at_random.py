"""Folders made at random, with one of everything that has money: whatever view one takes of it, it is one sum.

The same figures stand on the top sheet, in the cost report and its accounts, by dimension, in the trend,
the cash flow and the budget by episode; and a report's change is the variance of now less that of before.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit.files import folder as folders
from pmkit.model.production import Production
from pmkit.reports import account_costs, cashflow as cashflow_report
from pmkit.rollup import budget as budgets
from pmkit.rollup.cashflow import CashFlow, cash_flow
from pmkit.rollup.coding import key_of
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import Costs, costs
from pmkit.rollup.dimension import DIMENSIONS, Sums, by, spread
from pmkit.rollup.figure import Figure
from pmkit.rollup.periods import Periods
from pmkit.rollup.position import Position
from pmkit.rollup.series import by_episode
from pmkit.rollup.totals import BudgetTotals
from pmkit.rollup.trend import trend
from tests.productions import write

START = dt.date(2025, 10, 6)
ACCOUNTS = ("1101", "2001", "2002", "3301", "C4", "4501", "99")
HALF = Decimal("0.005")


class Chance:
    """A production at random: its files by name."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)
        self.series = self.of.random() < 0.5
        self.accounts = self.of.sample(ACCOUNTS, self.of.randint(1, 5))

    def one(self, *words: str) -> str:
        return self.of.choice(words)

    def maybe(self, share: float, text: str) -> str:
        return text if self.of.random() < share else ""

    def amount(self, low: int = -3000, high: int = 20000) -> str:
        return f"{self.of.randint(low * 100, high * 100) / 100:.2f}"

    def day(self) -> str:
        return str(START + dt.timedelta(self.of.randint(-5, 30)))

    def account(self, *more: str) -> str:
        return self.one(*self.accounts, *more)

    def line(self) -> str:
        fringes = ", ".join(self.of.sample(["tax", "holiday", "hours"], self.of.randint(0, 3)))
        return (
            f'{{what: {self.one("Prep", "Site", "x")}, amount: "{self.one("1", "2.5", "-1", "1/3", "third", "10/7")}", '
            f'rate: "{self.one(self.amount(), "third * 3", "0")}", unit: "{self.one("day", "week", "flat", "%")}"'
            + self.maybe(0.3, ", currency: CAD")
            + self.maybe(0.5, f", fringes: [{fringes}]")
            + self.maybe(0.4, f", groups: [{self.one('stunts', 'reshoots')}]")
            + self.maybe(0.3, f", person: {self.one('jun', 'pia')}")
            + self.maybe(0.3, f", kind: {self.one('labour', 'materials', 'allowance')}")
            + self.maybe(0.3, ", set: ROOM")
            + self.maybe(0.2, ", location: motel")
            + self.maybe(0.6 * self.series, f", episode: {self.one('101', '102', 'pattern', 'amort')}")
            + "}"
        )

    def charge(self) -> str:
        return (
            f"{{name: {self.one('Contingency', 'Bond', 'Overhead', 'Fringes')}, "
            + self.one("rate: 10%", "rate: 2.5%", f"flat: {self.amount()}")
            + self.maybe(0.4, f', account: "{self.account("80")}"')
            + self.maybe(0.3, f', inside: "{self.account()}"')
            + self.maybe(0.5, f", on: [{self.one('all', 'production', 'stunts', 'labour', 'fringes')}]")
            + "}"
        )

    def budget(self) -> str:
        accounts = "".join(
            f'  "{number}": {{name: N{number}, lines: [{", ".join(self.line() for _ in range(self.of.randint(0, 4)))}]}}\n'
            for number in self.accounts
        )
        overages = ", ".join(
            f'{{date: {self.day()}, account: "{self.account("80", "Bond")}", amount: {self.amount()}, reason: x}}'
            for _ in range(self.of.randint(0, 3))
        )
        return (
            f"cost_report: {{variance: {self.one('budget_minus_efc', 'efc_minus_budget')}, "
            f"accruals_in: {self.one('commitments', 'to_date')}, stored: {self.one('efc', 'etc')}, "
            f"payroll_accruals: {self.one('true', 'false')}}}\n"
            f"rounding: {self.one('display', 'line')}\n"
            f"posting: {self.one('account', 'category', 'level', 'budget')}\n"
            "currencies: {CAD: 0.735}\nglobals: {third: 100/3}\n"
            f"groups: {{stunts: Stunts, reshoots: {{name: Reshoots, off: {self.one('true', 'false')}}}}}\n"
            'categories: {"20": {name: Staff, level: production, last: "2099"}, C: {name: Cut, level: post}}\n'
            "fringes: {tax: {rate: 6.2%, ceiling: 5000}, holiday: {rate: 8.333333%, on: [labour, tax]}, "
            'hours: {flat: 3.33/hour, account: "2099"}}\n'
            + self.maybe(self.series, f"series: {{amortise: {self.one('equal', 'days', 'pages')}}}\n")
            + f"accounts:\n{accounts}charges: [{', '.join(self.charge() for _ in range(self.of.randint(0, 3)))}]\n"
            + f"overages: [{overages}]\n"
        )

    def order(self) -> str:
        lines = "".join(
            f'  - {{what: x, account: "{self.account()}", rate: {self.amount(-500, 3000)}, amount: {self.one("1", "3", "1/3")}, '
            f"tax: 20%{self.maybe(0.3, ', set: ROOM')}{self.maybe(0.3, ', sales_tax: 8.25%')}}}\n"
            for _ in range(self.of.randint(1, 3))
        )
        invoices = ", ".join(
            f"{{number: {n}, date: {self.day()}, amount: {self.amount(-300, 2000)}{self.maybe(0.2, ', final: true')}"
            + self.maybe(0.3, f', account: "{self.account()}"')
            + "}"
            for n in range(self.of.randint(0, 3))
        )
        return (
            f"vendor: {self.one('v', 'w')}\ndate: {self.day()}\napproved_by: jun\n"
            + self.one("state: approved\n", "state: draft\n", f"state: closed\nclosed: {self.day()}\n", "state: void\n")
            + self.maybe(0.3, "currency: CAD\n")
            + self.maybe(0.3, "deposit: 40%\n")
            + self.maybe(0.3, "from: 2025-10-09\nto: 2025-10-20\n")
            + f"lines:\n{lines}invoices: [{invoices}]\n"
        )

    def row(self) -> str:
        return ",".join((
            self.one("", "", "1", "2", "3"), self.day(), self.account("9100", "7777", "80"), self.amount(), self.one("", "CAD"),
            self.one("actual", "accrual", "card", "payroll", "journal"), self.one("", "v", "stranger"), self.one("", "P-1"),
            self.one("", "101", "104", "amort"), self.one("", "ROOM", "room"), self.one("", "motel"), self.one("", "5.00"),
        ))  # fmt: skip

    def files(self) -> dict[str, str]:
        scene = "{heading: INT. ROOM - DAY, pages: 2}"
        first, second = ("101-1", "102-1") if self.series else ("1", "2")
        found = {
            "production": "pmkit: 1\ntitle: T\n" + self.series * "kind: series\nepisodes: {101: One, 102: Two, 103: Three}\n",
            "breakdown": f"101: {{1: {scene}}}\n102: {{1: {scene}}}\n" if self.series else f"1: {scene}\n2: {scene}\n",
            "schedule": f"main:\n  2025-10-07: {{strips: [{first}]}}\n  2025-10-08: {{strips: [{second}]}}\n",
            "locations": "motel: {name: Motel}\nsets: {ROOM: motel}\n",
            "vendors": "v: {name: V, terms: 14 days}\nw: {name: W, terms: soon}\n",
            "crew": "camera: {people: [{id: jun, name: Jun, position: DP}, {id: pia, name: Pia, position: AC}]}\n",
            "private/balance": '"9100": Bank\n',
            "private/deals": f'jun: {{rate: 500/day, account: "{self.account()}"}}\n',
            "private/cashflow": f"opening: {self.amount()}\ndrawdowns: [{{date: 2025-10-20, amount: {self.amount()}}}]\n",
            "private/periods": "".join(
                f"{n + 1}: {{from: {START + dt.timedelta(7 * n)}, to: {START + dt.timedelta(7 * n + 6)}}}\n" for n in range(3)
            ),
            "private/budget": self.budget(),
            "private/costs/1.csv": "\n".join((
                "period,posted,account,amount,currency,kind,vendor,po,episode,set,location,tax",
                *(self.row() for _ in range(self.of.randint(0, 14))), "",
            )),
        }  # fmt: skip
        if self.of.random() < 0.7:
            found["daily/2025-10-08-main"] = "wrap: 19:00\n"
        for n in range(self.of.randint(0, 3)):
            found[f"private/po/P-{n + 1}"] = self.order()
        for name in ("1-mara", "2-mara", "2-bo", "3-bo"):
            days = sorted(self.day() for _ in range(self.of.randint(0, 2)))
            changes = [f"{day},{self.account('80', 'Overhead')},{self.amount()},x" for day in days]
            found[f"private/costs/efc/{name}.csv"] = "\n".join(("date,account,amount,reason", *changes, ""))
        return found


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(n, marks=pytest.mark.soak) for n in range(6, 200))])
def test_every_view_is_of_one_sum(tmp_path: Path, seed: int) -> None:
    folder = folders.read(write(tmp_path, Chance(seed).files()))
    assert not folder.errors
    production = folder.production
    totals = budgets.of_production(production)
    before: Costs | None = None
    for period in Periods(production.periods).all:
        made = costs(production, period, totals=totals)
        the_budget(totals, made)
        for columns in dimensions(production, made):
            assert columns == {name: to_minor(getattr(made.total, name).value) for name in columns}
        flow = cash_flow(production, made)
        assert isinstance(flow, CashFlow)
        the_cash_flow(made, flow)
        said = cashflow_report.report(production, made, flow)
        assert said.closing == said.opening + said.drawn - said.total.total == said.opening + said.drawn - said.efc
        last = trend(production, made).weeks[-1]
        assert (last.planned, last.efc) == (made.total.revised.value, made.total.efc.value)
        if before is not None and made.settings.payroll_accruals is False:
            the_change(before, made)
        the_accounts(production, made, totals)
        before = made
    if production.settings.episodes:
        episodes = by_episode(totals, production).total
        assert sum(episodes.by_episode.values()) == episodes.total
        assert abs(Decimal(episodes.total).scaleb(-2) - totals.total.value) <= HALF * len(ACCOUNTS) * 2


def the_budget(totals: BudgetTotals, made: Costs) -> None:
    """The same sums as the top sheet, but for the cent each row is rounded to."""
    rows = len(made.accounts())
    assert abs(made.total.budget.value - totals.total.value) <= HALF * rows
    levels = {level.level: level.total.value for level in totals.levels}
    for level in made.levels:
        assert abs(level.position.budget.value - levels.get(level.level, 0)) <= HALF * rows
    assert len({key_of(row.coding) for row in made.accounts()}) == rows
    for column in Position.__annotations__:
        parts = (getattr(row.position, column).value for row in made.accounts())
        assert getattr(made.total, column).value == sum(parts, Decimal(0))


def dimensions(production: Production, made: Costs) -> Iterator[dict[str, int]]:
    """What the rows of each dimension come to, by column."""
    for dimension in DIMENSIONS:
        found = by(production, made, dimension)
        whole = {name: sum(getattr(row, name) for row in found.values()) for name in Sums._fields}
        if dimension == "episode" and production.settings.episodes:
            shared = spread(production, made, found)
            assert whole == {name: sum(getattr(row, name) for row, _ in shared.values()) for name in Sums._fields}
        yield {name: cents for name, cents in whole.items() if name != "etc" or dimension == "episode"}


def the_cash_flow(made: Costs, flow: CashFlow) -> None:
    """What is paid over all weeks is the EFC of each account."""
    paid: dict[str, int] = {}
    for week in flow.weeks:
        for account, cents in week.paid.items():
            paid[account] = paid.get(account, 0) + cents
    owed = {key_of(row.coding): to_minor(row.position.efc.value) for row in made.accounts()}
    assert {key: cents for key, cents in paid.items() if cents} == {key: cents for key, cents in owed.items() if cents}


def the_change(before: Costs, made: Costs) -> None:
    """Change and period are what parts two reports."""
    then = {key_of(row.coding): row.position for row in before.accounts()}
    for row in made.accounts():
        was, now = then.get(key_of(row.coding)), row.position
        if was is not None:
            assert now.change.value == now.variance.value - was.variance.value
            assert now.period.value == now.to_date.value - was.to_date.value


def the_accounts(production: Production, made: Costs, totals: BudgetTotals) -> None:
    """The papers of an account's page come to its budget and its total."""
    for row in made.accounts():
        told = costs(production, made.period, key_of(row.coding), totals)
        mine = next(found for found in told.accounts() if key_of(found.coding) == key_of(row.coding))
        page = account_costs.report(production, told, mine)
        for column in ("period", "to_date", "commitments", "overages", "revised", "total"):
            figure = getattr(mine.position, column)
            assert sum(part.value for part in figure.of if isinstance(part, Figure)) == figure.value, column
        assert abs(sum(entry.amount for entry in page.budget) - mine.position.budget.value) <= 3 * HALF
        assert sum(entry.amount for entry in (*page.ledger, *page.orders, *page.payroll)) == mine.position.total.value
