"""Whom a mail says it is from, and whether our own mail server vouches for that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pmkit.mail.mime import Post, decoded

_NAMED: Final = re.compile(r"\s\([^@()<>\\]{0,100}\)$")
"""A name behind the address, as the oldest programs write it: `kay@moss.example (Kay Moss)`."""
_ADDRESS: Final = re.compile(r"[^\s<>@,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,253}")


def sender_of(post: Post) -> str:
    """The one address a mail says it is from, in small letters; empty when it names none, or several.

    Whatever may be read in two ways is read in none: a second From, two addresses, an address in
    the name of another.
    """
    given = [value for key, value in post.headers if key == "from"]
    if len(given) != 1:
        return ""
    value = " ".join(given[0][:2000].split())
    before, bracket, after = value.rpartition("<")
    if not bracket:
        value = _NAMED.sub("", value)
        return value.lower() if _ADDRESS.fullmatch(value) else ""
    address = after.removesuffix(">")
    name = before.strip()
    plain = name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name
    if not after.endswith(">") or not _ADDRESS.fullmatch(address) or "<" in plain or ">" in plain:
        return ""
    if "," in name and not name.startswith('"'):
        return ""
    return address.lower()


def listed(address: str, addresses: Iterable[str]) -> bool:
    """Whether an address is one of those that count for somebody."""
    return bool(address) and address.casefold() in {one.casefold() for one in addresses if one}


def vouched(post: Post, authserv: str) -> str:
    """Why our own server does not vouch for the sender; empty when it does, or when none is named.

    Only the topmost Authentication-Results that carries our server's id (RFC 8601) counts: anybody can
    write such a header. DMARC has passed, or DKIM for the sender's own domain.
    """
    if not authserv:
        return ""
    sender = sender_of(post)
    domain = sender.rpartition("@")[2]
    for key, value in post.headers:
        if key != "authentication-results":
            continue
        said = decoded(value).lower()
        who, _, results = said.partition(";")
        if who.split()[:1] != [authserv.lower()]:
            continue
        results = _without_comments(results)
        for result in results.split(";"):
            if re.match(r"\s*dmarc\s*=\s*pass\b", result):
                return ""
            signed = re.search(r"header\.[di]\s*=\s*@?([a-z0-9.-]+)", result)
            if re.match(r"\s*dkim\s*=\s*pass\b", result) and signed is not None and _within(domain, signed[1]):
                return ""
        return f"{authserv} could not prove that it comes from {sender or 'its sender'}"
    return f"{authserv} says nothing of where it comes from"


def _without_comments(results: str) -> str:
    """Without what the sender may have put there: quoted text, and comments, which may lie within each other (RFC 5322)."""
    found: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in results:
        if escaped or (character == "\\" and (depth or quoted)):
            escaped = not escaped
        elif quoted or (character == '"' and not depth):
            quoted = not quoted if character == '"' else quoted
        elif character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        elif not depth:
            found.append(character)
    return "".join(found)


def _within(domain: str, signed: str) -> bool:
    return bool(signed) and "." in signed and (domain == signed or domain.endswith(f".{signed}"))
