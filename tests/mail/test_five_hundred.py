"""Five hundred personal mails with a PDF: one connection, one login, three flushes a mail, and work that grows evenly."""

from __future__ import annotations

import builtins
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmkit.mail import archive, batch as batches
from pmkit.mail.address import Mailbox
from pmkit.mail.message import Attachment, Letter, Sealed, message_id, seal
from pmkit.mail.outbox import Outbox, Parcel, key_of
from pmkit.mail.post import Post
from tests.mail.letters import NOW, SENDER
from tests.mail.loopback import PASSWORD, Loopback


def personal(number: int) -> Parcel:
    """A call sheet of one's own: a PDF of some 8 kB, another one for each."""
    who = f"p{number:03}"
    key = key_of("SALT", "callsheet", f"{who}@example.com", f"day-1/{who}", 1)
    pdf = b"%PDF-1.7\n" + who.encode() * 2000 + b"\n%%EOF\n"
    letter = Letter(
        to=Mailbox(who, f"{who}@example.com"),
        sender=SENDER,
        subject=f"SALT: your call is {number % 12 + 1}:00",
        text="See the sheet.\n",
        html="<p>See the sheet.</p>",
        message_id=message_id(key, SENDER),
        date=NOW,
        attachments=(Attachment(f"SALT call sheet {who}.pdf", "application/pdf", pdf),),
    )
    sealed = seal(letter)
    assert isinstance(sealed, Sealed)
    return Parcel(key, "callsheet", "day-1", who, 1, sealed)


def counted(monkeypatch: pytest.MonkeyPatch, count: Counter[str]) -> None:
    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            count[name] += 1
            return real(*arguments, **named)

        return call

    for name in ("fsync", "replace", "write", "open", "stat", "unlink"):
        monkeypatch.setattr(os, name, wrapped(name, getattr(os, name)))
    monkeypatch.setattr(Path, "read_bytes", wrapped("read_bytes", Path.read_bytes))
    monkeypatch.setattr(builtins, "open", wrapped("builtin open", builtins.open))


def calls(root: Path, parcels: list[Parcel], server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What a batch asks of the disk."""
    outbox, count = Outbox(root, "mara"), Counter[str]()
    with monkeypatch.context() as patched:
        counted(patched, count)
        keys = outbox.queue(parcels, NOW).new
        with Post(server.server_for(), PASSWORD) as door:
            batch = batches.send(outbox, keys, door, lambda: NOW, batches.Limits(2000, 2000))
        archive.tidy(outbox, outbox.standing().entries, NOW)
    assert (batch.stopped, batch.count("sent")) == (None, len(parcels))
    return count


@pytest.mark.parametrize("size", [150, pytest.param(500, marks=pytest.mark.soak)])
def test_all_go_over_one_connection_with_three_flushes_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    everyone = [personal(number) for number in range(size)]
    with Loopback() as server:
        few = calls(tmp_path / "few", everyone[:25], server, monkeypatch)
    with Loopback() as server:
        more = calls(tmp_path / "more", everyone[:50], server, monkeypatch)
    with Loopback() as server:
        all_ = calls(tmp_path / "all", everyone, server, monkeypatch)
        assert (server.count("EHLO"), server.count("AUTH"), server.count("QUIT")) == (1, 1, 1)
        assert [data for _, data in server.mails] == [parcel.sealed.data for parcel in everyone]
        assert server.recipients() == [parcel.sealed.recipient for parcel in everyone]
    constant = all_["fsync"] - 3 * size
    assert 0 < constant <= 14
    assert more["fsync"] == 3 * 50 + constant and few["fsync"] == 3 * 25 + constant
    # Each further mail costs the same, whatever went before it: nothing is read anew for each.
    for name in all_:
        assert all_[name] - more[name] == (size - 50) // 25 * (more[name] - few[name]), name
