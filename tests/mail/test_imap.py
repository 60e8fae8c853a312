"""A mailbox on a real server: read and left exactly as it was. Needs dovecot; the rest of the inbox is tested on a Maildir."""

from __future__ import annotations

import imaplib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmkit import cli
from pmkit.mail import inbox
from pmkit.mail.imap import Mailbox, Reader, Seen
from pmkit.problems import Stop
from tests.commands.test_inbox import asked as asked, proposals, shop_of  # the fixture
from tests.commands.test_request import salt as salt  # the fixture it needs

USER, PASSWORD = "pm@example.com", "imap-pw-4711"
PEM = Path(__file__).parent / "loopback.pem"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Dovecot on two ports of this machine: in clear, and with TLS under a certificate nobody trusts."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("not installed: dovecot")
    home = Path("/tmp") / f"pmkit-imap-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    ports = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(free.getsockname()[1])
    (home / "mail").mkdir(parents=True)
    home.chmod(0o755)
    (home / "mail").chmod(0o777)
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    shutil.copy(PEM, home / "tls.pem")
    (home / "dovecot.conf").write_text(
        f"""base_dir={home}/run
state_dir={home}/state
log_path={home}/log
protocols=imap
listen=127.0.0.1
ssl=yes
ssl_cert=<{home}/tls.pem
ssl_key=<{home}/tls.pem
disable_plaintext_auth=no
auth_mechanisms=plain xoauth2
auth_failure_delay=0
default_internal_user=nobody
default_internal_group=nogroup
default_login_user=nobody
mail_location=maildir:{home}/mail/%u
mail_uid=nobody
mail_gid=nogroup
first_valid_uid=1
passdb {{
  driver=passwd-file
  args=scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver=static
  args=uid=nobody gid=nogroup home={home}/mail/%u
}}
service imap-login {{
  chroot=
  inet_listener imap {{
    port={ports[0]}
  }}
  inet_listener imaps {{
    port={ports[1]}
    ssl=yes
  }}
}}
service anvil {{
  chroot=
}}
service stats {{
  chroot=
}}
namespace inbox {{
  inbox=yes
}}
"""
    )
    running = subprocess.Popen([program, "-F", "-c", str(home / "dovecot.conf")], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if running.poll() is not None:
                pytest.skip(f"not installed: dovecot does not start here: {(home / 'log').read_text()[-300:]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", ports[0])) == 0:
                    break
            time.sleep(0.1)
        yield ports[0], ports[1]
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def put(port: int, *mails: bytes) -> None:
    with imaplib.IMAP4("127.0.0.1", port) as imap:
        imap.login(USER, PASSWORD)
        for mail in mails:
            assert imap.append("INBOX", "", None, mail.replace(b"\n", b"\r\n"))[0] == "OK"  # type: ignore[arg-type]


def state(port: int) -> list[bytes]:
    with imaplib.IMAP4("127.0.0.1", port) as imap:
        imap.login(USER, PASSWORD)
        imap.select("INBOX", readonly=True)
        return [bytes(one) for one in imap.uid("FETCH", "1:*", "(FLAGS RFC822.SIZE)")[1] if one]


