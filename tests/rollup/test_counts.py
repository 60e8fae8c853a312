"""What budget formulas count of the schedule: days, weeks, prep and wrap, cast, locations, elements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pmkit.problems import Fault
from pmkit.rollup.counts import schedule_count

FILES = {
    "production": "pmkit: 1\ntitle: Test\ndays_off: [sat, sun]\nunits: {main: Main Unit, second: 2nd Unit}\n"
    "categories: {drones: Drones}\n",
    "cast": "1: {character: LENA, id: ana-ruiz, hold: true, events: {2025-10-10: travel}}\n",
    "locations": "motel: {name: Motel}\nlake: {name: Lake}\nsets: {MOTEL: motel, LAKE: lake}\n",
    "breakdown": """1: {heading: EXT. MOTEL - DAY, pages: 1, cast: [1], picture_vehicles: [picture car, police car]}
2: {heading: EXT. LAKE - DAY, pages: 4/8, picture_vehicles: [Picture Car], background: [2 truckers]}
3: {heading: EXT. LAKE - DAY, pages: 4/8, cast: [1]}
4: {heading: EXT. LAKE - DAY, pages: 1/8, props: [cream envelope]}
""",
    "schedule": """main:
  2025-10-16: {strips: [1]}
  2025-10-17: {strips: [2]}
  2025-10-20: {strips: [3]}
second:
  2025-10-17: {strips: [2]}
""",
    "calendar": "2025-10-02: {what: tech scout}\n2025-10-21..2025-10-23: {what: wrap}\n",
}


@pytest.mark.parametrize(
    ("asked", "result"),
    [
        (("days", "main", ""), "3"),
        (("days", "", ""), "4"),
        (("weeks", "main", ""), "2"),
        (("weeks", "second", "weeks"), "1"),
        (("scenes", "main", ""), "3"),
        (("pages", "main", ""), "2"),
        (("prep", "main", "weeks"), "2"),
        (("prep", "main", "days"), "10"),
        (("prep", "second", "weeks"), "3"),
        (("wrap", "main", "days"), "3"),
        (("wrap", "main", ""), "1"),
        (("cast", "1", "paid"), "4"),
        (("cast", "1", "worked"), "2"),
        (("cast", "1", "held"), "1"),
        (("cast", "1", "travel"), "1"),
        (("cast", "ana-ruiz", "paid"), "4"),
        (("location", "motel", "days"), "1"),
        (("location", "lake", ""), "2"),
        (("element", "picture-car", "days"), "2"),
        (("element", "PICTURE CAR", "scenes"), "2"),
        (("element", "police car", ""), "1"),
        (("element", "picture_vehicles", "days"), "2"),
        (("element", "picture-vehicles", "scenes"), "2"),
        (("element", "2 truckers", "days"), "1"),
        (("element", "cream-envelope", "days"), "0"),
        (("element", "drones", "days"), "0"),
    ],
)
def test_counts(production, asked: tuple[str, str, str], result: str) -> None:
    found = schedule_count(production(**FILES).production)(*asked)
    assert found == Decimal(result), found


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("dyas", "main", ""), "did you mean days?"),
        (("days", "mian", ""), "did you mean main?"),
        (("cast", "1", "payd"), "did you mean paid?"),
        (("location", "motell", ""), "did you mean motel?"),
        (("element", "picture-cat", ""), "did you mean picture car?"),
    ],
)
def test_what_is_not_there_is_a_fault_that_says_what_is(production, asked: tuple[str, str, str], hint: str) -> None:
    found = schedule_count(production(**FILES).production)(*asked)
    assert isinstance(found, Fault)
    assert (found.code, found.hint) == ("unknown-count", hint)


def test_prep_wants_a_calendar_and_a_board(production) -> None:
    found = schedule_count(production(**{**FILES, "calendar": ""}).production)("prep", "main", "weeks")
    assert isinstance(found, Fault)
    assert "calendar.yaml has no events" in found.message
