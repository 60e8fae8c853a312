"""The cash flow as a document: rows that add up, and the agreed copies of it."""

from __future__ import annotations

import os
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.reports import cashflow as reports
from pmkit.rollup.cashflow import CashFlow, cash_flow
from pmkit.rollup.costs import costs
from pmkit.rollup.periods import Periods
from tests.conftest import ROOT, SAMPLE

GOLDEN = Path(__file__).parent.parent / "golden" / "cashflow"
LEFT_OUT = {"from_", "number", "name", "kind"}


@pytest.fixture(scope="module")
def made(sample) -> reports.CashflowReport:
    production = sample.production
    now = costs(production, Periods(production.periods).all[7])
    flow = cash_flow(production, now)
    assert isinstance(flow, CashFlow)
    return reports.report(production, now, flow)


def test_every_row_and_column_adds_up(made) -> None:
    zero = Decimal(0)
    assert made.total.total == made.efc
    assert made.paid + made.ahead == made.efc
    for number, week in enumerate(made.weeks):
        parts = [line.weeks[number] for level in made.levels for line in level.categories]
        parts += [line.weeks[number] for line in made.charges]
        assert sum(parts, zero) == sum(week.levels, zero) == week.payments == made.total.weeks[number]
        assert week.closing == week.opening + week.drawdowns - week.payments
    for line in (*made.charges, *(c for level in made.levels for c in level.categories)):
        assert sum(line.weeks, zero) == line.total == line.paid + line.ahead


def test_short_weeks_are_named(made) -> None:
    assert [week.number for week in made.weeks if week.standing] == [28, 29, 30]
    assert made.lowest == min(week.closing for week in made.weeks)
    assert made.wanted == made.floor - made.lowest
    assert made.attention[0].startswith("The bank is short: 3 weeks end below 20,000.00, the first on 22 March 2026;")


@pytest.mark.parametrize("template", ["cashflow.html.j2", "cashflow.typ"])
def test_paper_and_screen_show_every_field(template: str) -> None:
    text = (ROOT / "templates" / template).read_text(encoding="utf-8")
    for record in (reports.CashflowReport, reports.WeekLine, reports.DrawdownLine):
        for column in fields(record):
            named = f".{column.name}" in text or f'"{column.name}"' in text
            assert named or column.name in LEFT_OUT | {"floor", "charged"}, f"{template} does not print {column.name}"


def test_the_tables_hold_the_same_money(made) -> None:
    weeks, categories = reports.by_week(made), reports.by_category(made)
    keys = [column.key for column in weeks.columns]
    assert weeks.rows[-1].cells[keys.index("payments")] == made.efc
    total = next(row for row in categories.rows if row.kind == "total")
    assert total.cells[-1] == made.efc
    assert [c.key for c in categories.columns][2:-1] == [week.to.isoformat() for week in made.weeks]


@pytest.mark.parametrize("name", ["cashflow.text", "cashflow.html", "cashflow.json", "cashflow.csv"])
def test_golden(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    form = name.partition(".")[2]
    assert cli.run(["-C", str(SAMPLE), "cashflow", "--period", "8", "--format", form, "-o", str(out)]) == 0
    found, agreed = out.read_text(encoding="utf-8"), GOLDEN / name
    found = found[found.find("<body") :] if form == "html" else found  # the stylesheet is everybody's
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.parent.mkdir(parents=True, exist_ok=True)
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), "look at the difference, then make golden"
