"""The board (schedule.yaml and boards/): dates are slots, strips are content."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pmkit.model import clock, kinds as k, pages
from pmkit.model.clock import Clock, Length
from pmkit.model.pages import Eighths
from pmkit.model.patterns import pattern
from pmkit.model.record import Record, field, said
from pmkit.model.tree import Scalar
from pmkit.problems import Fault

MEALS = ("breakfast", "lunch", "dinner", "supper", "second meal", "meal")
_PART = pattern(r"(\S+)\s+part\s+(\d{1,2})(?:\s+of\s+(\d{1,2}))?\s*(?:,\s*(.+))?", re.IGNORECASE)
_EIGHTHS = pattern(r"(?:\d{1,3}[ -])?\d{1,3}/8")
_PART_NUMBER = pattern(r"(\d{1,2})(?:\s+of\s+(\d{1,2}))?")


def with_length(text: str) -> tuple[str, Length | None]:
    """A banner's words and its length: what follows the last comma, if it is a time."""
    words, comma, last = text.rpartition(",")
    length = clock.parse_length(last) if comma else None
    if length is None or isinstance(length, Fault):
        return text.strip(), None
    return words.strip(), length


def _part(text: str) -> tuple[int, int] | Fault:
    found = _PART_NUMBER.fullmatch(text.strip())
    if found and 1 <= int(found[1]) <= int(found[2] or 99):
        return (int(found[1]), int(found[2] or 0))
    return Fault(f"{text[:20]} is not a part of a scene", "write part: 1 of 2", "bad-part")


class Strip(Record):
    """A strip: a scene or part of one, a meal, a company move, a note, or work without a scene.

    Short forms: `12A`, `7 part 1 of 2, 4/8`, `lunch`. A banner's length follows its last comma.
    `part` is (which, of how many; 0 when not said).
    """

    scene: str = field(k.scene, "public", default="")
    part: tuple[int, int] | None = field(k.Value(_part, "1 of 2"), "public", default=None)
    pages: Eighths | None = field(k.eighths, "public", default=None)
    estimate: Length | None = field(k.length, "public", default=None)
    move: str = field(k.text, "public", default="")
    note: str = field(k.text, "public", default="")
    text: str = field(k.text, "public", default="")
    meal: str = field(k.OneOf(*MEALS), "public", default="")
    location: str = field(k.ident, "public", default="")
    episode: str = field(k.text, "public", default="")
    length: Length | None = field(k.length, "public", default=None)

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault:
        """A scene, a part of a scene or a meal, as typed on one line."""
        typed = text.strip()
        meal, length = with_length(typed)
        if meal.lower() in MEALS:
            return {"meal": meal.lower(), "length": length}
        if found := _PART.fullmatch(typed):
            return _scene_part(found)
        if _EIGHTHS.fullmatch(typed):
            message = f"{typed} is a number of pages, not a scene: a comma inside [ ] ends the strip before it"
            return Fault(message, 'quote the whole strip: "7 part 1 of 2, 4/8"', "comma-ends-value")
        number = k.scene.parse(typed)
        if isinstance(number, Fault):
            hint = "write 12A, 7 part 1 of 2, lunch, or {move: …}, {note: …}, {text: …}"
            if re.search(r"\bmove\b", typed, re.IGNORECASE):
                hint = "write move: to the motel, 1:00"
            return Fault(f"{typed[:40]!r} is no strip", hint, "bad-strip")
        return {"scene": number}

    @classmethod
    def read(cls, node: Any, reader: Any, key: Any = None) -> Any:
        """Reads a strip and takes the length off a banner."""
        strip = super().read(node, reader, key)
        if isinstance(strip, Strip) and strip.episode and strip.scene:
            # One number from here on, however it was typed: {scene: 2, episode: 101} is 101-2.
            scene = strip.scene.removeprefix(f"{strip.episode}-")
            return strip.but(scene=f"{strip.episode}-{scene}")
        if isinstance(strip, Strip) and strip.length is None:
            for name in ("move", "note", "text"):
                words, length = with_length(getattr(strip, name))
                if length is not None:
                    return strip.but(**{name: words, "length": length})
        return strip

    @property
    def kind(self) -> str:
        """`scene`, `meal`, `move`, `text` or `note`."""
        for name in ("scene", "meal", "move", "text"):
            if getattr(self, name):
                return name
        return "note"


def _scene_part(found: re.Match[str]) -> dict[str, Any] | Fault:
    which, of_many = int(found[2]), int(found[3] or 0)
    if not 1 <= which <= (of_many or 99):
        return Fault(f"there is no part {which} of {of_many}", "write 7 part 1 of 2", "bad-part")
    count = pages.parse(found[4]) if found[4] else None
    if isinstance(count, Fault):
        return count
    return {"scene": found[1], "part": (which, of_many), "pages": count}


class ShootingDay(Record):
    """A shooting day, with its strips, or a day off with its reason: a slot of a unit's schedule."""

    date: dt.date = field(k.day, "public", from_key=True)
    call: Clock | None = field(k.clock_time, "public", default=None)
    strips: tuple[Strip, ...] = field(k.ListOf(k.Of(Strip)), "public", default=())
    off: str = field(k.text, "public", default="")
    note: str = field(k.text, "public", default="")
    location: str = field(k.ident, "public", default="")

    @classmethod
    def read(cls, node: Any, reader: Any, key: Any = None) -> Any:
        """Reads a day; a word alone is probably the reason why nobody works."""
        if isinstance(node, Scalar) and node.text and re.fullmatch(r"[\w-]+", node.text):
            reader.left_out.add("shootingday")
            hint = f"a day off says why: {{off: {'day off' if node.text == 'off' else node.text[:30]}}}"
            return reader.add(Fault(f"{said(node)} stands where a shooting day is wanted", hint, "not-fields"), node)
        return super().read(node, reader, key)

    @property
    def shoots(self) -> bool:
        """Whether it is a shooting day, which is numbered."""
        return not self.off

    def scenes(self) -> Iterator[Strip]:
        """Its strips that are scenes."""
        return (strip for strip in self.strips if strip.scene)


class Board(Record):
    """A board: each unit's days by date, and the boneyard."""

    units: dict[str, dict[dt.date, ShootingDay]] = field(
        k.MappingOf(k.ident, k.MappingOf(k.day, k.Of(ShootingDay))), "public", default={}
    )
    boneyard: tuple[Strip, ...] = field(k.ListOf(k.Of(Strip)), "public", default=())

    def days(self) -> Iterator[tuple[str, ShootingDay]]:
        """Every day of every unit, unit by unit in order of date."""
        for unit, days in self.units.items():
            for day in sorted(days):
                yield unit, days[day]
