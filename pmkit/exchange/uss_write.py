"""A production as a Universal Schedule Standard file (.uss), and what of it the standard cannot hold.

The keys are the standard's own, every key in every object, no key of ours. A split scene is a
sheet a part (`7PT1`), a meal, a move or a note a banner, work without a scene a sheet without a
number. The same production gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from pmkit.exchange import uss
from pmkit.exchange.uss_board_write import Atom, Atoms, stripboard
from pmkit.exchange.uss_calendar import calendar
from pmkit.model.breakdown import CATEGORIES, Scene, take_apart
from pmkit.model.cast import CastMember
from pmkit.model.production import Draft, Production
from pmkit.model.record import Record
from pmkit.rollup.strips import Strips

_DROP = 10
_NO_PLACE = {"id", "performer", "agent", "prepare", "drive", "minor", "guardian", "remarks", "stand_in", "from", "to"}


class Exported(NamedTuple):
    """A .uss file's bytes, and a sentence for everything that is not in it."""

    data: bytes
    left: tuple[str, ...]
    scenes: int
    days: int


def write(production: Production) -> Exported:
    """The breakdown, the cast, the board and the other boards of a production."""
    out = _Out(production)
    boards = [("Schedule", production.board), *production.boards.items()]
    boards = [(name, board) for name, board in boards if board.units or board.boneyard]
    atoms = Atoms(production, [board for _, board in boards], out.left)
    body = out.header()
    body["breakdowns"] = [out.breakdown(atom) for atom in atoms.all]
    body["categories"], body["elements"] = out.categories(), out.elements
    body["stripboards"] = [stripboard(name, board, atoms, out.left) for name, board in boards]
    body["calendars"] = [calendar(name, board, production, out.left) for name, board in boards]
    out.others()
    if any("start" not in {event["type"] for event in one["events"]} for one in body["calendars"]):
        out.say("a board without shooting days has no start date in its calendar")
    text = json.dumps({uss.ROOT: body}, indent=2, ensure_ascii=False) + "\n"
    days = sum(1 for _, day in production.board.days() if day.shoots)
    return Exported(text.encode("utf-8", "replace"), tuple(out.left), len(production.scenes), days)


