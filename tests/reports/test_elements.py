"""What is needed of a category: scenes, days, first and last, and what is on no day."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.elements import Element, ElementList, elements, runs
from pmkit.rollup import needed
from pmkit.rollup.counts import schedule_count
from tests.conftest import SAMPLE

Make = Callable[..., Folder]
TWO = {
    "cast": "1: {character: ANNA}\n2: {character: BEN}\n",
    "breakdown": """\
3: {heading: INT. A - DAY, pages: 1, cast: [1], props: [Lamp, rope]}
1: {heading: INT. B - DAY, pages: 1, cast: [1, 2], props: [lamp], background: [6 farmhands]}
2: {heading: INT. C - DAY, pages: 1, props: [map, LAMP]}
4: {heading: INT. D - DAY, omitted: true, props: [lamp]}
""",
    "schedule": """\
main:
  2026-03-02: {strips: [3, 1]}
  2026-04-01: {strips: [1 part 2 of 2]}
second:
  2026-03-02: {strips: [1 part 1 of 2]}
boneyard: [2]
""",
}


def made(folder: Folder, category: str = "", **asked: str) -> ElementList:
    report = elements(folder.production, category, **asked)
    assert not isinstance(report, Fault), report
    return report


def by_name(report: ElementList) -> dict[str, Element]:
    return {element.name: element for group in report.categories for element in group.elements}


def test_the_same_words_are_one_thing_with_its_scenes_and_days(production: Make) -> None:
    found = by_name(made(production(**TWO), "props"))
    lamp = found["lamp"]
    assert lamp.scenes == ("1", "2", "3"), "in script order; an omitted scene needs nothing"
    assert [(day.day, day.date) for day in lamp.days] == [
        ("1", date(2026, 3, 2)),
        ("second:1", date(2026, 3, 2)),
        ("2", date(2026, 4, 1)),
    ]
    assert (lamp.first, lamp.last, lamp.count) == (date(2026, 3, 2), date(2026, 4, 1), 2)
    assert runs(lamp.days) == "2 Mar, 1 Apr"


def test_what_is_needed_first_stands_first_and_what_is_on_no_day_last(production: Make) -> None:
    report = made(production(**TWO), "props")
    assert [element.name for element in report.categories[0].elements] == ["lamp", "rope", "map"]
    lost = by_name(report)["map"]
    assert (lost.days, lost.first, lost.count) == ((), None, 0)


def test_cast_and_background_are_categories_too(production: Make) -> None:
    folder = production(**TWO)
    cast = made(folder, "cast").categories[0].elements
    assert [(one.number, one.name, one.scenes, one.count) for one in cast] == [
        ("1", "ANNA", ("1", "3"), 2),
        ("2", "BEN", ("1",), 2),
    ]
    assert by_name(made(folder, "background"))["6 farmhands"].count == 2


def test_one_unit_alone(production: Make) -> None:
    found = by_name(made(production(**TWO), "props", unit="second"))
    assert [day.day for day in found["lamp"].days] == ["second:1"]
    assert found["rope"].days == ()


def test_without_a_category_all_that_have_anything(sample: Folder) -> None:
    report = made(sample)
    keys = [group.key for group in report.categories]
    assert keys[:2] == ["cast", "background"]
    assert set(keys[2:]) == {key for scene in sample.production.scenes.values() for key in scene.elements}
    assert all(group.elements for group in report.categories)


def test_it_agrees_with_the_counts_of_budget_formulas(sample: Folder) -> None:
    count = schedule_count(sample.production)
    props = made(sample, "props").categories[0].elements
    assert len(props) > 30
    elsewhere = {
        item.casefold()
        for scene in sample.production.scenes.values()
        for key, items in scene.elements.items()
        if key != "props"
        for item in items
    }
    for element in props:
        if element.name.casefold() not in elsewhere:
            assert count("element", element.name, "days") == element.count, element.name


@pytest.mark.parametrize(
    ("word", "key"),
    [("props", "props"), ("Picture Vehicles", "picture_vehicles"), ("set-dressing", "set_dressing"), ("CAST", "cast")],
)
def test_a_category_by_key_or_printed_name(sample: Folder, word: str, key: str) -> None:
    assert needed.find_category(sample.production, word) == key


def test_a_category_there_is_not(sample: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["-C", str(SAMPLE), "elements", "wardrob"]) == 2
    assert "did you mean wardrobe?" in capsys.readouterr().err


def test_text_and_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["-C", str(SAMPLE), "elements", "animals"]) == 0
    told = capsys.readouterr().out
    assert "Bolt, a grey dog" in told
    assert "1 (Mon 13 Oct 2025), 2 (Tue 14 Oct 2025)" in told
    out = tmp_path / "x.csv"
    assert cli.run(["-C", str(SAMPLE), "elements", "animals", "-o", str(out)]) == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (row["category"], row["dates"], row["scenes"]) == ("animals", "2025-10-13, 2025-10-14", "4, 72")
