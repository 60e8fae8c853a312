"""`--yes` on a clone that is behind its upstream: nothing is sent, nothing is written, exit 75, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pmkit import cli
from tests.commands.test_request import NAME, mail_by, salt as salt
from tests.commands.test_two_clones import Clones, git
from tests.mail.loopback import Loopback

DAY = ("--date", "2025-11-03")
SENDING = [
    ["request", "send", "b-camera-operator", *DAY],
    ["request", "remind", NAME, *DAY],
    ["request", "remind", *DAY],
    ["request", "confirm", NAME, "j-bird", *DAY],
    ["request", "release", NAME, "j-bird", *DAY],
    ["outbox", "send", *DAY],
    ["send", "daily", *DAY],
    ["send", "callsheet", "13", "--to", "dept:camera", *DAY],
    ["send", "oneliner", "--to", "dept:camera", *DAY],
    ["send", "production.yaml", "--to", "dept:camera", *DAY],
]


def files(root: Path) -> dict[str, bytes]:
    kept = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): path.read_bytes() for path in kept}


def test_every_act_that_sends_obeys(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        root = clones.at("mara-laptop", monkeypatch)
        assert cli.run(["request", "send", NAME, "--yes", "--date", "2025-10-31"]) == 0
        clones.meet("mara-laptop", "joe-desktop")
        clones.at("joe-desktop", monkeypatch)
        for who, words in (("k-moss", "no"), ("j-bird", "yes")):
            assert cli.run(["request", "answer", NAME, who, words, "--date", "2025-11-01 10:00"]) == 0
        clones.meet("joe-desktop")
        clones.at("mara-laptop", monkeypatch)
        before = files(root)
        for words in SENDING:
            capsys.readouterr()
            assert cli.run([*words, "--yes"]) == 75, words
            err = capsys.readouterr().err
            assert "SALT is behind the others; nothing was sent" in err and "pmkit save" in err and "git pull" in err
        assert files(root) == before and len(server.mails) == 4
        assert cli.run(["request", "remind", NAME, *DAY]) == 0  # to look is free
        clones.meet("mara-laptop")
        assert cli.run(["request", "remind", "--yes", *DAY]) == 0
        assert server.recipients()[4:].count("k-moss@example.com") == 0 and len(server.mails) == 6
        # Another clone asks for mails with --yes, and what it does not know would be asked for all the same.
        clones.at("joe-desktop", monkeypatch)
        clones.meet("mara-laptop")
        assert cli.run(["request", "confirm", NAME, "j-bird", "--yes", *DAY]) == 75


def test_nobody_is_asked_where_no_repository_follows_another(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(salt, "init", "-q")
    git(salt, "add", "-A")
    git(salt, "commit", "-qm", "begin")
    git(salt, "remote", "add", "origin", "https://git.invalid/salt.git")  # nothing follows it
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run(["request", "send", NAME, "--yes", "--date", "2025-10-31"]) == 0
        assert len(server.mails) == 4
    git(salt, "config", "branch.main.remote", "origin")
    git(salt, "config", "branch.main.merge", "refs/heads/main")
    git(salt, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(salt, "remote", "set-url", "origin", str(salt.parent / "gone.git"))
    capsys.readouterr()
    assert cli.run(["request", "send", NAME, "--yes", "--date", "2025-10-31"]) == 75  # nobody can tell
    err = capsys.readouterr().err
    assert "git cannot reach the others" in err and "nothing was sent" in err and "committed" not in err


def yeses(command: click.Command, ctx: click.Context) -> Iterator[click.Option]:
    yield from (one for one in command.params if isinstance(one, click.Option) and "--yes" in one.opts)
    if isinstance(command, click.Group):
        for word in command.list_commands(ctx):
            below = command.get_command(ctx, word)
            assert below is not None
            yield from yeses(below, ctx)


def test_whatever_is_sent_is_sent_by_the_same_yes() -> None:
    found = list(yeses(cli.group, click.Context(cli.group)))
    sends = [one for one in found if one.help is not None and one.help.startswith("Send ")]
    writes = [one for one in found if one.help is not None and one.help.startswith("Write ")]
    assert len(sends) + len(writes) == len(found) and len(sends) == 6
    assert all(one.callback is not None and one.callback.__module__ == "pmkit.commands.sending" for one in sends)
