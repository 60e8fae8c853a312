"""Where documents go, what they are called, and what reaches the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit import cli
from pmkit.commands import options
from pmkit.model.production import Settings
from tests.productions import write

BEGUN = {
    "production.yaml": "pmkit: 1\ntitle: The Salt Road\n",
    "breakdown.yaml": '"1/../../../out": {heading: INT. DINER - DAY, pages: 1/8}\n',
}


def test_a_scene_number_is_no_way_out_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "a" / "b" / "film", BEGUN)
    assert cli.run(["-C", str(root), "breakdown", "1/../../../out", "--format", "html"]) == 0
    made = list(tmp_path.rglob("*.html"))
    assert [path.parent for path in made] == [root / "build"]
    assert made[0].name == "TheSaltRoad_Breakdown_Sc1-..-..-..-out.html"
    assert capsys.readouterr().out.rstrip().endswith(made[0].name)


def test_a_build_folder_that_leads_elsewhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "film", BEGUN)
    (tmp_path / "elsewhere").mkdir()
    (root / "build").symlink_to(tmp_path / "elsewhere")
    assert cli.run(["-C", str(root), "crewlist", "--format", "html"]) == 3
    assert "through a link" in capsys.readouterr().err
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_file_where_the_build_folder_should_be_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "film", BEGUN)
    (root / "build").write_text("")
    assert cli.run(["-C", str(root), "crewlist", "--format", "html"]) == 3
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("a/b", "a-b"),
        ("../x", "-x"),
        ("..", "document"),
        ("a\x1b[31m\n", "a-[31m-"),
        ("café 1", "café 1"),
        ("", "document"),
    ],
)
def test_words_of_the_folder_become_the_name_of_one_file(words: str, name: str) -> None:
    assert options.file_name(words) == name


@pytest.mark.parametrize(
    ("code", "title", "word"),
    [
        ("SALT", "The Salt Road", "SALT"),
        ("", "The Salt Road", "TheSaltRoad"),
        ("", "何", "Production"),
        ("", "a" * 40, "A" + "a" * 23),
    ],
)
def test_what_files_begin_with(code: str, title: str, word: str) -> None:
    assert options.title_word(Settings(pmkit=1, title=title, code=code)) == word


def test_nothing_told_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    options.say("a\x1b[31mb\u202ec\nd")
    options.show(["e\x1b]0;x\x07f", "g"])
    told = capsys.readouterr()
    assert told.err == "a[31mbc\nd\n"
    assert told.out == "e]0;xf\ng\n"


@pytest.mark.parametrize(
    ("form", "output", "found"),
    [
        (None, None, "text"),
        (None, "x.CSV", "csv"),
        (None, "csv", "text"),
        ("html", "x.csv", "html"),
        (None, "x.doc", "text"),
    ],
)
def test_the_form_is_what_is_said_else_what_the_name_says(form: str | None, output: str | None, found: str) -> None:
    assert options.form_of(form, output, ("text", "csv", "html")) == found
