"""The script breakdown (breakdown.yaml): scenes, their headings and elements."""

from __future__ import annotations

import re
from typing import NamedTuple

from pmkit.model import kinds as k
from pmkit.model.cast import cast_numbers
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.record import Record, field

# Keys and printed names; the order in which a breakdown sheet lists them. After the Universal
# Category Identification Standard, ids 102 to 126; a production renames or adds its own.
CATEGORIES = {
    "stunts": "Stunts",
    "vehicles": "Vehicles",
    "picture_vehicles": "Picture vehicles",
    "props": "Props",
    "special_effects": "Special effects",
    "wardrobe": "Wardrobe",
    "makeup": "Make-up and hair",
    "animals": "Animals",
    "animal_handler": "Animal handler",
    "camera": "Camera",
    "grip": "Grip",
    "electric": "Electric",
    "sound": "Sound",
    "music": "Music",
    "art": "Art department",
    "set_dressing": "Set dressing",
    "greenery": "Greenery",
    "security": "Security",
    "special_equipment": "Special equipment",
    "labour": "Additional labour",
    "vfx": "Visual effects",
    "mechanical_effects": "Mechanical effects",
    "weapons": "Weapons",
    "notes": "Notes",
    "miscellaneous": "Miscellaneous",
}

_SIDE = re.compile(r"\s*(INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\s*/\s*E|E\s*/\s*I|INT|EXT|EST)[.\s]\s*", re.IGNORECASE)
_DASH = re.compile(r"\s+[-\N{EN DASH}\N{EM DASH}]+\s+")
# Heading words by the light they mean: strips are coloured by it.
LIGHT = {
    "dawn": ("DAWN", "SUNRISE", "FIRST LIGHT"),
    "dusk": ("DUSK", "SUNSET", "MAGIC HOUR", "TWILIGHT", "GOLDEN HOUR"),
    "night": ("NIGHT", "EVENING", "MIDNIGHT", "PRE-DAWN", "LATE NIGHT"),
    "day": ("DAY", "MORNING", "AFTERNOON", "NOON", "LATE AFTERNOON", "EARLY MORNING", "MIDDAY"),
}
_LIGHTS = {word: light for light, words in LIGHT.items() for word in words}
CARRIED = ("CONTINUOUS", "LATER", "SAME", "SAME TIME", "MOMENTS LATER")


class Heading(NamedTuple):
    """A scene heading taken apart: `INT`, `EXT` or `I/E`; the set; the time of day as typed; its light.

    `light` is `day`, `night`, `dawn` or `dusk`, or empty when the heading leaves it open
    (CONTINUOUS, LATER, no time at all).
    """

    side: str
    set: str
    time: str
    light: str


def take_apart(heading: str) -> Heading:
    """A heading's parts; what is not there is empty."""
    found = _SIDE.match(heading)
    side = ""
    rest = heading.strip()
    if found:
        letters = found[1].upper().replace(" ", "").replace(".", "")
        side = "I/E" if "/" in letters else "EXT" if letters == "EST" else letters
        rest = heading[found.end() :].strip()
    parts = _DASH.split(rest)
    time = ""
    if len(parts) > 1:
        last = re.sub(r"\s*\(.*\)\s*$", "", parts[-1]).strip().upper()
        if last in _LIGHTS or last in CARRIED or last.split(" ")[0] in _LIGHTS:
            time = parts[-1].strip()
            rest = rest[: rest.rindex(parts[-1])].rstrip(" -\N{EN DASH}\N{EM DASH}")
    word = re.sub(r"\s*\(.*\)\s*$", "", time).strip().upper()
    light = _LIGHTS.get(word) or _LIGHTS.get(word.split(" ")[0], "")
    return Heading(side, rest, time, light)


class Scene(Record):
    """A scene: heading, pages, cast and every element it needs."""

    number: str = field(k.scene, "public", from_key=True)
    heading: str = field(k.text, "public", default="")
    pages: Eighths = field(k.eighths, "public", default=Eighths(0))
    page: str = field(k.text, "public", default="", note="the page in the script, for sides")
    script_day: str = field(k.text, "public", default="")
    synopsis: str = field(k.text, "public", default="")
    cast: tuple[str, ...] = field(cast_numbers, "public", default=())
    background: tuple[str, ...] = field(k.texts, "public", default=())
    estimate: Length | None = field(k.length, "public", default=None, note="shooting time")
    estimated: bool = field(k.flag, "public", default=False, note="the pages are an estimate")
    location: str = field(k.ident, "public", default="", note="where, if not where its set is")
    light: str = field(
        k.OneOf("day", "night", "dawn", "dusk"), "public", default="", note="if the heading leaves it open"
    )
    unit: str = field(k.ident, "public", default="")
    episode: str = field(k.text, "public", default="")
    omitted: bool = field(k.flag, "public", default=False)
    elements: dict[str, tuple[str, ...]] = field(k.texts, "public", default={})
    rest = "elements"

    @property
    def parts(self) -> Heading:
        """The heading taken apart, with the light of the breakdown where the heading leaves it open."""
        parts = take_apart(self.heading)
        return parts._replace(light=self.light or parts.light)
