"""A request of kind release: it ends what holds people, whichever request made it, and takes it out of their calendars."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from pmkit import cli
from tests.commands.test_request import mail_by, salt as salt
from tests.commands.test_request_book import answers, run, status
from tests.commands.test_two_clones import Clones
from tests.exchange.test_invitation import summed
from tests.mail.loopback import Fault, Loopback

HOLD = (
    "#: coordinator\nkind: hold\nrank: 1\nask: [o-finch, k-moss, j-bird]\ndates: [2025-11-10, 2025-11-12..2025-11-14]\n"
    "unit: second\nrespond_by: 2025-11-04 18:00\n"
)
OFFER = "#: coordinator\nkind: offer\nask: [k-moss]\ndates: [2025-11-14..2025-11-15]\n"
RELEASE = "#: coordinator\nkind: release\nask: [k-moss, o-finch, q-stead]\ndates: [2025-11-10..2025-11-15]\ntext: The days are cut.\n"
Captured = pytest.CaptureFixture[str]


def write(root: Path, **requests: str) -> None:
    for name, text in requests.items():
        (root / "requests" / f"{name}.yaml").write_text(text)


def at(day: int, hour: int = 10) -> tuple[str, str]:
    return "--date", f"2025-11-{day:02} {hour}:00"


def mailed(server: Loopback) -> list[tuple[str, EmailMessage]]:
    """Who got what since the last look."""
    found = [
        (to.partition("@")[0], email.message_from_bytes(data, policy=email.policy.default)) for to, data in server.mails
    ]
    server.mails.clear()
    return found  # type: ignore[return-value]


def events(mail: EmailMessage) -> tuple[str, list[tuple[str, int, str, str]]]:
    """The method of a mail's calendar, and its events; nothing where it has none."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) < 2
    if not parts:
        return "", []
    calendar = icalendar.Calendar.from_ical(parts[0].get_content())
    assert parts[0].get_param("method") == calendar["method"]
    return str(calendar["method"]), summed(calendar)


def released(root: Path) -> list[str]:
    """What is written down of releases: request, person and dates."""
    texts = [text for text in answers(root).values() if "act: released" in text]
    lines = [dict(line.split(": ", 1) for line in text.splitlines()[1:] if ": " in line) for text in texts]
    return sorted(f"{one['request']} {one['person']} {one['days']} {one.get('ended_by', '')}".strip() for one in lines)


@pytest.fixture
def held(salt: Path) -> Path:
    """Three are held, one of them is booked for the 12th, and has an offer besides."""
    write(salt, h1=HOLD, h2=OFFER, rel=RELEASE)
    return salt


def ask(root: Path, server: Loopback) -> None:
    mail_by(root, server)
    assert run("send", "h1", "--yes", *at(1)) == 0 and run("send", "h2", "--yes", *at(1)) == 0
    assert run("answer", "h1", "k-moss", "yes", *at(2)) == 0
    assert run("confirm", "h1", "k-moss", "12", "--yes", *at(2, 11)) == 0
    mailed(server)


