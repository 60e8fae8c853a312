"""What time alone does to a request: a hold that runs out is said, and the next candidate asked, by cron too."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit import cli
from tests.commands.test_request import mail_by, salt as salt
from tests.commands.test_request_book import mails, run
from tests.commands.test_send import parts, previews
from tests.mail.loopback import Fault, Loopback

HOLD = """#: coordinator
kind: hold
ask: {role: B Camera Operator, candidates: [pavel-cech, l-prior, z-hrubes]}
rank: 1
dates: [2025-11-12, 2025-11-14]
respond_by: 2025-11-03 12:00
expires: 2025-11-06 12:00
then: next
"""


@pytest.fixture
def held(salt: Path) -> Path:
    """Pavel Čech is held until 6 November, noon."""
    for folder in ("requests", "private/requests", "private/answers"):
        for path in (salt / folder).iterdir():
            path.unlink()
    (salt / "requests" / "held.yaml").write_text(HOLD)
    assert run("answer", "held", "pavel-cech", "yes", "--date", "2025-11-02 10:00") == 0
    return salt


def test_a_hold_that_runs_out_is_told_and_the_next_is_asked(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(held, server)
        assert run("remind", "--yes", "--quiet", "--date", "2025-11-04") == 0
        assert "Nobody" not in capsys.readouterr().out
        assert run("remind", "--yes", "--date", "2025-11-04") == 0
        assert capsys.readouterr().out.endswith("Nobody is to be reminded now.\n")
        assert run("remind", "--yes", "--date", "2025-11-06 11:00") == 0
        assert "Pavel Čech: the hold runs out: 12, 14 November" in capsys.readouterr().err and not server.mails
        assert cli.run(["send", "daily", "--date", "2025-11-06", "--to", "producers"]) == 0
        told = parts(previews(held)["mara-voss"])["text/plain"].decode()  # of 21:00, when it has run out
        assert "the hold ran out, confirm or release: 12, 14 November" in " ".join(told.split())
        assert run("remind", "--date", "2025-11-07") == 0  # to look writes nothing down
        assert run("remind", "--yes", "--date", "2025-11-07") == 0
        assert server.recipients() == ["l-prior@example.com"]
        assert "Saturday 8 November" in str(mails(server)["l-prior"].get_body(("plain",)))
        assert (
            b"The hold runs until" not in server.mails[0][1]
        )  # the hold of whoever comes later has no end that is past
        capsys.readouterr()
        assert run("remind", "--yes", "--quiet", "--date", "2025-11-07 01:00") == 0 and len(server.mails) == 1
        said = capsys.readouterr()
        assert said.out + said.err == ""
        assert run("answer", "held", "l-prior", "yes", "--date", "2025-11-07 02:00") == 0
        capsys.readouterr()
        assert run("status", "held", "--date", "2025-11-07 03:00") == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "Luz Prior sent hold 1 hold 1" in out and "Pavel Čech by phone expired expired" in out
        assert "confirm or release: 12, 14 November pmkit request release held pavel-cech --yes" in out
        assert run("release", "held", "pavel-cech", "--yes", "--date", "2025-11-07 04:00") == 0
        assert b"METHOD:CANCEL" in server.mails[1][1]
        capsys.readouterr()
        assert run("status", "held", "--date", "2025-11-07 05:00") == 0
        assert "DUE" not in capsys.readouterr().out


def test_a_turn_whose_mail_was_not_queued_is_not_forgotten(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(held, server)
        (held.parent / "config" / "pmkit" / "smtp").unlink()
        assert run("remind", "--yes", "--date", "2025-11-07") == 3
        assert run("status", "held", "--date", "2025-11-07") == 0
        assert "not asked yet (by Sat 8 Nov 2025, 00:00)" in capsys.readouterr().out
        (held.parent / "config" / "pmkit" / "smtp").write_text("corr3ct-h0rse-battery\n")
        (held.parent / "config" / "pmkit" / "smtp").chmod(0o600)
        assert run("remind", "--yes", "--date", "2025-11-07 01:00") == 0
        assert server.recipients() == ["l-prior@example.com"]


def test_nobody_is_asked_by_cron_who_was_not_begun_with(held: Path) -> None:
    for answer in (held / "private" / "answers").iterdir():
        answer.unlink()
    with Loopback(Fault("CONNECT", "drop")) as server:
        mail_by(held, server)
        assert run("remind", "--yes", "--date", "2025-11-07") == 0  # the first is asked by request send alone
        assert server.mails == [] and not (held / "mail").exists()


def test_a_hold_confirmed_after_its_time_is_said(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("confirm", "held", "pavel-cech", "--date", "2025-11-07") == 0
    assert "The hold had run out: 12, 14 November." in capsys.readouterr().err
    assert run("status", "held", "--date", "2025-11-07 01:00") == 0
    assert "ran out" not in capsys.readouterr().out


def test_a_request_that_cannot_be_sent_keeps_no_other_waiting(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "grips-2nd-unit", "--yes", "--date", "2025-10-31") == 0
        ask = "ask: {role: Loader, candidates: [l-prior, mute]}\ndates: [2025-11-12]\nthen: next\n"
        (salt / "requests" / "a-first.yaml").write_text(f"kind: hold\n{ask}respond_by: 2025-11-01 12:00\n")
        crew = salt / "crew.yaml"
        row = "    - {id: mute, name: Ann Mute, position: Loader, hired: false}\n    - {id: k-moss,"
        crew.write_text(crew.read_text().replace("    - {id: k-moss,", row))
        assert run("send", "a-first", "--yes", "--date", "2025-10-31") == 0
        before = len(server.mails)
        capsys.readouterr()
        assert run("remind", "--yes", "--quiet", "--date", "2025-11-03") == 4
        err = capsys.readouterr().err
        assert "Ann Mute has no e-mail address" in err
        assert "a-first: nothing was sent, because of the errors above" in err
        assert len(server.mails) == before + 4  # the grips are reminded all the same
        assert run("remind", "a-first", "--yes", "--date", "2025-11-03") == 3


def test_who_said_no_already_has_no_turn_and_nobody_left_is_told(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        ask = "ask: {role: Loader, candidates: [l-prior, z-hrubes, pavel-cech]}\ndates: [2025-11-12]\nthen: next\n"
        (salt / "requests" / "load.yaml").write_text(f"kind: hold\n{ask}respond_by: 2025-11-01 12:00\n")
        assert run("send", "load", "--yes", "--date", "2025-10-31") == 0
        assert run("answer", "load", "z-hrubes", "no", "--date", "2025-10-31 10:00") == 0
        assert run("remind", "load", "--yes", "--date", "2025-11-02") == 0
        assert server.recipients()[-1].startswith("pavel")
        assert run("answer", "load", "pavel-cech", "no", "--date", "2025-11-02 10:00") == 0
        capsys.readouterr()
        assert run("status", "load", "--date", "2025-11-02 11:00") == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "no candidate is left: all said no, were released, or let time run out" in out
        assert run("answer", "load", "l-prior", "yes", "--date", "2025-11-02 12:00") == 0
        capsys.readouterr()
        assert run("status", "load", "--date", "2025-11-02 13:00") == 0
        out = " ".join(capsys.readouterr().out.split())
        said = "said yes after the time was up: 12 November pmkit request confirm load l-prior 2025-11-12"
        assert said in out
        assert run("confirm", "load", "l-prior", "2025-11-12", "--date", "2025-11-02 14:00") == 0
        capsys.readouterr()
        assert run("status", "load", "--date", "2025-11-02 15:00") == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "after the time was up" not in out and "no candidate is left" not in out
