"""A password planted in every place it can come from: it goes to the server, and nowhere else."""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.mail import archive
from tests.commands.test_request import NAME, mail_by, salt
from tests.conftest import ROOT
from tests.mail.loopback import PASSWORD, USER, Fault, Loopback

__all__ = ["salt"]
FORMS = [
    form.encode()
    for form in (
        PASSWORD,
        base64.b64encode(PASSWORD.encode()).decode(),
        base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode(),
        base64.b64encode(f"user={USER}\1auth=Bearer {PASSWORD}\1\1".encode()).decode(),
    )
]
PLACES = {
    "file": "{password_file: smtp}",
    "output of a command": "{password_command: cat smtp}",
    "environment": "{password_command: printenv SALT_SMTP}",
    "keyring": "{keyring: salt-smtp}",
    "token": "{password_file: smtp, auth: xoauth2}",
}
KEYRING = f"""
def get_password(service, user):
    return {PASSWORD!r} if (service, user) == ("salt-smtp", {USER!r}) else None
"""


class Watched(Loopback):
    """A server that looks at every process this test began, and at theirs, while somebody logs in to it."""

    def __init__(self, *faults: Fault, home: str) -> None:
        super().__init__(*faults)
        self.home = home.encode()
        self.seen: list[str] = []
        self.looked = 0
        self.processes: set[str] = set()

    def fault_at(self, stage: str, recipient: str = "") -> str:
        if stage in ("AUTH", "MAIL"):
            self.looked += 1
            for process in _begun_here():
                try:
                    line, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
                except OSError:
                    continue
                self.processes.add(process.name)
                if _holds(line):
                    self.seen.append(f"{process.name}: {line!r}")
                if self.home and self.home in environment and _holds(environment):
                    self.seen.append(f"{process.name} has it in its environment")
        return super().fault_at(stage, recipient)


def _begun_here() -> list[Path]:
    """This process and all that descend from it: others on the machine may be tests with the same password."""
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            parents[process.name] = (process / "stat").read_text().rpartition(")")[2].split()[1]
    found = {str(os.getpid())}
    while more := {name for name, parent in parents.items() if parent in found} - found:
        found |= more
    return [Path("/proc", name) for name in sorted(found)]


def planted(salt: Path, place: str) -> Path:
    """The user's configuration with the password in that place, and nowhere in the folder; where it lies."""
    config = salt.parent / "config" / "pmkit"
    (config / "config.yaml").write_text(f"SALT: {PLACES[place]}\n")
    if "smtp}" not in PLACES[place] and "password_file" not in PLACES[place]:
        (config / "smtp").unlink()
    if place == "keyring":
        (salt.parent / "library").mkdir()
        (salt.parent / "library" / "keyring.py").write_text(KEYRING)
    return config


