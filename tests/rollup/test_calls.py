"""Call times of a day: who says them, how they follow one another, and the night the clocks change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pmkit.files.folder import Folder
from pmkit.model.clock import Length
from pmkit.model.production import Production
from pmkit.rollup import board
from pmkit.rollup.calls import DayCalls, day_calls

Make = Callable[..., Folder]

SETTINGS = """\
pmkit: 1
title: Test
timezone: America/Los_Angeles
days_off: []
units: {main: Main Unit, second: 2nd Unit}
working_day: {length: 12h, lunch_after: 6:00, meal: 0:30, shoot_after: 1:00, pace: 1:00}
"""
CREW = """\
camera:
  call: -0:30
  people:
    - {id: jun, name: Jun}
    - {id: ana, name: Ana, call: 5:45}
    - {id: osei, name: O., call: o/c}
    - {id: eve, name: Eve, unit: second}
    - {id: gone, name: Gone, to: 2025-10-12}
    - {id: away, name: Away, off: 2025-10-13}
    - {id: asked, name: Asked, hired: false}
sound:
  people: [{id: hed, name: Hed}]
"""
CAST = """\
1: {character: LENA, prepare: {makeup: 0:45, wardrobe: 0:20, rehearse: 0:15}, drive: 0:35}
2: {character: JUNE, id: kit}
3: {character: DEZ, prepare: {makeup: 0:20}, drive: 0:10}
4: {character: AWAY}
"""
BREAKDOWN = """\
1: {heading: INT. A - DAY, pages: 2, cast: [1]}
2: {heading: INT. A - DAY, pages: 1, cast: [1, 2], estimate: 2:00}
3: {heading: INT. A - DAY, pages: 4, cast: [3]}
"""
SCHEDULE = 'main:\n  2025-10-13: {call: 7:00, strips: [1, {move: "to B, 0:30"}, 2, lunch, 3]}\n'


def calls(make: Make, plan: str = "", schedule: str = SCHEDULE, day: str = "2025-10-13", **files: str) -> DayCalls:
    texts = {"production": SETTINGS, "crew": CREW, "cast": CAST, "breakdown": BREAKDOWN, "schedule": schedule, **files}
    if plan:
        texts[f"calls__{day}-main"] = plan
    folder = make(**texts)
    assert not folder.errors, folder.errors
    return of(folder.production, day)


def of(production: Production, day: str, unit: str = "main") -> DayCalls:
    found = board.day_on(production, date.fromisoformat(day), unit)
    assert found is not None
    return day_calls(production, found)


def head(found: DayCalls) -> dict[str, str | None]:
    times = {"call": found.call, "shooting": found.shooting, "lunch": found.lunch, "wrap": found.wrap}
    return {name: str(time.value) if time else None for name, time in times.items()}


def starts(found: DayCalls) -> list[str]:
    return [f"{t.start.value}-{t.end}" if t.start else "" for t in found.strips]


def artist(found: DayCalls, number: str) -> list[str]:
    times = found.cast[number]
    return [str(t.value) if t else "" for t in (times.pickup, times.makeup, times.wardrobe, times.set)]


def test_the_working_day_gives_what_nobody_said(production: Make) -> None:
    found = calls(production)
    assert head(found) == {"call": "07:00", "shooting": "08:00", "lunch": "13:00", "wrap": "19:30"}
    assert starts(found) == ["08:00-10:00", "10:00-10:30", "10:30-12:30", "13:00-13:30", "13:30-17:30"]
    assert found.breakfast is None
    assert found.change is None
    assert str(found.work_ends) == "17:30"


def test_times_are_reckoned_backwards_from_the_scene(production: Make) -> None:
    found = calls(production)
    assert artist(found, "1") == ["06:05", "06:40", "07:25", "07:45"]
    assert artist(found, "2") == ["self", "", "", "10:30"]
    assert artist(found, "3") == ["13:00", "13:10", "", "13:30"]
    assert "4" not in found.cast


def test_the_plan_overrides_and_the_rest_follows(production: Make) -> None:
    plan = """\
call: 7:30
shooting_call: 9:00
lunch: 13:15
wrap: 21:00
breakfast: 6:45
catering: {breakfast: 40}
cast:
  1: {set: 9:30, pickup: 5:50}
  2: {set: +2:00}
  3: {set: o/c}
  4: {status: H}
