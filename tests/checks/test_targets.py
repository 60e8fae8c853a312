"""A day against its targets of pages, time and light; the ordinary case of each code is in the gallery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from pmkit.checks import targets
from pmkit.files.folder import Folder
from pmkit.rollup.sun import sun

Make = Callable[..., Folder]
HEAD = "pmkit: 1\ntitle: T\ntimezone: America/Los_Angeles\n"
PLACE = 'flat: {name: Salt Flat, coordinates: "34.8958, -117.0228"}\nsets: {FLAT: flat}\n'


def said(check: object, folder: Folder) -> list[tuple[str, str]]:
    assert not folder.problems and callable(check)
    return [(p.code, p.message) for p in check(folder.production)]


def test_the_sample_has_none_of_these(sample: Folder) -> None:
    assert [p for check in targets.CHECKS for p in check(sample.production)] == []


@pytest.mark.parametrize(("target", "over"), [("", False), ("2 7/8", True), ("3", False)])
def test_pages_count_only_against_a_target_that_was_set(production: Make, target: str, over: bool) -> None:
    folder = production(
        production=HEAD + (f"working_day: {{pages: {target}}}\n" if target else ""),
        breakdown="1: {heading: INT. BAR - DAY, pages: 3 4/8}\n",
        schedule='main:\n  2025-10-13: {strips: ["1 part 1 of 2, 3", lunch]}\n  2025-10-14: {strips: [1 part 2 of 2]}\n',
    )
    assert bool(said(targets.over_pages, folder)) == over


@pytest.mark.parametrize(
    ("estimates", "board", "plan", "ends"),
    [
        (("5:00", "6:00"), "[1, lunch, 2]", "", ""),  # 8:00 to 19:30, which is the wrap
        (("5:00", "6:01"), "[1, lunch, 2]", "", "19:31"),
        (("5:00", "6:30"), "[1, 2]", "", "20:00"),  # lunch is taken though no strip says so
        (("1:00", "6:01"), "[1, lunch, 2]", "", "19:31"),  # the morning is short, lunch stands at its hour
        (("5:00", "6:01"), "[1, lunch, 2]", "day_length: 13h", ""),
        (("5:00", "5:00"), "[1, lunch, 2]", "wrap: 18:00", "18:30"),
        (("5:00", ""), "[1, lunch, 2]", "wrap: 12:00", ""),  # nobody said how long scene 2 takes
    ],
)
def test_the_last_scene_against_the_wrap(
    production: Make, estimates: tuple[str, str], board: str, plan: str, ends: str
) -> None:
    scenes = "".join(
        f"{n}: {{heading: INT. BAR - DAY, pages: 1{f', estimate: {e}' if e else ''}}}\n"
        for n, e in enumerate(estimates, 1)
    )
    folder = production(
        production=HEAD,
        breakdown=scenes,
        schedule=f"main:\n  2025-10-13: {{call: 7:00, strips: {board}}}\n",
        **({"calls__2025-10-13-main": f"{plan}\n"} if plan else {}),
    )
    found = said(targets.over_time, folder)
    assert [code for code, _ in found] == ["over-time"] * bool(ends)
    assert all(f"ends at {ends} by the estimates" in message for _, message in found)


def test_a_pace_of_the_productions_own_counts_as_said(production: Make) -> None:
    files = {
        "breakdown": "1: {heading: INT. BAR - DAY, pages: 9}\n",
        "schedule": "main:\n  2025-10-13: {call: 7:00, strips: [1, lunch]}\n",
    }
    assert said(targets.over_time, production(production=HEAD, **files)) == []
    paced = production(production=HEAD + "working_day: {pace: 1:30}\n", **files)
    assert [code for code, _ in said(targets.over_time, paced)] == ["over-time"]


def test_light_is_not_judged_by_clocks_nobody_knows(production: Make) -> None:
    files = {
        "locations": PLACE,
        "breakdown": "1: {heading: EXT. FLAT - DAY, pages: 1, estimate: 1:00}\n",
        "schedule": "main:\n  2025-10-27: {call: 20:00, strips: [1]}\n",
    }
    assert [code for code, _ in said(targets.light, production(production=HEAD, **files))] == ["day-in-dark"]
    unknown = "\n".join(line for line in HEAD.splitlines() if not line.startswith("timezone")) + "\ntimezone: PST\n"
    folder = production(production=unknown, **files)
    assert [problem.code for problem in folder.problems] == ["bad-timezone"]
    assert list(targets.light(folder.production)) == []


# Sunset at 18:02, last light at 18:28, first light at 6:36, sunrise at 7:02.
@pytest.mark.parametrize(
    ("heading", "call", "estimate", "code", "why"),
    [
        ("EXT. FLAT - DAY", "16:00", "1:00", "", ""),  # into the twilight, and no further
        ("EXT. FLAT - DAY", "16:20", "1:10", "day-in-dark", "the last light is at 18:28"),
        ("EXT. FLAT - DAY", "17:05", "0:10", "day-in-dark", "the sun sets at 18:02"),
        ("EXT. FLAT - DAY", "5:00", "1:00", "day-in-dark", "the first light is at 06:36"),
        ("EXT. FLAT - DAY", "5:45", "1:00", "", ""),
        ("INT. FLAT - DAY", "20:00", "1:00", "", ""),
        ("INT./EXT. FLAT - DAY", "20:00", "1:00", "", ""),
        ("EXT. FLAT - DUSK", "20:00", "1:00", "", ""),
        ("EXT. NOWHERE - DAY", "20:00", "1:00", "", ""),
        ("EXT. FLAT - NIGHT", "16:40", "1:00", "", ""),
        ("EXT. FLAT - NIGHT", "16:20", "1:00", "night-in-daylight", "the sun sets at 18:02"),
        ("EXT. FLAT - NIGHT", "3:00", "2:30", "", ""),
        ("EXT. FLAT - NIGHT", "24:00", "4:45", "", ""),
        ("EXT. FLAT - NIGHT", "25:00", "5:30", "night-in-daylight", "the sun rises at 07:03 +1"),
        ("EXT. FLAT - DAY", "30:00", "1:00", "", ""),
    ],
)
def test_the_light_of_an_exterior(
    production: Make, heading: str, call: str, estimate: str, code: str, why: str
) -> None:
    folder = production(
        production=HEAD,
        locations=PLACE,
        breakdown=f"1: {{heading: {heading}, pages: 1, estimate: {estimate}}}\n",
        schedule=f"main:\n  2025-10-24: {{call: {call}, strips: [1]}}\n",
    )
    found = said(targets.light, folder)
    assert [code for code, _ in found] == [code] * bool(code)
    assert all(message.endswith(why) for _, message in found)


@pytest.mark.parametrize(
    ("north", "east", "zone"),
    [
        (34.9, -117.0, "America/Los_Angeles"),
        (51.5, 0.0, "Europe/London"),
        (-33.9, 151.2, "Australia/Sydney"),
        (59.3, 18.0, "Europe/Stockholm"),
        (1.3, 103.8, "Asia/Singapore"),
    ],
)
def test_the_rough_sun_is_right_to_within_what_is_allowed_for_it(north: float, east: float, zone: str) -> None:
    compared = 0
    for n in range(0, 365, 13):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=n)
        rough = targets.rough_sun(day, north, east, ZoneInfo(zone))
        true = sun(day, north, east, ZoneInfo(zone))
        if rough is None:
            continue
        for ours, theirs in zip(rough, (true.first_light, true.sunrise, true.sunset, true.last_light), strict=True):
            assert theirs is not None and abs(ours - theirs) < targets._ROUGH
            compared += 1
    assert compared > 60


def test_a_sun_that_does_not_rise_or_set_is_said(production: Make) -> None:
    files = {
        "production": "pmkit: 1\ntitle: T\ntimezone: Europe/Oslo\n",
        "locations": 'flat: {name: Ice, coordinates: "78.2, 15.6"}\nsets: {FLAT: flat}\n',
    }
    for heading, date, code, why in (
        ("EXT. FLAT - DAY", "2025-12-20", "day-in-dark", "the sun does not rise"),
        ("EXT. FLAT - NIGHT", "2025-06-20", "night-in-daylight", "the sun does not set"),
        ("EXT. FLAT - DAY", "2025-06-20", "", ""),
    ):
        folder = production(
            **files,
            breakdown=f"1: {{heading: {heading}, pages: 1}}\n",
            schedule=f"main:\n  {date}: {{call: 9:00, strips: [1]}}\n",
        )
        found = said(targets.light, folder)
        assert [code for code, _ in found] == [code] * bool(code)
        assert all(message.endswith(why) for _, message in found)
