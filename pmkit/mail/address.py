"""Who a mail goes to or comes from: one name, one address, both fit to stand in a header."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from pmkit.problems import Fault

NAME_LIMIT: Final = 60
"""Characters of a name that are kept; mail programs break longer ones."""

# Marks that turn the direction of writing: in a name or subject they make text read as something else.
_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Mailbox(NamedTuple):
    """A name (may be empty) and an address in ASCII: an international domain as punycode."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.email.rpartition("@")[2]


def one_line(text: str) -> str | Fault:
    """Text for a header: white space and line ends as single spaces, no marks of direction.

    A control character or a broken one (NUL, escape, half a surrogate) is a fault: it was not typed.
    """
    kept = " ".join("".join(" " if c.isspace() else c for c in text if c not in _DIRECTION).split())
    for character in kept:
        if unicodedata.category(character) in ("Cc", "Cs"):
            return Fault(
                f"a character that cannot be printed (U+{ord(character):04X}) stands in it",
                "type the text again instead of pasting it",
            )
    return kept


def mailbox(email: str, name: str = "") -> Mailbox | Fault:
    """An address checked by form, without asking the network, and a name of at most sixty characters.

    The domains kept for examples (example.com) pass. A name before the @ that is not plain
    ASCII is a fault: few servers take it.
    """
    from email_validator import EmailNotValidError, validate_email

    typed = email.strip()
    clean = one_line(name)
    if isinstance(clean, Fault):
        return Fault(f"the name can not be used in a mail: {clean.message}", clean.hint, "bad-name")
    if not typed.rpartition("@")[0].isascii():
        return Fault(
            f"{_shown(typed)} has letters before the @ that mail servers do not take",
            "ask for an address in plain letters a to z",
            "bad-email",
        )
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return Fault(f"{_shown(typed)} is not an e-mail address", "such as ana@example.com", "bad-email")
    if found.ascii_email is None:
        return Fault(f"{_shown(typed)} is not an e-mail address", "such as ana@example.com", "bad-email")
    if len(clean) > NAME_LIMIT:
        clean = clean[: NAME_LIMIT - 1].rstrip() + "…"
    return Mailbox(clean, found.ascii_email)


def read(text: str) -> Mailbox | Fault:
    """`The Salt Road <production@salt.example.com>`, or an address alone."""
    before, bracket, after = text.strip().rpartition("<")
    if not bracket:
        return mailbox(text)
    if not after.endswith(">"):
        return Fault(f"{_shown(text)} has no > after the address", "such as The Salt Road <office@example.com>")
    name = before.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    elif "<" in name or ">" in name or "@" in name:
        return Fault(f"{_shown(text)} is more than one name and address", "write one: Office <office@example.com>")
    return mailbox(after[:-1], name)


def _shown(text: str) -> str:
    """What was typed, fit to print in a message."""
    safe = "".join(c if c.isprintable() else "�" for c in text)
    return f"‘{safe if len(safe) <= 80 else safe[:79] + '…'}’"
