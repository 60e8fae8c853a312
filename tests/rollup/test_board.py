"""Numbered days, days off, DAY words, and strips with what they stand for."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.model.breakdown import Scene
from pmkit.model.clock import Clock, Length
from pmkit.model.dates import DateRange
from pmkit.model.pages import Eighths
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.problems import Fault
from pmkit.rollup import board
from pmkit.rollup.board import find_day
from pmkit.rollup.strips import Strips, palette, total_pages, total_scenes

MON = date(2025, 10, 13)


def strip(text: str) -> Strip:
    values = Strip.from_text(text)
    assert isinstance(values, dict)
    return Strip(**values)


def slot(day: date, *strips: str, off: str = "", **more: object) -> tuple[date, ShootingDay]:
    return day, ShootingDay(date=day, strips=tuple(strip(s) for s in strips), off=off, call=Clock(390), **more)


def production(scenes: dict[str, Scene] | None = None, **more: object) -> Production:
    units = {
        "main": dict(
            [
                slot(date(2025, 10, 16), "12"),
                slot(MON, "4", "lunch", "7 part 1 of 2"),
                slot(date(2025, 10, 14), off="travel"),
                slot(date(2025, 10, 15), "7 part 2 of 2"),
                slot(date(2025, 10, 18), "5"),
                slot(date(2025, 10, 21), off="weather"),
                slot(date(2025, 10, 22), off="rest"),
            ]
        ),
        "second": dict([slot(date(2025, 10, 17), "88"), slot(MON, "90")]),
    }
    settings = Settings(
        pmkit=1,
        title="T",
        units={"main": "Main Unit", "second": "2nd Unit"},
        holidays=(DateRange(date(2025, 10, 20), date(2025, 10, 20)),),
    )
    return Production(settings=settings, board=Board(units=units), scenes=scenes or {}, **more)  # type: ignore[arg-type]


def test_days_are_counted_in_order_of_date_and_off_days_are_not() -> None:
    days = board.days(production(), "main")
    assert [(d.number, d.of, d.date.day) for d in days] == [(1, 4, 13), (2, 4, 15), (3, 4, 16), (4, 4, 18)]
    assert [d.number for d in board.days(production(), "second")] == [1, 2]
    assert board.days(production(), "splinter") == ()
    assert [str(d) for d in board.all_days(production())] == [
        "main:1",
        "second:1",
        "main:2",
        "main:3",
        "second:2",
        "main:4",
    ]


@pytest.mark.parametrize(
    ("word", "unit", "found"),
    [
        ("1", "", "main:1"),
        (" 03 ", "", "main:3"),
        ("2", "second", "second:2"),
        ("second:2", "", "second:2"),
        ("second:2", "main", "second:2"),
        ("second:2025-10-13", "", "second:1"),
        ("2025-10-13", "", "main:1"),
        ("2025-10-13", "second", "second:1"),
        ("2025-10-17", "", "second:2"),
        ("today", "", "main:2"),
        ("Tomorrow", "", "main:3"),
    ],
)
def test_a_day_word_finds_its_day(word: str, unit: str, found: str) -> None:
    assert str(find_day(production(), word, date(2025, 10, 15), unit)) == found


@pytest.mark.parametrize(
    ("word", "unit", "message", "hint"),
    [
        ("5", "", "there is no day 5 of main", "main has days 1 to 4; did you mean 4 (Sat 2025-10-18)?"),
        ("0", "", "there is no day 0 of main", "main has days 1 to 4; did you mean 1 (Mon 2025-10-13)?"),
        ("secnd:1", "", "no unit is called secnd", "did you mean second?"),
        ("9" * 5000, "", "there is no day 999999999999 of main", "main has days 1 to 4"),
        ("2025-10-22", "", "main is off: rest on Wed 2025-10-22", "did you mean day 4 on Sat 2025-10-18?"),
        ("2025-10-17", "main", "main does not shoot on Fri 2025-10-17", "did you mean day 4 on Sat 2025-10-18?"),
        ("2025-10-19", "", "main does not shoot on Sun 2025-10-19", "did you mean day 4 on Sat 2025-10-18?"),
        ("2025-02-30", "", "2025-02-30 is not a day", "a day is 12, second:3"),
        ("tomorow", "", "tomorow is not a day", "did you mean tomorrow?"),
        ("", "", "nothing is not a day", "a day is 12"),
    ],
)
def test_a_day_that_is_not_there_is_said_with_what_was_meant(word: str, unit: str, message: str, hint: str) -> None:
    fault = find_day(production(), word, MON, unit)
    assert isinstance(fault, Fault)
    assert fault.message.startswith(message)
    assert fault.hint.startswith(hint)


def test_a_production_without_days_says_so() -> None:
    empty = Production(settings=Settings(pmkit=1, title="T"))
    fault = find_day(empty, "1", MON)
    assert fault == Fault("main has no shooting days yet", "add them to schedule.yaml under main:", "no-day")


def test_days_off_follow_the_board_then_the_week_and_the_holidays() -> None:
    p = production()
    free = {day: board.free(p, date(2025, 10, day)) for day in range(13, 27)}
    assert [day for day, off in free.items() if off] == [14, 19, 20, 22, 25, 26]
    assert board.holiday(p, date(2025, 10, 20))
    assert board.company_travel(p, date(2025, 10, 14))
    assert not board.company_travel(p, date(2025, 10, 22))


def test_the_next_days_are_the_units_own() -> None:
    p = production()
    first = board.days(p, "main")[0]
    assert [d.number for d in board.following(p, first)] == [2, 3]
    assert board.following(p, board.days(p, "main")[-1]) == ()


def scenes() -> dict[str, Scene]:
    return {
        "4": Scene(number="4", heading="INT. DINER - BACK BOOTH - NIGHT", pages=Eighths(11), cast=("1",)),
        "4A": Scene(number="4A", heading="INT. DINER - CONTINUOUS", pages=Eighths(2)),
        "A4": Scene(number="A4", heading="EXT. ROAD - DAY", pages=Eighths(2)),
        "5": Scene(number="5", omitted=True, heading="EXT. ROAD - DAY"),
        "7": Scene(number="7", heading="INT./EXT. CAR - LATER", pages=Eighths(13), estimate=Length(240)),
        "12": Scene(number="12", heading="INT. BARN - DUSK", pages=Eighths(1), location="stage"),
    }


def test_light_that_a_heading_leaves_open_comes_from_the_scene_before() -> None:
    strips = Strips(production(scenes()))
    assert strips.lights == {"A4": "day", "4": "night", "4A": "night", "7": "night", "12": "dusk"}


def test_parts_share_what_the_scene_has_left() -> None:
    p = production(scenes())
    strips = Strips(p)
    first, _, third, _ = (day.slot for day in board.days(p, "main"))
    assert [(s.number, s.pages) for s in strips.of(first)] == [("4", 11), ("", 0), ("7pt1", 7)]
    assert [(s.number, str(s.pages)) for s in strips.of(board.days(p, "main")[1].slot)] == [("7pt2", "6/8")]
    assert total_pages(strips.of(first)) == 18
    assert total_scenes(strips.of(first)) == 2
    assert strips.of(third)[0].colour == "dusk"
    assert strips.of(first)[2].colour == "ext_night"


def test_a_part_with_pages_leaves_the_rest_to_the_other() -> None:
    units = {"main": dict([slot(MON, "7 part 1 of 2, 4/8"), slot(date(2025, 10, 14), "7 part 2 of 2")])}
    p = Production(settings=Settings(pmkit=1, title="T"), board=Board(units=units), scenes=scenes())
    strips = Strips(p)
    one, two = (strips.of(day.slot)[0] for day in board.days(p, "main"))
    assert (one.pages, two.pages) == (4, 9)
    # four hours for 13/8: the parts take their share, to the next five minutes
    assert (one.minutes.value, two.minutes.value) == (75, 170)


def test_a_scene_is_where_its_set_is() -> None:
    p = production(scenes(), sets={"DINER": "diner", "Barn": "farm", "CAR": "road"})
    strips = Strips(p)
    assert [s.location for s in strips.of(board.days(p, "main")[0].slot)] == ["diner", "", "road"]
    assert strips.of(board.days(p, "main")[2].slot)[0].location == "stage"
    assert p.location_of_set("barn / loft") == "farm"
    assert p.location_of_set("BARNYARD") == ""


def test_the_pace_gives_a_scene_its_time() -> None:
    p = production(scenes())
    four = Strips(p).of(board.days(p, "main")[0].slot)[0]
    assert four.minutes.value == 140  # 11/8 at 1:40 a page is 137 1/2 minutes
    assert four.minutes.rule == "1 3/8 pages at 1:40 a page, to the next 5 minutes"
    assert palette(p)["int_night"] == "#7DB3EA"
