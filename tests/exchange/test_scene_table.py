"""Tables of scenes as scheduling programs print them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmkit.exchange import scene_table, sheet
from pmkit.exchange.scene_columns import apart, who
from pmkit.model.production import Production, Settings
from pmkit.problems import Stop

EMPTY = Production(settings=Settings(pmkit=1, title="Test"))
TABLE = (
    "Scene,Int/Ext,Set,Day/Night,Pages,Synopsis,Script Day,Location,Unit,Cast,Props,Special Effects,Shooting Day\n"
    '12,INT,MOTEL ROOM 6,NIGHT,1 3/8,"She opens it, slowly.",2,Desert Rose,Main,"1. LENA; 2. JUNE",envelope;torch,,1\n'
    '12A,EXT,MOTEL,NIGHT,2/8,,2,Desert Rose,2nd Unit,"2","cream envelope, torch","rain\nwind",2026-03-05\n'
    "13,,OMITTED,,,,,,,,,,\n"
    "A14,INT/EXT,CAR,DAY,1.375,Drive,3,,Main,1;2,,,Boneyard\n"
)


def read(path: Path, text: str | bytes = TABLE, production: Production = EMPTY, **asked: Any) -> scene_table.Reading:
    file = path / "scenes.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return scene_table.read(sheet.read(file), "scenes.csv", production, **asked)


def test_scenes_with_their_heading_pages_cast_and_elements(tmp_path):
    reading = read(tmp_path, start=dt.date(2026, 3, 2))
    assert reading.problems == [] and reading.row == 1
    scenes = reading.incoming.scenes
    assert list(scenes) == ["12", "12A", "13", "A14"]
    assert scenes["12"].heading == "INT. MOTEL ROOM 6 - NIGHT" and scenes["12"].pages == 11
    assert scenes["12"].synopsis == "She opens it, slowly." and scenes["12"].script_day == "2"
    assert scenes["12"].cast == ("1", "2") and scenes["12"].elements == {"props": ("envelope", "torch")}
    assert scenes["12A"].elements == {"props": ("cream envelope", "torch"), "special_effects": ("rain", "wind")}
    assert scenes["12A"].unit == "second" and scenes["13"].omitted and scenes["13"].heading == ""
    assert scenes["A14"].heading == "INT/EXT. CAR - DAY" and scenes["A14"].pages == 11
    assert {n: one.character for n, one in reading.incoming.cast.items()} == {"1": "LENA", "2": "JUNE"}
    assert reading.incoming.locations == {"desert-rose": "Desert Rose"}
    assert reading.incoming.sets == {"MOTEL ROOM 6": "desert-rose", "MOTEL": "desert-rose"}


def test_days_as_numbers_and_as_dates_and_the_boneyard(tmp_path):
    board = read(tmp_path, start=dt.date(2026, 3, 2)).incoming.board
    assert {u: {str(d): [s.scene for s in day.strips] for d, day in days.items()} for u, days in board.units.items()} == {
        "main": {"2026-03-02": ["12"]}, "second": {"2026-03-05": ["12A"]},
    }  # fmt: skip
    assert [strip.scene for strip in board.boneyard] == ["A14"]  # 13 is omitted and is nowhere


def test_numbered_days_without_a_start_go_to_the_boneyard_and_say_so(tmp_path):
    reading = read(tmp_path)
    assert [strip.scene for strip in reading.incoming.board.boneyard] == ["A14", "12"]
    assert any("--start" in note for note in reading.incoming.notes)


def test_numbered_days_pass_the_productions_days_off(tmp_path):
    text = "Scene,Pages,Day\n" + "".join(f"{n},1/8,{n}\n" for n in range(1, 8))
    found = read(tmp_path, text, start=dt.date(2026, 3, 5)).incoming.board.units["main"]
    assert [day.day for day in found] == [5, 6, 9, 10, 11, 12, 13]


def test_rows_that_end_a_day_close_what_stands_above_them(tmp_path):
    text = (
        "Scene;Set;Pages\n1;BAR;1/8\n2;BAR;1/8\nEnd of Day #1 Mon, Mar 2, 2026 -- Total Pages: 2/8;;\n"
        "3;CAR;1\nEND DAY 2;;\n4;CAR;1\n"
    )
    found = read(tmp_path, text, start=dt.date(2026, 3, 2)).incoming.board
    assert [[s.scene for s in day.strips] for day in found.units["main"].values()] == [["1", "2"], ["3"]]
    assert [strip.scene for strip in found.boneyard] == ["4"]


@pytest.mark.parametrize("start", ["", "\ufeff", "sep=,\n", "THE SALT ROAD,,\n\n"])
def test_headings_are_found_below_a_title_a_mark_and_a_separator_line(tmp_path, start):
    text = start + "Sc,Slugline,Pgs\n1,INT. BAR - DAY,1 pg\n\nSc,Slugline,Pgs\n2,EXT. BAR - NIGHT,3/8\n"
    scenes = read(tmp_path, text).incoming.scenes
    assert [(s.number, s.heading, int(s.pages)) for s in scenes.values()] == [
        ("1", "INT. BAR - DAY", 8), ("2", "EXT. BAR - NIGHT", 3),
    ]  # fmt: skip


def test_columns_can_be_told_and_are_kept(tmp_path):
    text = "Nr,What,Who,Gear\n1,INT. BAR - DAY,LENA,crane\n"
    with pytest.raises(Stop, match="no row of headings"):
        read(tmp_path, text)
    told = {"Nr": "scene", "What": "heading", "Who": "cast", "Gear": "special_equipment"}
    reading = read(tmp_path, text, told=told)
    assert reading.columns() == told
    assert reading.incoming.scenes["1"].elements == {"special_equipment": ("crane",)}
    assert next(iter(reading.incoming.cast.values())).character == "LENA"
    assert read(tmp_path, text, saved=told).incoming.scenes == reading.incoming.scenes
    with pytest.raises(Stop, match="no field gear"):
        read(tmp_path, text, told={**told, "Gear": "gear"})
    with pytest.raises(Stop, match="no column Gaer"):
        read(tmp_path, text, told={**told, "Gaer": "grip"})


def test_cast_by_name_get_numbers_and_known_ones_keep_theirs(tmp_path, production):
    there = production(cast="7: {character: JUNE}\n").production
    text = 'Scene,Pages,Characters\n1,1/8,LENA; June\n2,1/8,"MILO (3)\nLENA"\n'
    reading = read(tmp_path, text, there)
    assert {n: one.character for n, one in reading.incoming.cast.items()} == {"3": "MILO", "7": "June", "8": "LENA"}
    assert reading.incoming.scenes["1"].cast == ("8", "7") and reading.incoming.scenes["2"].cast == ("3", "8")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("a; b,c", ["a", "b,c"]), ("a, b", ["a", "b"]), ("a\nb", ["a", "b"]), ("", []), ("1 2 12A", ["1", "2", "12A"]), (" ; ", []),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell(cell, names):
    assert apart(cell, numbers=True) == names


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1", ("1", "")),
        ("1. LENA", ("1", "LENA")),
        ("LENA (1)", ("1", "LENA")),
        ("LENA", ("", "LENA")),
        ("#4 - DEZ", ("4", "DEZ")),
    ],
)
def test_who_a_cell_means(typed, told):
    assert who(typed) == told


def test_what_is_wrong_stands_at_its_row(tmp_path):
    text = "Scene,Pages,Est Time,Shoot Date\n1,1/3,soon,never\n1,1/8,,\n,,,\nlunch,,,\n"
    reading = read(tmp_path, text)
    assert [(problem.place.line, problem.severity) for problem in reading.problems] == [(2, "warning")] * 3 + [
        (3, "warning")
    ]
    assert reading.incoming.notes == ("row 5 is no scene and is passed over: lunch",)
    assert reading.incoming.scenes["1"].pages == 0


def test_a_workbook_with_the_sheet_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Nothing", "here"])
    page = book.create_sheet("Breakdown")
    page.append(["Scene Number", "Set", "D/N", "I/E", "Page Count", "Shoot Date"])
    page.append([101, "BAR", "DAY", "INT", 1.5, dt.datetime(2026, 3, 2)])
    book.save(tmp_path / "a.xlsx")
    sheets = sheet.read(tmp_path / "a.xlsx")
    for asked in ("", "breakdown"):
        found = scene_table.read(sheets, "a.xlsx", EMPTY, sheet=asked).incoming
        assert found.scenes["101"].heading == "INT. BAR - DAY" and found.scenes["101"].pages == 12
        assert list(found.board.units["main"]) == [dt.date(2026, 3, 2)]
    with pytest.raises(Stop, match="no sheet Board"):
        scene_table.read(sheets, "a.xlsx", EMPTY, sheet="Board")


def test_a_series_needs_the_episode(tmp_path):
    series = Production(settings=Settings(pmkit=1, title="Test", kind="series"))
    reading = read(tmp_path, "Scene,Pages\n1,1/8\n", series)
    assert reading.problems[0].severity == "error"
    assert list(read(tmp_path, "Scene,Pages,Ep\n1,1/8,101\n", series).incoming.scenes) == ["101-1"]
    assert list(read(tmp_path, "Scene,Pages\n1,1/8\n", series, episode="102").incoming.scenes) == ["102-1"]
