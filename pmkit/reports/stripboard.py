"""The stripboard: every strip of the board in its colour, with the day break after each day's work.

A breakdown sheet carries its scene's number, so the scene's number alone stands on the strip.
Only privacy classes public and set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from pmkit.model import scene_number
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, basis, settled
from pmkit.reports.oneliner import set_words
from pmkit.reports.scheduled import Artist, Count, DayLine, Lines, StripLine
from pmkit.rollup.strips import ResolvedStrip, palette

SEES = frozenset({"public", "set"})
"""The privacy classes a stripboard may show."""

NAME = "Stripboard"
WEEK = "#F79646"  # between weeks: orange, as boards have it
KEY = {
    "int_day": "Int day",
    "ext_day": "Ext day",
    "dawn": "Dawn",
    "int_night": "Int night",
    "ext_night": "Ext night",
    "dusk": "Dusk",
}
"""The colours that the key of the board explains, in its order."""
_LIGHT_ENOUGH = 0.179  # above it black reads better than white, after WCAG's contrast


@dataclass(frozen=True, slots=True)
class Tone:
    """A strip's colour and the ink that reads on it, both as `#RRGGBB`; `name` where the key explains it."""

    fill: str
    ink: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class BoardStrip:
    """A strip of the board: a scene, or a banner (`kind` meal, move, text or note).

    `scene` is the scene's number, `number` as printed (`7pt1`), `label` the set with the part, or a
    banner as it reads. `colour` is the palette's key, empty for a banner; `night` asks for the
    hatch beside the word.
    """

    kind: str
    scene: str
    number: str
    episode: str
    side: str
    label: str
    synopsis: str
    time: str
    light: str
    colour: str
    night: bool
    pages: Eighths
    script_day: str
    location: str
    cast: tuple[Artist, ...]
    minutes: Length
    unit: str


@dataclass(frozen=True, slots=True)
class WeekEnd:
    """What a week held: its shooting days, scenes, pages and estimated hours, over all units."""

    number: int
    days: int
    scenes: int
    pages: Eighths
    minutes: Length


@dataclass(frozen=True, slots=True)
class BoardDay:
    """A unit's day: its strips, then the day break with its totals; or a slot that is `off` and why.

    `unit` is empty in a production with one unit. `colour` is the palette's key of a day off.
    `week` stands after the last day of a week, when another week follows.
    """

    date: date
    unit: str
    number: int
    of: int
    off: str
    colour: str
    note: str
    strips: tuple[BoardStrip, ...]
    scenes: int
    pages: Eighths
    minutes: Length
    week: WeekEnd | None = None


@dataclass(frozen=True, slots=True)
class Player:
    """A cast number on the board, the character and who plays it."""

    number: str
    character: str
    performer: str


@dataclass(frozen=True, slots=True)
class Stripboard:
    """A board as it is printed: days, what is on no day, the colours and the cast by number."""

    document: str
    basis: Basis
    palette: dict[str, Tone]
    cast: tuple[Player, ...]
    days: tuple[BoardDay, ...]
    boneyard: tuple[BoardStrip, ...]
    boneyard_pages: Eighths
    total: Count
    minutes: Length
    several: bool


def stripboard(production: Production, *, board: str = "", unit: str = "", episode: str = "") -> Stripboard | Fault:
    """The board asked for, of all units or one, of all episodes or one."""
    found = settled(production, board, unit, episode)
    if isinstance(found, Fault):
        return found
    lines = _Coloured(found)
    days = tuple(_weeks([_day(line) for line in lines.days(unit, episode) if line.strips or not episode]))
    boneyard = tuple(_strips(line for line in lines.boneyard() if episode in ("", line.episode)))
    strips = [strip for day in days for strip in day.strips]
    shot = [strip for strip in strips if strip.kind == "scene"]
    return Stripboard(
        document=NAME,
        basis=basis(found, board, unit, episode),
        palette=tones(found),
        cast=_players(found, [*shot, *boneyard]),
        days=days,
        boneyard=boneyard,
        boneyard_pages=Eighths(sum(strip.pages for strip in boneyard)),
        total=Count("", sum(not day.off for day in days), len(_numbers(shot)), Eighths(sum(s.pages for s in shot))),
        minutes=Length(sum(day.minutes for day in days)),
        several=any(day.unit for day in days),
    )


