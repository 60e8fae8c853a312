"""Counts of the schedule that budget formulas ask for: `cast(1).paid`, `days(main)`, `location(motel).days`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from pmkit.model.breakdown import Scene
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.rollup import board
from pmkit.rollup.strips import Strips, total_pages, total_scenes

# What may follow the full stop, by function; the first is meant when nothing does.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "days": ("days",),
    "weeks": ("weeks",),
    "scenes": ("scenes",),
    "pages": ("pages",),
    "prep": ("weeks", "days"),
    "wrap": ("weeks", "days"),
    "cast": ("paid", "worked", "held", "travel", "holidays", "dropped", "events", "days"),
    "location": ("days",),
    "element": ("days", "scenes"),
}

_OF = {"cast": "cast member", "location": "location", "element": "element"}
_EXAMPLES = {
    "cast": "write cast(1).paid",
    "location": "write location(motel).days",
    "element": "write element(dog).days",
}

Count = Callable[[str, str, str], Decimal | Fault]
_BLANKS = re.compile(r"[\s_-]+")


def schedule_count(production: Production) -> Count:
    """A function that gives a count by (function, argument, attribute), or says why it cannot.

    `("cast", "1", "paid")` are the days LENA is paid, after the day out of days. `days`, `weeks`,
    `scenes` and `pages` take a unit, or nothing for all units together; pages are a decimal of
    eighths, weeks are calendar weeks in which the unit shoots. `prep` runs from the first event of
    calendar.yaml to the eve of the unit's first day, `wrap` from the morrow of its last to the last
    event: `weeks`, begun ones counted whole, or `days`, days off left out. `location` and `element`
    count dates, each once however many units are there. An element is named as the breakdown
    has it, with hyphens for its blanks if need be (`picture-car`), or by its category
    (`picture_vehicles`: any of them).
    """
    tables = _Tables(production)

    def count(function: str, argument: str, attribute: str = "") -> Decimal | Fault:
        known = ATTRIBUTES.get(function)
        if known is None:
            return _unknown(f"{function}(…) is no count of the schedule", function, list(ATTRIBUTES))
        wanted = attribute or known[0]
        if wanted not in known:
            return _unknown(f"{function}(…) has no {wanted}", wanted, list(known))
        if function in _OF and not argument.strip():
            return Fault(f"{function}() does not say of which {_OF[function]}", _EXAMPLES[function], "unknown-count")
        return tables.count(function, argument.strip(), wanted)

    return count


def _unknown(message: str, typed: str, known: list[str]) -> Fault:
    return Fault(message, meant(typed, known, f"there is {', '.join(known)}"), "unknown-count")


class _Tables:
    def __init__(self, production: Production) -> None:
        self.production = production
        self._locations: dict[str, set[date]] | None = None
        self._elements: dict[str, tuple[set[date], set[str]]] | None = None
        self._cast: dict[str, dict[str, int]] | None = None

    def count(self, function: str, argument: str, attribute: str) -> Decimal | Fault:
        if function == "cast":
            return self._of_cast(argument, attribute)
        if function == "location":
            return self._of_location(argument)
        if function == "element":
            return self._of_element(argument, attribute)
        return self._of_unit(function, argument, attribute)

    def _of_unit(self, function: str, unit: str, attribute: str) -> Decimal | Fault:
        known = list(dict.fromkeys([*board.units(self.production), *self.production.settings.units]))
        if unit and unit not in known:
            return _unknown(f"no unit is called {unit}", unit, known)
        days = [day for name in ([unit] if unit else known) for day in board.days(self.production, name)]
        if function in ("prep", "wrap"):
            return self._round_the_shoot(function, sorted(day.date for day in days), attribute)
        if function == "days":
            return Decimal(len(days))
        if function == "weeks":
            return Decimal(len({day.date.isocalendar()[:2] for day in days}))
        strips = Strips(self.production)
        found = tuple(strip for day in days for strip in strips.of(day.slot))
        return Decimal(total_scenes(found)) if function == "scenes" else Decimal(total_pages(found)) / 8

    def _round_the_shoot(self, function: str, shoot: list[date], attribute: str) -> Decimal | Fault:
        """The days or weeks between the calendar's events and the shoot."""
        told = [day for stretch, events in self.production.calendar.items() if events for day in stretch.days()]
        if not shoot or not told:
            missing = "calendar.yaml has no events" if shoot else "the board has no shooting days"
            return Fault(f"{function}(…) cannot be counted: {missing}", "type the number of weeks", "unknown-count")
        first, last = (min(told), shoot[0]) if function == "prep" else (shoot[-1] + timedelta(1), max(told))
        length = max((last - first).days + (function == "wrap"), 0)
        if attribute == "weeks":
            return Decimal(-(-length // 7))
        days = (first + timedelta(n) for n in range(length))
        return Decimal(sum(not board.free(self.production, day) for day in days))

    def _of_cast(self, number: str, attribute: str) -> Decimal | Fault:
        if self._cast is None:
            from pmkit.rollup.spans import spans  # a budget without cast needs no day out of days

            self._cast = {
                key: {
                    "paid": span.paid,
                    "worked": span.worked,
                    "days": span.worked,
                    "held": span.held,
                    "events": span.events,
                    "travel": span.travelled,
                    "holidays": span.holidays,
                    "dropped": span.dropped,
                }
                for key, span in spans(self.production).items()
            }
        if number not in self.production.cast:
            number = getattr(self.production.cast_by_id.get(number), "number", number)
        if number not in self.production.cast:
            return _unknown(f"no cast member is number {number}", number, list(self.production.cast))
        return Decimal(self._cast.get(number, {}).get(attribute, 0))

    def _of_location(self, key: str) -> Decimal | Fault:
        if key not in self.production.locations:
            return _unknown(f"no location is called {key}", key, list(self.production.locations))
        if self._locations is None:
            self._locations = {}
            strips = Strips(self.production)
            for day in board.all_days(self.production):
                for strip in strips.of(day.slot):
                    self._locations.setdefault(strip.location, set()).add(day.date)
        return Decimal(len(self._locations.get(key, ())))

    def _of_element(self, name: str, attribute: str) -> Decimal | Fault:
        if self._elements is None:
            self._elements = {}
            for scene in self.production.scenes.values():
                for word in _words(scene):
                    self._elements.setdefault(word, (set(), set()))
            for day in board.all_days(self.production):
                for strip in day.slot.scenes():
                    found = self.production.scene(strip.scene)
                    for word in _words(found) if found is not None else ():
                        dates, scenes = self._elements[word]
                        dates.add(day.date)
                        scenes.add(found.number if found is not None else "")
        known = self._elements.get(name.lower()) or self._elements.get(_plain(name))
        if known is None:
            if _plain(name) in {_plain(category) for category in self.production.settings.category_names()}:
                return Decimal(0)
            words = [word for word in self._elements if word == word.strip()]
            return _unknown(f"nothing in the breakdown is called {name}", name.lower(), words)
        return Decimal(len(known[0] if attribute == "days" else known[1]))


def _words(scene: Scene) -> Iterator[str]:
    """The words by which the elements of a scene can be asked for: as typed, plain, and their categories."""
    for category, items in (("background", scene.background), *scene.elements.items()):
        for item in items:
            yield from {item.strip().lower(), _plain(item), _plain(category)}


def _plain(name: str) -> str:
    """A name as elements are compared: `picture-car` is `picture car`."""
    return _BLANKS.sub(" ", name.strip().lower())
