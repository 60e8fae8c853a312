"""A budget as a spreadsheet that works: change a rate, an amount, a global, a fringe or a charge, and the totals follow.

Sheets: the top sheet; the budget line by line; the fringes, one row for each fringe on each line,
with ceilings shared by one person's lines in the order of the budget; the credits; the rates of
fringes and currencies; the globals with the counts of the schedule as values. What may be changed
is blue. Every formula has its value beside it, so the figures are pmkit's until something changes.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from pmkit.model.budget import Budget
from pmkit.model.production import Production
from pmkit.render import json
from pmkit.render.budget_cells import PLAIN, Cells, cell, formula, text
from pmkit.render.budget_credits import Credits
from pmkit.render.budget_fringes import FringeSheet, Rates
from pmkit.render.budget_lines import LineSheet
from pmkit.render.budget_top import TopPage
from pmkit.render.cell_formula import COUNT, FUNCTIONS, PREFIX, plain_number, translated
from pmkit.render.filters import Formats
from pmkit.render.workbook import Workbook, kept
from pmkit.reports.topsheet import TopSheet
from pmkit.rollup.counts import schedule_count
from pmkit.rollup.formula import Formulas
from pmkit.rollup.totals import BudgetTotals

PAPERS = {"letter": 1, "tabloid": 3, "legal": 5, "a4": 9}
SHEETS = ("Top sheet", "Budget", "Fringes", "Credits", "Rates", "Globals")


def xlsx(production: Production, totals: BudgetTotals, top: TopSheet, formats: Formats) -> Workbook:
    """The workbook of a production's budget; the same budget gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": kept(f"{top.title}: budget"), "created": datetime(2000, 1, 1)})
    cells = Cells(book, formats.whole)
    budget = production.budget or Budget()
    wanted = [name for name in SHEETS if name != "Credits" or totals.credits]
    pages = {name: book.add_worksheet(name) for name in wanted}
    said: list[str] = []
    globals_ = _Globals(production, budget, cells, said)
    globals_.write(pages["Globals"])
    rates = Rates(production, budget, totals, cells)
    rates.write(pages["Rates"])
    lines = LineSheet(budget, totals, cells, rates, globals_.formula)
    fringes = FringeSheet(production, budget, totals, cells, rates, lines)
    lines.write(pages["Budget"], fringes)
    fringes.write(pages["Fringes"])
    page = TopPage(production, totals, top, cells, lines, globals_.formula)
    if totals.credits:
        Credits(production, totals, cells, globals_.formula).write(pages["Credits"])
    page.write(pages["Top sheet"])
    _about(book, top, said)
    cells.write_sums()
    for name, sheet in pages.items():
        sheet.set_paper(PAPERS[formats.paper])
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L" + kept(f"{top.title} · {name}").replace("&", "&&")[:120] + "&RPage &P of &N")
        if name in ("Budget", "Fringes", "Rates"):
            sheet.set_landscape()
    book.close()
    return Workbook(out.getvalue(), tuple(said))


class _Globals:
    """The sheet of globals and of the schedule's counts, and what turns a typed formula into one of cells."""

    def __init__(self, production: Production, budget: Budget, cells: Cells, said: list[str]) -> None:
        self.budget = budget
        self.cells = cells
        self.said = said
        self.count = schedule_count(production)
        self.formulas = Formulas(budget.globals, self.count)
        self.counts: dict[tuple[str, str, str], tuple[int, str, Decimal]] = {}
        self.first = len(budget.globals) + 4
        for typed in self._typed():
            self._look_for_counts(typed)

    def formula(self, typed: str) -> str | None:
        """A typed formula over cells; None where it has no such form."""
        return translated(typed, self._cell)

    def write(self, page: Any) -> None:
        """Globals by name with their formulas, then the counts."""
        cells, head = self.cells, self.cells.look(bold=True, bottom=1)
        for column, (words, width) in enumerate((("Global", 24), ("Value", 14), ("As typed", 40))):
            text(page, 0, column, words, head)
            page.set_column(column, column, width)
        for row, (name, typed) in enumerate(self.budget.globals.items(), start=1):
            text(page, row, 0, name, cells.look())
            text(page, row, 2, typed, cells.look())
            if name in self.formulas.wrong:
                text(page, row, 1, "no value", cells.look())
                continue
            value = self.formulas[name].value
            self.number(page, row, 1, typed, value, PLAIN)
            self.cells.book.define_name(f"{PREFIX}{name}", f"={cell(row, 1, 'Globals')}")
        text(page, self.first - 2, 0, "Counted from the schedule: values, which do not follow it here", head)
        for row, words, value in self.counts.values():
            text(page, row, 0, words, cells.look())
            page.write_number(row, 1, float(value), cells.input(PLAIN))
        page.freeze_panes(1, 0)

    def number(self, page: Any, row: int, column: int, typed: str, value: Decimal, form: str) -> None:
        """A typed figure: a number that may be changed, or a formula over cells."""
        made = self.formula(typed)
        if made is None or plain_number(typed) is not None:
            page.write_number(row, column, float(value), self.cells.input(form))
        else:
            formula(page, row, column, made, value, self.cells.look(form))

    def _typed(self) -> list[str]:
        typed = list(self.budget.globals.values())
        for account in self.budget.accounts.values():
            typed += [said for line in account.lines for said in (line.amount, line.x, line.rate)]
        typed += [said for charge in self.budget.charges for said in (charge.flat, charge.exclude_amount)]
        return typed + [row.flat for credit in self.budget.credits for row in credit.parts()]

    def _look_for_counts(self, typed: str) -> None:
        for found in COUNT.finditer(typed):
            key = (found[1], found[2].strip(), found[3] or "")
            if found[1] in FUNCTIONS or key in self.counts:
                continue
            value = self.count(*key)
            if isinstance(value, Decimal):
                self.counts[key] = (self.first + len(self.counts), found[0], value)

    def _cell(self, function: str, argument: str, attribute: str) -> str | None:
        found = self.counts.get((function, argument, attribute))
        return cell(found[0], 1, "Globals") if found is not None else None


def _about(book: Any, top: TopSheet, said: list[str]) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    locked = f"Budget locked {top.locked}" if top.locked else "Budget not locked"
    lines = (
        top.title,
        top.company,
        locked,
        f"All figures in {top.currency}",
        json.issued_line(top),
        "What is blue may be changed, and the totals follow; black is worked out.",
        "Counts of the schedule (sheet Globals) are values as they stood when this was written.",
        *top.notes,
        *said,
    )
    for row, words in enumerate(line for line in lines if line):
        text(sheet, row, 0, words)
