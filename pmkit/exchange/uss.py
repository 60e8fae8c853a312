"""The words of the Universal Schedule Standard (.uss) that reading and writing share.

After the standard's document and the Universal Category Identification Standard, version 1.0.0;
the older Entertainment Industry Breakdown Format numbers its categories from 111 on otherwise.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from pmkit.exchange.headings import folded
from pmkit.model import clock
from pmkit.model.breakdown import CATEGORIES, take_apart
from pmkit.model.clock import Length
from pmkit.model.kinds import RESERVED
from pmkit.model.pages import Eighths
from pmkit.model.schedule import MEALS, Strip, with_length
from pmkit.problems import Fault

ROOT: Final = "universalScheduleStandard"
OLD_ROOT: Final = "entertainmentIndustryBreakdownFormat"
VERSION: Final = "1.0.0"

SET, SIDE, TIME, SCRIPT_DAY, UNIT, SEQUENCE, LOCATION = range(7)
CAST, BACKGROUND = 100, 101
SCENE_NAMES: Final[Mapping[int, str]] = {
    SET: "Set",
    SIDE: "INT/EXT",
    TIME: "Day/Night",
    SCRIPT_DAY: "Script Day",
    UNIT: "Unit",
    SEQUENCE: "Sequence",
    LOCATION: "Location",
    CAST: "Cast Members",
    BACKGROUND: "Background Actors",
}
_SAME: Final = {
    102: "stunts",
    103: "vehicles",
    104: "props",
    105: "special_effects",
    106: "wardrobe",
    107: "makeup",
    108: "animals",
    109: "animal_handler",
    110: "camera",
}
_NEW: Final = (
    "grip electric sound music art set_dressing greenery security special_equipment labour vfx "
    "mechanical_effects notes notes miscellaneous miscellaneous"
)
_OLD: Final = (
    "music sound art set_dressing greenery security special_equipment labour vfx mechanical_effects "
    "notes notes miscellaneous miscellaneous"
)
ACTIONS: Final[Mapping[int, str]] = {**_SAME, **dict(enumerate(_NEW.split(), 111))}
OLD_ACTIONS: Final[Mapping[int, str]] = {**_SAME, **dict(enumerate(_OLD.split(), 111))}
MAIN: Final = ("main", "first", "1st", "main unit", "first unit", "1st unit", "unit 1")
"""What the main unit is called."""

CUSTOM: Final = 500
"""The first number that a production's own category may have."""

# What categories are called in practice, by the number or key they mean.
_CALLED: Final[Mapping[int | str, str]] = {
    SET: "set|sets|set name",
    SIDE: "int ext|i e|int",
    TIME: "day night|d n|time of day|time",
    SCRIPT_DAY: "script day|story day|script days",
    UNIT: "unit|units",
    SEQUENCE: "sequence|sequences",
    LOCATION: "location|locations",
    CAST: "cast|cast members|cast member|actors|talent|principals",
    BACKGROUND: "background|background actors|background performers|extras|bg|atmosphere",
    "stunts": "stunt",
    "vehicles": "vehicle",
    "props": "prop|properties",
    "special_effects": "sfx|spfx|fx|physical effects",
    "wardrobe": "costumes|costume",
    "makeup": "makeup hair|make up|make up hair|hair makeup|hair and makeup|makeup and hair|hair",
    "animals": "animal|livestock",
    "animal_handler": "animal wrangler|animal wranglers|animal handlers|wrangler",
    "electric": "electrical|lighting",
    "art": "art dept",
    "set_dressing": "set dec|set decoration|dressing",
    "greenery": "greens",
    "special_equipment": "special equip|equipment",
    "labour": "additional labor|labor|additional labour",
    "vfx": "visual effect",
    "mechanical_effects": "mfx|mechanical fx",
    "notes": "note|comments|production notes",
    "miscellaneous": "misc|other",
}
_BY_NAME: Final[Mapping[str, int | str]] = {
    **{folded(name): key for key, name in CATEGORIES.items()},
    **{word: key for key, words in _CALLED.items() for word in words.split("|")},
}
_SIDE = re.compile(r"\s*((?:INT|EXT|EST|[IE])\.?(?:\s*/\s*(?:INT|EXT|[IE]))?)(?=[.\s])", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_MOVE = re.compile(r"company move[:,]?\s+(\S.*)", re.IGNORECASE)
_CALL = re.compile(r"crew call[:,]?\s+(.+)", re.IGNORECASE)
SHOOTING_DAY: Final = "Shooting day"
LONGEST: Final = Length(99 * 60 + 59)
NO_PAGES: Final = Eighths(0)


def one_id(kind: str, *parts: object) -> str:
    """An id of 24 hexadecimal signs that the same thing has in every export."""
    told = "\x1f".join([kind, *(str(part) for part in parts)])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:24]


