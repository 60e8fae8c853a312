"""Scenes, cast, days and strips as people type them: the values of their fields, in the short forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmkit.files.notation import Value
from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember
from pmkit.model.clock import Length
from pmkit.model.schedule import ShootingDay, Strip, with_length

_SCENE = ("heading", "pages", "page", "script_day", "synopsis", "cast", "background", "estimate")
_AFTER = ("location", "light", "unit")


def scene(one: Scene) -> dict[str, Value]:
    """A scene as its fields are typed, those that say something."""
    made: dict[str, Value] = {}
    if one.omitted:
        made["omitted"] = "true"
    for key in (*_SCENE, *one.elements, *_AFTER):
        value: Any = one.elements[key] if key in one.elements else getattr(one, key)
        if key == "pages" and value == 0:
            continue
        if isinstance(value, tuple):
            if value:
                made[key] = list(value)
        elif value not in (None, ""):
            made[key] = str(value)
    if one.estimated:
        made["estimated"] = "true"
    return made


def cast_member(one: CastMember) -> dict[str, Value]:
    """A cast member as a schedule knows one: the part, holds, drops, days off and events."""
    made: dict[str, Value] = {"character": one.character}
    if one.hold:
        made["hold"] = "true"
    if one.drop is not None:
        made["drop"] = str(one.drop)
    if one.off:
        made["off"] = [str(stretch) for stretch in one.off]
    if one.events:
        made["events"] = {str(when): names[0] if len(names) == 1 else list(names) for when, names in one.events.items()}
    return made


def day(one: ShootingDay) -> dict[str, Value]:
    """A shooting day or a day off, as the schedule has it."""
    if one.off:
        return {"off": one.off}
    made: dict[str, Value] = {}
    if one.call is not None:
        made["call"] = str(one.call)
    for key in ("location", "note"):
        if getattr(one, key):
            made[key] = getattr(one, key)
    return {**made, "strips": [strip(found) for found in one.strips]}


def strip(one: Strip) -> Value:
    """A strip in its short form where that reads back the same, else field by field."""
    short = _short(one)
    read = Strip.from_text(short) if short is not None else None
    if isinstance(read, dict) and Strip(**read) == one:
        return short
    fields: dict[str, Value] = {}
    for name in ("scene", "move", "note", "text", "meal", "location", "episode"):
        if getattr(one, name):
            fields[name] = getattr(one, name)
    if one.part:
        fields["part"] = str(one.part[0]) + (f" of {one.part[1]}" if one.part[1] else "")
    if one.pages is not None:
        fields["pages"] = str(one.pages)
    if one.estimate is not None:
        fields["estimate"] = str(one.estimate)
    if one.length is not None:
        fields.update(_with_length(fields, one.length))
    return fields


def _with_length(fields: Mapping[str, Value], length: Length) -> dict[str, Value]:
    """The length of a banner after its last comma, or as a field where its words end in a time already."""
    for name in ("move", "note", "text"):
        words = fields.get(name)
        if isinstance(words, str) and with_length(f"{words}, {length}") == (words, length):
            return {name: f"{words}, {length}"}
    return {"length": str(length)}


def _short(one: Strip) -> str | None:
    if one.meal:
        return one.meal + (f", {one.length}" if one.length is not None else "")
    if not one.scene:
        return None
    if one.part is None:
        return one.scene
    of = f" of {one.part[1]}" if one.part[1] else ""
    return f"{one.scene} part {one.part[0]}{of}" + (f", {one.pages}" if one.pages is not None else "")
