"""What a day's sheets are made from, found once for the sheet of all and the cards of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pmkit.model.day import Plan
from pmkit.model.location import Location
from pmkit.model.production import Production
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.calls import DayCalls, day_calls
from pmkit.rollup.spans import Span, spans
from pmkit.rollup.strips import ResolvedStrip, Strips

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A unit's day: its plan, strips, times and the cast's spans. `letters` are the locations' by id."""

    production: Production
    day: NumberedDay
    plan: Plan
    strips: Strips
    calls: DayCalls
    spans: dict[str, Span]
    letters: dict[str, str]
    others: dict[tuple[date, str], DayFacts] = field(default_factory=dict, compare=False, repr=False)

    def other(self, day: NumberedDay) -> DayFacts:
        """The same of another day, found once however many cards ask for it."""
        key = (day.date, day.unit)
        if key not in self.others:
            self.others[key] = _gathered(self.production, day, self.strips, self.spans)
        return self.others[key]

    @property
    def resolved(self) -> tuple[ResolvedStrip, ...]:
        """The day's strips, in order."""
        return tuple(timed.strip for timed in self.calls.strips)

    def locations(self) -> tuple[Location, ...]:
        """The day's locations in the order they are come to."""
        return tuple(self.production.locations[key] for key in self.letters)


def gathered(production: Production, day: NumberedDay) -> DayFacts:
    """Everything a unit's day rests on."""
    return _gathered(production, day, Strips(production), spans(production))


def _gathered(production: Production, day: NumberedDay, strips: Strips, found: dict[str, Span]) -> DayFacts:
    calls = day_calls(production, day, strips)
    plan = production.plans.get((day.date, day.unit)) or Plan()
    keys = [timed.strip.location for timed in calls.strips if timed.strip.location]
    keys = [key for key in dict.fromkeys(keys or [plan.location, day.slot.location]) if key in production.locations]
    letters = {key: LETTERS[n] if n < len(LETTERS) else str(n + 1) for n, key in enumerate(keys)}
    return DayFacts(production, day, plan, strips, calls, found, letters)
