from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit.checks import calendar
from pmkit.files.folder import Folder
from pmkit.problems import Problem

Make = Callable[..., Folder]

SCENES = """1: {heading: EXT. MOTEL - DAY, pages: 1}
2: {heading: EXT. MOTEL - DAY, pages: 2 4/8}
3: {heading: EXT. MOTEL - DAY, pages: 1}
"""


def found(check: Callable[..., object], folder: Folder) -> list[Problem]:
    assert folder.errors == []
    return list(check(folder.production))  # type: ignore[call-overload, no-any-return]


def board(*days: str) -> str:
    return "main:\n" + "".join(f"  2025-10-{day}: {{call: 6:30, strips: [{s}]}}\n" for day, s in enumerate(days, 13))


@pytest.mark.parametrize(
    "schedule",
    [
        board("1, 2, 3"),
        board("1", "2, 3"),
        board("1, 2 part 1 of 2, 3", "2 part 2 of 2"),
        board("1, 2") + "boneyard: [3]\n",
        board("1, 2 part 1 of 2") + "boneyard: [2 part 2 of 2, 3]\n",
        board("1, 2") + "second:\n  2025-10-13: {call: 7:00, strips: [3]}\n",
        "",
    ],
)
def test_every_scene_once_is_no_problem(production: Make, schedule: str) -> None:
    folder = production(breakdown=SCENES, schedule=schedule)
    assert found(calendar.scenes_once, folder) == []


@pytest.mark.parametrize(
    ("strips", "code", "said"),
    [
        ("1, 2, 3, 1", "scene-twice", "scene 1 is on the board twice, first at schedule.yaml:2"),
        ("1, 2, 3, 2 part 1 of 2, 2 part 2 of 2", "scene-twice", "part 1 of scene 2 is on the board twice"),
        ("1, 2 part 1 of 2, 2 part 1 of 2, 2 part 2 of 2, 3", "scene-twice", "part 1 of scene 2 is on the board twice"),
        ("1, 3", "scene-nowhere", "scene 2 is nowhere on the board (schedule.yaml)"),
        ("1, 2 part 1 of 3, 2 part 3 of 3, 3", "scene-nowhere", "scene 2 is split in 3, and part 2 is nowhere"),
    ],
)
def test_a_scene_twice_or_nowhere(production: Make, strips: str, code: str, said: str) -> None:
    problems = found(calendar.scenes_once, production(breakdown=SCENES, schedule=board(strips)))
    assert problems[0].code == code
    assert problems[0].message.startswith(said)


def test_a_scene_is_the_same_however_its_letters_are_typed(production: Make) -> None:
    folder = production(breakdown="12a: {heading: EXT. MOTEL - DAY, pages: 1}\n", schedule=board("12A"))
    assert found(calendar.scenes_once, folder) == []


def test_a_board_just_begun_is_one_warning(production: Make) -> None:
    scenes = "".join(f"{n}: {{heading: EXT. MOTEL - DAY, pages: 1}}\n" for n in range(1, 15))
    problems = found(calendar.scenes_once, production(breakdown=scenes, schedule=board("1")))
    assert [(p.code, str(p.place), p.message) for p in problems] == [
        ("scene-nowhere", "schedule.yaml", "13 scenes are nowhere on the board: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …")
    ]


def test_a_scene_whose_number_is_mistyped_on_the_board_is_not_nowhere_too(production: Make) -> None:
    folder = production(breakdown=SCENES, schedule=board("1, 2B, 3"))
    assert found(calendar.scenes_once, folder) == []


def test_another_board_is_held_to_the_same(production: Make) -> None:
    folder = production(breakdown=SCENES, schedule=board("1, 2, 3"), **{"boards/b": board("1, 1, 2")})
    assert [(p.code, p.message) for p in found(calendar.scenes_once, folder)] == [
        ("scene-twice", "scene 1 is on the board twice, first at boards/b.yaml:2"),
        ("scene-nowhere", "scene 3 is nowhere on the board (boards/b.yaml)"),
    ]


