"""The board against the people on it; the ordinary case of each code is in the gallery."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmkit.checks import schedule
from pmkit.files.folder import Folder

Make = Callable[..., Folder]
SCENES = "\n".join(f"{n}: {{heading: INT. BAR - DAY, pages: 1, cast: [{n % 2 + 1}]}}" for n in range(1, 7)) + "\n"
CAST = "1: {character: LENA, id: ana}\n2: {character: JUNE, id: kit}\n"


def codes(folder: Folder) -> list[tuple[str, str]]:
    assert not folder.problems
    return [(p.code, str(p.place)) for check in schedule.CHECKS for p in check(folder.production)]


def test_the_sample_has_none_of_these(sample: Folder) -> None:
    assert [p for check in schedule.CHECKS for p in check(sample.production)] == []


@pytest.mark.parametrize(
    ("field", "days", "said"),
    [
        ("off: [2025-10-14]", ["2025-10-13", "2025-10-15"], None),
        ("off: [2025-10-13..2025-10-14]", ["2025-10-13", "2025-10-14"], "2025-10-13: scene 2 (and 1 more day)"),
        ("from: 2025-10-14", ["2025-10-14", "2025-10-15"], None),
        ("from: 2025-10-14", ["2025-10-13", "2025-10-15"], "2025-10-13: scene 2"),
        ("to: 2025-10-14", ["2025-10-14"], None),
        ("to: 2025-10-14", ["2025-10-15"], "2025-10-15: scene 2"),
    ],
)
def test_off_from_and_to_are_held_against_the_days_worked(
    production: Make, field: str, days: list[str], said: str | None
) -> None:
    board = "".join(f"  {day}: {{strips: [{2 * n}]}}\n" for n, day in enumerate(days, 1))
    cast = f"1: {{character: LENA, {field}}}\n2: {{character: JUNE}}\n"
    folder = production(cast=cast, breakdown=SCENES, schedule=f"main:\n{board}")
    found = [p.message for p in schedule.cast_unavailable(folder.production)]
    assert found == ([f"1 LENA is not available on {said}"] if said else [])


def test_a_day_that_is_off_is_not_worked_whatever_its_strips(production: Make) -> None:
    folder = production(
        cast="1: {character: LENA, off: [2025-10-13]}\n2: {character: JUNE}\n",
        breakdown=SCENES,
        schedule="main:\n  2025-10-13: {off: weather, strips: [2]}\n",
    )
    assert codes(folder) == []


def test_an_episode_said_apart_is_found(production: Make) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\nkind: series\nepisodes: {101: One}\n",
        cast="1: {character: LENA, off: [2025-10-13]}\n",
        breakdown="101:\n  1: {heading: INT. BAR - DAY, pages: 1, cast: [1]}\n",
        schedule="main:\n  2025-10-13: {strips: [{scene: 1, episode: 101}]}\n",
    )
    assert [code for code, _ in codes(folder)] == ["cast-unavailable"]


def test_two_units_on_different_days_are_no_clash(production: Make) -> None:
    files = {
        "production": "pmkit: 1\ntitle: T\nunits: {main: Main, second: 2nd}\n",
        "cast": CAST,
        "breakdown": SCENES,
    }
    board = "main:\n  2025-10-13: {{strips: [2]}}\nsecond:\n  {}: {{strips: [{}]}}\n"
    assert codes(production(**files, schedule=board.format("2025-10-14", 4))) == []
    assert codes(production(**files, schedule=board.format("2025-10-13", 1))) == []
    assert codes(production(**files, schedule=board.format("2025-10-13", 4))) == [
        ("cast-in-two-units", "schedule.yaml:4:25")
    ]


def test_one_scene_on_both_boards_is_said_as_that_alone(production: Make) -> None:
    folder = production(
        production="pmkit: 1\ntitle: T\nunits: {main: Main, second: 2nd}\n",
        cast=CAST,
        breakdown=SCENES,
        schedule="main:\n  2025-10-13: {strips: [2]}\nsecond:\n  2025-10-13: {strips: [2]}\n",
    )
    assert codes(folder) == []


def test_nobody_is_asked_on_a_day_of_their_own(production: Make) -> None:
    folder = production(
        cast="1: {character: LENA, id: ana, off: [2025-10-12]}\n2: {character: JUNE, id: kit}\n",
        crew="transport:\n  people:\n    - {id: k-moss, name: K. Moss, off: [2025-10-13..2025-10-14]}\n    - {id: r, name: R}\n",
        breakdown=SCENES,
        schedule="main:\n  2025-10-13: {call: 7:00, strips: [2]}\n",
        **{
            "calls__2025-10-13-main": "transport: [{vehicle: Van, driver: k-moss, pickup: 5:50}]\ncalls: {r: 5:00}\n",
            "travel": "a: {who: [ana, kit], date: 2025-10-12}\nb: {who: [k-moss], date: 2025-10-15}\n",
            "calendar": "2025-10-12: {what: party, who: [kit, 1]}\n",
        },
    )
    assert [p.message for p in schedule.own_day_off(folder.production)] == [
        "K. Moss is off on 2025-10-13, and driving then",
        "1 LENA is off on 2025-10-12, and wanted for party then",
        "1 LENA is off on 2025-10-12, and travelling then",
    ]


def test_travel_home_and_looping_come_after_the_last_day_a_fitting_does_not(production: Make) -> None:
    board = "main:\n  2025-10-13: {strips: [2]}\n  2025-10-20: {strips: [4, 1]}\n"
    for word, wrong in (("travel", 0), ("adr", 0), ("fitting", 1), ("Camera Test", 1)):
        folder = production(
            cast=f"1: {{character: LENA, events: {{2025-10-21: {word}}}}}\n2: {{character: JUNE}}\n",
            breakdown=SCENES,
            schedule=board,
        )
        assert len(codes(folder)) == wrong, word
    between = production(
        cast="1: {character: LENA, events: {2025-10-14: fitting}}\n2: {character: JUNE}\n",
        breakdown=SCENES,
        schedule=board,
    )
    assert codes(between) == []


def test_without_a_board_no_date_is_outside(production: Make) -> None:
    assert codes(production(calendar="2024-10-02: {what: tech scout}\n")) == []


SHIFTED = "main:\n  2025-10-13: {off: rest}\n  2025-10-14: {strips: [1]}\n  2025-10-18: {strips: [2]}\n"
SIXTH = "main:\n  2025-10-17: {strips: [1]}\n  2025-10-18: {strips: [2]}\n"


@pytest.mark.parametrize(
    ("settings", "board", "more", "wrong"),
    [
        ("days_off: [sat, sun]", SIXTH, {}, True),
        ("", SIXTH, {}, False),  # nobody said which days are off
        ("days_off: [sun]", SIXTH, {}, False),
        ("days_off: [sat, sun]", SHIFTED, {}, False),  # Monday is off instead
        ("days_off: [sat, sun]", SIXTH, {"calls__2025-10-18-main": "stage: final\n"}, False),
        ("days_off: [sat, sun]", SIXTH.replace("[2]", "[2], note: agreed"), {}, False),
        ("holidays: [2025-10-18]", SHIFTED, {}, True),
    ],
)
def test_a_worked_day_off_is_said_unless_somebody_meant_it(
    production: Make, settings: str, board: str, more: dict[str, str], wrong: bool
) -> None:
    files = {"production": f"pmkit: 1\ntitle: T\n{settings}\n", "cast": CAST, "breakdown": SCENES, "schedule": board}
    found = list(schedule.day_off_worked(production(**files, **more).production))
    assert [p.code for p in found] == ["day-off-worked"] * wrong
    assert all("2025-10-18" in p.message for p in found)
