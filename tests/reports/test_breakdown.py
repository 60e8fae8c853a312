"""Breakdown sheets: what a scene needs, when it is shot, one scene a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import lxml.html
import pypdf
import pytest

from pmkit import cli
from pmkit.files.folder import Folder
from pmkit.problems import Fault
from pmkit.reports.breakdown import Breakdown, Sheet, breakdown
from tests.conftest import SAMPLE
from tests.reports.boards import SERIES

Make = Callable[..., Folder]
FULL = {
    "production": "pmkit: 1\ntitle: Full\nunits: {main: Main Unit, second: Second Unit}\n",
    "cast": "1: {character: ANNA}\n2: {character: BEN}\n",
    "locations": "barn: {name: Old Barn}\nsets:\n  BARN: barn\n",
    "breakdown": """\
4:
  heading: INT. BARN - LATER
  pages: 1 3/8
  estimated: true
  page: 17B
  script_day: D3
  synopsis: Anna finds the letter.
  cast: [1, 2]
  background: [6 farmhands]
  estimate: 2:35
  light: night
  props: [letter, "lamp, lit"]
  animals: [a goat]
  notes: [rain on the roof]
5: {omitted: true}
6: {heading: EXT. YARD - DAY, pages: 2/8}
7: {heading: EXT. YARD - DAY, pages: 2/8}
""",
    "schedule": """\
main:
  2026-03-02: {strips: ["4 part 1 of 2, 1"]}
second:
  2026-03-04: {strips: ["4 part 2 of 2, 3/8"]}
boneyard: [6]
""",
}


def made(folder: Folder, scene: str = "", **asked: str) -> Breakdown:
    report = breakdown(folder.production, scene, **asked)
    assert not isinstance(report, Fault), report
    return report


def sheet(folder: Folder, scene: str) -> Sheet:
    (found,) = made(folder, scene).sheets
    return found


def test_a_sheet_says_everything_the_breakdown_does(production: Make) -> None:
    found = sheet(production(**FULL), "4")
    assert (found.number, found.side, found.set, found.time, found.light) == ("4", "INT", "BARN", "LATER", "night")
    assert (str(found.pages), found.estimated, found.page, found.script_day) == ("1 3/8", True, "17B", "D3")
    assert (found.location, str(found.minutes), found.synopsis) == ("Old Barn", "2:35", "Anna finds the letter.")
    assert [(artist.number, artist.character) for artist in found.cast] == [("1", "ANNA"), ("2", "BEN")]
    assert [(group.name, group.items) for group in found.elements] == [
        ("Props", ("letter", "lamp, lit")),
        ("Animals", ("a goat",)),
    ]
    assert (found.background, found.notes) == (("6 farmhands",), ("rain on the roof",))


def test_a_sheet_has_each_day_the_scene_is_shot_on(production: Make) -> None:
    slots = sheet(production(**FULL), "4").scheduled
    assert [(s.unit, s.number, s.of, s.date.isoformat(), s.part, str(s.pages)) for s in slots] == [
        ("Main Unit", 1, 1, "2026-03-02", "1 of 2", "1"),
        ("Second Unit", 1, 1, "2026-03-04", "2 of 2", "3/8"),
    ]


def test_what_is_omitted_in_the_boneyard_or_nowhere(production: Make) -> None:
    folder = production(**FULL)
    assert sheet(folder, "5").omitted
    assert sheet(folder, "6").boneyard
    assert not sheet(folder, "7").boneyard
    assert sheet(folder, "7").scheduled == ()


def test_all_sheets_stand_in_the_order_of_the_script(sample: Folder) -> None:
    numbers = [one.number for one in made(sample).sheets]
    assert len(numbers) == len(sample.production.scenes)
    assert numbers.index("A12") < numbers.index("12") < numbers.index("12A") < numbers.index("13")


def test_a_scene_is_found_however_its_letters_are_typed_and_missed_with_a_hint(sample: Folder) -> None:
    assert sheet(sample, "12a").number == "12A"
    fault = breakdown(sample.production, "12aa")
    assert isinstance(fault, Fault)
    assert (fault.message, fault.hint) == ("there is no scene 12aa", "did you mean 12A?")


def test_a_series_has_its_episodes(production: Make) -> None:
    folder = production(**SERIES)
    assert [one.number for one in made(folder, episode="101").sheets] == ["101-1", "101-2"]
    found = sheet(folder, "101-2")
    assert (found.episode, found.light, len(found.scheduled)) == ("101", "day", 2)
    assert [slot.number for slot in sheet(folder, "102-1").scheduled] == [2]


# What is no text of its own: parts of the heading, flags said in words, the episode within the number.
NOT_SHOWN = {"side", "set", "time", "estimated", "boneyard", "omitted", "episode", "scheduled", "pages", "light"}


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_every_form_shows_every_field(production: Make, form: str, tmp_path: Path) -> None:
    folder, out = production(**FULL), tmp_path / "build" / f"x.{form}"
    out.parent.mkdir()
    assert cli.run(["-C", str(folder.root), "breakdown", "4", "-o", str(out)]) == 0
    if form == "pdf":
        told = "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    else:
        told = out.read_text(encoding="utf-8")
        told = lxml.html.fromstring(told).text_content() if form == "html" else told
    packed = "".join(told.split()).casefold()
    found = sheet(folder, "4")
    words = []
    for field in fields(Sheet):
        value = getattr(found, field.name)
        if field.name in NOT_SHOWN:
            continue
        if field.name == "cast":
            words += [text for artist in value for text in (artist.number, artist.character)]
        elif field.name == "elements":
            words += [text for group in value for text in (group.name, *group.items)]
        else:
            words += list(value) if isinstance(value, tuple) else [str(value)]
    assert len(words) > 14
    for text in [*words, "night", "Day 1 of 1", "part 2 of 2", "Second Unit"]:
        assert "".join(text.split()).casefold() in packed, text


def test_on_paper_each_scene_begins_a_page(sample: Folder, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    assert cli.run(["-C", str(SAMPLE), "breakdown", "-o", str(out)]) == 0
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(out).pages]
    sheets = made(sample).sheets
    assert len(pages) == len(sheets)
    for page, one in zip(pages, sheets, strict=True):
        assert one.omitted or one.heading in page


def test_data_is_a_row_a_scene(tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    assert cli.run(["-C", str(SAMPLE), "breakdown", "-o", str(out)]) == 0
    rows = {row["scene"]: row for row in csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))}
    assert rows["7"]["days"] == "2025-10-13, 2025-10-14"
    assert rows["4"]["animals"] == "Bolt, a grey dog"
    assert rows["13"]["omitted"] == "omitted"
