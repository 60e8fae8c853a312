"""Boards made on the spot: of any size, and a series with its episodes mixed."""

from __future__ import annotations

from datetime import date, timedelta

from pmkit.model.breakdown import Scene
from pmkit.model.calendar import Event
from pmkit.model.cast import CastMember, Drop
from pmkit.model.daily import Daily, SceneResult
from pmkit.model.dates import DateRange
from pmkit.model.location import Location
from pmkit.model.pages import Eighths
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip

FIRST = date(2026, 3, 2)


def large(scenes: int, a_day: int = 4, cast: int = 30) -> Production:
    """A board of so many scenes, four a day, with a quarter of it shot."""
    numbers = [str(n) for n in range(1, scenes + 1)]
    breakdown = {
        number: Scene(
            number=number,
            heading=f"{'INT' if n % 2 else 'EXT'}. SET {n % 40} - {'DAY' if n % 3 else 'CONTINUOUS'}",
            pages=Eighths(1 + n % 16),
            synopsis="Somebody says a thing that somebody else would rather not have heard.",
            script_day=str(1 + n // 20),
            cast=tuple(sorted({str(1 + (n * k) % cast) for k in (1, 3, 7)})),
            background=("12 people",),
            elements={"props": (f"prop {n % 60}", f"prop {n}"), "vehicles": (f"car {n % 7}",), "notes": ("a note",)},
        )
        for n, number in enumerate(numbers)
    }
    dates = [FIRST + timedelta(days=n + 2 * (n // 5)) for n in range(scenes // a_day)]
    slots = {
        at: ShootingDay(
            date=at,
            strips=(*(Strip(scene=number) for number in numbers[n * a_day : (n + 1) * a_day]), Strip(meal="lunch")),
        )
        for n, at in enumerate(dates)
    }
    shot = dates[: len(dates) // 4]
    return Production(
        settings=Settings(
            pmkit=1, title="Large", code="L", holidays=(DateRange(date(2026, 3, 11), date(2026, 3, 11)),)
        ),
        cast={
            str(n): CastMember(number=str(n), character=f"ROLE {n}", performer="Who", hold=True, drop=Drop(10))
            for n in range(1, cast + 1)
        },
        scenes=breakdown,
        board=Board(units={"main": slots}),
        sets={f"SET {n}": f"place-{n % 9}" for n in range(40)},
        locations={f"place-{n}": Location(key=f"place-{n}", name=f"Place {n}") for n in range(9)},
        calendar={DateRange(at, at): (Event(what="meeting", who=("1",)),) for at in dates[::3]},
        dailies={
            (at, "main"): Daily(scenes={strip.scene: SceneResult(result="shot") for strip in slots[at].scenes()})
            for at in shot
        },
    )


SERIES = {
    "production": "pmkit: 1\ntitle: Bars\ncode: BAR\nkind: series\nepisodes: {101: Pilot, 102: Rain, 103: Sun}\n"
    "blocks: {1: [101, 102], 2: [103]}\nschedule: {draft: Pink, date: 2026-02-20}\n",
    "breakdown": """\
101:
  1: {heading: INT. BAR - DAY, pages: 1, cast: [1], props: [glass]}
  2: {heading: EXT. BAR - CONTINUOUS, pages: 2/8, cast: [1, 2], synopsis: They run.}
102:
  1: {heading: INT. BAR - NIGHT, pages: 2, cast: [2]}
  12A: {heading: INT. CELLAR - DAY, pages: 1 4/8, cast: [1]}
103:
  5: {heading: INT. CELLAR - DAY, pages: 4/8, cast: [1]}
""",
    "cast": "1: {character: ANNA, id: anna, hold: true}\n2: {character: BEN, id: ben}\n",
    "schedule": """\
main:
  2026-03-02: {call: 7:00, strips: [101-1, lunch, 102-12A]}
  2026-03-03: {call: 7:00, strips: [{scene: 1, episode: 102}, 103-5, 101-2 part 1 of 2]}
  2026-03-05: {strips: [101-2 part 2 of 2]}
""",
    "boards/rain": "main:\n  2026-03-02: {call: 9:00, strips: [101-1, 102-12A, 102-1, 101-2]}\nboneyard: [103-5]\n",
}
