"""From the question to the booking: answers by phone, status, reminders, turns, confirmations and releases by mail."""

from __future__ import annotations

import email
import email.policy
import json
import re
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.files import folder as folders
from pmkit.mail import token
from tests.commands.test_request import mail_by, salt as salt  # the fixture
from tests.conftest import SAMPLE
from tests.mail.loopback import USER, Fault, Loopback

GRIPS, HOLD = "grips-2nd-unit", "b-camera-operator"
SECRET = "0123456789abcdef0123456789abcdef"


def run(*words: str) -> int:
    return cli.run(["request", *words])


def answers(root: Path) -> dict[str, str]:
    folder = root / "private" / "answers"
    return {path.stem: path.read_text() for path in folder.glob("*.yaml") if "makeup" not in path.stem}


def mails(server: Loopback) -> dict[str, EmailMessage]:
    read = {who: email.message_from_bytes(data, policy=email.policy.default) for who, data in server.mails}
    return {who.partition("@")[0]: mail for who, mail in read.items()}  # type: ignore[misc]


def calendar(mail: EmailMessage) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return str(part.get_content()).replace("\r\n ", "").replace("\n ", "")


def status(name: str, date: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Each person's words date by date, as data."""
    capsys.readouterr()
    assert run("status", name, "--date", date, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    return {row["id"]: " ".join(mark["word"] for mark in row["marks"]) for row in told["rows"]}


def test_an_answer_is_echoed_written_once_and_shown(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "answer",
        GRIPS,
        "moss",
        "yes 12-13 nov, maybe 14, 450/day",
        "--date",
        "2025-11-01 10:00",
        "--by",
        "b-lund",
    ]
    assert run(*words, "--dry-run") == 0
    assert answers(salt) == {}
    assert run(*words) == 0
    out = capsys.readouterr().out
    assert "counter: 12–13 November" in out and "maybe: 14 November" in out and "not answered: 10 November" in out
    (text,) = answers(salt).values()
    assert "rate: 450/day" in text and "by: b-lund" in text and "person: k-moss" in text
    assert run(*words[:-4], "--date", "2025-11-01 10:05") == 0
    assert "has said that already" in capsys.readouterr().out and len(answers(salt)) == 1
    assert status(GRIPS, "2025-11-02", capsys)["k-moss"] == "· counter counter maybe"
    assert not folders.read(salt).errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nosuch", "k-moss", "yes"], "there is no request nosuch"),
        ([GRIPS, "zorro", "yes"], "asks nobody called zorro"),
        ([GRIPS, "jun-ito", "yes"], "does not ask Jun Ito"),
        ([GRIPS, "k-moss", "yes 11 nov"], "11 is not asked for"),
        ([GRIPS, "k-moss", "perchance"], "'perchance' is not understood"),
        ([GRIPS, "s", "yes"], "may be"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_hint(
    words: list[str], said: str, salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("answer", *words, "--date", "2025-11-01") == 2
    err = capsys.readouterr().err
    assert said in err and "hint:" in err
    assert answers(salt) == {}


def test_who_answered_by_phone_is_not_asked_by_mail(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("answer", GRIPS, "k-moss", "no", "--date", "2025-10-31 09:00")
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        assert sorted(mails(server)) == ["j-bird", "o-finch", "q-stead"]
    assert "Kay Moss has answered already" in capsys.readouterr().err


def test_reminders_go_once_in_the_thread_and_to_nobody_who_has_answered(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        first = mails(server)
        run("answer", GRIPS, "k-moss", "maybe", "--date", "2025-11-01 09:00")
        assert run("remind", GRIPS, "--yes", "--date", "2025-11-02") == 0
        assert "Nobody is to be reminded now." in capsys.readouterr().out
        assert run("remind", GRIPS, "--date", "2025-11-03") == 0
        out = capsys.readouterr().out
        assert "3 people would get a mail" in out and len(server.mails) == 4
        assert run("remind", "--yes", "--date", "2025-11-03") == 0
        assert run("remind", "--yes", "--date", "2025-11-03 12:00") == 0
        late = [email.message_from_bytes(data, policy=email.policy.default) for _, data in server.mails[4:]]
        assert sorted(mail["to"].addresses[0].username for mail in late) == ["j-bird", "o-finch", "q-stead"]
        for mail in late:
            before = first[mail["to"].addresses[0].username]
            assert mail["In-Reply-To"] == before["Message-ID"] and mail["Message-ID"] != before["Message-ID"]
            assert mail["Subject"] == f"Re: {before['Subject']}"
    assert run("remind", GRIPS, "--date", "2025-11-05") == 0  # past its day: nobody is reminded of what is over
    assert "Nobody is to be reminded now." in capsys.readouterr().out


def test_the_next_candidate_is_asked_when_time_ran_out(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", HOLD, "--yes", "--date", "2025-10-31") == 0
        assert list(mails(server)) == ["pavel-cech"]
        assert run("send", HOLD, "--date", "2025-11-03 13:00") == 0
        assert answers(salt) == {}  # a dry run writes nothing down
        assert "It is the turn of Luz Prior, to answer by Tue 2025-11-04 13:00." in capsys.readouterr().err
        assert run("send", HOLD, "--yes", "--date", "2025-11-03 13:00") == 0
        assert run("send", HOLD, "--yes", "--date", "2025-11-03 15:00") == 0  # her time has not run out
        assert [who.partition("@")[0] for who, _ in server.mails] == ["pavel-cech", "l-prior"]
        body = mails(server)["l-prior"].get_body(("plain",))
        assert body is not None and "Tuesday 4 November 2025, 13:00" in body.get_content()
        acts = sorted(re.findall(r"act: (\w+)", "".join(answers(salt).values())))
        assert acts == ["asked", "expired"]
        run("answer", HOLD, "prior", "no", "--date", "2025-11-03 16:00")
        assert run("send", HOLD, "--yes", "--date", "2025-11-03 17:00") == 0
        assert [who.partition("@")[0] for who, _ in server.mails] == ["pavel-cech", "l-prior", "z-hrubes"]


def test_a_candidate_who_was_never_asked_has_not_let_time_run_out(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", HOLD, "--date", "2025-11-04") == 0
    told = capsys.readouterr()
    assert "turn" not in told.err and "past" in told.err and "--yes" not in told.out


def test_confirm_books_what_was_said_yes_to_and_tells_it_once(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("confirm", GRIPS, "k-moss", "--date", "2025-11-02") == 3
    assert "has said yes to no date" in capsys.readouterr().err
    run("answer", GRIPS, "k-moss", "yes 12-13 nov, no 14", "--date", "2025-11-01 10:00")
    with Loopback() as server:
        mail_by(salt, server)
        assert run("confirm", GRIPS, "k-moss", "--date", "2025-11-02 09:00", "--note", "Bring gloves.") == 0
        assert "is booked: 12–13 November" in capsys.readouterr().out and server.mails == []
        assert run("confirm", GRIPS, "k-moss", "14", "--date", "2025-11-02") == 3  # he said no
        assert run("confirm", GRIPS, "k-moss", "--yes", "--date", "2025-11-02 10:00") == 0
        assert run("confirm", GRIPS, "k-moss", "--yes", "--date", "2025-11-02 11:00") == 0
        assert len(server.mails) == 1
        mail = mails(server)["k-moss"]
        assert mail["Subject"] == "SALT: confirmed, 12–13 November"
        body = mail.get_body(("plain",))
        assert body is not None and "Bring gloves." in body.get_content()
        told = calendar(mail)
        assert "METHOD:REQUEST" in told and "STATUS:CONFIRMED" in told and "SEQUENCE:1" in told
        assert f"UID:SALT-{GRIPS}-k-moss@pmkit" in told and f'ORGANIZER;CN="The Salt Road":mailto:{USER}' in told
        assert status(GRIPS, "2025-11-03", capsys)["k-moss"] == "· BOOKED BOOKED no"
        assert run("release", GRIPS, "k-moss", "13", "nov", "--yes", "--date", "2025-11-03 09:00") == 0
        assert run("release", GRIPS, "k-moss", "--yes", "--date", "2025-11-03 10:00") == 0
        first, second = (email.message_from_bytes(data, policy=email.policy.default) for _, data in server.mails[1:])
        assert "STATUS:CONFIRMED" in calendar(first) and "SEQUENCE:2" in calendar(first)  # the 12th stands
        assert "METHOD:CANCEL" in calendar(second) and "SEQUENCE:3" in calendar(second)
        assert status(GRIPS, "2025-11-03", capsys)["k-moss"] == "· released released no"


def test_a_notice_tells_nothing_that_was_decided_otherwise_since(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    with Loopback() as server:
        mail_by(salt, server)
        run("confirm", GRIPS, "k-moss", "12-13", "--date", "2025-11-02 10:00")
        run("release", GRIPS, "k-moss", "12", "--date", "2025-11-03 10:00")
        assert run("confirm", GRIPS, "k-moss", "14", "--yes", "--date", "2025-11-04 10:00") == 0
        assert mails(server)["k-moss"]["Subject"] == "SALT: confirmed, 13–14 November"
        run("release", GRIPS, "k-moss", "13-14", "--date", "2025-11-05 10:00")
        run("confirm", GRIPS, "k-moss", "13-14", "--yes", "--date", "2025-11-06 10:00")
        capsys.readouterr()
        assert run("status", GRIPS, "--date", "2025-11-07") == 0
        told = capsys.readouterr().out
        assert "released and not told: 12 November" in told and told.count("not told") == 1
        assert run("release", GRIPS, "k-moss", "12", "--yes", "--date", "2025-11-07 10:00") == 0
        assert mails(server)["k-moss"]["Subject"] == "SALT: release, 12 November"


def test_a_second_confirmation_takes_the_place_of_none_that_waits(salt: Path) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    with Loopback(Fault("RCPT", "4xx")) as server:
        mail_by(salt, server)
        assert run("confirm", GRIPS, "k-moss", "12-13", "--yes", "--date", "2025-11-02 10:00") == 4
        assert run("confirm", GRIPS, "k-moss", "10", "--yes", "--date", "2025-11-02 11:00") == 0
        cli.run(["outbox", "retry"])
        assert cli.run(["outbox", "send", "--yes"]) == 0
        subjects = [email.message_from_bytes(data, policy=email.policy.default)["Subject"] for _, data in server.mails]
        assert sorted(subjects) == ["SALT: confirmed, 10 November", "SALT: confirmed, 12–13 November"]


def test_a_confirmation_that_waits_does_not_come_after_the_release(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01 10:00")
    with Loopback(Fault("RCPT", "4xx", 2)) as server:
        mail_by(salt, server)
        assert run("confirm", GRIPS, "k-moss", "12-13", "--yes", "--date", "2025-11-02 10:00") == 4
        assert run("confirm", GRIPS, "k-moss", "10", "--yes", "--date", "2025-11-02 11:00") == 4
        assert run("release", GRIPS, "k-moss", "12-13", "--yes", "--date", "2025-11-03 10:00") == 0
        assert [str(mail["Subject"]) for mail in mails(server).values()] == ["SALT: release, 12–13 November"]
        assert cli.run(["outbox", "retry"]) == 0
        assert cli.run(["outbox", "send", "--yes"]) == 0
        subjects = [email.message_from_bytes(data, policy=email.policy.default)["Subject"] for _, data in server.mails]
        assert subjects[1:] == ["SALT: confirmed, 10 November"]


def test_a_counter_is_agreed_to_by_its_rate(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("answer", GRIPS, "k-moss", "yes, 450/day", "--date", "2025-11-01 10:00")
    assert run("confirm", GRIPS, "k-moss", "--date", "2025-11-02") == 3
    assert "agree to it: --rate 450/day" in capsys.readouterr().err
    assert run("confirm", GRIPS, "k-moss", "12", "--date", "2025-11-02") == 3  # a date that is named agrees to no rate
    assert "other terms at 450/day" in capsys.readouterr().err
    assert not [*salt.glob(f"private/answers/{GRIPS}-k-moss-*")][1:]
    assert run("confirm", GRIPS, "k-moss", "--rate", "450/day", "--date", "2025-11-02") == 0
    mail = (salt / "build" / "requests" / GRIPS / "notices" / "k-moss.eml").read_bytes()
    body = email.message_from_bytes(mail, policy=email.policy.default).get_body(("plain",))
    assert body is not None and "USD 450.00 a day" in body.get_content()


def test_a_rate_of_two_words_is_quoted_where_a_command_is_suggested(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("answer", GRIPS, "k-moss", "yes, 2000 flat", "--date", "2025-11-01 10:00")
    assert run("confirm", GRIPS, "k-moss", "--date", "2025-11-02") == 3
    assert run("confirm", GRIPS, "k-moss", "12", "--date", "2025-11-02") == 3
    assert capsys.readouterr().err.count("--rate '2000 flat'") == 2
    run("status", GRIPS, "--date", "2025-11-02")
    assert f"request confirm {GRIPS} k-moss --rate '2000 flat'" in capsys.readouterr().out


def test_who_is_booked_and_not_hired_is_told_to_stand_on_no_sheet(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("confirm", GRIPS, "k-moss", "12-14", "--date", "2025-11-02", "--dry-run") == 0
    said = capsys.readouterr().err  # a second hire of hers is on the 12th and 13th
    assert re.search(r"Kay Moss stands on no call sheet of 14 November: crew.yaml:\d+ has them not hired then", said)
    assert run("confirm", GRIPS, "k-moss", "12-13", "--date", "2025-11-02", "--dry-run") == 0
    assert "no call sheet" not in capsys.readouterr().err
    crew = salt / "crew.yaml"
    crew.write_text(crew.read_text().replace("to: 2025-11-13}", "to: 2025-11-13, hired: false}"))
    assert run("confirm", GRIPS, "k-moss", "12-13", "--date", "2025-11-02", "--dry-run") == 0
    assert "no call sheet of 12–13 November" in capsys.readouterr().err


def test_the_links_answer_this_request_and_no_other(salt: Path, tmp_path: Path) -> None:
    config = tmp_path / "config" / "pmkit"
    (config / "config.yaml").write_text("SALT: {password_file: smtp, secret_file: key}\n")
    (config / "key").write_text(SECRET + "\n")
    (config / "key").chmod(0o600)
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        for who, mail in mails(server).items():
            page = mail.get_body(("html",))
            assert page is not None
            found = re.findall(r'href="(mailto:[^"]+)"', page.get_content().replace("&amp;", "&"))
            assert len(found) == 4 and all(link.startswith(f"mailto:{USER}?subject=") for link in found)
            marks = {token.in_text(link.replace("%5B", "[").replace("%3A", ":").replace("%5D", "]")) for link in found}
            asked = token.Asked(GRIPS, who, 1, mail["to"].addresses[0].addr_spec)
            assert marks == {token.made(SECRET.encode(), "SALT", asked)}
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        assert len(server.mails) == 4


def test_without_a_secret_the_links_are_left_out_and_said(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", GRIPS, "--yes", "--date", "2025-10-31") == 0
        assert "secret_file" in capsys.readouterr().err
        assert not [data for _, data in server.mails if b"mailto:" in data]


def test_a_memo_goes_to_its_person_alone_and_comes_back_signed(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "deal-memos", "--yes", "--date", "2025-11-01") == 0
        ((_, data),) = server.mails
        mail = email.message_from_bytes(data, policy=email.policy.default)
        (memo,) = mail.iter_attachments()
        assert (memo.get_content_type(), memo.get_filename()) == ("application/pdf", "SALT_DealMemo_noor-flynn.pdf")
        assert run("remind", "--yes", "--date", "2025-11-04") == 0
        again = email.message_from_bytes(server.mails[1][1], policy=email.policy.default)
        assert again["In-Reply-To"] == mail["Message-ID"] and len(list(again.iter_attachments())) == 1
        assert run("answer", "deal-memos", "noor", "signed 2025-11-05", "--date", "2025-11-05 18:00") == 0
        assert "signed: 2025-11-05" in (salt / "private" / "deals.yaml").read_text()
        assert run("remind", "--yes", "--date", "2025-11-06") == 0
        assert len(server.mails) == 2
        capsys.readouterr()


def test_an_agent_and_the_artist_each_get_a_mail_of_their_own(salt: Path) -> None:
    assert run("new", "lena", "--ask", "ana-ruiz", "--dates", "2025-11-12", "--copy") == 0
    assert run("send", "lena", "--date", "2025-10-31") == 0
    found = {}
    for path in (salt / "build" / "requests" / "lena").glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert [name for name in mail if name.lower() in ("cc", "bcc")] == []
        found[path.stem] = [one.addr_spec for one in mail["to"].addresses]
    assert found == {"ana-ruiz": ["dana@example.com"], "ana-ruiz-copy": ["ana-ruiz@example.com"]}


def test_an_agency_is_asked_by_head_count(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "new",
        "truckers",
        "--agency",
        "crowd-call",
        "--heads",
        "12",
        "--role",
        "truckers",
        "--dates",
        "2025-11-12..2025-11-13",
    ]
    assert run(*words) == 0
    assert run("send", "truckers", "--date", "2025-10-31") == 0
    mail = email.message_from_bytes(
        (salt / "build" / "requests" / "truckers" / "crowd-call.eml").read_bytes(), policy=email.policy.default
    )
    body = mail.get_body(("plain",))
    assert (
        body is not None
        and "12 truckers" in body.get_content()
        and mail["to"].addresses[0].addr_spec == "crowd@example.com"
    )
    assert run("answer", "truckers", "crowd", "yes 12 heads 12 nov, 10 heads 13 nov", "--date", "2025-11-01") == 0
    assert "13 November: 10 heads" in capsys.readouterr().out
    assert run("confirm", "truckers", "crowd", "--date", "2025-11-02") == 0
    (path,) = (salt / "build" / "requests" / "truckers" / "notices").glob("*.eml")
    told = email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(("plain",))
    assert told is not None and "This confirms truckers for The Salt Road" in told.get_content()
    assert re.search(r"12 Nov 2025 .*12 truckers\r?\n +Thu 13 Nov 2025 .*10 truckers", told.get_content())


def test_new_writes_what_reads_back_and_nothing_that_is_wrong(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["new", "best-boy", "--kind", "hold", "--rank", "1", "--role", "Best Boy: night", "--candidate", "k-moss",
             "--candidate", "j-bird", "--dates", "2025-11-12", "--rate", "450/day", "--respond-by", "2025-11-03 12:00",
             "--remind", "1 day before", "--then", "next", "--text", "Come: #1\nat six"]  # fmt: skip
    assert run(*words, "--dry-run") == 0
    assert not (salt / "requests" / "best-boy.yaml").exists()
    assert run(*words) == 0
    request = folders.read(salt).production.requests["best-boy"]
    assert (request.asked.role, request.asked.candidates, request.then) == (
        "Best Boy: night",
        ("k-moss", "j-bird"),
        "next",
    )
    assert (str(request.rate), request.text) == ("450/day", "Come: #1\nat six\n")
    assert "450" not in (salt / "requests" / "best-boy.yaml").read_text()
    assert run(*words) == 3  # there already
    capsys.readouterr()
    assert run("new", "wrong", "--ask", "nobody-there", "--dates", "2025-11-31") == 3
    err = capsys.readouterr().err
    assert "2025-11-31 is not in the calendar" in err and "nobody-there" in err
    assert not (salt / "requests" / "wrong.yaml").exists()


def test_a_department_and_who_works_narrow_each_other(salt: Path) -> None:
    assert run("new", "grips", "--department", "grip", "--works", "2025-11-10", "--kind", "custom", "--text", "Hello.",
               "--except", "q-stead", "--ask", "jun-ito") == 0  # fmt: skip
    assert run("send", "grips", "--date", "2025-10-31") == 0
    asked = {path.stem for path in (salt / "build" / "requests" / "grips").glob("*.eml")}
    grips = {hire.id for hire in folders.read(salt).production.crew["grip"].people}
    assert "jun-ito" in asked and "q-stead" not in asked
    assert asked - {"jun-ito"} and asked - {"jun-ito"} <= grips


def test_a_folder_without_private_has_no_place_for_answers(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(salt / "private")
    assert run("answer", GRIPS, "k-moss", "yes", "--date", "2025-11-01") == 3
    assert "private/, which is not here" in capsys.readouterr().err
    assert run("status", GRIPS, "--date", "2025-11-01") == 0


@pytest.mark.parametrize("form", ["text", "html"])
def test_golden_status(form: str, tmp_path: Path) -> None:
    import os

    golden = Path(__file__).parents[1] / "golden" / "request" / f"status.{'txt' if form == 'text' else form}"
    out = tmp_path / "status"
    words = ["-C", str(SAMPLE), "request", "status", "makeup-wedding", "--date", "2025-11-03"]
    assert cli.run([*words, "--format", form, "-o", str(out)]) == 0
    if os.environ.get("PMKIT_GOLDEN"):
        golden.write_bytes(out.read_bytes())
    assert out.read_bytes() == golden.read_bytes()


def test_who_is_booked_for_dates_that_are_asked_no_more_is_asked_anew_for_the_others(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        at = ("--date", "2025-10-31")
        assert run("send", GRIPS, "--yes", *at) == 0
        assert run("answer", GRIPS, "k-moss", "yes", *at) == 0
        assert run("confirm", GRIPS, "k-moss", "10 nov", *at) == 0
        path = salt / "requests" / f"{GRIPS}.yaml"
        path.write_text(path.read_text().replace("2025-11-10, 2025-11-12", "2025-11-12") + "revision: 2\n")
        capsys.readouterr()
        assert run("status", GRIPS, *at) == 0
        assert f"answered revision 1, not asked anew\n                        pmkit request send {GRIPS} --yes" in (
            capsys.readouterr().out
        )
        assert run("send", GRIPS, "--yes", *at) == 0
        assert server.recipients().count("k-moss@example.com") == 2
        assert run("status", GRIPS, *at) == 0
        assert "not asked anew" not in capsys.readouterr().out


def test_a_name_is_known_without_its_accents(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("answer", HOLD, "cech", "yes", "--date", "2025-10-31", "--dry-run") == 0
    assert "Pavel Čech, b-camera-operator:" in capsys.readouterr().out


def test_a_yes_to_another_rate_is_none_to_this_one(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--date", "2025-10-31")
    assert run("answer", GRIPS, "k-moss", "yes", *at) == 0
    deals = salt / "private" / "deals.yaml"
    deals.write_text(re.sub(r"(?m)^(k-moss: \{rate: )[^,]+", r"\g<1>111/day", deals.read_text()))
    deals.write_text(re.sub(r"(?m)^(k-moss-2: \{rate: )[^,]+", r"\g<1>111/day", deals.read_text()))
    capsys.readouterr()
    assert run("status", GRIPS, *at) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "answered when the rate was" in out and f"pmkit request send {GRIPS}" in out
    assert "request confirm" not in out
    assert run("confirm", GRIPS, "k-moss", *at) == 3
    assert "has said yes to no date" in capsys.readouterr().err
    assert cli.run(["validate"]) in (0, 1)
    assert "answered when the rate was" in capsys.readouterr().out


def test_a_booking_of_a_date_that_is_asked_no_more_can_be_released_by_its_date(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--date", "2025-10-31")
    assert run("answer", GRIPS, "k-moss", "yes", *at) == 0
    assert run("confirm", GRIPS, "k-moss", "10", "12", *at) == 0
    path = salt / "requests" / f"{GRIPS}.yaml"
    path.write_text(path.read_text().replace("2025-11-10, 2025-11-12", "2025-11-12") + "revision: 2\n")
    capsys.readouterr()
    assert run("release", GRIPS, "k-moss", "10 nov", "--dry-run", *at) == 0
    assert "Kay Moss is to be released: 10 November" in capsys.readouterr().out
    assert run("confirm", GRIPS, "k-moss", "10 nov", *at) == 2
    err = capsys.readouterr().err
    assert "10 is not asked for" in err and "heads" not in err  # one person has none


def test_nobody_has_answered_in_the_time_to_come(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("answer", GRIPS, "k-moss", "yes", "--date", "2999-01-01") == 2
    assert "2999-01-01 is still to come" in capsys.readouterr().err


def test_who_is_told_of_some_dates_hears_what_stays(salt: Path) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        at = ("--date", "2025-10-31")
        path = salt / "requests" / f"{GRIPS}.yaml"
        path.write_text(path.read_text().replace("kind: availability", "kind: hold\nrank: 1"))
        assert run("send", GRIPS, "--yes", *at) == 0
        assert run("answer", GRIPS, "k-moss", "yes", *at) == 0

        def told() -> str:
            body = mails(server)["k-moss"].get_body(("plain",))
            assert body is not None
            return " ".join(str(body.get_content()).split())

        assert run("confirm", GRIPS, "k-moss", "10 nov", "--yes", *at) == 0
        assert "The first hold on 12–14 November stays as before." in told()
        assert run("release", GRIPS, "k-moss", "14 nov", "--yes", *at) == 0
        assert "The booking on 10 November and the first hold on 12–13 November stay as before." in told()
        assert run("release", GRIPS, "k-moss", "--yes", *at) == 0
        assert "as before" not in told()


def test_what_is_written_down_within_one_second_keeps_its_order(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--date", "2025-10-31")  # a date alone is one and the same moment
    for word in ("yes", "no", "maybe", "yes 10 nov", "no 10 nov", "maybe 10 nov", "no", "yes"):
        assert run("answer", GRIPS, "k-moss", word, *at) == 0
        expected = word.partition(" ")[0]
        assert status(GRIPS, "2025-10-31", capsys)["k-moss"].split()[0] == expected
    for act, word in (("confirm", "BOOKED"), ("release", "released"), ("confirm", "BOOKED"), ("release", "released")):
        assert run(act, GRIPS, "k-moss", "12 nov", *at) == 0
        assert word in status(GRIPS, "2025-10-31", capsys)["k-moss"]


def test_a_paper_came_in_on_the_day_that_people_say(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (salt / "requests" / "forms.yaml").write_text("kind: document\ndocument: W-9\nask: [k-moss, j-bird, o-finch]\n")
    at = ("--date", "2025-10-31 10:00")
    for who, said, day in (
        ("k-moss", "received yesterday", "2025-10-30"),
        ("j-bird", "received 28 oct", "2025-10-28"),
        ("o-finch", "received on Oct 9th", "2025-10-09"),
    ):
        assert run("answer", "forms", who, said, *at) == 0
        assert f"received: {day}" in capsys.readouterr().out
    assert run("status", "forms", *at) == 0
    out = capsys.readouterr().out
    assert out.count("received 2025-10-") == 3 and "signed" not in out  # a paper that came in is not signed by that
    assert run("answer", "forms", "k-moss", "received 30 feb", *at) == 2
    assert run("answer", "forms", "k-moss", "received 31 dec 2025", *at) == 2


def test_a_new_request_takes_names_and_asks_about_what_is_nearly_one(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--dates", "2025-11-12", "--dry-run"]
    assert run("new", "names", "--ask", "Kay Moss", "--ask", "pavel cech", "--ask", "j-bird", *words) == 0
    assert "ask: [k-moss, pavel-cech, j-bird]" in capsys.readouterr().out
    assert run("new", "names", "--ask", "cech", *words) == 2
    assert "did you mean pavel-cech (Pavel Čech)?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("date", "due"),
    [("2025-11-02", False), ("2025-11-04 09:00", True), ("2025-11-05 09:00", True), ("2025-11-07", False)],
)
def test_who_answered_for_some_dates_is_due_for_the_others(
    salt: Path, capsys: pytest.CaptureFixture[str], date: str, due: bool
) -> None:
    run("answer", GRIPS, "k-moss", "yes 12 nov", "--date", "2025-11-01 10:00")
    run("answer", GRIPS, "o-finch", "no", "--date", "2025-11-01 10:00")
    capsys.readouterr()
    assert run("status", GRIPS, "--date", date) == 0
    told = " ".join(capsys.readouterr().out.partition("Mo 10 Nov")[0].split())
    words = "not answered yet: 10, 13–14 November (by Tue 4 Nov 2025, 18:00) pmkit request answer grips-2nd-unit k-moss"
    assert (f"Kay Moss {words} 'yes 2025-11-10 2025-11-13 2025-11-14'" in told) == due
    assert "Orla Finch" not in told
