"""The mails of requests: the production's own templates, each kind as it reads, and asked for from another clone."""

from __future__ import annotations

import email
import email.policy
import os
import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from pmkit import cli
from tests.commands.test_request import NAME, mail_by, salt as salt
from tests.commands.test_request_book import GRIPS, SECRET, calendar, mails, run
from tests.commands.test_two_clones import Clones, statuses
from tests.mail.loopback import Loopback
from tests.mail.test_naughty import NAUGHTY

GOLDEN = Path(__file__).parents[1] / "golden" / "request"
DAY = ("--date", "2025-10-31")


def preview(root: Path, *below: str) -> EmailMessage:
    """The one mail of a dry run."""
    folder = (root / "build" / "requests").joinpath(*below)
    (path,) = [folder] if folder.is_file() else folder.glob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def a_key(config: Path) -> None:
    (config / "config.yaml").write_text("SALT: {password_file: smtp, secret_file: key}\n")
    (config / "key").write_text(SECRET + "\n")
    (config / "key").chmod(0o600)


def test_a_request_of_the_productions_own_template(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = salt / "templates"
    own.mkdir(exist_ok=True)
    (own / "night-call.txt.j2").write_text(
        "{{ report.to | line }}: nights from {{ report.lines[0].date | short_day }}.\n{{ report.text[0] }}\n"
    )
    (own / "night-call.html.j2").write_text("<p>{{ report.to }}</p>\n<p>{{ report.text[0] }}</p>\n")
    (salt / "requests" / "night.yaml").write_text(
        "#: coordinator\nkind: custom\nask: [k-moss]\ndates: [2025-11-12]\nsubject: Night call\ntemplate: night-call\n"
        "respond_by: 2025-11-04 18:00\nremind: [1 day before]\ntext: 'Hot soup at 2, <b>bring</b> {{ 7 * 7 }} gloves.'\n"
    )
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "night", "--yes", *DAY) == 0
        mail = mails(server)["k-moss"]
        assert mail["subject"] == "SALT: Night call"
        assert body(mail, "plain").startswith("Kay Moss: nights from Wed 12 Nov 2025.\nHot soup at 2")
        assert "<p>Hot soup at 2, &lt;b&gt;bring&lt;/b&gt; {{ 7 * 7 }} gloves.</p>" in body(mail, "html")
        assert run("remind", "night", "--yes", "--date", "2025-11-03") == 0
        again = mails(server)["k-moss"]
        assert again["in-reply-to"] == mail["message-id"] and "Dear Kay Moss" in body(again, "plain")
    (own / "night-call.html.j2").unlink()
    assert run("send", "night", *DAY) == 3
    assert "there is no templates/night-call.html.j2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ report.nonsense }}", "templates/bad.txt.j2"),
        ("{{ report", "templates/bad.txt.j2"),
        ("{{ ''.__class__.__mro__ }}", "templates/bad.txt.j2"),
        ("{% include '/etc/passwd' %}", "templates/bad.txt.j2"),
    ],
)
def test_a_template_that_does_not_hold_is_said_with_its_name(
    salt: Path, capsys: pytest.CaptureFixture[str], template: str, words: str
) -> None:
    (salt / "templates").mkdir(exist_ok=True)
    for ending in ("txt", "html"):
        (salt / "templates" / f"bad.{ending}.j2").write_text(template)
    (salt / "requests" / "bad.yaml").write_text("#: coordinator\nkind: custom\nask: [k-moss]\ntemplate: bad\ntext: t\n")
    assert run("send", "bad", *DAY) == 3
    err = capsys.readouterr().err
    assert words in err and "root:" not in err and "Traceback" not in err


def _offer(root: Path) -> EmailMessage:
    assert run("new", "offer", "--kind", "offer", "--ask", "k-moss", "--dates", "2025-11-12..2025-11-14", "--rate",
               "420/day", "--respond-by", "2025-11-04 18:00", "--text", "Three nights on the road.") == 0  # fmt: skip
    assert run("send", "offer", *DAY) == 0
    return preview(root, "offer")


def _confirmation(root: Path) -> EmailMessage:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    assert run("confirm", GRIPS, "k-moss", "--note", "Bring gloves.", "--date", "2025-11-02") == 0
    return preview(root, GRIPS, "notices")


def _release(root: Path) -> EmailMessage:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    assert run("release", GRIPS, "k-moss", "--note", "The days are cut.", "--date", "2025-11-02") == 0
    return preview(root, GRIPS, "notices")


