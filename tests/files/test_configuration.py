"""The password comes from the user's own configuration alone, and is never shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pmkit.files import configuration
from pmkit.files.configuration import Account
from pmkit.problems import Stop

SECRET = "corr3ct-h0rse"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "SALT").mkdir()
    return tmp_path / "home"


def account(home: Path, text: str, code: str = "SALT") -> Account | None:
    config = home / "config.yaml"
    config.write_text(text)
    config.chmod(0o644)
    return configuration.account(config, code, home.parent / "SALT")


def password(home: Path, text: str, host: str = "smtp.example.com", user: str = "me@example.com") -> str:
    return configuration.password(home / "config.yaml", account(home, text), "SALT", host, user)


def test_from_a_program_or_a_private_file(home: Path) -> None:
    program = f"'{sys.executable}' -c 'print(\"{SECRET}\"); print(\"user: x\")'"
    assert password(home, f'SALT: {{password_command: "{program.replace(chr(34), chr(92) + chr(34))}"}}\n') == SECRET
    (home / "pw").write_text(SECRET + "\r\nmore\n")
    (home / "pw").chmod(0o600)
    assert password(home, "SALT: {password_file: pw}\n") == SECRET
    assert password(home, f"SALT:\n  password_file: {home / 'pw'}\n  host: SMTP.example.com\n") == SECRET
    found = account(home, "SALT: {secret_file: pw}\n")
    assert configuration.secret(home / "config.yaml", found) == (SECRET + "\r\nmore\n").encode()


def test_the_program_runs_without_a_shell_away_from_the_production_and_asks_nothing(home: Path) -> None:
    script = home / "show.py"
    script.write_text("import os, sys\nprint(os.getcwd() + '|' + sys.argv[1] + '|' + sys.stdin.read())\n")
    found = password(home, f"SALT: {{password_command: {sys.executable} show.py $HOME;id}}\n")
    assert found == f"{home}|$HOME;id|"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no password for the mail of SALT"),
        ("OTHER: {password_file: pw}\n", "no password for the mail of SALT"),
        ("SALT: {secret_file: pw}\n", "no password for the mail of SALT"),
        ("SALT: {password: corr3ct-h0rse}\n", "config.yaml:1:8"),
        ("SALT: {passwrd_file: pw}\n", "config.yaml:1:8"),
        ("SALT: [a\n", "config.yaml"),
        ("SALT: {password_file: missing}\n", "missing can not be read"),
        ("SALT: {password_file: open}\n", "others may read"),
        ("SALT: {password_file: empty}\n", "gives no password"),
        ("SALT: {password_command: no-such-program-here x}\n", "can not be run"),
        (f"SALT: {{password_command: {sys.executable} -c 'print()'}}\n", "gives no password"),
        (f"SALT: {{password_command: \"{sys.executable} -c 'exit(3)'\"}}\n", r"failed \(3\)"),
        ('SALT: {password_command: "pass \'x"}\n', "not a command"),
        ("SALT: {password_file: pw, host: mail.example.org}\n", "server is smtp.example.com, yours"),
        ("SALT: {password_file: pw, user: joe@example.com}\n", "user is me@example.com, yours"),
    ],
)
def test_what_is_wrong_is_told_without_the_password(home: Path, text: str, words: str) -> None:
    for name, mode, content in (("pw", 0o600, SECRET), ("open", 0o644, SECRET), ("empty", 0o600, "")):
        (home / name).write_text(content)
        (home / name).chmod(mode)
    with pytest.raises(Stop, match=words) as caught:
        password(home, text)
    assert SECRET not in caught.value.message + caught.value.hint
    assert caught.value.exit_code == 3


def test_a_configuration_inside_the_production_is_refused(home: Path) -> None:
    root = home.parent / "SALT"
    (root / "config.yaml").write_text("SALT: {password_command: id}\n")
    with pytest.raises(Stop, match="inside the production folder"):
        configuration.account(root / "config.yaml", "SALT", root)
    (home / "config.yaml").symlink_to(root / "config.yaml")
    with pytest.raises(Stop, match="inside the production folder"):
        configuration.account(home / "config.yaml", "SALT", root)


def test_a_configuration_that_others_may_change_is_refused(home: Path) -> None:
    config = home / "config.yaml"
    config.write_text("SALT: {password_command: id}\n")
    config.chmod(0o666)
    with pytest.raises(Stop, match="others may change"):
        configuration.account(config, "SALT", home.parent / "SALT")


def test_no_configuration_is_no_account(home: Path) -> None:
    assert configuration.account(home / "nothing.yaml", "SALT", home.parent / "SALT") is None
