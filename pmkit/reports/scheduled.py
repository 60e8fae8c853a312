"""The board as it is printed: days with their strips, what each holds, and the counts of all of it.

Shared by the one-line schedule and the shooting schedule. Only privacy classes public and set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pmkit.model import scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.clock import Clock, Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.schedule import ShootingDay
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, basis, settled
from pmkit.rollup import board as boards
from pmkit.rollup.strips import ResolvedStrip, Strips, palette

NO_PAGES, NO_TIME = Eighths(0), Length(0)


@dataclass(frozen=True, slots=True)
class Artist:
    """A cast number and the character it stands for."""

    number: str
    character: str


@dataclass(frozen=True, slots=True)
class Elements:
    """What a scene needs of one category."""

    category: str
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StripLine:
    """A strip: a scene or part of one, or a banner with its `words`.

    `kind` is scene, meal, move, text or note; `scene` the scene's number, `number` as printed
    (`7pt1`), `part` in words (`1 of 2`); `light` is day, night, dawn, dusk or empty,
    `chip` the key of its colour in the palette. `elements` are filled on a shooting
    schedule only.
    """

    kind: str
    scene: str = ""
    number: str = ""
    part: str = ""
    episode: str = ""
    side: str = ""
    set: str = ""
    time: str = ""
    light: str = ""
    chip: str = ""
    pages: Eighths = NO_PAGES
    cast: tuple[Artist, ...] = ()
    synopsis: str = ""
    script_day: str = ""
    location: str = ""
    minutes: Length = NO_TIME
    words: str = ""
    elements: tuple[Elements, ...] = ()


@dataclass(frozen=True, slots=True)
class DayLine:
    """A unit's day with its strips and totals, or a slot that is `off` and why.

    `unit` is empty in a production with one unit; `call` is the schedule's, approximate until
    the call sheet.
    """

    date: date
    unit: str
    number: int
    of: int
    call: Clock | None
    locations: tuple[str, ...]
    off: str
    note: str
    strips: tuple[StripLine, ...]
    scenes: int
    pages: Eighths
    minutes: Length


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of the whole, of an episode or of a block: days, scenes, pages.

    A scene shot in parts is one scene, and a date on which two units shoot is two days.
    """

    name: str
    days: int
    scenes: int
    pages: Eighths


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule by shooting day, with what is on no day yet and the counts."""

    heading: str
    basis: Basis
    days: tuple[DayLine, ...]
    boneyard: tuple[StripLine, ...]
    boneyard_pages: Eighths
    blocks: tuple[Count, ...]
    episodes: tuple[Count, ...]
    total: Count
    minutes: Length
    palette: dict[str, str]


def schedule(
    production: Production, heading: str, *, board: str = "", unit: str = "", episode: str = "", full: bool = False
) -> Schedule | Fault:
    """The schedule by date, then by unit; `full` adds every element of each scene.

    Of one `episode` only its scenes stand, on the days that have any; days keep their numbers.
    """
    found = settled(production, board, unit, episode)
    if isinstance(found, Fault):
        return found
    lines = Lines(found, full)
    days = tuple(day for day in lines.days(unit, episode) if day.strips or not episode)
    boneyard = tuple(line for line in lines.boneyard() if episode in ("", line.episode))
    return Schedule(
        heading=heading,
        basis=basis(found, board, unit, episode),
        days=days,
        boneyard=boneyard,
        boneyard_pages=Eighths(sum(line.pages for line in boneyard)),
        blocks=() if episode else _blocks(found, days),
        episodes=() if episode else _episodes(found, days),
        total=_count("", (line for day in days for line in _scenes(day)), sum(not day.off for day in days)),
        minutes=Length(sum(day.minutes for day in days)),
        palette=palette(found),
    )


class Lines:
    """The lines of a board; what all of them need is found once."""

    def __init__(self, production: Production, full: bool = False) -> None:
        self.production = production
        self.full = full
        self.strips = Strips(production)
        self.categories = production.settings.category_names()

    def days(self, unit: str = "", episode: str = "") -> Iterator[DayLine]:
        """Every slot on the board, in order of date and of units."""
        units = [unit] if unit else list(boards.units(self.production))
        numbers = {
            (name, day.date): (day.number, day.of) for name in units for day in boards.days(self.production, name)
        }
        slots = [(name, slot) for name in units for slot in self.production.board.units.get(name, {}).values()]
        order = {name: n for n, name in enumerate(units)}
        for name, slot in sorted(slots, key=lambda found: (found[1].date, order[found[0]])):
            number, of = numbers.get((name, slot.date), (0, 0))
            yield self._day(name, slot, number, of, episode)

    def _day(self, unit: str, slot: ShootingDay, number: int, of: int, episode: str) -> DayLine:
        resolved = [found for found in self.strips.of(slot) if episode in ("", self.episode(found))]
        places = [found.location for found in resolved] or [slot.location]
        known = self.production.locations
        return DayLine(
            date=slot.date,
            unit=boards.unit_title(self.production, unit),
            number=number,
            of=of,
            call=slot.call,
            locations=tuple(dict.fromkeys(known[key].name if key in known else key for key in places if key)),
            off=slot.off,
            note=slot.note,
            strips=tuple(self.line(found) for found in resolved),
            scenes=len({scene_number.same(found.strip.scene) for found in resolved if found.kind == "scene"}),
            pages=Eighths(sum(found.pages for found in resolved)),
            minutes=Length(sum(found.minutes.value for found in resolved)),
        )

    def boneyard(self) -> Iterator[StripLine]:
        """The strips that are on no day."""
        nowhere = ShootingDay(date=date.min)
        for strip in self.production.board.boneyard:
            yield self.line(self.strips.resolve(strip, nowhere))

    def episode(self, found: ResolvedStrip) -> str:
        """The episode of a strip; empty where there are none."""
        return (found.scene.episode if found.scene is not None else "") or found.strip.episode

    def line(self, found: ResolvedStrip) -> StripLine:
        """A strip as it is printed."""
        strip, scene = found.strip, found.scene
        where = self.production.locations.get(found.location)
        place = where.name if where is not None else found.location
        if found.kind != "scene":
            words = strip.meal or strip.move or strip.text or strip.note
            return StripLine(found.kind, words=words, location=place, minutes=found.minutes.value, pages=found.pages)
        part = f"{strip.part[0]} of {strip.part[1]}" if strip.part and strip.part[1] else ""
        if scene is None:
            return StripLine("scene", strip.scene, found.number, part, pages=found.pages, minutes=found.minutes.value)
        side, name, time, _ = scene.parts
        return StripLine(
            kind="scene",
            scene=strip.scene,
            number=found.number,
            part=part,
            episode=self.episode(found),
            side=side,
            set=name,
            time=time,
            light=found.light,
            chip=found.colour,
            pages=found.pages,
            cast=artists(self.production, scene),
            synopsis=scene.synopsis,
            script_day=scene.script_day,
            location=place,
            minutes=found.minutes.value,
            elements=elements(scene, self.categories) if self.full else (),
        )


def artists(production: Production, scene: Scene) -> tuple[Artist, ...]:
    """The cast of a scene, each with the character."""
    cast = production.cast
    return tuple(Artist(number, cast[number].character if number in cast else "") for number in scene.cast)


def elements(scene: Scene, categories: dict[str, str]) -> tuple[Elements, ...]:
    """Everything a scene needs by category, in the order of the breakdown sheet; background first."""
    found = [Elements("background", "Background", scene.background)] if scene.background else []
    order = {key: n for n, key in enumerate(categories)}
    for key in sorted(scene.elements, key=lambda key: order.get(key, len(order))):
        if scene.elements[key]:
            found.append(Elements(key, categories.get(key, key), scene.elements[key]))
    return tuple(found)


def _scenes(day: DayLine) -> Iterator[StripLine]:
    return (line for line in day.strips if line.kind == "scene")


def _count(name: str, lines: Iterable[StripLine], days: int) -> Count:
    found = list(lines)
    scenes = len({scene_number.same(line.scene) for line in found})
    return Count(name, days, scenes, Eighths(sum(line.pages for line in found)))


def _episodes(production: Production, days: tuple[DayLine, ...]) -> tuple[Count, ...]:
    names = production.settings.episodes
    held = _by_episode(days)
    order = dict.fromkeys([*names, *sorted(held)])
    return tuple(
        _count(f"{key} {names.get(key, '')}".strip(), held[key][0], len(held[key][1])) for key in order if key in held
    )


def _blocks(production: Production, days: tuple[DayLine, ...]) -> tuple[Count, ...]:
    held = _by_episode(days)
    found = []
    for name, episodes in production.settings.blocks.items():
        parts = [held[key] for key in episodes if key in held]
        if parts:
            lines = [line for part, _ in parts for line in part]
            found.append(_count(name, lines, len(set().union(*(at for _, at in parts)))))
    return tuple(found)


def _by_episode(days: tuple[DayLine, ...]) -> dict[str, tuple[list[StripLine], set[tuple[date, str]]]]:
    """The strips of each episode and the days on which it shoots."""
    found: dict[str, tuple[list[StripLine], set[tuple[date, str]]]] = {}
    for day in days:
        for line in _scenes(day):
            if line.episode:
                lines, at = found.setdefault(line.episode, ([], set()))
                lines.append(line)
                at.add((day.date, day.unit))
    return found
