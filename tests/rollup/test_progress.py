"""What became of every scene, worked out from daily files alone."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.model.breakdown import Scene
from pmkit.model.daily import Daily, SceneResult
from pmkit.model.pages import Eighths
from pmkit.model.production import Production, Settings
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.rollup.progress import SceneProgress, progress, shot_days

DAYS = [date(2026, 3, d) for d in (2, 3, 4)]


def after(*results: tuple[str, int | None]) -> SceneProgress:
    """Scene 7, of a page and on every day, after these results of the first days."""
    production = Production(
        settings=Settings(pmkit=1, title="T"),
        scenes={"7": Scene(number="7", pages=Eighths(8))},
        board=Board(units={"main": {at: ShootingDay(date=at, strips=(Strip(scene="7"),)) for at in DAYS}}),
        dailies={
            (at, "main"): Daily(scenes={"7": SceneResult(result=word, pages=None if n is None else Eighths(n))})
            for at, (word, n) in zip(DAYS, results, strict=False)
        },
    )
    assert shot_days(production) == {"main": (len(results), 3)}
    (found,) = progress(production)
    return found


@pytest.mark.parametrize(
    ("results", "state", "done", "left"),
    [
        ([], "left", 0, 8),
        ([("shot", None)], "shot", 8, 0),
        ([("added", None)], "shot", 8, 0),
        ([("owed", None)], "owed", 0, 8),
        ([("part", 3)], "part", 3, 5),
        ([("part", 3), ("part", 2)], "part", 5, 3),
        ([("part", 3), ("owed", None)], "part", 3, 5),
        ([("part", 6), ("part", 6)], "part", 8, 0),
        ([("owed", None), ("shot", None)], "shot", 8, 0),
        ([("shot", None), ("owed", None)], "shot", 8, 0),
        ([("dropped", None)], "dropped", 0, 0),
        ([("dropped", None), ("part", 1)], "part", 1, 7),
    ],
)
def test_results_in_order(results: list[tuple[str, int | None]], state: str, done: int, left: int) -> None:
    found = after(*results)
    assert (found.state, found.done, found.left) == (state, done, left)
    ahead = [day.number for day in found.ahead]
    assert ahead == ([] if state == "shot" else [1, 2, 3][len(results) :])
    assert len(found.worked) == sum(word not in ("owed", "dropped") for word, _ in results)
