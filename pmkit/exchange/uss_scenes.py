"""The breakdown sheets of a .uss file as scenes and strips.

Two sheets of one scene that say the same but for their pages (`7PT1`, `7PT2`, or `7` twice) are
parts of that scene; other part numbers stay scenes of their own, as typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.exchange import uss
from pmkit.exchange.json_tree import Value
from pmkit.exchange.uss_fields import Fields
from pmkit.model import kinds as k, scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.schedule import Strip
from pmkit.problems import Fault

_PART = re.compile(r"(.*[0-9A-Z])[ ]?P(?:AR)?T[. ]?(\d{1,2})", re.IGNORECASE)
_OMITTED = re.compile(r"omitted(?:: (.+))?", re.IGNORECASE)


@dataclass(eq=False)
class Sheet:
    """A breakdown sheet: a scene or part of one, a banner, work without a scene, or the end of a day."""

    id: str
    kind: str
    node: Value
    words: str = ""
    number: str = ""
    pages: Eighths = uss.NO_PAGES
    length: Length | None = None
    comments: str = ""
    location: str = ""
    part: tuple[int, int] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    elements: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def same(self) -> tuple[Any, ...]:
        """What two parts of one scene have in common."""
        return (self.words, self.comments, self.location, self.values, self.elements)


class Sheets:
    """Every breakdown sheet of a file, by its id."""

    def __init__(
        self,
        fields: Fields,
        production: Production,
        episode: str,
        elements: Mapping[str, tuple[int | str, str, str]],
    ) -> None:
        self.fields, self.production, self.episode, self.elements = fields, production, episode, elements
        self.by_id: dict[str, Sheet] = {}
        self.notes: list[str] = []
        self.locations: dict[str, str] = {}
        self.sets: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self._scenes: dict[str, Scene] | None = None
        for kind, name, number in elements.values():
            if kind == uss.LOCATION:
                self._location(name, number)
            elif kind == uss.UNIT:
                self._unit(name, number)

    def add(self, node: Value) -> None:
        """Reads one sheet."""
        fields = self.fields
        key, typed = fields.text(node, "id"), fields.text(node, "type").lower()
        if not key or key in self.by_id:
            message = f"the id {key} stands twice" if key else "this sheet has no id and is on no board"
            fields.add("duplicate-id" if key else "missing-field", node, message, severity="warning")
            key = f"{key}#{len(self.by_id)}"
        number, words = fields.text(node, "scene"), fields.text(node, "description")
        kind = typed if typed in ("banner", "day") else "scene" if number else "text"
        sheet = Sheet(key, kind, node, words, number, fields.eighths(node), fields.length(node))
        sheet.comments = fields.text(node, "comments")
        self._take(sheet)
        if kind == "banner":
            sheet.words = fields.text(node, "bannerText") or words or number
        elif kind == "scene":
            sheet.number = self._number(sheet)
        self.by_id[key] = sheet

    def _take(self, sheet: Sheet) -> None:
        """A sheet's elements, by what they mean."""
        one = dict.fromkeys((uss.SET, uss.SIDE, uss.TIME, uss.SCRIPT_DAY, uss.UNIT), "")
        lists: dict[int | str, list[str]] = {}
        for key in self.fields.texts(sheet.node, "elements"):
            if key not in self.elements:
                self.fields.add("unknown-element", sheet.node, f"no element has the id {key[:40]}", severity="warning")
                continue
            kind, name, number = self.elements[key]
            if kind == uss.LOCATION:
                sheet.location = sheet.location or self._location(name, number)
            elif kind in one and isinstance(kind, int):
                if one[kind] and one[kind] != name:
                    message = f"scene {sheet.number} has {one[kind]} and {name}; the first is taken"
                    self.fields.add("two-of-one", sheet.node, message, severity="warning")
                    continue
                one[kind] = self._unit(name, number) if kind == uss.UNIT else name
            elif name not in lists.setdefault(kind, []):
                lists[kind].append(name)
        if sheet.comments:
            lists.setdefault("notes", []).append(sheet.comments)
        sheet.values = {
            "heading": uss.heading(one[uss.SIDE], one[uss.SET], one[uss.TIME]),
            "set": one[uss.SET],
            "page": self.fields.text(sheet.node, "scriptPage"),
            "script_day": one[uss.SCRIPT_DAY],
            "unit": one[uss.UNIT],
            "cast": tuple(lists.pop(uss.CAST, ())),
            "background": tuple(lists.pop(uss.BACKGROUND, ())),
        }
        sheet.elements = {key: tuple(names) for key, names in lists.items() if isinstance(key, str)}

    def _location(self, name: str, number: str) -> str:
        mine = next((key for key, one in self.production.locations.items() if one.name == name), "")
        key = mine or self._id(number, name, "location")
        self.locations.setdefault(key, name)
        return key

    def _unit(self, name: str, number: str) -> str:
        mine = next((key for key, told in self.production.settings.units.items() if told == name), "")
        key = mine or self._id(number or uss.unit_id(name), name, "unit")
        self.units.setdefault(key, name)
        return key

    @staticmethod
    def _id(number: str, name: str, word: str) -> str:
        if number and not isinstance(k.ident.parse(number), Fault):
            return number
        return uss.slug(name) or word

    def _number(self, sheet: Sheet) -> str:
        """A scene number the folder can take: several in one strip are joined with a stroke."""
        typed = sheet.number
        number = typed
        if isinstance(k.scene.parse(number), Fault):
            pieces = [p for p in re.split(r"\s*(?:[,&+;/]|\band\b)\s*", typed) if p]
            pieces = [re.sub(r"[^A-Za-z0-9.\-_]+", "", piece).lstrip(".-_") for piece in pieces]
            pieces = [piece for piece in pieces if piece] or ["X"]
            number = "/".join(pieces)
            if len(number) > 24:
                number = f"{pieces[0][:11]}-{pieces[-1][:11]}"
            self.notes.append(f"scene {typed[:60]} is called {number} here")
        if self.production.settings.kind == "series":
            return self._in_series(sheet, number)
        return number

    def _in_series(self, sheet: Sheet, number: str) -> str:
        head, dash, rest = number.partition("-")
        if dash and rest and head.isalnum() and head[:1].isdigit():
            return number
        if not self.episode:
            message = f"scene {number} says no episode, and this production is a series"
            self.fields.add("no-episode", sheet.node, message, "say which: --episode 101")
        return f"{self.episode}-{number}"

    def scenes(self) -> dict[str, Scene]:
        """The scenes by their key, parts put together."""
        if self._scenes is None:
            self._scenes = {}
            groups: dict[str, list[Sheet]] = {}
            for sheet in self.by_id.values():
                if sheet.kind == "scene":
                    groups.setdefault(scene_number.same(sheet.number), []).append(sheet)
            self._joined(groups)
            self._where(groups)
            for sheets in groups.values():
                self._scenes[sheets[0].number] = self._scene(sheets)
        return self._scenes

    def _joined(self, groups: dict[str, list[Sheet]]) -> None:
        """Puts `7PT1` and `7PT2` together as scene 7, where they are parts of the same."""
        parts: dict[str, dict[int, str]] = {}
        for key in groups:
            if found := _PART.fullmatch(key):
                parts.setdefault(found[1].strip(), {})[int(found[2])] = key
        for base, keys in parts.items():
            count = len(keys)
            if base in groups or count < 2 or sorted(keys) != list(range(1, count + 1)):
                continue
            sheets = [groups[keys[n]][0] for n in range(1, count + 1)]
            if any(len(groups[key]) > 1 for key in keys.values()) or any(s.same() != sheets[0].same() for s in sheets):
                continue
            typed = _PART.fullmatch(sheets[0].number)
            at = min(list(groups).index(key) for key in keys.values())
            rest = [(key, group) for key, group in groups.items() if key not in keys.values()]
            rest.insert(at, (base, sheets))
            groups.clear()
            groups.update(rest)
            for sheet in sheets:
                sheet.number = typed[1].strip() if typed else base
        for group in groups.values():
            if len(group) > 1:
                for which, sheet in enumerate(group, 1):
                    sheet.part = (which, len(group))
                if any(sheet.same() != group[0].same() for sheet in group):
                    message = f"scene {group[0].number} has {len(group)} sheets: they are its parts"
                    self.fields.add("scene-twice", group[1].node, message, severity="warning")

    def _where(self, groups: Mapping[str, list[Sheet]]) -> None:
        """A set is where most of its scenes are, if all of them say where; the others say it themselves."""
        places: dict[str, list[str]] = {}
        for sheets in groups.values():
            for sheet in sheets:
                places.setdefault(sheet.values["set"], []).append(sheet.location)
        for name, where in places.items():
            if name and all(where):
                self.sets[name] = max(dict.fromkeys(where), key=where.count)

    def _scene(self, sheets: list[Sheet]) -> Scene:
        first = sheets[0]
        words = [text for text in dict.fromkeys(sheet.words for sheet in sheets) if text]
        synopsis = " / ".join(words)
        omitted = _OMITTED.fullmatch(synopsis)
        if omitted:
            synopsis = omitted[1] or ""
        lengths = [sheet.length for sheet in sheets]
        whole = Length(sum(length or 0 for length in lengths)) if all(lengths) else None
        elements: dict[str, tuple[str, ...]] = {}
        for sheet in sheets:
            for key, names in sheet.elements.items():
                elements[key] = tuple(dict.fromkeys((*elements.get(key, ()), *names)))
        episode, dash, rest = first.number.partition("-")
        series = self.production.settings.kind == "series" and bool(dash)
        return Scene(
            number=rest if series else first.number,
            episode=episode if series else "",
            heading=first.values["heading"],
            pages=Eighths(sum(sheet.pages for sheet in sheets)),
            page=first.values["page"],
            script_day=first.values["script_day"],
            synopsis=synopsis,
            cast=tuple(dict.fromkeys(one for sheet in sheets for one in sheet.values["cast"])),
            background=tuple(dict.fromkeys(one for sheet in sheets for one in sheet.values["background"])),
            estimate=whole if whole is not None and whole <= uss.LONGEST else None,
            location="" if self.sets.get(first.values["set"]) == first.location else first.location,
            unit=first.values["unit"],
            omitted=bool(omitted),
            elements=elements,
        )

    def strip(self, sheet: Sheet) -> Strip | None:
        """The strip a sheet is on a board; None for the end of a day and an empty banner."""
        if sheet.kind == "scene":
            scene = self.scenes()[sheet.number]
            own = sheet.length if scene.estimate is None and sheet.part else None
            return Strip(scene=sheet.number, part=sheet.part, pages=sheet.pages if sheet.part else None, estimate=own)
        if sheet.kind == "day" or not sheet.words:
            return None
        if sheet.kind == "text":
            return Strip(text=sheet.words, length=sheet.length, location=sheet.location)
        return Strip(location=sheet.location, **uss.from_banner(sheet.words, sheet.length))