def moment(day: dt.date) -> str:
    """A date as the standard writes it."""
    return f"{day.isoformat()}T00:00:00.000Z"


def day_of(text: str) -> dt.date | None:
    """The calendar date a moment means: programs write a date as their own midnight in UTC, so it is the nearest."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}))?", text.strip(), re.ASCII)
    if found is None:
        return None
    try:
        return dt.date.fromisoformat(found[1]) + dt.timedelta(days=int(found[2] or 0) >= 12)
    except (ValueError, OverflowError):
        return None


def category(name: str, number: int | None, old: bool, own: Mapping[str, str]) -> int | str | None:
    """What a category means: a number of the scene's own, or a key of the breakdown; None for a stranger.

    Its name decides when it is known, for two numberings are about; else its number. `own` are
    the production's categories by key.
    """
    word = folded(name)
    mine = next((key for key, called in own.items() if word in (folded(called), folded(key))), None)
    meant = mine or _BY_NAME.get(word)
    if meant is None and number is not None:
        meant = number if number in SCENE_NAMES else (OLD_ACTIONS if old else ACTIONS).get(number)
    return meant


def numbers() -> dict[str, int]:
    """The number of each category of the breakdown that has one, by key."""
    found: dict[str, int] = {}
    for number, key in ACTIONS.items():
        found.setdefault(key, number)
    return found


def clean(text: str) -> str:
    """Somebody's text on one line, without what cannot be seen."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def slug(text: str, join: str = "-") -> str:
    """An id made of a name: small letters, figures and hyphens, beginning with a letter; may be empty."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", join, plain.replace("'", "")).strip(join)[:40].strip(join)
    if made in RESERVED:
        return f"{made}{join}1"
    return f"x{join}{made}" if made[:1].isdigit() else made


def unit_id(name: str) -> str:
    """The id of a unit by what it is called: `2nd Unit` is `second`, the first is `main`."""
    bare = re.sub(r"\s+unit$", "", name.strip(), flags=re.IGNORECASE)
    if name.strip().lower() in MAIN or bare.lower() in (*MAIN, ""):
        return "main"
    return {"2nd": "second", "3rd": "third"}.get(bare.lower()) or slug(bare) or "unit"


def banner(strip: Strip) -> str:
    """The words on the banner of a meal, a move or a note."""
    if strip.meal:
        return strip.meal.capitalize()
    return f"Company move {strip.move}" if strip.move else strip.note or strip.text


def from_banner(words: str, length: Length | None) -> dict[str, Any]:
    """What a banner's words mean: the fields of a strip that is a meal, a move or a note."""
    text = words
    if length is None:
        text, length = with_length(words)
    if text.lower() in MEALS:
        return {"meal": text.lower(), "length": length}
    if found := _MOVE.fullmatch(text):
        return {"move": found[1], "length": length}
    return {"note": text or words, "length": length}


def call_of(words: str) -> clock.Clock | Fault | None:
    """The crew call that a banner at the head of a day tells; a `Fault` when it tells none."""
    if words == SHOOTING_DAY:
        return None
    found = _CALL.fullmatch(words)
    return clock.parse(found[1]) if found else Fault("no crew call")


def typed_side(heading: str) -> str:
    """What a heading begins with, as typed and without its last full stop: `INT`, `INT./EXT`, `I/E`."""
    found = _SIDE.match(heading) if take_apart(heading).side else None
    return " ".join(found[1].split()) if found else ""


def heading(side: str, place: str, time: str) -> str:
    """A scene heading put together as scripts write it: `INT./EXT. CAR - DAY`."""
    start = side.upper() if side else ""
    if start:
        start = start if start.endswith(".") else start + ("" if start in ("I/E", "E/I") else ".")
    return " - ".join(part for part in (f"{start} {place}".strip(), time) if part)
