"""What is needed of a category: each element with its scenes, and the days on which it must be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmkit.model.dates import MONTHS
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, Words, based_on, basis, dated, settled
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.rollup import board as boards, needed
from pmkit.rollup.needed import Need

SEES = frozenset({"public", "set"})
"""The privacy classes a list of elements may show."""


@dataclass(frozen=True, slots=True)
class NeededOn:
    """A shooting day: the word it has at the prompt (`4`, `second:2`) and its date."""

    day: str
    date: date


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its scenes, in script order, and the days it is needed on.

    `number` is the cast number. `first` and `last` are empty, and `count` nothing, when it is on
    no day; `count` are dates, each once however many units need it.
    """

    number: str
    name: str
    scenes: tuple[str, ...]
    days: tuple[NeededOn, ...]
    first: date | None
    last: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Category:
    """A category with its elements: those needed first stand first, what is on no day last."""

    key: str
    name: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class ElementList:
    """The elements of the categories asked for."""

    heading: str
    basis: Basis
    categories: tuple[Category, ...]


def elements(production: Production, category: str = "", *, board: str = "", unit: str = "") -> ElementList | Fault:
    """The elements of a category, or of every category that has any; a fault when there is no such category."""
    found = settled(production, board, unit)
    if isinstance(found, Fault):
        return found
    names = needed.categories(found)
    key = needed.find_category(found, category) if category else ""
    if isinstance(key, Fault):
        return key
    main = boards.main_unit(found)
    groups = []
    for which in [key] if key else names:
        needs = needed.needs(found, which, unit)
        rows = tuple(_element(need, which, main) for need in needs.values() if need.scenes)
        if which != needed.CAST:
            rows = tuple(sorted(rows, key=lambda row: (row.first or date.max, row.name.casefold())))
        if rows or key:
            groups.append(Category(which, names[which], rows))
    return ElementList(names[key] if key else "Elements", basis(found, board, unit), tuple(groups))


def _element(need: Need, category: str, main: str) -> Element:
    days = tuple(NeededOn(day.word(main), day.date) for day in need.days)
    dates = list(dict.fromkeys(day.date for day in days))
    return Element(
        number=need.key if category == needed.CAST else "",
        name=need.name,
        scenes=tuple(need.scenes),
        days=days,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        count=len(dates),
    )


_COLUMNS = (
    Column("number", "No."),
    Column("element", "Element", width=1.3, strong=True),
    Column("scenes", "Scenes", width=1),
    Column("days", "Shooting days", width=1),
    Column("dates", "Dates", width=1),
    Column("first", "First", "date"),
    Column("last", "Last", "date"),
    Column("count", "Days", "count"),
)


def table(report: ElementList, words: Words) -> Table:
    """The list for paper, the categories as groups where there are several."""
    several = len(report.categories) != 1
    numbered = any(element.number for group in report.categories for element in group.elements)
    shown = [n for n, column in enumerate(_COLUMNS) if numbered or column.key != "number"]
    rows: list[Row] = []
    for group in report.categories:
        if several:
            rows.append(heading(group.name))
        for element in group.elements:
            cells = _cells(element, runs(element.days))
            rows.append(Row(tuple(cells[n] for n in shown)))
    lost = sum(not element.days for group in report.categories for element in group.elements)
    return Table(
        report.basis.title,
        report.heading if several else f"{report.heading}: scenes and days",
        tuple(_COLUMNS[n] for n in shown),
        tuple(rows),
        subtitle=based_on(report.basis, words),
        period=dated(report.basis, words),
        notes=(f"{lost} on no day yet.",) if lost else (),
        landscape=True,
    )


def data(report: ElementList) -> Table:
    """The list as data: every date in full."""
    rows = []
    for group in report.categories:
        for element in group.elements:
            every = ", ".join(dict.fromkeys(day.date.isoformat() for day in element.days))
            rows.append(Row((group.key, *_cells(element, every))))
    return Table(report.basis.title, report.heading, (Column("category", "Category"), *_COLUMNS), tuple(rows))


def _cells(element: Element, dates: str) -> tuple[Cell, ...]:
    return (
        element.number,
        element.name,
        ", ".join(element.scenes),
        ", ".join(day.day for day in element.days),
        dates,
        element.first,
        element.last,
        element.count,
    )


def runs(days: tuple[NeededOn, ...]) -> str:
    """The dates of days in few words: `13, 14, 28 Oct, 3 Nov`."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in dict.fromkeys(day.date for day in days):
        months.setdefault((day.year, day.month), []).append(day)
    return ", ".join(
        f"{', '.join(str(day.day) for day in held)} {MONTHS[held[0].month - 1][:3]}" for held in months.values()
    )
