"""`pmkit callsheet` as it is typed: where the document goes, what is said, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import pypdf
import pytest

from pmkit import cli
from tests.conftest import SAMPLE, write

FILES = {
    "production": "pmkit: 1\ntitle: Low Water\ncode: LOW\nunits: {main: Main, second: 2nd Unit, splinter: Splinter}\n",
    "crew": "camera: {call: -0:30, people: [{id: jun-ito, name: Jun Ito, position: DP}]}\n",
    "cast": "1: {character: LENA, id: ana-ruiz}\n",
    "breakdown": "1: {heading: INT. A - DAY, pages: 1, cast: [1]}\n",
    "schedule": "main:\n  2025-10-13: {call: 7:00, strips: [1]}\n  2025-10-14: {call: 8:00}\n"
    "second:\n  2025-10-14: {call: 6:00}\nsplinter:\n  2025-10-15: {call: 5:00}\n",
}


@pytest.fixture
def low(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "LOW"
    root.mkdir()
    write(root, FILES)
    monkeypatch.chdir(root)
    return root


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.run(["callsheet", *words])
    told = capfd.readouterr()
    return code, told.out, told.err


def test_text_goes_to_stdout_and_what_is_missing_to_stderr(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "1")
    assert code == 0
    assert out.startswith("Low Water")
    assert "GENERAL CREW CALL  07:00" in out
    assert err.splitlines()[0] == "The sheet still lacks:"
    assert "  no plan of the day yet: calls/2025-10-13-main.yaml" in err
    assert not (low / "build").exists()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("1",), "LOW_CallSheet_D01_2025-10-13_NOT-ISSUED"),
        (("second:1",), "LOW_CallSheet_2U_D01_2025-10-14_NOT-ISSUED"),
        (("1", "--unit", "second"), "LOW_CallSheet_2U_D01_2025-10-14_NOT-ISSUED"),
        (("splinter:1",), "LOW_CallSheet_splinter_D01_2025-10-15_NOT-ISSUED"),
        (("1", "LENA"), "LOW_Call_D01_2025-10-13_ana-ruiz_NOT-ISSUED"),
        (("1", "jun-ito"), "LOW_Call_D01_2025-10-13_jun-ito_NOT-ISSUED"),
    ],
)
def test_documents_go_to_build_under_the_trade_s_name(
    low: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
) -> None:
    for form in ("html", "pdf"):
        code, out, _ = run(capfd, *words, "--format", form)
        assert (code, out) == (0, f"build/{name}.{form}\n")
        data = (low / out.strip()).read_bytes()
        assert data.startswith(b"%PDF" if form == "pdf" else b"<!doctype html>")


def test_a_file_or_stdout_instead(low: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["callsheet", "1", "--format", "pdf", "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"%PDF")
    assert cli.run(["callsheet", "1", "-o", "sheet.txt"]) == 0
    assert capfdbinary.readouterr().out == b"sheet.txt\n"
    assert (low / "sheet.txt").read_text().startswith("Low Water")
    assert cli.run(["callsheet", "1", "-o", "sheet.pdf"]) == 0
    assert (low / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not (low / "build").exists()


def test_today_and_tomorrow_are_told_by_date(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "tomorrow", "--date", "2025-10-13", "--json")
    assert code == 0
    assert (json.loads(out)["day"], json.loads(out)["date"]) == (2, "2025-10-14")


def test_json_of_a_person_shows_the_chain_down_to_the_column(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "1", "jun-ito", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["pmkit"], told["document"], told["call"]) == (1, "callsheet", "06:30")
    (because,) = told["because"]
    assert because["figure"]["rule"] == "crew call -0:30, Camera's own"
    assert because["figure"]["of"] == [
        {"value": "07:00", "rule": "crew call on the board", "of": ["schedule.yaml:2:22"]},
        "crew.yaml:1:16",
    ]


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        (("9",), 2, "there is no day 9 of main", "did you mean 2 (Tue 2025-10-14)?"),
        (("2025-10-20",), 2, "main does not shoot on Mon 2025-10-20", "did you mean day splinter:1 on Wed 2025-10-15?"),
        (("1", "--unit", "secnd"), 2, "no unit is called secnd", "did you mean second?"),
        (("1", "jun-itto"), 2, "nobody is called jun-itto", "did you mean jun-ito?"),
        (("2", "LENA"), 3, "LENA is not called on day 2 of main, 2025-10-14", "nor on any later day"),
    ],
)
def test_what_is_not_there_is_said_with_what_was_meant(
    low: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, message: str, hint: str
) -> None:
    found, out, err = run(capfd, *words)
    assert (found, out) == (code, "")
    assert message in err
    assert hint in err


def test_a_folder_with_errors_prints_what_holds(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (low / "cast.yaml").write_text("1: {character: LENA, drive: soon}\n")
    code, out, err = run(capfd, "1")
    assert code == 1
    assert "LENA" in out
    assert "soon" in err and "pmkit validate" in err


def test_what_the_strips_name_and_nobody_has_is_an_error(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (low / "schedule.yaml").write_text("main:\n  2025-10-13: {call: 7:00, strips: [1, 99]}\n")
    (low / "cast.yaml").unlink()
    code, out, err = run(capfd, "1")
    assert code == 1
    assert "99" in out
    assert "scene 99 is not in the breakdown: see pmkit validate" in err
    assert "scene 1 has cast 1, not in cast.yaml: see pmkit validate" in err


def test_paper_and_style(low: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    import io

    sizes = {}
    for paper in ("letter", "legal", "a4"):
        assert cli.run(["callsheet", "1", "--format", "pdf", "--paper", paper, "-o", "-"]) == 0
        page = pypdf.PdfReader(io.BytesIO(capfdbinary.readouterr().out)).pages[0]
        sizes[paper] = (round(page.mediabox.width), round(page.mediabox.height))
        assert "GENERAL" in page.extract_text()
    assert sizes == {"letter": (612, 792), "legal": (612, 1008), "a4": (595, 842)}
    with (low / "production.yaml").open("a") as settings:
        settings.write("style: uk\nclock: 12h\n")
    assert cli.run(["callsheet", "1", "--format", "pdf", "-o", "-"]) == 0
    page = pypdf.PdfReader(io.BytesIO(capfdbinary.readouterr().out)).pages[0]
    assert "UNIT CALL" in page.extract_text() and "AM" in page.extract_text()


def test_the_production_s_own_template_and_fonts(low: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (low / "templates").mkdir()
    (low / "templates" / "callsheet.html.j2").write_text("{{ report.title }} our way")
    code, out, _ = run(capfd, "1", "--format", "html", "-o", "-")
    assert (code, out) == (0, "Low Water our way")
    code, out, _ = run(capfd, "1", "jun-ito", "--format", "html", "-o", "-")
    assert code == 0
    assert "06:30" in lxml.html.document_fromstring(out.encode()).text_content()


def test_the_sample_without_private_prints_the_same_sheet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("private", "build", ".pmkit"))
    sheets = []
    for root in (SAMPLE, copy):
        assert cli.run(["-C", str(root), "callsheet", "14"]) == 0
        sheets.append(capfd.readouterr().out)
    assert sheets[0] == sheets[1]


def test_the_same_bytes_whatever_the_zone_and_the_language() -> None:
    made = []
    for zone, language in (("Asia/Tokyo", "C"), ("America/New_York", "tr_TR.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-m", "pmkit", "-C", str(SAMPLE), "callsheet", "14", "--format", "pdf", "-o", "-"],
            capture_output=True,
            check=True,
            env={**os.environ, "TZ": zone, "LC_ALL": language, "LANG": language, "PYTHONHASHSEED": str(len(made))},
        )
        made.append(done.stdout)
    assert made[0] == made[1]
