"""The board read as a calendar: numbered days of each unit, days off, and the word DAY of the prompt.

Dates are slots: the day number is counted from the dates in order, never stored. A slot that is
off is not counted. Which number an issued day was given is compared by a check, not here.
"""

from __future__ import annotations

from datetime import date, timedelta

from pmkit.model import dates
from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.schedule import Board, ShootingDay
from pmkit.problems import Fault

MAIN = "main"
# A slot that is off for one of these is lost, not free: the company stands by and is held.
STANDING_BY = ("weather", "weather day", "hold", "standby", "force majeure")
# A slot that is off for one of these moves the company.
TRAVELLING = ("travel", "company travel", "company move", "move")


@frozen
class NumberedDay:
    """A shooting day of a unit with its number: day `number` of `of`."""

    unit: str
    number: int
    of: int
    slot: ShootingDay

    @property
    def date(self) -> date:
        """Its date."""
        return self.slot.date

    def __str__(self) -> str:
        return f"{self.unit}:{self.number}"

    def word(self, unit: str) -> str:
        """The word it has at the prompt: `4` where `unit` is meant anyway, else `second:4`."""
        return str(self.number) if self.unit == unit else str(self)


def units(production: Production) -> tuple[str, ...]:
    """The units that have days on the board, in the order production.yaml names them."""
    named = [unit for unit in production.settings.units if unit in production.board.units]
    return tuple(named + [unit for unit in production.board.units if unit not in named])


def main_unit(production: Production) -> str:
    """The unit meant when none is named: `main`, else the first there is."""
    known = units(production) or tuple(production.settings.units)
    return MAIN if MAIN in known or not known else known[0]


def several(production: Production) -> bool:
    """Whether there is more than one unit to tell apart."""
    return len(set(production.settings.units) | set(production.board.units)) > 1


def unit_title(production: Production, unit: str) -> str:
    """The unit's name, where there is more than one to tell apart; else empty."""
    return production.settings.units.get(unit, unit) if several(production) else ""


def days(production: Production, unit: str, board: Board | None = None) -> tuple[NumberedDay, ...]:
    """A unit's shooting days in order of date, numbered from one; slots that are off are left out."""
    slots = (board or production.board).units.get(unit, {})
    shooting = [slots[day] for day in sorted(slots) if slots[day].shoots]
    return tuple(NumberedDay(unit, n, len(shooting), slot) for n, slot in enumerate(shooting, 1))


def all_days(production: Production, board: Board | None = None) -> tuple[NumberedDay, ...]:
    """The shooting days of every unit, by date and then by unit."""
    order = units(production)
    found = [day for unit in order for day in days(production, unit, board)]
    return tuple(sorted(found, key=lambda day: (day.date, order.index(day.unit))))


def day_on(production: Production, day: date, unit: str) -> NumberedDay | None:
    """A unit's shooting day on a date, or nothing."""
    return next((found for found in days(production, unit) if found.date == day), None)


def following(production: Production, day: NumberedDay, count: int = 2) -> tuple[NumberedDay, ...]:
    """The unit's next shooting days, for the advance schedule."""
    return tuple(later for later in days(production, day.unit) if later.number > day.number)[:count]


def holiday(production: Production, day: date) -> bool:
    """Whether a date is a holiday of the production, or stands off for a holiday on the board."""
    slot = production.board.units.get(main_unit(production), {}).get(day)
    return any(day in stretch for stretch in production.settings.holidays) or (
        slot is not None and slot.off.strip().lower() == "holiday"
    )


def free(production: Production, day: date) -> bool:
    """Whether a date is a day off of the company, on which nobody is held.

    What the main unit's board says counts first: a Saturday with strips is worked, a Monday that
    stands `off: rest` is free, and one lost to weather is not. Else the weekly days off and the
    holidays of production.yaml.
    """
    slot = production.board.units.get(main_unit(production), {}).get(day)
    if slot is not None:
        return not slot.shoots and slot.off.strip().lower() not in STANDING_BY
    return day.weekday() in production.settings.days_off or holiday(production, day)


def company_travel(production: Production, day: date) -> bool:
    """Whether the company travels on a date instead of shooting."""
    slot = production.board.units.get(main_unit(production), {}).get(day)
    return slot is not None and slot.off.strip().lower() in TRAVELLING


def find_day(production: Production, word: str, today: date, unit: str = "") -> NumberedDay | Fault:
    """The shooting day that a DAY word means: `12`, `second:3`, a date, `today`, `tomorrow`.

    `unit` is the unit asked for by an option; `second:3` names it in the word. A date without a
    unit is the main unit's day, or that of the only unit that shoots then.
    """
    typed = word.strip()
    named, colon, rest = typed.rpartition(":")
    if colon:
        unit, typed = named.strip(), rest.strip()
    if unit and unit not in units(production):
        have = ", ".join(units(production)) or "none has days yet"
        return Fault(f"no unit is called {unit}", meant(unit, units(production), f"units: {have}"), "no-day")
    if typed.isascii() and typed.isdigit():
        return _by_number(production, typed, unit or main_unit(production))
    lower = typed.lower()
    if lower in ("today", "tomorrow"):
        return _by_date(production, today + timedelta(days=lower == "tomorrow"), unit)
    parsed = dates.parse(typed)
    if isinstance(parsed, date):
        return _by_date(production, parsed, unit)
    hint = meant(lower, ["today", "tomorrow"], "a day is 12, second:3, 2025-10-16, today or tomorrow")
    return Fault(f"{typed[:40] or 'nothing'} is not a day", hint, "no-day")


def _by_number(production: Production, typed: str, unit: str) -> NumberedDay | Fault:
    known = days(production, unit)
    number = int(typed[:6])
    if 1 <= number <= len(known) and len(typed) <= 6:
        return known[number - 1]
    if not known:
        return Fault(f"{unit} has no shooting days yet", f"add them to schedule.yaml under {unit}:", "no-day")
    near = known[0] if number < 1 else known[-1]
    hint = f"{unit} has days 1 to {len(known)}; did you mean {near.number} ({dates.said(near.date)})?"
    return Fault(f"there is no day {typed[:12]} of {unit}", hint, "no-day")


def _by_date(production: Production, wanted: date, unit: str) -> NumberedDay | Fault:
    asked = (unit,) if unit else units(production)
    for name in asked:
        found = day_on(production, wanted, name)
        if found is not None:
            return found
    name = unit or main_unit(production)
    slot = production.board.units.get(name, {}).get(wanted)
    why = f"is off: {slot.off}" if slot is not None else "does not shoot"
    near = sorted(
        (day for other in (asked or (name,)) for day in days(production, other)),
        key=lambda day: (abs((day.date - wanted).days), day.date < wanted),
    )
    hint = (
        f"did you mean day {near[0].word(name)} on {dates.said(near[0].date)}?"
        if near
        else "no day is on the board yet"
    )
    return Fault(f"{name} {why} on {dates.said(wanted)}", hint, "no-day")
