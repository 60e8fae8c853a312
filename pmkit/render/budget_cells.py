"""What the sheets of a budget's workbook share: cells by their figure, looks, and values beside formulas.

Every figure of the budget that has a cell is known by it, so that a sum of figures becomes a sum of
cells. A formula is written with the value it has, so that a reader who does not calculate sees it
too. Text is always text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pmkit.render.workbook import kept
from pmkit.rollup.figure import Figure

MONEY = '#,##0.00;(#,##0.00);"–"'
WHOLE = '#,##0;(#,##0);"–"'
PLAIN = "#,##0.######"
PERCENT = "0.0###%"
_NEAR = Decimal("1e-12")  # sums to 34 figures differ in the last of them by their order
_LONG = 2000  # a cell takes 8,192 letters of a formula, and others are added to these
SUMS = "Sums"
_MOST = 200  # a function takes 255 arguments


class Cells:
    """The workbook being made: its looks, and which cell each figure stands in."""

    def __init__(self, book: Any, whole: bool = False) -> None:
        self.book = book
        self.money = WHOLE if whole else MONEY
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._cells: dict[int, str] = {}
        self._kept: list[Figure[Any]] = []
        self.sums: list[tuple[str, Decimal]] = []

    def put(self, figure: Figure[Any], sheet: str, row: int, column: int) -> None:
        """A figure stands in a cell."""
        self._kept.append(figure)  # so that its id is its own as long as this lives
        self._cells[id(figure)] = cell(row, column, sheet)

    def of(self, figure: Figure[Any]) -> str:
        """A figure as a part of a formula: its cell, the sum of the cells it is made of, else its value."""
        if id(figure) in self._cells:
            return self._cells[id(figure)]
        parts = [part for part in figure.of if isinstance(part, Figure)]
        if parts and abs(sum((part.value for part in parts), Decimal(0)) - figure.value) < _NEAR:
            before = len(self.sums)
            made = self.sum_of([(self.of(part), part.value) for part in parts])
            if len(self.sums) > before:  # what was made once need not be made again
                self._kept.append(figure)
                made = self._cells[id(figure)] = self._sum(made, figure.value)
            return made
        if len(parts) == 1 and figure.value == -parts[0].value:
            return f"-{self.of(parts[0])}"
        return f"{figure.value:f}"

    def sum_of(self, parts: Sequence[tuple[str, Decimal]]) -> str:
        """The sum of formulas with their values; where it is too long for a cell, of sums on a sheet of their own."""
        made = summed([part for part, _ in parts])
        if len(made) <= _LONG:
            return made
        groups: list[list[tuple[str, Decimal]]] = [[]]
        for part in parts:
            if groups[-1] and sum(len(found) + 1 for found, _ in (*groups[-1], part)) > _LONG - 10:
                groups.append([])
            groups[-1].append(part)
        return self.sum_of(
            [
                (
                    self._sum(
                        summed([part for part, _ in group]), total := sum((value for _, value in group), Decimal(0))
                    ),
                    total,
                )
                for group in groups
            ]
        )

    def _sum(self, made: str, value: Decimal) -> str:
        self.sums.append((made, value))
        return cell(len(self.sums) - 1, 0, SUMS)

    def write_sums(self) -> None:
        """The sheet of parts of sums, hidden, where there are any."""
        if self.sums:
            page = self.book.add_worksheet(SUMS)
            text(page, 0, 1, "Parts of sums that would be too long for one cell", self.look())
            for row, (made, value) in enumerate(self.sums):
                formula(page, row, 0, made, value, self.look(self.money))
            page.hide()

    def look(self, form: str = "@", **more: Any) -> Any:
        """A format of cells; the same one for the same asking."""
        key = tuple(sorted({"num_format": form, "valign": "top", **more}.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format(dict(key))
        return self._looks[key]

    def input(self, form: str, **more: Any) -> Any:
        """The look of a figure that is typed and may be changed: blue, as spreadsheets of finance have it."""
        return self.look(form, font_color="#1F3FBF", **more)


def text(page: Any, row: int, column: int, words: str, look: Any = None) -> None:
    """Text, never read as anything else."""
    page.write_string(row, column, kept(words)[:32000], look)


def formula(page: Any, row: int, column: int, formula_: str, value: Decimal, look: Any) -> None:
    """A formula of ours with the value it has."""
    page.write_formula(row, column, f"={formula_}", look, float(value))


def cell(row: int, column: int, sheet: str = "") -> str:
    """A cell's absolute name, with its sheet when it is on another."""
    name = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"'{sheet}'!{name}" if sheet else name


def summed(cells: Iterable[str]) -> str:
    """The sum of cells, however many; runs of one column stand as ranges."""
    parts = list(cells)
    while len(parts) > _MOST:
        parts = [f"SUM({','.join(parts[n : n + _MOST])})" for n in range(0, len(parts), _MOST)]
    if len(parts) == 1 and ":" not in parts[0]:
        return parts[0]
    return f"SUM({','.join(parts)})" if parts else "0"


def rounded(formula_: str, lines: bool) -> str:
    """A formula as it counts: to the cent where the budget rounds its lines."""
    return f"ROUND({formula_},2)" if lines else formula_
