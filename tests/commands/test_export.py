"""The production in other programs' formats."""

from __future__ import annotations

import json

from pmkit import cli
from tests.conftest import SAMPLE
from tests.productions import write


def test_the_file_goes_where_it_is_asked_and_what_is_not_in_it_is_said(tmp_path, capsys):
    assert cli.run(["-C", str(SAMPLE), "export", "uss", "-o", str(tmp_path / "a.uss")]) == 0
    out, err = capsys.readouterr()
    assert out.strip().endswith("a.uss")
    assert "87 scenes, 27 shooting days, 2 boards." in err
    assert "performers and particulars of 18 cast members" in err
    body = json.loads((tmp_path / "a.uss").read_bytes())["universalScheduleStandard"]
    assert body["project"] == "The Salt Road"


def test_without_a_name_it_goes_to_build_and_a_dash_is_stdout(tmp_path, capsysbinary):
    root = write(
        tmp_path, {"production": "pmkit: 1\ntitle: A/B\n", "breakdown": "1: {heading: INT. BAR - DAY, pages: 1/8}\n"}
    )
    assert cli.run(["-C", str(root), "export", "uss"]) == 0
    first = (root / "build" / "AB.uss").read_bytes()
    capsysbinary.readouterr()
    assert cli.run(["-C", str(root), "export", "uss", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == first


def test_a_broken_folder_exports_what_holds_and_says_so(tmp_path, capsys):
    root = write(tmp_path, {"breakdown": "1: {heading: INT. BAR - DAY, pages: 1/8}\n2: {pages: many}\n"})
    assert cli.run(["-C", str(root), "export", "uss", "-o", str(tmp_path / "a.uss")]) == 1
    assert "many" in capsys.readouterr().err and (tmp_path / "a.uss").exists()


def test_nothing_to_export(tmp_path, capsys):
    assert cli.run(["-C", str(write(tmp_path, {})), "export", "uss"]) == 3
    assert "there is no breakdown to export" in capsys.readouterr().err
