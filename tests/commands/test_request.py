"""`pmkit request send`: a dry run that leaves the machine in peace, and a real one that sends once."""

from __future__ import annotations

import email
import email.policy
import shutil
from pathlib import Path

import pytest

from pmkit import cli
from tests.conftest import SAMPLE
from tests.mail.loopback import PASSWORD, USER, Fault, Loopback

NAME = "grips-2nd-unit"
PEOPLE = ["o-finch", "k-moss", "j-bird", "q-stead"]


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample, and a home with the password in it."""
    root = tmp_path / "SALT"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build", ".pmkit", "mail"))
    config = tmp_path / "config" / "pmkit"
    config.mkdir(parents=True)
    (config / "config.yaml").write_text("SALT: {password_file: smtp}\n")
    (config / "config.yaml").chmod(0o600)
    (config / "smtp").write_text(PASSWORD + "\n")
    (config / "smtp").chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(root)
    return root


def mail_by(root: Path, server: Loopback, extra: str = "") -> None:
    """Points the production's mail at the loopback server, from this clone."""
    path = root / "production.yaml"
    text = path.read_text()
    begin, end = text.index("mail:\n"), text.index("# A check can be set aside")
    mail = (
        f"mail:\n  from: The Salt Road <{USER}>\n  host: 127.0.0.1\n  port: {server.port}\n  user: {USER}\n"
        f"  sender: mara-laptop\n{extra}\n"
    )
    path.write_text(text[:begin] + mail + text[end:])
    (root / ".pmkit").mkdir(exist_ok=True)
    (root / ".pmkit" / "clone.yaml").write_text("name: mara-laptop\n")


def run(*words: str) -> int:
    return cli.run(["request", "send", *words, "--date", "2025-10-31"])


def addresses(server: Loopback) -> list[str]:
    return [recipient.partition("@")[0] for recipient in server.recipients()]


