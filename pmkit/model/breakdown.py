"""The script breakdown (breakdown.yaml): scenes, their headings and elements."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from pmkit.model import kinds as k
from pmkit.model.cast import cast_numbers
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.patterns import pattern
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

_SIDE = pattern(
    r"\s*(INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\.?\s*/\s*E|E\.?\s*/\s*I|INT|EXT|EST)(?:[.\s]|$)\s*(?:-+\s+)?",
    re.IGNORECASE,
)
_DASH = pattern(r"\s+[-\N{EN DASH}\N{EM DASH}]+\s+")
# British headings end in a stop or a comma and the time: INT. KITCHEN. NIGHT 2
_STOP = pattern(r"\s*[.,]\s+(?=[^.,]+$)")
# Heading words by the light they mean: strips are coloured by it.
LIGHT = {
    "dawn": ("DAWN", "SUNRISE", "FIRST LIGHT"),
    "dusk": ("DUSK", "SUNSET", "MAGIC HOUR", "TWILIGHT", "GOLDEN HOUR"),
    "night": ("NIGHT", "EVENING", "MIDNIGHT", "PRE-DAWN", "LATE NIGHT"),
    "day": ("DAY", "MORNING", "AFTERNOON", "NOON", "LATE AFTERNOON", "EARLY MORNING", "MIDDAY"),
}
_LIGHTS = {word: light for light, words in LIGHT.items() for word in words}
CARRIED = ("CONTINUOUS", "LATER", "SAME", "SAME TIME", "MOMENTS LATER")
# What may stand round such a word: THE NEXT MORNING, LATER THAT NIGHT, NIGHT 2, DAY FOR NIGHT.
_BEFORE = r"(?:\([^()]*\)\s*)?(?:(?:THE|NEXT|SAME|THAT|LATER|EARLY|EARLIER|LATE|MID|FOLLOWING|ANOTHER|ONE|A|FEW|LITTLE|\S+ MINUTES?|\S+ HOURS?)[ -])*"
_WORDS = "|".join(sorted([*_LIGHTS, *CARRIED], key=len, reverse=True))
_AFTER = rf"(?:[ /,]+(?:\d+[A-Z]?|FOR NIGHT|FOR DAY|(?:INTO |TO )?(?:{_WORDS}))|\s*\([^()]*\)|\s*\[[^\[\]]*\])*"
_TIME = pattern(f"{_BEFORE}({_WORDS}){_AFTER}", re.IGNORECASE)
# INT HOUSE DAY, without any dash
_BARE = pattern(r"(\S.*)\s+(DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|CONTINUOUS|LATER)", re.IGNORECASE)
_STORY_DAY = pattern(r"\b(?:DAY|NIGHT|MORNING|EVENING|AFTERNOON|DAWN|DUSK)\s+(\d{1,3}[A-Z]?)\b", re.IGNORECASE)


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
    breaks = [*_DASH.finditer(rest)] or [*_STOP.finditer(rest)]
    for gap in reversed(breaks):
        ends = next((after.start() for after in breaks if after.start() > gap.start()), len(rest))
        typed = _TIME.fullmatch(rest[gap.end() : ends].strip())
        if typed:
            return Heading(side, rest[: gap.start()], rest[gap.end() :], _LIGHTS.get(typed[1].upper(), ""))
    bare = _BARE.fullmatch(rest) if side and not breaks else None
    return Heading(side, bare[1], bare[2], _LIGHTS.get(bare[2].upper(), "")) if bare else Heading(side, rest, "", "")


def story_day(heading: str) -> str:
    """The script day that a heading names after its time of day (`NIGHT 2`), as in Britain; else empty."""
    found = _STORY_DAY.search(take_apart(heading).time)
    return found[1] if found else ""


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
    estimated: bool = field(k.flag, "public", default=False, note="the pages are an estimate, of 55 lines each")
    location: str = field(k.ident, "public", default="", note="where, if not where its set is")
    light: str = field(
        k.OneOf("day", "night", "dawn", "dusk"), "public", default="", note="if the heading leaves it open"
    )
    unit: str = field(k.ident, "public", default="")
    episode: str = field(k.text, "public", default="")
    omitted: bool = field(k.flag, "public", default=False)
    elements: dict[str, tuple[str, ...]] = field(k.texts, "public", default={})
    rest = "elements"

    @cached_property
    def parts(self) -> Heading:
        """The heading taken apart, with the light of the breakdown where the heading leaves it open."""
        parts = take_apart(self.heading)
        return parts._replace(light=self.light or parts.light)
