"""A budget's exported rows told apart: categories, accounts, lines, totals, charges and the setup lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from pmkit.exchange import figures, mmb_columns
from pmkit.exchange.mmb_columns import Kind
from pmkit.exchange.sheet import Sheet
from pmkit.problems import Fault

_CODE: Final = re.compile(r"[0-9A-Za-z]{1,6}(?:[-. /][0-9A-Za-z]{1,6}){0,3}")
_TOTAL: Final = re.compile(r"\b(?:grand|sub|account|category)?-?\s*totals?\b|^net\b", re.I)
_CONT: Final = re.compile(r"\s*\(?cont(?:'?d|inued)?\.?\)?\s*$", re.I)


class Read(NamedTuple):
    """A row of a table with its cells by field.

    `what` is `code` (a category or an account, perhaps with its total), `line`, `total` (with the
    code it is of, where it says one), `charge`, or the kind of a setup list.
    """

    sheet: str
    row: int
    what: str
    code: str
    cells: Mapping[str, str]
    table: Kind
    number: int

    def cell(self, field: str) -> str:
        """A field's text; empty where the table has no such column."""
        return self.cells.get(field, "")


def rows(sheets: Sequence[Sheet]) -> Iterator[Read]:
    """The rows of every table in a file, in their order. A table begins with its headings."""
    number = 0
    for sheet in sheets:
        kind: Kind = ""
        title = mmb_columns.titled(sheet.name)
        fields: tuple[str, ...] = ()
        for row in sheet.rows:
            if row.blank:
                continue
            alone = [cell for cell in row.cells if cell]
            if found := mmb_columns.headings(row.cells, title):
                if (kind, fields) != found:
                    number += 1
                kind, fields = found
                continue
            if (
                len(alone) == 1
                and (said := mmb_columns.titled(alone[0]))
                and not any(letter.isdigit() for letter in alone[0])
            ):
                title, kind = said, kind if said in ("totals", "lines") else ""
                continue
            if not kind:
                continue
            cells: dict[str, str] = {}
            for field, cell in zip(fields, row.cells, strict=False):
                if field and cell and field != "original":
                    cells[field] = cell
            if not cells:
                continue
            if kind in ("totals", "lines"):
                yield _told(sheet.name, row.number, cells, kind, number, " ".join(alone))
            else:
                yield Read(sheet.name, row.number, kind, "", cells, kind, number)


def _told(sheet: str, row: int, cells: dict[str, str], kind: Kind, number: int, words: str) -> Read:
    code = account(cells)
    said = cells.get("what", "") or words
    money = next((cells[name] for name in ("total", "subtotal") if cells.get(name)), "")
    has_line = any(cells.get(name) for name in ("amount", "rate", "unit", "x"))
    if _TOTAL.search(said) and not has_line and not (code and kind == "totals"):
        found = re.search(
            r"\bfor\s+(?:account\s+)?([0-9][0-9A-Za-z.\-]*)|^(?:total\s+)?([0-9][0-9A-Za-z.\-]{1,})\b", said, re.I
        )
        of = code or ((found[1] or found[2]) if found else "")
        return Read(sheet, row, "total", of, {**cells, "what": said}, kind, number)
    if code and not has_line and (kind == "totals" or not money or not cells.get("subtotal")):
        cells["what"] = _CONT.sub("", cells.get("what", ""))
        return Read(sheet, row, "code", code, cells, kind, number)
    if kind == "totals":
        return Read(sheet, row, "charge" if money else "note", "", {**cells, "what": said}, kind, number)
    return Read(sheet, row, "line", code, cells, kind, number)


def account(cells: Mapping[str, str]) -> str:
    """The number of a row's account: its own column's, or PROD and DETL together; empty where it has none.

    `11` and `01` are 1101, and so are `1100` and `01`, `1100` and `1101`; a hyphen typed stays.
    """
    own = cells.get("account", "").strip()
    category, detail = cells.get("category", "").strip(), cells.get("detail", "").strip()
    for typed in (own, category, detail):
        if typed and not (_CODE.fullmatch(typed) and any(letter.isdigit() or len(typed) < 4 for letter in typed)):
            return ""
    if own:
        return own
    if not detail or not detail.strip("0"):
        return category
    if not category or (len(detail) >= len(category) and detail.startswith(category.rstrip("0") or category)):
        return detail
    if category.endswith("0" * len(detail)):
        return category[: -len(detail)] + detail
    return category + detail


def amount(text: str) -> Decimal | Fault | None:
    """A figure of an export, which parts cents by a point; None where there is none."""
    if figures.empty(text):
        return None
    found = figures.amount(text.replace("%", ""), "point")
    return found if isinstance(found, Fault) else found.value
