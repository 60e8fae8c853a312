"""The sheets of fringes: their rates, and one row for each fringe on each line, with floors and ceilings as formulas.

A row's base is the line and the fringes it is also on; `before` is what the same person had of
that fringe on the rows above, so that one ceiling is shared in the order of the budget.
"""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from typing import Any

from pmkit.model.budget import Budget, Fringe
from pmkit.model.fringe import CHEQUES
from pmkit.model.production import Production
from pmkit.render.budget_cells import PERCENT, PLAIN, Cells, cell, formula, rounded, text
from pmkit.render.budget_lines import LineSheet
from pmkit.rollup.budget import one_person
from pmkit.rollup.fringes import EPISODE, NOWHERE, LineFringe, hours_of, one
from pmkit.rollup.totals import BudgetTotals, LineTotal

NAME, RATES = "Fringes", "Rates"
KEY, TITLE, RATE, FLAT, BASIS, FLOOR, CEILING, PER, ON = range(9)
HEADS = (
    ("Acct", 9), ("Line", 40), ("Fringe", 14), ("Posted to", 10), ("Person", 18), ("Shared", 8), ("Sum", 8),
    ("Units", 10), ("Base", 14), ("Before", 14), ("Bears it", 14), ("Amount", 14),
)  # fmt: skip
ACCT, LINE, FRINGE, POSTED, PERSON, SHARED, SUM, UNITS, BASE, BEFORE, COUNTED, AMOUNT = range(12)


class Rates:
    """The sheet of fringe rates and currencies, and which fringes are posted to which account."""

    def __init__(self, production: Production, budget: Budget, totals: BudgetTotals, cells: Cells) -> None:
        self.production = production
        self.budget = budget
        self.cells = cells
        self.fringes = {key: row for row, key in enumerate(budget.fringes, start=1)}
        self.first = len(budget.fringes) + 4
        codes = dict.fromkeys([*budget.currencies, *self._foreign(totals)])
        self.currencies = {code: self.first + row for row, code in enumerate(codes)}
        self.posted: dict[str, list[str]] = {}
        for account in totals.accounts():
            for line in account.lines:
                for due in line.fringes:
                    keys = self.posted.setdefault(due.posted or line.account, [])
                    if due.fringe.key not in keys:
                        keys.append(due.fringe.key)

    def _foreign(self, totals: BudgetTotals) -> list[str]:
        own = ("", self.production.settings.currency)
        return [line.line.currency for a in totals.accounts() for line in a.lines if line.line.currency not in own]

    def name(self, key: str) -> str:
        """A fringe's name with its rate, as it was when this was written."""
        return self.budget.fringes[key].name or key

    def of(self, key: str, column: int) -> str:
        """The cell of a fringe's rate, flat sum, floor or ceiling."""
        return cell(self.fringes[key], column, RATES)

    def exchange(self, currency: str) -> tuple[str, Decimal] | None:
        """The cell of a currency's rate with its value; None for the production's own."""
        if currency in ("", self.production.settings.currency) or currency not in self.currencies:
            return None
        return cell(self.currencies[currency], RATE, RATES), self.budget.currencies.get(currency, Decimal(0))

    def write(self, page: Any) -> None:
        """Fringes, then currencies."""
        cells, head = self.cells, self.cells.look(bold=True, bottom=1, text_wrap=True)
        heads = (("Fringe", 14), ("Name", 32), ("Percent", 10), ("Flat sum", 12), ("for each", 10), ("Floor", 13),
                 ("Ceiling", 13), ("a", 10), ("On", 30))  # fmt: skip
        for column, (words, width) in enumerate(heads):
            text(page, 0, column, words, head)
            page.set_column(column, column, width)
        for key, row in self.fringes.items():
            fringe = self.budget.fringes[key]
            flat = fringe.flat
            text(page, row, KEY, key, cells.look())
            text(page, row, TITLE, fringe.name, cells.look())
            text(page, row, BASIS, f"{flat.basis} {flat.currency}".strip() if flat is not None else "", cells.look())
            limited = fringe.floor is not None or fringe.ceiling is not None
            text(page, row, PER, (fringe.per or "person") if limited else "", cells.look())
            text(page, row, ON, ", ".join(fringe.on), cells.look())
            for column, value, form in (
                (RATE, fringe.rate, PERCENT),
                (FLAT, flat.amount if flat is not None else None, PLAIN),
                (FLOOR, fringe.floor, cells.money),
                (CEILING, fringe.ceiling, cells.money),
            ):
                if value is not None:
                    page.write_number(row, column, float(value), cells.input(form))
        if self.currencies:
            own = self.production.settings.currency
            text(page, self.first - 2, KEY, "Currency", head)
            text(page, self.first - 2, TITLE, f"{own} for one of it", head)
        for code, row in self.currencies.items():
            text(page, row, KEY, code, cells.look())
            page.write_number(row, RATE, float(self.budget.currencies.get(code, 0)), cells.input(PLAIN))
        page.freeze_panes(1, 0)


