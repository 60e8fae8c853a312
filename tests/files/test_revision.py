"""A revision is read from git's objects alone: what it was, in words when there is none, and nothing of the folder runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pmkit.files import revision
from pmkit.problems import Stop
from tests.productions import write

PARTS = ("breakdown", "schedule", "budget")
BUDGET = "accounts:\n  1401: {name: Cast, lines: [{what: LENA, amount: days(main), rate: %s}]}\n"
DAYS = "main:\n  2026-03-02: {call: 7:00, strips: [1]}\n"


def git(folder: Path, *words: str, when: str = "2026-01-02T00:00:00Z") -> None:
    environment = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when, "GIT_CONFIG_GLOBAL": "/dev/null"}
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, env=environment)


def committed(folder: Path, when: str) -> None:
    git(folder, "add", "-A", when=when)
    git(folder, "commit", "-qm", "x", when=when)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A production whose private/ is a repository of its own; both moved on after the first commit."""
    root = write(tmp_path / "salt", {"schedule": DAYS, "breakdown": "1: {heading: INT. BAR - DAY}\n2: {heading: INT. HUT - DAY}\n",
                                     "private/budget": BUDGET % 100})  # fmt: skip
    (root / ".gitignore").write_text("private/\n")
    for folder in (root, root / "private"):
        git(folder, "init", "-q")
        committed(folder, "2026-01-02T00:00:00Z")
    (root / "schedule.yaml").write_text(DAYS + "  2026-03-03: {call: 7:00, strips: [2]}\n")
    committed(root, "2026-02-02T00:00:00Z")
    (root / "private" / "budget.yaml").write_text(BUDGET % 250)
    committed(root / "private", "2026-02-03T00:00:00Z")
    (root / "private" / "budget.yaml").write_text(BUDGET % 900)
    return root


def rate_and_days(root: Path, typed: str) -> tuple[str, int]:
    production = revision.read(root, typed, PARTS).production
    assert production.budget is not None
    return production.budget.accounts["1401"].lines[0].rate, len(production.board.units["main"])


def test_private_of_its_own_has_the_schedule_of_then(own: Path) -> None:
    assert rate_and_days(own, "HEAD") == ("250", 2)
    assert rate_and_days(own, "HEAD~1") == ("100", 1)
    assert revision.words(own, "HEAD~1").endswith("of 2 January 2026")


def test_private_inside_the_outer_repository(tmp_path: Path) -> None:
    root = write(tmp_path / "shows" / "salt", {"schedule": DAYS, "private/budget": BUDGET % 100})
    git(root.parent, "init", "-q")
    committed(root.parent, "2026-01-02T00:00:00Z")
    (root / "private" / "budget.yaml").write_text(BUDGET % 250)
    (root / "private" / "budget").mkdir()
    (root / "private" / "budget" / "globals.yaml").write_text("prep: 3\n")
    assert rate_and_days(root, "main") == ("100", 1)
    assert revision.read(root, "main", PARTS).problems == []


@pytest.mark.parametrize("typed", ["nope", "--output=/tmp/x", "HEAD~9", "HEAD:private", "", "main..main"])
def test_what_is_no_revision_is_said_in_words(own: Path, typed: str) -> None:
    with pytest.raises(Stop) as stop:
        revision.read(own, typed, PARTS)
    assert "has no revision" in stop.value.message
    assert stop.value.exit_code == 2


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path / "salt", {"private/budget": BUDGET % 100})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(Stop) as stop:
        revision.read(root, "HEAD", PARTS)
    assert "is in no git repository" in stop.value.message
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop) as stop:
        revision.read(root, "HEAD", PARTS)
    assert stop.value.message.startswith("git is not installed")


def test_nothing_that_the_folder_configures_runs(own: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    evil.chmod(0o755)
    for folder in (own, own / "private"):
        for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.x.smudge",
                    "filter.x.clean", "core.editor", "gpg.program", "credential.helper"):  # fmt: skip
            git(folder, "config", key, str(evil))
        git(folder, "config", "log.showSignature", "true")
        git(folder, "config", "filter.x.required", "true")
        (folder / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")
        for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
            shutil.copy(evil, folder / ".git" / "hooks" / hook)
    mark.unlink(missing_ok=True)
    assert rate_and_days(own, "HEAD") == ("250", 2)
    assert revision.words(own, "HEAD")
    assert not mark.exists()


def test_a_link_in_a_revision_is_not_followed(own: Path) -> None:
    target = own / "private" / "budget.yaml"
    target.unlink()
    target.symlink_to("/etc/hosts")
    committed(own / "private", "2026-02-04T00:00:00Z")
    assert revision.read(own, "HEAD", PARTS).production.budget is None
