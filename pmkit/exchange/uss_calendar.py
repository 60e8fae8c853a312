"""A board's dates as a calendar of the standard: its start, what its days skip, and the events."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pmkit.exchange import uss
from pmkit.exchange.uss_dates import NO_SLOT, WEEKEND, WORKED_HOLIDAY
from pmkit.model.production import Production
from pmkit.model.schedule import Board

Left = dict[str, None]
"""Sentences about what is left out, each once, in the order they came up."""


def shooting_dates(board: Board) -> list[dt.date]:
    """The dates on which any unit shoots: the days of the calendar."""
    return sorted({day.date for _, day in board.days() if day.shoots})


def main_unit(board: Board) -> str:
    """The unit whose board is the stripboard: `main`, else the first there is."""
    return "main" if "main" in board.units or not board.units else next(iter(board.units))


def calendar(name: str, board: Board, production: Production, left: Left) -> dict[str, Any]:
    """A board's calendar: the start, the days off and holidays that its days skip, and the events."""
    slots, main = shooting_dates(board), main_unit(board)
    told: list[tuple[str, str | None, dt.date]] = [("start", None, slots[0])] if slots else []
    worked = {day.weekday() for day in slots}
    weekly = set(production.settings.days_off)
    holidays = {day for stretch in production.settings.holidays for day in stretch.days()}
    off: dict[dt.date, str] = {}
    for unit, day in board.days():
        if day.shoots:
            continue
        if unit == main and day.date not in slots and (not slots or day.off != WEEKEND):
            off[day.date] = uss.clean(day.off)
            if day.off.strip().lower() == "holiday" and day.date not in holidays:
                left.setdefault("days off for a holiday on the board: they are the production's holidays")
        else:
            told.append(("event", f"{unit} off: {uss.clean(day.off)}", day.date))
    for date in sorted(holidays | set(off)):
        if date in slots:
            told.append(("event", WORKED_HOLIDAY, date))
        elif date in holidays and date not in off:
            told.append(("dayOff", "holiday", date))
        else:
            told.append(("dayOff", "dayOff" if off[date] == "day off" else off[date], date))
    if slots:
        told += _gaps(slots, weekly, worked, {date for kind, _, date in told if kind == "dayOff"})
    named = {
        (uss.clean(event.what), day)
        for when, ones in production.calendar.items()
        for event in ones
        for day in when.days()
    }
    if any(what == "holiday" and day not in holidays for what, day in named):
        left.setdefault("events called holiday: they are the production's holidays")
    named = {
        (uss.clean(one.what), day) for when, ones in production.calendar.items() for one in ones for day in when.days()
    }
    if any(what == "holiday" and day not in holidays for what, day in named):
        left.setdefault("events called holiday: they are the production's holidays")
    for when, events in production.calendar.items():
        told += [("event", uss.clean(event.what), day) for event in events for day in when.days()]
    return {
        "id": uss.one_id("calendar", name),
        "daysOff": sorted((day + 1) % 7 for day in weekly - worked),
        "events": [
            {"id": uss.one_id("event", name, n), "date": uss.moment(date), "type": kind, "name": word}
            for n, (kind, word, date) in enumerate(told)
        ],
        "name": name,
    }


def _gaps(
    slots: list[dt.date], weekly: set[int], worked: set[int], skipped: set[dt.date]
) -> list[tuple[str, str | None, dt.date]]:
    """The dates between shooting days that are none, though no rule says so."""
    found: list[tuple[str, str | None, dt.date]] = []
    shooting = set(slots)
    for n in range(1, (slots[-1] - slots[0]).days):
        day = slots[0] + dt.timedelta(days=n)
        if day in shooting or day in skipped or day.weekday() in weekly - worked:
            continue
        if day.weekday() in weekly:
            found.append(("dayOff", WEEKEND, day))
        else:
            found.append(("dayOff", NO_SLOT, day))
    return found
