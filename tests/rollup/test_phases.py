"""Prep, shoot, wrap and post on the calendar."""

from __future__ import annotations

from datetime import date

from pmkit.rollup.phases import phases

BOARD = "main:\n  2025-10-13: {call: 7:00, strips: [1]}\n  2025-10-15: {call: 7:00, strips: [2]}\n"
SCENES = "1: {heading: INT. A - DAY, pages: 1}\n2: {heading: INT. B - DAY, pages: 1}\n"


def test_the_sample_preps_from_its_first_period_and_wraps_with_its_calendar(sample) -> None:
    found = phases(sample.production)
    assert (found.prep[0], found.prep[-1]) == (date(2025, 9, 8), date(2025, 10, 10))
    assert (found.shoot[0], found.shoot[-1]) == (date(2025, 10, 13), date(2025, 11, 14))
    assert (found.wrap[0], found.wrap[-1]) == (date(2025, 11, 17), date(2025, 11, 21))
    assert date(2025, 11, 27) not in found.post, "Thanksgiving is a holiday of the sample"


def test_without_periods_and_calendar_prep_is_six_weeks_and_wrap_two(production) -> None:
    found = phases(production(schedule=BOARD, breakdown=SCENES).production)
    assert (found.prep[0], found.prep[-1]) == (date(2025, 9, 1), date(2025, 10, 10))
    assert found.wrap[-1] == date(2025, 10, 29)
    assert found.post[-1] == date(2026, 3, 4)


def test_the_cash_flow_says_otherwise(production) -> None:
    told = "prep: 2025-09-22..2025-10-03\npost: 2026-01-05..2026-01-09\n"
    found = phases(production(schedule=BOARD, breakdown=SCENES, private__cashflow=told).production)
    assert (found.prep[0], found.prep[-1]) == (date(2025, 9, 22), date(2025, 10, 3))
    assert len(found.post) == 5


def test_without_a_board_the_periods_are_the_shoot(production) -> None:
    periods = "1: {from: 2025-09-01, to: 2025-09-07}\n2: {from: 2025-09-08, to: 2025-09-14}\n"
    found = phases(production(private__periods=periods).production)
    assert len(found.shoot) == 10
    assert found.wrap == found.post == (date(2025, 9, 12),)


def test_a_folder_with_nothing_still_has_a_day_for_each(production) -> None:
    found = phases(production().production)
    assert all(found.of(phase) for phase in ("prep", "shoot", "wrap", "post"))
