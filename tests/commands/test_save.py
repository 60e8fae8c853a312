"""`pmkit save` with real repositories: an upstream, two clones, and private/ as one of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pmkit.problems import Stop
from tests.clones import Done, at, clones, git


def save(where: Path, *words: str) -> Done:
    return at(where, "save", *words)


def test_saves_and_shares_both_repositories(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    (a / "crew.yaml").write_text("#: coordinator\ncamera:\n  people:\n    - {id: jun, name: Jun}\n")
    (a / "private/deals.yaml").write_text("#: production manager\njun: {rate: 850/day}\n")
    done = save(a, "Jun is hired")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == ["private/: 1 file saved, pushed", "a: 1 file saved, pushed"]
    assert git(a, "log", "-1", "--format=%s").strip() == "Jun is hired"
    assert save(b).exit_code == 0
    assert (b / "crew.yaml").read_bytes() == (a / "crew.yaml").read_bytes()
    assert (b / "private/deals.yaml").read_bytes() == (a / "private/deals.yaml").read_bytes()


def test_says_nothing_when_there_is_nothing_and_it_is_to_be_quiet(tmp_path: Path) -> None:
    a, _ = clones(tmp_path)
    assert save(a, "--quiet").output == ""
    assert save(a).stdout.splitlines() == ["private/: nothing new", "a: nothing new"]


def test_changes_to_different_lines_come_together(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    (b / "calendar.yaml").write_text("#: coordinator\n2025-10-02: {what: scout}\n")
    assert save(a).exit_code == 0
    done = save(b)
    assert done.exit_code == 0, done.output
    assert "1 file saved, 1 commit of others taken in, pushed" in done.stdout
    assert save(a).exit_code == 0
    assert (a / "calendar.yaml").exists() and (b / "vendors.yaml").exists()


def test_a_conflict_stops_in_words_and_changes_nothing(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    for clone, name in ((a, "Motel Six"), (b, "Motel Seven")):
        (clone / "vendors.yaml").write_text(f"#: coordinator\nmotel: {{name: {name}}}\n")
    (b / "private/periods.yaml").write_text("#: accountant\n")
    assert save(a).exit_code == 0
    done = save(b)
    assert done.exit_code == 3
    assert "b: you and A Person changed the same lines of vendors.yaml; both stand as they were" in done.stderr
    assert "git pull --no-rebase" in done.stderr
    assert (b / "vendors.yaml").read_text() == "#: coordinator\nmotel: {name: Motel Seven}\n"
    assert git(b, "status", "--porcelain") == ""
    assert "private/: 1 file saved, pushed" in done.stdout  # the other repository was not kept back


def test_with_errors_only_what_pmkit_wrote_is_shared(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    (a / "vendors.yaml").write_text("motel: {nmae: Motel}\n")
    (a / "mail/log").mkdir(parents=True)
    (a / "mail/log/2025-10.a-i1.jsonl").write_text("")
    done = save(a)
    assert done.exit_code == 1
    assert "nmae" in done.stderr and "Your own files are not saved yet" in done.stderr
    assert git(a, "status", "--porcelain").split() == ["??", "vendors.yaml"]
    assert save(b).exit_code == 0
    assert (b / "mail/log/2025-10.a-i1.jsonl").exists() and not (b / "vendors.yaml").exists()


def test_what_is_not_saved_yet_is_never_overwritten_by_what_comes_in(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    assert save(a).exit_code == 0
    (b / "vendors.yaml").write_text("motel: {nmae: Motel}\n")
    done = save(b)
    assert done.exit_code == 3
    assert "b: others changed vendors.yaml, of which your own version is not saved yet" in done.stderr
    assert (b / "vendors.yaml").read_text() == "motel: {nmae: Motel}\n"


def test_what_comes_in_and_does_not_fit_is_told(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    (a / "crew").mkdir()
    (a / "crew/camera.yaml").write_text("people: [{id: jun, name: Jun}]\n")
    (b / "crew").mkdir()
    (b / "crew/grip.yaml").write_text("people: [{id: jun, name: June}]\n")
    assert save(a).exit_code == 0
    done = save(b)
    assert done.exit_code == 1
    assert "does not fit together with yours" in done.stderr and "jun" in done.stderr


def test_nothing_of_the_folder_runs_a_program(tmp_path: Path) -> None:
    a, _ = clones(tmp_path)
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    trap.chmod(0o755)
    for hook in ("pre-commit", "commit-msg", "post-commit", "pre-push", "post-merge", "post-index-change"):
        (a / ".git/hooks" / hook).write_text(trap.read_text())
        (a / ".git/hooks" / hook).chmod(0o755)
    git(a, "config", "core.fsmonitor", str(trap))
    git(a, "config", "core.pager", str(trap))
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    assert save(a).exit_code == 0
    assert not sprung.exists()


def test_nor_does_a_repository_within_the_folder(tmp_path: Path) -> None:
    a, b = clones(tmp_path)
    trap, sprung, inner = tmp_path / "trap.sh", tmp_path / "sprung", a / "inner"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\ncat\n")
    trap.chmod(0o755)
    git(a, "init", "-q", "inner")
    (inner / "f").write_text("one\n")
    git(inner, "add", "f")
    git(inner, "commit", "-qm", "inner")
    git(a, "add", "inner")
    git(a, "commit", "-qm", "with an inner one")
    git(a, "push", "-q")
    git(b, "pull", "-q")
    (inner / ".git/info/attributes").write_text("* filter=x\n")
    git(inner, "config", "filter.x.clean", str(trap))
    for clone, name in ((b, "Motel Six"), (a, "Motel Seven")):
        (inner / "f").write_text("two\n")
        (clone / "vendors.yaml").write_text(f"#: coordinator\nmotel: {{name: {name}}}\n")
        assert save(clone).exit_code == (0 if clone == b else 3)
        assert not sprung.exists(), clone


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.sshCommand", "evil"),
        ("filter.x.clean", "evil"),
        ("merge.ours.driver", "evil"),
        ("credential.helper", "!evil"),
        ("remote.origin.uploadpack", "evil"),
        ("gpg.program", "evil"),
        ("include.path", "/tmp/evil"),
        ("diff.external", "evil"),
        ("gpg.ssh.defaultKeyCommand", "evil"),
        ("lfs.customtransfer.x.path", "evil"),
        ("remote.--upload-pack=evil.url", "evil"),
    ],
)
def test_a_clone_whose_configuration_names_a_program_is_refused(tmp_path: Path, key: str, value: str) -> None:
    a, _ = clones(tmp_path)
    git(a, "config", key, value)
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    done = save(a)
    assert done.exit_code == 3
    assert f".git/config sets {key.lower()}" in done.stderr
    assert git(a, "status", "--porcelain", config=()) != ""


def test_what_only_a_worktree_sets_is_refused_too(tmp_path: Path) -> None:
    a, _ = clones(tmp_path)
    git(a, "config", "extensions.worktreeConfig", "true")
    (a / ".git/config.worktree").write_text('[filter "x"]\n\tclean = evil\n')
    done = save(a)
    assert done.exit_code == 3 and ".git/config sets filter.x.clean" in done.stderr


@pytest.mark.parametrize(
    "remote", ["--upload-pack=touch sprung;git-upload-pack", "sub/evil.git", "file://{}/sub/evil.git"]
)
def test_a_remote_that_is_an_option_or_lies_in_the_folder_is_not_asked(tmp_path: Path, remote: str) -> None:
    a, _ = clones(tmp_path)
    sprung = tmp_path / "sprung"
    git(a, "init", "-q", "--bare", "sub/evil.git")
    hook = a / "sub/evil.git/hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    hook.chmod(0o755)
    branch = git(a, "symbolic-ref", "--short", "HEAD").strip()
    name = remote.format(a)
    if name.startswith("-"):  # an old way to name a remote, which no key of the configuration tells
        (a / ".git/remotes").mkdir()
        (a / ".git/remotes" / name).write_text(f"URL: {tmp_path}/a\nPull: refs/heads/*:refs/remotes/o/*\n")
    else:
        git(a, "config", "remote.o.url", name)
        git(a, "config", "remote.o.fetch", "+refs/heads/*:refs/remotes/o/*")
        name = "o"
    git(a, "config", f"branch.{branch}.remote", name)
    git(a, "config", f"branch.{branch}.merge", f"refs/heads/{branch}")
    git(a, "update-ref", f"refs/remotes/o/{branch}", "HEAD")
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    done = save(a)
    assert done.exit_code == 3, done.output
    assert "which is no remote" in done.stderr or "lies in this folder itself" in done.stderr
    assert not sprung.exists() and not (a / "sprung").exists()


def test_an_unreachable_remote_is_for_later_and_all_is_committed(tmp_path: Path) -> None:
    a, _ = clones(tmp_path)
    git(a, "remote", "set-url", "origin", str(tmp_path / "gone"))
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    done = save(a)
    assert done.exit_code == 75
    assert "git cannot reach the others" in done.stderr and git(a, "status", "--porcelain") == ""


def test_somebody_between_fetch_and_push_is_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmkit.files import git as asked, saving

    a, b = clones(tmp_path)
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    real, done = asked.fetched, []

    def fetched(repository: asked.Repository) -> int | None:
        behind = real(repository)
        if repository.folder == a and not done:
            done.append(True)
            (b / "calendar.yaml").write_text("#: coordinator\n2025-10-02: {what: scout}\n")
            git(b, "add", "--all")
            git(b, "commit", "-qm", "between")
            git(b, "push", "-q")
        return behind

    monkeypatch.setattr(saving.git, "fetched", fetched)
    result = save(a)
    assert result.exit_code == 0, result.output
    assert (a / "calendar.yaml").exists() and "pushed" in result.stdout


def test_while_the_network_is_waited_for_others_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmkit import lock
    from pmkit.files import git as asked, git_run

    a, b = clones(tmp_path)
    (b / "calendar.yaml").write_text("#: coordinator\n2025-10-02: {what: scout}\n")
    assert save(b).exit_code == 0
    (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    run = asked.run
    reached: list[str] = []
    held: list[str] = []

    def watched(folder: Path, words: tuple[str, ...], given: bytes = b"") -> git_run.Answer:
        word = next(word for word in words if not word.startswith("-"))
        try:
            with lock.folder_lock(a, "writing", wait=0):
                reached.append(word)
        except Stop:
            held.append(word)
        return run(folder, words, given)

    monkeypatch.setattr(asked, "run", watched)
    assert save(a).exit_code == 0
    assert {"fetch", "push"} <= set(reached) and not {"fetch", "push"} & set(held)
    assert {"add", "commit", "merge"} <= set(held) and not {"add", "commit", "merge"} & set(reached)


def test_without_a_repository_without_an_upstream_and_half_a_merge(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "production.yaml").write_text("pmkit: 1\ntitle: Alone\n")
    if subprocess.run(["git", "rev-parse"], cwd=tmp_path, capture_output=True, check=False).returncode:
        assert "is in no git repository" in save(alone).stderr
    git(alone, "init", "-q")
    done = save(alone)
    assert done.exit_code == 0 and "alone: 1 file saved (it follows no remote: nobody else has it)" in done.stdout
    assert "git push -u origin HEAD" in done.stderr
    quiet = save(alone, "--quiet")
    assert quiet.exit_code == 0 and not quiet.stderr
    (alone / ".git/MERGE_HEAD").write_text(git(alone, "rev-parse", "HEAD"))
    (alone / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
    done = save(alone)
    assert done.exit_code == 3 and "a merge is half done here" in done.stderr


def test_a_clone_inside_another_repository_saves_its_own_folder_only(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    film = tmp_path / "film"
    film.mkdir()
    (film / "production.yaml").write_text("pmkit: 1\ntitle: Film\n")
    (tmp_path / "else.txt").write_text("not ours\n")
    (film / "build").mkdir()
    (film / "build/x.pdf").write_text("x")
    assert save(film).exit_code == 0
    assert git(tmp_path, "ls-files").split() == ["film/production.yaml"]
    assert os.path.exists(tmp_path / "else.txt")
