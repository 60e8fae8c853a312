"""The sheet of a budget's credits: what each is on, what of that qualifies, rate, cap and discount, as formulas.

Caps, minimum, percentages and discounts stand in cells that may be changed. What a credit is on is
the sum of the cells it was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from pmkit.model.credit import AtMost
from pmkit.model.production import Production
from pmkit.render.budget_cells import PERCENT, Cells, cell, formula, rounded, summed, text
from pmkit.rollup.credits import NOBODY
from pmkit.rollup.figure import Figure
from pmkit.rollup.pieces import pieces, summed as summed_up
from pmkit.rollup.totals import BudgetTotals, CreditRowTotal, CreditTotal

NAME = "Credits"
HEADS = (
    ("Credit", 34), ("", 30), ("Spend", 15), ("Spend cap", 14), ("Limit", 15), ("Less credits", 14), ("Qualifies", 15),
    ("Percent", 10), ("Flat sum", 12), ("Credit", 15), ("Minimum", 13), ("Cap", 13), ("Gross", 15), ("Discount", 10),
    ("Counts", 15), ("Applied", 9), ("Cap a person", 13), ("To that cap", 15),
    ("Limit, part of", 10),
)  # fmt: skip
(CREDIT, WHAT, SPEND, SPEND_CAP, LIMIT, LESS, QUALIFIED, RATE, FLAT, AMOUNT, MINIMUM, CAP, GROSS, DISCOUNT, TOTAL,
 APPLIED, PERSON_CAP, CAPPED, PART) = range(19)  # fmt: skip


class Credits:
    """The credits, each with its rows and its sum in the row below them."""

    def __init__(
        self, production: Production, totals: BudgetTotals, cells: Cells, typed: Callable[[str], str | None]
    ) -> None:
        self.totals = totals
        self.cells = cells
        self.typed = typed
        self.pieces = list(pieces(totals.levels))
        self.accounts = tuple(totals.accounts())
        self.by_line = production.budget is not None and production.budget.rounding == "line"
        self.rows: dict[int, int] = {}
        self.gross: dict[str, tuple[str, CreditTotal]] = {}
        row = 1
        for credit in totals.credits:
            for found in credit.rows:
                self.rows[id(found)], row = row, row + 1
            self.rows[id(credit)] = row
            self.gross[credit.credit.name.lower()] = (cell(row, GROSS), credit)
            cells.put(credit.total, NAME, row, TOTAL)
            row += 2

    def write(self, page: Any) -> None:
        """All credits, those that are not applied too."""
        head = self.cells.look(bold=True, bottom=1, text_wrap=True)
        for column, (words, width) in enumerate(HEADS):
            text(page, 0, column, words, head)
            page.set_column(column, column, width)
        for credit in self.totals.credits:
            for found in credit.rows:
                self._row(page, credit, found)
            self._sum(page, credit)
        page.freeze_panes(1, 1)

    def _row(self, page: Any, credit: CreditTotal, found: CreditRowTotal) -> None:
        cells, row, typed = self.cells, self.rows[id(found)], found.row
        money = cells.look(cells.money)
        text(page, row, CREDIT, credit.credit.name, cells.look())
        text(page, row, WHAT, typed.what or ", ".join(typed.on) or "all accounts", cells.look(text_wrap=True))
        formula(page, row, SPEND, cells.of(found.spend), found.spend.value, money)
        made = cell(row, SPEND)
        if typed.person_cap is not None:
            page.write_number(row, PERSON_CAP, float(typed.person_cap), cells.input(cells.money))
            capped = self._capped(found)
            formula(page, row, CAPPED, self._by_person(capped, cell(row, PERSON_CAP, NAME)), capped.value, money)
            made = cell(row, CAPPED)
        if typed.spend_cap is not None:
            page.write_number(row, SPEND_CAP, float(typed.spend_cap), cells.input(cells.money))
            made = f"MIN({made},{cell(row, SPEND_CAP)})"
        if typed.at_most is not None:
            page.write_number(row, PART, float(typed.at_most.rate), cells.input(PERCENT))
            formula(page, row, LIMIT, *self._limit(credit, typed.at_most, cell(row, PART)), money)
            made = f"MIN({made},MAX({cell(row, LIMIT)},0))"
        if less := self._others(credit, typed.less):
            value = sum((other.gross.value for _, other in less), Decimal(0))
            formula(page, row, LESS, summed([at for at, _ in less]), value, money)
            made = _less(made, less)
        formula(page, row, QUALIFIED, made, found.qualified.value, money)
        parts = []
        if typed.rate is not None:
            page.write_number(row, RATE, float(typed.rate), cells.input(PERCENT))
            parts.append(f"{cell(row, RATE)}*{cell(row, QUALIFIED)}")
        if typed.flat and (flat := self.typed(typed.flat)) is not None:
            figures = [part for part in found.total.of if isinstance(part, Figure)]
            formula(page, row, FLAT, flat, figures[-1].value, money)
            parts.append(cell(row, FLAT))
        formula(page, row, AMOUNT, rounded("+".join(parts) or "0", self.by_line), found.total.value, money)

    def _sum(self, page: Any, found: CreditTotal) -> None:
        cells, row, credit = self.cells, self.rows[id(found)], found.credit
        bold = cells.look(cells.money, bold=True, bg_color="#EDEDED")
        text(page, row, CREDIT, f"Total {credit.name}", cells.look(bold=True))
        text(page, row, APPLIED, "applied" if credit.applied else "not applied", cells.look(bold=True))
        rows = [self.rows[id(part)] for part in found.rows]
        made = summed([cell(at, AMOUNT) for at in rows])
        if credit.cap is not None:
            page.write_number(row, CAP, float(credit.cap), cells.input(cells.money))
            made = f"MIN({made},{cell(row, CAP)})"
        if credit.minimum is not None:
            page.write_number(row, MINIMUM, float(credit.minimum), cells.input(cells.money))
            made = f"IF({cells.of(found.spend)}<{cell(row, MINIMUM)},0,{made})"
        formula(page, row, GROSS, made, found.gross.value, bold)
        made = cell(row, GROSS)
        if credit.discount is not None:
            page.write_number(row, DISCOUNT, float(credit.discount), cells.input(PERCENT))
            made = rounded(f"{made}*(1-{cell(row, DISCOUNT)})", self.by_line)
        formula(page, row, TOTAL, made, found.total.value, bold)

    def _by_person(self, capped: Figure[Decimal], cap: str) -> str:
        """The sum of each person's spend to the cap, and of what is nobody's."""
        made = []
        for person in (part for part in capped.of if isinstance(part, Figure)):
            over = person.rule.startswith("at most") and isinstance(person.of[0], Figure)
            sum_ = self.cells.of(person.of[0] if over else person)  # type: ignore[arg-type]
            made.append((sum_ if person.rule == NOBODY else f"MIN({sum_},{cap})", person.value))
        return self.cells.sum_of(made)

    def _capped(self, found: CreditRowTotal) -> Figure[Decimal]:
        """The spend with no more of each person than the cap, out of what was made of it."""
        waiting: list[Figure[Any]] = [found.qualified]
        while waiting:
            figure = waiting.pop(0)
            if figure.rule.endswith("a person") and figure.rule.startswith(found.spend.rule):
                return figure
            waiting += [part for part in figure.of if isinstance(part, Figure)]
        return found.spend

    def _limit(self, credit: CreditTotal, at_most: AtMost, part: str) -> tuple[str, Decimal]:
        """A percentage of other spend, less other credits, as a formula and its value."""
        on, exclude = set(at_most.on) or {"all"}, set(at_most.exclude)
        chosen = [piece for piece in self.pieces if piece.words() & on and not piece.words() & exclude]
        whole = summed_up("", chosen, self.pieces, self.accounts)
        made, value = self.cells.of(whole), whole.value
        less = self._others(credit, at_most.less)
        if less:
            made = _less(made, less)
            for _, other in less:
                value = max(value - other.gross.value, Decimal(0))
        return f"{part}*{made}", at_most.rate * value

    def _others(self, credit: CreditTotal, names: Sequence[str]) -> list[tuple[str, CreditTotal]]:
        """The credits that reduce it, with the cell of each: those that count, or neither does."""
        found = [self.gross[name.lower()] for name in names if name.lower() in self.gross]
        return [(at, other) for at, other in found if other.credit.applied or not credit.credit.applied]


def _less(made: str, others: list[tuple[str, CreditTotal]]) -> str:
    """A formula less the credits that reduce it, one after the other; never below nothing."""
    for at, _ in others:
        made = f"MAX({made}-{at},0)"
    return made
