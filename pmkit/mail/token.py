"""The token of an answer: proof that who answers saw our mail, and to which request it belongs.

`REQID.CODE`: six hexadecimal figures that find the request and the person, and sixteen letters
that only the holder of the secret can make, over the request, the person, the revision and the
address. It stands in the subject of an answer as `[pm:TOKEN]`. It proves no identity: a mail can be
forwarded, so a token never confirms anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import quote

from pmkit.problems import Stop

SHORTEST: Final = 16
"""A secret of fewer bytes can be guessed."""
_TOKEN: Final = re.compile(r"\[\s*pm:\s*([0-9a-f]{6}\.[a-z2-7]{16})\s*\]", re.IGNORECASE)

_PLUS: Final = re.compile(r"\+([0-9a-f]{6}\.[a-z2-7]{16})@", re.IGNORECASE)


class Asked(NamedTuple):
    """Who was asked what at which address: what a token stands for."""

    request: str
    person: str
    revision: int
    address: str


def made(secret: bytes, code: str, asked: Asked) -> str:
    """The token of one question to one address; `code` is the production's."""
    return f"{_found_by(code, asked)}.{_proof(secret, code, asked)}"


def tagged(token: str) -> str:
    """A token as it stands in a subject."""
    return f"[pm:{token}]"


def in_text(text: str) -> str:
    """The token in a subject, in small letters; empty when there is none, or more than one."""
    found = {token.lower() for token in _TOKEN.findall(text[:1000])}
    return found.pop() if len(found) == 1 else ""


def in_address(text: str) -> str:
    """The token behind the plus of an address (`office+TOKEN@example.com`); empty for none, or more than one."""
    found = {token.lower() for token in _PLUS.findall(text[:4000])}
    return found.pop() if len(found) == 1 else ""


def claims(text: str) -> bool:
    """Whether a text says that it carries a token, though it may be none of ours."""
    return re.search(r"\[\s{0,9}pm:", text[:4000], re.IGNORECASE) is not None


def by_id(code: str, known: Iterable[Asked]) -> dict[str, list[Asked]]:
    """The questions by the figures that find them in a token."""
    found: dict[str, list[Asked]] = {}
    for asked in known:
        found.setdefault(_found_by(code, asked), []).append(asked)
    return found


def resolved(secret: bytes, code: str, token: str, known: Iterable[Asked]) -> Asked | None:
    """What a token stands for, among the questions that were asked; None for one that is not ours."""
    reqid, _, proof = token.lower().partition(".")
    found = None
    for asked in known:
        same = _found_by(code, asked) == reqid
        if same and hmac.compare_digest(_proof(secret, code, asked), proof):
            found = asked
    return found


def checked(secret: bytes) -> bytes:
    """The secret without the end of its line. Raises `Stop` for one that could be guessed."""
    kept = secret.strip(b"\r\n")
    if len(kept) < SHORTEST:
        hint = "make one: head -c 32 /dev/urandom | base64 > salt.key; chmod 600 salt.key"
        raise Stop(f"the secret of the answer links is shorter than {SHORTEST} bytes", hint)
    return kept


def link(address: str, subject: str, body: str = "") -> str:
    """A `mailto:` link (RFC 6068) that opens a mail to one address with this subject and text."""
    lines = body.replace("\r\n", "\n").split("\n")
    text = "&body=" + "%0D%0A".join(quote(line, safe="") for line in lines) if body else ""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}{text}"


def _found_by(code: str, asked: Asked) -> str:
    return hashlib.sha256("\0".join((code, asked.request, asked.person)).encode("utf-8", "replace")).hexdigest()[:6]


def _proof(secret: bytes, code: str, asked: Asked) -> str:
    told = "\0".join((code, asked.request, asked.person, str(asked.revision), asked.address.casefold()))
    digest = hmac.new(secret, told.encode("utf-8", "replace"), hashlib.sha256).digest()[:10]
    return base64.b32encode(digest).decode().lower()
