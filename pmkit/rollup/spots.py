"""What the words of the prompt mean on a board: a scene's strip, a day and a place in it, days that slip."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from pmkit.model.kinds import same_scene
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.schedule import Strip
from pmkit.problems import Fault
from pmkit.rollup import board as boards

BONEYARD = "boneyard"
_PART = re.compile(r"(\S+?)(?:\s+part\s+|\s*pt\.?\s*)(\d{1,2})(?:\s+of\s+\d{1,2})?", re.IGNORECASE)


class Spot(NamedTuple):
    """A place on a board: the unit's day and the strip's place in it, from zero. The boneyard has no unit and date."""

    unit: str
    date: dt.date | None
    place: int

    @property
    def day(self) -> tuple[str, dt.date | None]:
        """The day, or the boneyard."""
        return self.unit, self.date


def strips(production: Production) -> Iterator[tuple[Spot, Strip]]:
    """Every strip of the board with its place, the boneyard's last."""
    for unit, day in production.board.days():
        for index, strip in enumerate(day.strips):
            yield Spot(unit, day.date, index), strip
    for index, strip in enumerate(production.board.boneyard):
        yield Spot("", None, index), strip


def find(production: Production, word: str) -> tuple[Spot, Strip] | Fault:
    """The strip of a scene (`12A`) or of a part of one (`7 part 1`, `7pt1`)."""
    typed = " ".join(word.split())
    found = _of(production, typed, None)
    part = _PART.fullmatch(typed)
    if not found and part:
        typed = part[1]
        found = _of(production, typed, int(part[2]))
    if len(found) == 1:
        return found[0]
    if found:
        parts = [strip.part[0] for _, strip in found if strip.part]
        if len(set(parts)) == len(found):
            hint = f"say which part: {typed} part {min(parts)}"
            return Fault(f"scene {typed} is split in {len(found)}", hint, "scene-split")
        return Fault(
            f"scene {typed} is on the board {len(found)} times", "mend it first: pmkit validate", "scene-twice"
        )
    if part and _of(production, typed, None):
        there = [str(strip.part[0]) for _, strip in _of(production, typed, None) if strip.part]
        hint = f"it has {' and '.join(there)}" if there else "it is not split: a strip says 7 part 1 of 2"
        return Fault(f"scene {typed} has no part {part[2]} on the board", hint, "scene-split")
    scene = production.scene(typed)
    if scene is not None:
        why = "is omitted" if scene.omitted else "is nowhere on the board"
        hint = "" if scene.omitted else f"write it into the boneyard or onto a day: - {typed}"
        return Fault(f"scene {typed} {why}", hint, "scene-nowhere")
    return Fault(f"there is no scene {typed[:40]}", meant(typed, production.scenes), "unknown-scene")


def _of(production: Production, number: str, part: int | None) -> list[tuple[Spot, Strip]]:
    wanted = same_scene(number)
    return [
        (spot, strip)
        for spot, strip in strips(production)
        if strip.scene
        and same_scene(strip.scene) == wanted
        and (part is None or (strip.part is not None and strip.part[0] == part))
    ]


def target(production: Production, word: str, today: dt.date, unit: str = "") -> Spot | Fault:
    """The place that `DAY[:POSITION]` means: `14`, `14:2`, `second:3:1`, `2025-10-24:4`, `boneyard`.

    Positions count all strips of the day from one; without one it is after the last. In the spot
    that is the number of strips there now.
    """
    pieces = [piece.strip() for piece in word.split(":")]
    many = 2 if len(pieces) > 1 and pieces[0] in boards.units(production) else 1
    named, position = ":".join(pieces[:many]), pieces[many:]
    if named.lower() == BONEYARD:
        spot = Spot("", None, len(production.board.boneyard))
    else:
        day = boards.find_day(production, named, today, unit)
        if isinstance(day, Fault):
            return day
        spot = Spot(day.unit, day.date, len(day.slot.strips))
    if not position:
        return spot
    last = spot.place + 1
    if len(position) > 1 or not (position[0].isascii() and position[0].isdigit() and 1 <= int(position[0][:6]) <= last):
        hint = f"its strips are counted from 1; {last} is after the last: --to {named}:{last}"
        return Fault(f"{named} has no position {':'.join(position)[:20] or 'of that name'}", hint, "no-position")
    return spot._replace(place=int(position[0]) - 1)


class Slip(NamedTuple):
    """Days that slip: for a date the one whose content it gets, and the dates that are lost for work."""

    moves: dict[dt.date, dt.date]
    lost: tuple[dt.date, ...]
    emptied: tuple[dt.date, ...]


def slipped(production: Production, unit: str, first: dt.date, days: int, until: dt.date | None = None) -> Slip | Fault:
    """Every day of a unit from a date on, so many working dates later; with `until`, those up to a date.

    A working date is one on which the unit shoots already, whatever day of the week it is, or one
    without a slot that is neither a weekly day off nor a holiday. Slots that are off stay off.
    """
    slots = production.board.units.get(unit, {})
    shooting = [date for date in sorted(slots) if date >= first and slots[date].shoots]
    going = [date for date in shooting if until is None or date <= until]
    if not going:
        return Fault(f"{unit} has no shooting day from {first} on", "", "no-day")
    dates = _working(production, unit, going[0], going[-1], days)
    place = {date: index for index, date in enumerate(dates)}
    moves = {dates[place[date] + days]: date for date in going}
    taken = next((date for date in shooting if date not in going and date in moves), None)
    if taken is not None:
        return Fault(f"{taken} is taken: {going[-1]} would slip onto it", "let the days after it slip too", "day-taken")
    emptied = tuple(date for date in going if date not in moves)
    return Slip(moves, tuple(dates[:days]), emptied)


def _working(production: Production, unit: str, first: dt.date, last: dt.date, more: int) -> list[dt.date]:
    """The working dates from the first to the last, and so many after it."""
    slots = production.board.units[unit]
    settings = production.settings
    found: list[dt.date] = []
    after = 0
    day = first
    # A production that has every day of the week off takes each date as it comes.
    always = len(set(settings.days_off)) == 7
    while after < more:
        usual = always or day.weekday() not in settings.days_off
        usual = usual and not any(day in stretch for stretch in settings.holidays)
        if slots[day].shoots if day in slots else usual:
            found.append(day)
            after += day > last
        day += dt.timedelta(days=1)
    return found
