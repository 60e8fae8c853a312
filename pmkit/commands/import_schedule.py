"""`pmkit import schedule FILE`: another program's breakdown and boards, shown first, written with `--yes`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pmkit.exchange.scene_table import Reading
    from pmkit.files.folder import Folder
    from pmkit.files.incoming import Writing
    from pmkit.model.schedule import Board
    from pmkit.problems import Problem
    from pmkit.rollup.incoming import Incoming

_SECTIONS = ("cast", "locations", "breakdown", "schedule", "boards", "calendar", "imports")
_HELP = """A schedule from another program: .uss, or a table of scenes as .csv or .xlsx.

Makes breakdown.yaml, cast.yaml, schedule.yaml and boards/. Without --yes nothing is written, and
nothing that is there is written over: a breakdown of the same scenes is compared.

\b
Examples:
  pmkit import schedule "Salt Road.uss"
  pmkit import schedule "Salt Road.uss" --yes --board 'Rev. WHITE'
  pmkit import schedule scenes.csv --column 'Actors=cast' --start 2026-03-02
"""


@click.command("schedule", help=_HELP, short_help="A schedule: .uss, or a table of scenes.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write it; else it is only shown.")
@click.option(
    "--board", default="", metavar="NAME", help="The stripboard that becomes the schedule; else the first with days."
)
@click.option("--start", default=None, metavar="DATE", help="The first shooting day, where the file names none.")
@click.option("--episode", default="", metavar="NUMBER", help="In a series: the episode, where scene numbers say none.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help="Of a table: what a column is.")
@click.option("--sheet", default="", metavar="NAME", help="Of a workbook: the sheet to read.")
@options.in_production
def schedule(
    file: Path, yes: bool, board: str, start: str | None, episode: str, columns: tuple[str, ...], sheet: str
) -> int:
    """Another program's schedule into the folder."""
    from pmkit.files import edit
    from pmkit.files.incoming import Writing
    from pmkit.rollup import incoming as rollup

    folder = options.read(_SECTIONS)
    options.sound(folder, (*_SECTIONS, "production"), "imported")
    first = options.today(folder.production.settings, start) if start else None
    data, table = _data(file), None
    if file.suffix.lower() == ".uss" or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        from pmkit.exchange import uss_read

        found, problems = uss_read.read(data, file.name, folder.production, board=board, start=first, episode=episode)
    else:
        found, problems, table = _table(file, folder, first, episode, columns, sheet)
    code = _problems(problems, data)
    if found is None:
        return code
    found = rollup.numbered_as(folder.production, found)
    writing = Writing(folder, found)
    if writing.has_breakdown:
        _match(file, folder, found)
    for note in found.notes:
        options.say(f"note: {note}")
    drafts = writing.take()
    _plan(file, folder, found, writing)
    for sentence in writing.kept:
        options.say(sentence)
    if code:
        options.say(
            "\nThe file has errors; nothing is written." if yes else "\nThe file has errors, to be mended first."
        )
        return code
    names = " and ".join(", ".join(draft.file for draft in drafts).rsplit(", ", 1))
    if not drafts:
        options.say("\nNothing is written: what is there stays." if writing.has_breakdown else "\nNothing to write.")
        return 0
    if not yes:
        options.say(f"\nNothing is written yet. To write {names}: the same command with --yes")
        return 0
    if table is not None:
        from pmkit.files import roster

        drafts.append(roster.settled(folder.root, "schedule", file.name, table.columns(), {}))
    options.say(f"\nWrote {' and '.join(edit.write(folder.root, drafts))}.")
    options.say("Next: pmkit validate")
    return 0


def _data(file: Path) -> bytes:
    from pmkit.exchange import json_tree
    from pmkit.problems import Stop

    try:
        if not file.is_file():
            raise Stop(f"there is no file {file}", "is the name right?")
        with file.open("rb") as opened:
            return opened.read(json_tree.LARGEST + 1)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        raise Stop(f"{file} cannot be read: {why}", "is the name right?") from None


