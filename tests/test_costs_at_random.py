"""Cost reports of folders made at random agree with the calculator that shares no code, to the cent, at every level."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.files import counted, folder as folders
from pmkit.rollup.costs import Costs, costs
from pmkit.rollup.figure import Figure
from pmkit.rollup.position import Position
from tests.apart.costs import cost_report
from tests.often import often
from tests.productions import write

ACCOUNTS = ["1401", "3301", "3607", "0123"]
START = dt.date(2025, 10, 6)
DAYS = [str(START + dt.timedelta(n)) for n in range(21)]
AMOUNTS = st.decimals(-5000, 20000, places=2).map(lambda value: f"{value:.2f}")
ROW = st.fixed_dictionaries(
    {
        "period": st.sampled_from(["", "", "1", "2", "3"]),
        "posted": st.sampled_from(DAYS),
        "account": st.sampled_from(ACCOUNTS),
        "amount": AMOUNTS | st.sampled_from(["5", "0.005", "-0.005", "1,234.5"]),
        "currency": st.sampled_from(["", "", "USD", "CAD"]),
        "rate": st.just(""),
        "kind": st.sampled_from(["actual", "accrual", "card", "payroll", "petty-cash"]),
        "tax": st.sampled_from(["", "13.00"]),
        "memo": st.sampled_from(["", "a, b", "x"]),
    }
)
CHANGE = st.tuples(
    st.sampled_from(["1", "2", "3"]), st.sampled_from(["mara-voss", "y-bergman"]), st.sampled_from(DAYS),
    st.sampled_from(ACCOUNTS), AMOUNTS,
)  # fmt: skip
OVERAGE = st.tuples(st.sampled_from(DAYS), st.sampled_from(ACCOUNTS), AMOUNTS)


def table(columns: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


@settings(deadline=None, max_examples=often(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=14),
    changes=st.lists(CHANGE, max_size=5),
    overages=st.lists(OVERAGE, max_size=2),
    budgets=st.lists(st.integers(0, 20000), min_size=4, max_size=4),
    variance=st.sampled_from(["budget_minus_efc", "efc_minus_budget"]),
    accruals=st.sampled_from(["commitments", "to_date"]),
    stored=st.sampled_from(["efc", "etc"]),
)
def test_every_figure_of_every_period(rows, changes, overages, budgets, variance, accruals, stored) -> None:
    lines = "".join(
        f'  "{number}": {{lines: [{{what: x, rate: {rate}}}]}}\n'
        for number, rate in zip(ACCOUNTS, budgets, strict=True)
    )
    given_ = "".join(f'  - {{date: {d}, account: "{a}", amount: {m}, reason: x}}\n' for d, a, m in overages)
    files = {
        "private/budget": f"cost_report: {{variance: {variance}, accruals_in: {accruals}, stored: {stored}}}\n"
        f"currencies: {{CAD: 0.735}}\naccounts:\n{lines}overages:{' []' if not overages else ''}\n{given_}",
        "private/periods": "".join(f"{n + 1}: {{from: {DAYS[7 * n]}, to: {DAYS[7 * n + 6]}}}\n" for n in range(3)),
    }
    columns = ["period", "posted", "account", "amount", "currency", "rate", "kind", "tax", "memo"]
    half = len(rows) // 2
    for number, part in enumerate((rows[:half], rows[half:]), 1):
        files[f"private/costs/{number}.csv"] = table(columns, [[row[name] for name in columns] for row in part])
    by_file: dict[str, list[list[str]]] = {}
    for period, who, day, account, amount in changes:
        by_file.setdefault(f"{period}-{who}", []).append([day, account, amount, "x"])
    for name, part in by_file.items():
        files[f"private/costs/efc/{name}.csv"] = table(["date", "account", "amount", "reason"], sorted(part))
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), files)
        production = folders.read(root, counted.parts(root)).production
        for number in ("1", "2", "3"):
            made = costs(production, production.periods[number])
            theirs = cost_report(root, number)
            sign = 1 if variance == "budget_minus_efc" else -1
            for row in made.accounts():
                budget = Decimal(budgets[ACCOUNTS.index(row.coding.number)])
                expected = theirs.row(row.coding.number, budget)
                expected |= {key: sign * expected[key] for key in ("variance", "change")}
                assert {key: getattr(row.position, key).value for key in expected} == expected
            adds_up(made)


def adds_up(made: Costs) -> None:
    """Every total is the sum of its parts, in each column."""
    levels = [level.position for level in made.levels]
    total_is_sum(made.total, [*levels, *(row.position for row in made.charges)])
    for level in made.levels:
        total_is_sum(level.position, [category.position for category in level.categories])
        for category in level.categories:
            total_is_sum(category.position, [row.position for row in category.accounts])


def total_is_sum(total: Position, parts: list[Position]) -> None:
    for column in Position.__annotations__:
        figures: list[Figure[Decimal]] = [getattr(part, column) for part in parts]
        assert getattr(total, column).value == sum((figure.value for figure in figures), Decimal(0))