def _reminder(root: Path) -> EmailMessage:
    with Loopback() as server:
        mail_by(root, server)
        assert run("send", GRIPS, "--yes", *DAY) == 0
    for who in ("o-finch", "j-bird", "q-stead"):
        run("answer", GRIPS, who, "no", "--date", "2025-11-01 10:00")
    assert run("remind", GRIPS, "--date", "2025-11-03") == 0
    return preview(root, GRIPS, "reminders")


def _memo(root: Path) -> EmailMessage:
    assert run("send", "deal-memos", *DAY) == 0
    return preview(root, "deal-memos")


KINDS = {"offer": _offer, "confirmation": _confirmation, "release": _release, "reminder": _reminder, "dealmemo": _memo}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_mail_is_golden(salt: Path, tmp_path: Path, kind: str) -> None:
    a_key(tmp_path / "config" / "pmkit")
    mail = KINDS[kind](salt)
    told = {"txt": f"Subject: {mail['subject']}\n\n{body(mail, 'plain')}", "html": body(mail, "html")}
    if any(part.get_content_type() == "text/calendar" for part in mail.walk()):
        told["ics"] = calendar(mail).replace("\r\n", "\n")
    for ending, found in told.items():
        path = GOLDEN / f"{kind}.{ending}"
        if os.environ.get("PMKIT_GOLDEN"):
            path.write_text(found, encoding="utf-8")
        assert found == path.read_text(encoding="utf-8")


def memos(mail: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in mail.iter_attachments()]


def test_a_second_hire_has_a_memo_of_its_own(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deals, request = salt / "private" / "deals.yaml", salt / "requests" / "memos.yaml"
    request.write_text("#: coordinator\nkind: dealmemo\nask: [k-moss-2]\n")
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "memos", "--yes", *DAY) == 0
        mail = mails(server)["k-moss"]
        assert memos(mail) == ["SALT_DealMemo_k-moss-2.pdf"] and "work as 2nd Unit\nGrip" in body(mail, "plain")
        # With the first deal not signed either, whoever is asked for both gets both, and one word signs both.
        deals.write_text(re.sub(r"^(k-moss: .*), signed: 2025-10-09", r"\1", deals.read_text(), flags=re.MULTILINE))
        request.write_text("#: coordinator\nkind: dealmemo\nask: [k-moss, k-moss-2]\nrevision: 2\n")
        assert run("send", "memos", "--yes", *DAY) == 0
        both = mails(server)["k-moss"]
        assert memos(both) == ["SALT_DealMemo_k-moss-2.pdf", "SALT_DealMemo_k-moss.pdf"]
        assert "the attached deal memos for your work on" in body(both, "plain")
        assert cli.run(["dealmemo", "k-moss", "--signed", "2025-10-30", "--date", "2025-10-31"]) == 0
        # Whoever has the mail has it as it went: that one was signed since is no other mail, and others are asked.
        request.write_text(request.read_text().replace("[k-moss,", "[noor-flynn, k-moss,"))
        capsys.readouterr()
        assert run("send", "memos", "--yes", *DAY) == 0
        assert "1 sent, 1 had it." in capsys.readouterr().out and len(server.mails) == 3
        assert run("remind", "memos", "--now", "--date", "2025-11-01") == 0
        assert memos(preview(salt, "memos", "reminders", "k-moss.eml")) == ["SALT_DealMemo_k-moss-2.pdf"]
    assert run("answer", "memos", "k-moss", "signed 2025-11-01", "--date", "2025-11-02") == 0
    told = deals.read_text()
    assert re.search(r"^k-moss-2: .*signed: 2025-11-01", told, re.MULTILINE)
    assert re.search(r"^k-moss: .*signed: 2025-10-30", told, re.MULTILINE)


