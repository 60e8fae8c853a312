"""The user's own configuration: what belongs to a person and a machine, never to a production.

`config.yaml` in the user's configuration folder, by the production's code:

    SALT: {password_command: pass show salt/smtp, secret_file: salt.key}
    DUNE: {password_command: mail-token dune, auth: xoauth2}

A production folder may come from anybody, so nothing in it can name a program to run or a
password to send; only this file can, and it must not lie inside a production. The mailbox that
answers come to stands here too, for the same reason:

    SALT: {password_file: smtp, secret_file: salt.key, inbox: {host: imap.example.com, authserv: mx.example.com}}
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pmkit import disk
from pmkit.files import dialect
from pmkit.model import kinds as k
from pmkit.model.record import LeftOut, Reader, Record, field
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Problem, Stop

_SECONDS: Final = 60
_LARGEST: Final = 64 * 1024
_SERVERS: Final = "servers.json"
_HIDDEN: Final = "•••"


class InboxAccount(Record):
    """The mailbox that answers come to, over IMAP; port 993 unless said. What is not said of the user and
    the password is as for sending.

    `authserv` is the id by which the mail server signs its Authentication-Results: with it only senders
    that the server vouches for are believed.
    """

    host: str = field(k.text, "public")
    port: int = field(k.integer, "public", default=993)
    user: str = field(k.text, "public", default="")
    folder: str = field(k.text, "public", default="INBOX")
    authserv: str = field(k.text, "public", default="")
    password_command: str = field(k.text, "public", default="")
    password_file: str = field(k.text, "public", default="")
    keyring: str = field(k.text, "public", default="")
    auth: str = field(k.OneOf("password", "xoauth2"), "public", default="password")


class Account(Record):
    """The user's way into the mail of one production.

    The password comes from a program's first line (`password_command`), from a file that only the
    user can read (`password_file`), or from the system's keyring, under that service (`keyring`).
    With `auth: xoauth2` it is a token instead. With `host` or `user` given here, a production that
    names another is refused: the password then goes nowhere else. Without `host` it goes to the server
    that took it the first time, and to no other. `secret_file` is the secret of
    the answer tokens. `inbox` is where the answers come in.
    """

    password_command: str = field(k.text, "public", default="")
    password_file: str = field(k.text, "public", default="")
    keyring: str = field(k.text, "public", default="", note="the service the system's keyring knows it by")
    auth: str = field(k.OneOf("password", "xoauth2"), "public", default="password")
    secret_file: str = field(k.text, "public", default="")
    host: str = field(k.text, "public", default="")
    user: str = field(k.text, "public", default="")
    inbox: InboxAccount | None = field(k.Of(InboxAccount), "public", default=None)


_ACCOUNTS = k.MappingOf(k.text, k.Of(Account))


def account(config: Path, code: str, root: Path) -> Account | None:
    """What the configuration file says of a production; nothing when it has no such entry.

    Raises `Stop` when the file lies inside the production folder, can not be read or is wrong.
    """
    real = config.resolve()
    if real.is_relative_to(root.resolve()):
        raise Stop(
            f"the configuration {config} lies inside the production folder, and is not used",
            "keep it in your own configuration folder: what everybody may change must not name a program to run",
        )
    try:
        data = real.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Stop(f"{config} can not be read: {error.strerror}", "look at the file's permissions") from error
    if hasattr(os, "getuid") and real.stat().st_mode & 0o022:
        raise Stop(f"others may change {config}", f"take that away: chmod go-w {shlex.quote(str(config))}")
    tree, problems = dialect.read(data, str(config))
    reader = Reader()
    accounts = _ACCOUNTS.read(tree, reader) if tree is not None else {}
    wrong = [problem for problem in [*problems, *reader.problems] if problem.severity == "error"]
    if wrong or isinstance(accounts, LeftOut):
        raise _wrong(wrong, tree, data)
    found = accounts.get(code)
    return found if isinstance(found, Account) else None


def password(config: Path, found: Account | None, code: str, host: str, user: str) -> str:
    """The password of the production's mail account. Raises `Stop`; its words never hold the password.

    It is never asked for at the prompt: what runs by night would wait for ever.
    """
    if found is None or not (found.password_command or found.password_file or found.keyring):
        raise Stop(
            f"no password for the mail of {code}",
            f"write into {config}: {code}: {{password_command: pass show {code.lower()}/smtp}}"
            " (or password_file: a file with mode 0600, or keyring: a service)",
        )
    for name, ours, theirs in (("server", found.host, host), ("user", found.user, user)):
        if ours and ours.casefold() != theirs.casefold():
            raise Stop(
                f"the production's mail {name} is {theirs}, yours for {code} is {ours}: no password is sent there",
                f"if the change is meant, change it in {config} too",
            )
    before = "" if found.host else _servers(config).get(code, "")
    if before and before.casefold() != host.casefold():
        raise Stop(
            f"the password of {code} has gone to {before} so far, and the production names {host} now: it is not sent there",
            f"if the change is meant, write host: {host} under {code} in {config}",
        )
    return _given(config, found, user)


def remember(config: Path, code: str, host: str) -> None:
    """Keeps which server took the password, beside the configuration: a pulled folder cannot send it to another."""
    known = _servers(config)
    if code not in known:
        with suppress(Stop, OSError):  # a configuration that cannot be written to remembers nothing
            told = json.dumps({**known, code: host}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            disk.write(config.parent / _SERVERS, told.encode(), private=True)


def _servers(config: Path) -> dict[str, str]:
    try:
        told = json.loads((config.parent / _SERVERS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: host for key, host in told.items() if isinstance(host, str)} if isinstance(told, dict) else {}


def inbox_password(config: Path, found: Account, code: str, user: str) -> str:
    """The password of the mailbox that answers come to: its own, else that of sending. Raises `Stop`."""
    inbox = found.inbox
    for one in (inbox, found):
        if one is not None and (one.password_command or one.password_file or one.keyring):
            return _given(config, one, user)
    raise Stop(
        f"no password for the mailbox of {code}",
        f"write into {config}, under {code}: inbox: {{host: …, password_file: a file with mode 0600}}",
    )


def _given(config: Path, found: Account | InboxAccount, user: str) -> str:
    if found.password_file:
        return _from_file(config.parent / Path(found.password_file).expanduser())
    if found.keyring:
        return _from_keyring(found.keyring, user)
    return _from_program(found.password_command, config.parent)


def secret(config: Path, found: Account | None) -> bytes | None:
    """The secret of the answer tokens, if the configuration names one."""
    if found is None or not found.secret_file:
        return None
    return _private(config.parent / Path(found.secret_file).expanduser())


def _from_file(path: Path) -> str:
    return _first_line(_private(path), str(path))


def _private(path: Path) -> bytes:
    """The bytes of a file that nobody but its owner can read."""
    try:
        mode = path.stat().st_mode
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise Stop(f"{path} can not be read: {error.strerror}", "your configuration names it") from error
    if hasattr(os, "getuid") and mode & 0o077:
        raise Stop(f"others may read {path}", f"take that away: chmod 600 {shlex.quote(str(path))}")
    return data


def _from_program(command: str, folder: Path) -> str:
    """The first line a program prints; it runs without a shell, and not in the production folder."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Stop("password_command is not a command", "write it as you would type it: pass show salt/smtp")
    try:
        done = subprocess.run(
            words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Stop(f"password_command {words[0]} gave no answer within {_SECONDS} seconds", exit_code=75) from None
    except OSError as error:
        raise Stop(f"password_command {words[0]} can not be run: {error.strerror}") from None
    if done.returncode:
        hint = "run it by hand to see what it wants; it may have to unlock something first"
        raise Stop(f"password_command {words[0]} failed ({done.returncode})", hint)
    return _first_line(done.stdout, f"password_command {words[0]}")


def _from_keyring(service: str, user: str) -> str:
    """What the system's keyring keeps for a service and user. Needs the keyring library, which pmkit does not bring."""
    try:
        library: Any = importlib.import_module("keyring")
    except ImportError:
        hint = "install it beside pmkit (pip install keyring), or use password_command or password_file"
        raise Stop("your configuration names a keyring, and the keyring library is not installed", hint) from None
    try:
        found = library.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - each system's keyring has errors of its own; their words may tell too much
        hint = "it may be locked, or there is none where nobody is logged in: use password_file for what runs by night"
        raise Stop(f"the keyring gives nothing ({type(error).__name__})", hint) from None
    if not found:
        hint = f"put it there: keyring set {shlex.quote(service)} {shlex.quote(user)}"
        raise Stop(f"the keyring knows no password of {user} for {service}", hint)
    return _first_line(str(found).encode("utf-8", "replace"), "the keyring")


def _first_line(data: bytes, source: str) -> str:
    line = data.split(b"\n", 1)[0].rstrip(b"\r")
    try:
        found = line.decode()
    except UnicodeDecodeError:
        found = ""
    if not found or not found.isprintable():
        raise Stop(f"{source} gives no password", "the password alone must stand on the first line")
    return found


def _wrong(problems: list[Problem], tree: Node | None, data: bytes) -> Stop:
    """What is wrong with the file, without what somebody typed into it: that may be the password itself."""
    if not problems:
        return Stop("your configuration of pmkit can not be read")
    first = problems[0]
    typed = _values(tree) if tree is not None else re.findall(r"[^\s\[\]{}:,\"'#]{4,}", data.decode("utf-8", "replace"))
    message, hint = first.message, first.hint
    for text in sorted({*typed} - {*Account.fields, *InboxAccount.fields}, key=len, reverse=True):
        # a long text is quoted by its beginning
        for part in (text, text[:60], text[:40], text[:20]):
            if len(part) > 2:
                whole = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
                message, hint = whole.sub(_HIDDEN, message), whole.sub(_HIDDEN, hint)
    return Stop(f"{first.place}: {message}", hint)


def _values(node: Node) -> Iterator[str]:
    """Every value in a tree, and no key."""
    if isinstance(node, Mapping):
        for child in node.values.values():
            yield from _values(child)
    elif isinstance(node, Sequence):
        for child in node.items:
            yield from _values(child)
    elif isinstance(node, Scalar) and node.text:
        yield node.text
