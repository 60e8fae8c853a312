"""One personal mail to one person, made into the bytes that will go over the wire.

The bytes are frozen before anything is sent, are the same for the same letter, and are read
back before they are used: the headers and the one recipient are exactly the intended ones,
whatever somebody typed into a name, a subject or a text.
"""

from __future__ import annotations

import base64
import email
import email.header
import email.policy
import email.utils
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Final, NamedTuple

from pmkit.mail.address import Mailbox, one_line
from pmkit.problems import Fault

SUBJECT_LIMIT: Final = 200

_POLICY: Final = email.policy.SMTP.clone(cte_type="7bit")
_HEADER_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_TYPE: Final = re.compile(r"([a-z]+)/([a-z0-9.+-]+)")
_OWN: Final = frozenset(("from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "reply-to"))


class Attachment(NamedTuple):
    """A document that goes along: its file name, its media type (`application/pdf`) and its bytes."""

    filename: str
    type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """A personal mail before it is sealed.

    `to` is the one person who gets it. `html` may be empty. `date` has its zone. `headers` are
    further ones (`Auto-Submitted`), ASCII only. `calendar` is an invitation (iCalendar text) that
    stands beside text and HTML, with its `method` (REQUEST, CANCEL), as calendars want it.
    """

    to: Mailbox
    sender: Mailbox
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    reply_to: Mailbox | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    calendar: str = ""
    method: str = ""


class Sealed(NamedTuple):
    """A mail as it will go: the envelope, the frozen bytes, and the digest of all but the date.

    Two mails with one digest say the same to the same person; only the hour they were made differs.
    """

    sender: str
    recipient: str
    message_id: str
    data: bytes
    digest: str


def seal(letter: Letter) -> Sealed | Fault:
    """The letter as bytes, or why it can not be sent."""
    subject = one_line(letter.subject)
    if isinstance(subject, Fault):
        return Fault(f"the subject can not be used: {subject.message}", subject.hint, "bad-mail")
    if len(subject) > SUBJECT_LIMIT:
        subject = subject[: SUBJECT_LIMIT - 1].rstrip() + "…"
    if not subject:
        return Fault("the mail has no subject", "", "bad-mail")
    body = _body(letter)
    if isinstance(body, Fault):
        return body
    headers = [
        ("From", _person(letter.sender)),
        ("To", _person(letter.to)),
        *([("Reply-To", _person(letter.reply_to))] if letter.reply_to else []),
        ("Subject", _text(subject)),
        ("Message-ID", letter.message_id),
        *letter.headers,
    ]
    for name, value in letter.headers:
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN or name.lower().startswith("content-"):
            return Fault(f"{name!r} can not be set as a header", "", "bad-mail")
        if not (value.isascii() and value.isprintable() and len(value) < 900):
            return Fault(f"the header {name} holds what no header may hold", "", "bad-mail")
    if not re.fullmatch(r"<[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+>", letter.message_id):
        return Fault(f"{letter.message_id!r} is no message id", "", "bad-mail")
    if letter.date.tzinfo is None:
        raise ValueError("the date of a mail has its zone")
    constant = _lines(headers) + body
    data = _lines([("Date", email.utils.format_datetime(letter.date))]) + constant
    fault = _guard(data, letter, subject, ["Date", *(name for name, _ in headers)])
    if fault is not None:
        return fault
    digest = hashlib.sha256(constant).hexdigest()
    return Sealed(letter.sender.email, letter.to.email, letter.message_id, data, digest)


def envelope(data: bytes) -> Sealed | Fault:
    """A sealed letter read back from its file: for whom, from whom, and its digest."""
    head, _, rest = data.partition(b"\r\n")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    try:
        sender, recipient = read_person(message["From"] or ""), read_person(message["To"] or "")
    except (ValueError, LookupError):
        sender = recipient = Mailbox("", "")
    one = len(email.utils.getaddresses(message.get_all("To", []))) == 1
    if not (head.startswith(b"Date: ") and one and "@" in sender.email and "@" in recipient.email):
        return Fault("this file of the outbox is not a mail that pmkit made", "cancel it and send anew", "bad-mail")
    digest = hashlib.sha256(rest).hexdigest()
    return Sealed(sender.email, recipient.email, str(message["Message-ID"]), data, digest)


def message_id(key: str, sender: Mailbox) -> str:
    """The id every copy of one mail carries, so that a mail sent again is known as the same."""
    return f"<pmkit.{key}@{sender.domain}>"


def _body(letter: Letter) -> bytes | Fault:
    """The MIME part: text, HTML beside it, attachments around both; boundaries made from the content."""
    told = (letter.message_id, letter.text, letter.html, *((letter.calendar,) if letter.calendar else ()))
    mark = hashlib.sha256(repr(told).encode("utf-8", "replace"))
    message = EmailMessage(policy=_POLICY)
    for name, text in (("text", letter.text), ("HTML", letter.html), ("invitation", letter.calendar)):
        wrong = next(
            (c for c in text if (c < " " and c not in "\n\r\t") or c == "\x7f" or "\ud800" <= c <= "\udfff"), ""
        )
        if wrong:
            message_ = f"a character that cannot be printed (U+{ord(wrong):04X}) stands in its {name}"
            return Fault(
                f"the mail can not be sent: {message_}", "type the text again instead of pasting it", "bad-mail"
            )
    message.set_content(_unix(letter.text))
    if letter.html:
        message.add_alternative(_unix(letter.html), subtype="html")
    if letter.calendar:
        if not re.fullmatch(r"[A-Z]{1,20}", letter.method):
            return Fault(f"{letter.method!r} is no method of an invitation", "REQUEST or CANCEL", "bad-mail")
        message.add_alternative(_unix(letter.calendar), subtype="calendar", params={"method": letter.method})
    for attachment in letter.attachments:
        kind = _TYPE.fullmatch(attachment.type)
        filename = one_line(attachment.filename.replace("/", "-").replace("\\", "-"))
        if kind is None or isinstance(filename, Fault) or not filename:
            return Fault(f"{attachment.filename!r} can not be attached: its name or type is wrong", "", "bad-mail")
        mark.update(repr((filename, attachment.type)).encode())
        mark.update(attachment.data)
        message.add_attachment(attachment.data, kind[1], kind[2], filename=filename)
        if kind[1] == "text" and _is_utf8(attachment.data):  # else it counts as ASCII, and names lose their accents
            *_, added = message.iter_attachments()
            added.set_param("charset", "utf-8")
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_pmkit_{mark.hexdigest()[:32]}_{number}")
    return message.as_bytes()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _person(person: Mailbox) -> str:
    """A name and address as a header holds them."""
    if not person.name:
        return person.email
    name = person.name
    if not name.isascii() or "=?" in name:
        return f"{_words(name)}\r\n <{person.email}>"
    if not _ATOMS.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{person.email}>" if len(name) + len(person.email) < 68 else f"{name}\r\n <{person.email}>"


def _text(text: str) -> str:
    """Free text as a header holds it; what is not plain and short is encoded, so that nothing in it is read twice."""
    return text if text.isascii() and "=?" not in text and len(text) <= 66 else _words(text)


def _words(text: str) -> str:
    """RFC 2047 encoded words, each on its line and whole characters only."""
    pieces: list[bytes] = [b""]
    for character in text:
        data = character.encode()
        if len(pieces[-1]) + len(data) > 42:
            pieces.append(b"")
        pieces[-1] += data
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def _lines(headers: list[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")


def _guard(data: bytes, letter: Letter, subject: str, expected: list[str]) -> Fault | None:
    """Read the bytes back as the receiver will: the same headers, sender, recipient and subject, or no mail."""
    found = email.message_from_bytes(data, policy=email.policy.default)
    names = [name.lower() for name in found]
    own = [name for name in names if name != "mime-version" and not name.startswith("content-")]
    raw = email.message_from_bytes(data, policy=email.policy.compat32)
    sound = (
        own == [name.lower() for name in expected]
        and len(set(names)) == len(names)
        and [a.addr_spec for a in found["from"].addresses] == [letter.sender.email]
        and [a.addr_spec for a in found["to"].addresses] == [letter.to.email]
        and read_person(raw["from"]) == letter.sender
        and read_person(raw["to"]) == letter.to
        and found["subject"] == subject
        and data.isascii()
        and b"\0" not in data
        and not any(len(line) > 998 or b"\r" in line or b"\n" in line for line in data.split(b"\r\n"))
    )
    return None if sound else Fault("the mail would not read as it was meant, and is not sent", "", "bad-mail")


def read_person(raw: str) -> Mailbox:
    """A `From` or `To` as mail programs read it; the standard library's newer parser puts blanks into long names."""
    name, address = email.utils.parseaddr("".join(raw.splitlines()))
    return Mailbox(str(email.header.make_header(email.header.decode_header(name))), address)
