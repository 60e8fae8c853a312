"""Documents and mails as plain text, and tables in the terminal and in Markdown.

Whatever came from the folder loses its control characters on the way: a name cannot move the
cursor, colour the screen or end a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from pmkit.render import columns, filters
from pmkit.render.filters import Formats

Look = Literal["simple", "markdown", "plain"]
Side = Literal["left", "right"]
_MARKS = re.compile(r"[\\`*_\[\]<>|~$]|&(?=[#\w])")


def page(
    template: str, report: object, formats: Formats, own: Path | None = None, issued: str = "", **extra: object
) -> str:
    """A report through a text template (`callsheet.txt.j2`); as `html.page`, without escaping."""
    from pmkit.render import html  # jinja2 is for documents; a table needs none of it

    env = html.environment(formats, own, escaped=False)
    return filters.plain(html.written(env, template, report, formats, issued, extra))


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    sides: Sequence[Side],
    look: Look = "simple",
    strong: Collection[int] = (),
) -> list[str]:
    """The lines of a table, each row on one: headings, a rule, then the rows in order.

    Nothing is rewritten, `1.10` stays `1.10`, and wide characters count as two. `plain` has no
    rule; in `markdown`, what Markdown would read as its own marks is escaped and the `strong` rows
    (by their number from zero) are bold.
    """
    if look == "markdown":
        return _markdown(headings, rows, sides, strong)
    clean = [[filters.line(cell) for cell in row] for row in (headings, *rows)]
    widths = [columns.width(heading) + 2 for heading in clean[0]]
    for row in clean[1:]:
        widths = [max(pair) for pair in zip(widths, map(columns.width, row), strict=True)]
    lines = [_spread(clean[0], widths, sides if rows else ["left"] * len(sides))]
    lines += ["  ".join("-" * width for width in widths)] * (look == "simple")
    return lines + [_spread(row, widths, sides) for row in clean[1:]]


def _spread(cells: Sequence[str], widths: Sequence[int], sides: Sequence[Side]) -> str:
    """A line of cells, each at its side of its column."""
    out = []
    for cell, width, side in zip(cells, widths, sides, strict=True):
        blank = " " * (width - columns.width(cell))
        out.append(blank + cell if side == "right" else cell + blank)
    return "  ".join(out).rstrip(" ")


def _markdown(
    headings: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[Side], strong: Collection[int]
) -> list[str]:
    """The only door to tabulate, which otherwise rewrites `1.10` as a number."""
    from tabulate import tabulate  # with what it loads, a twentieth of a second: for Markdown alone

    cells = [[markdown(cell) for cell in row] for row in rows]
    cells = [[f"**{c}**" if n in strong and c else c for c in row] for n, row in enumerate(cells)]
    text = tabulate(
        cells,
        headers=[markdown(heading) for heading in headings],
        tablefmt="pipe",
        colalign=list(sides) if rows else None,
        disable_numparse=True,
        preserve_whitespace=True,
        missingval="",
    )
    return [found.rstrip(" ") for found in text.split("\n")]


def markdown(value: str) -> str:
    """Text as Markdown that reads as typed, on one line."""
    return _MARKS.sub(lambda mark: "\\" + mark[0], filters.line(value))
