"""Ledgers as accountants export them, made for the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

HEADINGS = ("Acct", "Eff Date", "Trans No", "Src", "Vendor", "Invoice #", "PO #", "Description", "Amount")


def as_csv(rows: Sequence[Sequence[str]], sign: str = ",") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def as_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Rows as the sheets of a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "mm/dd/yy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, (int, float)):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, str(cell))
    book.close()
    return path


def row(account: str, day: str, number: str, amount: str, **more: str) -> list[str]:
    """One row of a ledger with the headings above."""
    named = {"src": "AP", "vendor": "Desert Rose Motel", "document": f"INV-{number}", "po": "", "memo": "", **more}
    return [account, day, number, named["src"], named["vendor"], named["document"], named["po"], named["memo"], amount]
