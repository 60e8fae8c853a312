"""What stands in a person's, a department's and a unit's diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.diary import Diaries, Diary, Entry
from pmkit.reports.diary_whose import whose

Make = Callable[..., Folder]
HEAD = "pmkit: 1\ntitle: T\ncode: SALT\ntimezone: America/Los_Angeles\nunits: {main: Main Unit, second: 2nd Unit}\n"
FILES = {
    "production": HEAD,
    "cast": (
        "1:\n  character: LENA\n  id: ana\n  performer: Ana\n  hold: true\n  drive: 0:35\n  prepare: {makeup: 0:45}\n"
        "  events: {2025-10-06: [fitting, travel], 2025-10-12: rehearsal}\n2: {character: JUNE}\n"
    ),
    "crew": (
        "camera:\n  call: -0:30\n  people:\n"
        "    - {id: jun, name: Jun Ito, position: DP}\n"
        "    - {id: jun-2, person: jun, position: 2nd Unit DP, unit: second, call: 5:15}\n"
        "    - {id: day, name: Dee Day, position: Loader, days: [2025-10-14], call: 5:45}\n"
        "    - {id: oc, name: O. C., position: Agent, call: o/c}\n"
        "    - {id: na, name: N. A., position: Designer, call: n/a}\n"
        "    - {id: asked, name: A. S., position: Operator, hired: false}\n"
    ),
    "locations": (
        'bar: {name: The Bar, address: "1 Road, Town", coordinates: "34.8958, -117.0228"}\n'
        "sea: {name: The Sea, timezone: Europe/London}\nsets: {BAR: bar, SEA: sea}\n"
    ),
    "breakdown": (
        "1: {heading: INT. BAR - DAY, pages: 1 3/8, cast: [1]}\n2: {heading: EXT. SEA - NIGHT, pages: 2/8, cast: [2]}\n"
        "3: {heading: INT. BAR - NIGHT, pages: 1, cast: [1]}\n"
    ),
    "schedule": (
        "main:\n  2025-10-13: {call: 7:00, strips: [1]}\n  2025-10-14: {call: 15:00, strips: [2]}\n"
        "  2025-10-15: {call: 15:00, strips: [3]}\nsecond:\n  2025-10-14: {call: 6:00, strips: [{text: plates}]}\n"
    ),
    "calendar": (
        "2025-10-02: [{what: tech scout, who: [camera], location: bar, time: 9:00, until: 11:00}, {what: tech scout, who: [jun]}]\n"
        "2025-10-08..2025-10-09: {what: tests, who: [cast], time: 9:00}\n2025-10-12: {what: rehearsal, who: [ana], time: 14:00}\n"
        "2025-10-20: {what: wrap party}\n"
    ),
    "travel": "in: {who: [ana], date: 2025-10-06, by: train, from: Paris, to: Town, leaves: 8:00, hotel: The Ritz, number: X1}\n",
}


def of(folder: Folder, word: str) -> list[Diary]:
    assert not folder.problems
    found = whose(folder.production, word)
    assert not isinstance(found, Fault)
    made = Diaries(folder.production, str)
    return [made.of(who) for who in found]


def shoots(diary: Diary) -> list[tuple[str, str]]:
    return [(entry.key, entry.what) for entry in diary.entries if entry.kind == "shoot"]


def entry(diary: Diary, key: str) -> Entry:
    return next(found for found in diary.entries if found.key == key)


def test_an_artist_comes_by_their_own_times_to_the_estimated_wrap(production: Make) -> None:
    (diary,) = of(production(**FILES), "LENA")
    assert (diary.key, diary.name) == ("ana", "Ana")
    assert shoots(diary) == [
        ("2025-10-13-main", "SALT day 1: pick-up 06:40"),
        ("2025-10-15-main", "SALT day 3: pick-up 14:40"),
    ]
    day = entry(diary, "2025-10-13-main")
    assert day.start is not None and day.end is not None
    assert day.start.isoformat() == "2025-10-13T06:40:00-07:00" and str(day.start.tzinfo) == "America/Los_Angeles"
    assert day.end.isoformat() == "2025-10-13T19:30:00-07:00"
    assert (day.where, day.coordinates) == ("The Bar, 1 Road, Town", (34.8958, -117.0228))
    assert day.note.splitlines() == [
        "Main Unit, day 1 of 3: no call sheet yet, from the schedule",
        "Make-up 07:15, on set 08:00",
        "Crew call 07:00, shooting call 08:00, lunch 13:00, estimated wrap 19:30",
        "Scenes:",
        "1 INT. BAR - DAY, 1 3/8 p.",
    ]


def test_holds_fittings_and_journeys_are_marked_and_nothing_is_said_twice(production: Make) -> None:
    (diary,) = of(production(**FILES), "1")
    told = [(e.key, e.kind, e.what, e.start.hour if e.start else None) for e in diary.entries if e.kind != "shoot"]
    assert told == [
        ("2025-10-06-fitting", "event", "SALT: fitting", None),
        ("travel-in", "travel", "SALT: travel by train", 8),  # and no travel of cast.yaml beside it
        ("2025-10-08-tests", "event", "SALT: tests", 9),
        ("2025-10-09-tests", "event", "SALT: tests", 9),
        ("2025-10-12-rehearsal", "event", "SALT: rehearsal", 14),  # the hour is calendar.yaml's
        ("2025-10-14-hold", "hold", "SALT: hold", None),
        ("2025-10-20-wrap-party", "event", "SALT: wrap party", None),
    ]
    assert "Ritz" not in repr(diary) and "X1" not in repr(diary)


def test_one_person_with_two_jobs_has_one_diary_with_both_units(production: Make) -> None:
    folder = production(**FILES)
    (diary,) = of(folder, "jun")
    assert of(folder, "jun-2") == [diary]
    assert shoots(diary) == [
        ("2025-10-13-main", "SALT day 1: call 06:30"),
        ("2025-10-14-second", "SALT 2nd Unit day 1: call 05:15"),
        ("2025-10-14-main", "SALT day 2: call 14:30"),
        ("2025-10-15-main", "SALT day 3: call 14:30"),
    ]


def test_on_call_is_all_day_not_needed_is_nothing_and_a_daily_has_only_the_days_hired(production: Make) -> None:
    folder = production(**FILES)
    (on_call,), (never,), (daily,) = (of(folder, word) for word in ("oc", "na", "day"))
    day = entry(on_call, "2025-10-13-main")
    assert (day.what, day.start, day.day, day.until) == ("SALT day 1: on call", None, dt.date(2025, 10, 13), day.day)
    assert shoots(never) == []
    assert [e.key for e in daily.entries] == ["2025-10-14-main", "2025-10-14-second"]
    fault = whose(folder.production, "asked")
    assert isinstance(fault, Fault) and "not hired" in fault.message


def test_the_zone_is_the_locations(production: Make) -> None:
    (diary,) = of(production(**FILES), "2")
    day = entry(diary, "2025-10-14-main")
    assert diary.key == "cast-2"
    assert day.start is not None and day.start.isoformat() == "2025-10-14T16:00:00+01:00"


def test_a_department_has_its_own_diary_and_those_of_its_people(production: Make) -> None:
    folder = production(**FILES)
    diaries = of(folder, "camera")
    assert [diary.key for diary in diaries] == ["department-camera", "jun", "day", "oc", "na"]
    day = entry(diaries[0], "2025-10-14-main")
    assert day.what == "SALT day 2: call 14:30"
    assert "Dee Day 05:45" in day.note
    scouts = [e.key for e in diaries[0].entries if e.what.endswith("scout")]
    assert scouts == ["2025-10-02-tech-scout", "2025-10-02-tech-scout-2"]
    assert [e.key for e in diaries[1].entries if e.what.endswith("scout")] == [
        "2025-10-02-tech-scout",
        "2025-10-02-tech-scout-2",
    ]


def test_a_unit_has_its_days_and_all_is_everybody(production: Make) -> None:
    folder = production(**FILES)
    (unit,) = of(folder, "second")
    assert shoots(unit) == [("2025-10-14-second", "SALT 2nd Unit day 1: call 06:00")]
    keys = [diary.key for diary in of(folder, "all")]
    assert keys == ["unit-main", "unit-second", "department-camera", "jun", "day", "oc", "na", "ana", "cast-2"]


def test_a_day_without_a_call_is_all_day_and_says_so(production: Make) -> None:
    files = {**FILES, "schedule": "main:\n  2025-10-13: {strips: [1]}\n"}
    for word in ("jun", "1", "main", "camera"):
        diary = of(production(**files), word)[0]
        assert shoots(diary) == [("2025-10-13-main", "SALT day 1: call to follow")]
        assert entry(diary, "2025-10-13-main").start is None


@pytest.mark.parametrize("word", ["nobody", "", "junn"])
def test_nobody_is_a_fault_with_a_hint(production: Make, word: str) -> None:
    found = whose(production(**FILES).production, word)
    assert isinstance(found, Fault) and found.hint


def test_the_night_on_which_the_clocks_go_back(sample: Folder) -> None:
    diary = Diaries(sample.production, str).of(whose(sample.production, "main")[0])  # type: ignore[index]
    night = entry(diary, "2025-11-01-main")
    assert night.start is not None and night.end is not None
    assert (night.start.isoformat(), night.end.isoformat()) == (
        "2025-11-01T15:30:00-07:00",
        "2025-11-02T04:00:00-08:00",
    )