def pmkit(salt: Path, *words: str, place: str = "") -> tuple[int, bytes]:
    """A command in a process of its own; its exit code and all it said."""
    path = os.pathsep.join([str(ROOT), str(salt.parent / "library")])
    environment = {**os.environ, "PYTHONPATH": path}
    if place == "environment":
        environment["SALT_SMTP"] = PASSWORD
    done = subprocess.run(
        [sys.executable, "-m", "pmkit", *words], cwd=salt, env=environment, capture_output=True, stdin=subprocess.DEVNULL,
        timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def shown(salt: Path, *said: bytes) -> list[str]:
    """Where the password can be read: in the production's folder, or in what was said."""
    found = [str(p.relative_to(salt)) for p in salt.rglob("*") if p.is_file() and _holds(p.read_bytes())]
    return found + ["what was said" for one in said if _holds(one)]


def _holds(data: bytes) -> bool:
    return any(form in data for form in FORMS)


@pytest.mark.parametrize("place", PLACES)
def test_the_password_goes_to_the_server_and_nowhere_else(salt: Path, place: str) -> None:
    planted(salt, place)
    echo = f"550 5.7.0 {PASSWORD} is {FORMS[1].decode()}, {FORMS[2].decode()}, {FORMS[3].decode()}"
    with Watched(
        Fault("RCPT", echo), Fault("DOT", echo), home="" if place == "environment" else str(salt.parent)
    ) as server:
        server.token = PASSWORD
        mail_by(salt, server)
        send = ("request", "send", NAME, "--date", "2025-10-31")
        code, said = pmkit(salt, *send, "--yes", place=place)
        assert code == 4, said
        assert len(server.mails) == 2 and server.count("AUTH") == 1
        assert server.looked >= 5 and server.seen == []
        assert len(server.processes) >= 2  # this one, and the command it began
        listed = pmkit(salt, "outbox", "list", "--json", "--all")[1]
        assert b"550 5.7.0" in listed
        assert shown(salt, said, listed) == []


@pytest.mark.parametrize("place", ["file", "token"])
def test_nor_when_the_server_refuses_it_and_says_it_aloud(salt: Path, place: str) -> None:
    planted(salt, place)
    echo = f"535 5.7.8 {PASSWORD}: {' '.join(form.decode() for form in FORMS)}"
    with Watched(Fault("AUTH", echo, 3), home="" if place == "environment" else str(salt.parent)) as server:
        mail_by(salt, server)
        code, said = pmkit(salt, "request", "send", NAME, "--date", "2025-10-31", "--yes", place=place)
        assert code == 3, said
        assert b"refuses the " in said
        assert shown(salt, said) == []
        assert server.seen == []


def test_nor_in_the_log_of_a_fault_of_our_own(
    salt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    planted(salt, "file")
    with Loopback() as server:
        mail_by(salt, server)
        monkeypatch.setattr(archive, "tidy", broken)
        assert cli.run(["request", "send", NAME, "--date", "2025-10-31", "--yes"]) == cli.BUG
    said = capsys.readouterr()
    log = Path(said.err.strip().rpartition(" ")[2])
    assert b"ZeroDivisionError" in log.read_bytes()
    assert shown(salt, (said.out + said.err).encode(), log.read_bytes()) == []
    log.unlink()


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("{keyring: salt-smtp}", b"the keyring library is not installed"),
        ("{password_command: 'false'}", b"password_command false failed"),
        ("{password_command: no-such-program --x}", b"password_command no-such-program can not be run"),
        ("{password_command: sh -c 'read x < /dev/tty || echo'}", b"gives no password"),
        ("{password_file: nowhere}", b"nowhere can not be read"),
        ("{password_file: smtp, auth: token}", b"auth"),
        ("{password_file: smtp, host: smtp.example.com}", b"no password is sent there"),
    ],
)
def test_without_a_password_nobody_is_asked_and_nothing_goes(
    salt: Path, capsys: pytest.CaptureFixture[str], account: str, words: bytes
) -> None:
    (salt.parent / "config" / "pmkit" / "config.yaml").write_text(f"SALT: {account}\n")
    with Loopback() as server:
        mail_by(salt, server)
        code = cli.run(["request", "send", NAME, "--date", "2025-10-31", "--yes"])
        said = capsys.readouterr().err.encode()
        assert (code, server.mails, server.count("AUTH")) == (3, [], 0)
        assert words in said and shown(salt, said) == []


def test_it_goes_to_the_server_that_took_it_first_until_the_user_says_so(
    salt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["send", "oneliner", "--date", "2025-10-30", "--yes", "--to"]
    config = salt.parent / "config" / "pmkit"
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run([*words, "jun-ito"]) == 0
        assert PASSWORD not in (config / "servers.json").read_text()
        path = salt / "production.yaml"  # what somebody else might have pushed
        path.write_text(path.read_text().replace("host: 127.0.0.1", "host: localhost"))
        logins = server.count("AUTH")
        assert cli.run([*words, "ana-k"]) == 3
        said = capsys.readouterr().err
        assert "has gone to 127.0.0.1 so far, and the production names localhost now: it is not sent there" in said
        assert (server.count("AUTH"), len(server.mails)) == (logins, 1)
        (config / "config.yaml").write_text("SALT: {password_file: smtp, host: localhost}\n")
        assert cli.run([*words, "ana-k"]) == 0
        assert len(server.mails) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "SALT: {}",
        "SALT: {{password: {}}}",
        "SALT: {{auth: {}}}",
        "SALT: {{inbox: {{port: {}}}}}",
        "SALT: {{inbox: {}}}",
        "SALT: [{}]",
        "SALT: {{password_file: {}",
        "{}",
        "SALT: {{password_file: {} smtp: x}}",
    ],
)
def test_a_password_typed_into_the_configuration_is_not_told_in_the_error_about_it(
    salt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    (tmp_path / "config/pmkit/config.yaml").write_text(typed.format(PASSWORD) + "\n")
    with Loopback() as server:
        mail_by(salt, server)
        assert cli.run(["request", "send", NAME, "--yes", "--date", "2025-10-31"]) == 3
    told = capsys.readouterr()
    assert "config.yaml:" in told.err
    assert PASSWORD not in told.out + told.err
