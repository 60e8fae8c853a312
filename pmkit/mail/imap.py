"""The only door to a mailbox on a server (IMAP), for reading: it is examined, never selected, and mails are peeked at.

Nothing is marked as seen, moved or deleted. The certificate is always checked, every step has a
time-out, and in clear it speaks to this machine alone. What was read is remembered by
UIDVALIDITY and UID.
"""

from __future__ import annotations

import datetime as dt
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from pmkit.mail.mime import LARGEST
from pmkit.mail.server import is_loopback
from pmkit.mail.sources import Item
from pmkit.problems import Stop

TIMEOUT: Final = 30.0
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Mailbox(NamedTuple):
    """A mailbox on a server. Port 993 speaks TLS from the start, another STARTTLS, this machine's own in clear."""

    host: str
    port: int
    user: str
    folder: str = "INBOX"
    auth: str = "password"


class Seen(NamedTuple):
    """Up to which mail a mailbox was read: the UID, which holds as long as UIDVALIDITY stays what it was."""

    validity: int = 0
    uid: int = 0


def is_tls(port: int) -> bool:
    """Whether a port speaks TLS from the start."""
    return port == 993


class Reader:
    """An open mailbox, as a context manager."""

    def __init__(
        self, where: Mailbox, password: str, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT
    ) -> None:
        if not (password and password.isascii() and password.isprintable()):
            raise Stop(f"the password of {where.user} is missing or not in plain letters", "look at your configuration")
        self._where, self._password = where, password
        self._context = context or ssl.create_default_context()
        self._timeout = timeout
        self._imap: Any = None
        self.validity = 0

    def __enter__(self) -> Self:
        try:
            self._imap = self._connected()
            self._login()
            self._examine()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._imap is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                self._imap.logout()
            self._imap = None

    def items(self, seen: Seen, since: dt.date | None) -> Iterator[tuple[int, Item]]:
        """The mails that came after what was seen, each with its UID, in order; of the first time those since a day."""
        wanted = ["UID", f"{seen.uid + 1}:*"] if seen.uid and seen.validity == self.validity else ["ALL"]
        if since is not None:
            wanted += ["SINCE", f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"]
        found = self._said("search", self._uid("SEARCH", *wanted))
        numbers = sorted({int(one) for one in b" ".join(one for one in found if one).split() if one.isdigit()})
        known = seen.uid if seen.validity == self.validity else 0
        for uid in numbers:
            if uid > known:  # `n:*` names the last one also when it is older
                item = self._item(uid)
                if item is not None:
                    yield uid, item

    def _item(self, uid: int) -> Item | None:
        told = self._said("fetch", self._uid("FETCH", str(uid), "(RFC822.SIZE)"))
        sizes = re.search(rb"RFC822\.SIZE (\d{1,12})", b" ".join(_heads(told)))
        size = int(sizes[1]) if sizes is not None else 0
        what = "(BODY.PEEK[HEADER]<0.65536>)" if size > LARGEST else "(BODY.PEEK[])"
        told = self._said("fetch", self._uid("FETCH", str(uid), what))
        data = next((one[1] for one in told if isinstance(one, tuple) and len(one) > 1), None)
        return None if data is None else Item(bytes(data), max(size, len(data)))

    def _uid(self, *words: str) -> Any:
        try:
            return self._imap.uid(*words)
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._away(error) from None

    def _said(self, doing: str, answer: Any) -> list[Any]:
        kind, told = answer
        if kind != "OK":
            raise Stop(f"{self._where.host} would not {doing}: {self._hide(told)}", "try again later", exit_code=75)
        return list(told)

    def _connected(self) -> Any:
        where = self._where
        clear = is_loopback(where.host)
        try:
            if is_tls(where.port):
                return imaplib.IMAP4_SSL(where.host, where.port, ssl_context=self._context, timeout=self._timeout)
            imap = imaplib.IMAP4(where.host, where.port, timeout=self._timeout)
            if not clear:
                if "STARTTLS" not in imap.capabilities:
                    imap.shutdown()
                    hint = "no password was sent; port 993 speaks TLS from the start"
                    raise Stop(f"{where.host}:{where.port} offers no TLS", hint, exit_code=75)
                imap.starttls(self._context)
        except ssl.SSLCertVerificationError as error:
            message = f"the certificate of {where.host}:{where.port} is not to be trusted: {error.verify_message}"
            raise Stop(
                message, "no password was sent; check the host, and this machine's clock", exit_code=75
            ) from None
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._away(error) from None
        return imap

    def _login(self) -> None:
        where = self._where
        try:
            if where.auth == "xoauth2":
                token = f"user={where.user}\1auth=Bearer {self._password}\1\1".encode()
                self._imap.authenticate("XOAUTH2", lambda challenge: token if not challenge else b"")
            else:
                self._imap.login(where.user, self._password)
        except imaplib.IMAP4.abort as error:
            raise self._away(error) from None
        except imaplib.IMAP4.error as error:
            what = "token" if where.auth == "xoauth2" else "password"
            hint = f"check the {what} that your own configuration gives under inbox:"
            raise Stop(f"{where.host} refuses the {what} of {where.user}: {self._hide(error.args)}", hint) from None
        except OSError as error:
            raise self._away(error) from None

    def _examine(self) -> None:
        folder = self._where.folder
        if not folder.isascii() or not folder.isprintable():
            raise Stop(f"the folder {folder} is not in plain letters", "write it as the server does")
        try:
            kind, told = self._imap.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"', readonly=True)
            validity = self._imap.response("UIDVALIDITY")[1]
        except (OSError, imaplib.IMAP4.error) as error:
            raise self._away(error) from None
        if kind != "OK":
            hint = "folder: under inbox: in your own configuration"
            raise Stop(f"{self._where.host} has no folder {folder}: {self._hide(told)}", hint)
        number = validity[0] if validity else None
        self.validity = int(number) if number is not None and bytes(number).isdigit() else 0

    def _away(self, error: Exception) -> Stop:
        where = f"{self._where.host}:{self._where.port}"
        said = "no answer in time" if isinstance(error, TimeoutError) else self._hide([str(error)])
        return Stop(f"the mailbox on {where} can not be reached: {said}", "try again later", exit_code=75)

    def _hide(self, told: Any) -> str:
        words = " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in told or ())
        words = words.replace(self._password, "•••") if self._password else words
        return "".join(c if c.isprintable() else " " for c in words)[:200]


def _heads(told: list[Any]) -> list[bytes]:
    return [one[0] if isinstance(one, tuple) else one for one in told if isinstance(one, (bytes, tuple))]
