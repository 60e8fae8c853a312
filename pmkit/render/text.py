"""Documents and mails as plain text, and tables in the terminal and in Markdown.

Whatever came from the folder loses its control characters on the way: a name cannot move the
cursor, colour the screen or end a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from pmkit.render import filters
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

    The only door to tabulate, which otherwise rewrites `1.10` as a number. Wide characters
    count as two. `plain` has no rule; in `markdown`, what Markdown would read as its own marks
    is escaped and the `strong` rows (by their number from zero) are bold.
    """
    from tabulate import tabulate  # with what it loads, a twentieth of a second: not for documents without a table

    clean = markdown if look == "markdown" else filters.line
    cells = [[clean(cell) for cell in row] for row in rows]
    if look == "markdown":
        cells = [[f"**{c}**" if n in strong and c else c for c in row] for n, row in enumerate(cells)]
    text = tabulate(
        cells,
        headers=[clean(heading) for heading in headings],
        tablefmt="pipe" if look == "markdown" else look,
        colalign=list(sides) if rows else None,
        disable_numparse=True,
        preserve_whitespace=True,
        missingval="",
    )
    return [found.rstrip(" ") for found in text.split("\n")]


def markdown(value: str) -> str:
    """Text as Markdown that reads as typed, on one line."""
    return _MARKS.sub(lambda mark: "\\" + mark[0], filters.line(value))
