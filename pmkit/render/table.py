"""A table printed: terminal, Markdown, CSV, spreadsheet, HTML, paper.

What was typed as text comes out as typed in all of them: `1.10`, `0123` and `=1+1` are never
numbers or formulas. CSV carries exact values; the others carry values as they read.
"""

from __future__ import annotations

import csv as plain_csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmkit.model.clock import Clock
from pmkit.render import filters, text
from pmkit.render.filters import Formats
from pmkit.reports.table import Cell, Column, Row, Table

if TYPE_CHECKING:
    from pmkit.render.pdf import Paper

_WORDY = 24  # letters from which a column may have to wrap
_FULL = 60  # letters after which more of them ask for no more room
_SHORT = 16  # letters to which a first column is a number or a key, which the second names
_RIGHT = ("money", "number", "count", "pages", "clock", "length")


def terminal(table: Table, formats: Formats) -> str:
    """The table for the terminal: a line a row, groups under their heading, a rule over totals."""
    body = [row for row in table.rows if row.kind != "heading"]
    lines = text.table(_headings(table), _shown_rows(body, table, formats), _sides(table))
    head, rule, rest = lines[0], lines[1], iter(lines[2:])
    out = [*_title(table), "", head, rule]
    for number, row in enumerate(table.rows):
        if row.kind == "heading":
            out += [""] * bool(number) + [filters.line(str(row.cells[0]))]
        else:
            out += [rule] * (row.kind == "total") + [next(rest)]
    notes = [filters.line(note) for note in table.notes]
    return "\n".join([*out, *([""] if notes else []), *notes]) + "\n"


def markdown(table: Table, formats: Formats) -> str:
    """The table in Markdown; groups, subtotals and totals are bold rows."""
    rows = [(str(row.cells[0]),) + ("",) * (len(table.columns) - 1) if row.kind == "heading" else row.cells
            for row in table.rows]  # fmt: skip
    strong = {number for number, row in enumerate(table.rows) if row.kind != "row"}
    cells = [_row_text(row, table, formats) for row in rows]
    lines = text.table(_headings(table), cells, _sides(table), "markdown", strong)
    head = [text.markdown(words) for words in _title(table)]
    notes = [line for note in table.notes for line in ("", text.markdown(note))]
    return (
        "\n".join([f"## {head[0]}", *(line for words in head[1:] for line in ("", words)), "", *lines, *notes]) + "\n"
    )


def csv(table: Table) -> str:
    """The table as data: exact values under the columns' keys, in UTF-8, a line end a newline.

    Where rows stand in groups, a first column `group` has the group's heading; where there are
    totals, `row` says which rows are.
    """
    grouped = any(row.kind == "heading" for row in table.rows)
    totalled = any(row.kind in ("subtotal", "total") for row in table.rows)
    out = io.StringIO(newline="")
    # every field that could be misread is quoted: csv itself forgets a lone carriage return
    writer = plain_csv.writer(out, lineterminator="\n", quoting=plain_csv.QUOTE_MINIMAL)
    lead = ["group"] * grouped + ["row"] * totalled
    _write(writer, out, [*lead, *(column.key for column in table.columns)])
    group = ""
    for row in table.rows:
        if row.kind == "heading":
            group = str(row.cells[0])
            continue
        within = "" if row.kind == "total" else group
        _write(writer, out, [within] * grouped + [row.kind] * totalled + [_exact(cell) for cell in row.cells])
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def html(table: Table, formats: Formats, own: Path | None = None, issued: str = "") -> str:
    """The table for screen and phone, where each row becomes a card; numbers and addresses can be tapped."""
    from pmkit.render import html as page

    shaped = shape(table, formats)
    columns = shaped["columns"]
    lead = next((n for n, column in enumerate(columns) if column["strong"] and column["side"] == "left"), 0)
    marks = {lead: "lead"}
    summed = _summed(columns)
    if summed and not lead:
        short = all(len(str(row["cells"][0])) <= _SHORT for row in shaped["rows"] if row["kind"] != "heading")
        marks |= {1: "named", summed: "figure"} if short else {0: "lead long", summed: "figure"}
    for row in shaped["rows"]:
        if row["kind"] != "heading":
            cells = enumerate(zip(row["cells"], columns, strict=True))
            row["cells"] = [_tapped(cell, column, marks.get(number, "")) for number, (cell, column) in cells]
    return page.page("table.html.j2", table, formats, own, issued, **shaped, summed=len(marks) > 1)


def _summed(columns: Sequence[dict[str, Any]]) -> int:
    """The column of the one sum of a row, where its second names it; else 0."""
    sums = [n for n, column in enumerate(columns) if column["strong"] and column["kind"] == "money"]
    named = len(columns) > 1 and columns[1]["kind"] == "text" and columns[1]["width"]
    return sums[0] if len(sums) == 1 and named else 0


