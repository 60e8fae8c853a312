"""Workbooks of budgets at random: worked out anew they come to our figures, and follow whatever is changed in them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from openpyxl import load_workbook

from pmkit.model.production import Production, Settings
from pmkit.render import budget_book, budget_fringes
from pmkit.render.filters import Formats
from pmkit.reports import topsheet
from pmkit.rollup import budget as budgets
from pmkit.rollup.totals import BudgetTotals
from tests.often import often
from tests.render.cells import Calculator
from tests.rollup.test_budget_at_random import BUDGET, CATEGORY, COUNTS, LEVEL, read

POSTING = st.sampled_from(["account", "category", "level", "budget"])
# A figure of a fringe or currency: its column in Rates, and what it becomes in the budget and in the cell.
RATES = {
    "rate": ("ni", "C", "21%", 0.21),
    "ceiling": ("fica", "G", "300", 300.0),
    "flat": ("hw", "D", "9/hour", 9.0),
    "floor": ("ni", "F", "10", 10.0),
}


def placed(book: dict[str, Any], posting: str) -> dict[str, Any]:
    """A budget whose accounts have their levels, and whose lines each a name of their own."""
    book = {**copy.deepcopy(book), "posting": posting}
    for number, account in book["accounts"].items():
        account["level"] = LEVEL.get(number, "other")
        if number in CATEGORY:
            account["category"] = CATEGORY[number]
        for index, line in enumerate(line for line in account["lines"] if "subtotal" not in line):
            line["what"] = f"{number} {index}"
    return book


def person(key: str) -> str:
    return key.removesuffix("-2")


def worked_out(book: dict[str, Any]) -> BudgetTotals:
    return budgets.totals(read(book), None, "USD", lambda *asked: COUNTS[asked], person, pattern=3)


def workbook_of(book: dict[str, Any]) -> bytes:
    totals = worked_out(book)
    production = Production(settings=Settings(pmkit=1, title="T", currency="USD"), budget=read(book))
    with pytest.MonkeyPatch.context() as patched:  # the schedule and the crew that these budgets were made for
        patched.setattr(budget_book, "schedule_count", lambda _: lambda *asked: COUNTS[asked])
        patched.setattr(budget_fringes, "one_person", lambda _: person)
        found = budget_book.xlsx(production, totals, topsheet.report(production, totals), Formats())
    assert found.warnings == ()
    return found.content


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-5)


@settings(max_examples=often(80), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET, POSTING)
def test_any_budgets_workbook_comes_to_its_figures(book: dict[str, Any], posting: str) -> None:
    content = workbook_of(placed(book, posting))
    anew, stored = Calculator(content), load_workbook(BytesIO(content), data_only=True)
    for sheet, cell in anew.formulas():
        assert anew.value(sheet, cell) == near(stored[sheet][cell].value), (sheet, cell, anew.book[sheet][cell].value)


def changes(book: dict[str, Any], cells: Calculator) -> Iterator[tuple[dict[str, Any], str, str, str, float, str]]:
    """What may be changed: the record and its field, the cell and its new value, and that as it is typed."""

    def row(sheet: str, words: str, column: str = "A") -> int:
        return cells.row_of(sheet, words, column)

    for field, (key, column, typed, value) in RATES.items():
        yield book["fringes"][key], field, f"Rates!{column}{row('Rates', key)}", "Rates", value, typed
    yield book["currencies"], "CAD", f"Rates!C{row('Rates', 'CAD')}", "Rates", 3.0, "3"
    shown = {cell.value for cell in cells.book["Budget"]["B"]}
    for line in (
        line for account in book["accounts"].values() for line in account["lines"] if line.get("what", 0) in shown
    ):
        for field, column in (("rate", "I"), ("amount", "C")):
            cell = f"{column}{row('Budget', line['what'], 'B')}"
            if not str(cells.book["Budget"][cell].value).startswith("="):
                yield line, field, f"Budget!{cell}", "Budget", 777.77, "777.77"
    for charge in (charge for charge in book["charges"] if "rate" in charge):
        sheet, column = ("Budget", "I") if "inside" in charge else ("Top sheet", "D")
        yield charge, "rate", f"{sheet}!{column}{row(sheet, charge['name'], 'B')}", sheet, 0.33, "33%"
    for credit in book["credits"]:
        for field, column, words in (
            ("cap", "L", f"Total {credit['name']}"),
            ("minimum", "K", f"Total {credit['name']}"),
        ):
            if field in credit:
                yield credit, field, f"Credits!{column}{row('Credits', words)}", "Credits", 77.0, "77"
        if "rows" not in credit and "person_cap" in credit:
            yield credit, "person_cap", f"Credits!Q{row('Credits', credit['name'])}", "Credits", 55.0, "55"


@settings(max_examples=often(80), deadline=None, suppress_health_check=list(HealthCheck))
@given(BUDGET, POSTING, st.integers(0, 10**6))
def test_whatever_is_changed_in_it_the_totals_follow(book: dict[str, Any], posting: str, which: int) -> None:
    book = placed(book, posting)
    cells = Calculator(workbook_of(book))
    found = list(changes(book, cells))
    assume(found)
    record, field, cell, sheet, value, typed = found[which % len(found)]
    record[field] = typed
    cells.change(sheet, cell.rpartition("!")[2], value)
    totals = worked_out(book)
    for words, figure in (("GRAND TOTAL", totals.total), ("NET TOTAL", totals.net)):
        if words == "GRAND TOTAL" or totals.applied():
            assert cells.value("Top sheet", f"E{cells.row_of('Top sheet', words)}") == near(float(figure.value)), cell
