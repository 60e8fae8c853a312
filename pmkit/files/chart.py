"""Charts of accounts as CSV: those that come with pmkit, and a production's own in `charts/NAME.csv`.

A row's first cell says what it is: `id`, `version`, `title` and `source` of the chart in their order; `level`, the
chart's own name for a production level; `category` with its number, the accounts it holds and its level;
`account`; `total`, a sum printed over levels; `charge`, a number kept for one. Rows print in the
order they stand in.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pmkit.files.sheet import Sheet
from pmkit.model.chart import CHARTS, LEVELS, Chart, ChartCategory, ChartCharge, ChartTotal, named, within
from pmkit.model.record import meant
from pmkit.problems import Problem

COLUMNS = ("row", "number", "first", "last", "level", "name")
REQUIRED = ("row", "number", "level", "name")
ROWS = ("id", "version", "title", "source", "level", "category", "account", "total", "charge")
FOLDER = "charts"
_HOME = Path(__file__).resolve().parent.parent / "charts"


@lru_cache(maxsize=8)
def shipped(typed: str) -> Chart | None:
    """A chart that comes with pmkit, `us-studio` or `us-studio@1`; None when there is none such."""
    name, version = named(typed)
    versions = CHARTS.get(name, ())
    if not versions or (version or versions[-1]) not in versions:
        return None
    file = f"{name}@{version or versions[-1]}.csv"
    chart, problems = read((_HOME / file).read_bytes(), file)
    assert not problems, problems
    return chart


def read(data: bytes, file: str) -> tuple[Chart, list[Problem]]:
    """A chart from its CSV, with what is wrong in it at its rows; a row that is wrong is left out."""
    reading = _Reading(data, file)
    return reading.chart(file.rpartition("/")[2].removesuffix(".csv")), reading.sheet.problems


class _Reading:
    def __init__(self, data: bytes, file: str) -> None:
        self.sheet = Sheet(data, file, COLUMNS, REQUIRED)
        self.said: dict[str, str] = {}
        self.levels: dict[str, str] = {}
        self.categories: dict[str, ChartCategory] = {}
        self.accounts: dict[str, str] = {}
        self.totals: list[ChartTotal] = []
        self.charges: list[ChartCharge] = []

    def chart(self, name: str) -> Chart:
        """The rows in their order, put together."""
        for _, cells in self.sheet.rows():
            found = (cells[self.sheet.at[c]].strip() if self.sheet.at[c] >= 0 else "" for c in COLUMNS)
            self._row(*found)
        said = {"id": name.partition("@")[0], **self.said}
        return Chart(
            said["id"],
            tuple(self.categories.values()),
            self.accounts,
            said.get("version", ""),
            said.get("title", ""),
            said.get("source", ""),
            self.levels,
            tuple(self.totals),
            tuple(self.charges),
        )

    def _row(self, row: str, number: str, first: str, last: str, level: str, name: str) -> None:
        at = self.sheet.at
        if row not in ROWS:
            hint = meant(row, ROWS, "a row is " + ", ".join(ROWS))
            self.sheet.wrong("unknown-word", at["row"], f"there is no row {row[:40] or 'without a word'}", hint)
        elif not name:
            self.sheet.wrong("missing-field", at["name"], f"this {row} has no name")
        elif row in ("category", "account") and not number:
            self.sheet.wrong("missing-field", at["number"], f"this {row} has no number")
        elif row in ("level", "category", "total") and (wrong := self._unknown(row, level)):
            hint = meant(wrong, list(LEVELS), f"the levels are {', '.join(LEVELS)}")
            self.sheet.wrong("unknown-word", at["level"], f"there is no level {wrong[:40]}", hint)
        elif number in (self.categories if row == "category" else self.accounts if row == "account" else ()):
            self.sheet.wrong("duplicate-id", at["number"], f"{row} {number} stands here twice", "keep one of the two")
        elif row == "level":
            self.levels[level] = name
        elif row == "category":
            self._category(ChartCategory(number, last or number, name, level, first))
        elif row == "account":
            self.accounts[number] = name
        elif row == "total":
            self.totals.append(ChartTotal(tuple(word for word in LEVELS if word in level.split()), name))
        elif row == "charge":
            self.charges.append(ChartCharge(number, name))
        else:
            self.said[row] = name

    def _category(self, made: ChartCategory) -> None:
        """Takes a category in; one whose accounts another of its kind holds as well is told, in a production's own chart."""
        begin = made.first or made.number
        for other in self.categories.values() if "/" in self.sheet.file else ():
            first = other.first or other.number
            if len(other.number) == len(made.number) and (
                within(first, begin, other.last) or within(begin, first, made.last)
            ):
                message = f"category {made.number} from {begin} to {made.last} shares accounts with {other.number} from {first} to {other.last}"
                hint = f"an account of both is counted in {other.number}: part the two, or give it `category:` in the budget"
                place = self.sheet.place(self.sheet.at["number"])
                self.sheet.problems.append(Problem("category-overlap", place, message, hint, "warning"))
        self.categories[made.number] = made

    def _unknown(self, row: str, level: str) -> str:
        """What of the level's cell is no level; nothing when all of it is one."""
        words = level.split() if row == "total" else [level]
        return next((word or "without a word" for word in words or [""] if word not in LEVELS), "")
