"""What goes over the wire is exactly what was meant: headers, one recipient, texts, bytes."""

from __future__ import annotations

import dataclasses
import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from pmkit.mail.address import Mailbox, mailbox, one_line
from pmkit.mail.message import Attachment, Letter, Sealed, message_id, read_person, seal
from pmkit.problems import Fault
from tests.often import often

SENDER = Mailbox("The Salt Road", "production@salt.example.com")
LETTER = Letter(
    to=Mailbox("Peña, Ana “AP”", "ana@example.com"),
    sender=SENDER,
    subject="Řekněte: Best Boy Grip, 27–31 October",
    text="Dear Ana,\n\nRate: 5 < 6 & <script>x</script>\n.\n",
    html="<p>Dear Ana, příští týden</p>",
    message_id=message_id("0123456789abcdef", SENDER),
    date=datetime(2025, 10, 13, 18, 5, tzinfo=timezone(timedelta(hours=-7))),
    reply_to=Mailbox("", "office@salt.example.com"),
    headers=(("Auto-Submitted", "auto-generated"),),
)
HEADERS = ["date", "from", "to", "reply-to", "subject", "message-id", "auto-submitted", "mime-version", "content-type"]

NAUGHTY = [
    "Hi\nBcc: eve@example.com",
    "Hi\r\nBcc: eve@example.com\r\n\r\nbody",
    "Hi\nfoo bar",
    "=?utf-8?q?Hi=0ABcc:_e@x?=",
    "=?utf-8?q?Hi=0D=0ATo:_e@x?=",
    "<script>alert(1)</script>",
    "{{7*7}}",
    '"quoted" \\ back, comma; semi: colon <a@b.com>',
    "Ünïcödé " * 12,
    "日本語の件名がとても長い場合にどうなるかを確かめるための試験です" * 3,
    "\u202eevil\u202c 👩‍👩‍👧 \u0627\u0644\u0633\u0644\u0627\u0645",
    "x" * 1500,
    "é" * 1500,
    "a " * 300,
    ".",
    "=1+1",
    "a@b.com, c@d.com",
    "(comment) [1.2.3.4]",
    "\u2028line\u2029para\x85nel\x0bvt\x1cfs",
]


