"""The shooting schedule: by shooting day, each scene with its cast by name and every element by category."""

from __future__ import annotations

from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports import oneliner
from pmkit.reports.basis import Words
from pmkit.reports.scheduled import Schedule, StripLine, schedule
from pmkit.reports.table import Cell, Column, Table

SEES = frozenset({"public", "set"})
"""The privacy classes a schedule may show."""

NAME = "Shooting schedule"


def shooting(production: Production, *, board: str = "", unit: str = "", episode: str = "") -> Schedule | Fault:
    """The shooting schedule of a board, of one unit or one episode of it."""
    return schedule(production, NAME, board=board, unit=unit, episode=episode, full=True)


def data(report: Schedule) -> Table:
    """The shooting schedule as data: a row a strip, a column for each category that any scene uses."""
    lines = [*(line for day in report.days for line in day.strips), *report.boneyard]
    used = {group.category: group.name for line in lines for group in line.elements}
    columns = (*oneliner.DATA, *(Column(key, name) for key, name in sorted(used.items())))

    def cells(line: StripLine) -> tuple[Cell, ...]:
        held = {group.category: group.items for group in line.elements}
        return (*oneliner.data_cells(line), *("; ".join(held.get(key, ())) for key in sorted(used)))

    return oneliner.flat(report, columns, cells)


_COLUMNS = (
    Column("scene", "Sc.", strong=True),
    Column("ie", "I/E"),
    Column("set", "Set", width=1),
    Column("light", "D/N"),
    Column("pages", "Pages", "pages"),
    Column("cast", "Cast", width=1),
    Column("synopsis", "Synopsis", width=1.5),
    Column("needs", "Needs", width=2),
    Column("script_day", "Script day"),
    Column("minutes", "Est.", "length"),
)


def table(report: Schedule, words: Words) -> Table:
    """The shooting schedule as a table: a group a day, each scene's needs in one cell."""
    return oneliner.grouped(report, words, _COLUMNS, _cells, landscape=True)


def _cells(line: StripLine) -> tuple[Cell, ...]:
    return (
        line.number,
        line.side,
        oneliner.set_words(line),
        line.light.capitalize(),
        line.pages if line.kind == "scene" else None,
        ", ".join(f"{artist.number} {artist.character}".strip() for artist in line.cast),
        line.synopsis,
        "; ".join(f"{group.name}: {', '.join(group.items)}" for group in line.elements),
        line.script_day,
        line.minutes or None,
    )
