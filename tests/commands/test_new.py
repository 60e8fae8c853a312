"""A production to begin with: valid, nearly empty, and every example in its comments is one that works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pmkit import cli, disk
from pmkit.files import folder as folders, starter
from pmkit.files.schema import names
from pmkit.model.chart import CHARTS
from tests.conftest import SAMPLE


def new(*words: str) -> int:
    return cli.run(["new", *words])


def test_a_new_production_is_valid_and_says_what_to_do_next(tmp_path, capsys):
    root = tmp_path / "my-film"
    assert new(str(root), "--title", "My: #1 Film", "--code", "FILM", "--kind", "series") == 0
    out, said = capsys.readouterr()
    assert "My: #1 Film" in out
    assert len(re.findall("^  ", said, re.MULTILINE)) == 3
    settings = folders.read(root).production.settings
    assert (settings.title, settings.code, settings.kind) == ("My: #1 Film", "FILM", "series")
    assert cli.run(["-C", str(root), "validate", "--strict"]) == 0
    assert capsys.readouterr().out == "No problems found.\n"


def test_every_file_names_its_owner_and_a_schema_that_is_there(tmp_path):
    root = tmp_path / "my-film"
    new(str(root))
    files = sorted(root.rglob("*.yaml"))
    assert len(files) >= 17
    for file in files:
        owner, line, *_ = file.read_text(encoding="utf-8").splitlines()
        assert owner.startswith("#: ")
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
        assert named, file
        assert json.loads((file.parent / named[1]).read_text(encoding="utf-8"))["$schema"]
    assert {path.stem for path in (root / ".pmkit/schema").glob("*.json")} == set(names())


def test_git_leaves_out_what_it_must(tmp_path):
    new(str(tmp_path / "my-film"))
    lines = (tmp_path / "my-film/.gitignore").read_text(encoding="utf-8").splitlines()
    assert {"private/", ".pmkit/", "build/", "mail/outbox/"} <= set(lines)
    assert (tmp_path / "my-film/private").stat().st_mode & 0o077 == 0
    assert "git init" in (tmp_path / "my-film/private/README.md").read_text(encoding="utf-8")


def test_every_example_in_the_comments_works(tmp_path, capsys):
    """Each commented example is uncommented, the ones in the READMEs put into files: the folder is right."""
    root = tmp_path / "my-film"
    new(str(root))
    for file in root.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert "\n#   " in text, file
        file.write_text(re.sub(r"^#   ", "", text, flags=re.MULTILINE), encoding="utf-8")
    for name in ("calls/2027-10-13-main", "daily/2027-10-13-main", "requests/grips"):
        readme = (root / name).parent / "README.md"
        [example] = re.findall(r"```yaml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
        (root / f"{name}.yaml").write_text(example, encoding="utf-8")
    capsys.readouterr()
    code = cli.run(["-C", str(root), "validate"])
    out = capsys.readouterr().out
    assert code == 0, out
    production = folders.read(root).production
    assert len(production.hires) == 7
    assert len(production.cast) == 2
    assert production.plans and production.dailies and production.requests and production.deals and production.calendar


def test_the_sample_is_copied_whole_with_what_git_needs(tmp_path, capsys):
    root = tmp_path / "salt"
    assert new(str(root), "--sample") == 0
    copied = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    theirs = {
        path.relative_to(SAMPLE).as_posix()
        for path in SAMPLE.rglob("*")
        if path.is_file() and path.relative_to(SAMPLE).parts[0] not in ("build", ".pmkit", "mail")
    }
    assert {name for name in copied if not name.startswith(".pmkit/")} == theirs | {".gitignore"}
    assert (root / "crew.yaml").read_bytes() == (SAMPLE / "crew.yaml").read_bytes()
    assert cli.run(["-C", str(root), "validate"]) == 0
    said = capsys.readouterr().err
    assert "pmkit callsheet 3" in said


@pytest.mark.parametrize("name", ["note.txt", ".hidden"])
def test_a_folder_with_something_in_it_is_left_alone(name, tmp_path, capsys):
    (tmp_path / name).write_text("mine")
    assert new(str(tmp_path)) == 3
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_empty_folder_and_this_one_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert new(".") == 0
    assert (tmp_path / "production.yaml").is_file()


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    real = disk.write_all

    def until_the_private_ones(files, **how):
        if how.get("private"):
            raise KeyboardInterrupt
        real(files, **how)

    monkeypatch.setattr(disk, "write_all", until_the_private_ones)
    assert new(str(tmp_path / "film")) == 130
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_said(tmp_path, capsys):
    assert new(str(tmp_path / "a"), "--code", "no good") == 2
    assert new(str(tmp_path / "a"), "--sample", "--title", "X") == 2
    assert not (tmp_path / "a").exists()
    assert "is not a code" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "title", "code"),
    [
        ("my-film", "My Film", "MYFILM"),
        ("the_salt_road", "The Salt Road", "SALT"),
        ("BIG", "BIG", "BIG"),
        ("何", "何", "FILM"),
    ],
)
def test_title_and_code_are_made_of_the_folders_name(folder, title, code):
    assert starter.title_of(Path("/x") / folder) == title
    assert starter.code_of(title) == code


@pytest.mark.parametrize("chart", [*CHARTS, "us-studio@1"])
def test_a_chart_gives_a_budget_that_is_valid_and_empty(
    chart: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "film"
    assert cli.run(["new", str(root), "--chart", chart]) == 0
    assert "heck it against" in (told := capsys.readouterr().err) or "ask yours" in told
    assert cli.run(["-C", str(root), "validate", "--strict"]) == 0
    folder = folders.read(root)
    budget, found = folder.production.budget, folder.production.chart
    assert budget is not None and found is not None
    assert budget.chart == f"{found.id}@{found.version}"
    held = {category.number for n in budget.accounts if (category := found.category_of(n)) is not None}
    assert held == {category.number for category in found.categories}
    assert set(found.accounts) <= set(budget.accounts)
    assert (root / "private" / "budget.yaml").stat().st_mode & 0o077 == 0
    capsys.readouterr()
    assert cli.run(["-C", str(root), "topsheet"]) == 0
    out = capsys.readouterr().out
    assert [category.name for category in found.categories if category.name not in out] == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("us-studo", "did you mean us-studio?"), ("cavco@9", "there is no version 9 of cavco; there is 1")],
)
def test_a_chart_that_is_none_is_refused_and_nothing_begun(
    typed: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", str(tmp_path / "film"), "--chart", typed]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "film").exists()


def test_help_lists_every_chart(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "--help"]) == 0
    told = capsys.readouterr().out
    assert [name for name in CHARTS if f"  {name} " not in told] == []
