"""The shooting days of a table of scenes: a column of numbers or dates, or rows that end a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from pmkit.exchange import contacts
from pmkit.exchange.sheet import Row
from pmkit.model.production import Production
from pmkit.model.schedule import Board, ShootingDay, Strip

_NUMBER = re.compile(r"(?:day\s*)?#?\s*(\d{1,3})(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
_BONEYARD = ("boneyard", "unscheduled", "n/a", "tbd", "-", "–", "")
_MOST = 1000


class Days:
    """Gathers the strips of each unit's days, in the order of the rows."""

    def __init__(self, production: Production, start: dt.date | None, wrong: Callable[..., None]) -> None:
        self.production, self.start, self._wrong = production, start, wrong
        self.notes: list[str] = []
        self._days: dict[str, dict[int | dt.date, list[Strip]]] = {}
        self._loose: list[tuple[Strip, str]] = []
        self._boneyard: list[Strip] = []
        self._ended = 0

    def place(self, row: Row, strip: Strip, unit: str, cell: str, omitted: bool = False) -> None:
        """A strip on the day that its row says, or left until a row ends the day."""
        when = self._when(row, cell)
        if when is not None:
            self._days.setdefault(unit, {}).setdefault(when, []).append(strip)
        elif not omitted:
            self._loose.append((strip, unit))

    def ended(self, row: Row, number: int) -> None:
        """A row that ends a day: what stands above it and has no day of its own is that day's."""
        self._ended = number or self._ended + 1
        if self._ended > _MOST:
            self._wrong(row, f"there is no day {self._ended}")
            return
        for strip, unit in self._loose:
            self._days.setdefault(unit, {}).setdefault(self._ended, []).append(strip)
        self._loose.clear()

    def _when(self, row: Row, cell: str) -> int | dt.date | None:
        typed = " ".join(cell.split())
        if typed.lower() in _BONEYARD:
            return None
        if found := _NUMBER.fullmatch(typed):
            return int(found[1]) or None
        american = self.production.settings.style == "us"
        read = contacts.date(typed, "mdy" if american else "dmy", self._year())
        if read is not None:
            return dt.date.fromisoformat(read)
        self._wrong(row, f"{typed[:40]} is no shooting day", "a number from 1 on, or a date: 2026-03-02", "warning")
        return None

    def _year(self) -> int:
        """The year meant where a date says none: the start's, else the draft's; 0, which no date has, if unknown."""
        settings = self.production.settings
        drafts = [draft.date for draft in (settings.schedule, settings.script) if draft is not None and draft.date]
        return next((day.year for day in (self.start, *drafts) if day is not None), 0)

    def board(self) -> Board | None:
        """The board; None when no row says a day. Numbered days follow the start past days off and holidays."""
        if not self._days:
            return None
        self._boneyard += [strip for strip, _ in self._loose if strip.scene]
        numbers = {day for days in self._days.values() for day in days if isinstance(day, int)}
        if numbers and self.start is None:
            days = f"{len(numbers)} shooting days have numbers and no dates"
            self.notes.append(f"{days}: without --start 2026-03-02 their scenes go to the boneyard")
        dates = self._dates(max(numbers, default=0)) if self.start is not None else {}
        units: dict[str, dict[dt.date, ShootingDay]] = {}
        for unit, found in self._days.items():
            for day, strips in found.items():
                date = dates.get(day) if isinstance(day, int) else day
                if date is None:
                    self._boneyard += [strip for strip in strips if strip.scene]
                    continue
                known = units.setdefault(unit, {}).get(date)
                units[unit][date] = ShootingDay(date=date, strips=(*(known.strips if known else ()), *strips))
        ordered: dict[str, Any] = {unit: dict(sorted(days.items())) for unit, days in units.items()}
        return Board(units=ordered, boneyard=tuple(self._boneyard))

    def _dates(self, count: int) -> dict[int, dt.date]:
        settings = self.production.settings
        found: dict[int, dt.date] = {}
        day = self.start
        while day is not None and len(found) < count and day.year < 9999:
            off = day.weekday() in settings.days_off or any(day in stretch for stretch in settings.holidays)
            if not found or not off or len(settings.days_off) == 7:
                found[len(found) + 1] = day
            day += dt.timedelta(days=1)
        return found