class FringeSheet:
    """One row for each fringe on each line, in the order in which ceilings fill."""

    def __init__(
        self,
        production: Production,
        budget: Budget,
        totals: BudgetTotals,
        cells: Cells,
        rates: Rates,
        lines: LineSheet,
    ) -> None:
        self.person = one_person(production)
        self.budget = budget
        self.cells = cells
        self.rates = rates
        self.lines = lines
        self.by_line = budget.rounding == "line"
        found = {account.coding.number: account for account in totals.accounts()}
        # ceilings fill in the order typed, which is not always the order printed
        self.dues: list[tuple[LineTotal, LineFringe]] = [
            (line, due)
            for number in budget.accounts
            if number in found
            for line in found[number].lines
            for due in line.fringes
        ]
        self.sums: dict[tuple[str, str], int] = {}
        self.values: dict[tuple[str, str], Decimal] = {}
        self.shared: dict[tuple[str, ...], int] = {}
        self.first_of: set[int] = set()
        self._before: dict[int, Decimal] = {}
        for row, (line, due) in enumerate(self.dues, start=1):
            cells.put(due.amount, NAME, row, AMOUNT)
            key = (due.posted or line.account, due.fringe.key)
            self.sums.setdefault(key, len(self.sums) + 1)
            self.values[key] = self.values.get(key, Decimal(0)) + due.amount.value

    def posted_sum(self, account: str, key: str) -> tuple[Decimal, str]:
        """What one fringe comes to in the account it is posted to: its value, and the formula that adds it up."""
        last = len(self.dues)
        numbers, amounts = (f"{cell(1, c, NAME)}:{cell(last, c)}" for c in (SUM, AMOUNT))
        number = self.sums[account, key]
        return self.values[account, key], f"SUMIF({numbers},{number},{amounts})"

    def write(self, page: Any) -> None:
        """The rows."""
        head = self.cells.look(bold=True, bottom=1, text_wrap=True)
        for column, (words, width) in enumerate(HEADS):
            text(page, 0, column, words, head)
            page.set_column(column, column, width)
        for row, (line, due) in enumerate(self.dues, start=1):
            self._row(page, row, line, due)
        for column in (SHARED, SUM):
            page.set_column(column, column, 8, None, {"hidden": True})
        page.freeze_panes(1, 0)
        page.repeat_rows(0)

    def _row(self, page: Any, row: int, line: LineTotal, due: LineFringe) -> None:
        cells, fringe = self.cells, due.fringe
        posted = due.posted or line.account
        for column, words in (
            (ACCT, line.account), (LINE, line.line.what), (FRINGE, fringe.key), (POSTED, posted),
            (PERSON, line.line.person or line.line.range),
        ):  # fmt: skip
            text(page, row, column, words, cells.look())
        page.write_number(row, SUM, self.sums[posted, fringe.key], cells.look("0"))
        if due.base is NOWHERE:
            page.write_number(row, AMOUNT, 0, cells.look(cells.money))
            return
        formula(page, row, BASE, cells.of(due.base), due.base.value, cells.look(cells.money))
        formula(page, row, COUNTED, *self._counted(page, row, line, due), cells.look(cells.money))
        made = []
        if fringe.rate is not None:
            made.append(f"{self.rates.of(fringe.key, RATE)}*{cell(row, COUNTED)}")
        if fringe.flat is not None:
            units = self._units(line, fringe.flat.basis)
            # its value is told by the cell itself: a flat sum divided by what one unit costs would round
            page.write_formula(row, UNITS, f"={units}", cells.look(PLAIN), float(self._value(line, fringe.flat.basis)))
            flat = f"{cell(row, UNITS)}*{self.rates.of(fringe.key, FLAT)}"
            exchange = self.rates.exchange(fringe.flat.currency)
            flat += f"*{exchange[0]}" if exchange is not None else ""
            base, counted = cell(row, BASE), cell(row, COUNTED)
            limited = fringe.floor is not None or fringe.ceiling is not None
            made.append(f"{flat}*IF({counted}={base},1,{counted}/{base})" if limited else flat)
        amount = rounded("+".join(made) or "0", self.by_line)
        formula(page, row, AMOUNT, amount, due.amount.value, cells.look(cells.money))

    def _counted(self, page: Any, row: int, line: LineTotal, due: LineFringe) -> tuple[str, Decimal]:
        """What of the base lies between floor and ceiling."""
        fringe, base = due.fringe, cell(row, BASE)
        if fringe.floor is None and fringe.ceiling is None:
            return base, due.counted
        times = ""
        before = "0"
        if fringe.per:
            units = self._units(line, fringe.per)
            alone = line.times if fringe.per == EPISODE else 1
            times = f"*IF({units}=0,{alone},{units})"
        elif line.line.person or line.line.range:
            who = (self.person(line.line.person),) if line.line.person else (line.account, line.line.range)
            number = self.shared.setdefault((fringe.key, *who), len(self.shared) + 1)
            page.write_number(row, SHARED, number, self.cells.look("0"))
            if number in self.first_of:
                above = f"{cell(1, SHARED)}:{cell(row - 1, SHARED)}", f"{cell(1, BASE)}:{cell(row - 1, BASE)}"
                made = f"SUMIF({above[0]},{cell(row, SHARED)},{above[1]})"
                value = self._before.get(number, Decimal(0))
                formula(page, row, BEFORE, made, value, self.cells.look(self.cells.money))
                before = cell(row, BEFORE)
            self.first_of.add(number)
            self._before[number] = self._before.get(number, Decimal(0)) + due.base.value
        after = self._between(f"{before}+{base}" if before != "0" else base, fringe, times)
        return f"{after}-{self._between(before, fringe, times)}", due.counted

    def _between(self, wages: str, fringe: Fringe, times: str) -> str:
        low = f"{self.rates.of(fringe.key, FLOOR)}{times}" if fringe.floor is not None else ""
        high = f"{self.rates.of(fringe.key, CEILING)}{times}" if fringe.ceiling is not None else ""
        above = f"MAX({wages},{low})-{low}" if low else wages
        limit = f"{high}-{low}" if low else high
        return f"MIN({above},{limit})" if high else f"({above})"

    def _units(self, line: LineTotal, basis: str) -> str:
        """How many units of a basis a line has, as `rollup/fringes` counts them."""
        quantity, unit = f"({self.lines.quantity(line)})", line.line.unit
        if basis == "flat":
            return f"IF({quantity}=0,0,1)"
        if one(unit) == one(basis):
            return quantity
        if basis in CHEQUES:
            weeks = self._units(line, "week")
            return f"IF({weeks}=0,IF({quantity}=0,0,1),ROUNDUP({weeks},0))"
        hours, each = hours_of(unit, self.budget.units), hours_of(basis, self.budget.units)
        return f"({quantity}*{hours:f}/{each:f})" if hours and each else "0"

    def _value(self, line: LineTotal, basis: str) -> Decimal:
        quantity, unit = line.quantity, line.line.unit
        if basis == "flat":
            return Decimal(bool(quantity))
        if one(unit) == one(basis):
            return quantity
        if basis in CHEQUES:
            weeks = self._value(line, "week")
            return weeks.to_integral_value(ROUND_UP) if weeks else Decimal(bool(quantity))
        hours, each = hours_of(unit, self.budget.units), hours_of(basis, self.budget.units)
        return quantity * hours / each if hours and each else Decimal(0)
