"""Charts of accounts: which categories and accounts a budget has, as data with a level for every category."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pmkit.files.sheet import Sheet
from pmkit.model.budget import CHARTS, LEVELS, Chart, ChartCategory
from pmkit.problems import Problem

COLUMNS = ("row", "number", "last", "level", "name")
_HOME = Path(__file__).resolve().parent.parent / "charts"


@lru_cache(maxsize=4)
def shipped(name: str) -> Chart | None:
    """A chart that comes with pmkit; None when there is none of that name."""
    if name not in CHARTS:
        return None
    chart, problems = read((_HOME / f"{name}.csv").read_bytes(), name)
    assert not problems, problems
    return chart


def read(data: bytes, name: str) -> tuple[Chart, list[Problem]]:
    """A chart from its CSV: rows `category` (number, last account it holds, level, name) and `account`."""
    sheet = Sheet(data, f"{name}.csv", COLUMNS, COLUMNS)
    categories: list[ChartCategory] = []
    accounts: dict[str, str] = {}
    at = [sheet.at[column] for column in COLUMNS]
    for _, cells in sheet.rows():
        row, number, last, level, title = (cells[column].strip() for column in at)
        if row == "category" and level in LEVELS:
            categories.append(ChartCategory(number, last or number, title, level))
        elif row == "account" and not level:
            accounts[number] = title
        else:
            hint = f"a category has one of the levels {', '.join(LEVELS)}; an account has none"
            sheet.wrong("unknown-word", at[0], "this is neither a category nor an account", hint)
    return Chart(name, tuple(categories), accounts), sheet.problems
