"""The only door to a mail server: one connection and one login for a whole batch.

yagmail makes and holds the connection; pmkit hands it bytes that were frozen before. Its own
`send()` is not used (DECISIONS says why). The server's certificate is always checked, every
step has a time-out, and what the server says is told in words: sent, deferred (try later),
failed (will not work), or in doubt (the line broke after the text had gone).
"""

from __future__ import annotations

import base64
import ipaddress
import re
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Literal, NamedTuple, Self

from pmkit.mail.outbox import Outcome
from pmkit.problems import Stop

TIMEOUT: Final = 30.0
_DROPS: Final = 3  # connections lost one after the other before the batch is put off
# Our own quota, not a full mailbox of the recipient (4.2.2) and not a greylist (4.2.0, 4.7.1 "try later").
_QUOTA: Final = re.compile(
    r"\b[45]\.4\.5\b|\b[45]\.7\.28\b|(?:sending|message|daily|hourly|rate|user) (?:\w+ )?(?:quota|limit)"
    r"|too many (?:messages|login)",
    re.IGNORECASE,
)

Security = Literal["starttls", "tls", "plain"]


class Server(NamedTuple):
    """A mail server and how to speak to it. Without a user nobody logs in."""

    host: str
    port: int
    user: str = ""
    security: Security = "starttls"


def server(host: str, port: int, user: str = "") -> Server:
    """TLS from the start on port 465, else STARTTLS; in clear only to this machine itself."""
    if port == 465:
        return Server(host, port, user, "tls")
    if port == 587 or not _loopback(host):
        return Server(host, port, user, "starttls")
    return Server(host, port, user, "plain")


