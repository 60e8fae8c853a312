"""Counts of the schedule that budget formulas ask for: `cast(1).paid`, `days(main)`, `location(motel).days`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.rollup import board
from pmkit.rollup.spans import spans
from pmkit.rollup.strips import Strips, total_pages, total_scenes

# What may follow the full stop, by function; the first is meant when nothing does.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "days": ("days",),
    "scenes": ("scenes",),
    "pages": ("pages",),
    "cast": ("paid", "worked", "held", "travel", "holidays", "dropped", "events", "days"),
    "location": ("days",),
    "element": ("days", "scenes"),
}

Count = Callable[[str, str, str], Decimal | Fault]


def schedule_count(production: Production) -> Count:
    """A function that gives a count by (function, argument, attribute), or says why it cannot.

    `("cast", "1", "paid")` are the days LENA is paid, after the day out of days. `days`, `scenes`
    and `pages` take a unit, or nothing for all units together; pages are a decimal of eighths.
    `location` and `element` count dates, each once however many units are there.
    """
    tables = _Tables(production)

    def count(function: str, argument: str, attribute: str = "") -> Decimal | Fault:
        known = ATTRIBUTES.get(function)
        if known is None:
            return _unknown(f"{function}(…) is no count of the schedule", function, list(ATTRIBUTES))
        wanted = attribute or known[0]
        if wanted not in known:
            return _unknown(f"{function}(…) has no {wanted}", wanted, list(known))
        return tables.count(function, argument.strip(), wanted)

    return count


def _unknown(message: str, typed: str, known: list[str]) -> Fault:
    return Fault(message, meant(typed, known, f"there is {', '.join(known)}"), "unknown-count")


class _Tables:
    def __init__(self, production: Production) -> None:
        self.production = production
        self._locations: dict[str, set[object]] | None = None
        self._elements: dict[str, tuple[set[object], set[str]]] | None = None
        self._cast: dict[str, dict[str, int]] | None = None

    def count(self, function: str, argument: str, attribute: str) -> Decimal | Fault:
        if function == "cast":
            return self._of_cast(argument, attribute)
        if function == "location":
            return self._of_location(argument)
        if function == "element":
            return self._of_element(argument, attribute)
        return self._of_unit(function, argument)

    def _of_unit(self, function: str, unit: str) -> Decimal | Fault:
        known = list(dict.fromkeys([*board.units(self.production), *self.production.settings.units]))
        if unit and unit not in known:
            return _unknown(f"no unit is called {unit}", unit, known)
        days = [day for name in ([unit] if unit else known) for day in board.days(self.production, name)]
        if function == "days":
            return Decimal(len(days))
        strips = Strips(self.production)
        found = tuple(strip for day in days for strip in strips.of(day.slot))
        return Decimal(total_scenes(found)) if function == "scenes" else Decimal(total_pages(found)) / 8

    def _of_cast(self, number: str, attribute: str) -> Decimal | Fault:
        if self._cast is None:
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
                for items in (scene.background, *scene.elements.values()):
                    for item in items:
                        self._elements.setdefault(item.strip().lower(), (set(), set()))
            for day in board.all_days(self.production):
                for strip in day.slot.scenes():
                    found = self.production.scene(strip.scene)
                    for items in (found.background, *found.elements.values()) if found is not None else ():
                        for item in items:
                            dates, scenes = self._elements[item.strip().lower()]
                            dates.add(day.date)
                            scenes.add(found.number if found is not None else "")
        known = self._elements.get(name.lower())
        if known is None:
            return _unknown(f"nothing in the breakdown is called {name}", name.lower(), list(self._elements))
        return Decimal(len(known[0] if attribute == "days" else known[1]))
