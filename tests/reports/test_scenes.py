"""What is shot, owed and left: each result of the daily files, the counts and the pace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.scenes import Scenes, SceneState, pace, scenes
from pmkit.rollup.progress import progress
from tests.conftest import SAMPLE

Make = Callable[..., Folder]
BOARD = {
    "breakdown": "".join(f"{n}: {{heading: INT. A - DAY, pages: 1}}\n" for n in range(1, 9))
    + "9: {omitted: true}\n10: {heading: INT. B - DAY, pages: 2}\n",
    "schedule": """\
main:
  2026-03-02: {strips: [1, 2, "3 part 1 of 2, 3/8", 4, 6]}
  2026-03-03: {strips: [3 part 2 of 2, 5, 10 part 1 of 2]}
  2026-03-04: {strips: [7, 2, 10 part 2 of 2]}
  2026-03-05: {strips: [8]}
""",
    "daily/2026-03-02-main": "scenes: {1: shot, 2: owed, 3: part, 4: part 2/8, 6: dropped}\n",
    "daily/2026-03-03-main": "scenes: {3: shot, 4: part 1/8, 5: added, 10: part}\n",
}


def made(folder: Folder, **asked: str) -> Scenes:
    assert [problem for problem in folder.problems if problem.severity == "error"] == []
    report = scenes(folder.production, **asked)
    assert not isinstance(report, Fault), report
    return report


def by_scene(report: Scenes) -> dict[str, SceneState]:
    return {row.scene: row for row in report.scenes}


@pytest.mark.parametrize(
    ("scene", "state", "done", "left", "worked", "ahead"),
    [
        ("1", "shot", "1", "0", ["1"], []),
        ("2", "owed", "0", "1", [], ["3"]),
        ("3", "shot", "1", "0", ["1", "2"], []),
        ("4", "part", "3/8", "5/8", ["1", "2"], []),
        ("5", "shot", "1", "0", ["2"], []),
        ("6", "dropped", "0", "0", [], []),
        ("7", "left", "0", "1", [], ["3"]),
        ("9", "omitted", "0", "0", [], []),
        ("10", "part", "1", "1", ["2"], ["3"]),
    ],
)
def test_what_became_of_a_scene(
    production: Make, scene: str, state: str, done: str, left: str, worked: list[str], ahead: list[str]
) -> None:
    row = by_scene(made(production(**BOARD)))[scene]
    assert (row.state, str(row.done), str(row.left)) == (state, done, left)
    assert [day.day for day in row.worked] == worked
    assert [day.day for day in row.ahead] == ahead


def test_counts_and_pace(production: Make) -> None:
    report = made(production(**BOARD))
    told = {count.state: (count.scenes, str(count.done), str(count.left)) for count in report.counts}
    assert told == {
        "shot": (3, "3", "0"),
        "part": (2, "1 3/8", "1 5/8"),
        "owed": (1, "0", "1"),
        "left": (2, "0", "2"),
        "dropped": (1, "0", "0"),
        "omitted": (1, "0", "0"),
    }
    assert (report.total.scenes, str(report.total.pages)) == (8, "9"), "dropped and omitted are not counted"
    assert report.total.done + report.total.left == report.total.pages
    assert (report.days_shot, report.days_left) == (2, 2)
    assert pace(report) == (
        "4 3/8 pages in 2 days: 2 2/8 a day.",
        "4 5/8 pages left for 2 days: 2 2/8 a day.",
    )


def test_a_later_day_says_otherwise(production: Make) -> None:
    parts = {**BOARD, "daily/2026-03-04-main": "scenes: {2: shot, 6: shot}\n"}
    found = by_scene(made(production(**parts)))
    assert (found["2"].state, found["6"].state) == ("shot", "shot")


def test_before_the_first_day_all_is_left(production: Make) -> None:
    parts = {key: text for key, text in BOARD.items() if not key.startswith("daily")}
    report = made(production(**parts))
    assert {row.state for row in report.scenes} == {"left", "omitted"}
    assert report.average is None
    assert pace(report) == ("10 pages left for 4 days: 2 4/8 a day.",)


def test_a_state_knows_the_lines_it_comes_from(production: Make) -> None:
    three = next(one for one in progress(production(**BOARD).production) if one.scene == "3")
    assert [place.file for place in three.of] == ["daily/2026-03-02-main.yaml", "daily/2026-03-03-main.yaml"]
    assert {place.line for place in three.of} == {1}


def test_the_sample_adds_up(sample: Folder) -> None:
    report = made(sample)
    assert sum(row.done for row in report.scenes) == report.total.done
    assert len(report.scenes) == len(sample.production.scenes)
    assert by_scene(report)["54"].state == "owed"
    assert [(unit.unit, unit.shot, unit.of) for unit in report.days] == [("Main Unit", 12, 22), ("2nd Unit", 3, 5)]


@pytest.mark.parametrize("form", ["text", "md", "csv", "html"])
def test_every_form_has_every_scene_and_the_pace(sample: Folder, form: str, tmp_path: Path) -> None:
    out = tmp_path / f"x.{form}"
    assert cli.run(["-C", str(SAMPLE), "scenes", "-o", str(out)]) == 0
    told = out.read_text(encoding="utf-8").replace("&#39;", "'")
    for row in made(sample).scenes:
        assert row.heading in told.replace("\\", "")
    if form != "csv":
        assert pace(made(sample))[0] in told
