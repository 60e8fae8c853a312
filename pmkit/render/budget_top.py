"""The top sheet of a budget's workbook: categories, levels, the chart's sums, charges, credits and net, all of cells."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pmkit.model.production import Production
from pmkit.render.budget_cells import Cells, cell, formula, rounded, summed, text
from pmkit.render.budget_lines import LineSheet, charged
from pmkit.reports import topsheet
from pmkit.reports.topsheet import TopSheet
from pmkit.rollup.totals import BudgetTotals

NAME = "Top sheet"
ACCT, WHAT, DETAIL, RATE, TOTAL = range(5)


class TopPage:
    """The rows of the top sheet. `typed` turns a typed formula into one of cells."""

    def __init__(
        self,
        production: Production,
        totals: BudgetTotals,
        top: TopSheet,
        cells: Cells,
        lines: LineSheet,
        typed: Callable[[str], str | None],
    ) -> None:
        self.production = production
        self.totals = totals
        self.top = top
        self.cells = cells
        self.typed = typed
        self.by_line = lines.by_line
        self.charge_rows: list[int] = []
        self._plan()

    def _plan(self) -> None:
        row = 4 + sum(len(level.categories) + 3 for level in self.totals.levels)
        row += len(list(topsheet.sums(self.totals, self.production.chart))) + 1
        for charge in self.totals.charges:
            self.charge_rows.append(row)
            self.cells.put(charge.total, NAME, row, TOTAL)
            row += 1
        self.total_row = row + 1
        self.cells.put(self.totals.total, NAME, self.total_row, TOTAL)

    def write(self, page: Any) -> None:
        """The head, then the rows in the order of the paper."""
        cells, top = self.cells, self.top
        for column, width in ((ACCT, 9), (WHAT, 46), (DETAIL, 44), (RATE, 10), (TOTAL, 18)):
            page.set_column(column, column, width)
        text(page, 0, ACCT, top.title, cells.look(bold=True, font_size=16))
        locked = f"budget locked {top.locked}" if top.locked else "budget not locked"
        words = " · ".join(word for word in (top.name, top.company, locked, f"all figures {top.currency}") if word)
        text(page, 1, ACCT, words, cells.look())
        for column, words in enumerate(("Acct", "Category", "", "Rate", "Total")):
            side = {"align": "right"} if column in (RATE, TOTAL) else {}
            text(page, 2, column, words, cells.look(bold=True, bottom=1, **side))
        row, levels = 3, {}
        printed = list(topsheet.sums(self.totals, self.production.chart))
        for level in self.totals.levels:
            text(page, row, ACCT, level.name.upper(), cells.look(bold=True))
            first = row + 1
            for at, category in enumerate(level.categories, start=first):
                text(page, at, ACCT, category.number, cells.look())
                text(page, at, WHAT, category.name, cells.look())
                self._sum(page, at, cells.of(category.total), category.total.value)
            row = first + len(level.categories)
            words = f"Total {topsheet.lower(level.name)}"
            levels[level.level] = cell(row, TOTAL)
            self._sum(page, row, f"SUM({cell(first, TOTAL)}:{cell(row - 1, TOTAL)})", level.total.value, words)
            row += 1
            for under, words, inside, value in printed:
                if under == level.level:
                    self._sum(page, row, summed([levels[word] for word in inside]), value, words)
                    row += 1
            row += 1
        self._charges(page)
        before = summed(list(levels.values()))
        cells_of = [cell(at, TOTAL) for at in self.charge_rows]
        self._sum(
            page, self.total_row, summed([before, *cells_of]), self.totals.total.value, "GRAND TOTAL", top=2, bottom=2
        )
        self._credits(page, self.total_row + 3)
        page.freeze_panes(3, 0)
        page.repeat_rows(2)

    def _charges(self, page: Any) -> None:
        names = topsheet.Names(self.production)
        if self.charge_rows:
            text(page, self.charge_rows[0] - 1, ACCT, "CHARGES", self.cells.look(bold=True))
        for row, charge in zip(self.charge_rows, self.totals.charges, strict=True):
            text(page, row, ACCT, charge.charge.account, self.cells.look())
            text(page, row, WHAT, charge.charge.name, self.cells.look())
            text(page, row, DETAIL, names.detail(charge.charge), self.cells.look(font_color="#525252", text_wrap=True))
            made = charged(self, page, row, charge, RATE)
            self._sum(page, row, rounded(made, self.by_line), charge.total.value)

    def _credits(self, page: Any, row: int) -> None:
        applied = self.totals.applied()
        if not applied:
            return
        less = []
        text(page, row - 1, ACCT, "CREDITS APPLIED", self.cells.look(bold=True))
        for credit in applied:
            text(page, row, WHAT, f"Less {credit.credit.name}", self.cells.look())
            self._sum(page, row, f"-{self.cells.of(credit.total)}", -credit.total.value)
            less.append(cell(row, TOTAL))
            row += 1
        made = summed([cell(self.total_row, TOTAL), *less])
        self._sum(page, row, made, self.totals.net.value, "NET TOTAL", top=2, bottom=2)

    def _sum(self, page: Any, row: int, made: str, value: Decimal, words: str = "", **look: Any) -> None:
        more: dict[str, Any] = {"bold": True, **look} if words else {}
        if words:
            more = {**more, "bg_color": "#EDEDED"}
            text(page, row, WHAT, words, self.cells.look(**more))
            for column in (ACCT, DETAIL, RATE):
                page.write_blank(row, column, None, self.cells.look(**more))
        formula(page, row, TOTAL, made, value, self.cells.look(self.cells.money, **more))
