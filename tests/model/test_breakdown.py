"""Scene headings taken apart, as scripts of both sides of the Atlantic write them."""

from __future__ import annotations

import pytest

from pmkit.model import kinds, scene_number
from pmkit.model.breakdown import story_day, take_apart


@pytest.mark.parametrize(
    ("heading", "side", "name", "time", "light"),
    [
        ("INT. MOTEL ROOM 6 - NIGHT", "INT", "MOTEL ROOM 6", "NIGHT", "night"),
        ("I./E. HOUSE - DAY", "I/E", "HOUSE", "DAY", "day"),
        ("INT./EXT. CAR / ROAD - MAGIC HOUR", "I/E", "CAR / ROAD", "MAGIC HOUR", "dusk"),
        ("INT - HOUSE - DAY", "INT", "HOUSE", "DAY", "day"),
        ("EST. HARBOUR – DAWN", "EXT", "HARBOUR", "DAWN", "dawn"),
        ("INT. HOUSE - DAY - FLASHBACK (1944)", "INT", "HOUSE", "DAY - FLASHBACK (1944)", "day"),
        ("INT. KITCHEN. NIGHT 2", "INT", "KITCHEN", "NIGHT 2", "night"),
        ("INT. KITCHEN, NIGHT", "INT", "KITCHEN", "NIGHT", "night"),
        ("EXT. ST. ANNE'S - DAY (1979)", "EXT", "ST. ANNE'S", "DAY (1979)", "day"),
        ("EXT. X - PRE-DAWN", "EXT", "X", "PRE-DAWN", "night"),
        ("INT. CAR - LATER THAT NIGHT", "INT", "CAR", "LATER THAT NIGHT", "night"),
        ("INT. CAR - FIVE MINUTES LATER", "INT", "CAR", "FIVE MINUTES LATER", ""),
        ("INT. CAR - CONTINUOUS", "INT", "CAR", "CONTINUOUS", ""),
        ("EXT. HOTEL - NIGHT CLUB", "EXT", "HOTEL - NIGHT CLUB", "", ""),
        ("EXT.  BACK YARD - NIGHT [CONTINUOUS]", "EXT", "BACK YARD", "NIGHT [CONTINUOUS]", "night"),
        ("INT. APARTMENT - (PRESENT) DAY", "INT", "APARTMENT", "(PRESENT) DAY", "day"),
        ("INT HOUSE DAY", "INT", "HOUSE", "DAY", "day"),
        ("EXT. NIGHT MARKET", "EXT", "NIGHT MARKET", "", ""),
        ("FOYER – 5 years later", "", "FOYER – 5 years later", "", ""),
        ("INT.", "INT", "", "", ""),
    ],
)
def test_a_heading_is_taken_apart(heading: str, side: str, name: str, time: str, light: str) -> None:
    assert take_apart(heading) == (side, name, time, light)


def test_a_british_heading_names_its_script_day() -> None:
    assert story_day("INT. KITCHEN. NIGHT 2") == "2"
    assert story_day("INT. ROOM 7 - DAY 12") == "12"
    assert story_day("INT. ROOM 7 - DAY") == ""


def test_a_heading_of_any_length_is_taken_apart_at_once() -> None:
    for hostile in ("()" * 5000, " " + "1" * 5000, " A MINUTES" * 3000, " - DAY" * 3000):
        assert take_apart(f"INT. X - DAY{hostile}x").side == "INT"


@pytest.mark.parametrize("number", ["1", "1A", "1a", "A1", "I-1-A", "1.", "110A", "2-B", "89PT1", "45-47", "12Б"])
def test_scene_numbers_are_kept_as_typed(number: str) -> None:
    assert kinds.scene.parse(number) == number


def test_a_number_with_letters_on_both_sides_stands_before_its_suffix() -> None:
    assert sorted(["12A", "13", "A12A", "12", "B12"], key=scene_number.sort_key) == ["B12", "12", "A12A", "12A", "13"]