def tones(production: Production) -> dict[str, Tone]:
    """The colours of the board: the shipped ones, the production's own over them."""
    found = {"week": WEEK, **palette(production)}
    return {key: Tone(fill, ink(fill), KEY.get(key, "")) for key, fill in found.items()}


def ink(fill: str) -> str:
    """Black or white, whichever reads better on a colour `#RRGGBB`, after WCAG 2's relative luminance."""
    parts = [int(fill[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _LIGHT_ENOUGH else "#FFFFFF"


@dataclass(frozen=True, slots=True)
class _Tinted(StripLine):
    """A line of the schedule with what the board alone says of it."""

    tint: str = ""
    label: str = ""


class _Coloured(Lines):
    """The lines of a board with the colour of each strip."""

    def line(self, found: ResolvedStrip) -> StripLine:
        """A strip as the board prints it."""
        line = super().line(found)
        tint, label = "", set_words(line)
        if line.kind == "scene":
            tint = found.colour
            if found.scene is None:
                tint, label = "omitted", "not in the breakdown"
            elif found.scene.omitted:
                tint, label = "omitted", f"OMITTED {label}".strip()
        return _Tinted(**{one.name: getattr(line, one.name) for one in fields(line)}, tint=tint, label=label)


def _strips(lines: Iterable[StripLine], unit: str = "") -> Iterator[BoardStrip]:
    for line in lines:
        assert isinstance(line, _Tinted)
        yield BoardStrip(
            kind=line.kind,
            scene=line.scene,
            number=line.number,
            episode=line.episode,
            side=line.side,
            label=line.label,
            synopsis=line.synopsis,
            time=line.time,
            light=line.light,
            colour=line.tint,
            night=line.light == "night" and line.tint != "omitted",
            pages=line.pages,
            script_day=line.script_day,
            location=line.location,
            cast=line.cast,
            minutes=line.minutes,
            unit=unit,
        )


def _day(line: DayLine) -> BoardDay:
    colour = ("holiday" if line.off.strip().lower() == "holiday" else "off") if line.off else ""
    return BoardDay(
        date=line.date,
        unit=line.unit,
        number=line.number,
        of=line.of,
        off=line.off,
        colour=colour,
        note=line.note,
        strips=tuple(_strips(line.strips, line.unit)),
        scenes=line.scenes,
        pages=line.pages,
        minutes=line.minutes,
    )


def _weeks(days: list[BoardDay]) -> Iterator[BoardDay]:
    """The days with a separator after the last of each week but the last; weeks are counted from the first."""
    held: list[BoardDay] = []
    number = 1
    for n, day in enumerate(days):
        held.append(day)
        if n + 1 < len(days) and _monday(days[n + 1].date) != _monday(day.date):
            yield replace(day, week=_week(number, held))
            held, number = [], number + 1
        else:
            yield day


def _week(number: int, days: list[BoardDay]) -> WeekEnd:
    return WeekEnd(
        number,
        sum(not day.off for day in days),
        len(_numbers(strip for day in days for strip in day.strips if strip.kind == "scene")),
        Eighths(sum(day.pages for day in days)),
        Length(sum(day.minutes for day in days)),
    )


def _numbers(strips: Iterable[BoardStrip]) -> set[str]:
    """The scenes of strips: two parts of one scene are one."""
    return {scene_number.same(strip.scene) for strip in strips}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _players(production: Production, strips: list[BoardStrip]) -> tuple[Player, ...]:
    """The cast on the board in the order of cast.yaml, those it does not know after them."""
    used = {artist.number: artist for strip in strips for artist in strip.cast}
    cast = production.cast
    known = [Player(number, cast[number].character, cast[number].performer) for number in cast if number in used]
    return (*known, *(Player(number, "", "") for number in used if number not in cast))
