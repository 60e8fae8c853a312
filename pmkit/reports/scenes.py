"""What is shot, owed and left: every scene against the daily files, and the pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, Words, based_on, basis, settled
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.rollup import board as boards
from pmkit.rollup.progress import SceneProgress, progress, shot_days

SEES = frozenset({"public", "set"})
"""The privacy classes this list may show."""

STATES = ("shot", "part", "owed", "left", "dropped", "omitted")
_HEADINGS = {
    "shot": "Shot",
    "part": "Part shot",
    "owed": "Owed",
    "left": "Left",
    "dropped": "Dropped",
    "omitted": "Omitted",
}


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day by its word at the prompt (`4`, `second:2`) and its date."""

    day: str
    date: date


@dataclass(frozen=True, slots=True)
class SceneState:
    """A scene with what became of it. `worked` are days it was shot on, `ahead` those it is planned for."""

    scene: str
    episode: str
    heading: str
    state: str
    pages: Eighths
    done: Eighths
    left: Eighths
    worked: tuple[DayOf, ...]
    ahead: tuple[DayOf, ...]


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many scenes are in a state, their pages, and those done and left of them."""

    state: str
    scenes: int
    pages: Eighths
    done: Eighths
    left: Eighths


@dataclass(frozen=True, slots=True)
class UnitDays:
    """A unit's days with a daily file, and all its days."""

    unit: str
    shot: int
    of: int


@dataclass(frozen=True, slots=True)
class Scenes:
    """Every scene's state, the counts, and the pace.

    `average` are the pages a day of the days shot by all units together, `needed` those a day for
    what is left on the days to come; both in eighths, to the nearest, and empty without days.
    """

    heading: str
    basis: Basis
    scenes: tuple[SceneState, ...]
    counts: tuple[StateCount, ...]
    total: StateCount
    days: tuple[UnitDays, ...]
    days_shot: int
    days_left: int
    average: Eighths | None
    needed: Eighths | None


def scenes(production: Production, *, episode: str = "") -> Scenes | Fault:
    """The state of every scene in script order, of one `episode` only where it is named."""
    found = settled(production, episode=episode)
    if isinstance(found, Fault):
        return found
    main = boards.main_unit(found)
    rows = tuple(_row(found, one, main) for one in progress(found) if episode in ("", found.scenes[one.scene].episode))
    names = found.settings.units
    days = tuple(UnitDays(names.get(unit, unit), shot, of) for unit, (shot, of) in shot_days(found).items())
    shot, left = sum(unit.shot for unit in days), sum(unit.of - unit.shot for unit in days)
    total = _count("", rows)
    return Scenes(
        heading="Scenes shot and left",
        basis=basis(found, episode=episode),
        scenes=rows,
        counts=tuple(_count(state, held) for state in STATES if (held := tuple(r for r in rows if r.state == state))),
        total=total,
        days=days,
        days_shot=shot,
        days_left=left,
        average=_a_day(total.done, shot),
        needed=_a_day(total.left, left),
    )


def _row(production: Production, one: SceneProgress, main: str) -> SceneState:
    def days(found: tuple[boards.NumberedDay, ...]) -> tuple[DayOf, ...]:
        return tuple(DayOf(day.word(main), day.date) for day in found)

    scene = production.scenes[one.scene]
    return SceneState(
        scene=one.scene,
        episode=scene.episode,
        heading=scene.heading,
        state=one.state,
        pages=one.pages,
        done=one.done,
        left=one.left,
        worked=days(one.worked),
        ahead=days(one.ahead),
    )


def _count(state: str, rows: tuple[SceneState, ...]) -> StateCount:
    """The counts of some scenes; of all of them, without those that are dropped or omitted."""
    held = [row for row in rows if state or row.state not in ("dropped", "omitted")]
    sums = (Eighths(sum(getattr(row, word) for row in held)) for word in ("pages", "done", "left"))
    return StateCount(state, len(held), *sums)


def _a_day(pages: Eighths, days: int) -> Eighths | None:
    return Eighths(round(Fraction(pages, days))) if days else None


_COLUMNS = (
    Column("scene", "Sc.", strong=True),
    Column("heading", "Heading", width=1),
    Column("state", "State"),
    Column("shot", "Shot on day"),
    Column("date", "Last shot", "date"),
    Column("ahead", "Planned for day"),
    Column("pages", "Pages", "pages"),
    Column("done", "Done", "pages"),
    Column("left", "Left", "pages"),
)
_BEFORE_PAGES = len(_COLUMNS) - 3


def table(report: Scenes, words: Words) -> Table:
    """The list for paper: what is owed first, then what is part shot, left and shot, with counts."""
    rows: list[Row] = []
    counts = {count.state: count for count in report.counts}
    for state in ("owed", "part", "left", "shot", "dropped", "omitted"):
        if state in counts:
            rows.append(heading(_HEADINGS[state]))
            rows += [Row(_cells(row)) for row in report.scenes if row.state == state]
            rows.append(_sum(counts[state], f"{_HEADINGS[state]}: {_scenes(counts[state])}", "subtotal"))
    if rows:
        rows.append(_sum(report.total, f"All: {_scenes(report.total)}", "total"))
    return Table(
        report.basis.title,
        report.heading,
        _COLUMNS,
        tuple(rows),
        subtitle=" · ".join(filter(None, (_summary(report), based_on(report.basis, words)))),
        period=_period(report),
        notes=pace(report),
    )


def data(report: Scenes) -> Table:
    """The list as data, in script order."""
    columns = (_COLUMNS[0], Column("episode", "Episode"), *_COLUMNS[1:])
    rows = []
    for row in report.scenes:
        cells = _cells(row)
        rows.append(Row((cells[0], row.episode, *cells[1:])))
    return Table(report.basis.title, report.heading, columns, tuple(rows), notes=pace(report))


def pace(report: Scenes) -> tuple[str, ...]:
    """The pace in sentences."""
    told = []
    if report.average is not None:
        told.append(f"{report.total.done} pages in {_days(report.days_shot)}: {report.average} a day.")
    if report.needed is not None:
        told.append(f"{report.total.left} pages left for {_days(report.days_left)}: {report.needed} a day.")
    elif report.total.left:
        told.append(f"{report.total.left} pages left and no day on the board.")
    return tuple(told)


def _summary(report: Scenes) -> str:
    """The counts and the pace in one line: what the reader came for."""
    if not report.scenes:
        return ""
    counts = ", ".join(f"{count.scenes} {count.state}" for count in report.counts if count.state != "omitted")
    pace = f", {report.average} a day" if report.average is not None else ""
    return f"{counts} · {report.total.done} of {report.total.pages} pages{pace}"


def _period(report: Scenes) -> str:
    return ", ".join(f"{unit.unit} {unit.shot} of {_days(unit.of)}" for unit in report.days if unit.shot or unit.of)


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"


def _scenes(count: StateCount) -> str:
    return f"{count.scenes} scene{'s' * (count.scenes != 1)}"


def _cells(row: SceneState) -> tuple[Cell, ...]:
    return (
        row.scene,
        row.heading,
        row.state,
        ", ".join(day.day for day in row.worked),
        row.worked[-1].date if row.worked else None,
        ", ".join(day.day for day in row.ahead),
        row.pages,
        row.done,
        row.left,
    )


def _sum(count: StateCount, told: str, kind: str) -> Row:
    blank: tuple[Cell, ...] = ("", told, *([None] * (_BEFORE_PAGES - 2)))
    return Row((*blank, count.pages, count.done, count.left), "total" if kind == "total" else "subtotal")