class Post:
    """An open way to one server, as a context manager: `with Post(...) as post: post.deliver(...)`."""

    def __init__(
        self, where: Server, password: str = "", context: ssl.SSLContext | None = None, timeout: float = TIMEOUT
    ) -> None:
        if where.security == "plain" and not _loopback(where.host):
            raise Stop(f"mail is not sent in clear to {where.host}", "use port 587 or 465, which speak TLS")
        if where.user and not (password and password.isascii() and password.isprintable()):
            fault = "is not in plain letters, which servers do not take" if password else "is missing"
            raise Stop(f"the password of {where.user} {fault}", "look at your own configuration of pmkit")
        self._where = where
        self._password = password
        self._context = context or ssl.create_default_context()
        self._timeout = timeout
        self._yagmail: Any = None
        self._drops = 0
        self.logins = 0

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def deliver(self, sender: str, recipient: str, data: bytes, before: Callable[[], None]) -> Outcome:
        """Hand over one message to one recipient; `before` is called when only its text is left to send.

        Whatever the server answers is an outcome. Raises `Stop` (exit code 75) when the server
        can not be reached at all; nothing is lost then, and nothing half sent.
        """
        for attempt in (1, 2):
            if self._yagmail is None:
                self._connect()
            try:
                answer = self._address(sender, recipient)
            except OSError as error:
                # Nothing of this message has gone yet: on a new connection it may start again.
                words = self._dropped(error)
                if attempt == 1:
                    continue
                return Outcome("deferred", f"the server breaks off at this message: {words}")
            if answer is not None:
                return answer
            before()
            break
        return self._text(data)

    def _address(self, sender: str, recipient: str) -> Outcome | None:
        """Sender and recipient; an outcome if the server refuses either."""
        smtp = self._yagmail.smtp
        for say, whom in ((smtp.mail, sender), (smtp.rcpt, recipient)):
            code, words = _pair(say(whom))
            if code == 421 and not _QUOTA.search(words):
                raise ConnectionAbortedError(f"{code} {words}")
            if code not in (250, 251):
                return self._refused(code, words)
        return None

    def _text(self, data: bytes) -> Outcome:
        """The message itself. After this has begun a broken line leaves it in doubt."""
        try:
            code, words = _pair(self._yagmail.smtp.data(data))
        except OSError as error:
            code = getattr(error, "smtp_code", 0)
            if isinstance(code, int) and 400 <= code < 600:  # the server would not even have the text
                return self._refused(code, _text_of(getattr(error, "smtp_error", b"")))
            return Outcome("doubt", f"the line broke after the text had begun: {self._dropped(error)}")
        if 200 <= code < 300:
            self._drops = 0
            return Outcome("sent", self._hide(words))
        return self._refused(code, words)

    def _refused(self, code: int, words: str) -> Outcome:
        """A refusal by its code: 4xx for now, 5xx for good; a quota used up ends the batch."""
        said = self._hide(f"{code} {words}".strip())
        self._drops = 0
        stop = f"the mail server {self._where.host} takes no more for now: {said}" if _QUOTA.search(words) else ""
        try:
            if code == 421:
                raise ConnectionAbortedError
            self._yagmail.smtp.rset()
        except OSError:
            self._close(politely=False)
        if stop or not 500 <= code < 600:
            return Outcome("deferred", said, stop)
        return Outcome("failed", said)

    def _connect(self) -> None:
        """Connect, check the certificate, log in once."""
        import yagmail

        if self._drops >= _DROPS:
            message = f"{self._where.host} breaks off the connection again and again"
            raise Stop(message, "what is left stays in the outbox; try again later", exit_code=75)
        where = self._where
        tls: dict[str, Any] = {"smtp_ssl": False, "smtp_starttls": False}
        if where.security == "starttls":
            tls["smtp_starttls"] = {"context": self._context}
        elif where.security == "tls":
            tls = {"smtp_ssl": True, "context": self._context}
        client = yagmail.SMTP(
            where.user or "nobody@localhost",
            self._password,
            host=where.host,
            port=where.port,
            smtp_skip_login=not where.user,
            soft_email_validation=False,
            timeout=self._timeout,
            **tls,
        )
        client.user = where.user  # yagmail makes a plain name an address at gmail.com
        self._yagmail = client
        try:
            client.login()
            self.logins += bool(where.user)
            client.smtp.ehlo_or_helo_if_needed()
        except (OSError, ValueError) as error:
            self._close(politely=False)
            raise self._no_way(error) from None

    def _no_way(self, error: Exception) -> Stop:
        """Why the server could not be reached or would not have us, in words; never the password."""
        host, code = f"{self._where.host}:{self._where.port}", getattr(error, "smtp_code", 0)
        said = self._clean(error)
        if isinstance(error, ssl.SSLError):
            hint = "no password was sent; check `host:` under `mail:`, or this machine's certificates and clock"
            return Stop(f"the certificate of {host} is not to be trusted: {said}", hint, exit_code=75)
        if code in (530, 534, 535):
            hint = "check the password that your own configuration gives, and `user:` under `mail:`"
            return Stop(f"{host} refuses the password of {self._where.user}: {said}", hint)
        if "STARTTLS" in str(error) or (self._where.security == "starttls" and code == 454):
            hint = "no password was sent; port 465 speaks TLS from the start"
            return Stop(f"{host} offers no TLS: {said}", hint, exit_code=75)
        if code:
            return Stop(f"{host} does not let us in: {said}", "try again later", exit_code=75)
        hint = "check the network, and `host:` and `port:` under `mail:`; nothing was lost"
        return Stop(f"{host} can not be reached: {said}", hint, exit_code=75)

    def _dropped(self, error: OSError) -> str:
        """The line broke. Too often in a row, and the next message finds the batch put off."""
        self._close(politely=False)
        self._drops += 1
        return self._clean(error)

    def _close(self, politely: bool = True) -> None:
        """Say goodbye and hang up; without the goodbye where nobody listens any more."""
        client, self._yagmail = self._yagmail, None
        if client is None:
            return
        client.is_closed = True  # else yagmail says goodbye once more when it is collected
        if client.smtp is None:
            return
        try:
            if politely:
                client.close()
        except OSError:
            pass
        finally:
            client.smtp.close()

    def _clean(self, error: Exception) -> str:
        """An error's own words on one line, the password struck out."""
        said = getattr(error, "smtp_error", None)
        code = getattr(error, "smtp_code", "")
        if isinstance(error, ssl.SSLCertVerificationError):
            return self._hide(error.verify_message)
        if isinstance(error, TimeoutError):
            return "no answer in time"
        text = f"{code} {_text_of(said)}" if said else getattr(error, "strerror", None) or str(error)
        return self._hide(" ".join(str(text).split()) or type(error).__name__)

    def _hide(self, words: str) -> str:
        """Server's words, printable and short, without the password in any form it travels in."""
        secret, user = self._password, self._where.user
        if secret:
            raw = [secret, f"\0{user}\0{secret}", f"{user}\0{user}\0{secret}"]
            for form in [secret, *(base64.b64encode(text.encode()).decode() for text in raw)]:
                words = words.replace(form, "•••")
        return "".join(c if c.isprintable() else " " for c in words)[:300]


def _pair(answer: Any) -> tuple[int, str]:
    return int(answer[0]), _text_of(answer[1])


def _text_of(words: Any) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(text.split())


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
