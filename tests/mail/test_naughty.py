"""A naughty string in every field of a request: the headers and the recipients are exactly the intended ones, or nothing goes."""

from __future__ import annotations

import email
import email.policy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pmkit.commands import request_mails
from pmkit.files import folder as folders
from pmkit.mail import batch as batches
from pmkit.mail.outbox import Outbox
from pmkit.mail.post import Post
from pmkit.problems import Stop
from tests.mail.loopback import PASSWORD, Loopback
from tests.often import often
from tests.productions import write

NOW = datetime(2025, 10, 13, 9, tzinfo=UTC)
HEADERS = [
    "date", "from", "to", "reply-to", "subject", "message-id", "mime-version", "content-type",
]  # fmt: skip
PEOPLE = {"k-moss@example.com", "dana@example.com"}
NAUGHTY = [
    "Ana\r\nBcc: eve@example.com",
    "Ana\nBcc: eve@example.com\n\nbody",
    "=?utf-8?q?Hi=0ABcc:_eve@example.com?=",
    "=?utf-8?b?SGkNCkJjYzogZXZlQGV4YW1wbGUuY29t?=",
    "Ana <eve@example.com>",
    "Ana, eve@example.com",
    'Ana" <eve@example.com>, "x',
    "a@b.com>\r\nRCPT TO:<eve@example.com",
    "Smith, John (Jack) \\ \"x\" ; : group: eve@example.com;",
    ".\r\n.\r\nMAIL FROM:<eve@example.com>",
    "\r\n.\r\nRSET\r\n",
    "To: eve@example.com",
    "Content-Type: text/html",
    "x" * 3000,
    "é" * 1500,
    "\u202eecart eht\u202c \u2066x\u2069",
    "a\u2028b\u2029c\u0085d\x0be\x0cf",
    "ｅｖｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "%0d%0aBcc:eve@example.com",
    "{{ 7 * 7 }} {% raw %} ${x} <script>alert(1)</script>",
    "'; DROP TABLE crew; --",
    "=cmd|' /C calc'!A0",
    "Zürich Ýměřič 本間 😀👩‍👩‍👧",
    "\t  \t",
    "-",
    "~ @home: [list], {map}",
    "from\x7fdel",
    "nul\x00byte",
    "\ufeffbyte\ufefforder",
    "esc\x1b[31mred",
    "null", "true", "0x7f", "1e3", "NaN",
]  # fmt: skip
FIELDS = (
    "title", "code", "company", "address", "sender", "position", "name", "agent", "performer", "character",
    "text", "subject", "document", "location", "coordinator",
)  # fmt: skip


def production(root: Path, values: dict[str, str], kind: str) -> folders.Folder:
    """A small production with two people to ask, one of them through her agent, and these words in its fields."""
    q = {field: json.dumps(values.get(field, f"Plain {field}")) for field in FIELDS}
    sender = json.dumps(f'"{values["sender"]}" <office@example.com>') if "sender" in values else "office@example.com"
    write(
        root,
        {
            "production": f"pmkit: 1\ntitle: {q['title']}\ncode: {q['code']}\ncompany: {q['company']}\n"
            f"office: {{address: {q['address']}, email: office@example.com}}\npeople: {{coordinator: c-lee}}\n"
            f"mail:\n  from: {sender}\n  host: 127.0.0.1\n  reply_to: answers@example.com\n",
            "crew": "grip:\n  people:\n"
            f"    - {{id: k-moss, name: {q['name']}, position: {q['position']}, email: k-moss@example.com}}\n"
            f"    - {{id: c-lee, name: {q['coordinator']}, position: Coordinator}}\n",
            "cast": f"1: {{character: {q['character']}, id: ana, performer: {q['performer']}, "
            f"agent: {{name: {q['agent']}, email: dana@example.com}}}}\n",
            "locations": f"motel: {{name: {q['location']}, address: x}}\n",
            "requests/one": f"kind: {kind}\nask: [k-moss, ana]\ndates: [2025-10-27]\nlocation: motel\n"
            f"subject: {q['subject']}\ndocument: {q['document']}\ntext: {q['text']}\n",
        },
    )
    return folders.read(root)


