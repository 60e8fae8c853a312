"""The sheet of a budget's lines: amount × X × rate × exchange as formulas, sub-totals, accounts, categories, levels."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmkit.model.budget import Budget
from pmkit.render.budget_cells import PLAIN, Cells, cell, formula, rounded, summed, text
from pmkit.render.cell_formula import plain_number
from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import AccountTotal, BudgetTotals, ChargeTotal, LineTotal, SubtotalRow

if TYPE_CHECKING:
    from pmkit.render.budget_fringes import FringeSheet, Rates

NAME = "Budget"
HEADS = (
    ("Acct", 9), ("Description", 44), ("Amount", 11), ("Unit", 9), ("X", 8), ("Episodes", 8), ("Cur", 6),
    ("Exchange", 9), ("Rate", 12), ("Total", 15), ("Fringes", 13), ("Groups", 18), ("Person", 16), ("Note", 28),
)  # fmt: skip
ACCT, WHAT, AMOUNT, UNIT, X, TIMES, CUR, EXCHANGE, RATE, TOTAL, FRINGES, GROUPS, PERSON, NOTE = range(14)
FIGURES = (AMOUNT, X, TIMES, EXCHANGE, RATE, TOTAL, FRINGES)
Formula = Callable[[str], str | None]


class LineSheet:
    """Where every line, account, category and level has its row, and how it is written."""

    def __init__(self, budget: Budget, totals: BudgetTotals, cells: Cells, rates: Rates, formula_: Formula) -> None:
        self.budget = budget
        self.totals = totals
        self.cells = cells
        self.rates = rates
        self.typed = formula_
        self.by_line = budget.rounding == "line"
        self.rows: dict[int, int] = {}
        self.posted: dict[str, list[str]] = rates.posted
        self.charges: dict[int, ChargeTotal] = {}
        self._plan()

    def quantity(self, line: LineTotal) -> str:
        """A line's amount times its multipliers, as formulas on other sheets say it."""
        row = self.rows[id(line)]
        parts = "*".join(cell(row, column, NAME) for column in (AMOUNT, X, TIMES))
        return f"{parts}/100" if line.line.unit.strip() == "%" else parts

    def _plan(self) -> None:
        row = 1
        for level in self.totals.levels:
            self.rows[id(level)], row = row, row + 1
            for category in level.categories:
                self.rows[id(category)], row = row, row + 1
                for account in category.accounts:
                    self.rows[id(account)], row = row, row + 1
                    for found in (*(account.rows or account.lines), *account.charges):
                        self.rows[id(found)] = row
                        if isinstance(found, LineTotal):
                            self.cells.put(found.subtotal, NAME, row, TOTAL)
                        elif isinstance(found, ChargeTotal):
                            self.cells.put(found.total, NAME, row, TOTAL)
                        row += 1
                    row += len(self.posted.get(account.coding.number, ()))
                    self.cells.put(account.total, NAME, row, TOTAL)
                    row += 2
                self.cells.put(category.total, NAME, row, TOTAL)
                row += 2
            self.cells.put(level.total, NAME, row, TOTAL)
            row += 2
        self.last = row

    def write(self, page: Any, fringes: FringeSheet) -> None:
        """All rows, in the order of the budget."""
        head = self.cells.look(bold=True, bottom=1, text_wrap=True)
        right = self.cells.look(bold=True, bottom=1, text_wrap=True, align="right")
        after = self.cells.look(bold=True, bottom=1, indent=1)  # text beside figures
        for column, (words, width) in enumerate(HEADS):
            look = right if column in FIGURES else after if column - 1 in FIGURES else head
            text(page, 0, column, words, look)
            page.set_column(column, column, width)
        lines = [line for account in self.totals.accounts() for line in account.lines]
        for column, used in (
            (X, any(line.line.x != "1" for line in lines)),
            (TIMES, any(line.times != 1 for line in lines)),
            (EXCHANGE, any(line.line.currency for line in lines)),
        ):
            if not used:
                page.set_column(column, column, HEADS[column][1], None, {"hidden": True})
        for level in self.totals.levels:
            text(page, self.rows[id(level)], ACCT, level.name.upper(), self.cells.look(bold=True, font_size=13))
            totals = []
            for category in level.categories:
                words = f"{category.number} {category.name}".strip()
                text(page, self.rows[id(category)], ACCT, words, self.cells.look(bold=True, font_size=12))
                accounts = [self._account(page, account, fringes) for account in category.accounts]
                totals.append(self._total(page, f"TOTAL {category.name.upper()}", category.total, accounts, top=1))
            self._total(page, f"TOTAL {level.name.upper()}", level.total, totals, top=2, bottom=2)
        page.freeze_panes(1, 2)
        page.repeat_rows(0)

    def _account(self, page: Any, account: AccountTotal, fringes: FringeSheet) -> str:
        cells, at = self.cells, self.rows[id(account)]
        text(page, at, ACCT, account.coding.number, cells.look(bold=True))
        text(page, at, WHAT, account.coding.name, cells.look(bold=True))
        parts: list[str] = []
        since: list[str] = []
        row = at + 1
        for found in account.rows or account.lines:
            row = self.rows[id(found)]
            if isinstance(found, SubtotalRow):
                text(page, row, WHAT, found.name, cells.look(italic=True, bold=True))
                formula(page, row, TOTAL, summed(since), found.total.value, cells.look(cells.money, bold=True, top=1))
                since = []
            else:
                self._line(page, row, found, fringes)
                since.append(cell(row, TOTAL))
                parts.append(cell(row, TOTAL))
            row += 1
        for charge in account.charges:
            self._charge(page, self.rows[id(charge)], charge)
            parts.append(cell(self.rows[id(charge)], TOTAL))
            row = self.rows[id(charge)] + 1
        for key in self.posted.get(account.coding.number, ()):
            value, made = fringes.posted_sum(account.coding.number, key)
            text(page, row, WHAT, f"    {self.rates.name(key)}", cells.look(font_color="#525252"))
            formula(page, row, TOTAL, made, value, cells.look(cells.money))
            parts.append(cell(row, TOTAL))
            row += 1
        words = f"Total {account.coding.number} {account.coding.name}".strip()
        return self._total(page, words, account.total, _runs(parts))

    def _line(self, page: Any, row: int, found: LineTotal, fringes: FringeSheet) -> None:
        line, cells = found.line, self.cells
        figures = [part for part in found.subtotal.of if isinstance(part, Figure)]
        text(page, row, ACCT, found.account, cells.look(font_color="#525252"))
        text(page, row, WHAT, line.what, cells.look(text_wrap=True))
        self._typed(page, row, AMOUNT, line.amount, figures[0].value)
        self._typed(page, row, X, line.x, figures[2].value if len(figures) > 2 else Decimal(1))
        self._typed(page, row, RATE, line.rate, found.rate)
        page.write_number(row, TIMES, found.times, cells.input(PLAIN))
        text(page, row, UNIT, line.unit, cells.look(indent=1))
        text(page, row, CUR, line.currency, cells.look(indent=1))
        exchange = self.rates.exchange(line.currency)
        if exchange is None:
            page.write_number(row, EXCHANGE, 1, cells.look(PLAIN))
        else:
            formula(page, row, EXCHANGE, exchange[0], exchange[1], cells.look(PLAIN))
        made = "*".join(cell(row, column) for column in (AMOUNT, X, TIMES, RATE, EXCHANGE))
        made = f"{made}/100" if line.unit.strip() == "%" else made
        formula(page, row, TOTAL, rounded(made, self.by_line), found.subtotal.value, cells.look(cells.money))
        due = [cells.of(fringe.amount) for fringe in found.fringes]
        if due:
            value = sum((fringe.amount.value for fringe in found.fringes), Decimal(0))
            formula(page, row, FRINGES, summed(due), value, cells.look(cells.money, font_color="#525252"))
        text(page, row, GROUPS, ", ".join(found.groups), cells.look(indent=1))
        text(page, row, PERSON, line.person, cells.look())
        text(page, row, NOTE, line.note, cells.look(text_wrap=True))

    def _typed(self, page: Any, row: int, column: int, typed: str, value: Decimal) -> None:
        made = self.typed(typed)
        if made is None or plain_number(typed) is not None:
            page.write_number(row, column, float(value), self.cells.input(PLAIN))
        else:
            formula(page, row, column, made, value, self.cells.look(PLAIN))

    def _charge(self, page: Any, row: int, charge: ChargeTotal) -> None:
        cells = self.cells
        text(page, row, WHAT, charge.charge.name, cells.look())
        made = charged(self, page, row, charge, RATE)
        formula(page, row, TOTAL, rounded(made, self.by_line), charge.total.value, cells.look(cells.money))

    def _total(self, page: Any, words: str, figure: Figure[Decimal], parts: list[str], **look: Any) -> str:
        place = self.cells.of(figure)
        row = int(place.rpartition("$")[2]) - 1
        shaded = self.cells.look(bold=True, bg_color="#EDEDED", **look)
        text(page, row, WHAT, words, shaded)
        for column in range(AMOUNT, TOTAL):
            page.write_blank(row, column, None, shaded)
        form = self.cells.look(self.cells.money, bold=True, bg_color="#EDEDED", **look)
        formula(page, row, TOTAL, summed(parts), figure.value, form)
        return cell(row, TOTAL)