@pytest.mark.soak
def test_a_mailbox_is_fetched_once_and_left_as_it_was(
    server: tuple[int, int], asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config" / "pmkit"
    text = (config / "config.yaml").read_text()
    mailbox = f", inbox: {{host: 127.0.0.1, port: {server[0]}, user: {USER}, password_file: imap}}}}"
    (config / "config.yaml").write_text(text.replace("}", mailbox))
    (config / "imap").write_text(PASSWORD)
    (config / "imap").chmod(0o600)
    moss, finch = shop_of(asked), shop_of(asked, "o-finch")
    put(server[0], moss.link("YES", "yes, all dates\n"), moss.mail("Not yet"), moss.mail("x" * 1_100_000))
    before = state(server[0])
    assert cli.run(["inbox", "fetch"]) == 0
    assert state(server[0]) == before and b"\\Seen" not in b"".join(before)
    assert sorted(one["reads"] for one in proposals(asked)) == ["", "", "yes 10 nov, 12 nov, 13 nov, 14 nov"]
    assert cli.run(["inbox", "fetch"]) == 0
    assert "No new mail" in capsys.readouterr().out
    put(server[0], finch.link("NO", "no, all dates\n"))
    assert cli.run(["inbox", "fetch"]) == 0
    assert len(proposals(asked)) == 4
    # Without what this clone remembers, the mails are known by their keys.
    (asked / ".pmkit" / "inbox.json").unlink()
    assert cli.run(["inbox", "fetch"]) == 0
    assert len(inbox.read(asked)[0]) == 4
    said = capsys.readouterr()
    files = b"".join(path.read_bytes() for path in asked.rglob("*") if path.is_file())
    assert PASSWORD not in said.out + said.err and PASSWORD.encode() not in files


@pytest.mark.soak
def test_what_is_wrong_is_told_in_words(server: tuple[int, int]) -> None:
    plain = Mailbox("127.0.0.1", server[0], USER)
    with pytest.raises(Stop, match="refuses the password") as told, Reader(plain, "wrong-password"):
        pass
    assert "wrong-password" not in str(told.value) and told.value.exit_code == 3
    with pytest.raises(Stop, match="has no folder Nowhere"), Reader(plain._replace(folder="Nowhere"), PASSWORD):
        pass
    with Reader(plain, PASSWORD) as reader:
        assert list(reader.items(Seen(), None)) == [] and reader.validity > 0


@pytest.mark.soak
def test_a_token_is_taken_and_a_wrong_one_is_told(server: tuple[int, int]) -> None:
    where = Mailbox("127.0.0.1", server[0], USER, auth="xoauth2")
    with Reader(where, PASSWORD) as reader:  # this server takes the word as a token too
        assert list(reader.items(Seen(), None)) == [] and reader.validity > 0
    with pytest.raises(Stop, match="refuses the token of pm") as told, Reader(where, "ya29.wrong-token"):
        pass
    assert told.value.exit_code == 3 and "wrong-token" not in str(told.value)


@pytest.mark.soak
@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_tls_is_spoken_where_the_certificate_is_trusted_and_nowhere_else(
    server: tuple[int, int], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("pmkit.mail.imap.is_tls", lambda port: how == "tls")
    monkeypatch.setattr("pmkit.mail.imap.is_loopback", lambda host: False)  # as on a server far away
    where = Mailbox("localhost", server[how == "tls"], USER)
    for trusted, host in ((False, "localhost"), (True, "127.0.0.1")):  # made by a stranger; for another name
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
        with pytest.raises(Stop, match="not to be trusted") as told, Reader(where._replace(host=host), PASSWORD):
            pass
        assert told.value.exit_code == 75 and "no password was sent" in told.value.hint
    for auth in ("password", "xoauth2"):
        with Reader(where._replace(auth=auth), PASSWORD) as reader:
            assert isinstance(reader._imap.sock, ssl.SSLSocket) and list(reader.items(Seen(), None)) == []
    log = (Path("/tmp") / f"pmkit-imap-{os.getpid()}" / "log").read_text()
    assert log.count("Login: user=<pm@example.com>") == 2 == log.count(", TLS, session=")


@pytest.mark.soak
def test_a_server_without_tls_gets_no_password(server: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmkit.mail.imap.is_loopback", lambda host: False)
    monkeypatch.setattr(imaplib.IMAP4, "_get_capabilities", lambda self: setattr(self, "capabilities", ("IMAP4REV1",)))
    with pytest.raises(Stop, match="offers no TLS"), Reader(Mailbox("localhost", server[0], USER), PASSWORD):
        pass
    assert "Login" not in (Path("/tmp") / f"pmkit-imap-{os.getpid()}" / "log").read_text()


def test_in_clear_to_this_machine_alone_and_nobody_home_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Stop, match="can not be reached") as told, Reader(Mailbox("127.0.0.1", port, USER), PASSWORD):
        pass
    assert told.value.exit_code == 75
    with pytest.raises(Stop, match="missing or not in plain letters"):
        Reader(Mailbox("127.0.0.1", port, USER), "")


@pytest.mark.parametrize("greeting", [b"", b"220 smtp here\r\n", b"* BYE too many\r\n", b"\xff" * 5000])
def test_a_server_that_is_none_is_told(greeting: bytes) -> None:
    import threading

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            connection, _ = listening.accept()
            connection.sendall(greeting)
            connection.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        where = Mailbox("127.0.0.1", listening.getsockname()[1], USER)
        with pytest.raises(Stop) as told, Reader(where, PASSWORD, timeout=5):
            pass
        thread.join(5)
    assert told.value.exit_code == 75 and PASSWORD not in str(told.value)
