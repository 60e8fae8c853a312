"""What happened on one unit's day (daily/DATE-UNIT.yaml): 2nd AD and script supervisor."""

from __future__ import annotations

import re
from typing import Any

from pmkit.model import kinds as k, pages
from pmkit.model.cast import cast_number
from pmkit.model.clock import Clock, Span
from pmkit.model.pages import Eighths
from pmkit.model.record import Record, field
from pmkit.problems import Fault

_SCREEN = re.compile(r"(\d{1,3}):([0-5]\d)")


def _screen_time(text: str) -> int | Fault:
    found = _SCREEN.fullmatch(text.strip())
    if found:
        return int(found[1]) * 60 + int(found[2])
    return Fault(f"{text[:20]} is not a screen time", "minutes and seconds: 2:35", "bad-length")


class SceneResult(Record):
    """What became of a scene on the day: `shot`, `owed`, `part 1/8`, `dropped`, `added`."""

    result: str = field(k.OneOf("shot", "part", "owed", "dropped", "added"), "public")
    pages: Eighths | None = field(k.eighths, "public", default=None)
    setups: int | None = field(k.integer, "public", default=None)
    screen_time: int | None = field(k.Value(_screen_time, "m:ss"), "public", default=None)
    note: str = field(k.text, "public", default="")

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault:
        """`shot`, `owed`, or `part` with the pages that were done."""
        word, _, rest = text.strip().partition(" ")
        if word in ("shot", "owed", "dropped", "added", "part"):
            count = pages.parse(rest) if rest else None
            if isinstance(count, Fault):
                return count
            return {"result": word, "pages": count}
        return Fault(f"{text[:30]!r} is not what became of a scene", "write shot, owed or part 3/8", "unknown-word")


class Hours(Record):
    """Hours: a person's or a department's, where they differ from the day's."""

    in_: Clock | None = field(k.clock_time, "set", default=None)
    out: Clock | None = field(k.clock_time, "set", default=None)
    meals: tuple[Span, ...] = field(k.ListOf(k.span, single=True), "set", default=())
    nd: Span | None = field(k.span, "set", default=None, note="a non-deductible meal")
    travel: str = field(k.text, "set", default="")
    note: str = field(k.text, "set", default="")


class CastHours(Record):
    """Cast hours: a cast member's, as Exhibit G asks for them."""

    status: str = field(k.text, "set", default="")
    pickup: Clock | None = field(k.clock_time, "set", default=None)
    makeup: Clock | None = field(k.clock_time, "set", default=None)
    wardrobe: Clock | None = field(k.clock_time, "set", default=None)
    set: Clock | None = field(k.clock_time, "set", default=None)
    wrap: Clock | None = field(k.clock_time, "set", default=None)
    out: Clock | None = field(k.clock_time, "set", default=None)
    meals: tuple[Span, ...] = field(k.ListOf(k.span, single=True), "set", default=())
    nd: Span | None = field(k.span, "set", default=None)
    school: str = field(k.text, "set", default="")
    note: str = field(k.text, "set", default="")


class BackgroundHours(Record):
    """Background hours: background as it worked, with bumps."""

    what: str = field(k.text, "public")
    scale: str = field(k.text, "public", default="")
    in_: Clock | None = field(k.clock_time, "set", default=None)
    out: Clock | None = field(k.clock_time, "set", default=None)
    bumps: str = field(k.text, "set", default="")
    note: str = field(k.text, "set", default="")


class Delay(Record):
    """A delay: how many minutes, and why."""

    minutes: int = field(k.integer, "public")
    cause: str = field(k.text, "public")


class Daily(Record):
    """A day as it was: the pinned day number, times, scenes, hours, media, delays, accidents."""

    day: int | None = field(k.integer, "public", default=None)
    crew_call: Clock | None = field(k.clock_time, "set", default=None)
    shooting_call: Clock | None = field(k.clock_time, "set", default=None)
    first_shot: Clock | None = field(k.clock_time, "set", default=None)
    lunch: Span | None = field(k.span, "set", default=None)
    first_shot_after_lunch: Clock | None = field(k.clock_time, "set", default=None)
    second_meal: Span | None = field(k.span, "set", default=None)
    camera_wrap: Clock | None = field(k.clock_time, "set", default=None)
    wrap: Clock | None = field(k.clock_time, "set", default=None)
    last_out: Clock | None = field(k.clock_time, "set", default=None)
    scenes: dict[str, SceneResult] = field(k.MappingOf(k.scene, k.Of(SceneResult)), "public", default={})
    setups: int | None = field(k.integer, "public", default=None)
    screen_time: int | None = field(k.Value(_screen_time, "m:ss"), "public", default=None)
    hours: dict[str, Hours] = field(k.MappingOf(k.ident, k.Of(Hours)), "set", default={})
    cast: dict[str, CastHours] = field(k.MappingOf(cast_number, k.Of(CastHours)), "set", default={})
    background: tuple[BackgroundHours, ...] = field(k.ListOf(k.Of(BackgroundHours)), "set", default=())
    media: dict[str, str] = field(k.MappingOf(k.text, k.text), "public", default={})
    catering: dict[str, str] = field(k.MappingOf(k.text, k.text), "set", default={})
    delays: tuple[Delay, ...] = field(k.ListOf(k.Of(Delay)), "public", default=())
    accidents: str = field(k.text, "set", default="")
    notes: tuple[str, ...] = field(k.texts, "set", default=())
