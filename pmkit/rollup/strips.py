"""Strips with what they stand for: the scene or part of it, its pages, light, place and shooting time."""

from __future__ import annotations

from pmkit.model import scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.clock import Length
from pmkit.model.frozen import frozen
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.rollup.figure import Figure

# Strip colours as shipped; production.yaml's palette goes over them. Their lightness is spread so
# that a copier tells them apart, and the words INT, EXT, Day, Night always stand beside them.
PALETTE = {
    "int_day": "#FFFFFF",
    "ext_day": "#FFF04D",
    "dawn": "#FBCBDB",
    "ext_night": "#9BDCA0",
    "dusk": "#F5A55A",
    "int_night": "#7DB3EA",
    "omitted": "#C9C9C9",
    "off": "#C9C9C9",
    "holiday": "#E06A5E",
}
_STEP = 5


@frozen
class ResolvedStrip:
    """A strip of a day and what the breakdown says of it.

    `number` is the scene as printed (`7pt1`), `light` is day, night, dawn, dusk or empty,
    `location` an id, `minutes` the time it takes with the rule that gave it.
    """

    strip: Strip
    kind: str
    scene: Scene | None
    number: str
    pages: Eighths
    light: str
    location: str
    minutes: Figure[Length]

    @property
    def cast(self) -> tuple[str, ...]:
        """The cast numbers of the scene."""
        return self.scene.cast if self.scene is not None else ()

    @property
    def colour(self) -> str:
        """The palette's key for it; INT/EXT takes the exterior's colour."""
        if self.light in ("dawn", "dusk"):
            return self.light
        side = self.scene.parts.side if self.scene is not None else "EXT"
        return f"{'int' if side == 'INT' else 'ext'}_{'night' if self.light == 'night' else 'day'}"


class Strips:
    """Resolves strips of one production; what is looked up for all of them is found once."""

    def __init__(self, production: Production, board: Board | None = None) -> None:
        self.production = production
        self.board = board or production.board
        self.lights = lights(production)
        self._parts: dict[str, list[Strip]] = {}
        for _, day in sorted(self.board.days(), key=lambda found: found[1].date):
            for strip in day.scenes():
                self._parts.setdefault(scene_number.same(strip.scene), []).append(strip)

    def of(self, day: ShootingDay) -> tuple[ResolvedStrip, ...]:
        """A day's strips, in order."""
        return tuple(self.resolve(strip, day) for strip in day.strips)

    def resolve(self, strip: Strip, day: ShootingDay) -> ResolvedStrip:
        """A strip with its scene, pages, light, place and time; what is not known is empty."""
        scene = self.production.scene(strip.scene) if strip.scene else None
        pages = self.pages(strip, scene)
        number = strip.scene + (f"pt{strip.part[0]}" if strip.part else "")
        key = self.production.scene_keys.get(scene_number.same(strip.scene), "")  # of a series: 101-12
        light = self.lights.get(key, "")
        where = strip.location or (self.location_of(scene) if scene is not None else "") or day.location
        return ResolvedStrip(strip, strip.kind, scene, number, pages, light, where, self.minutes(strip, scene, pages))

    def pages(self, strip: Strip, scene: Scene | None) -> Eighths:
        """A strip's own pages; else the scene's, less what its other parts say they hold.

        Several parts that say nothing share what is left, the earlier ones the odd eighths.
        """
        if strip.pages is not None:
            return strip.pages
        if scene is None:
            return Eighths(0)
        parts = self._parts.get(scene_number.same(strip.scene), [])
        silent = [part for part in parts if part.part and part.pages is None]
        if strip.part is None or not silent:
            return scene.pages
        rest = max(0, scene.pages - sum(part.pages or 0 for part in parts if part.part))
        share, odd = divmod(rest, len(silent))
        which = next((n for n, part in enumerate(silent) if part is strip), 0)
        return Eighths(share + (which < odd))

    def location_of(self, scene: Scene) -> str:
        """Where a scene is shot: its own location, else where its set is."""
        return scene.location or self.production.location_of_set(scene.parts.set)

    def minutes(self, strip: Strip, scene: Scene | None, pages: Eighths) -> Figure[Length]:
        """The time a strip takes: typed, or the scene's estimate, or its pages at the production's pace."""
        day = self.production.settings.working_day
        if strip.estimate is not None:
            return Figure(strip.estimate, "estimate on the strip", (strip.place("estimate"),))
        if strip.length is not None:
            return Figure(strip.length, "length on the strip", (strip.place(),))
        if strip.kind == "meal":
            return Figure(day.meal, "length of a meal", (day.place("meal"),))
        if scene is None:
            return Figure(Length(0), "no length given", (strip.place(),))
        if scene.estimate is not None and pages in (scene.pages, 0):
            return Figure(scene.estimate, "the scene's estimate", (scene.place("estimate"),))
        if scene.estimate is not None and scene.pages:
            share = Length(_stepped(scene.estimate * pages, scene.pages))
            return Figure(share, f"{pages} of {scene.pages} pages of the scene's estimate", (scene.place("estimate"),))
        rule = f"{pages} pages at {day.pace} a page, to the next {_STEP} minutes"
        return Figure(Length(_stepped(day.pace * pages, 8)), rule, (scene.place("pages"), day.place("pace")))


def lights(production: Production) -> dict[str, str]:
    """The light of every scene by its key; CONTINUOUS, LATER and SAME take it from the scene before.

    Before means in script order; an omitted scene gives nothing on.
    """
    found: dict[str, str] = {}
    before = ""
    for key in sorted(production.scenes, key=scene_number.sort_key):
        scene = production.scenes[key]
        if scene.omitted:
            continue
        before = found[key] = scene.parts.light or before
    return found


def total_pages(strips: tuple[ResolvedStrip, ...]) -> Eighths:
    """The pages of a day's scenes."""
    return Eighths(sum(found.pages for found in strips if found.kind == "scene"))


def total_scenes(strips: tuple[ResolvedStrip, ...]) -> int:
    """How many scenes a day has; two parts of one scene are one."""
    return len({scene_number.same(found.strip.scene) for found in strips if found.kind == "scene"})


def palette(production: Production) -> dict[str, str]:
    """Strip colours: the shipped ones, the production's own over them."""
    return {**PALETTE, **production.settings.palette}


def _stepped(product: int, whole: int) -> int:
    """A quotient in minutes, up to the next five."""
    return -(-product // (whole * _STEP)) * _STEP
