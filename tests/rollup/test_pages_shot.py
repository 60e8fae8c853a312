"""Pages in the can, by day."""

from __future__ import annotations

from datetime import date

from pmkit.rollup.pages_shot import PageCount


def test_the_daily_files_say_what_was_shot(production) -> None:
    files = {
        "schedule": "main:\n  2025-10-13: {call: 7:00, strips: ['1 part 1 of 2, 4/8', 2]}\n"
        "  2025-10-14: {call: 7:00, strips: ['1 part 2 of 2, 6/8']}\n",
        "breakdown": "1: {heading: INT. A - DAY, pages: 1 2/8}\n2: {heading: INT. B - DAY, pages: 2}\n",
        "daily/2025-10-13-main": "crew_call: 7:00\nscenes: {1: part, 2: part 5/8}\n",
        "daily/2025-10-14-main": "crew_call: 7:00\nscenes: {1: shot, 2: shot}\n",
    }
    found = PageCount(production(**files).production)
    first = found.between(date(2025, 10, 13), date(2025, 10, 13))
    assert (first.shot, first.planned, first.days, first.days_planned) == (4 + 5, 20, 1, 1)
    assert found.between(date(2025, 10, 14), None).shot == 6 + 11
    assert found.between(None, None).shot == 26


def test_the_sample_agrees_with_its_scenes(sample) -> None:
    from pmkit.rollup.progress import progress

    found = PageCount(sample.production).between(None, None)
    assert found.shot == sum(scene.done for scene in progress(sample.production))