def _problems(problems: list[Problem], data: bytes) -> int:
    """What is wrong with the file, on stderr; 1 when something of it is an error."""
    from pmkit.render import problems as shown

    if not problems:
        return 0
    lines = data.decode("utf-8-sig", "replace").splitlines()

    def line(_: str, number: int) -> str | None:
        return lines[number - 1][:300] if 0 < number <= len(lines) else None

    options.say(shown.text(problems, line))
    return int(any(problem.severity == "error" for problem in problems))


def _table(
    file: Path, folder: Folder, start: dt.date | None, episode: str, columns: tuple[str, ...], sheet: str
) -> tuple[Incoming | None, list[Problem], Reading | None]:
    from pmkit.exchange import scene_table, sheet as sheets
    from pmkit.render import text

    saved = folder.production.imports.get("schedule")
    reading = scene_table.read(
        sheets.read(file),
        file.name,
        folder.production,
        saved=saved.columns if saved else {},
        told=options.pairs(columns, "--column", "Actors=cast"),
        sheet=sheet,
        start=start,
        episode=episode,
    )
    options.say(f"{file.name}: {len(reading.incoming.scenes)} scenes, headings in row {reading.row}\n")
    rows = [(word or "(no heading)", meant or "not read", sample[:40]) for word, meant, sample in reading.shown()]
    for line in text.table(("column", "field", "first cell"), rows, ("left", "left", "left")):
        options.say(line)
    options.say("")
    return reading.incoming, reading.problems, reading


def _match(file: Path, folder: Folder, found: Incoming) -> None:
    """A breakdown that shares no scene with the file is another production's."""
    from pmkit.problems import Stop

    if not any(folder.production.scene(key) for key in found.scenes):
        raise Stop(
            f"no scene of {file.name} is in breakdown.yaml, which has {len(folder.production.scenes)} scenes",
            "import it into a production without a breakdown: pmkit new",
        )


def _plan(file: Path, folder: Folder, found: Incoming, writing: Writing) -> None:
    """What would be made, or how the file differs from what is there, on stdout."""
    from pmkit.model.pages import Eighths
    from pmkit.rollup import incoming as rollup

    if writing.has_breakdown:
        lines = rollup.differences(folder.production, found)
        options.show(lines)
        options.say(
            f"{len(lines) or 'No'} difference{'' if len(lines) == 1 else 's'} between {file.name} and the folder."
        )
        return
    pages = Eighths(sum(scene.pages for scene in found.scenes.values()))
    parts = [f", {one.number} {one.character}" for one in [*found.cast.values()][:5]]
    counts: dict[str, set[str]] = {}
    for scene in found.scenes.values():
        for key, names in {"background": scene.background, **scene.elements}.items():
            counts.setdefault(key, set()).update(names)
    elements = ", ".join(f"{key} {len(names)}" for key, names in counts.items() if names)
    told = [
        f"breakdown: {len(found.scenes)} scenes, {pages} pages",
        f"cast: {len(found.cast)}{''.join(parts)}",
        f"elements: {elements or 'none'}",
    ]
    if found.locations:
        told.append(f"locations: {len(found.locations)}, {len(found.sets)} sets")
    if found.days_off or found.holidays:
        told.append(f"holidays: {', '.join(str(stretch) for stretch in found.holidays) or 'none'}")
    for name, board in found.every_board():
        told.append(f"boards/{name}: {_days(board)}" if name else f"schedule: {_days(board)}")
    options.show(told)


def _days(board: Board) -> str:
    told = []
    for unit, days in board.units.items():
        dates = sorted(date for date, day in days.items() if day.shoots)
        if dates:
            told.append(f"{unit} {len(dates)} day{'s' if len(dates) > 1 else ''}, {dates[0]} to {dates[-1]}")
    return "; ".join([*told, f"boneyard {len(board.boneyard)}"])