def check(data: bytes, recipient: str) -> None:
    """What a receiver reads: one header of each kind, one recipient, and nothing of anybody else's."""
    assert data.isascii() and b"\0" not in data
    assert not [line for line in data.split(b"\r\n") if len(line) > 998 or b"\n" in line or b"\r" in line]
    head = data.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0].decode().lower() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    assert sorted(names) == sorted(HEADERS)
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert [address.addr_spec for address in mail["to"].addresses] == [recipient]
    assert [address.addr_spec for address in mail["from"].addresses] == ["office@example.com"]
    assert [address.addr_spec for address in mail["reply-to"].addresses] == ["answers@example.com"]
    assert mail["bcc"] is None and mail["cc"] is None
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for part in mail.walk():
        assert not any(name.lower() not in (*HEADERS, "content-transfer-encoding") for name in part)


def mails(root: Path, values: dict[str, str], kind: str = "custom") -> list[tuple[str, bytes]]:
    """The mails of a folder with these words in it; none when it says in words why not."""
    folder = production(root, values, kind)
    try:
        found, problems = request_mails.mails_of(folder, "one", NOW.date(), NOW)
    except Stop as stop:
        assert stop.message
        return []
    said = [problem.message for problem in [*folder.problems, *problems] if problem.severity == "error"]
    assert said or len(found) == 2
    for mail in found:
        check(mail.parcel.sealed.data, mail.parcel.sealed.recipient)
    recipients = [mail.parcel.sealed.recipient for mail in found]
    assert set(recipients) <= PEOPLE and len(set(recipients)) == len(recipients)
    return [(mail.parcel.sealed.recipient, mail.parcel.sealed.data) for mail in found]


@pytest.mark.parametrize("words", NAUGHTY, ids=range(len(NAUGHTY)))
def test_a_naughty_string_in_every_field(tmp_path: Path, words: str) -> None:
    mails(tmp_path / "every", dict.fromkeys(FIELDS, words))


def test_each_field_alone(tmp_path: Path) -> None:
    went = 0
    for field in FIELDS:
        for number in (0, 2):
            kind = "document" if field == "document" else "custom"
            went += bool(mails(tmp_path / f"{field}{number}", {field: NAUGHTY[number]}, kind))
    assert went > 20  # most can be sent: the words are text, and nothing else


@settings(max_examples=often(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), st.text(st.characters(codec=None), max_size=60), min_size=1))
def test_whatever_is_typed(tmp_path: Path, values: dict[str, str]) -> None:
    mails(tmp_path, values)


def test_the_envelope_on_the_wire_is_the_intended_one(tmp_path: Path) -> None:
    intended: list[str] = []
    with Loopback() as server:
        for number, words in enumerate(NAUGHTY[:13]):
            root = tmp_path / str(number)
            folder = production(root, {"name": words, "subject": words, "text": words, "agent": words}, "custom")
            found, _ = request_mails.mails_of(folder, "one", NOW.date(), NOW)
            outbox = Outbox(root, "mara")
            keys = outbox.queue([mail.parcel for mail in found], NOW).new
            with Post(server.server_for(), PASSWORD) as door:
                assert batches.send(outbox, keys, door, lambda: NOW).count("sent") == len(keys)
            intended += [mail.parcel.sealed.recipient for mail in found]
        assert server.recipients() == intended and len(intended) > 20
        assert {said for said in server.said if said.startswith("RCPT")} == {f"RCPT TO:<{who}>" for who in PEOPLE}
        assert {said.split()[1] for said in server.said if said.startswith("MAIL")} == {"FROM:<office@example.com>"}
