"""`pmkit outbox`: what waits and why, a person's word on it, and what other clones asked for."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import clone
from pmkit.mail import archive, log, standing
from pmkit.mail.standing import Entry
from tests.commands.test_request import NAME, PEOPLE, addresses, mail_by, run, salt
from tests.mail.loopback import PASSWORD, Fault, Loopback

__all__ = ["salt"]
Captured = pytest.CaptureFixture[str]


def entries(root: Path) -> dict[str, Entry]:
    return {entry.about["who"]: entry for entry in standing.read(root).entries.values()}


def outbox(*words: str) -> int:
    return cli.run(["outbox", *words])


def test_the_list_tells_state_age_reason_and_next_try(salt: Path, capsys: Captured) -> None:
    assert outbox("list") == 0
    assert capsys.readouterr().out == "Nothing is on its way.\n"
    with Loopback(Fault("DOT", "drop"), Fault("RCPT", "5xx"), Fault("RCPT", "4xx")) as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 4
    capsys.readouterr()
    assert outbox("list") == 0
    told = capsys.readouterr()
    assert [line.split()[1] for line in told.out.splitlines()[2:]] == ["in", "failed", "deferred"]
    assert "550 5.1.1 no such person" in told.out and "0 min" in told.out
    assert "pmkit outbox resolve KEY" in told.err
    assert outbox("list", "--sent") == 0
    assert "Quincy Stead" in capsys.readouterr().out
    assert outbox("list", "--json", "--all") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["pmkit"], data["document"]) == (1, "outbox")
    assert data["states"] == {"deferred": 1, "failed": 1, "in doubt": 1, "sent": 1}
    assert {row["who"] for row in data["messages"]} == set(PEOPLE)
    assert all(row["next_try"] for row in data["messages"] if row["state"] == "deferred")


def test_a_person_decides_and_the_log_keeps_who_and_why(salt: Path, capsys: Captured) -> None:
    with Loopback(Fault("DOT", "drop"), Fault("RCPT", "5xx"), Fault("RCPT", "4xx")) as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 4
        before = entries(salt)
        state = {entry.status: entry.key for entry in before.values()}
        assert outbox("retry", state["doubt"]) == 3
        assert "resolve KEY" in capsys.readouterr().err
        assert outbox("resolve", state["failed"], "--sent") == 3
        assert outbox("resolve", state["doubt"]) == 2
        assert outbox("resolve", state["doubt"][:8], "--sent", "--because", "she has\x1b[31m it", "--by", "mara") == 0
        entry = standing.read(salt).entries[state["doubt"]]
        assert (entry.status, entry.by, entry.words) == ("sent", "mara", "she has [31m it")
        assert entry.senders == ()
        assert outbox("retry", "--failed") == 0
        assert outbox("retry") == 0
        assert outbox("send") == 0
        out = capsys.readouterr().out
        assert "2 mails would go" in out and " sent " not in out.partition("back in the queue")[2]
        assert outbox("send", "--yes") == 0
        assert sorted(addresses(server)) == sorted(PEOPLE)
        assert {entry.status for entry in entries(salt).values()} == {"sent"}
        assert outbox("send", "--yes", "--quiet") == 0
        assert outbox("cancel", NAME) == 3
        assert outbox("cancel", "zzzz") == 2


def test_what_is_cancelled_does_not_go_and_can_be_sent_anew(salt: Path, capsys: Captured) -> None:
    with Loopback(Fault("EHLO", "drop", 9)) as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 75
        server.faults.clear()
        assert outbox("cancel", "k-moss", "--because", "hired elsewhere") == 0
        assert outbox("send", "--yes") == 0
        assert addresses(server) == [who for who in PEOPLE if who != "k-moss"]
        assert run(NAME) == 0
        assert "1 person would get a mail" in capsys.readouterr().out
        assert run(NAME, "--yes") == 0
        assert sorted(addresses(server)) == sorted(PEOPLE)


def test_what_expired_meanwhile_is_told_also_by_night(salt: Path, capsys: Captured) -> None:
    with Loopback(Fault("EHLO", "drop", 9)) as server:
        mail_by(salt, server)
        run(NAME, "--yes")
        for path in (salt / "mail/log").glob("*.jsonl"):  # asked for when there was time
            past = '"not_after":"2025-11-01T00:00:00+00:00","kind":'
            path.write_text(path.read_text().replace('"kind":', past))
        server.faults.clear()
        capsys.readouterr()
        assert outbox("send", "--yes", "--quiet") == 4
        told = capsys.readouterr()
        assert told.err.count("it did not go") == 4 and told.out == "" and server.mails == []
        assert outbox("send", "--yes", "--quiet") == 0  # it was told
        assert capsys.readouterr().err == ""


def test_what_came_back_from_a_right_address_can_go_again(salt: Path, capsys: Captured) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 0
        key, moss = next((key, e) for key, e in standing.read(salt).entries.items() if e.about["who"] == "k-moss")
        me = clone.ensure(salt).actor
        now = moss.last + timedelta(seconds=1)
        log.append(salt, me, [log.line(now, "bounced", key, words="452 4.2.2 mailbox full")], now)
        assert outbox("retry", "k-moss") == 3  # a name may mean more than one
        assert "by its key" in capsys.readouterr().err
        assert outbox("retry", key[:8]) == 0
        assert outbox("send", "--yes") == 0
        assert addresses(server).count("k-moss") == 2 and len(server.mails) == 5
        ids = {data.partition(b"Message-ID: ")[2].split()[0] for _, data in server.mails}
        assert len(ids) == 4
        again = standing.read(salt).entries[key]
        assert again.status == "sent" and not again.twice and archive.path_of(salt, key) is not None


def test_keys_are_shortened_and_a_word_that_means_several_is_told(salt: Path, capsys: Captured) -> None:
    with Loopback(Fault("EHLO", "drop", 9)) as server:
        mail_by(salt, server)
        run(NAME, "--yes")
    keys = list(standing.read(salt).entries)
    assert outbox("cancel", keys[0][:6]) == 0
    assert outbox("cancel", "grips-2nd-unt") == 2
    assert "did you mean" in capsys.readouterr().err
    assert outbox("list", keys[1][:6]) == 0
    assert keys[1][:8] in capsys.readouterr().out


def test_what_went_lies_in_the_archive_and_not_in_git(salt: Path) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 0
        mails = dict(server.mails)
    assert not list((salt / "mail" / "outbox").glob("*.eml"))
    for key, entry in standing.read(salt).entries.items():
        path = archive.path_of(salt, key)
        assert path is not None and path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.read_bytes().replace(b"\r\n", b"\n") in [d.replace(b"\r\n", b"\n") for d in mails.values()]
        assert entry.status == "sent"
    assert (salt / "mail" / ".gitignore").read_text().split("\n")[1:3] == ["/outbox/", "/archive/"]
    assert PASSWORD not in "".join(path.read_text("latin-1") for path in salt.rglob("*") if path.is_file())