def read(sealed: Sealed | Fault) -> EmailMessage:
    assert isinstance(sealed, Sealed)
    message = email.message_from_bytes(sealed.data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(part: EmailMessage) -> str:
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def test_the_mail_as_the_receiver_reads_it() -> None:
    message = read(seal(LETTER))
    assert [name.lower() for name in message] == HEADERS
    assert message["to"].addresses[0].display_name == "Peña, Ana “AP”"
    assert message["to"].addresses[0].addr_spec == "ana@example.com"
    assert message["from"] == "The Salt Road <production@salt.example.com>"
    assert message["subject"] == LETTER.subject
    assert message["date"] == "Mon, 13 Oct 2025 18:05:00 -0700"
    assert message["message-id"] == "<pmkit.0123456789abcdef@salt.example.com>"
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert isinstance(plain, EmailMessage) and isinstance(html, EmailMessage)
    assert text_of(plain) == LETTER.text
    assert text_of(html) == LETTER.html + "\n"


def test_the_bytes_are_ascii_with_mail_line_ends_and_the_same_each_time() -> None:
    first, second = seal(LETTER), seal(LETTER)
    assert isinstance(first, Sealed) and first == second
    assert first.data.isascii()
    assert first.data.count(b"\n") == first.data.count(b"\r\n") == first.data.count(b"\r")
    assert first.recipient == "ana@example.com"
    assert first.sender == "production@salt.example.com"


def test_the_digest_knows_the_content_and_not_the_hour() -> None:
    first = seal(LETTER)
    later = seal(dataclasses.replace(LETTER, date=datetime(2025, 10, 14, tzinfo=UTC)))
    other = seal(dataclasses.replace(LETTER, text="Dear Ana,"))
    assert isinstance(first, Sealed) and isinstance(later, Sealed) and isinstance(other, Sealed)
    assert first.digest == later.digest != other.digest
    assert first.data != later.data


def test_a_text_that_goes_along_keeps_its_accents() -> None:
    calendar = Attachment("x.ics", "text/calendar", "SUMMARY:Ýma Křenková\r\n".encode())
    other = Attachment("x.txt", "text/plain", "Ýma".encode("latin-1"))
    message = read(seal(dataclasses.replace(LETTER, attachments=(calendar, other))))
    first, second = message.iter_attachments()
    assert first.get_content_charset() == "utf-8" and first.get_payload(decode=True) == calendar.data
    assert first.get_filename() == "x.ics" and second.get_content_charset() is None  # nobody can tell


def test_documents_go_along_with_their_type_and_name() -> None:
    pdf = Attachment("Call sheet – den 1.pdf", "application/pdf", b"%PDF-1.7\x00\xff")
    path = Attachment("../../etc/passwd", "text/csv", b"a,b\r\n")
    message = read(seal(dataclasses.replace(LETTER, attachments=(pdf, path))))
    assert message.get_content_type() == "multipart/mixed"
    parts = list(message.iter_attachments())
    assert [part.get_filename() for part in parts] == ["Call sheet – den 1.pdf", "..-..-etc-passwd"]
    assert parts[0].get_payload(decode=True) == pdf.data
    assert parts[1].get_payload(decode=True) == path.data
    fault = seal(dataclasses.replace(LETTER, attachments=(Attachment("a", "no type", b""),)))
    assert isinstance(fault, Fault)


@pytest.mark.parametrize("field", ["subject", "name", "sender name", "text", "html"])
@pytest.mark.parametrize("naughty", NAUGHTY)
def test_nothing_typed_into_a_field_changes_the_headers_or_the_recipient(field: str, naughty: str) -> None:
    changes: dict[str, Any] = {field: naughty}
    if "name" in field:
        box = mailbox("ana@example.com" if field == "name" else SENDER.email, naughty)
        if isinstance(box, Fault):
            assert "U+" in box.message
            return
        changes = {"to" if field == "name" else "sender": box}
    sealed = seal(dataclasses.replace(LETTER, **changes))
    if isinstance(sealed, Fault):
        assert "U+" in sealed.message and field in ("text", "html")
        return
    message = read(sealed)
    assert [name.lower() for name in message] == HEADERS
    assert [a.addr_spec for a in message["to"].addresses] == ["ana@example.com"] == [sealed.recipient]
    assert [a.addr_spec for a in message["from"].addresses] == [SENDER.email] == [sealed.sender]
    if field == "subject":
        clean = one_line(naughty)
        assert isinstance(clean, str)
        assert message["subject"] == (clean if len(clean) <= 200 else clean[:199].rstrip() + "…")
    if field == "text":
        body = message.get_body(("plain",))
        assert body is not None
        assert text_of(body) == naughty.replace("\r\n", "\n") + "\n"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": "Hi\x00there"}, "U+0000"),
        ({"subject": "\ud800"}, "U+D800"),
        ({"subject": " \u202e\n"}, "no subject"),
        ({"text": "a\x00b"}, "U+0000"),
        ({"html": "a\x1bb"}, "U+001B"),
        ({"headers": (("Bcc", "eve@example.com"),)}, "can not be set"),
        ({"headers": (("X-A\nBcc", "e"),)}, "can not be set"),
        ({"headers": (("X-A", "e\nBcc: eve@example.com"),)}, "no header may hold"),
        ({"message_id": "<a@b>\nBcc: x"}, "no message id"),
    ],
)
def test_what_can_not_be_sent_is_told(changes: dict[str, Any], words: str) -> None:
    fault = seal(dataclasses.replace(LETTER, **changes))
    assert isinstance(fault, Fault)
    assert words in fault.message


@settings(max_examples=often(150), deadline=None)
@given(st.text(max_size=90), st.text(max_size=90), st.text(max_size=60))
def test_any_text_gives_the_intended_mail_or_a_fault(subject: str, name: str, text: str) -> None:
    box = mailbox("ana@example.com", name)
    if isinstance(box, Fault):
        return
    sealed = seal(dataclasses.replace(LETTER, subject=subject, to=box, text=text))
    if isinstance(sealed, Fault):
        assert "read as it was meant" not in sealed.message
        return
    message = read(sealed)
    assert [name.lower() for name in message] == HEADERS
    raw = email.message_from_bytes(sealed.data, policy=email.policy.compat32)
    assert read_person(raw["to"]) == box
