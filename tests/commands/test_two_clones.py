"""Two clones of one production, with git between them: nothing conflicts, nothing is doubled in silence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.mail import standing
from tests.commands.test_request import NAME, PEOPLE, addresses, mail_by, run, salt
from tests.mail.loopback import Fault, Loopback

__all__ = ["salt"]
Captured = pytest.CaptureFixture[str]
DAY = ["--date", "2025-10-31"]


def git(folder: Path, *words: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=pmkit", "-c", "user.email=pmkit@example.com", "-c", "init.defaultBranch=main"]
    told = subprocess.run(
        ["git", *who, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


class Clones:
    """The sender's clone and two others; `meet` is commit, pull and push, as people do it."""

    def __init__(self, root: Path, server: Loopback, sender: str) -> None:
        mail_by(root, server)
        path = root / "production.yaml"
        path.write_text(path.read_text().replace("  sender: mara-laptop\n", f"  sender: {sender}\n" if sender else ""))
        (root / ".gitignore").write_text(".pmkit/\nbuild/\n")
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "begin")
        git(root.parent, "clone", "-q", "--bare", str(root), "hub.git")
        git(root, "remote", "add", "origin", str(root.parent / "hub.git"))
        git(root, "fetch", "-q")
        git(root, "branch", "-q", "--set-upstream-to=origin/main")
        self.folders = {"mara-laptop": root}
        for name in ("joe-desktop", "ann-tablet"):
            git(root.parent, "clone", "-q", "hub.git", name)
            clone = root.parent / name
            (clone / ".pmkit").mkdir()
            (clone / ".pmkit" / "clone.yaml").write_text(f"name: {name}\n")
            self.folders[name] = clone

    def meet(self, *names: str) -> None:
        for name in (*names, *names):
            folder = self.folders[name]
            git(folder, "add", "-A")
            if git(folder, "status", "--porcelain"):
                git(folder, "commit", "-qm", f"mail of {name}")
            git(folder, "pull", "-q", "--no-rebase", "--no-edit")
            git(folder, "push", "-q")

    def at(self, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(self.folders[name])
        return self.folders[name]


def statuses(root: Path) -> list[str]:
    return [entry.status for entry in standing.read(root).entries.values()]


def test_two_clones_that_want_the_same_get_it_once_from_the_one_that_sends(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        for name in ("joe-desktop", "ann-tablet"):
            root = clones.at(name, monkeypatch)
            assert run(NAME, "--yes") == 0
            out = capsys.readouterr().out
            assert "goes out from mara-laptop" in out and "4 mails are now asked for" in out
            assert statuses(root) == ["wanted"] * 4
            assert not (root / "mail" / "outbox").exists()  # nothing is frozen where nothing is sent
            assert run(NAME, "--yes") == 0
            assert "0 mails are now asked for in mail/log/, 4 were on the way already" in capsys.readouterr().out
            assert cli.run(["outbox", "send", "--yes"]) == 3
            assert "goes out from mara-laptop" in capsys.readouterr().err
        assert server.mails == []
        clones.meet("joe-desktop", "ann-tablet", "mara-laptop")
        root = clones.at("mara-laptop", monkeypatch)
        assert cli.run(["outbox", "list"]) == 0
        assert ", ann-tablet-" in capsys.readouterr().out
        assert cli.run(["outbox", "send", *DAY]) == 0
        assert "4 mails would go" in capsys.readouterr().out
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 0
        assert sorted(addresses(server)) == sorted(PEOPLE)
        assert (server.count("EHLO"), server.count("AUTH")) == (1, 1)
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 0
        assert run(NAME, "--yes") == 0
        assert len(server.mails) == 4
        clones.meet("mara-laptop", "joe-desktop", "ann-tablet")
        clones.at("joe-desktop", monkeypatch)
        assert run(NAME, "--yes") == 0
        assert "Nothing left to send: 4 people have this mail already." in capsys.readouterr().out
        assert all(statuses(folder) == ["sent"] * 4 for folder in clones.folders.values())


def test_what_both_wanted_and_the_sender_sent_itself_does_not_go_again(
    salt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        clones.at("joe-desktop", monkeypatch)
        assert run(NAME, "--yes") == 0
        clones.at("mara-laptop", monkeypatch)
        assert run(NAME, "--yes") == 0  # before it heard of joe's wish
        clones.meet("mara-laptop", "joe-desktop")
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 0
        assert len(server.mails) == 4


def test_two_clones_that_both_sent_are_told_of(salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    with Loopback(Fault("RCPT", "5xx", 1, "j-bird@example.net"), Fault("DOT", "drop", 1)) as server:
        clones = Clones(salt, server, "")
        clones.at("mara-laptop", monkeypatch)
        assert run(NAME, "--yes") == 4  # one in doubt
        server.faults.clear()
        clones.at("joe-desktop", monkeypatch)
        assert run(NAME, "--yes") == 0
        clones.meet("mara-laptop", "joe-desktop")
        for folder in ("mara-laptop", "joe-desktop"):
            root = clones.at(folder, monkeypatch)
            capsys.readouterr()
            assert statuses(root) == ["sent"] * 4
            assert sum(entry.twice for entry in standing.read(root).entries.values()) == 2
            assert cli.run(["validate"]) == 0
            out = capsys.readouterr().out
            assert out.count("[sent-twice]") == 3  # the one in doubt did arrive, which nobody can know
            assert out.count("and perhaps from mara-laptop-") == 1
            assert cli.run(["outbox", "list"]) == 0
            assert capsys.readouterr().err.count("Sent twice: grips-2nd-unit went to ") == 3
        first = server.mails[0]
        ids = {data.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _, data in server.mails}
        assert len(ids) == 4 and first in server.mails


def test_what_the_folder_no_longer_has_is_said_and_left(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        clones.at("joe-desktop", monkeypatch)
        assert run(NAME, "--yes") == 0
        clones.meet("joe-desktop", "mara-laptop")
        root = clones.at("mara-laptop", monkeypatch)
        path = root / "requests" / f"{NAME}.yaml"
        path.write_text(path.read_text() + "revision: 2\n")
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 4
        assert "the folder no longer has it so" in capsys.readouterr().err
        assert server.mails == []
        assert run(NAME, "--yes") == 0  # the second revision; what was wanted of the first is replaced
        assert sorted(addresses(server)) == sorted(PEOPLE)
        assert sorted(statuses(root)) == ["cancelled"] * 4 + ["sent"] * 4
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 0
        assert len(server.mails) == 4
