"""The departments as lists call them, and their ids in the folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pmkit.exchange.headings import folded

_NAMES: Final = {
    "production": "production|production office|producers|producing|office|unit production|production team|production department",
    "ad": "ad|ads|assistant directors|assistant director|direction|directing|ads department|floor|ad department",
    "continuity": "continuity|script|script supervision|script supervisor|script continuity",
    "accounting": "accounting|accounts|accountancy|production accounting|finance",
    "camera": "camera|camera crew|cinematography|photography|digital imaging|dit",
    "sound": "sound|production sound|audio|sound recording",
    "grip": "grip|grips|key grip",
    "electric": "electric|electrical|electrics|electricians|lighting|set lighting|sparks|lighting department|electric lighting|gaffer",
    "art": "art|production design|art direction",
    "set-dressing": "set dressing|set dec|set decoration|set decorating|set decorators|dressing",
    "construction": "construction|build|carpentry|scenic|paint",
    "props": "props|property|properties|prop|property master",
    "wardrobe": "wardrobe|costume|costumes|costume design|wardrobe costume|costume wardrobe",
    "makeup": "makeup|make up|hair makeup|hair and makeup|hair make up|hair and make up|makeup hair|makeup and hair|make up hair|make up and hair|hmu|hair|hmua",
    "locations": "locations|location|location department|locations department",
    "transport": "transport|transportation|trans|drivers|transpo",
    "catering": "catering|caterer|caterers",
    "craft-service": "craft service|craft services|crafty|crafts|kraft service",
    "stunts": "stunts|stunt",
    "sfx": "sfx|special effects|spfx|physical effects",
    "vfx": "vfx|visual effects",
    "post": "post|post production|postproduction|editorial|editing|edit",
    "casting": "casting|extras casting|background casting",
    "medical": "medical|medic|medics|set medic|first aid|health and safety|safety",
    "security": "security",
    "video": "video|video assist|playback|vtr|video playback",
    "publicity": "publicity|stills|epk|unit publicity|bts",
}  # fmt: skip
_IDS: Final = {word: key for key, words in _NAMES.items() for word in words.split("|")}
_SUFFIX: Final = re.compile(r"[ ,]*\b(?:dept|department|departement|dep|crew|team)\b\.?\s*:?$|\s*:$", re.IGNORECASE)
# Where a list has neither a column nor headings for departments, the position tells it.
_POSITIONS: Final = (
    (r"script superv|continuity", "continuity"),
    (r"\b(?:assistant director|1st ad|2nd ad|2nd 2nd|3rd ad|first ad|second ad|set pa|set production assistant)\b", "ad"),
    (r"photograph|camera|\b(?:dp|dop|dit|1st ac|2nd ac|loader|focus puller|clapper)\b|digital imaging|steadicam", "camera"),
    (r"sound|boom|mixer|audio", "sound"),
    (r"\bgrip\b|dolly", "grip"),
    (r"gaffer|electric|lighting|spark|genn[yi]|generator", "electric"),
    (r"set dec|leadman|dresser|swing|buyer", "set-dressing"),
    (r"prop", "props"),
    (r"art direct|production design|graphic|art department", "art"),
    (r"construct|carpent|scenic|paint", "construction"),
    (r"costum|wardrobe", "wardrobe"),
    (r"make-?\s?up|hair|\bhmu", "makeup"),
    (r"location|scout", "locations"),
    (r"driver|transport", "transport"),
    (r"stunt", "stunts"),
    (r"special effects|sfx|pyro|armou?rer", "sfx"),
    (r"visual effects|vfx", "vfx"),
    (r"edit|post", "post"),
    (r"account|payroll", "accounting"),
    (r"cater|chef", "catering"),
    (r"craft", "craft-service"),
    (r"medic|nurse", "medical"),
    (r"casting", "casting"),
    (r"producer|director|production|upm|line prod|coordinator|runner|office|writer", "production"),
)  # fmt: skip


def bare(name: str) -> str:
    """A department's name without what only says that it is one: `Camera Dept.` is `Camera`."""
    words = " ".join(name.split()).strip("-–—*= ")
    return _SUFFIX.sub("", words).strip(" ,-–—") or words


def known(name: str, own: Mapping[str, str], settled: Mapping[str, str]) -> str:
    """The id of a department by its name: as settled before, the production's own, or the trade's; else nothing.

    `own` are the production's departments, id to printed name; `settled` names to ids.
    """
    for typed in (name, bare(name)):
        word = folded(typed)
        for names in (
            {folded(was): key for was, key in settled.items()},
            {folded(title): key for key, title in own.items()} | {folded(key): key for key in own},
            _IDS,
        ):
            if found := names.get(word):
                return found
    return ""


def made(name: str) -> str:
    """An id for a department that nobody knows: its name in small letters and hyphens."""
    found = re.sub(r"[^a-z0-9]+", "-", folded(bare(name)))[:40].strip("-")
    if not found or not found.isascii():
        return "department"
    return found if found[0].isalpha() and found not in ("sets", "boneyard") else f"d-{found}"


def of_position(position: str) -> str:
    """The department that a position belongs to; nothing when it does not say."""
    text = position.casefold()
    return next((key for pattern, key in _POSITIONS if re.search(pattern, text)), "")


def vacancy(name: str, own: Mapping[str, str], settled: Mapping[str, str]) -> bool:
    """Whether a row's only words, in the column of positions, are a position nobody holds yet and no heading.

    `2nd AC` is a position; `Camera & Grip`, `Drivers` and `Camera Unit` are headings.
    """
    parts = [part for part in re.split(r"\s*(?:&|/|\+|,|\band\b)\s*", name) if part]
    if len(parts) > 1 and all(known(part, own, settled) for part in parts):
        return False
    return bool(of_position(name)) and not re.search(r"(?:\bunit|s)\s*$", name.casefold())
