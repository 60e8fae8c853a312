"""What the words of the prompt mean on a board."""

from __future__ import annotations

import datetime as dt

import pytest

from pmkit.problems import Fault
from pmkit.rollup import spots
from pmkit.rollup.spots import Spot

TODAY = dt.date(2025, 10, 13)
FILES = {
    "production": "pmkit: 1\ntitle: T\nunits: {main: M, second: S}\nholidays: [2025-10-20]\n",
    "breakdown": "7: {heading: INT. A - DAY}\n12: {heading: INT. A - DAY}\n12A: {omitted: true}\n13: {heading: INT. A - DAY}\n",
    "schedule": (
        "main:\n  2025-10-13: {strips: [7 part 1 of 2]}\n  2025-10-14: {off: rest}\n  2025-10-16: {strips: [lunch, 7 part 2 of 2]}\n"
        "  2025-10-18: {strips: []}\nsecond:\n  2025-10-14: {strips: [12]}\n"
    ),
}


def date(day: int) -> dt.date:
    return dt.date(2025, 10, day)


@pytest.mark.parametrize(
    ("word", "spot"),
    [("12", Spot("second", date(14), 0)), (" 7  part 2 ", Spot("main", date(16), 1)), ("7PT1", Spot("main", date(13), 0)),
     ("7 part 1 of 2", Spot("main", date(13), 0))],
)  # fmt: skip
def test_a_scene_or_a_part_of_one(production, word, spot):
    found = spots.find(production(**FILES).production, word)
    assert not isinstance(found, Fault)
    assert found[0] == spot


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [("7", "scene 7 is split in 2", "say which part: 7 part 1"), ("7 part 3", "scene 7 has no part 3 on the board", "it has 1 and 2"),
     ("12 part 1", "scene 12 has no part 1 on the board", "it is not split: a strip says 7 part 1 of 2"),
     ("12A", "scene 12A is omitted", ""), ("13", "scene 13 is nowhere on the board", "write it into the boneyard or onto a day: - 13"),
     ("99", "there is no scene 99", "")],
)  # fmt: skip
def test_a_scene_that_is_not_there(production, word, message, hint):
    found = spots.find(production(**FILES).production, word)
    assert isinstance(found, Fault)
    assert (found.message, found.hint) == (message, hint)


@pytest.mark.parametrize(
    ("word", "unit", "spot"),
    [("1", "", Spot("main", date(13), 1)), ("2:1", "", Spot("main", date(16), 0)), ("2:3", "", Spot("main", date(16), 2)),
     ("second:1", "", Spot("second", date(14), 1)), ("second:1:1", "", Spot("second", date(14), 0)),
     ("1", "second", Spot("second", date(14), 1)), ("2025-10-16:2", "", Spot("main", date(16), 1)),
     ("today", "", Spot("main", date(13), 1)), ("boneyard", "", Spot("", None, 0)), ("boneyard:1", "", Spot("", None, 0))],
)  # fmt: skip
def test_a_day_and_a_place_in_it(production, word, unit, spot):
    assert spots.target(production(**FILES).production, word, TODAY, unit) == spot


@pytest.mark.parametrize("word", ["2:4", "2:0", "2:x", "9", "third:1", "boneyard:2", "1:1:1", ""])
def test_no_such_place(production, word):
    assert isinstance(spots.target(production(**FILES).production, word, TODAY), Fault)


def test_days_slip_over_days_off_holidays_and_slots_that_are_off(production):
    read = production(**FILES).production
    found = spots.slipped(read, "main", date(13), 1)
    # The 14th is off, the 15th has no slot and is a working day, the 18th is a worked Saturday, the 20th a holiday.
    assert found == spots.Slip(
        {date(15): date(13), date(17): date(16), date(21): date(18)}, (date(13),), (date(13), date(16), date(18))
    )
    found = spots.slipped(read, "main", date(16), 2)
    assert found == spots.Slip({date(18): date(16), date(22): date(18)}, (date(16), date(17)), (date(16),))
    found = spots.slipped(read, "main", date(13), 1, until=date(13))
    assert found == spots.Slip({date(15): date(13)}, (date(13),), (date(13),))
    assert isinstance(spots.slipped(read, "second", date(15), 1), Fault)


def test_a_week_without_a_working_day_still_slips(production):
    files = {**FILES, "production": FILES["production"] + "days_off: [mon, tue, wed, thu, fri, sat, sun]\n"}
    found = spots.slipped(production(**files).production, "second", date(14), 1)
    assert found == spots.Slip({date(15): date(14)}, (date(14),), (date(14),))