def test_an_omitted_scene_stands_on_no_board(production: Make) -> None:
    scenes = SCENES + "4: {omitted: true}\n"
    assert found(calendar.scenes_once, production(breakdown=scenes, schedule=board("1, 2, 3"))) == []
    problems = found(calendar.scenes_once, production(breakdown=scenes, schedule=board("1, 2, 3, 4")))
    assert [(p.code, p.severity) for p in problems] == [("omitted-on-board", "warning")]


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("1 4/8", "1", False),
        ("1 4/8", "", False),
        ("1 4/8", "1 1/8", True),
        ("1", "1", True),
        ("2 5/8", "", True),
    ],
)
def test_the_parts_of_a_scene_come_to_its_pages(production: Make, first: str, second: str, wrong: bool) -> None:
    one = f'"2 part 1 of 2, {first}"'
    other = f'"2 part 2 of 2, {second}"' if second else "2 part 2 of 2"
    problems = found(calendar.parts_add_up, production(breakdown=SCENES, schedule=board(f"1, {one}", f"{other}, 3")))
    assert [p.code for p in problems] == (["parts-pages"] if wrong else [])


THREE = board("1", "2", "3")


def test_the_number_of_a_day_that_was_shot_stays(production: Make) -> None:
    days = {"daily/2025-10-13-main": "day: 1\n", "daily/2025-10-14-main": "day: 2\n"}
    folder = production(breakdown=SCENES, schedule=THREE, **days)
    assert found(calendar.day_numbers, folder) == []


def test_only_the_first_day_that_slipped_is_said(production: Make) -> None:
    moved = THREE.replace("{call: 6:30, strips: [1]}", "{off: weather}").replace("[2]", "[1, 2]")
    days = {"daily/2025-10-14-main": "day: 2\n", "daily/2025-10-15-main": "day: 3\n"}
    problems = found(calendar.day_numbers, production(breakdown=SCENES, schedule=moved, **days))
    assert [(p.code, str(p.place)) for p in problems] == [("day-number", "daily/2025-10-14-main.yaml:1:6")]
    assert problems[0].message == "this was day 2; the board now counts 1"


def test_a_report_and_a_plan_need_a_day_on_the_board(production: Make) -> None:
    files = {"daily/2025-10-20-main": "day: 9\n", "calls/2025-10-20-main": "call: 7:00\n"}
    folder = production(breakdown=SCENES, schedule=THREE, **files)
    assert [(p.code, str(p.place), p.severity) for p in found(calendar.day_numbers, folder)] == [
        ("no-such-day", "daily/2025-10-20-main.yaml", "error")
    ]
    assert [(p.code, str(p.place), p.severity) for p in found(calendar.plan_without_day, folder)] == [
        ("no-such-day", "calls/2025-10-20-main.yaml", "warning")
    ]


def test_a_unit_without_a_board_is_said_once(production: Make) -> None:
    plans = {f"calls/2025-10-{day}-main": "call: 7:00\n" for day in (13, 14, 15)}
    problems = found(calendar.plan_without_day, production(breakdown=SCENES, **plans))
    assert [(p.code, p.message) for p in problems] == [("no-such-day", "Main Unit has plans and no days on the board")]


OPEN = "motel: {name: Desert Rose Motel, open: 2025-10-13..2025-10-14}\nsets: {MOTEL: motel}\n"


def test_a_location_is_shot_while_it_is_ours(production: Make) -> None:
    folder = production(breakdown=SCENES, schedule=THREE, locations=OPEN)
    assert [(p.code, str(p.place), p.message, p.hint) for p in found(calendar.location_closed, folder)] == [
        (
            "location-closed",
            "schedule.yaml:4:37",
            "motel is not open on 2025-10-15: scene 3",
            "open: 2025-10-13..2025-10-14 (locations.yaml:1)",
        )
    ]


@pytest.mark.parametrize(
    ("date", "time", "severity"),
    [
        ("2025-11-01", "25:30", "warning"),
        ("2025-11-01", "2:30 +1", ""),
        ("2025-11-02", "1:30", "warning"),
        ("2026-03-08", "2:30", "error"),
        ("2026-03-07", "26:30", "error"),
        ("2026-03-07", "2:30", ""),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat(production: Make, date: str, time: str, severity: str) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\ntimezone: America/Los_Angeles\n", **{f"calls/{date}-main": f"lunch: {time}\n"}
    )
    problems = found(calendar.clock_change, folder)
    assert [(p.code, p.severity) for p in problems] == ([("clock-change", severity)] if severity else [])


def test_no_clock_changes_where_the_zone_has_none(production: Make) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\ntimezone: Asia/Tokyo\n", **{"calls/2026-03-08-main": "lunch: 2:30\n"}
    )
    assert found(calendar.clock_change, folder) == []
