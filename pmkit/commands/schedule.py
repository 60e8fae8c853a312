"""`pmkit schedule`: strips and days are moved on the board, in place, and what that does is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, options
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.files.boards import Board
    from pmkit.files.folder import Folder
    from pmkit.model.production import Production
    from pmkit.rollup.spots import Spot

_HELP = """Moves scenes and days on the board: the lines that change in schedule.yaml, and no other.

Each says what it does to pages, cast days and holds, and which problems it makes or mends. A day
with an issued call sheet or a daily report is pinned: no command moves its date, number or strips.

\b
Examples:
  pmkit schedule move 12A --to 14          to the end of day 14
  pmkit schedule move 12A --to 14:2        as its second strip
  pmkit schedule move "7 part 2" --to second:3
  pmkit schedule swap 12A 31               two scenes
  pmkit schedule swap 2025-11-05 2025-11-06
  pmkit schedule slip tomorrow --because weather
  pmkit schedule unschedule 31             into the boneyard
  pmkit schedule board                     the boards there are
"""


@click.group(name="schedule", help=_HELP)
def command() -> None:
    """Groups what can be done to a board."""


def _act(function: Callable[..., None]) -> Callable[..., None]:
    """The options that every act on a board has."""
    for option in (
        click.option("--board", "name", metavar="NAME", default="", help="Another board than the current one."),
        click.option("--date", metavar="DATE", help="What today and tomorrow mean."),
        click.option("--dry-run", is_flag=True, help="Only show what it would do."),
        options.in_production,
    ):
        function = option(function)
    return function


_unit = click.option(
    "--unit", default="", metavar="UNIT", help="Whose days are meant.", shell_complete=completion.units
)


@command.command(short_help="Move a scene to another day, or place of its day.")
@click.argument("scene", nargs=-1, required=True, shell_complete=completion.scenes)
@click.option("--to", required=True, metavar="DAY[:POSITION]", shell_complete=completion.days, help="Or boneyard.")
@_unit
@_act
def move(scene: tuple[str, ...], to: str, unit: str, **given: Any) -> None:
    """Move a scene, or a part of one, to another day or place of the day."""
    _moved(" ".join(scene), to, unit, given)


@command.command()
@click.argument("scene", nargs=-1, required=True, shell_complete=completion.scenes)
@_act
def unschedule(scene: tuple[str, ...], **given: Any) -> None:
    """Take a scene off its day, into the boneyard."""
    _moved(" ".join(scene), "boneyard", "", given)


def _moved(scene: str, to: str, unit: str, given: dict[str, Any]) -> None:
    from pmkit.rollup import spots

    act = _Act(**given)
    source, strip = _held(spots.find(act.production, scene))
    target = _held(spots.target(act.production, to, act.today, unit))
    many = len(act.strips(source))
    if source.day == target.day and min(target.place, many - 1) == source.place:
        raise Stop(f"scene {scene} is there already: {act.said(source)}", exit_code=0)
    if source.day != target.day:
        owed = act.owed(source, strip.scene)
        act.unpinned(*([] if owed else [source]), target)
    else:
        act.unpinned(source)
    act.board.move(source, target)
    act.finish(f"Scene {_word(strip)}: {act.said(source)} → {{}}", target)


@command.command()
@click.argument("one", metavar="SCENE|DAY")
@click.argument("other", metavar="SCENE|DAY")
@click.option("--days", is_flag=True, help="The words are day numbers, not scenes.")
@_unit
@_act
def swap(one: str, other: str, days: bool, unit: str, **given: Any) -> None:
    """Let two scenes, or two days, change places. A plain number is a scene."""
    from pmkit.rollup import board, spots

    act = _Act(**given)
    if not days and not (_is_day(act, one) and _is_day(act, other)):
        first, strip = _held(spots.find(act.production, one))
        second, another = _held(spots.find(act.production, other))
        if first == second:
            raise Stop(f"scene {one} is scene {other}", "name two")
        act.unpinned(first, second)
        act.board.swap(first, second)
        act.finish(f"Scenes {_word(strip)} and {_word(another)}: {act.said(first)} ↔ {act.said(second)}")
        return
    a = _held(board.find_day(act.production, one, act.today, unit))
    b = _held(board.find_day(act.production, other, act.today, unit))
    if a.unit != b.unit or a.date == b.date:
        raise Stop(f"{one} and {other} are not two days of one unit", "days are swapped within their unit")
    act.unpinned(spots.Spot(a.unit, a.date, 0), spots.Spot(b.unit, b.date, 0))
    act.board.swap_days(a.unit, a.date, b.date)
    act.finish(f"{act.day(a.unit, a.date)} ↔ {act.day(b.unit, b.date)}")


def _is_day(act: _Act, word: str) -> bool:
    from pmkit.model import dates
    from pmkit.rollup import board

    head = word.partition(":")[0]
    named = ":" in word and head in board.units(act.production)
    return named or word.lower() in ("today", "tomorrow") or not isinstance(dates.parse(word), Fault)


@command.command(short_help="Let a day and all after it go to later dates.")
@click.argument("day", shell_complete=completion.days)
@click.option("--days", default=1, show_default=True, type=click.IntRange(1, 99), help="How many working days.")
@click.option("--because", default="", metavar="WORD", help="The lost date stays on the board, off for this: weather.")
@click.option("--until", metavar="DAY", help="The days after this one stay.", shell_complete=completion.days)
@_unit
@_act
def slip(day: str, days: int, because: str, until: str | None, unit: str, **given: Any) -> None:
    """Let every day from DAY on slip to later working dates: not to days off, not to holidays."""
    from pmkit.model import dates
    from pmkit.rollup import board, spots

    act = _Act(**given)
    first = _held(board.find_day(act.production, day, act.today, unit))
    last = _held(board.find_day(act.production, until, act.today, first.unit)).date if until else None
    found = _held(spots.slipped(act.production, first.unit, first.date, days, last))
    act.unpinned(*(spots.Spot(first.unit, date, 0) for date in sorted({*found.moves, *found.moves.values()})))
    act.board.slip(first.unit, found, because)
    lines = [f"{act.day(first.unit, old)} → {dates.said(new)}" for new, old in found.moves.items()]
    lost = f"{dates.said(first.date)} is off: {because}\n" if because else ""
    act.finish(lost + "\n".join(lines))


@command.command("board", short_help="List the boards, or make another the current.")
@click.argument("name", required=False)
@click.option("--current", is_flag=True, help="Make it the current board.")
@click.option("--keep", metavar="NAME", default="", help="What the board that was current is called from now on.")
@click.option("--dry-run", is_flag=True, help="Only show what it would do.")
@options.in_production
def boards(name: str | None, current: bool, keep: str, dry_run: bool) -> None:
    """List the boards there are, or make another one the current board."""
    from pmkit.commands import schedule_boards

    folder = options.read(schedule_boards.PARTS)
    if name is None:
        options.show(schedule_boards.listed(folder))
        return
    production = schedule_boards.named(folder.production, name)
    if not current:
        options.show(schedule_boards.told(production, name))
        return
    schedule_boards.hang(folder, name, keep or f"before-{name}", dry_run)


class _Act:
    """One act on a board: what it is about, whether it may be done, and what it did."""

    def __init__(self, name: str, date: str | None, dry_run: bool) -> None:
        from pmkit.commands import schedule_boards
        from pmkit.files.boards import Board
        from pmkit.files.pinned import pinned

        self.folder: Folder = options.read(schedule_boards.PARTS)
        schedule_boards.sound(self.folder)
        self.name = name
        self.dry_run = dry_run
        self.production: Production = schedule_boards.named(self.folder.production, name)
        self.today = options.today(self.production.settings, date)
        self.board: Board = Board(self.folder.root, name)
        self.pins = {} if name else pinned(self.folder)

    def strips(self, spot: Spot) -> tuple[Any, ...]:
        """The strips of a spot's day, or the boneyard's."""
        board = self.production.board
        return board.units[spot.unit][spot.date].strips if spot.date is not None else board.boneyard

    def day(self, unit: str, date: dt.date) -> str:
        """A day in words: `Thu 2025-10-23 (day 9)`."""
        return _day(self.production, unit, date)

    def said(self, spot: Spot) -> str:
        """A spot in words."""
        if spot.date is None:
            return "the boneyard"
        return f"{self.day(spot.unit, spot.date)}, strip {spot.place + 1}"

    def owed(self, spot: Spot, scene: str) -> bool:
        """Whether a day's report says that a scene was not shot, so that it may go to a later day."""
        from pmkit.model.kinds import same_scene

        daily = self.production.dailies.get((spot.date, spot.unit)) if spot.date is not None else None
        results = daily.scenes.items() if daily is not None else ()
        return any(r.result in ("owed", "dropped") for n, r in results if same_scene(n) == same_scene(scene))

    def unpinned(self, *spots: Spot) -> None:
        """Stops when one of the days is pinned."""
        for spot in spots:
            why = self.pins.get((spot.date, spot.unit)) if spot.date is not None else None
            if why is not None and spot.date is not None:
                what = "what happened that day is written" if why.startswith("daily/") else "its call sheet is issued"
                hint = "only days to come are moved; what is owed goes to one of them"
                raise Stop(f"{self.day(spot.unit, spot.date)} is pinned: {what} ({why}); nothing was changed", hint)

    def finish(self, told: str, target: Spot | None = None) -> None:
        """Writes the change, unless it is only to be shown, and says what it does."""
        from pmkit.commands import schedule_boards
        from pmkit.files import edit

        files = self.board.files()
        after, effect = schedule_boards.effect(self.folder, files, self.name)
        if not self.dry_run:
            edit.write(self.folder.root, self.board.drafts)
        if target is not None:
            where = "the boneyard" if target.date is None else _day(after, target.unit, target.date)
            told = told.format(where)
        options.show([told, *schedule_boards.shown(effect)])
        options.say(
            ("Nothing is written: --dry-run. It would change " if self.dry_run else "Changed ") + ", ".join(files)
        )


def _day(production: Production, unit: str, date: dt.date) -> str:
    from pmkit.model import dates
    from pmkit.rollup import board

    found = board.day_on(production, date, unit)
    number = "" if found is None else found.word(board.main_unit(production))
    return f"{dates.said(date)} ({f'day {number}' if number else unit})"


def _word(strip: Any) -> str:
    return f"{strip.scene} part {strip.part[0]}" if strip.part else str(strip.scene)


def _held(found: Any) -> Any:
    """What was found, or the reason why not as the end of the command."""
    if isinstance(found, Fault):
        raise Stop(found.message, found.hint)
    return found