def test_a_dry_run_shows_and_writes_the_mails_and_never_says_sent(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(NAME) == 0
    out = capsys.readouterr()
    assert "sent" not in (out.out + out.err).replace("request send", "")
    assert "4 people would get a mail" in out.out
    assert f"pmkit request send {NAME} --yes" in out.out
    folder = salt / "build" / "requests" / NAME
    assert sorted(path.stem for path in folder.iterdir()) == sorted(PEOPLE)
    everyone = {}
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert mail["from"] == "The Salt Road <production@salt.example.com>"
        assert len(mail["to"].addresses) == 1
        everyone[path.stem] = (mail["to"].addresses[0].addr_spec, path.read_bytes())
    for person, (_, data) in everyone.items():
        others = [address for other, (address, _) in everyone.items() if other != person]
        assert not any(address.encode() in data for address in others)
    assert not (salt / "mail").exists() and not (salt / ".pmkit").exists()


def test_two_dry_runs_give_the_same_bytes_and_what_no_longer_holds_is_taken_away(salt: Path) -> None:
    folder = salt / "build" / "requests" / NAME
    run(NAME)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "old.eml").write_bytes(b"x")
    run(NAME)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_elsewhere_with_o(salt: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.eml").write_bytes(b"x")
    assert run(NAME, "-o", str(tmp_path / "out")) == 0
    assert len(list((tmp_path / "out").iterdir())) == 5
    assert not (salt / "build").exists()


def test_what_is_past_is_shown_and_never_sent(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        late = ["request", "send", NAME, "--date", "2025-11-05"]
        assert cli.run(late) == 0
        assert "--yes" not in capsys.readouterr().out
        assert cli.run([*late, "--yes"]) == 3
        assert "nothing was sent: what is asked for is past" in capsys.readouterr().err
        assert server.mails == [] and not list((salt / "mail").glob("outbox/*.eml"))
        assert run(NAME, "--yes") == 0
        assert cli.run([*late, "--yes"]) == 0  # everybody has it: there is nothing to refuse
        assert len(server.mails) == 4


def test_sent_once_over_one_connection(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 0
        assert "4 sent." in capsys.readouterr().out
        assert addresses(server) == PEOPLE
        assert (server.count("EHLO"), server.count("AUTH")) == (1, 1)
        assert run(NAME, "--yes") == 0
        assert "Nothing left to send: 4 people have this mail already." in capsys.readouterr().out
        assert len(server.mails) == 4 and server.count("EHLO") == 1
        assert run(NAME) == 0
        out = capsys.readouterr().out
        assert out.count("has it") == 4 and "--yes" not in out
        rate = {who.partition("@")[0]: data for who, data in server.mails}
        assert all(b"Message-ID: <pmkit." in data for data in rate.values())
    logs = "".join(path.read_text() for path in (salt / "mail" / "log").iterdir())
    assert logs.count('"sent"') == 4
    assert "@" not in logs and PASSWORD not in logs


def test_partly_sent_is_4_and_the_next_run_goes_on(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = f"{PEOPLE[0]}@example"
    with Loopback(Fault("DOT", "drop"), Fault("RCPT", "5xx")) as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 4
        out = capsys.readouterr()
        assert "1 failed, 1 in doubt, 2 sent." in out.out
        assert "not sent again by itself" in out.err
        assert run(NAME, "--yes") == 4
        assert addresses(server).count(PEOPLE[1]) == 1
        assert not any(who.startswith(first) for who in server.recipients())


def test_a_server_out_of_reach_is_75_and_nothing_is_lost(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback(Fault("EHLO", "drop", 9)) as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 75
        out = capsys.readouterr()
        assert "4 queued." in out.out and "can not be reached" in out.err
        server.faults.clear()
        assert run(NAME, "--yes") == 0
        assert addresses(server) == PEOPLE


def test_a_wrong_password_is_3_and_never_shown(salt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config" / "pmkit" / "smtp").write_text("wrong-guess\n")
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 3
        out = capsys.readouterr()
        assert "refuses the password" in out.err
        assert "wrong-guess" not in out.out + out.err
        assert not any("wrong-guess" in path.read_text("latin-1") for path in salt.rglob("*") if path.is_file())


def test_a_request_changed_after_it_went_out_is_refused(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = salt / "requests" / f"{NAME}.yaml"
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 0
        path.write_text(path.read_text().replace("One prep day", "Two prep days"))
        assert run(NAME, "--yes") == 3
        out = capsys.readouterr()
        assert "was sent with another content" in out.err and "revision: 2" in out.err
        assert len(server.mails) == 4
        path.write_text(path.read_text() + "revision: 2\n")
        assert run(NAME, "--yes") == 0
        assert len(server.mails) == 8


def test_a_rehearsal_goes_to_one_address_and_marks_nothing(salt: Path) -> None:
    with Loopback() as server:
        mail_by(salt, server, "  redirect_all: me@example.com\n")
        assert run(NAME, "--yes") == 0
        assert set(server.recipients()) == {"me@example.com"} and len(server.mails) == 4
        subjects = [email.message_from_bytes(d, policy=email.policy.default)["subject"] for _, d in server.mails]
        assert subjects[0].startswith("[for o-finch@example.")
        mail_by(salt, server)
        assert run(NAME, "--yes") == 0
        assert addresses(server)[4:] == PEOPLE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("no private", "a rate that is not known"),
        ("no address", "nothing was sent, because of the errors"),
        ("no password", "no password for the mail of SALT"),
        ("no host", "names no server"),
        ("no mail", "the production has no mail yet"),
        ("unknown", "did you mean grips-2nd-unit"),
        ("configuration inside", "inside the production folder"),
    ],
)
def test_what_keeps_it_from_being_sent(
    salt: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: str,
    words: str,
) -> None:
    with Loopback() as server:
        mail_by(salt, server)
        production, name = salt / "production.yaml", NAME
        match change:
            case "other clone":
                (salt / ".pmkit" / "clone.yaml").write_text("name: joe\n")
            case "no private":
                shutil.rmtree(salt / "private")
            case "no address":
                for path in (salt / "crew.yaml", salt / "private" / "crew.yaml"):
                    if path.exists():
                        lines = path.read_text().split("\n")
                        path.write_text("\n".join(x if "o-finch" not in x else _without_email(x) for x in lines))
            case "no password":
                (tmp_path / "config" / "pmkit" / "config.yaml").unlink()
            case "no host":
                production.write_text(production.read_text().replace("  host: 127.0.0.1\n", ""))
            case "no mail":
                text = production.read_text()
                production.write_text(text[: text.index("mail:\n")])
            case "unknown":
                name = "grips-2nd"
            case "configuration inside":
                (salt / "pmkit").mkdir()
                (salt / "pmkit" / "config.yaml").write_text("SALT: {password_command: touch owned}\n")
                monkeypatch.setenv("XDG_CONFIG_HOME", str(salt))
        assert run(name, "--yes") == (2 if change == "unknown" else 3)
        assert words in capsys.readouterr().err
        assert server.mails == [] and server.count("AUTH") == 0
        assert not (salt / "owned").exists()


def _without_email(line: str) -> str:
    before, _, after = line.partition("email: ")
    return before + after.partition(", ")[2] if after else line


def test_without_private_the_preview_stands_and_says_what_is_missing(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(salt / "private")
    assert run(NAME) == 0
    out = capsys.readouterr()
    assert "private/, where the deals are, is not here" in out.err
    assert "--yes" not in out.out
    assert not any(b"USD" in path.read_bytes() for path in (salt / "build" / "requests" / NAME).iterdir())


@pytest.mark.parametrize("command", ["send", "status", "remind", "answer"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: enquiry\nask: [k-moss]\n", "requests/broken.yaml:1:7: error: enquiry is not one of availability, hold"),
        ("kind: offer\n<<<<<<< HEAD\nask: [k-moss]\n", "requests/broken.yaml:2:1: error: git left a merge conflict"),
    ],
)
def test_a_request_that_cannot_be_read_is_not_called_missing(
    salt: Path, capsys: pytest.CaptureFixture[str], command: str, text: str, told: str
) -> None:
    (salt / "requests" / "broken.yaml").write_text(text)
    assert cli.run(["request", command, "broken", *(["k-moss", "yes"] if command == "answer" else [])]) == 3
    err = capsys.readouterr().err
    assert told in err
    assert "requests/broken.yaml cannot be used as it stands" in err
    assert "there is no request" not in err


def test_a_request_under_another_ending_is_named(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (salt / "requests" / "night.yml").write_text("kind: custom\nask: [k-moss]\ntext: Late.\n")
    assert run("night") == 3
    assert "requests/night.yml is not read\n  hint: name it night.yaml" in capsys.readouterr().err


def test_an_id_that_is_none_is_told_where_nobody_is_left_to_get_a_mail(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (salt / "requests" / "named.yaml").write_text("kind: custom\nask: [Kit Moss]\ntext: Late.\n")
    assert run("named") == 1
    assert "requests/named.yaml:2:7: error: 'Kit Moss' is not an id" in capsys.readouterr().err


def test_dates_that_cannot_be_read_are_not_called_missing(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = salt / "requests" / f"{NAME}.yaml"
    path.write_text(path.read_text().replace("2025-11-10, 2025-11-12..2025-11-14", "2025-11-31"))
    assert run(NAME) == 1
    err = capsys.readouterr().err
    assert "2025-11-31 is not in the calendar" in err
    assert "no dates" not in err


def test_mail_settings_that_cannot_be_read_are_not_called_missing(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = salt / "production.yaml"
    path.write_text(path.read_text().replace("from: The Salt Road <production@salt.example.com>", "from: office"))
    assert run(NAME) == 3
    err = capsys.readouterr().err
    assert "'office' is not a sender" in err and "has no mail yet" not in err


def test_where_a_request_without_dates_stands_begins_with_when_its_answer_is_due(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["request", "status", "deal-memos", "--date", "2025-10-31"]) == 0
    assert "\nanswer by Fri 7 Nov 2025, 18:00\n" in capsys.readouterr().out


def test_nothing_goes_where_two_people_have_one_id(salt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = salt / "crew.yaml"
    path.write_text(path.read_text().replace("{id: j-bird,", "{id: k-moss,"))
    with Loopback() as server:
        mail_by(salt, server)
        assert run(NAME, "--yes") == 3
        assert cli.run(["send", "oneliner", "--to", "dept:grip", "--yes", "--date", "2025-10-31"]) == 3
        assert server.mails == []
    err = capsys.readouterr().err
    assert err.count("the id k-moss is taken already, crew.yaml:") == 2
    assert "nobody can tell who is meant; nothing was sent" in err


def test_a_word_of_our_own_waits_for_no_answer_unless_one_is_due(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (salt / "requests" / "pushed.yaml").write_text("kind: custom\nask: [k-moss, j-bird]\ntext: Call is pushed.\n")
    due = "kind: custom\nask: [k-moss, j-bird]\ntext: Diets?\nrespond_by: 2025-11-03 12:00\n"
    (salt / "requests" / "diets.yaml").write_text(due)
    for name, waiting in (("pushed", 0), ("diets", 2)):
        assert cli.run(["request", "status", name, "--date", "2025-10-31"]) == 0
        assert f"0 of 2 answered, {waiting} waited for" in capsys.readouterr().out


def test_a_rate_for_a_request_that_is_not_there_names_the_file_it_wants(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (salt / "private" / "requests" / "ghost.yaml").write_text("rate: 450/day\n")
    assert run("ghost") == 3
    assert "it adds to requests/ghost.yaml: write that, or rename this file" in capsys.readouterr().err
