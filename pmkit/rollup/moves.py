"""What a change of the board does: pages and scenes of each day, cast days and holds, problems gained and cured."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pmkit.model.kinds import same_scene
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup import board
from pmkit.rollup.spans import Span, spans
from pmkit.rollup.spots import strips
from pmkit.rollup.strips import ResolvedStrip, Strips, total_pages, total_scenes

_LINE = re.compile(r":\d+")


@dataclass(frozen=True, slots=True)
class Load:
    """A unit's day on one board: its number (0 when nobody shoots), pages and scenes."""

    number: int
    pages: Eighths
    scenes: int
    strips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day of a unit before and after."""

    unit: str
    date: dt.date
    before: Load
    after: Load


@dataclass(frozen=True, slots=True)
class CastChange:
    """A cast member's days before and after; None where they do not work at all."""

    number: str
    character: str
    before: Span | None
    after: Span | None

    @property
    def dates(self) -> tuple[tuple[dt.date, str, str], ...]:
        """The dates whose code differs: the date, the code before, the code after."""
        old = self.before.codes if self.before else {}
        new = self.after.codes if self.after else {}
        differing = sorted({*old, *new})
        return tuple((d, old.get(d, ""), new.get(d, "")) for d in differing if old.get(d) != new.get(d))


@dataclass(frozen=True, slots=True)
class Effect:
    """All that a change of the board does."""

    days: tuple[DayChange, ...]
    cast: tuple[CastChange, ...]
    gained: tuple[Problem, ...]
    cured: tuple[Problem, ...]


def effect(before: Production, after: Production, found: Iterable[Problem] = (), now: Iterable[Problem] = ()) -> Effect:
    """The effect of a change of the board; `found` and `now` are the problems before and after it."""
    old, new = list(found), list(now)
    return Effect(_days(before, after), _cast(before, after), _beyond(new, old), _beyond(old, new))


def _days(before: Production, after: Production) -> tuple[DayChange, ...]:
    old, new = _loads(before), _loads(after)
    nothing = Load(0, Eighths(0), 0, ())
    changes = [DayChange(*key, old.get(key, nothing), new.get(key, nothing)) for key in {**old, **new}]
    return tuple(sorted((c for c in changes if c.before != c.after), key=lambda c: (c.unit, c.date)))


def _loads(production: Production) -> dict[tuple[str, dt.date], Load]:
    resolver = Strips(production)
    loads = {}
    for day in board.all_days(production):
        found = resolver.of(day.slot)
        loads[day.unit, day.date] = Load(day.number, total_pages(found), total_scenes(found), _words(found))
    return loads


def _words(found: tuple[ResolvedStrip, ...]) -> tuple[str, ...]:
    return tuple(strip.number or repr(strip.strip) for strip in found)


def _cast(before: Production, after: Production) -> tuple[CastChange, ...]:
    old, new = spans(before), spans(after)
    return tuple(
        CastChange(number, member.character, old.get(number), new.get(number))
        for number, member in after.cast.items()
        if old.get(number) != new.get(number)
    )


def _beyond(these: list[Problem], those: list[Problem]) -> tuple[Problem, ...]:
    """The problems that only these have; the lines they stand on do not tell them apart."""
    left = Counter(_told(problem) for problem in those)
    beyond = []
    for problem in these:
        if left[_told(problem)]:
            left[_told(problem)] -= 1
        else:
            beyond.append(problem)
    return tuple(beyond)


def _told(problem: Problem) -> tuple[str, str]:
    return problem.code, _LINE.sub("", problem.message)


def new_problems(found: Iterable[Problem], now: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems there are now and were not before."""
    return _beyond(list(now), list(found))


def scenes(production: Production) -> Counter[tuple[str, int]]:
    """How often each scene, or part of one, stands on the board or in its boneyard."""
    return Counter((same_scene(s.scene), s.part[0] if s.part else 0) for _, s in strips(production) if s.scene)
