"""The stripboards and calendars of a .uss file as boards with dates.

Days have no dates in the standard: the first is the calendar's start, the others follow it past
the weekly days off, the days off and the holidays. An array is a day, in the older format what
stands before a day strip. What follows the last day is a day too; a board without days is a
boneyard in its order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pmkit.exchange import uss
from pmkit.exchange.json_tree import Value
from pmkit.exchange.uss_dates import NO_SLOT, WEEKEND, WORKED_HOLIDAY, Calendar
from pmkit.exchange.uss_fields import Event, Fields
from pmkit.exchange.uss_scenes import Sheet, Sheets
from pmkit.model import kinds as k
from pmkit.model.dates import DateRange
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.problems import Fault

_MOST_DAYS = 3000
_UNIT_OFF = re.compile(r"([a-z][a-z0-9_-]*) off: (.+)")


class Boards:
    """The boards of a file, read with `read`."""

    def __init__(self, fields: Fields, sheets: Sheets, notes: list[str], start: dt.date | None) -> None:
        self.fields, self.sheets, self.notes, self.start = fields, sheets, notes, start
        self.board: Board | None = None
        self.boards: dict[str, Board] = {}
        self.units: dict[str, str] = {}
        self.days_off: tuple[int, ...] | None = None
        self.holidays: tuple[DateRange, ...] = ()
        self.events: list[Event] = []

    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last shooting day of the schedule."""
        days = [day.date for _, day in self.board.days() if day.shoots] if self.board is not None else []
        return (min(days), max(days)) if days else None

    def weekdays(self, node: Value) -> set[int]:
        """`daysOff` of a calendar or an element, Monday as 0."""
        found = set()
        for item in node.get("daysOff").items():
            number = item.it
            if isinstance(number, bool) or not hasattr(number, "adjusted") or number not in range(7):
                self.fields.add("bad-weekday", item, "a day of the week is 0 (Sunday) to 6", severity="warning")
            else:
                found.add((int(number) + 6) % 7)
        return found

    def read(self, root: Value, wanted: str) -> None:
        """Reads every stripboard; `wanted` names the one that becomes the schedule."""
        self.sheets.scenes()
        calendars = {
            self.fields.text(node, "id"): self._calendar(node) for node in self.fields.records(root, "calendars")
        }
        nodes = list(self.fields.records(root, "stripboards"))
        groups = [self._groups(node) for node in nodes]
        names = [self.fields.text(node, "name") or f"board {n}" for n, node in enumerate(nodes, 1)]
        current = self._current(names, groups, wanted, nodes[0] if nodes else root)
        placed = {sheet.id for group in groups for days in group.values() for day in days for sheet in day}
        boards = [board for node in nodes for board in self.fields.records(node, "boards")]
        named = {item.it for board in boards for item in self._flat(board) if isinstance(item.it, str)}
        lost = [
            sheet
            for sheet in self.sheets.by_id.values()
            if sheet.kind != "scene" and sheet.words and sheet.id not in named
        ]
        if nodes and lost:
            some = "; ".join(sheet.words[:40] for sheet in lost[:5])
            self.notes.append(f"banners that are on no board are left out: {some}")
        for at, node in enumerate(nodes):
            calendar = calendars.get(self.fields.text(node, "calendar"), Calendar())
            calendar.start = calendar.start or self.start
            board = self._board(names[at], node, groups[at], calendar, placed)
            if at == current:
                self.board = board
                self.days_off = calendar.days_off() or None
                self.holidays = tuple(DateRange(day, day) for day in sorted(calendar.holidays | calendar.worked))
                self.events = [event for event in calendar.events if not _UNIT_OFF.fullmatch(event.name)]
            elif board is not None:
                self.boards[self._name(names[at])] = board

    def _current(self, names: list[str], groups: list[dict[str, list[list[Sheet]]]], wanted: str, node: Value) -> int:
        if wanted:
            at = next((n for n, name in enumerate(names) if name.casefold() == wanted.casefold()), -1)
            if at < 0:
                self.fields.add("no-board", node, f"no stripboard is called {wanted}", f"there are: {', '.join(names)}")
            return at
        return next((n for n, group in enumerate(groups) if any(group.values())), 0 if groups else -1)

    def _calendar(self, node: Value) -> Calendar:
        found = Calendar(weekly=self.weekdays(node))
        if len(found.weekly) == 7:
            self.fields.add("bad-weekday", node, "every day of the week is a day off; none is then", severity="warning")
            found.weekly.clear()
        for event in self.fields.events(node):
            if event.kind == "start":
                found.start = found.start or event.date
            elif event.name == "holiday":
                found.holidays.add(event.date)
            elif event.name == WORKED_HOLIDAY:
                found.worked.add(event.date)
            elif event.kind == "dayOff" and event.name == WEEKEND:
                found.weekends.add(event.date)
            elif event.kind == "dayOff" and event.name == NO_SLOT:
                found.empty.add(event.date)
            elif event.kind == "dayOff":
                found.off[event.date] = event.name if event.name not in ("", "dayOff") else "day off"
            else:
                found.events.append(event)
        return found

    def _groups(self, node: Value) -> dict[str, list[list[Sheet]]]:
        """The days of each unit's board: of a stripboard, `main`; what is on no day is left to the boneyard."""
        found: dict[str, list[list[Sheet]]] = {}
        for board in self.fields.records(node, "boards"):
            name = self.fields.text(board, "name")
            if name.lower() == "boneyard":
                continue
            days = self._days(board)
            unit = self._unit(name) if days else ""
            if unit in found:
                self.fields.add("duplicate-id", board, f"a second board is {unit}'s", severity="warning")
                unit = f"{unit}-{len(found)}"
            if days:
                found[unit] = days
        return found

    def _ids(self, board: Value) -> Iterator[Value]:
        key, found = self.fields.first(board, "breakdownIds", "breakdownArrays")
        if found.it is not None and not isinstance(found.it, list):
            self.fields.add("wrong-type", found, f"{key} is no list")
        return found.items()

    def _flat(self, board: Value) -> Iterator[Value]:
        for item in self._ids(board):
            yield from item.items() if isinstance(item.it, list) else (item,)

    def _days(self, board: Value) -> list[list[Sheet]]:
        days: list[list[Sheet]] = []
        loose: list[Sheet] = []
        ended = False
        for item in self._ids(board):
            if isinstance(item.it, list):
                days.append([*loose, *self._sheets(item)])
                loose, ended = [], True
                continue
            for sheet in self._sheets(Value([item], item.at)):
                if sheet.kind == "day":
                    days.append(loose)
                    loose, ended = [], True
                else:
                    loose.append(sheet)
        if ended and loose:
            days.append(loose)
        if len(days) > _MOST_DAYS:
            self.fields.add("too-many", board, f"{len(days)} shooting days; the limit is {_MOST_DAYS}")
            del days[_MOST_DAYS:]
        return days

    def _sheets(self, item: Value) -> list[Sheet]:
        found = []
        for one in item.items():
            if isinstance(one.it, list):
                found += self._sheets(one)
            elif not isinstance(one.it, str):
                self.fields.add("wrong-type", one, "the id of a sheet is wanted here")
            elif one.it in self.sheets.by_id:
                found.append(self.sheets.by_id[one.it])
            else:
                message = f"no breakdown has the id {one.it[:40]}"
                self.fields.add("unknown-breakdown", one, message, severity="warning")
        return found

    def _unit(self, name: str) -> str:
        if name.lower() in ("stripboard", ""):
            return "main"
        bare = re.sub(r"\s+unit$", "", name.strip(), flags=re.IGNORECASE)
        known = self.sheets.production.settings.units
        mine = next((key for key, told in known.items() if told.casefold() == name.casefold()), "")
        unit = mine or (
            bare if not isinstance(k.ident.parse(bare), Fault) and bare not in uss.MAIN else uss.unit_id(name)
        )
        if unit not in known:
            self.units.setdefault(unit, name)
        return unit

    def _name(self, name: str) -> str:
        key = uss.slug(name) or "board"
        count, made = 1, key
        while made in self.boards:
            count += 1
            made = f"{key}-{count}"
        return made

    def _board(
        self, name: str, node: Value, groups: dict[str, list[list[Sheet]]], calendar: Calendar, placed: set[str]
    ) -> Board | None:
        if groups and calendar.start is None:
            message = f"{name} has no start date, so its days have no dates"
            self.fields.add("no-start", node, message, "say the first shooting day: --start 2026-03-02")
            return None
        seen: set[str] = set()
        dates = calendar.shooting(max((len(days) for days in groups.values()), default=0))
        units: dict[str, dict[dt.date, ShootingDay]] = {}
        for unit, days in groups.items():
            for at, (date, sheets) in enumerate(zip(dates, days, strict=False)):
                elsewhere = any(len(other) > at and other[at] for key, other in groups.items() if key != unit)
                if sheets or not elsewhere:
                    units.setdefault(unit, {})[date] = self._day(date, self._once(sheets, seen))
        first = next(iter(units), "main")
        for date, why in calendar.off.items():
            units.setdefault(first, {}).setdefault(date, ShootingDay(date=date, off=why))
        for event in calendar.events:
            if found := _UNIT_OFF.fullmatch(event.name):
                units.setdefault(found[1], {}).setdefault(event.date, ShootingDay(date=event.date, off=found[2]))
        ordered = {unit: dict(sorted(days.items())) for unit, days in units.items()}
        return Board(units=ordered, boneyard=self._boneyard(name, node, seen, placed))

    def _once(self, sheets: list[Sheet], seen: set[str]) -> list[Sheet]:
        kept = []
        for sheet in sheets:
            if sheet.id in seen:
                self.fields.add(
                    "scene-twice", sheet.node, f"{sheet.number or sheet.words} is on a board twice", "", "warning"
                )
                continue
            seen.add(sheet.id)
            kept.append(sheet)
        return kept

    def _day(self, date: dt.date, sheets: list[Sheet]) -> ShootingDay:
        call = uss.call_of(sheets[0].words) if sheets and sheets[0].kind == "banner" else Fault("none")
        if isinstance(call, Fault):
            return ShootingDay(date=date, strips=self._strips(sheets))
        head = sheets[0]
        return ShootingDay(
            date=date, call=call, location=head.location, note=head.comments, strips=self._strips(sheets[1:])
        )

    def _strips(self, sheets: list[Sheet]) -> tuple[Strip, ...]:
        """The strips of some sheets; all parts of a scene one after the other are the scene itself."""
        found: list[Strip] = []
        at = 0
        while at < len(sheets):
            sheet = sheets[at]
            many = sheet.part[1] if sheet.part else 1
            row = sheets[at : at + many]
            whole = [(one.number, one.part) for one in row] == [(sheet.number, (n, many)) for n in range(1, many + 1)]
            strip = Strip(scene=sheet.number) if many > 1 and whole else self.sheets.strip(sheet)
            at += many if many > 1 and whole else 1
            if strip is not None:
                found.append(strip)
        return tuple(found)

    def _boneyard(self, name: str, node: Value, seen: set[str], placed: set[str]) -> tuple[Strip, ...]:
        """What is on no day: the boneyard in its order, then the scenes that the stripboard forgot."""
        sheets = []
        for board in self.fields.records(node, "boards"):
            sheets += self._sheets(Value(list(self._ids(board)), board.at))
        omitted = {key for key, scene in self.sheets.scenes().items() if scene.omitted}
        left = []
        for sheet in sheets:
            if sheet.id not in seen and (sheet.kind == "scene" or sheet.id not in placed):
                seen.add(sheet.id)
                left.append(sheet)
        forgotten = [s for s in self.sheets.by_id.values() if s.kind == "scene" and s.id not in seen]
        if forgotten:
            some = ", ".join(sheet.number for sheet in forgotten[:8])
            self.notes.append(f"{name}: {len(forgotten)} scenes are on no board of it and go to the boneyard: {some}")
        return self._strips([sheet for sheet in (*left, *forgotten) if sheet.number not in omitted])
