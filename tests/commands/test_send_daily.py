"""`pmkit send daily`, as cron runs it: twice, late, on two clones, on one that is behind."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.commands import send_daily
from pmkit.problems import Place, Problem
from tests.clones import at, clones, git
from tests.commands.test_request import mail_by, salt as salt
from tests.commands.test_send import parts, previews
from tests.conftest import ROOT
from tests.mail.loopback import Fault, Loopback

DATE = ("--date", "2025-10-30")


def daily(*words: str) -> int:
    return cli.run(["send", "daily", *words])


def test_it_tells_the_day_the_costs_and_the_next_day(salt: Path) -> None:
    assert daily(*DATE) == 0
    mails = previews(salt)
    assert len(mails) == 4
    mail = mails["mara-voss"]
    assert mail["subject"].startswith("SALT Thu 30 Oct 2025, day 12: 3 of 3 pages, OVER 7,544")
    assert mail["auto-submitted"] == "auto-generated"
    text = parts(mail)["text/plain"].decode()
    page = " ".join(re.sub(r"<[^>]+>", " ", parts(mail)["text/html"].decode()).split())
    for words in (
        "OWED: 54",
        "55 min, brine truck",
        "Estimated final cost",
        "Tomorrow: Main Unit, day 13",
        "Crew call 13:00",
    ):
        assert words in text
    for words in (
        "Owed 54",
        "55 min, brine truck",
        "Estimated final cost",
        "Tomorrow: Main Unit Day 13 of 22",
        "Crew call 13:00",
    ):
        assert words in page


def test_who_may_not_see_money_gets_it_without(salt: Path) -> None:
    assert daily("--to", "insurers", *DATE) == 0
    mail = next(iter(previews(salt).values()))
    told = parts(mail)["text/plain"] + parts(mail)["text/html"] + str(mail["subject"]).encode()
    assert b"Tomorrow" in told and b"Estimated final cost" not in told and b"7,544" not in told and b"OVER" not in told


def test_what_is_wrong_in_private_is_told_to_who_may_see_money(salt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [
        Problem(
            "order-exceeded", Place("private/po/LOC-004.yaml", 9), "invoices of 2,210.00 of 2025-10-31", "", "warning"
        ),
        Problem("location-closed", Place("schedule.yaml", 9), "the motel is closed on 2025-10-31", "", "warning"),
    ]
    monkeypatch.setattr(send_daily, "_problems", lambda folder: wrong)
    for who, told in (("insurers", (0, 1)), ("producers", (1, 1))):
        assert daily("--to", who, *DATE) == 0
        text = b"".join(parts(next(iter(previews(salt).values()))).values())
        assert (min(1, text.count(b"2,210.00")), min(1, text.count(b"motel is closed"))) == told


def test_twice_and_late_it_goes_once_and_says_nothing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert daily("--yes", *DATE) == 0
        assert len(server.recipients()) == 4
        told = capsys.readouterr()
        assert told.out + told.err == ""
        report = salt / "daily/2025-10-30-main.yaml"
        report.write_text(re.sub("setups: .*", "setups: 99", report.read_text()))
        assert daily("--yes", *DATE) == 0  # what changed since is for tomorrow's report
        assert len(server.recipients()) == 4
        told = capsys.readouterr()
        assert told.out + told.err == ""


def test_the_second_line_of_the_night_sends_again_what_the_first_left_in_doubt(salt: Path) -> None:
    with Loopback(Fault("DOT", "drop")) as server:
        mail_by(salt, server)
        assert daily("--yes", *DATE) == 4
        assert daily("--yes", *DATE) == 0
        assert len(set(server.recipients())) == 4
        assert daily("--yes", *DATE) == 0 and len(server.recipients()) <= 5


def test_what_a_night_could_not_send_goes_the_next_night(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback(Fault("RCPT", "4xx")) as server:
        mail_by(salt, server)
        assert daily("--yes", *DATE) == 4
        assert daily("--yes", "--date", "2025-10-31") == 4  # the next night: not yet, and it is told
        assert len(server.mails) == 7 and "2025-10-30 to " in capsys.readouterr().err
        assert cli.run(["outbox", "retry"]) == 0
        capsys.readouterr()
        assert daily("--yes", "--date", "2025-10-31") == 0
        told = capsys.readouterr()
        assert len(server.mails) == 8 and told.out + told.err == ""


def test_a_report_whose_file_was_lost_is_not_passed_over_in_silence(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback(Fault("RCPT", "4xx")) as server:
        mail_by(salt, server)
        assert daily("--yes", *DATE) == 4
        shutil.rmtree(salt / "mail/outbox")  # another machine, with all that git keeps
        capsys.readouterr()
        assert daily("--yes", *DATE) == 4
        assert "its file is not here any more" in capsys.readouterr().err and len(server.mails) == 3


def test_without_the_hour_having_come_it_is_yesterdays() -> None:
    import datetime as dt

    from pmkit.commands.send_daily import _day
    from pmkit.commands.send_mails import Asked

    asked = Asked((), "", "", "", True, False, None, None)
    for hour, minute, day in ((20, 59, 29), (21, 0, 30), (23, 59, 30), (0, 5, 29)):
        assert _day(asked, dt.datetime(2025, 10, 30, hour, minute), 21 * 60).day == day
    assert _day(asked, dt.datetime(2025, 10, 30, 0, 5), None).day == 30


def test_a_day_without_news_sends_nothing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = salt / "production.yaml"
    path.write_text(
        path.read_text().replace("contains: [today, costs, tomorrow, requests]", "contains: [today, costs, tomorrow]")
    )
    with Loopback() as server:
        mail_by(salt, server)
        assert daily("--yes", "--date", "2025-12-25") == 0
        assert server.recipients() == []
    assert capsys.readouterr().out == ""


FILM = """#: production manager
pmkit: 1
title: The Film
code: FILM
timezone: America/Los_Angeles
daily_report: {{time: 21:00, to: office, contains: [today, tomorrow, costs, requests]}}
mail: {{from: Office <office@film.example.com>, host: 127.0.0.1, port: {port}{sender}}}
"""
BOARD = "#: 1st AD\nmain:\n" + "".join(
    f"  2025-10-{day}: {{call: 7:00, strips: [{day - 12}]}}\n" for day in range(13, 27)
)
FILES = {
    "crew": "#: coordinator\nproduction:\n  people: [{id: ann, name: Ann, email: ann@example.com}, {id: bo, name: Bo, email: bo@example.com}]\n",
    "lists": "#: coordinator\noffice: {who: [ann, bo]}\n",
    "breakdown": "#: 1st AD\n" + "".join(f"{n}: {{heading: INT. ROOM - DAY, pages: 1}}\n" for n in range(1, 15)),
    "schedule": BOARD,
}


def test_a_clone_that_is_behind_sends_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    with Loopback(login=False) as server:
        a, b = clones(tmp_path, FILM.format(port=server.port, sender=""), **FILES)
        (a / "vendors.yaml").write_text("#: coordinator\nmotel: {name: Motel}\n")
        assert at(a, "save").exit_code == 0
        done = at(b, "send", "daily", "--yes", "--date", "2025-10-13")
        assert done.exit_code == 75 and "b is behind the others; nothing was sent" in done.stderr
        assert "pmkit save" in done.stderr and server.recipients() == []
        assert at(b, "save").exit_code == 0
        assert at(b, "send", "daily", "--yes", "--date", "2025-10-13").exit_code == 0
        assert len(server.recipients()) == 2
        assert at(b, "save", "--quiet").output == ""
        assert at(a, "send", "daily", "--yes", "--date", "2025-10-13").exit_code == 75
        assert at(a, "save").exit_code == 0
        assert at(a, "send", "daily", "--yes", "--date", "2025-10-13").exit_code == 0
        assert len(server.recipients()) == 2  # b told so in its log


def cron_lines() -> list[str]:
    """The commands of the README's crontab, without their hours and with the folder left to be named."""
    block = re.search(r"```crontab\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    lines = [line for line in block[1].splitlines() if line[:1].isdigit()]
    return [re.sub(r"^(\S+\s+){5}", "", line) for line in lines]


def night(clone: Path, line: str, day: str, zone: str) -> subprocess.CompletedProcess[str]:
    """A crontab's line as cron runs it: no terminal, no configuration, hardly an environment."""
    line = line.replace("$HOME/salt", str(clone)).replace("--yes", f"--yes --date {day}")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    bare = {"PATH": path, "TZ": zone, "HOME": str(clone.parent / "nobody"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(["/bin/sh", "-c", line], env=bare, cwd="/", stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False)  # fmt: skip


def fortnight(tmp_path: Path, days: int) -> None:
    """So many nights on two clones, each line of the crontab run twice on both."""
    zones = ("UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns")
    with Loopback(login=False) as server:
        a, b = clones(tmp_path, FILM.format(port=server.port, sender=""), **FILES)
        for clone in (a, b):
            for where in (clone, clone / "private"):
                git(where, "config", "user.name", "A Person")
                git(where, "config", "user.email", "a@example.com")
        told: list[str] = []
        for n in range(days):
            day = f"2025-10-{13 + n}"
            (a / "daily").mkdir(exist_ok=True)
            (a / f"daily/{day}-main.yaml").write_text(f"#: 2nd AD\nday: {n + 1}\nwrap: 19:0{n % 10}\n")
            for turn in range(2):
                for clone in (a, b) if (n + turn) % 2 else (b, a):
                    for line in cron_lines():
                        done = night(clone, line, day, zones[(n + turn) % 4])
                        told.append(done.stdout + done.stderr)
        for clone in (a, b):
            assert at(clone, "save").exit_code == 0
            for where in (clone, clone / "private"):
                assert git(where, "status", "--porcelain") == ""
        assert at(a, "save").exit_code == 0
        assert git(a, "rev-parse", "HEAD") == git(b, "rev-parse", "HEAD")
        subjects = sorted(mail["subject"].split(",")[0] for mail in (_mail(data) for _, data in server.mails))
        assert len(subjects) == 2 * days and {subjects.count(subject) for subject in subjects} == {2}
        assert len(list((a / "daily").iterdir())) == days == len(list((b / "daily").iterdir()))
        for words in filter(None, told):  # a word only where a clone was behind
            assert "is behind the others" in words, words
        events = [
            json.loads(line) for path in (a / "mail/log").glob("*.jsonl") for line in path.read_text().splitlines()
        ]
        assert sum(event["event"] == "sent" for event in events) == 2 * days


def _mail(data: bytes) -> dict[str, str]:
    from tests.commands.test_send import read

    return {"subject": str(read(data)["subject"])}


def test_two_nights_of_the_crontab_on_two_clones(tmp_path: Path) -> None:
    fortnight(tmp_path, 2)


@pytest.mark.soak
def test_a_fortnight_of_the_crontab_on_two_clones(tmp_path: Path) -> None:
    fortnight(tmp_path, 14)


def test_the_timer_of_the_readme_is_whole() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    units = re.findall(r"```ini\n(.*?)```", text, re.DOTALL)
    assert len(units) == 1
    told = units[0]
    for line in ("Type=oneshot", "OnCalendar=", "Persistent=true", "[Install]"):
        assert line in told
    commands = re.findall(r"^Exec\w+=\S*pmkit (.*)$", told, re.MULTILINE)
    wanted = [re.sub(r"^\S*pmkit -C \S+ ", "", part.strip()) for line in cron_lines()[:1] for part in line.split(";")]
    assert [command.replace("-C %h/salt ", "") for command in commands] == wanted


def test_what_is_due_of_requests_is_told_and_rates_only_to_who_may_see_money(salt: Path) -> None:
    words = ["request", "answer", "grips-2nd-unit", "k-moss", "yes 12-13 nov, 450/day", "--date", "2025-10-29 10:00"]
    assert cli.run(words) == 0
    assert daily(*DATE) == 0
    rich = previews(salt)["mara-voss"]
    assert daily("--to", "insurers", *DATE) == 0
    poor = next(iter(previews(salt).values()))
    for kind in ("text/plain", "text/html"):
        told = " ".join(re.sub(r"<[^>]+>", " ", parts(rich)[kind].decode()).split())
        assert "Requests due" in told and "other terms at 450/day: 12–13 November" in told
        plain = " ".join(re.sub(r"<[^>]+>", " ", parts(poor)[kind].decode()).split())
        assert "Requests due" in plain and "other terms: 12–13 November" in plain and "450" not in plain
        assert "not asked yet, by Tue 4 Nov 18:00" in told


def test_the_same_thing_due_of_many_is_one_line(salt: Path) -> None:
    from pmkit.commands.send_daily import _names

    assert daily("--date", "2025-11-01") == 0
    told = parts(previews(salt)["mara-voss"])["text/plain"].decode()
    assert told.count("not asked yet") == 4  # a line a request, not a line a person
    assert _names([str(n) for n in range(40)]) == "0, 1, 2, 3 and 36 more"


def test_who_works_tomorrow_without_a_signed_memo_is_told_to_who_may_see_money(salt: Path) -> None:
    path = salt / "private" / "deals.yaml"
    text = path.read_text()
    assert daily(*DATE) == 0
    before = " ".join(parts(previews(salt)["mara-voss"])["text/plain"].decode().split())
    assert "no signed deal memo" not in before
    path.write_text(re.sub(r"(?m)^(jun-ito:.*?)signed: \d{4}-\d\d-\d\d,? ?", r"\1", text, flags=re.DOTALL))
    assert daily(*DATE) == 0
    told = " ".join(parts(previews(salt)["mara-voss"])["text/plain"].decode().split())
    assert "no signed deal memo: " in told and "Jun Ito" in told and "(pmkit dealmemo --missing)" in told
    assert daily("--to", "insurers", *DATE) == 0
    assert b"deal memo" not in b"".join(parts(next(iter(previews(salt).values()))).values())
