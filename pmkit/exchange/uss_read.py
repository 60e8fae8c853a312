"""A Universal Schedule Standard file (.uss) read into this folder's own records.

Both key sets are read: the standard's, and the older breakdown format's (`catId`, `doodDropDays`,
`time`, `effect`, day strips); and what programs write beside the standard (`type: strip`,
`breakdownArrays`, `doodDayCount`, `doodTravel`, holidays as events).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.exchange import json_tree, uss
from pmkit.exchange.json_tree import Broken, Value
from pmkit.exchange.uss_boards import Boards
from pmkit.exchange.uss_fields import Event, Fields
from pmkit.exchange.uss_scenes import Sheets
from pmkit.model import dates
from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember, Drop, cast_number
from pmkit.model.dates import DateRange
from pmkit.model.production import Draft, Production
from pmkit.problems import Fault, Problem, in_order
from pmkit.rollup.incoming import Incoming, free_number


@dataclass
class Element:
    """An element of the file: its category's number or key, what it is called, its number on the board."""

    kind: int | str
    name: str
    number: str
    node: Value
    cast: str = ""


@dataclass
class _File:
    """One file being read."""

    fields: Fields
    production: Production
    elements: dict[str, Element] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(
    data: bytes, file: str, production: Production, *, board: str = "", start: dt.date | None = None, episode: str = ""
) -> tuple[Incoming | None, list[Problem]]:
    """The schedule of a .uss file, and every problem at its line; None when it holds none.

    `board` names the stripboard that becomes the schedule, else it is the first that has days.
    `start` is the first shooting day of a calendar that names none. `episode` is put before the
    scene numbers in a series.
    """
    text = json_tree.decode(data)
    if isinstance(text, Broken):
        return None, [json_tree.problem(text, "", file)]
    tree = json_tree.parse(text)
    if isinstance(tree, Broken):
        return None, [json_tree.problem(tree, text, file)]
    fields = Fields(text, file)
    root = tree.get(uss.ROOT)
    old = root.it is None and tree.get(uss.OLD_ROOT).it is not None
    root = tree.get(uss.OLD_ROOT) if old else root
    if not isinstance(root.it, dict):
        hint = f"it begins with {uss.ROOT}"
        fields.add("not-a-schedule", tree, "this is no schedule of the Universal Schedule Standard", hint)
        return None, in_order(fields.problems)
    this = _File(fields, production)
    _elements(this, root, old)
    known = {key: (one.kind, one.cast or one.name, one.number) for key, one in this.elements.items()}
    sheets = Sheets(fields, production, episode or _episode(this, root), known)
    for node in fields.records(root, "breakdowns"):
        sheets.add(node)
    boards = Boards(fields, sheets, this.notes, start)
    boards.read(root, board)
    scenes = sheets.scenes()
    incoming = Incoming(
        title=fields.text(root, "project") or fields.text(root, "name"),
        company=fields.text(root, "company"),
        script=_draft(fields, root, "script"),
        schedule=_draft(fields, root, "sched"),
        scenes=scenes,
        cast=_cast(this, boards),
        locations=sheets.locations,
        sets=sheets.sets,
        units=_units(this, sheets, boards),
        categories=_categories(this, scenes),
        days_off=boards.days_off,
        holidays=boards.holidays,
        calendar=by_date(boards.events),
        board=boards.board,
        boards=boards.boards,
        notes=(*sheets.notes, *this.notes),
    )
    return incoming, in_order(fields.problems)


def _episode(this: _File, root: Value) -> str:
    """The episode that the file is of, where the production is a series."""
    series = this.production.settings.kind == "series"
    return this.fields.text(root, "episode") if series else ""


def _draft(fields: Fields, root: Value, of: str) -> Draft | None:
    colour, day = fields.text(root, f"{of}Color"), uss.day_of(fields.text(root, f"{of}Date"))
    return Draft(draft=colour, date=day) if colour or day else None


