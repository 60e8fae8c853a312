"""The one-line schedule and the shooting schedule: days, banners, counts, series, other boards."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import lxml.html
import pypdf
import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.model import scene_number
from pmkit.problems import Fault
from pmkit.reports.oneliner import oneliner
from pmkit.reports.scheduled import Schedule
from pmkit.reports.shooting import shooting
from tests.conftest import SAMPLE
from tests.productions import write
from tests.reports.boards import SERIES

Make = Callable[..., Folder]
GOLDEN = Path(__file__).parent.parent / "golden" / "oneliner"


def made(folder: Folder, **asked: str) -> Schedule:
    report = oneliner(folder.production, **asked)
    assert not isinstance(report, Fault), report
    return report


def printed(root: Path, out: Path, *words: str) -> str:
    assert cli.run(["-C", str(root), *words, "-o", str(out)]) == 0
    return out.read_text(encoding="utf-8") if out.suffix != ".pdf" else pdf_text(out)


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_day_has_its_strips_in_order_and_adds_up(sample: Folder) -> None:
    report = made(sample)
    first = report.days[0]
    assert (first.date, first.number, first.of, first.unit) == (date(2025, 10, 13), 1, 22, "Main Unit")
    assert [line.number or line.kind for line in first.strips] == ["4", "5", "meal", "28", "7pt1", "note"]
    assert (str(first.pages), first.scenes, str(first.minutes), str(first.call)) == ("4 5/8", 4, "8:15", "06:30")
    assert first.locations == ("Marlow Gas & Tow",)
    part = first.strips[4]
    assert (part.part, part.set, part.light, str(part.pages)) == ("1 of 2", "GAS STATION", "day", "4/8")
    assert [artist.number for artist in part.cast] == ["1", "2"]


def test_the_totals_are_the_sums_of_the_days_and_parts_are_one_scene(sample: Folder) -> None:
    report = made(sample)
    scenes = {scene_number.same(line.scene) for day in report.days for line in day.strips if line.kind == "scene"}
    assert report.total.scenes == len(scenes) == sum(day.scenes for day in report.days) - 1, "7 is shot in two parts"
    assert report.total.pages == sum(day.pages for day in report.days)
    assert report.total.days == sum(day.number > 0 for day in report.days) == 27
    board = sample.production.board
    assert sum(len(days) for days in board.units.values()) == len(report.days), "every slot of the board is there"
    assert [line.number for line in report.boneyard] == ["19A", "50A"]
    assert scenes | {"19A", "50A"} == {
        scene_number.same(key) for key, scene in sample.production.scenes.items() if not scene.omitted
    }


def test_days_off_on_the_board_say_why(sample: Folder) -> None:
    off = {day.date: day.off for day in made(sample).days if not day.number}
    assert off[date(2025, 10, 22)] == "weather"
    assert "OFF: weather" in (GOLDEN / "sample.text").read_text(encoding="utf-8")


def test_days_of_both_units_stand_by_date_and_one_unit_alone_keeps_its_numbers(sample: Folder) -> None:
    dates = [(day.date, day.unit) for day in made(sample).days]
    assert dates == sorted(dates, key=lambda found: (found[0], found[1] != "Main Unit"))
    second = made(sample, unit="second")
    assert {day.unit for day in second.days} == {"2nd Unit"}
    assert [day.number for day in second.days] == [1, 2, 3, 4, 5]
    assert second.basis.unit == "2nd Unit"


def test_a_series_is_counted_by_episode_block_and_whole(production: Make) -> None:
    report = made(production(**SERIES))
    told = lambda counts: [(c.name, c.days, c.scenes, str(c.pages)) for c in counts]  # noqa: E731
    assert told(report.episodes) == [
        ("101 Pilot", 3, 2, "1 2/8"),
        ("102 Rain", 2, 2, "3 4/8"),
        ("103 Sun", 1, 1, "4/8"),
    ]
    assert told(report.blocks) == [("1", 3, 4, "4 6/8"), ("2", 1, 1, "4/8")]
    assert told([report.total]) == [("", 3, 5, "5 2/8")]
    lines = {line.number: line for day in report.days for line in day.strips}
    assert (lines["102-1"].episode, lines["102-1"].set) == ("102", "BAR"), "a strip may name its episode apart"
    assert lines["101-2pt1"].light == "day", "CONTINUOUS has the light of the scene before it"


def test_one_episode_stands_on_its_days_alone(production: Make) -> None:
    report = made(production(**SERIES), episode="102")
    assert [(day.number, [line.number for line in day.strips]) for day in report.days] == [
        (1, ["102-12A"]),
        (2, ["102-1"]),
    ]
    assert (report.total.days, report.basis.episode) == (2, "102 Rain")


def test_another_board(production: Make) -> None:
    folder = production(**SERIES)
    report = made(folder, board="rain")
    assert (report.total.days, report.total.scenes, len(report.boneyard)) == (1, 4, 1)
    assert (report.basis.board, report.basis.schedule) == ("rain", None), "no draft was issued of it"
    assert str(report.days[0].call) == "09:00"


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ({"board": "rian"}, "there is no board rian", "did you mean rain?"),
        ({"unit": "mian"}, "there is no unit mian", "did you mean main?"),
        ({"episode": "99"}, "there is no episode 99", "there is 101, 102, 103"),
    ],
)
def test_what_there_is_not_says_what_there_is(production: Make, asked: dict[str, str], message: str, hint: str) -> None:
    fault = oneliner(production(**SERIES).production, **asked)
    assert isinstance(fault, Fault)
    assert (fault.message, fault.hint) == (message, hint)


def test_without_days_it_is_empty(production: Make) -> None:
    folder = production()
    assert made(folder).total.days == 0
    for form in ("text", "html", "pdf", "csv", "md", "json", "xlsx"):
        out = folder.root / "build" / f"x.{form}"
        out.parent.mkdir(exist_ok=True)
        assert cli.run(["-C", str(folder.root), "oneliner", "-o", str(out)]) == 0


@pytest.mark.parametrize("word", ["oneliner", "shooting"])
def test_golden(word: str, tmp_path: Path) -> None:
    found = printed(SAMPLE, tmp_path / "x.text", word)
    agreed = GOLDEN.parent / word / "sample.text"
    if os.environ.get("PMKIT_GOLDEN"):
        agreed.parent.mkdir(parents=True, exist_ok=True)
        agreed.write_text(found, encoding="utf-8")
    assert found == agreed.read_text(encoding="utf-8"), "look at the difference, then make golden"


@pytest.mark.parametrize("form", ["text", "html", "pdf", "md"])
@pytest.mark.parametrize("word", ["oneliner", "shooting"])
def test_every_form_shows_every_scene_banner_and_total(sample: Folder, word: str, form: str, tmp_path: Path) -> None:
    told = printed(SAMPLE, tmp_path / f"x.{form}", word)
    if form == "html":
        told = lxml.html.fromstring(told).text_content()
    packed = "".join(re.sub("[\\\\\u2068\u2069]", "", told).replace("⁄", "/").split()).casefold()
    report = made(sample)
    for day in report.days:
        if day.number:
            assert f"Endofday{day.number}".casefold() in packed
        for line in day.strips:
            for words in (line.number, line.set, line.synopsis, line.words):
                assert "".join(words.split()).casefold() in packed, (form, words)
    assert "BasedonscriptBlue".casefold() in packed


def test_a_shooting_schedule_has_every_element_and_the_cast_by_name(sample: Folder) -> None:
    report = shooting(sample.production)
    assert not isinstance(report, Fault)
    line = next(line for line in report.days[0].strips if line.number == "4")
    assert [(artist.number, artist.character) for artist in line.cast] == [("1", "LENA"), ("10", "FRANTA")]
    held = {group.category: group.items for group in line.elements}
    assert held == sample.production.scenes["4"].elements
    assert [group.name for group in line.elements][:2] == ["Picture Vehicles", "Props"]
    assert all(not line.elements for day in made(sample).days for line in day.strips), "none on a one-liner"


def test_data_is_a_row_a_strip_with_a_column_for_each_category(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(SAMPLE, tmp_path / "x.csv", "shooting"))))
    four = next(row for row in rows if row["scene"] == "4")
    assert (four["date"], four["day"], four["pages"], four["cast"]) == ("2025-10-13", "1", "1 4/8", "1, 10")
    assert four["animals"] == "Bolt, a grey dog"
    assert [row["scene"] for row in rows if row["unit"] == "boneyard"] == ["19A", "50A"]
    assert {row["kind"] for row in rows} == {"scene", "meal", "move", "note", "text"}


def test_json_is_versioned_and_has_the_drafts(tmp_path: Path) -> None:
    told = json.loads(printed(SAMPLE, tmp_path / "x.json", "oneliner"))
    assert (told["pmkit"], told["document"]) == (1, "oneliner")
    assert told["basis"]["script"] == {"draft": "Blue", "date": "2025-09-28"}
    assert told["days"][0]["strips"][0]["pages"] == 12


def test_the_file_is_named_after_the_schedules_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "bars", SERIES)
    assert cli.run(["-C", str(root), "oneliner", "--format", "csv"]) == 0
    assert (root / "build" / "BAR_OneLine_2026-02-20.csv").is_file()
    assert cli.run(["-C", str(root), "oneliner", "--board", "rian"]) == 2
    assert "did you mean rain?" in capsys.readouterr().err
