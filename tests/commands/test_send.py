"""`pmkit send`: documents to lists, people and queries, one recipient a message, and once."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import re
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from pmkit import cli
from tests.commands.test_request import mail_by, salt as salt
from tests.mail.loopback import Loopback

DATE = ("--date", "2025-10-30")


def read(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def previews(root: Path) -> dict[str, EmailMessage]:
    return {path.stem: read(path.read_bytes()) for path in sorted((root / "build/mails").glob("*.eml"))}


def parts(mail: EmailMessage) -> dict[str, bytes]:
    return {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()}  # type: ignore[misc]


def test_a_call_sheet_leads_with_the_own_call_and_brings_sheet_and_calendar(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["send", "callsheet", "tomorrow", "--to", "dept:camera", "--to", "LENA", *DATE]) == 0
    told = capsys.readouterr()
    assert "sent" not in told.out + told.err
    mails = previews(salt)
    assert mails["jun-ito"]["subject"] == "Your call 12:30: SALT day 13, Fri 31 Oct 2025"
    assert mails["ana-k"]["subject"].startswith("Your call 12:15")
    assert mails["ana-ruiz"]["to"].addresses[0].addr_spec == "dana@example.com"  # an artist's agent is written to
    found = parts(mails["jun-ito"])
    assert found["application/pdf"].startswith(b"%PDF")
    events = icalendar.Calendar.from_ical(found["text/calendar"]).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == ["SALT-2025-10-31-main-jun-ito@pmkit"]
    assert b"Your call: 12:30" in found["text/plain"]
    for who, mail in mails.items():
        assert len(mail["to"].addresses) == 1 and "cc" not in mail and "bcc" not in mail, who
    assert not (salt / "issued").exists() and not (salt / "mail").exists()


def test_it_goes_once_and_again_only_when_it_says_something_else(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["send", "callsheet", "13", "--to", "jun-ito", "--to", "ana-k", "--yes", *DATE]
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run(words) == 0
        assert len(server.recipients()) == 2
        assert (salt / "issued/calendar/jun-ito.yaml").exists()
        assert cli.run(words) == 0
        assert len(server.recipients()) == 2 and "Nothing left to send" in capsys.readouterr().out
        plan = salt / "calls/2025-10-31-main.yaml"
        plan.write_text(re.sub(r"shooting_call: .*\n", "", plan.read_text()) + "shooting_call: 14:15\n")
        assert cli.run(words) == 0
        assert len(server.recipients()) == 4
        log = "".join(path.read_text() for path in (salt / "mail/log").glob("*.jsonl"))
        events = [json.loads(line) for line in log.splitlines()]
        assert {event["revision"] for event in events if event["event"] == "queued"} == {"1", "2"}
        assert "@" not in log  # people are named by id


def test_who_may_not_see_money_gets_no_costs(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["send", "costs", "--to", "call-sheet", *DATE]) == 3
    told = capsys.readouterr().err
    assert "costs shows what is money" in told and "sees: [money]" in told
    assert not (salt / "build").exists()
    assert cli.run(["send", "costs", "--to", "producers", *DATE]) == 0
    mails = previews(salt)
    assert {mail["to"].addresses[0].addr_spec for mail in mails.values()} >= {"bond@example.com"}
    assert parts(mails["mara-voss"])["application/pdf"].startswith(b"%PDF")
    assert str(mails["mara-voss"]["subject"]).startswith("SALT: Cost report 8, ")
    assert cli.run(["send", "castlist", "--contacts", "--to", "call-sheet", *DATE]) == 3
    assert cli.run(["send", "castlist", "--to", "dept:grip", *DATE]) == 0


def test_a_document_as_a_page_with_a_word_of_ones_own(salt: Path) -> None:
    words = ["send", "oneliner", "--to", "d-fairweather", "--as", "html", "--text", "New <board> & all", *DATE]
    assert cli.run(words) == 0
    found = parts(previews(salt)["d-fairweather"])
    assert set(found) == {"text/plain", "text/html"}
    assert found["text/plain"].startswith(b"New <board> & all\r\n")
    assert b"New &lt;board&gt; &amp; all" in found["text/html"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["calsheet", "13", "--to", "crew"], "did you mean callsheet?"),
        (["callsheet", "13", "--to", "producer"], "did you mean producers"),
        (["callsheet", "13", "--to", "grip"], "a department is written dept:grip"),
        (["callsheet", "13", "--to", "dept:camra"], "did you mean camera"),
        (["callsheet", "13", "--to", "works:99"], "99"),
        (["callsheet", "13"], "to whom?"),
        (["callsheet", "13", "--to", "x@example.com"], "stand in lists.yaml"),
    ],
)
def test_words_that_mean_nothing_are_answered(
    salt: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert cli.run(["send", *words, *DATE]) == 2
    assert said in capsys.readouterr().err


def test_a_file_goes_as_it_is(salt: Path) -> None:
    (salt / "Risk assessment.pdf").write_bytes(b"%PDF-1.7 made up")
    assert cli.run(["send", "Risk assessment.pdf", "--to", "dept:stunts", *DATE]) == 0
    mail = previews(salt)["s-drexler"]
    part = next(iter(mail.iter_attachments()))
    assert part.get_filename() == "Risk assessment.pdf" and part.get_content() == b"%PDF-1.7 made up"


def test_a_file_of_private_goes_only_to_who_may_see_such(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (salt / "deals.yaml").symlink_to(salt / "private/deals.yaml")
    for name in ("private/deals.yaml", "calls/../private/deals.yaml", "deals.yaml"):
        assert cli.run(["send", name, "--to", "dept:stunts", *DATE]) == 3, name
        assert "may not see that; nothing was sent" in capsys.readouterr().err


def test_a_folder_with_errors_sends_nothing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (salt / "crew.yaml").write_text((salt / "crew.yaml").read_text() + "\nbroken: {peeple: []}\n")
    assert cli.run(["send", "callsheet", "13", "--to", "jun-ito", "--yes", *DATE]) == 3
    assert "nothing was sent" in capsys.readouterr().err
    assert not (salt / "mail").exists()


def test_another_clone_asks_and_the_one_that_sends_sends_once(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        (salt / ".pmkit/clone.yaml").write_text("name: office-pc\n")
        for words in (["callsheet", "22"], ["oneliner"], ["crewlist"]):
            to = "accounts" if words == ["crewlist"] else "jun-ito"
            assert cli.run(["send", *words, "--to", to, "--yes"]) == 0
        assert server.recipients() == [] and not (salt / "issued").exists()
        (salt / ".pmkit/clone.yaml").write_text("name: mara-laptop\n")
        capsys.readouterr()
        code = cli.run(["outbox", "send", "--yes"])
        assert code in (0, 4), capsys.readouterr()
        first = len(server.recipients())
        assert first >= 2
        cli.run(["outbox", "send", "--yes"])
        assert len(server.recipients()) == first


@pytest.mark.parametrize(
    "words", [["--text", "Bring boots"], ["--subject", "New board"], ["--as", "html"], ["--cast=x/y"]]
)
def test_what_the_sending_clone_would_not_know_is_not_asked_for(
    salt: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        (salt / ".pmkit/clone.yaml").write_text("name: office-pc\n")
        assert cli.run(["send", "oneliner", *words, "--to", "jun-ito", "--yes"]) == 3
    assert "this clone does not send" in capsys.readouterr().err and not (salt / "mail/log").exists()


def test_after_a_rehearsal_the_real_thing_is_no_revision(salt: Path) -> None:
    words = ["send", "callsheet", "13", "--to", "jun-ito", "--yes", *DATE]
    with Loopback() as server:
        mail_by(salt, server, "  redirect_all: mara@example.com")
        assert cli.run(words) == 0
        mail_by(salt, server)
        assert cli.run(words) == 0
        rehearsed, real = (read(data) for _, data in server.mails)
    assert str(rehearsed["subject"]) == f"[for jun@example.com] {real['subject']}"
    assert "revised" not in str(real["subject"])


def test_two_ways_to_ask_for_one_document_do_not_stand_in_each_others_way(salt: Path) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        for number, words in enumerate((["costs"], ["costs", "--cents"], ["costs"], ["costs", "--period", "8"]), 1):
            assert cli.run(["send", *words, "--to", "producers", "--as", "html", "--yes", *DATE]) == 0, words
            assert len(server.mails) == 4 * min(number, 2)


@pytest.mark.parametrize(
    "what", ["costs -o/tmp/x", "costs --against=/etc/passwd", "costs -C/tmp", "save", "../x", "oneliner --format=pdf"]
)
def test_what_a_log_asks_for_can_name_no_file_and_no_act(salt: Path, what: str) -> None:
    from pmkit.commands import send_document
    from pmkit.files import folder as folders
    from pmkit.mail import standing

    (salt / "mail/log").mkdir(parents=True)
    line = {"at": "2025-10-30T00:00:00+00:00", "event": "wanted", "key": "ab" * 8, "kind": "report", "what": what,
            "who": "mara-voss", "revision": "1"}  # fmt: skip
    (salt / "mail/log/2025-10.x-i1.jsonl").write_text(json.dumps(line) + "\n")
    entries = list(standing.read(salt).entries.values())
    assert entries and send_document.again(folders.read(salt), entries, dt.date(2025, 10, 30)) == ([], [])


def test_an_agent_is_told_whose_call_it_is(salt: Path) -> None:
    assert cli.run(["send", "callsheet", "2025-10-31", "--to", "cast-and-agents", "--date", "2025-10-30"]) == 0
    subjects = {who: str(mail["subject"]) for who, mail in previews(salt).items()}
    assert subjects["ana-ruiz"].startswith("Ana Ruiz pick-up 12:05: SALT day 13")
    assert subjects["kit-halloran"].startswith("Kit Halloran pick-up 13:10: SALT day 13")
    assert subjects["tobias-nkem"].startswith("Call sheet of Tobias Nkem: SALT day 13")


def test_an_order_goes_to_its_own_vendor_and_to_nobody_who_may_not_see_it(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["send", "po", "print", "LOC-001"]) == 0
    assert "pmkit send po print LOC-001 --to desert-rose --yes" in capsys.readouterr().out
    mail = previews(salt)["desert-rose"]
    assert mail["to"].addresses[0].addr_spec == "rent@example.com"
    assert "LOC-001" in str(mail["subject"])
    assert parts(mail)["application/pdf"].startswith(b"%PDF")
    assert cli.run(["send", "po", "print", "LOC-001", "--to", "producers"]) == 3
    assert "may not see that" in capsys.readouterr().err


def test_a_draft_order_goes_to_no_vendor(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = salt / "private/po/LOC-001.yaml"
    text = re.sub(r"approved_by: .*\n", "", order.read_text())
    order.write_text(re.sub(r"state: \w+", "state: draft", text))
    assert cli.run(["send", "po", "print", "LOC-001"]) == 3
    assert "LOC-001 is a draft" in capsys.readouterr().err
    from pmkit.commands import send_document
    from pmkit.files import folder as folders
    from pmkit.mail import standing
    from pmkit.mail.outbox import Outbox

    outbox = Outbox(salt, "ann-1")
    outbox.note(dt.datetime(2025, 10, 30, tzinfo=dt.UTC), "wanted", "0" * 16, kind="report", what="po print LOC-001", who="desert-rose")  # fmt: skip
    entries = list(standing.read(salt).entries.values())
    assert send_document.again(folders.read(salt), entries, dt.date(2025, 10, 30)) == (
        [],
        [],
    )  # and stops no other mail


def test_the_log_of_orders_and_where_requests_stand_go_as_any_document(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["send", "po", "list", "--to", "producers", *DATE]) == 0
    assert set(previews(salt)) >= {"n-abara", "mara-voss"}
    assert parts(previews(salt)["n-abara"])["application/pdf"].startswith(b"%PDF")
    for words in (["makeup-wedding"], []):
        assert cli.run(["send", "request", "status", *words, "--to", "accounts", *DATE]) == 0
        assert parts(previews(salt)["mara-voss"])["application/pdf"].startswith(b"%PDF")
    assert cli.run(["send", "request", "status", "--to", "producers", *DATE]) == 3  # a status shows contacts
    capsys.readouterr()
    assert cli.run(["send", "po", "--to", "producers"]) == 2
    assert "pmkit send po print … or pmkit send po list …" in capsys.readouterr().err


def test_a_deal_memo_goes_to_whom_it_is_of(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["send", "dealmemo", "jun-ito", "--to", "jun-ito"]) == 0
    assert capsys.readouterr().err.count("left to fill in by hand") <= 1
    assert cli.run(["send", "dealmemo", "jun-ito", "--to", "ana-k"]) == 3
    assert cli.run(["send", "dealmemo", "--paper", "a4", "jun-ito", "--to", "jun-ito"]) == 0
    assert cli.run(["send", "dealmemo", "-o", "ana-k", "jun-ito", "--to", "ana-k"]) == 3  # an option names nobody


def test_another_clone_asks_for_an_order_to_go_to_its_vendor(salt: Path) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        (salt / ".pmkit/clone.yaml").write_text("name: joe\n")
        assert cli.run(["send", "po", "print", "LOC-001", "--yes"]) == 0
        assert server.mails == []
        (salt / ".pmkit/clone.yaml").write_text("name: mara-laptop\n")
        assert cli.run(["outbox", "send", "--yes"]) == 0
        assert server.recipients() == ["rent@example.com"]


def test_a_part_of_a_name_and_somebody_unknown_on_a_list_are_told_with_who_and_where(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["send", "oneliner", "--to", "cech"]) == 2
    assert "did you mean pavel-cech (Pavel Čech)?" in capsys.readouterr().err
    path = salt / "lists.yaml"
    path.write_text(path.read_text().replace("o-lindgren, mara-voss]", "o-lingren, mara-voss]"))
    assert cli.run(["send", "oneliner", "--to", "producers"]) in (0, 1)
    assert re.search(r"lists\.yaml:4:\d+: warning: nobody is called o-lingren", capsys.readouterr().err)


def test_the_call_sheet_of_an_address_outside_is_nobodys(salt: Path) -> None:
    assert cli.run(["send", "callsheet", "tomorrow", "--to", "producers", *DATE]) == 0
    assert previews(salt)["producers.1"]["subject"] == "Call sheet: SALT day 13, Fri 31 Oct 2025"


def test_a_query_begins_with_a_capital_too(salt: Path) -> None:
    assert cli.run(["send", "oneliner", "--to", "Dept:Camera", *DATE]) == 0
    assert "jun-ito" in previews(salt)


def test_an_empty_file_goes_to_nobody(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (salt / "risk.pdf").write_bytes(b"")
    assert cli.run(["send", "risk.pdf", "--to", "jun-ito"]) == 3
    assert "risk.pdf is empty; nothing was sent" in capsys.readouterr().err


def test_a_server_and_a_deal_that_cannot_be_read_are_not_called_missing(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    production, deals = salt / "production.yaml", salt / "private" / "deals.yaml"
    production.write_text(re.sub(r"(?m)^  host: .*", "  host: smtp.example.com:25", production.read_text()))
    (salt / ".pmkit").mkdir()
    (salt / ".pmkit" / "clone.yaml").write_text("name: mara-laptop\n")
    assert cli.run(["outbox", "send", "--yes"]) in (0, 3)
    assert "names no server" not in capsys.readouterr().err
    deals.write_text(deals.read_text().replace("kit: 40/day", "kit: lots"))
    assert cli.run(["dealmemo", "l-amaro", "--kit"]) == 3
    err = capsys.readouterr().err
    assert "lots is not a rate" in err and "has no kit rental" not in err


def test_who_works_without_a_signed_memo_goes_as_a_list(salt: Path) -> None:
    deals = salt / "private" / "deals.yaml"
    deals.write_text(re.sub(r", signed: 2025-10-\d\d", "", deals.read_text()))
    assert cli.run(["send", "dealmemo", "--missing", "--to", "accounts", "--date", "2025-10-30"]) == 0
    mail = previews(salt)["mara-voss"]
    assert mail["subject"] == "SALT: Without a signed deal memo, Thu 2025-10-30"
    assert parts(mail)["application/pdf"].startswith(b"%PDF") and b"not signed" in parts(mail)["text/plain"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["oneliner", "--format", "csv"], "leave out --format"),
        (["costs", "--json"], "leave out --format"),
        (["callsheet", "13", "jun-ito"], "everybody is sent their own call: pmkit send callsheet 13 --to jun-ito"),
        (["po", "list", "--state", "drft"], "Try 'pmkit po list --help' for help"),
    ],
)
def test_words_that_are_no_words_of_a_mail(
    salt: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert cli.run(["send", *words, "--to", "producers", *DATE]) == 2
    assert said in capsys.readouterr().err