class _Out:
    """What is written once: categories and elements, found as the sheets name them."""

    def __init__(self, production: Production) -> None:
        self.production = production
        self.left: dict[str, None] = {}
        self.created = self._created()
        self.names = production.settings.category_names()
        self.elements: list[dict[str, Any]] = []
        self._ids: dict[tuple[int | str, str], str] = {}
        self._used: dict[int | str, None] = {}
        self._numbers = self._category_numbers()
        self._strips = Strips(production)
        for member in production.cast.values():
            self._cast(member)
        for key, place in production.locations.items():
            self._element(uss.LOCATION, key, place.name or key, number=key)
        for unit, name in production.settings.units.items():
            self._element(uss.UNIT, unit, name, number=unit)

    def say(self, sentence: str) -> None:
        self.left.setdefault(sentence)

    def _created(self) -> str:
        """The date everything says it was made on: the schedule's own, else its first day's."""
        settings = self.production.settings
        days = [day.date for _, day in self.production.board.days()]
        drafts = [draft.date for draft in (settings.schedule, settings.script) if draft is not None and draft.date]
        return uss.moment((drafts or sorted(days) or [dt.date(2000, 1, 1)])[0])

    def header(self) -> dict[str, Any]:
        settings = self.production.settings
        schedule, script = settings.schedule or Draft(), settings.script or Draft()
        return {
            "id": uss.one_id("schedule", settings.title, settings.code),
            "author": None,
            "company": settings.company or None,
            "created": self.created,
            "episode": None,
            "episodeName": None,
            "description": None,
            "name": f"{settings.title} {schedule.draft}".strip() or "Schedule",
            "project": settings.title or None,
            "schedColor": schedule.draft or None,
            "schedDate": uss.moment(schedule.date) if schedule.date else None,
            "scriptColor": script.draft or None,
            "scriptDate": uss.moment(script.date) if script.date else None,
            "season": None,
            "source": "pmkit",
            "ussVersion": uss.VERSION,
        }

    def breakdown(self, atom: Atom) -> dict[str, Any]:
        scene = atom.scene
        elements = self._of_scene(scene) if scene is not None else []
        if scene is None and atom.location:
            elements = [self._place(atom.location)]
        words = scene.synopsis if scene is not None else ""
        if scene is not None and scene.omitted:
            words = f"OMITTED: {words}" if words else "OMITTED"
        scripted = atom.kind == "scene"
        return {
            "id": atom.id,
            "bannerText": None if scripted else atom.words,
            "comments": atom.comments or None,
            "created": self.created,
            "description": (words or atom.words or None) if scripted else None,
            "elements": list(dict.fromkeys(elements)),
            "pages": decimal(atom.pages) if atom.number else None,
            "scene": atom.number or None,
            "scriptPage": (scene.page or None) if scene is not None else None,
            "duration": int(atom.length) * 60_000 if atom.length else None,
            "type": atom.kind,
        }

    def _of_scene(self, scene: Scene) -> list[str]:
        parts = take_apart(scene.heading)
        typed = uss.typed_side(scene.heading)
        if uss.clean(uss.heading(typed, parts.set, parts.time)) != scene.heading:
            self.say("headings typed in a way of their own come back in the usual form: INT. SET - DAY")
        found = [
            self._element(kind, name, name)
            for kind, name in ((uss.SIDE, typed), (uss.SET, parts.set), (uss.TIME, parts.time))
            if name
        ]
        if scene.script_day:
            found.append(self._element(uss.SCRIPT_DAY, scene.script_day, scene.script_day))
        if scene.unit:
            name = self.production.settings.units.get(scene.unit, scene.unit)
            found.append(self._element(uss.UNIT, scene.unit, name, number=scene.unit))
        where = self._strips.location_of(scene)
        if where:
            found.append(self._place(where))
        for number in scene.cast:
            found.append(self._cast(self.production.cast.get(number) or CastMember(number=number, character=number)))
        found += [self._element(uss.BACKGROUND, name, name) for name in scene.background]
        for key in [*(key for key in self.names if key in scene.elements), *(set(scene.elements) - set(self.names))]:
            found += [self._element(key, name, name) for name in scene.elements[key] if uss.clean(name)]
        return found

    def _place(self, key: str) -> str:
        place = self.production.locations.get(key)
        return self._element(uss.LOCATION, key, place.name if place is not None else key, number=key)

    def _cast(self, member: CastMember) -> str:
        key = (uss.CAST, member.number)
        if key not in self._ids:
            self._element(uss.CAST, member.number, member.character, number=member.number)
            self.elements[-1].update(
                dropDayCount=member.drop.days if member.drop else _DROP,
                isDrop=member.drop is not None,
                isHold=member.hold,
                events=_events(member),
            )
        return self._ids[key]

    def _element(self, kind: int | str, key: str, name: str, number: str = "") -> str:
        """The id of an element, made when it is first named; `key` tells those of one name apart."""
        name = uss.clean(name) or "?"
        found = self._ids.get((kind, key))
        if found is not None:
            return found
        self._ids[kind, key] = made = uss.one_id("element", kind, key)
        self._used.setdefault(kind)
        self.elements.append(
            {
                "id": made,
                "category": uss.one_id("category", kind),
                "created": self.created,
                "daysOff": [],
                "dropDayCount": _DROP,
                "elementId": number or None,
                "events": [],
                "isDood": True,
                "isDrop": True,
                "isHold": True,
                "isIdLock": bool(number),
                "linkedElements": [],
                "name": name,
            }
        )
        return made

    def _category_numbers(self) -> dict[str, int]:
        """The number of every category: the standard's, else from 500 on in the order of the breakdown."""
        known = uss.numbers()
        own = [key for key in [*CATEGORIES, *self.names] if key not in known and key != "sequence"]
        numbers = {key: uss.CUSTOM + n for n, key in enumerate(dict.fromkeys(own))}
        return {**known, **numbers, "sequence": uss.SEQUENCE}

    def categories(self) -> list[dict[str, Any]]:
        """The categories that have elements, the scene's own first."""
        found = []
        order = [*uss.SCENE_NAMES, *self.names]
        for kind in sorted(self._used, key=lambda kind: order.index(kind) if kind in order else len(order)):
            name = uss.SCENE_NAMES[kind] if isinstance(kind, int) else self.names.get(kind, kind)
            number = kind if isinstance(kind, int) else self._numbers.get(kind, uss.CUSTOM + 400)
            found.append({"id": uss.one_id("category", kind), "created": self.created, "name": name, "ucid": number})
            if isinstance(kind, str):
                back = uss.category(name, number, False, {})
                if (back is None and uss.slug(name, "_") != kind) or back not in (None, kind):
                    self.say(f"the category {kind} is known by its name only ({name}): its key has no place")
        return found

    def others(self) -> None:
        """Says what scenes, cast and locations have that is not in the file."""
        scenes = self.production.scenes.values()
        self._count(scenes, "light", "scenes' own light, where their headings leave it open")
        self._count(scenes, "estimated", "that pages are an estimate")
        self._count_any(self.production.cast.values(), _NO_PLACE, "performers and particulars", "cast members")
        places = {key for one in self.production.locations.values() for key in one.fields} - {"key", "name"}
        self._count_any(self.production.locations.values(), places, "addresses and particulars", "locations")
        if any(
            len(told) > 1 or set(_given(one)) - {"what"} for told in self.production.calendar.values() for one in told
        ):
            self.say("of the calendar's events only what they are and when: no place, time or people")
        if self.production.settings.episodes or self.production.settings.blocks:
            self.say("titles of episodes, and blocks")

    def _count(self, records: Iterable[Record], key: str, what: str) -> None:
        count = sum(key in _given(one) for one in records)
        if count:
            self.say(f"{what}: {count}")

    def _count_any(self, records: Iterable[Record], keys: Iterable[str], what: str, whose: str) -> None:
        wanted = set(keys)
        count = sum(bool(wanted & set(_given(one))) for one in records)
        if count:
            self.say(f"{what} of {count} {whose}")


def decimal(eighths: int) -> int | float:
    """Pages as the standard's decimal, which an eighth is exactly: 0.125."""
    return eighths // 8 if eighths % 8 == 0 else eighths / 8


def _given(record: Record) -> list[str]:
    """The fields of a record that say something."""
    found = []
    for declared in record.fields.values():
        value = getattr(record, declared.name)
        if not declared.from_key and value not in (None, "", (), {}, False) and value != declared.default:
            found.append(declared.key)
    return found


def _events(member: CastMember) -> list[dict[str, Any]]:
    told = [("dayOff", "dayOff", day) for stretch in member.off for day in stretch.days()]
    told += [
        ("event", uss.clean(name), day)
        for when, names in member.events.items()
        for day in when.days()
        for name in names
    ]
    return [
        {"id": uss.one_id("event", member.number, n), "date": uss.moment(day), "type": kind, "name": name}
        for n, (kind, name, day) in enumerate(told)
    ]
