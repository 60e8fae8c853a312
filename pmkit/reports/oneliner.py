"""The one-line schedule: by shooting day, a line a scene, with the day's pages and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.basis import Words, based_on, dated
from pmkit.reports.scheduled import Count, DayLine, Schedule, StripLine, schedule
from pmkit.reports.table import Cell, Column, Row, Table, heading

SEES = frozenset({"public", "set"})
"""The privacy classes a schedule may show."""

NAME = "One-line schedule"
_COLUMNS = (
    Column("scene", "Sc.", strong=True),
    Column("ie", "I/E"),
    Column("set", "Set", width=1.1),
    Column("light", "D/N"),
    Column("pages", "Pages", "pages"),
    Column("cast", "Cast", width=0.5),
    Column("synopsis", "Synopsis", width=1.5),
    Column("script_day", "Script day"),
    Column("minutes", "Est.", "length"),
)
DATA = (
    Column("date", "Date", "date"),
    Column("unit", "Unit"),
    Column("day", "Day", "count"),
    Column("kind", "Kind"),
    Column("scene", "Scene"),
    Column("part", "Part"),
    Column("episode", "Episode"),
    Column("ie", "I/E"),
    Column("set", "Set"),
    Column("time", "Time"),
    Column("light", "D/N"),
    Column("pages", "Pages", "pages"),
    Column("cast", "Cast"),
    Column("synopsis", "Synopsis"),
    Column("script_day", "Script day"),
    Column("location", "Location"),
    Column("minutes", "Est.", "length"),
)


def oneliner(production: Production, *, board: str = "", unit: str = "", episode: str = "") -> Schedule | Fault:
    """The one-line schedule of a board, of one unit or one episode of it."""
    return schedule(production, NAME, board=board, unit=unit, episode=episode)


def table(report: Schedule, words: Words) -> Table:
    """The one-line schedule as a table for paper: a group a day, its totals at the end."""
    return grouped(report, words, _COLUMNS, _cells)


def data(report: Schedule) -> Table:
    """The one-line schedule as data: a row a strip, nothing added up."""
    return flat(report, DATA, data_cells)


def flat(report: Schedule, columns: tuple[Column, ...], cells: Callable[[StripLine], tuple[Cell, ...]]) -> Table:
    """A row a strip, each with its date, unit and day number; the boneyard last, without a date."""
    rows = [
        Row((day.date, day.unit, day.number, *cells(line))) for day in report.days for line in day.strips if day.number
    ]
    rows += [Row((None, "boneyard", None, *cells(line))) for line in report.boneyard]
    return Table(report.basis.title, report.heading, columns, tuple(rows))


def grouped(
    report: Schedule,
    words: Words,
    columns: tuple[Column, ...],
    cells: Callable[[StripLine], tuple[Cell, ...]],
    landscape: bool = False,
) -> Table:
    """The table of a schedule, whatever its columns: days as groups, then the boneyard and the counts.

    The columns have a `set` for the words of totals, and `pages` and `minutes` for what is added up.
    """
    shown = [n for n, column in enumerate(columns) if column.key != "script_day" or _any_script_day(report)]
    keys = [columns[n].key for n in shown]

    def kept(line: StripLine) -> Row:
        found = cells(line)
        return Row(tuple(found[n] for n in shown))

    def total(kind: str, told: str, pages: Eighths, minutes: Length | None) -> Row:
        values: dict[str, Cell] = {"set": told, "pages": pages, "minutes": minutes}
        return Row(tuple(values.get(key, "") for key in keys), "total" if kind == "total" else "subtotal")

    rows: list[Row] = []
    for day in report.days:
        rows.append(heading(day_heading(day, words)))
        if day.number:
            rows += [kept(line) for line in day.strips]
            rows.append(total("day", f"End of day {day.number} · {counted(day.scenes)}", day.pages, day.minutes))
    if report.boneyard:
        rows.append(heading("Boneyard: on no day"))
        rows += [kept(line) for line in report.boneyard]
        rows.append(total("day", counted(len(report.boneyard)), report.boneyard_pages, None))
    for name, counts in (("Blocks", report.blocks), ("Episodes", report.episodes)):
        if counts:
            rows.append(heading(name))
            rows += [total("count", f"{one.name} · {_said(one)}", one.pages, None) for one in counts]
    if report.days or report.boneyard:
        rows.append(total("total", _said(report.total), report.total.pages, report.minutes))
    return Table(
        report.basis.title,
        report.heading,
        tuple(columns[n] for n in shown),
        tuple(rows),
        subtitle=based_on(report.basis, words),
        period=dated(report.basis, words),
        landscape=landscape,
    )


def day_heading(day: DayLine, words: Words) -> str:
    """What stands over a day: its number and date, unit, call and places; or why nobody works."""
    if not day.number:
        return " · ".join(_filled(words.day(day.date), day.unit, f"OFF: {day.off}"))
    call = f"call {words.clock(day.call)}" if day.call is not None else ""
    first = f"Day {day.number} of {day.of}"
    return " · ".join(_filled(first, words.day(day.date), day.unit, call, ", ".join(day.locations), day.note))


def _filled(*words: str) -> Iterator[str]:
    return (word for word in words if word)


def _any_script_day(report: Schedule) -> bool:
    return any(line.script_day for day in report.days for line in day.strips) or any(
        line.script_day for line in report.boneyard
    )


def _said(count: Count) -> str:
    return f"{count.days} day{'s' * (count.days != 1)} · {counted(count.scenes)}"


def counted(scenes: int) -> str:
    """A number of scenes in words."""
    return f"{scenes} scene{'s' * (scenes != 1)}"


def banner(line: StripLine) -> str:
    """A banner as it reads among scenes: `LUNCH`, `MOVE to the lake`."""
    lead = {"meal": "", "move": "MOVE ", "text": "", "note": "Note: "}[line.kind]
    return lead + (line.words.upper() if line.kind == "meal" else line.words)


def numbers(line: StripLine) -> str:
    """The cast numbers of a scene, as they stand on a strip."""
    return ", ".join(artist.number for artist in line.cast)


def set_words(line: StripLine) -> str:
    """The set of a scene with its part, or a banner's words."""
    if line.kind != "scene":
        return banner(line)
    return line.set + (f" (part {line.part})" if line.part else "")


def _cells(line: StripLine) -> tuple[Cell, ...]:
    return (
        line.number,
        line.side,
        set_words(line),
        line.light.capitalize(),
        line.pages if line.kind == "scene" else None,
        numbers(line),
        line.synopsis,
        line.script_day,
        line.minutes or None,
    )


def data_cells(line: StripLine) -> tuple[Cell, ...]:
    """A strip's cells as data, after its date, unit and day."""
    return (
        line.kind,
        line.number,
        line.part,
        line.episode,
        line.side,
        line.set or line.words,
        line.time,
        line.light,
        line.pages,
        numbers(line),
        line.synopsis,
        line.script_day,
        line.location,
        line.minutes,
    )
