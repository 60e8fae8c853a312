"""How the production sends its mail: `mail:` of production.yaml."""

from __future__ import annotations

import re

from pmkit.model import kinds as k
from pmkit.model.record import Record, field
from pmkit.problems import Fault


def _sender(text: str) -> str | Fault:
    """A name and an address, or an address."""
    found = re.fullmatch(r'(?:[^<>@\r\n]*|"[^"\r\n]*")<([^<>]+)>', text.strip())
    email = k.email.parse(found[1] if found else text.strip())
    if isinstance(email, Fault):
        hint = "write: The Salt Road <production@example.com>"
        return Fault(f"{text[:60]!r} is not a sender", hint, "bad-address")
    return text.strip()


def _host(text: str) -> str | Fault:
    if re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,39}\]?", text.strip()):
        return text.strip().strip("[]")
    return Fault(f"{text[:60]!r} is not the name of a mail server", "such as smtp.example.com", "bad-host")


def _port(text: str) -> int | Fault:
    if re.fullmatch(r"[0-9]{1,5}", text.strip()) and 0 < int(text) < 65536:
        return int(text)
    return Fault(f"{text[:20]} is not a port", "587 (STARTTLS) or 465 (TLS)", "bad-number")


def _count(text: str) -> int | Fault:
    if re.fullmatch(r"[1-9][0-9]{0,5}", text.strip()):
        return int(text)
    return Fault(f"{text[:20]} is not a number of mails", "a whole number from 1", "bad-number")


def _count_or_none(text: str) -> int | Fault:
    return 0 if text.strip() == "0" else _count(text)


class MailSettings(Record):
    """The mail settings: in whose name, by which server and from which clone mail goes out.

    No password: it is in the user's own configuration. `sender` is the name of the one clone
    that sends. With `redirect_all` every mail goes to that address instead: a rehearsal.
    `per_day` is what the provider allows in any 24 hours, of which nine tenths are used;
    `per_minute` is kept by waiting; after `per_connection` mails it is connected anew (0: never).
    What went is kept for `keep` days.
    """

    from_: str = field(k.Value(_sender, "name and address: The Salt Road <production@example.com>"), "contact")
    host: str = field(k.Value(_host, "a mail server"), "contact", default="")
    port: int = field(k.Value(_port, "587 or 465"), "contact", default=587)
    user: str = field(k.text, "contact", default="")
    sender: str = field(k.text, "public", default="", note="the name of the one clone that sends")
    reply_to: str = field(k.email, "contact", default="", note="where answers go, when not to the sender")
    redirect_all: str = field(k.email, "contact", default="", note="a rehearsal: every mail goes here instead")
    per_day: int = field(k.Value(_count, "mails in 24 hours: 2000"), "public", default=2000)
    per_minute: int = field(k.Value(_count, "mails in a minute: 30"), "public", default=30)
    per_connection: int = field(k.Value(_count_or_none, "mails a connection; 0 is no limit"), "public", default=0)
    keep: int = field(k.Value(_count_or_none, "days that a sent mail is kept"), "public", default=365)