def charged(sheet: Any, page: Any, row: int, charge: ChargeTotal, column: int) -> str:
    """A charge as a formula: its rate, written beside it to be changed, of the cells of its base; then its flat sum."""
    cells, typed = sheet.cells, charge.charge
    parts = []
    if typed.rate is not None:
        page.write_number(row, column, float(typed.rate), cells.input("0.0###%"))
        base = cells.of(charge.base)
        if typed.exclude_amount and (out := sheet.typed(typed.exclude_amount)) is not None:
            inner = [part for part in charge.base.of if isinstance(part, Figure)][:-1]
            base = f"({cells.sum_of([(cells.of(part), part.value) for part in inner])}-({out}))"
        parts.append(f"{cell(row, column)}*{base}")
    if typed.flat:
        flat = sheet.typed(typed.flat)
        worth = [part.value for part in charge.total.of if isinstance(part, Figure)][-1]
        parts.append(f"({flat})" if flat is not None else f"({worth:f})")
    if charge.of_fringes:  # posted to the budget: a row among the charges
        return str(cells.sum_of([(cells.of(part), part.value) for part in charge.total.of if isinstance(part, Figure)]))
    return "+".join(parts) or "0"


def _runs(cells: list[str]) -> list[str]:
    """Cells of one column, those that follow one another as a range."""
    runs: list[list[int]] = []
    column = cells[0].rpartition("$")[0] if cells else ""
    for row in (int(found.rpartition("$")[2]) for found in cells):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [f"{column}${a}:{column}${b}" if a != b else f"{column}${a}" for a, b in runs]
