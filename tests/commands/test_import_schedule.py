"""Another program's schedule into a folder: shown first, never written over what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import folder
from tests.exchange import uss_samples as samples
from tests.productions import write


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    made = write(tmp_path / "SALT", {})
    monkeypatch.chdir(made)
    return made


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".pmkit" not in path.parts
    }


@pytest.fixture
def wild(tmp_path) -> str:
    (tmp_path / "full.uss").write_bytes(samples.data(samples.wild()))
    return str(tmp_path / "full.uss")


def test_a_long_schedule_into_an_empty_production(root, wild, capsys):
    before = files(root)
    assert cli.run(["import", "schedule", wild]) == 0
    out, err = capsys.readouterr()
    assert files(root) == before
    assert "breakdown: 173 scenes" in out and "schedule: main 56 days, 2022-08-03 to 2022-10-21" in out
    assert "boards/rev-white: main 56 days, 2022-08-17 to" in out
    assert "Nothing is written yet" in err and "breakdown.yaml, cast.yaml" in err
    assert cli.run(["import", "schedule", wild, "--yes"]) == 0
    assert "Next: pmkit validate" in capsys.readouterr().err
    again = folder.read(root)
    assert again.problems == []
    assert len(again.production.scenes) == 173 and len(again.production.cast) == 59
    assert len(again.production.board.units["main"]) == 56 and set(again.production.boards) == {
        "rev-white",
        "script-order",
    }
    assert (root / "breakdown.yaml").read_text().startswith("#: 1st AD\n1:\n  heading: ")
    assert again.production.settings.holidays and again.production.settings.script.draft == "Pink"
    assert cli.run(["validate"]) in (0, 1)
    assert "error" not in capsys.readouterr().out


def test_again_it_only_shows_what_differs(root, wild, tmp_path, capsys):
    assert cli.run(["import", "schedule", wild, "--yes"]) == 0
    capsys.readouterr()
    before = files(root)
    assert cli.run(["import", "schedule", wild, "--yes"]) == 0
    out, err = capsys.readouterr()
    assert out == "" and "No differences" in err and files(root) == before
    tree = samples.wild()
    sheet = tree["universalScheduleStandard"]["breakdowns"][4]
    sheet.update(pages=2, description="Rewritten")
    tree["universalScheduleStandard"]["breakdowns"][172]["scene"] = "999"
    days = tree["universalScheduleStandard"]["stripboards"][1]["boards"][0]["breakdownArrays"]
    days[0][0], days[1][0] = days[1][0], days[0][0]
    (tmp_path / "new.uss").write_bytes(samples.data(tree))
    assert cli.run(["import", "schedule", str(tmp_path / "new.uss"), "--yes"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "~ scene 5: pages: 1 5/8 -> 2",
        '~ scene 5: synopsis: What happens "in" 5 -> Rewritten',
        "- scene 173: not in the file, stays (INT. SET 13 - SIDE - DAY)",
        "+ scene 999: in the file only (INT. SET 13 - SIDE - DAY)",
        "~ schedule: 1: main 2022-08-03 -> main 2022-08-04",
        "~ schedule: 2: main 2022-08-04 -> main 2022-08-03",
        "~ schedule: 173: boneyard -> nowhere",
        "~ schedule: 999: nowhere -> boneyard",
        "~ board script-order: 173: boneyard -> nowhere",
        "~ board script-order: 999: nowhere -> boneyard",
        "~ board rev-white: 173: boneyard -> nowhere",
        "~ board rev-white: 999: nowhere -> boneyard",
    ]
    assert "12 differences" in err and files(root) == before


def test_another_production_s_file_is_refused(root, wild, capsys):
    (root / "breakdown.yaml").write_text("900: {heading: INT. BAR - DAY, pages: 1/8}\n")
    before = files(root)
    assert cli.run(["import", "schedule", wild, "--yes"]) == 3
    assert "no scene of full.uss is in breakdown.yaml" in capsys.readouterr().err
    assert files(root) == before


def test_a_board_is_added_to_a_breakdown_that_has_none(root, tmp_path, capsys):
    (root / "breakdown.yaml").write_text("# mine\n89PT1: {heading: EXT. THE BRIDGE - NIGHT, pages: 2/8}\n")
    (tmp_path / "a.uss").write_bytes(samples.data(samples.older()))
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--yes"]) == 0
    assert (root / "breakdown.yaml").read_text() == "# mine\n89PT1: {heading: EXT. THE BRIDGE - NIGHT, pages: 2/8}\n"
    assert "89PT1" in (root / "schedule.yaml").read_text() and not (root / "cast.yaml").exists()
    assert "synopsis: – -> George finds them" in capsys.readouterr().out


def test_the_cast_that_is_there_keeps_its_numbers(root, tmp_path, capsys):
    (root / "cast.yaml").write_text("#: 2nd AD\n1: {character: SOMEBODY}\n5: {character: George, performer: J. S.}\n")
    (tmp_path / "a.uss").write_bytes(samples.data(samples.older()))
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--yes"]) == 0
    assert "GEORGE is 1 in the file and 5 in cast.yaml: 5 is kept" in capsys.readouterr().err
    again = folder.read(root).production
    assert again.scenes["89PT1"].cast == ("5",) and again.cast["5"].performer == "J. S." and len(again.cast) == 2


def test_a_broken_file_is_shown_at_its_line_and_nothing_is_written(root, tmp_path, capsys):
    before = files(root)
    (tmp_path / "a.uss").write_text('{"universalScheduleStandard": {\n  "breakdowns": [}\n')
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--yes"]) == 1
    err = capsys.readouterr().err
    assert "a.uss:2:18: error: a value is wanted here, not }" in err and '"breakdowns": [}' in err
    tree = samples.older()
    tree["entertainmentIndustryBreakdownFormat"]["breakdowns"][1]["pages"] = []
    (tmp_path / "a.uss").write_bytes(samples.data(tree))
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--yes"]) == 1
    assert "pages is a list; a number is wanted" in capsys.readouterr().err
    assert cli.run(["import", "schedule", str(tmp_path / "none.uss")]) == 3
    assert cli.run(["import", "schedule", str(tmp_path)]) == 3
    assert files(root) == before


def test_a_table_of_scenes_with_its_columns_kept(root, tmp_path, capsys):
    table = tmp_path / "scenes.csv"
    table.write_text(
        "\ufeffSc,Slug,Pgs,Who,Shoot Day\n1,INT. BAR - DAY,1 3/8,LENA; JUNE,1\n2,EXT. BAR - DAY,2/8,JUNE,2\n"
    )
    asked = ["import", "schedule", str(table), "--start", "2026-03-06"]
    assert cli.run(asked) == 0
    err = capsys.readouterr().err
    assert "Slug" in err and "heading" in err and "not read" in err
    assert cli.run([*asked, "--column", "Who=cast", "--yes"]) == 0
    again = folder.read(root).production
    assert again.scenes["1"].cast == ("1", "2") and again.cast["2"].character == "JUNE"
    assert [str(day) for day in again.board.units["main"]] == ["2026-03-06", "2026-03-09"]
    assert again.imports["schedule"].columns["Who"] == "cast" and again.imports["schedule"].file == "scenes.csv"
    assert folder.read(root).problems == []
    assert cli.run([*asked, "--column", "Who"]) == 2
    assert cli.run([*asked, "--column", "Who=castt"]) == 2


def test_a_start_that_is_no_date_and_a_start_that_is_wanted(root, tmp_path, capsys):
    (tmp_path / "a.uss").write_bytes(samples.data(samples.older(calendars=[])))
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss")]) == 1
    assert "say the first shooting day: --start 2026-03-02" in capsys.readouterr().err
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--start", "soon"]) == 2
    assert cli.run(["import", "schedule", str(tmp_path / "a.uss"), "--start", "2026-03-02", "--yes"]) == 0
    assert next(iter(folder.read(root).production.board.units["main"])).isoformat() == "2026-03-02"


def test_a_folder_with_errors_is_not_compared(root, wild, capsys):
    (root / "breakdown.yaml").write_text("1: {pages: many}\n")
    assert cli.run(["import", "schedule", wild]) == 3
    assert "mend it first" in capsys.readouterr().err