def test_who_has_answered_since_is_not_asked_by_what_waits(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.mail.loopback import Fault

    with Loopback(
        Fault("RCPT", "4xx", 1, "k-moss@example.com"), Fault("RCPT", "4xx", 1, "j-bird@example.net")
    ) as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", *DAY) == 4
        assert run("answer", GRIPS, "k-moss", "no", "--date", "2025-10-31 10:00") == 0
        capsys.readouterr()
        assert run("send", GRIPS, "--yes", *DAY) == 4  # one is deferred, and one has answered
        assert "Kay Moss has answered already and is not asked again." in capsys.readouterr().err
        assert cli.run(["outbox", "retry"]) == 0
        assert cli.run(["outbox", "send", "--yes", *DAY]) == 0
        assert "Kay Moss has answered grips-2nd-unit since" in capsys.readouterr().err
    assert sorted(server.recipients()) == ["j-bird@example.net", "o-finch@example.com", "q-stead@example.com"]
    assert sorted(statuses(salt)) == ["cancelled", "sent", "sent", "sent"]


def test_whose_mail_was_refused_and_who_answered_by_phone_is_no_trouble(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.mail.loopback import Fault

    with Loopback(Fault("RCPT", "5xx", 1, "k-moss@example.com")) as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", *DAY) == 4
        capsys.readouterr()
        assert run("status", GRIPS, *DAY) == 0
        assert "the mail was refused" in capsys.readouterr().out
        assert run("answer", GRIPS, "k-moss", "no", "--date", "2025-10-31 10:00") == 0
        assert run("send", GRIPS, "--yes", *DAY) == 0
        capsys.readouterr()
        assert run("status", GRIPS, *DAY) == 0
        assert "the mail was refused" not in capsys.readouterr().out


def test_reminders_and_notices_asked_for_from_another_clone(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        clones.at("mara-laptop", monkeypatch)
        assert run("send", NAME, "--yes", *DAY) == 0
        clones.meet("mara-laptop", "joe-desktop")
        clones.at("joe-desktop", monkeypatch)
        for who in ("o-finch", "q-stead"):
            run("answer", NAME, who, "no", "--date", "2025-11-01 10:00")
        run("answer", NAME, "j-bird", "yes", "--date", "2025-11-01 10:00")
        assert run("remind", NAME, "--yes", "--date", "2025-11-03") == 0
        assert run("remind", NAME, "--now", "--yes", "--date", "2025-11-03 09:00") == 0  # more than remind: names
        assert run("confirm", NAME, "j-bird", "10 nov", "--date", "2025-11-03 10:00") == 0
        assert run("confirm", NAME, "j-bird", "12-13 nov", "--yes", "--date", "2025-11-03 11:00") == 0
        assert run("release", NAME, "j-bird", "13 nov", "--yes", "--date", "2025-11-03 12:00") == 0
        assert len(server.mails) == 4
        clones.meet("joe-desktop", "mara-laptop")
        root = clones.at("mara-laptop", monkeypatch)
        capsys.readouterr()
        assert cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0, capsys.readouterr()
        later = [email.message_from_bytes(data, policy=email.policy.default) for _, data in server.mails[4:]]
        subjects = sorted(f"{mail['to'].addresses[0].username}: {mail['subject']}" for mail in later)
        assert subjects == [
            "j-bird: SALT: confirmed, 10, 12–13 November",  # both confirmations in one mail, as they were asked for
            "j-bird: SALT: release, 13 November",
            "k-moss: Re: SALT: are you free 10, 12–14 November?",  # the second takes the place of the first
        ]
        assert sorted(set(statuses(root))) == ["cancelled", "sent"] and statuses(root).count("cancelled") == 1
        assert run("remind", NAME, "--yes", "--date", "2025-11-03 13:00") == 0
        assert "Nobody is to be reminded now." in capsys.readouterr().out


def test_a_booking_that_was_not_told_is_told_after_a_release_that_was(salt: Path) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    with Loopback() as server:
        mail_by(salt, server)
        assert run("confirm", GRIPS, "k-moss", "12-13 nov", "--date", "2025-11-02 09:00") == 0
        assert run("release", GRIPS, "k-moss", "10 nov", "--yes", "--date", "2025-11-02 10:00") == 0
        assert run("confirm", GRIPS, "k-moss", "12-13 nov", "--yes", "--date", "2025-11-02 11:00") == 0
        read = [email.message_from_bytes(data, policy=email.policy.default) for _, data in server.mails]
    assert [mail["subject"] for mail in read] == ["SALT: release, 10 November", "SALT: confirmed, 12–13 November"]


def test_the_rate_agreed_is_per_what_was_agreed(salt: Path) -> None:
    run("answer", GRIPS, "k-moss", "yes, 2000/week", "--date", "2025-11-01 10:00")
    assert run("confirm", GRIPS, "k-moss", "--rate", "2000/week", "--date", "2025-11-02") == 0
    assert "USD 2,000.00 a week" in body(preview(salt, GRIPS, "notices"), "plain")


def test_status_says_whose_turn_it_is_and_what_ran_out(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "b-camera-operator", "--yes", *DAY) == 0
        capsys.readouterr()
        assert run("status", "b-camera-operator", "--date", "2025-11-03 13:00") == 0
        out = capsys.readouterr().out
        assert re.search(r"Luz Prior +it is their turn to be asked", out)
        assert out.count("expired") == 1  # whose turn has not come has let nothing run out
        assert run("send", GRIPS, "--yes", *DAY) == 0
        run("answer", GRIPS, "k-moss", "yes, 450/day", "--date", "2025-11-01 10:00")
        capsys.readouterr()
        assert run("status", GRIPS, "--date", "2025-11-05") == 0
        out = capsys.readouterr().out
        assert "no answer in time: 10, 12–14 November" in out
        assert f"pmkit request confirm {GRIPS} k-moss --rate 450/day" in out


def test_a_request_that_was_never_sent_is_not_forgotten(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", GRIPS, "--date", "2025-11-06") == 0
    assert "never asked, and the answer was due" in capsys.readouterr().out
    assert run("status", "deal-memos", "--date", "2025-11-09") == 0  # a request without dates, too
    assert "never asked, and the answer was due" in capsys.readouterr().out


def test_dates_that_moved_without_a_revision_are_said_and_nobody_is_reminded_of_them(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = salt / "requests" / f"{GRIPS}.yaml"
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", *DAY) == 0
        was = path.read_text()
        assert "2025-11-12..2025-11-14" in was
        path.write_text(was.replace("2025-11-12..2025-11-14", "2025-11-12..2025-11-13"))
        capsys.readouterr()
        assert run("status", GRIPS, "--date", "2025-11-03") == 0
        out = capsys.readouterr().out
        assert out.count("asked for other dates than these: raise revision: and ask anew") == 4
        assert "other dates" in out.partition("Orla Finch  ")[2]
        assert run("remind", GRIPS, "--yes", "--date", "2025-11-03") == 0 and len(server.mails) == 4
        path.write_text(was)
        assert run("remind", GRIPS, "--yes", "--date", "2025-11-03") == 0 and len(server.mails) == 8


def test_the_outbox_names_people_as_they_are_called(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "deal-memos", "--yes", *DAY) == 0
    capsys.readouterr()
    assert cli.run(["outbox", "list", "--sent"]) == 0
    assert "Noor Flynn" in capsys.readouterr().out  # of the cast


def test_a_booking_without_a_yes_is_said(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("answer", GRIPS, "k-moss", "yes 12 nov", "--date", "2025-11-01 10:00")
    assert run("confirm", GRIPS, "k-moss", "12-13 nov", "--dry-run", "--date", "2025-11-02") == 0
    assert "Kay Moss has not said yes to 13 November." in capsys.readouterr().err


def test_who_had_the_mail_before_is_not_counted_as_sent_now(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "b-camera-operator", "--yes", *DAY) == 0
        capsys.readouterr()
        assert run("send", "b-camera-operator", "--yes", "--date", "2025-11-03 13:00") == 0
        assert "1 had it, 1 sent." in capsys.readouterr().out


def test_no_calendar_is_told_of_the_end_of_what_it_never_had(salt: Path) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    assert run("release", GRIPS, "k-moss", "--date", "2025-11-02") == 0
    assert not [part for part in preview(salt, GRIPS, "notices").walk() if part.get_content_type() == "text/calendar"]


def test_a_naughty_note_adds_no_header_and_no_recipient(salt: Path) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    headers: dict[str, list[str]] = {}
    for number, note in enumerate(["Bring gloves.", *NAUGHTY[::3]]):
        name = note.replace("\0", "")  # no argument of a command can hold a NUL
        assert run("confirm", GRIPS, "k-moss", "12 nov", "--note", name, "--date", f"2025-11-02 0{number % 9}:00") == 0
        mail = preview(salt, GRIPS, "notices")
        headers[note] = sorted(mail.keys())
        assert [one.addr_spec for one in mail["to"].addresses] == ["k-moss@example.com"]
        assert headers[note] == headers["Bring gloves."] and mail["subject"] == "SALT: confirmed, 12 November"
        for path in (salt / "private" / "answers").glob(f"{GRIPS}-k-moss-*.yaml"):
            if "act: confirmed" in path.read_text():
                path.unlink()


def test_another_clone_cannot_write_the_links_and_says_no_mail_changed(
    salt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_key(tmp_path / "config" / "pmkit")
    with Loopback() as server:
        clones = Clones(salt, server, "mara-laptop")
        clones.at("mara-laptop", monkeypatch)
        assert run("send", NAME, "--yes", *DAY) == 0
        clones.meet("mara-laptop", "joe-desktop")
        clones.at("joe-desktop", monkeypatch)
        capsys.readouterr()
        assert run("send", NAME, *DAY) == 0
        out = capsys.readouterr().out
        assert out.count("has it") == 4 and "changed since" not in out
        assert run("send", NAME, "--yes", *DAY) == 0
        assert "Nothing left to send: 4 people have this mail already." in capsys.readouterr().out
