"""A table as a spreadsheet, in which nothing from the folder is a formula or a link.

Text is text, amounts are numbers with a number's form, pages are eighths that a spreadsheet
adds up. The first row holds the headings; what else the document says is on a second sheet.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any, NamedTuple

import xlsxwriter

from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.render import json, table as tables
from pmkit.render.filters import Formats
from pmkit.reports.table import Cell, Column, Table

LONGEST = 32767  # characters a cell may hold
_WIDE, _MONEY = Context(prec=100), Decimal("0.000001")
_DIGITS = 15  # a spreadsheet keeps no more of a number
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f]|[\ufffe\uffff\ud800-\udfff]")
_FORMS = {
    "money": '#,##0.00;(#,##0.00);"–"',
    "pages": "# ?/8",
    "date": "yyyy-mm-dd",
    "length": "[h]:mm",
    "count": "0",
    "number": "#,##0.####",
}
_WHOLE = '#,##0;(#,##0);"–"'
_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f']")


class Workbook(NamedTuple):
    """An XLSX file and what had to be said while writing it; usually nothing."""

    content: bytes
    warnings: tuple[str, ...] = ()


def xlsx(table: Table, formats: Formats, issued: str = "") -> Workbook:
    """A table as an XLSX file; the same table gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": kept(table.document), "created": datetime(2000, 1, 1)})
    sheet = _Sheet(book, table, formats)
    sheet.fill()
    _about(book, table, issued, sheet.said)
    book.close()
    return Workbook(out.getvalue(), tuple(sheet.said))


class _Sheet:
    def __init__(self, book: Any, table: Table, formats: Formats) -> None:
        self.table = table
        self.formats = formats
        self.book = book
        self.said: list[str] = []
        self.looks: dict[tuple[str, str], Any] = {}
        self.page = book.add_worksheet(_SHEET.sub(" ", table.document).strip()[:31] or "Table")

    def fill(self) -> None:
        """Headings, then rows, then how it prints."""
        head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        for number, column in enumerate(self.table.columns):
            self.page.write_string(0, number, kept(column.heading), head)
        for line, row in enumerate(self.table.rows, start=1):
            if row.kind == "heading":
                self.text(line, 0, str(row.cells[0]), self.look("heading", "text"))
                continue
            for number, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
                self.cell(line, number, cell, column, self.look(row.kind, column.kind))
        self.page.freeze_panes(1, 0)
        self.page.repeat_rows(0)
        self.page.fit_to_pages(1, 0)
        self.page.set_paper({"letter": 1, "tabloid": 3, "legal": 5, "a4": 9}[self.formats.paper])
        if self.table.landscape:
            self.page.set_landscape()
        for number, column in enumerate(self.table.columns):
            self.page.set_column(number, number, self.width(number, column))

    def cell(self, line: int, number: int, cell: Cell, column: Column, look: Any) -> None:
        """One cell, by what it is: a number only where the value is one."""
        if isinstance(cell, Decimal):
            # a sum of thirds goes on for ever, and is a number all the same
            figures = cell.quantize(_MONEY, context=_WIDE) if column.kind == "money" else cell
            if len(figures.normalize(_WIDE).as_tuple().digits) > _DIGITS:
                self.said.append(f"{cell:f} has more than {_DIGITS} figures: a spreadsheet holds it as text only")
                self.text(line, number, f"{cell:f}", look)
            else:
                self.page.write_number(line, number, float(cell), look)
        elif isinstance(cell, Eighths):
            self.page.write_number(line, number, cell / 8, look)
        elif isinstance(cell, Length):
            self.page.write_number(line, number, cell / 1440, look)
        elif isinstance(cell, date):
            self.page.write_datetime(line, number, datetime(cell.year, cell.month, cell.day), look)
        elif column.kind == "count" and isinstance(cell, int):
            self.page.write_number(line, number, int(cell), look)
        else:
            self.text(line, number, tables.shown(cell, column, self.formats), look)

    def text(self, line: int, number: int, words: str, look: Any) -> None:
        """Text, never read as anything else; cut, and said, where it is longer than a cell."""
        whole = kept(words)
        if _units(whole) > LONGEST:
            self.said.append(f"row {line + 1}, {self.table.columns[number].heading}: cut, longer than a cell may be")
            whole = whole.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
        self.page.write_string(line, number, whole, look)

    def look(self, row: str, kind: str) -> Any:
        """The format of a cell by its row and column; text columns are marked as text."""
        if (row, kind) not in self.looks:
            form = _WHOLE if kind == "money" and self.formats.whole else _FORMS.get(kind, "@")
            look: dict[str, Any] = {"num_format": form, "bold": row != "row", "valign": "top"}
            if kind == "clock":
                look["align"] = "right"
            if kind == "text":
                look["text_wrap"] = row != "heading"
            if row == "subtotal":
                look["bg_color"] = "#EDEDED"
            if row == "total":
                look |= {"top": 2, "bottom": 2}
            self.looks[row, kind] = self.book.add_format(look)
        return self.looks[row, kind]

    def width(self, number: int, column: Column) -> int:
        """Wide enough for what stands in it, sixty characters at most."""
        rows = (row.cells[number] for row in self.table.rows if row.kind != "heading")
        longest = max((len(tables.shown(cell, column, self.formats)) for cell in rows), default=0)
        return min(60, max(longest, min(len(column.heading), 14)) + 2)


def _about(book: Any, table: Table, issued: str, said: list[str]) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 100)
    lines = [table.title, table.document, table.period, table.subtitle, json.issued_line(table, issued)]
    for number, words in enumerate(line for line in (*lines, *table.notes, *said) if line):
        sheet.write_string(number, 0, kept(words)[:LONGEST])


def _units(words: str) -> int:
    return len(words) + sum(letter > "\uffff" for letter in words)


def kept(words: str) -> str:
    """What XLSX cannot hold is shown: a control character by its picture, the rest by a question mark."""
    return _REFUSED.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else "\ufffd", words)