def test_a_release_cancels_what_stands_in_their_calendars(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        capsys.readouterr()
        assert run("send", "rel", *at(3)) == 0
        said = capsys.readouterr()
        assert "Kay Moss is released by this from h1: 10, 12–14 November" in said.err
        assert "Kay Moss is released by this from h2: 14–15 November" in said.err
        assert "Nothing in the folder holds Quincy Stead on these dates." in said.err
        assert "3 people would get a mail" in said.out and not released(held)  # to look writes nothing down
        assert run("send", "rel", "--yes", *at(3)) == 0
        sent = mailed(server)
        assert [(who, mail["subject"], events(mail)) for who, mail in sent] == [
            ("k-moss", "SALT: release, 10–15 November",
             ("CANCEL", [("SALT-h1-k-moss@pmkit", 2, "CANCELLED", "1110 1112 1113 1114")])),
            ("k-moss", "SALT: release, 14–15 November",
             ("CANCEL", [("SALT-h2-k-moss@pmkit", 1, "CANCELLED", "1114 1115")])),
            ("o-finch", "SALT: release, 10–15 November",
             ("CANCEL", [("SALT-h1-o-finch@pmkit", 1, "CANCELLED", "1110 1112 1113 1114")])),
            ("q-stead", "SALT: release, 10–15 November", ("", [])),
        ]  # fmt: skip
        plain = [" ".join(str(mail.get_body(("plain",))).split()) for _, mail in sent]  # type: ignore[arg-type]
        assert "The days are cut." in plain[0] and "brings one more entry of your calendar up to date" in plain[1]
        assert "as 2nd Unit Key Grip" in plain[2]  # as they were held
    assert released(held) == [
        "h1 k-moss [2025-11-10, 2025-11-12..2025-11-14] rel/1",
        "h1 o-finch [2025-11-10, 2025-11-12..2025-11-14] rel/1",
        "h2 k-moss [2025-11-14..2025-11-15] rel/1",
    ]
    assert status("h1", "2025-11-03", capsys)["k-moss"] == "released released released released"
    assert status("h1", "2025-11-03", capsys)["j-bird"] == "· · · ·"
    assert status("rel", "2025-11-03", capsys)["o-finch"].split().count("released") == 4
    assert run("status", "rel", *at(3)) == 0
    out = capsys.readouterr().out
    assert "3 of 3 told" in out and "DUE" not in out and "free / booked" not in out


def test_nobody_is_told_twice_and_nothing_that_came_since_is_ended(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
        before = released(held)
        write(held, h3=HOLD.replace("dates: [2025-11-10, ", "dates: ["))
        assert run("send", "h3", "--yes", *at(4)) == 0
        mailed(server)
        assert run("send", "rel", "--yes", *at(5)) == 0 and not mailed(server)
        assert run("release", "h1", "k-moss", "--yes", *at(5)) == 0 and not mailed(server)
        assert released(held) == before
        write(held, rel=RELEASE + "revision: 2\n")
        assert run("send", "rel", "--yes", *at(6)) == 0
        sent = mailed(server)
    told, count = {who: events(mail) for who, mail in sent}, len(sent)
    assert told["o-finch"] == ("CANCEL", [("SALT-h3-o-finch@pmkit", 1, "CANCELLED", "1112 1113 1114")])
    assert len(told) == count == 3
    assert "h3 o-finch [2025-11-12..2025-11-14] rel/2" in released(held)
    assert run("status", "h1", *at(6)) == 0 and "not told" not in capsys.readouterr().out


def test_a_release_of_some_dates_leaves_the_others_in_the_calendar(held: Path) -> None:
    write(held, rel=RELEASE.replace("2025-11-10..2025-11-15", "2025-11-13..2025-11-14"))
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
        told = {f"{who} {mail['subject']}": events(mail) for who, mail in mailed(server)}
    firm = (
        "REQUEST",
        [("SALT-h1-k-moss@pmkit", 2, "TENTATIVE", "1110 1112"), ("SALT-h1-k-moss@pmkit", 2, "CONFIRMED", "1112")],
    )
    assert told["k-moss SALT: release, 13–14 November"] == firm
    assert told["k-moss SALT: release, 14 November"] == ("REQUEST", [("SALT-h2-k-moss@pmkit", 1, "TENTATIVE", "1115")])
    assert told["o-finch SALT: release, 13–14 November"][1] == [("SALT-h1-o-finch@pmkit", 1, "TENTATIVE", "1110 1112")]


def test_a_hold_that_becomes_a_release_cancels_its_own_event(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("answer", "h1", "j-bird", "no", *at(2)) == 0
        write(held, h1=HOLD.replace("kind: hold", "kind: release") + "revision: 2\n")
        assert run("send", "h1", "--yes", *at(3)) == 0
        sent = mailed(server)
        told, whole = {who: events(mail) for who, mail in sent}, "1110 1112 1113 1114"
        assert told["k-moss"] == ("CANCEL", [("SALT-h1-k-moss@pmkit", 2, "CANCELLED", whole)])
        assert len(sent) == 3  # the offer of another request stands
        assert told["o-finch"] == ("CANCEL", [("SALT-h1-o-finch@pmkit", 1, "CANCELLED", whole)])
        assert told["j-bird"] == ("", [])  # they said no
        assert run("send", "h1", "--yes", *at(3)) == 0 and not mailed(server)
        assert status("h1", "2025-11-03", capsys)["k-moss"] == "released released released released"
        assert cli.run(["validate"]) == 0 and "old-answer" not in capsys.readouterr().out
        # A later revision holds them anew, in the same entry of their calendar.
        write(held, h1=HOLD + "revision: 3\n")
        assert run("send", "h1", "--yes", *at(4, 9)) == 0
        told = {who: events(mail) for who, mail in mailed(server)}
        assert told["k-moss"] == ("REQUEST", [("SALT-h1-k-moss@pmkit", 4, "TENTATIVE", whole)])
        assert told["o-finch"] == ("REQUEST", [("SALT-h1-o-finch@pmkit", 3, "TENTATIVE", whole)])


def test_a_release_that_names_no_dates_is_of_all_that_is_to_come(held: Path) -> None:
    write(held, rel="#: coordinator\nkind: release\nask: [o-finch]\n")
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(12)) == 0
        ((_, mail),) = mailed(server)
    assert mail["subject"] == "SALT: release, 12–14 November"
    assert events(mail) == ("REQUEST", [("SALT-h1-o-finch@pmkit", 1, "TENTATIVE", "1110")])


def test_a_hold_that_was_never_sent_or_is_for_another_role_is_left(held: Path, capsys: Captured) -> None:
    write(
        held,
        draft=HOLD,
        h1=HOLD + "role: Key Grip\n",
        rel=RELEASE.replace("ask:", "role: Driver\nask:"),
        other=RELEASE.replace("ask:", "unit: main\nask:"),
    )
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0 and run("send", "other", "--yes", *at(3)) == 0
        assert [(who, events(mail)[1][:1]) for who, mail in mailed(server) if events(mail)[0]] == [
            ("k-moss", [("SALT-h2-k-moss@pmkit", 1, "CANCELLED", "1114 1115")])
        ]
    assert released(held) == ["h2 k-moss [2025-11-14..2025-11-15] rel/1"]
    assert run("send", "draft", *at(3)) == 0 and "3 people would get a mail" in capsys.readouterr().out


def test_a_rehearsal_releases_nobody(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        mail_by(held, server, "  redirect_all: me@example.com")
        for _ in range(2):
            assert run("send", "rel", "--yes", *at(3)) == 0
        assert {who for who, _ in mailed(server)} == {"me"} and not released(held)
        mail_by(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
        assert len(mailed(server)) == 4 and len(released(held)) == 3


def test_a_hold_that_still_waits_does_not_go_after_its_release(held: Path, capsys: Captured) -> None:
    with Loopback(Fault("RCPT", "4xx", 9, "o-finch@example.com")) as server:
        mail_by(held, server)
        assert run("send", "h1", "--yes", *at(1)) == 4
        mailed(server)
        write(held, h1=HOLD.replace("kind: hold", "kind: release") + "revision: 2\n")
        server.faults.clear()
        assert run("send", "h1", "--yes", *at(3)) == 0
        assert {who: events(mail)[0] for who, mail in mailed(server)}["k-moss"] == "CANCEL"
        capsys.readouterr()
        assert cli.run(["outbox", "send", "--yes", "--date", "2025-11-05"]) == 0
        assert "the mail to Orla Finch that waited does not go" in capsys.readouterr().err and not mailed(server)


def test_of_ranked_candidates_only_who_was_asked_is_released(held: Path, capsys: Captured) -> None:
    ranked = (
        "#: coordinator\nkind: hold\nask: {role: B Camera Operator, candidates: [pavel-cech, l-prior, z-hrubes]}\n"
        "dates: [2025-11-12]\nrespond_by: 2025-11-03 12:00\nthen: next\n"
    )
    write(held, cam=ranked)
    with Loopback() as server:
        mail_by(held, server)
        assert run("send", "cam", "--yes", *at(1)) == 0
        assert run("answer", "cam", "pavel-cech", "no", *at(2)) == 0
        assert run("send", "cam", "--yes", *at(2)) == 0
        assert [who for who, _ in mailed(server)] == ["pavel-cech", "l-prior"]
        write(held, cam=ranked.replace("kind: hold", "kind: release") + "revision: 2\n")
        assert run("send", "cam", "--yes", *at(2, 12)) == 0
        assert [(who, events(mail)[0]) for who, mail in mailed(server)] == [("l-prior", "CANCEL")]
        capsys.readouterr()
        assert run("status", "cam", *at(3)) == 0
        out = capsys.readouterr().out
        assert "1 of 1 told" in out and "DUE" not in out and out.count("not asked") == 2
        assert run("remind", "--yes", *at(5)) == 0 and not [who for who, _ in mailed(server) if who == "z-hrubes"]


def test_a_hold_that_nobody_answered_in_time_can_be_taken_out_of_the_calendar(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("release", "h1", "o-finch", "--yes", *at(6)) == 0
        ((who, mail),) = mailed(server)
    assert (who, events(mail)[0]) == ("o-finch", "CANCEL")


def asked_of_two(root: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Clones:
    """The hold and the offer have gone from the clone that sends, and the other has its log."""
    clones = Clones(root, server, "mara-laptop")
    clones.at("mara-laptop", monkeypatch)
    assert run("send", "h1", "--yes", *at(1)) == 0 and run("send", "h2", "--yes", *at(1)) == 0
    mailed(server)
    clones.meet("mara-laptop", "joe-desktop")
    return clones


def test_another_clone_asks_for_a_release_and_the_sender_sends_it_whole(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Loopback() as server:
        clones = asked_of_two(held, server, monkeypatch)
        joe = clones.at("joe-desktop", monkeypatch)
        assert run("send", "rel", "--yes", *at(3)) == 0 and not server.mails
        assert len(released(joe)) == 3
        clones.meet("joe-desktop", "mara-laptop")
        clones.at("mara-laptop", monkeypatch)
        capsys.readouterr()
        assert cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0, capsys.readouterr()
        told = sorted((who, *events(mail)) for who, mail in mailed(server))
    assert [(who, method, rows[0][0] if rows else "") for who, method, rows in told] == [
        ("k-moss", "CANCEL", "SALT-h1-k-moss@pmkit"),
        ("k-moss", "CANCEL", "SALT-h2-k-moss@pmkit"),
        ("o-finch", "CANCEL", "SALT-h1-o-finch@pmkit"),
        ("q-stead", "", ""),
    ]


def test_a_notice_is_not_lost_where_another_clone_released_a_date_meanwhile(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Loopback() as server:
        clones = asked_of_two(held, server, monkeypatch)
        clones.at("joe-desktop", monkeypatch)
        assert run("send", "rel", "--yes", *at(3)) == 0
        clones.at("mara-laptop", monkeypatch)
        assert run("release", "h2", "k-moss", "14", "--yes", *at(2)) == 0
        mailed(server)
        clones.meet("joe-desktop", "mara-laptop")
        assert cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0, capsys.readouterr()
        told = sorted((who, *events(mail)) for who, mail in mailed(server))
        assert ("k-moss", "CANCEL", [("SALT-h2-k-moss@pmkit", 2, "CANCELLED", "1114 1115")]) in told
        assert len(told) == 4 and run("send", "rel", "--yes", *at(3)) == 0 and not server.mails


def test_the_rest_of_a_batch_goes_though_a_hold_was_asked_anew_meanwhile(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        server.faults.append(Fault("RCPT", "4xx", 9, "o-finch@example.com"))
        assert run("send", "rel", "--yes", *at(3)) == 4
        mailed(server)
        server.faults.clear()
        write(held, h1=HOLD.replace("2025-11-12..2025-11-14", "2025-11-13..2025-11-14") + "revision: 2\n")
        assert run("answer", "rel", "q-stead", "yes", *at(3, 12)) == 0  # whatever somebody says to a release
        capsys.readouterr()
        assert cli.run(["outbox", "retry"]) == 0 and run("send", "rel", "--yes", *at(4)) == 0
        assert "content" not in capsys.readouterr().err
        assert [(who, events(mail)) for who, mail in mailed(server)] == [
            ("o-finch", ("CANCEL", [("SALT-h1-o-finch@pmkit", 1, "CANCELLED", "1110 1112 1113 1114")]))
        ]
        write(held, rel=RELEASE.replace("cut", "cut for good"))
        assert run("send", "rel", "--yes", *at(4)) == 0 and not server.mails
        assert "Kay Moss: the mail reads otherwise by now" in capsys.readouterr().err


def test_a_hold_that_waits_ends_by_another_request_as_well(held: Path, capsys: Captured) -> None:
    with Loopback(Fault("RCPT", "4xx", 9, "o-finch@example.com")) as server:
        mail_by(held, server)
        assert run("send", "h1", "--yes", *at(1)) == 4
        server.faults.clear()
        assert run("send", "rel", "--yes", *at(3)) == 0
        mailed(server)
        assert cli.run(["outbox", "retry"]) == 0 and cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0
        assert not server.mails and status("h1", "2025-11-03", capsys)["o-finch"].split().count("released") == 4


def test_dates_end_as_they_were_asked_for_not_as_the_file_has_them_by_now(held: Path) -> None:
    write(held, rel=RELEASE.replace("2025-11-10..2025-11-15", "2025-11-12..2025-11-13"))
    with Loopback() as server:
        ask(held, server)
        later = HOLD.replace("2025-11-10, 2025-11-12..2025-11-14", "2025-11-18..2025-11-19")
        write(held, h1=later + "revision: 2\n")  # nobody has that one yet
        assert run("send", "rel", "--yes", *at(3)) == 0
        told = {who: events(mail)[1] for who, mail in mailed(server)}
        assert told["o-finch"] == [("SALT-h1-o-finch@pmkit", 1, "TENTATIVE", "1110 1114")]
        assert run("send", "h1", "--yes", *at(4)) == 0
        told = {who: events(mail)[1] for who, mail in mailed(server)}
        assert told["o-finch"] == [("SALT-h1-o-finch@pmkit", 2, "TENTATIVE", "1118 1119")]


def test_an_artist_who_had_a_copy_of_the_hold_has_one_of_its_release(salt: Path) -> None:
    lena = "#: coordinator\nkind: hold\nask: [ana-ruiz]\ndates: [2025-11-12]\n"
    write(salt, a=lena.replace("2025-11-12", "2025-11-10"), b=lena + "copy: true\n")
    write(salt, off="#: coordinator\nkind: release\nask: [ana-ruiz]\n")
    with Loopback() as server:
        mail_by(salt, server)
        assert run("send", "a", "--yes", *at(1)) == 0 and run("send", "b", "--yes", *at(1)) == 0
        assert sorted(who for who, _ in mailed(server)) == ["ana-ruiz", "dana", "dana"]
        write(salt, b=lena)  # whether a copy went is for the log to say
        assert run("send", "off", "--yes", *at(3)) == 0
        sent = mailed(server)
        assert [(who, *events(mail)) for who, mail in sent] == [
            ("dana", "CANCEL", [("SALT-a-ana-ruiz@pmkit", 1, "CANCELLED", "1110")]),
            ("dana", "CANCEL", [("SALT-b-ana-ruiz@pmkit", 1, "CANCELLED", "1112")]),
            ("ana-ruiz", "CANCEL", [("SALT-b-ana-ruiz@pmkit", 1, "CANCELLED", "1112")]),
        ]
        assert run("send", "off", "--yes", *at(3)) == 0 and not server.mails


def test_what_is_decided_in_one_second_counts_in_the_order_it_was_decided(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        mail_by(held, server)
        for _ in range(4):
            assert run("answer", "h1", "k-moss", "yes", *at(2)) == 0
            assert run("confirm", "h1", "k-moss", "12", *at(2)) == 0
            assert status("h1", "2025-11-02", capsys)["k-moss"].split()[2] == "BOOKED"
            assert run("release", "h1", "k-moss", "12", *at(2)) == 0
            assert status("h1", "2025-11-02", capsys)["k-moss"].split()[2] == "released"
            assert run("answer", "h1", "o-finch", "no", *at(2)) == 0
            assert run("answer", "h1", "o-finch", "maybe", *at(2)) == 0
            assert status("h1", "2025-11-02", capsys)["o-finch"].split() == ["maybe"] * 4
        assert cli.run(["validate"]) == 0


def test_no_mail_goes_that_no_calendar_would_take(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        mail_by(held, server)
        write(held, h1=HOLD + "revision: 3\n")
        assert run("send", "h1", "--yes", *at(1)) == 0
        mailed(server)
        for text in (HOLD + "revision: 2\n", HOLD.replace("hold", "offer").replace("rank: 1\n", "") + "revision: 3\n"):
            write(held, h1=text)
            assert run("send", "h1", "--yes", *at(2)) == 3 and not server.mails
            said = capsys.readouterr().err
            assert "Orla Finch has revision 3 of h1, a hold" in said and "write revision: 4" in said
        write(held, h1=HOLD.replace("hold", "offer").replace("rank: 1\n", "") + "revision: 4\n")
        assert run("send", "h1", "--yes", *at(2)) == 0
        assert {events(mail)[1][0][1] for _, mail in mailed(server)} == {3}


def test_without_the_answers_nobody_is_released(held: Path, capsys: Captured) -> None:
    import shutil

    shutil.rmtree(held / "private")
    with Loopback() as server:
        mail_by(held, server)
        assert run("send", "rel", *at(3)) == 1
        assert run("send", "rel", "--yes", *at(3)) == 3 and not server.mails
    assert "what a release ends is kept in private/, which is not here [no-private]" in capsys.readouterr().err


def test_a_later_revision_tells_what_no_mail_told_and_nothing_again(held: Path, capsys: Captured) -> None:
    open_ = "#: coordinator\nkind: release\nask: [k-moss, o-finch]\n"
    write(held, rel=open_)
    with Loopback() as server:
        ask(held, server)
        server.faults.append(Fault("RCPT", "5xx", 1, "o-finch@example.com"))
        assert run("send", "rel", "--yes", *at(3)) == 4
        mailed(server)
        write(held, rel=open_ + "dates: [2025-11-20]\nrevision: 2\n")
        assert run("send", "rel", "--yes", *at(4)) == 0
        sent = mailed(server)
        assert [(who, mail["subject"], events(mail)[0]) for who, mail in sent] == [
            ("k-moss", "SALT: release, 20 November", ""),
            ("o-finch", "SALT: release, 10, 12–14, 20 November", "CANCEL"),
        ]
        capsys.readouterr()
        assert run("release", "h1", "o-finch", "--yes", *at(5)) == 0
        assert "has gone, or is on its way" in capsys.readouterr().out


def test_a_release_of_an_earlier_revision_that_waits_is_told(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        server.faults.append(Fault("RCPT", "4xx", 1, "o-finch@example.com"))
        assert run("send", "rel", "--yes", *at(3)) == 4
        mailed(server)
        write(held, rel=RELEASE.replace("2025-11-10..2025-11-15", "2025-11-20") + "revision: 2\n")
        assert cli.run(["outbox", "retry"]) == 0 and cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0
        assert [(who, events(mail)[0]) for who, mail in mailed(server)] == [("o-finch", "CANCEL")]


def test_a_release_books_nobody_and_is_no_question(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
        assert run("confirm", "rel", "q-stead", "12", *at(3)) == 3
        assert "rel is a release, and books nobody" in capsys.readouterr().err
        assert run("answer", "rel", "k-moss", "yes", *at(3)) == 0
        write(held, h1=HOLD + "revision: 2\n")
        assert run("send", "h1", "--yes", *at(4)) == 0
        write(held, rel=RELEASE + "revision: 2\n")
        mailed(server)
        assert run("send", "rel", "--yes", *at(5)) == 0
        assert {who: events(mail)[0] for who, mail in mailed(server)}["k-moss"] == "CANCEL"


def test_a_booked_date_that_is_asked_for_no_more_can_be_released_by_its_name(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        write(held, h1=HOLD.replace("2025-11-10, 2025-11-12..2025-11-14", "2025-11-18") + "revision: 2\n")
        assert run("release", "h1", "k-moss", "12 nov", "--yes", *at(3)) == 0
        ((who, mail),) = mailed(server)
        assert (who, mail["subject"]) == ("k-moss", "SALT: release, 12 November")


def test_a_rehearsal_shows_what_the_release_would_end(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        mail_by(held, server, "  redirect_all: me@example.com")
        assert run("send", "rel", "--yes", *at(3)) == 0
        told = [events(mail)[1][:1] for _, mail in mailed(server)]
    assert sorted(event[0] for row in told for event in row) == [
        "SALT-h1-k-moss@pmkit",
        "SALT-h1-o-finch@pmkit",
        "SALT-h2-k-moss@pmkit",
    ]


def test_a_reminder_that_waits_does_not_go_once_it_is_a_release(held: Path) -> None:
    write(held, h1=HOLD + "remind: [1 day before]\n")
    with Loopback() as server:
        ask(held, server)
        server.faults.append(Fault("RCPT", "4xx", 9))
        assert run("remind", "h1", "--yes", *at(3)) == 4
        server.faults.clear()
        write(held, h1=HOLD.replace("hold", "release"))
        assert cli.run(["outbox", "retry"]) == 0 and cli.run(["outbox", "send", "--yes", "--date", "2025-11-03"]) == 0
        assert not server.mails


def test_whoever_is_booked_for_other_dates_is_asked_for_those_of_a_new_revision(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        write(held, h1=HOLD.replace("2025-11-10, 2025-11-12..2025-11-14", "2025-11-18") + "revision: 2\n")
        assert run("send", "h1", "--yes", *at(3)) == 0
        told = {who: events(mail) for who, mail in mailed(server)}
    assert told["k-moss"][1][0] == ("SALT-h1-k-moss@pmkit", 2, "TENTATIVE", "1112 1118")


def test_who_was_held_as_two_things_is_released_as_neither_by_name(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
        plain = [str(mail.get_body(("plain",))) for who, mail in mailed(server) if who == "k-moss"]  # type: ignore[arg-type]
    assert "as 2nd Unit Grip" not in plain[0] and "as Driver" not in plain[0] and "as Driver" in plain[1]


@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html", "pdf", "xlsx"])
def test_what_somebody_writes_to_a_release_is_due_and_each_form_shows_the_rest(
    held: Path, tmp_path: Path, capsys: Captured, form: str
) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("send", "rel", "--yes", *at(3)) == 0
    (held / "private" / "answers" / "rel-k-moss-aaaaaaaaaa.yaml").write_text(
        "request: rel\nperson: k-moss\nat: 2025-11-03T18:00:00Z\nproposed: true\nhow: mail\nquote: The fee is 500\n"
    )
    out = tmp_path / "status"
    assert run("status", "rel", "--format", form, "-o", str(out), *at(4)) == 0
    if form in ("text", "json", "html"):
        assert "wrote: The fee is 500" in out.read_text()
    if form in ("csv", "md"):
        assert out.read_text().count("released") == 9
    assert cli.run(["send", "daily", "--date", "2025-11-04"]) == 0
    told = [path.read_text() for path in (held / "build").rglob("*.eml")]
    assert told and not [text for text in told if "fee is 500" in text]


def test_a_release_that_reached_nobody_and_asks_them_no_more_is_due_where_they_were_held(
    held: Path, capsys: Captured
) -> None:
    with Loopback() as server:
        ask(held, server)
        server.faults.append(Fault("RCPT", "5xx", 1, "o-finch@example.com"))
        assert run("send", "rel", "--yes", *at(3)) == 4
        mailed(server)
        capsys.readouterr()
        assert run("status", "h1", *at(3)) == 0 and "released and not told" not in capsys.readouterr().out
        write(held, rel=RELEASE.replace("k-moss, o-finch, ", "") + "revision: 2\n")
        assert run("status", "h1", *at(3)) == 0
        assert "released and not told: 10, 12–14 November" in " ".join(capsys.readouterr().out.split())
        assert run("release", "h1", "o-finch", "--yes", *at(4)) == 0
        assert [(who, events(mail)[0]) for who, mail in mailed(server)] == [("o-finch", "CANCEL")]
        capsys.readouterr()
        assert run("status", "h1", *at(4)) == 0 and "not told" not in capsys.readouterr().out


def test_a_run_that_was_stopped_while_it_wrote_down_what_ends_is_gone_on_with(held: Path) -> None:
    with Loopback() as server:
        ask(held, server)
        password = held.parent / "config" / "pmkit" / "smtp"
        password.rename(password.with_name("kept"))
        assert run("send", "rel", "--yes", *at(3)) == 3  # all is written down, and nothing sent
        password.with_name("kept").rename(password)
        before = released(held)
        assert len(before) == 3
        for lost in ("h2-k-moss", "h1-o-finch"):
            next(
                path for path in (held / "private" / "answers").glob(f"{lost}-*") if "ended_by" in path.read_text()
            ).unlink()
        assert run("confirm", "h1", "k-moss", "13", *at(4)) == 0  # decided since
        assert run("send", "rel", "--yes", *at(4, 11)) == 0
        sent = mailed(server)
        assert released(held) == before
        assert [(who, events(mail)[0]) for who, mail in sent if events(mail)[0]] == [
            ("k-moss", "CANCEL"), ("k-moss", "CANCEL"), ("o-finch", "CANCEL"),
        ]  # fmt: skip


def test_no_confirmation_that_waited_comes_after_the_release(held: Path, capsys: Captured) -> None:
    with Loopback() as server:
        ask(held, server)
        assert run("answer", "h1", "o-finch", "yes", *at(2)) == 0
        server.faults.append(Fault("RCPT", "4xx", 2, "o-finch@example.com"))
        assert run("confirm", "h1", "o-finch", "13", "--yes", *at(2)) == 4  # waits, and all of it ends
        assert run("send", "rel", *at(3)) == 0 and "waits" not in capsys.readouterr().err
        assert run("send", "rel", "--yes", *at(3)) == 4  # and so does the release
        mailed(server)
        assert run("confirm", "h1", "o-finch", "14", "--yes", *at(4)) == 0
        assert "A mail that says released, 14 November, still waits: pmkit outbox cancel" in capsys.readouterr().err
        assert cli.run(["outbox", "retry"]) == 0 and cli.run(["outbox", "send", "--yes", "--date", "2025-11-04"]) == 0
        assert [mail["subject"] for _, mail in mailed(server)] == [
            "SALT: confirmed, 14 November",
            "SALT: release, 10–15 November",
        ]


def test_two_clones_that_released_without_knowing_of_each_other_go_on_as_one(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Loopback() as server:
        clones = Clones(held, server, "")
        clones.at("mara-laptop", monkeypatch)
        assert run("send", "h1", "--yes", *at(1)) == 0
        clones.meet("mara-laptop", "joe-desktop")
        mailed(server)
        clones.at("joe-desktop", monkeypatch)
        assert run("send", "rel", "--yes", *at(3)) == 0
        first = [(who, events(mail)) for who, mail in mailed(server)]
        clones.at("mara-laptop", monkeypatch)
        assert run("send", "rel", "--yes", *at(3, 11)) == 0
        assert [(who, events(mail)) for who, mail in mailed(server)] == first
        clones.meet("mara-laptop", "joe-desktop")
        for name in ("mara-laptop", "joe-desktop"):
            root = clones.at(name, monkeypatch)
            capsys.readouterr()
            assert run("send", "rel", "--yes", *at(4)) == 0 and not server.mails
            assert "otherwise" not in capsys.readouterr().err and cli.run(["validate"]) == 0
        write(root, h1=HOLD + "revision: 2\n")
        assert run("send", "h1", "--yes", *at(4, 11)) == 0
        told = {who: events(mail)[1][0][1] for who, mail in mailed(server)}
    assert told["o-finch"] == 3 and told["j-bird"] == 1  # above all that either of them sent
