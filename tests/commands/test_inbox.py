"""`pmkit inbox`: from the mail that came in to the answer that counts, over a Maildir; nothing is read as yes that is none."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.commands import inbox_reading
from pmkit.files import folder as folders
from pmkit.mail import inbox, log, standing, token
from pmkit.rollup.replies import as_words
from tests.commands.test_request import mail_by, salt as salt  # the fixture
from tests.mail import clients, replies
from tests.mail.loopback import Loopback
from tests.mail.replies import Shop

GRIPS = "grips-2nd-unit"
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def asked(salt: Path, tmp_path: Path) -> Path:
    """The sample with its grips asked by mail, on the clone that has the secret."""
    config = tmp_path / "config" / "pmkit"
    (config / "config.yaml").write_text("SALT: {password_file: smtp, secret_file: salt.key}\n")
    (config / "salt.key").write_text(SECRET)
    (config / "salt.key").chmod(0o600)
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run(["request", "send", GRIPS, "--yes", "--date", "2025-10-31"]) == 0
    return salt


def shop_of(root: Path, who: str = "k-moss", revision: int = 1) -> Shop:
    """What the replies of one person are made of."""
    folder = folders.read(root)
    entry = next(one for one in standing.read(root).entries.values() if one.about.get("who") == who)
    address = folder.production.hires[who][1].email
    mark = token.made(SECRET.encode(), "SALT", token.Asked(GRIPS, who, revision, address))
    return Shop(f"<pmkit.{entry.key}@salt.example.com>", mark, "SALT: are you free 10, 12–14 November?", address)


def fetch(root: Path, tmp_path: Path, *mails: bytes, name: str = "box") -> int:
    return cli.run(["inbox", "fetch", "--from", str(replies.maildir(tmp_path / name, list(mails)))])


def proposals(root: Path) -> list[dict[str, object]]:
    """Every kept mail with what was read of it."""
    production = folders.read(root).production
    found = []
    for record in inbox.read(root)[0].values():
        answer = production.answers.get(record.answer)
        words = as_words(answer.dates, answer.answer, answer.rate) if answer is not None else ""
        found.append({"record": record, "answer": answer, "reads": words})
    return found


def only(root: Path) -> dict[str, object]:
    (one,) = proposals(root)
    return one


def tree(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def test_the_subject_of_the_samples_is_the_letters(asked: Path) -> None:
    data = next((asked / "mail").rglob("*.eml")).read_text()
    assert "Subject: =?utf-8?" in data  # the dash in the dates


def test_no_sample_is_read_as_what_it_does_not_say(asked: Path, tmp_path: Path) -> None:
    made = list(replies.samples(shop_of(asked)))
    assert len(made) > 150
    assert fetch(asked, tmp_path, *(one.mail for one in made)) == 0
    kept = {one["record"].message_id: one for one in proposals(asked)}  # type: ignore[attr-defined]
    wrong = []
    for number, sample in enumerate(made, 1):
        one = kept.get(f"<reply-{number}@phone.example>")
        kind = one["record"].kind if one else "-"  # type: ignore[attr-defined]
        reads = one["reads"] if one else ""
        if reads != sample.reads or (sample.kind and kind != sample.kind):
            wrong.append((sample.name, reads, kind, one["record"].why if one else ""))  # type: ignore[attr-defined]
    assert not wrong, "\n".join(map(str, wrong))
    said = folders.read(asked).production.answers_of[GRIPS, "k-moss"]
    assert all(one.proposed for one in said)


def test_no_program_makes_a_yes_of_what_is_none(asked: Path, tmp_path: Path) -> None:
    made = list(clients.samples(shop_of(asked)))
    assert fetch(asked, tmp_path, *(one.mail for one in made)) == 0
    kept = {one["record"].message_id: one for one in proposals(asked)}  # type: ignore[attr-defined]
    wrong = []
    for number, sample in enumerate(made, 1):
        one = kept.get(f"<client-{number}@program.example>")
        kind = one["record"].kind if one else "-"  # type: ignore[attr-defined]
        reads = one["reads"] if one else ""
        if (reads, kind) != (sample.reads, sample.kind):
            wrong.append((sample.name, reads, kind, one["record"].why if one else ""))  # type: ignore[attr-defined]
    assert not wrong, "\n".join(map(str, wrong))
    bare = [kept[f"<client-{n}@program.example>"] for n, one in enumerate(made, 1) if one.name.startswith("bare")]
    assert {one["record"].quote for one in bare} == {"Thursday is out"}  # type: ignore[attr-defined]
    (behind,) = (n for n, one in enumerate(made, 1) if one.name == "words behind a picture")
    assert kept[f"<client-{behind}@program.example>"]["record"].quote == "Can't do Thursday"  # type: ignore[attr-defined]


def test_a_mailbox_is_only_read_and_fetching_again_adds_nothing(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shop_of(asked)
    mails = [shop.link("YES", "yes, all dates\n"), shop.mail("maybe later")]
    assert fetch(asked, tmp_path, *mails) == 0
    box, kept = tree(tmp_path / "box"), tree(asked / "private")
    assert fetch(asked, tmp_path, *mails) == 0
    assert "No new mail. 2 mails known already" in capsys.readouterr().out
    mbox = tmp_path / "answers.mbox"
    mbox.write_bytes(b"".join(b"From x Sat Nov  1 10:00:00 2025\n" + mail + b"\n" for mail in mails))
    assert cli.run(["inbox", "fetch", "--from", str(mbox)]) == 0
    assert tree(asked / "private") == kept and tree(tmp_path / "box") == box
    assert len(proposals(asked)) == 2
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (asked / "private" / "inbox").iterdir())
    assert not folders.read(asked).errors


def test_a_reply_proposes_and_a_person_accepts(asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moss, finch = shop_of(asked), shop_of(asked, "o-finch")
    fetch(asked, tmp_path, moss.link("YES", "yes, all dates\n"), finch.mail("No problem, but only the 12th"))
    words = ["request", "status", GRIPS, "--date", "2025-11-02", "--json"]
    capsys.readouterr()
    cli.run(words)
    before = json.loads(capsys.readouterr().out)
    assert {mark["word"] for row in before["rows"] for mark in row["marks"]} <= {"·", ""}
    assert {item["what"] for item in before["due"]} >= {"proposed"}
    assert cli.run(["inbox", "list"]) == 0
    out = capsys.readouterr().out
    assert "accept" in out and "read" in out and "No problem, but only the 12th" in out
    keys = {one["record"].person: one["record"].key for one in proposals(asked)}  # type: ignore[attr-defined]
    assert cli.run(["inbox", "accept", keys["o-finch"][:8]]) == 2
    assert "free text" in capsys.readouterr().err
    assert cli.run(["inbox", "accept", "--all", "--by", "b-lund", "--date", "2025-11-01 12:00"]) == 0
    assert cli.run(["inbox", "accept", keys["o-finch"][:8], "yes", "12", "nov", "--by", "b-lund"]) == 0
    assert cli.run(["inbox", "accept", keys["o-finch"][:8], "yes"]) == 2
    assert "dealt with already" in capsys.readouterr().err
    cli.run(words)
    rows = {row["id"]: [mark["word"] for mark in row["marks"]] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["k-moss"] == ["yes"] * 4 and rows["o-finch"][1] == "yes"
    text = "".join(path.read_text() for path in (asked / "private" / "answers").glob("grips*k-moss*"))
    assert "how: link" in text and "by: b-lund" in text and "settles: " in text
    assert cli.run(["inbox", "list"]) == 0
    assert "Nothing waits" in capsys.readouterr().out
    assert not folders.read(asked).errors


def test_a_date_that_cannot_be_and_a_fault_of_ours_stop_nothing(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mails = [shop_of(asked).link("YES", "yes, all dates\n"), shop_of(asked).mail("hello", thread=False)]
    mails[1] = mails[1].replace(b"<reply-1@", b"<reply-2@")
    old = [mail.replace(b"01 Nov 2025", b"01 Nov 0999") for mail in mails]
    assert fetch(asked, tmp_path, *old) == 0
    assert cli.run(["inbox", "list"]) == 0
    assert {one["record"].date[:4] for one in proposals(asked)} == {str(dt.datetime.now(dt.UTC).year)}  # type: ignore[attr-defined]
    (asked / "private/inbox/0123456789abcdef.json").write_text(
        '{"key": "0123456789abcdef", "kind": "away", "date": "999"}'
    )
    whole = inbox_reading.judged
    monkeypatch.setattr(
        inbox_reading,
        "judged",
        lambda data, *rest: whole(data, *rest) if b"fine" in data else {}[data],  # type: ignore[index]
    )
    more = [mail.replace(b"<reply-", b"<more-") for mail in (mails[1], mails[1].replace(b"hello", b"fine"))]
    assert fetch(asked, tmp_path, more[0], more[1].replace(b"<more-2@", b"<more-3@"), name="more") == 0
    capsys.readouterr()
    assert cli.run(["inbox", "list"]) == 0
    told = capsys.readouterr()
    assert "a fault of pmkit (KeyError)" in told.out and told.out.count("unmatched") == 3
    assert "0123456789abcdef.json is none of pmkit's" in told.err


def test_a_mail_is_not_taken_over_what_was_said_after_it(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shop_of(asked)
    fetch(asked, tmp_path, shop.link("YES", "yes, all dates\n"))
    key = only(asked)["record"].key  # type: ignore[attr-defined]
    assert cli.run(["request", "answer", GRIPS, "k-moss", "no", "--date", "2025-11-02 18:00"]) == 0
    capsys.readouterr()
    assert cli.run(["inbox", "accept", "--all", "--date", "2025-11-03"]) == 0
    told = capsys.readouterr()
    assert "nothing to accept without a look" in told.out and "1 mail waits" in told.err
    assert cli.run(["inbox", "accept", key]) == 2
    assert "they were heard after it was written (phone)" in capsys.readouterr().err
    assert cli.run(["inbox", "accept", key, "--as-read", "--date", "2025-11-03"]) == 0
    second = (
        shop.link("MAYBE", "maybe, all dates\n").replace(b"<reply-", b"<later-").replace(b"Sat, 01 Nov", b"Sun, 02 Nov")
    )
    fetch(
        asked, tmp_path, second.replace(b"10:0", b"23:0"), name="two"
    )  # after the call, before the first was accepted
    assert cli.run(["inbox", "accept", "--all", "--date", "2025-11-04"]) == 0
    said = [one for one in folders.read(asked).production.answers_of[GRIPS, "k-moss"] if not one.proposed]
    assert [next(iter(one.dates.values())).answer for one in said] == ["no", "yes", "maybe"]


def test_what_needs_a_look_is_accepted_only_on_purpose_and_may_be_set_aside(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shop_of(asked)
    fetch(asked, tmp_path, shop.link("YES", "yes, all dates\n", sender="agent@else.example"), shop.mail("Hello?"))
    doubted, free = (one["record"].key for one in sorted(proposals(asked), key=lambda one: not one["reads"]))  # type: ignore[attr-defined]
    assert cli.run(["inbox", "accept", "--all"]) == 0
    assert "nothing to accept without a look" in capsys.readouterr().out
    assert cli.run(["inbox", "accept", doubted]) == 2
    assert "not listed for them" in capsys.readouterr().err
    assert cli.run(["inbox", "accept", doubted, "--as-read", "--dry-run"]) == 0
    assert cli.run(["inbox", "accept", doubted, "--as-read"]) == 0
    assert cli.run(["inbox", "accept", free, "--none"]) == 0
    assert cli.run(["inbox", "list"]) == 0
    assert "Nothing waits" in capsys.readouterr().out.splitlines()[-1]
    production = folders.read(asked).production
    assert [one.answer or one.dates for one in production.answers_of[GRIPS, "k-moss"] if not one.proposed]
    capsys.readouterr()
    cli.run(["request", "status", GRIPS, "--date", "2025-11-02", "--json"])
    assert "proposed" not in {item["what"] for item in json.loads(capsys.readouterr().out)["due"]}


def test_forged_and_borrowed_tokens(asked: Path, tmp_path: Path) -> None:
    moss, finch = shop_of(asked), shop_of(asked, "o-finch")
    code, _, proof = moss.token.partition(".")
    other = "a" if proof[0] != "a" else "b"
    moss.token = f"{code}.{other}{proof[1:]}"
    forged = moss.link("YES", "yes, all dates\n")
    in_thread = moss.mail("yes", subject=f"YES [pm:{moss.token}]")  # a forged token is not saved by the thread
    broken = moss.mail("yes", subject="YES [pm:deadbe.ef]", thread=False)
    borrowed = finch.link("YES", "yes, all dates\n", sender="k-moss@example.com")
    crossed = shop_of(asked).mail("yes", subject=f"YES [pm:{finch.token}]")
    plain = shop_of(asked).mail("yes", thread=False, sender="zorro@nowhere.example")
    mails = [forged, in_thread, broken, borrowed, crossed, plain]
    for number, mail in enumerate(mails):
        fetch(asked, tmp_path, mail.replace(b"Message-ID: <", f"Message-ID: <{number}".encode()), name=f"b{number}")
    kinds = {one["record"].message_id[1]: one["record"] for one in proposals(asked)}  # type: ignore[attr-defined]
    assert [kinds[str(number)].kind for number in range(6)] == ["unmatched"] * 3 + ["review"] + ["unmatched"] * 2
    assert kinds["3"].person == "o-finch" and kinds["5"].text == ""  # a stranger's words are not kept


def test_an_answer_to_an_older_revision_is_one_to_that(asked: Path, tmp_path: Path) -> None:
    shop = shop_of(asked)
    path = asked / "requests" / f"{GRIPS}.yaml"
    path.write_text(path.read_text().replace("kind: availability\n", "kind: availability\nrevision: 2\n"))
    fetch(asked, tmp_path, shop.link("YES", "yes, all dates\n"))
    one = only(asked)
    assert one["record"].revision == 1 and one["reads"] == "yes"  # type: ignore[attr-defined]
    assert cli.run(["inbox", "accept", one["record"].key]) == 0  # type: ignore[attr-defined]
    (said,) = (a for a in folders.read(asked).production.answers_of[GRIPS, "k-moss"] if not a.proposed)
    assert said.revision == 1 and not said.dates


def test_a_bounce_is_told_where_the_mail_stands(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = shop_of(asked).thread
    fetch(asked, tmp_path, replies.bounce(thread, "delayed", "4.4.1"), name="later")
    assert {one.status for one in standing.read(asked).entries.values()} == {"sent"}
    fetch(asked, tmp_path, replies.bounce(thread).replace(b"<b1@", b"<b2@"))
    entry = standing.read(asked).entries[thread[7:23]]
    assert entry.status == "bounced" and "550 5.1.1 no such user here" in entry.words
    # A mail that somebody wrote by hand in that thread came back, and not ours; a clone with a clock ahead sent one.
    finch = shop_of(asked, "o-finch").thread
    ours = replies.bounce("<by-hand@laptop.example>").replace(b"<b1@", b"<b4@")
    fetch(asked, tmp_path, f"In-Reply-To: {finch}\nReferences: {finch}\n".encode() + ours, name="by-hand")
    assert standing.read(asked).entries[finch[7:23]].status == "sent"
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    log.append(asked, "joe", [log.line(ahead, "sent", finch[7:23])], ahead)
    fetch(asked, tmp_path, replies.bounce(finch).replace(b"<b1@", b"<b5@"), name="finch")
    assert standing.read(asked).entries[finch[7:23]].status == "bounced"
    capsys.readouterr()
    assert cli.run(["outbox", "list"]) == 0
    assert "bounced" in capsys.readouterr().out
    assert cli.run(["request", "status", GRIPS, "--date", "2025-11-02"]) == 0
    assert "bounced" in capsys.readouterr().out
    fetch(
        asked, tmp_path, replies.bounce("<pmkit.0123456789abcdef@salt.example.com>").replace(b"<b1@", b"<b3@"), name="x"
    )
    assert [one["record"].kind for one in proposals(asked)].count("unmatched") == 1  # type: ignore[attr-defined]


def test_a_report_is_told_for_what_it_is(asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thread = shop_of(asked).thread
    arrived = replies.bounce(thread, "delivered", "2.0.0")
    world = replies.bounce(thread).replace(b"message/delivery-status", b"message/global-delivery-status")
    world = world.replace(b"text/rfc822-headers", b"message/global-headers").replace(b"<b1@", b"<b2@")
    later = replies.bounce(shop_of(asked, "o-finch").thread, "delayed", "4.4.1").replace(b"<b1@", b"<b3@")
    # A server on the way gave our mail another id, and says so little that only the address is known.
    other = replies.bounce("<0100@ses.example>").replace(b"<b1@", b"<b4@")
    other = other.replace(b"k-moss@salt.example.com", b"k-moss@example.com")
    strange = other.replace(b"k-moss@example.com", b"zorro@nowhere.example").replace(b"<b4@", b"<b5@")
    fetch(asked, tmp_path, arrived, world, later, other, strange)
    kinds = {one["record"].message_id[1:3]: one["record"] for one in proposals(asked)}  # type: ignore[attr-defined]
    assert {key: one.kind for key, one in kinds.items()} == {"b2": "bounce", "b3": "delayed", "b4": "unmatched"}
    assert kinds["b4"].why == "a mail to k-moss@example.com came back; which one is not told"
    entries = standing.read(asked).entries
    assert entries[thread[7:23]].status == "bounced"
    assert [one.status for one in entries.values()].count("bounced") == 1
    capsys.readouterr()
    assert cli.run(["inbox", "list"]) == 0
    assert "delayed" in capsys.readouterr().out


def calendar_reply(uid: str, partstat: str, who: str, more: str = "", sequence: int = 0) -> str:
    return (
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:20251101T100000Z\r\nDTSTART;VALUE=DATE:20251112\r\n"
        f"ATTENDEE;PARTSTAT={partstat};CN=B:MAILTO:{who}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def calendar_mail(who: str, text: str) -> bytes:
    mail = Shop("", "", "", who).mail("Accepted", thread=False, subject="Accepted: The Salt Road")
    head, _, _ = mail.partition(b"\n\n")
    head = head.replace(b'text/plain; charset="utf-8"', b'text/calendar; method=REPLY; charset="utf-8"')
    return head + b"\n\n" + text.encode()


ONE = (  # a single date of the event, answered for itself
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:{{uid}}\r\nSEQUENCE:0\r\nRECURRENCE-ID;VALUE=DATE:202511{}\r\n"
    "DTSTAMP:20251101T100000Z\r\nATTENDEE;PARTSTAT={}:mailto:{{who}}\r\n"
)


@pytest.mark.parametrize(
    ("partstat", "more", "reads", "kind"),
    [
        ("ACCEPTED", "", "yes 12 nov, 13 nov, 14 nov", "answer"),
        ("DECLINED", "", "no 12 nov, 13 nov, 14 nov", "answer"),
        ("TENTATIVE", "", "maybe 12 nov, 13 nov, 14 nov", "answer"),
        ("DELEGATED", "", "", "review"),
        ("ACCEPTED", "COMMENT:only if I get a room\r\n", "yes 12 nov, 13 nov, 14 nov", "review"),
        ("ACCEPTED", "RECURRENCE-ID;VALUE=DATE:20251113\r\n", "yes 13 nov", "answer"),
        ("ACCEPTED", "RECURRENCE-ID:20251113T000000\r\n", "yes 13 nov", "answer"),
        ("ACCEPTED", "RECURRENCE-ID:20251113T080000Z\r\n", "", "review"),  # which day that is, nobody tells
        ("ACCEPTED", "RECURRENCE-ID;VALUE=DATE:20251120\r\n", "", "review"),
        ("ACCEPTED", ONE.format(13, "DECLINED"), "yes 12 nov, 14 nov; no 13 nov", "answer"),
        ("DECLINED", ONE.format(13, "ACCEPTED"), "no 12 nov, 14 nov; yes 13 nov", "answer"),
        ("ACCEPTED", ONE.format(13, "DECLINED") + ONE.format(13, "TENTATIVE"), "", "review"),
        ("ACCEPTED", ONE.format(20, "DECLINED"), "", "review"),
        ("ACCEPTED", "COMMENT;LANGUAGE=en-US:\\n\r\n", "yes 12 nov, 13 nov, 14 nov", "answer"),  # Exchange's empty one
        ("ACCEPTED;X-RESPONSE-COMMENT=not Friday", "", "yes 12 nov, 13 nov, 14 nov", "review"),
        ("DELEGATED", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mate@x.example\r\n", "", "review"),
        ("ACCEPTED", "ATTENDEE;PARTSTAT=DECLINED:mailto:{who}\r\n", "", "review"),
    ],
)
def test_a_calendar_answers_date_by_date(
    partstat: str, more: str, reads: str, kind: str, asked: Path, tmp_path: Path
) -> None:
    production = folders.read(asked).production
    who = next(hire for hire in production.crew["makeup"].people if hire.email)
    uid = f"SALT-makeup-wedding-{who.id}@pmkit"
    text = calendar_reply(uid, partstat, who.email, more.replace("{uid}", uid).replace("{who}", who.email))
    fetch(asked, tmp_path, calendar_mail(who.email, text))
    one = only(asked)
    assert one["reads"] == reads and one["record"].kind == kind, one  # type: ignore[attr-defined]
    assert one["record"].matched == "calendar"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("begins", "reads"),
    [
        ("DTSTART;VALUE=DATE:20251112", "yes 12 nov, 13 nov, 14 nov"),
        ("DTSTART;TZID=Pacific Standard Time:20251112T000000", "yes 12 nov, 13 nov, 14 nov"),
        ("DTSTART:20251112T080000Z", "yes 12 nov, 13 nov, 14 nov"),
        ("DTSTART:20251111T230000Z", "yes 12 nov, 13 nov, 14 nov"),
        ("DTSTART;VALUE=DATE:20251111", ""),
        ("DTSTART;VALUE=DATE:20251212", ""),
        ("DTSTART:20251117T080000Z", ""),
        ("RECURRENCE-ID;VALUE=DATE:20251113\r\nDTSTART;VALUE=DATE:20251113", "yes 13 nov"),
        ("RECURRENCE-ID;VALUE=DATE:20251113\r\nDTSTART;VALUE=DATE:20251114", ""),  # asked for too, and another date
    ],
)
def test_a_yes_to_another_date_in_their_calendar_is_none_to_ours(
    begins: str, reads: str, asked: Path, tmp_path: Path
) -> None:
    who = next(hire for hire in folders.read(asked).production.crew["makeup"].people if hire.email)
    text = calendar_reply(f"SALT-makeup-wedding-{who.id}@pmkit", "ACCEPTED", who.email)
    fetch(asked, tmp_path, calendar_mail(who.email, text.replace("DTSTART;VALUE=DATE:20251112", begins)))
    one = only(asked)
    assert one["reads"] == reads and one["record"].kind == ("answer" if reads else "review"), one  # type: ignore[attr-defined]


def test_two_calendars_in_a_mail_must_say_the_same(asked: Path, tmp_path: Path) -> None:
    who = next(hire for hire in folders.read(asked).production.crew["makeup"].people if hire.email)
    yes, no = (
        clients.part("text/calendar", calendar_reply(f"SALT-makeup-wedding-{who.id}@pmkit", word, who.email), "base64")
        for word in ("ACCEPTED", "DECLINED")
    )
    counter = clients.part(
        "text/calendar",
        calendar_reply(f"SALT-makeup-wedding-{who.id}@pmkit", "ACCEPTED", who.email).replace("REPLY", "COUNTER"),
        "base64",
    )
    paper = "Content-Type: application/pdf\nContent-Disposition: attachment\n\nx"
    for number, (parts, reads, kind) in enumerate(
        (
            ((yes, yes.replace("text/calendar", "application/ics")), "yes 12 nov, 13 nov, 14 nov", "answer"),  # Google
            ((yes, no), "", "review"),
            ((no, yes.replace("text/calendar", "application/ics")), "", "review"),
            ((yes, counter), "", "review"),
            ((yes, yes, yes, yes, no), "", "review"),
            ((yes, paper), "yes 12 nov, 13 nov, 14 nov", "review"),
        )
    ):
        body = clients.multi("mixed", *parts)
        fetch(
            asked,
            tmp_path,
            clients.mail(number, "Accepted: Hold", body, f"B <{who.email}>"),
            name=f"box{number}",
        )
        (one,) = (o for o in proposals(asked) if o["record"].message_id == f"<client-{number}@program.example>")  # type: ignore[attr-defined]
        assert (one["reads"], one["record"].kind) == (reads, kind), number  # type: ignore[attr-defined]


BESIDE = (
    ("Kay Moss has accepted this invitation.", "answer"),
    ("Kay Moss has accepted this invitation.\n\nInvitation from Google Calendar: https://calendar.google.com/calendar/", "answer"),
    ("Kay Moss has accepted this invitation with a note.\n\nnote: not Fri\nhttps://calendar.google.com/calendar/", "review"),
    ("I can only do the 12th", "review"),
    ("See you! Kay", "review"),
    ("Kay Moss has accepted this invitation.\n\nbut leaves at noon", "review"),
    ("Ja, aber nicht am 13.", "review"),
    ("Kay Moss has declined this invitation.", "review"),
    ("Kay Moss has tentatively accepted this invitation.", "review"),
    ("I accepted this event for Wednesday", "review"),
    ("Kay Moss hat diese Einladung angenommen.", "answer"),
    ("Kay Moss a accepté cette invitation.", "answer"),
    ("Kay Moss ha aceptado esta invitación", "answer"),
    ("Kay Moss hat diese Einladung abgelehnt.", "review"),
    ("Kay Moss hat diese Einladung angenommen, außer Freitag", "review"),
    ("Kay Moss a accepté cette invitation. Sauf le 13.", "review"),
    ("Kay Moss hat diese Einladung angenommen.\nHinweis: nicht am 13.\nhttps://calendar.google.com/calendar/", "review"),
    ("Kay Moss has accepted the 12th", "review"),
)  # fmt: skip


def test_what_is_written_beside_a_calendars_reply_is_looked_at(asked: Path, tmp_path: Path) -> None:
    who = next(hire for hire in folders.read(asked).production.crew["makeup"].people if hire.email)
    text = calendar_reply(f"SALT-makeup-wedding-{who.id}@pmkit", "ACCEPTED", who.email).replace("\r", "")
    head = [line for line in calendar_mail(who.email, "").split(b"\n") if not line.startswith(b"Content-")]
    mails = []
    for number, (beside, _) in enumerate(BESIDE):
        parts = f"--B\nContent-Type: text/plain\n\n{beside}\n--B\nContent-Type: text/calendar\n\n{text}\n--B--\n"
        top = b"\n".join(head).strip().replace(b"<reply-1@", f"<{number}@".encode())
        mails.append(top + b"\nContent-Type: multipart/alternative; boundary=B\n\n" + parts.encode())
    fetch(asked, tmp_path, *mails)
    found = {one["record"].message_id: one for one in proposals(asked)}  # type: ignore[attr-defined]
    told = [found[f"<{number}@phone.example>"] for number in range(len(BESIDE))]
    assert [one["record"].kind for one in told] == [kind for _, kind in BESIDE]  # type: ignore[attr-defined]
    assert {one["reads"] for one in told} == {"yes 12 nov, 13 nov, 14 nov"}


def test_a_yes_to_dates_that_were_moved_since_is_none_to_those_of_now(asked: Path, tmp_path: Path) -> None:
    path = asked / "requests" / "nights.yaml"
    path.write_text("#: coordinator\nkind: hold\nask: [k-moss]\nsubject: Two nights\ndates: [2025-11-12, 2025-11-13]\n")
    with Loopback() as server:
        mail_by(asked, server)
        assert cli.run(["request", "send", "nights", "--yes", "--date", "2025-10-31"]) == 0
    mark = token.made(SECRET.encode(), "SALT", token.Asked("nights", "k-moss", 1, "k-moss@example.com"))
    shop = Shop("", mark, "SALT: Two nights", "k-moss@example.com")
    link = shop.link("YES", "yes, both dates\n")
    calendar = calendar_mail(
        "k-moss@example.com", calendar_reply("SALT-nights-k-moss@pmkit", "ACCEPTED", "k-moss@example.com")
    )
    path.write_text(path.read_text().replace("2025-11-13", "2025-11-14"))
    fetch(asked, tmp_path, link, calendar.replace(b"<reply-1@", b"<2@"))
    for one in proposals(asked):
        assert one["reads"] == "yes" and not one["answer"].dates, one  # type: ignore[attr-defined]
        assert "the request asks for other dates by now" in one["record"].why  # type: ignore[attr-defined]
    path.write_text(path.read_text().replace("2025-11-14", "2025-11-13"))
    fetch(asked, tmp_path, link.replace(b"<reply-1@", b"<3@"), name="later")
    assert sorted(str(one["reads"]) for one in proposals(asked)) == ["yes", "yes", "yes 12 nov, 13 nov"]


def test_a_yes_to_the_whole_event_after_a_no_to_a_date_is_looked_at(asked: Path, tmp_path: Path) -> None:
    who = next(hire for hire in folders.read(asked).production.crew["makeup"].people if hire.email)
    uid = f"SALT-makeup-wedding-{who.id}@pmkit"
    no = calendar_reply(uid, "DECLINED", who.email, "RECURRENCE-ID;VALUE=DATE:20251113\r\n")
    fetch(asked, tmp_path, calendar_mail(who.email, no))
    assert cli.run(["inbox", "accept", "--all"]) == 0
    fetch(
        asked,
        tmp_path,
        calendar_mail(who.email, calendar_reply(uid, "ACCEPTED", who.email)).replace(b"<reply-1@", b"<2@"),
        name="y",
    )
    (later,) = [one for one in proposals(asked) if str(one["reads"]).startswith("yes")]
    assert later["record"].why == "they had said no to 13 November"  # type: ignore[attr-defined]
    assert cli.run(["inbox", "accept", "--all"]) == 0
    told = [one for one in folders.read(asked).production.answers_of["makeup-wedding", who.id] if not one.proposed]
    assert [as_words(one.dates, one.answer, one.rate) for one in told] == ["no 13 nov"]


def test_only_what_our_own_server_vouches_for_needs_no_look(asked: Path, tmp_path: Path) -> None:
    config = tmp_path / "config" / "pmkit" / "config.yaml"
    config.write_text(config.read_text().replace("}", ", inbox: {host: imap.example.com, authserv: mx.example.com}}"))
    mail = shop_of(asked).link("YES", "yes, all dates\n")
    for number, said in enumerate(
        (
            "mx.example.com; dmarc=pass header.from=example.com",
            "mx.example.com; dkim=pass header.d=example.com",
            "mx.example.com; dkim=pass header.d=evil.example",
            "mx.example.com; spf=pass (dmarc=pass)",
            "mx.evil.example; dmarc=pass",
            'mx.example.com; spf=fail (sender "a (b) ; dmarc=pass" says) smtp.helo="x\\";dmarc=pass"',
            "mx.example.com; dmarc=fail\nAuthentication-Results: mx.example.com; dmarc=pass",
        )
    ):
        whole = f"Authentication-Results: {said}\n".encode() + mail.replace(b"<reply-1@", f"<{number}@".encode())
        fetch(asked, tmp_path, whole, name=f"box{number}")
    kinds = {one["record"].message_id[1]: one["record"].kind for one in proposals(asked)}  # type: ignore[attr-defined]
    assert [kinds[str(number)] for number in range(7)] == ["answer"] * 2 + ["review"] * 5


def test_only_the_clone_that_sends_fetches(asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (asked / ".pmkit" / "clone.yaml").write_text("name: other-desk\n")
    assert fetch(asked, tmp_path) == 3
    assert "answers are fetched on mara-laptop" in capsys.readouterr().err
    (asked / ".pmkit" / "clone.yaml").write_text("name: mara-laptop\n")
    (tmp_path / "config" / "pmkit" / "config.yaml").write_text("SALT: {password_file: smtp}\n")
    assert fetch(asked, tmp_path) == 3
    assert "names no secret_file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fetch"], "names no mailbox"),
        (["fetch", "--from", "nowhere"], "there is no Maildir or mbox nowhere"),
        (["fetch", "--from", "requests"], "is no Maildir"),
        (["accept"], "name one mail by its key, or say --all"),
        (["accept", "ffffffff"], "no mail is called ffffffff"),
        (["accept", "ffffffff", "yes", "--none"], "say one thing"),
        (["accept", "ffffffff", "--request", "x"], "go together"),
        (["list", "ffffffff"], "no mail is called ffffffff"),
    ],
)
def test_mistakes_at_the_prompt(words: list[str], said: str, asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["inbox", *words]) in (2, 3)
    assert said in capsys.readouterr().err


def test_an_unmatched_mail_may_be_given_to_whom_it_is_from(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(asked, tmp_path, shop_of(asked).mail("I can do the 12th", thread=False, sender="kay@home.example"))
    key = only(asked)["record"].key  # type: ignore[attr-defined]
    assert cli.run(["inbox", "accept", key]) == 2
    assert "--request NAME --person WHO" in capsys.readouterr().err
    assert cli.run(["inbox", "accept", key, "yes 12 nov", "--request", GRIPS, "--person", "k-moss"]) == 0
    (said,) = folders.read(asked).production.answers_of[GRIPS, "k-moss"]
    assert said.via == "kay@home.example" and not said.proposed
    assert cli.run(["inbox", "accept", key, "--none"]) == 2


def hostile(shop: Shop) -> dict[str, bytes]:
    mail = shop.link("YES", "yes, all dates\n")
    head = mail.partition(b"\n\n")[0]
    multi = head.replace(b'text/plain; charset="utf-8"', b'multipart/mixed; boundary="B"')
    nested = b"".join(
        b'--B%d\nContent-Type: multipart/mixed; boundary="B%d"\n\n' % (number, number + 1) for number in range(20_000)
    )
    return {
        "nothing": b"",
        "headers alone": head,
        "no headers": b"\n\nyes\n",
        "NUL": mail.replace(b"yes, all", b"yes\0, all"),
        "binary": bytes(range(256)) * 2000,
        "too large": mail + b"x" * 1_200_000,
        "a megabyte of text": mail + b"but " * 250_000,
        "a line without end": mail.rstrip() + b" " + b"On x wrote: " * 80_000,
        "nested": multi.replace(b'"B"', b'"B0"') + b"\n\n" + nested,
        "many parts": multi + b"\n\n" + b"--B\nContent-Type: text/plain\n\nyes\n" * 500 + b"--B--\n",
        "ten thousand references": mail.replace(
            b"Subject:", b"References: " + b"\n ".join(b"<%d@x.example>" % n for n in range(10_000)) + b"\nSubject:"
        ),
        "a header without end": b"X: " + b"=?utf-8?q?=41?= " * 60_000 + b"\n" + mail,
        "many headers": b"".join(b"X-%d: y\n" % n for n in range(60_000)) + mail,
        "bad base64": head.replace(b"7bit", b"base64") + b"\n\n=====\xff\xff",
        "another character set": mail.replace(b"utf-8", b"rot13"),
        "TNEF": head.replace(b'text/plain; charset="utf-8"', b"application/ms-tnef; name=winmail.dat") + b"\n\n\x78\x9f\x3e\x22",
        "injected": shop.mail("yes", subject="Re: x").replace(b"Re: x", b"=?utf-8?q?x=0D=0ABcc=3A_e=40x=1B=5B31m?="),
        "two senders": mail.replace(b"From: ", b"From: Eve <eve@x.example>\nFrom: "),
        "sender in a name": mail.replace(b"From: Kay Moss", b'From: "k-moss@example.com" <eve@x.example>, Kay Moss'),
        "calendar": head.replace(b"text/plain", b"text/calendar") + b"\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE:\n;;",
        "html": head.replace(b"text/plain", b"text/html") + b"\n\n" + b"<blockquote>" * 60_000 + b"<script>yes</script>",
        "deep date": mail.replace(b"Date: Sat, 01 Nov 2025", b"Date: Sat, 99 Foo 99999999999999999999"),
    }  # fmt: skip


def test_a_hostile_mail_is_but_text(asked: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, mail in hostile(shop_of(asked)).items():
        assert fetch(asked, tmp_path, mail, name=name.replace(" ", "-")) == 0, name
    assert cli.run(["inbox", "list"]) == 0
    assert cli.run(["inbox", "list", "--format", "html", "-o", "-"]) == 0
    for one in proposals(asked):
        assert cli.run(["inbox", "list", one["record"].key]) == 0  # type: ignore[attr-defined]
    said = capfd.readouterr()
    assert "Traceback" not in said.err and "\x1b" not in said.out + said.err and "\0" not in said.out
    assert not folders.read(asked).errors
    read = [one["record"].subject for one in proposals(asked) if one["reads"] and one["record"].kind == "answer"]  # type: ignore[attr-defined]
    # Headers before and behind take nothing from an answer that is whole.
    assert len(read) <= 5


def test_two_clones_of_one_secret_write_the_same_files(asked: Path, tmp_path: Path) -> None:
    mail = shop_of(asked).link("NO", "no, all dates\n")
    other = tmp_path / "other"
    shutil.copytree(asked, other)
    fetch(asked, tmp_path, mail)
    assert cli.run(["-C", str(other), "inbox", "fetch", "--from", str(tmp_path / "box")]) == 0
    assert tree(asked / "private") == tree(other / "private")


def test_a_yes_to_the_rate_that_the_mail_named_is_none_to_the_one_of_now(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deals = asked / "private" / "deals.yaml"
    was = folders.read(asked).production.deals["k-moss"].rate
    text = re.sub(r"(?m)^(k-moss: \{rate: )[^,]+", r"\g<1>111/day", deals.read_text())
    deals.write_text(re.sub(r"(?m)^(k-moss-2: \{rate: )[^,]+", r"\g<1>111/day", text))
    assert fetch(asked, tmp_path, shop_of(asked).link("YES", "yes, all dates\n")) == 0
    found = only(asked)
    record, answer = found["record"], found["answer"]
    assert record.kind == "review" and "and the rate is 111/day by now" in record.why  # type: ignore[attr-defined]
    assert str(answer.offered) != "111/day"  # type: ignore[attr-defined]
    capsys.readouterr()
    assert cli.run(["inbox", "accept", record.key[:8], "--as-read"]) == 0  # type: ignore[attr-defined]
    assert cli.run(["request", "status", GRIPS, "--date", "2025-10-31"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "answered when the rate was" in out and "said yes" not in out
    assert was is not None
    log_ = "".join(path.read_text() for path in (asked / "mail" / "log").iterdir())
    said = [str(value) for line in log_.splitlines() for value in json.loads(line).values()]
    assert (
        said and not {str(was), str(was.amount)} & {*said} and "/day" not in log_ and '"rate"' not in log_
    )  # no money


def test_a_calendars_reply_to_a_release_is_about_the_hold_that_it_cut(asked: Path, tmp_path: Path) -> None:
    (asked / "requests" / "held.yaml").write_text(
        "#: coordinator\nkind: hold\nask: [k-moss]\ndates: [2025-11-12..2025-11-13]\n"
    )
    (asked / "requests" / "off.yaml").write_text("#: coordinator\nkind: release\nask: [k-moss]\ndates: [2025-11-12]\n")
    with Loopback() as server:
        mail_by(asked, server)
        for name in ("held", "off"):
            assert cli.run(["request", "send", name, "--yes", "--date", "2025-10-31"]) == 0
    key = next(one.key for one in standing.read(asked).entries.values() if one.about.get("what") == "off")
    text = calendar_reply("SALT-held-k-moss@pmkit", "ACCEPTED", "k-moss@example.com", sequence=1)
    mail = calendar_mail("k-moss@example.com", text.replace("VALUE=DATE:20251112", "VALUE=DATE:20251113"))
    fetch(asked, tmp_path, f"In-Reply-To: <pmkit.{key}@salt.example.com>\n".encode() + mail)
    one = only(asked)["record"]
    assert (one.request, one.person, one.kind) == ("held", "k-moss", "review")  # type: ignore[attr-defined]
    assert "notice of a booking" in one.why  # type: ignore[attr-defined]
