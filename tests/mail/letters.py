"""Letters and parcels for the tests of the outbox and the post."""

from __future__ import annotations

from datetime import UTC, datetime

from pmkit.mail.address import Mailbox
from pmkit.mail.message import Letter, Sealed, message_id, seal
from pmkit.mail.outbox import Parcel, key_of

NOW = datetime(2025, 10, 13, 9, tzinfo=UTC)
SENDER = Mailbox("The Salt Road", "production@salt.example.com")


def parcel(who: str, text: str = "Are you free?", kind: str = "availability", date: datetime = NOW) -> Parcel:
    email = f"{who}@example.com"
    key = key_of("SALT", kind, email, "grips", 1)
    sealed = seal(
        Letter(
            to=Mailbox(who.title(), email),
            sender=SENDER,
            subject="The Salt Road: are you free?",
            text=f"Dear {who},\n\n{text}\n.\n",
            html=f"<p>Dear {who},</p>",
            message_id=message_id(key, SENDER),
            date=date,
        )
    )
    assert isinstance(sealed, Sealed)
    return Parcel(key, kind, "grips", who, 1, sealed)


def parcels(count: int, kind: str = "availability") -> list[Parcel]:
    return [parcel(f"p{number:03}", kind=kind) for number in range(count)]