transport: [{vehicle: Van 2, pickup: 8:10, who: [2, 1]}]
"""
    found = calls(production, plan)
    assert head(found) == {"call": "07:30", "shooting": "09:00", "lunch": "13:15", "wrap": "21:00"}
    assert found.breakfast is not None and str(found.breakfast.value) == "06:45"
    assert artist(found, "1") == ["05:50", "08:25", "09:10", "09:30"]
    assert artist(found, "2") == ["08:10", "", "", "09:30"]
    assert artist(found, "3") == ["", "", "", "O/C"]
    assert artist(found, "4") == ["", "", "", ""]


def test_a_push_moves_what_is_relative_and_nothing_else(production: Make) -> None:
    plan = "call: {}\ncalls: {{jun: -1:00, sound: +0:15}}\ncatering: {{breakfast: 40}}\n"
    before = calls(production, plan.format("7:00"))
    after = calls(production, plan.format("9:00"))
    told = [{who: str(call.value) if call else None for who, call in found.crew.items()} for found in (before, after)]
    assert told[0] == {"jun": "06:00", "ana": "05:45", "osei": "O/C", "hed": "07:15"}
    assert told[1] == {"jun": "08:00", "ana": "05:45", "osei": "O/C", "hed": "09:15"}
    assert [str(f.breakfast.value) for f in (before, after) if f.breakfast] == ["06:30", "08:30"]
    assert str(after.departments["camera"].value if after.departments["camera"] else "") == "08:30"


def test_who_stands_on_which_sheet(production: Make) -> None:
    schedule = SCHEDULE + "second:\n  2025-10-13: {call: 6:00, strips: [{text: plates}]}\n"
    main = calls(production, schedule=schedule)
    assert list(main.crew) == ["jun", "ana", "osei", "hed"]
    folder = production(production=SETTINGS, crew=CREW, cast=CAST, breakdown=BREAKDOWN, schedule=schedule)
    second = of(folder.production, "2025-10-13", "second")
    assert list(second.crew) == ["jun", "ana", "osei", "eve", "hed"]
    assert head(second)["call"] == "06:00"


def test_work_that_runs_into_lunch_goes_on_after_it(production: Make) -> None:
    schedule = "main:\n  2025-10-13: {call: 7:00, strips: [3, 1, 2, lunch, {text: plates}, dinner]}\n"
    assert starts(calls(production, schedule=schedule)) == [
        "08:00-12:00",
        "12:00-14:30",
        "14:30-16:30",
        "13:00-13:30",
        "16:30-16:30",
        "16:30-17:00",
    ]


def test_a_day_without_a_call_has_no_times_but_its_strips(production: Make) -> None:
    found = calls(production, schedule="main:\n  2025-10-13: {strips: [1, lunch]}\n")
    assert head(found) == {"call": None, "shooting": None, "lunch": None, "wrap": None}
    assert starts(found) == ["", ""]
    assert artist(found, "1") == ["", "", "", ""]
    assert found.crew["jun"] is None
    assert found.crew["ana"] is not None, "an absolute call needs no crew call"


NIGHT = 'main:\n  2025-11-01: {call: 15:30, strips: [3, lunch, 1, "2"]}\n'


def test_a_night_over_the_end_of_daylight_saving_counts_true_hours(production: Make) -> None:
    found = calls(production, schedule=NIGHT, day="2025-11-01")
    # twelve hours and a half after 15:30 is 4:00 by an unchanged clock, and 3:00 by this one
    assert head(found)["wrap"] == "03:00 +1"
    assert found.change is not None
    assert (str(found.change.at), found.change.minutes) == ("02:00 +1", Length(-60))
    assert starts(found)[:2] == ["16:30-20:30", "21:30-22:00"]


def test_scenes_after_the_change_keep_true_hours(production: Make) -> None:
    schedule = 'main:\n  2025-11-01: {call: 17:00, strips: [3, lunch, 3, {text: "plates, 1:00"}]}\n'
    found = calls(production, schedule=schedule, day="2025-11-01")
    # lunch is at 23:00; four hours on from 23:30 the clock shows 2:30, having shown 1:00 to 2:00 twice
    assert starts(found)[2:] == ["23:30-02:30 +1", "02:30 +1-03:30 +1"]


def test_the_spring_change_and_the_location_s_own_zone(production: Make) -> None:
    places = "stage: {name: Stage, timezone: Europe/Prague}\nsets: {A: stage}\n"
    schedule = "main:\n  2025-03-29: {call: 18:00, strips: [1]}\n"
    found = calls(production, schedule=schedule, day="2025-03-29", locations=places)
    assert head(found)["wrap"] == "07:30 +1"
    assert found.change is not None
    assert (str(found.change.at), found.change.minutes) == ("02:00 +1", Length(60))


def test_a_call_before_midnight_of_an_early_day(production: Make) -> None:
    found = calls(production, schedule="main:\n  2025-10-13: {call: 0:15, strips: [1]}\n")
    assert found.crew["jun"] is not None
    assert found.crew["jun"].value == -15


def test_every_time_knows_the_lines_it_came_from(production: Make) -> None:
    found = calls(production, "cast: {1: {set: +1:30}}\n")
    pickup = found.cast["1"].pickup
    assert pickup is not None
    assert [str(place) for place in pickup.places()] == [
        "schedule.yaml:2:22",
        "calls/2025-10-13-main.yaml:1:17",
        "cast.yaml:1:46",
        "cast.yaml:1:32",
        "cast.yaml:1:86",
    ]
    chain = pickup.chain()
    assert chain["value"] == "06:50"
    assert chain["rule"] == "arrival less 0:35 to drive"
    second = found.cast["2"].set
    assert second is not None
    assert second.rule == "scene 2 begins"
    assert "production.yaml:6:1" in {f"{p.file}:{p.line}:1" for p in second.places()}


@pytest.mark.parametrize("meal", ["0:30", "1:00"])
def test_the_lunch_strip_s_own_length_counts(production: Make, meal: str) -> None:
    schedule = f'main:\n  2025-10-13: {{call: 7:00, strips: [1, "lunch, {meal}", 3]}}\n'
    assert head(calls(production, schedule=schedule))["wrap"] == ("19:30" if meal == "0:30" else "20:00")