def _elements(this: _File, root: Value, old: bool) -> None:
    """Every element with the meaning of its category."""
    fields = this.fields
    of_category: dict[str, int | str] = {}
    of_element: dict[str, str] = {}
    own = this.production.settings.category_names()
    for node in fields.records(root, "categories"):
        key, name = fields.text(node, "id"), fields.text(node, "name")
        number = fields.whole(node, "ucid", "catId")
        older = old or (node.get("ucid").it is None and node.get("catId").it is not None)
        meant = uss.category(name, number, older, own)
        if meant is None:
            meant = uss.slug(name, "_") or f"category_{number if number is not None else len(of_category)}"
            meant = f"{meant}_1" if meant in Scene.fields else meant
        if meant == uss.SEQUENCE:
            meant = "sequence"
        if isinstance(meant, str):
            this.categories.setdefault(meant, name or meant)
        if not key:
            fields.add("missing-field", node, "this category has no id", severity="warning")
        of_category.setdefault(key, meant)
        for one in fields.texts(node, "elements"):
            of_element.setdefault(one, key)
    links = 0
    for node in fields.records(root, "elements"):
        key, name = fields.text(node, "id"), fields.text(node, "name")
        if not key or not name:
            what = "name" if key else "id"
            fields.add("missing-field", node, f"this element has no {what} and is left out", severity="warning")
            continue
        under = fields.text(node, "category") or of_element.get(key, "")
        kind = of_category.get(under)
        if kind is None:
            message = f"{name} is in no category; it is taken as miscellaneous"
            fields.add("unknown-category", node, message, severity="warning")
            kind = "miscellaneous"
        links += bool(fields.texts(node, "linkedElements"))
        if key in this.elements:
            fields.add("duplicate-id", node, f"the id {key} is {this.elements[key].name} already", severity="warning")
            continue
        this.elements[key] = Element(kind, name, fields.text(node, "elementId"), node)
    if links:
        this.notes.append(f"links between elements have no place in the folder: {links} left out")
    _numbers(this)


def _numbers(this: _File) -> None:
    """Gives every cast member a number of its own: the board's, else the next free one."""
    cast = [one for one in this.elements.values() if one.kind == uss.CAST]
    taken: dict[str, Element] = {}
    for one in cast:
        number = cast_number.parse(one.number) if one.number else Fault("none")
        if not isinstance(number, Fault) and number not in taken:
            one.cast = number
            taken[number] = one
    for one in cast:
        if one.cast:
            continue
        one.cast = free_number(taken)
        if one.number in taken:
            told = f"{one.name} has cast number {one.number}, as {taken[one.number].name} has"
        else:
            told = f"{one.name} has no cast number" + (f" ({one.number} is none)" if one.number else "")
        this.notes.append(f"{told}: {one.cast} is given")
        taken[one.cast] = one


def _cast(this: _File, boards: Boards) -> dict[str, CastMember]:
    found = {}
    span = boards.span()
    weekly = 0
    for one in sorted((e for e in this.elements.values() if e.kind == uss.CAST), key=_by_number):
        node, fields = one.node, this.fields
        hold, drops = fields.flag(node, "isHold", "doodHoldAllow"), fields.flag(node, "isDrop", "doodDropAllow")
        days = fields.whole(node, "dropDayCount", "doodDayCount", "doodDropDays")
        drop = Drop(days) if drops and days is not None and 0 < days < 1000 else None
        off, events = _events(fields, node)
        for weekday in boards.weekdays(node):
            weekly += 1
            if span is not None:
                off |= {day for day in DateRange(*span).days() if day.weekday() == weekday}
        found[one.cast] = CastMember(
            number=one.cast, character=one.name, hold=bool(hold), drop=drop, off=runs(off), events=events
        )
    if weekly:
        where = "dates between the first and the last shooting day" if span else "nothing: there are no dates"
        this.notes.append(f"weekdays on which cast do not work have become {where}")
    return found


def _by_number(one: Element) -> tuple[int, str]:
    figures = "".join(c for c in one.cast if c.isdigit())
    return (int(figures or 0), one.cast)


def _events(fields: Fields, node: Value) -> tuple[set[dt.date], dict[Any, tuple[str, ...]]]:
    told = list(fields.events(node))
    return {event.date for event in told if event.kind == "dayOff"}, by_date(e for e in told if e.kind == "event")


def by_date(told: Iterable[Event]) -> dict[Any, tuple[str, ...]]:
    """Events by date; days that follow one another with the same events are one stretch."""
    by_day: dict[dt.date, list[str]] = {}
    for event in told:
        by_day.setdefault(event.date, []).append(event.name or "event")
    events: dict[Any, tuple[str, ...]] = {}
    for names in sorted({tuple(names) for names in by_day.values()}):
        for run in runs({day for day, told in by_day.items() if tuple(told) == names}):
            events[run] = names
    return dict(sorted(events.items()))


def runs(days: set[dt.date]) -> tuple[DateRange, ...]:
    """Dates as stretches: those that follow one another are one."""
    found: list[DateRange] = []
    for day in sorted(days):
        if found and (day - found[-1].last).days == 1:
            found[-1] = DateRange(found[-1].first, day)
        else:
            found.append(dates.DateRange(day, day))
    return tuple(found)


def _units(this: _File, sheets: Sheets, boards: Boards) -> dict[str, str]:
    return {**sheets.units, **{unit: name for unit, name in boards.units.items() if unit not in sheets.units}}


def _categories(this: _File, scenes: Mapping[str, Any]) -> dict[str, str]:
    """The categories that scenes use and the production does not have, or calls otherwise."""
    used = {key for scene in scenes.values() for key in scene.elements}
    known = this.production.settings.category_names()
    return {key: name for key, name in this.categories.items() if key in used and known.get(key) != name}