def pdf(table: Table, formats: Formats, own_fonts: Path | None = None, issued: str = "") -> Paper:
    """The table on paper; its headings repeat on each page."""
    from pmkit.render import pdf as paper

    shaped = shape(table, formats)
    return paper.compile("table.typ", table, formats, own_fonts, issued, table.landscape, **shaped)


def shape(table: Table, formats: Formats) -> dict[str, Any]:
    """The columns and rows as templates print them: each cell its text, pages a number of eighths."""
    widths = _widths(table, formats)
    columns = [
        {
            "key": column.key,
            "heading": filters.line(column.heading),
            "kind": column.kind,
            "side": _side(column),
            "strong": column.strong,
            "width": width,
        }
        for column, width in zip(table.columns, widths, strict=True)
    ]
    rows = []
    for row in table.rows:
        cells: list[str | int]
        if row.kind == "heading":
            cells = [filters.plain(str(row.cells[0]))]
        else:
            cells = [_set_cell(cell, column, formats) for cell, column in zip(row.cells, table.columns, strict=True)]
        rows.append({"kind": row.kind, "cells": cells})
    return {"columns": columns, "rows": rows}


def shown(cell: Cell, column: Column, formats: Formats) -> str:
    """A cell as it reads."""
    if cell is None:
        return ""
    if isinstance(cell, str) and not isinstance(cell, Clock):
        return cell
    show: dict[str, Callable[[Any], str]] = {
        "money": lambda value: filters.money(value, formats),
        "number": lambda value: f"{value:,f}",
        "clock": lambda value: filters.clock(value, formats),
        "pages": filters.pages,
        "length": filters.length,
        "date": filters.short_day,
    }
    return show.get(column.kind, str)(cell)


def _tapped(cell: str | int, column: dict[str, Any], mark: str) -> dict[str, str]:
    """A cell for the screen: its words, what tapping it does, and the marks its style knows.

    `mark` is what it is on a phone's card: lead, what it is headed with; named; figure; or nothing.
    """
    words = filters.pages(cell) if isinstance(cell, int) else cell
    money = column["kind"] == "money"
    marks = {
        "r": column["side"] == "right",
        "b": column["strong"],
        mark: bool(mark),
        "void": not words,
        "hang": money and words not in ("", filters.NOTHING) and not words.endswith(")"),
        "whole": column["kind"] in ("phone", "date"),  # never broken
        "run": max((len(word) for word in words.split()), default=0) > 20,  # may break anywhere
    }
    link = {"phone": filters.tel, "email": filters.mailto}.get(column["kind"], lambda _: "")
    return {"words": words, "link": link(words), "marks": " ".join(mark for mark, on in marks.items() if on)}


def _set_cell(cell: Cell, column: Column, formats: Formats) -> str | int:
    if column.kind == "pages" and isinstance(cell, int):
        return int(cell)
    words = shown(cell, column, formats)
    return filters.phone(words) if column.kind == "phone" else filters.plain(words)


def _exact(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return str(cell) if not hasattr(cell, "quantize") else f"{cell:f}"


def _write(writer: Any, out: io.StringIO, cells: Sequence[str]) -> None:
    if any("\r" in cell for cell in cells):
        plain_csv.writer(out, lineterminator="\n", quoting=plain_csv.QUOTE_ALL).writerow(cells)
    else:
        writer.writerow(cells)


def _title(table: Table) -> Iterator[str]:
    yield filters.line(" · ".join(words for words in (table.title, table.document, table.period) if words))
    if table.subtitle:
        yield filters.line(table.subtitle)


def _headings(table: Table) -> list[str]:
    return [column.heading for column in table.columns]


def _sides(table: Table) -> list[text.Side]:
    return [_side(column) for column in table.columns]


def _side(column: Column) -> text.Side:
    return "right" if column.kind in _RIGHT else "left"


def _row_text(cells: Sequence[Cell], table: Table, formats: Formats) -> list[str]:
    return [shown(cell, column, formats) for cell, column in zip(cells, table.columns, strict=True)]


def _shown_rows(rows: Sequence[Row], table: Table, formats: Formats) -> list[list[str]]:
    return [_row_text(row.cells, table, formats) for row in rows]


def _widths(table: Table, formats: Formats) -> list[float]:
    """The columns' shares of the room; where none was asked for, the wordy text columns share it."""
    if not table.columns or any(column.width for column in table.columns):
        return [column.width for column in table.columns]
    words = [0] * len(table.columns)
    for row in table.rows:
        for number, cell in enumerate(row.cells if row.kind != "heading" else ()):
            if not _is_figures(table.columns[number]):
                words[number] = max(words[number], len(shown(cell, table.columns[number], formats)))
    wordy = min(_WORDY, max(words))
    return [float(min(count, _FULL)) if count >= max(wordy, 1) else 0.0 for count in words]


def _is_figures(column: Column) -> bool:
    return column.kind in (*_RIGHT, "date", "phone")
