"""`private/`: absent, a plain folder, or a git repository of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import folder as folders
from tests.conftest import SAMPLE

IGNORE = shutil.ignore_patterns("build", ".pmkit", "mail")


@pytest.fixture
def outer(tmp_path: Path) -> Path:
    """The sample as somebody has it who may not see the money."""
    root = tmp_path / "salt"
    shutil.copytree(SAMPLE, root, ignore=IGNORE)
    shutil.rmtree(root / "private")
    return root


def test_without_private_the_folder_validates(outer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["-C", str(outer), "validate", "--strict"]) == 0
    told = capsys.readouterr()
    assert told.out == "No problems found.\n"
    assert "private/ is not here" in told.err


def test_without_private_call_sheets_are_printed_and_requests_previewed(
    outer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("text", "html", "pdf", "json"):
        assert cli.run(["-C", str(outer), "callsheet", "14", "--format", form, "-o", str(tmp_path / form)]) == 0
    code = cli.run(["-C", str(outer), "request", "send", "grips-2nd-unit", "-o", str(tmp_path), "--date", "2025-10-14"])
    assert code == 0
    told = capsys.readouterr()
    assert "rate" in told.err
    mails = list(tmp_path.glob("*.eml"))
    assert len(mails) == 4
    assert not [mail for mail in mails if b"USD" in mail.read_bytes()]


def test_without_private_costs_say_what_is_missing(outer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["-C", str(outer), "costs"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "private/" in told.err


def test_a_repository_of_its_own_is_the_same_as_a_plain_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "salt"
    shutil.copytree(SAMPLE, root, ignore=IGNORE)
    for folder in (root / "private", root):
        (folder / ".gitignore").write_text("private/\n" if folder == root else "", encoding="utf-8")
        for words in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *words], cwd=folder, check=True)
    tracked = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert "private/" not in tracked
    plain, own = folders.read(SAMPLE), folders.read(root)
    assert own.problems == plain.problems
    printed = []
    for folder in (SAMPLE, root):
        assert cli.run(["-C", str(folder), "costs", "--date", "2025-10-30", "--json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_private_may_hold_some_of_its_files_only(outer: Path) -> None:
    (outer / "private").mkdir()
    shutil.copy(SAMPLE / "private" / "crew.yaml", outer / "private")
    folder = folders.read(outer)
    assert not folder.errors
    assert folder.production.has_private
    assert folder.production.budget is None
