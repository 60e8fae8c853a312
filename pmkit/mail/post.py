"""The only door to a mail server: one connection and one login for a whole batch.

yagmail makes and holds the connection; pmkit hands it bytes that were frozen before. Its own
`send()` is not used (DECISIONS says why). The server's certificate is always checked, every
step has a time-out, and what the server says is told in words: sent, deferred (try later),
failed (will not work), or in doubt (the line broke after the text had gone).
"""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from pmkit.mail.batch import Outcome
from pmkit.mail.server import LoginRefused, Server, is_loopback, no_way, of_quota
from pmkit.problems import Stop

TIMEOUT: Final = 30.0
PATIENCE: Final = 300.0
"""Seconds for the text itself and the answer to it: a server that looks into a large PDF takes its time (RFC 5321 asks
for ten minutes), and one that is not waited for leaves a mail in doubt that it has taken."""

_DROPS: Final = 3  # connections lost one after the other before the batch is put off


class Post:
    """An open way to one server, as a context manager: `with Post(...) as post: post.deliver(...)`."""

    def __init__(
        self,
        where: Server,
        password: str = "",
        context: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        if where.security == "plain" and not is_loopback(where.host):
            raise Stop(f"mail is not sent in clear to {where.host}", "use port 587 or 465, which speak TLS")
        if where.user and not (password and password.isascii() and password.isprintable()):
            fault = "is not in plain letters, which servers do not take" if password else "is missing"
            raise Stop(f"the password of {where.user} {fault}", "look at your own configuration of pmkit")
        self._where = where
        self._password = password
        self._context = context or (ssl.create_default_context() if where.security != "plain" else None)
        self._timeout, self._patience = timeout, patience
        self._yagmail: Any = None
        self._drops = 0
        self._taken = 0
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
        if self._where.per_connection and self._taken >= self._where.per_connection:
            self._close()
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
            if (code == 421 and not of_quota(code, words)) or not 200 <= code < 600:
                raise ConnectionAbortedError(
                    f"{code} {words}" if code > 0 else f"it says what is no SMTP: {words[:80]}"
                )
            if code == 530:
                said = self._hide(f"{code} {words}")
                raise Stop(
                    f"{self._where.host} wants us to log in: {said}", "give user: under mail: in production.yaml"
                )
            if code not in (250, 251):
                return self._refused(code, words)
        return None

    def _text(self, data: bytes) -> Outcome:
        """The message itself. After this has begun, whatever is no clear answer leaves it in doubt."""
        self._taken += 1
        try:
            code, words = self._waited(data)
        except OSError as error:
            # The answer to DATA itself: the server would not even have the text, so it did not go.
            if type(error).__name__ == "SMTPDataError":
                code, words = _pair((getattr(error, "smtp_code", -1), getattr(error, "smtp_error", b"")))
                if 400 <= code < 600:
                    return self._refused(code, words)
                return Outcome("deferred", f"the server says what is no answer: {self._dropped(error)}")
            return Outcome("doubt", f"the line broke after the text had begun: {self._dropped(error)}")
        if 200 <= code < 300:
            self._drops = 0
            return Outcome("sent", self._hide(words))
        if not 400 <= code < 600:
            strange = ConnectionAbortedError(f"it says what is no answer: {words[:80]}")
            return Outcome("doubt", f"nobody knows whether it was taken: {self._dropped(strange)}")
        return self._refused(code, words)

    def _waited(self, data: bytes) -> tuple[int, str]:
        """What the server says to the text, which it may take its time over."""
        smtp, sock = self._yagmail.smtp, self._yagmail.smtp.sock
        if sock is not None:
            sock.settimeout(self._patience)
        try:
            return _pair(smtp.data(data))
        finally:
            if smtp.sock is not None:  # it hangs up by itself after some answers
                smtp.sock.settimeout(self._timeout)

    def _refused(self, code: int, words: str) -> Outcome:
        """A refusal by its code: 4xx for now, 5xx for good; a quota used up ends the batch."""
        said = self._hide(f"{code} {words}".strip())
        self._drops = 0
        quota = of_quota(code, words)
        stop = f"the mail server {self._where.host} takes no more for now: {said}" if quota else ""
        try:
            if code == 421:
                raise ConnectionAbortedError
            if not 200 <= _pair(self._yagmail.smtp.rset())[0] < 300:
                raise ConnectionAbortedError
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
            smtp_skip_login=not where.user or where.auth == "xoauth2",
            soft_email_validation=False,
            timeout=self._timeout,
            **tls,
        )
        client.user = where.user  # yagmail makes a plain name an address at gmail.com
        self._yagmail, self._taken = client, 0
        try:
            client.login()
            client.smtp.ehlo_or_helo_if_needed()
            if where.user and where.auth == "xoauth2":
                self._show_token(client.smtp)
            self.logins += bool(where.user)
        except (OSError, ValueError) as error:
            self._close(politely=False)
            raise no_way(self._where, error, self._clean(error)) from None

    def _show_token(self, smtp: Any) -> None:
        """Log in with a token (XOAUTH2); only 235 is a yes. yagmail does not look at the answer."""
        told = f"user={self._where.user}\1auth=Bearer {self._password}\1\1"
        code, words = _pair(smtp.docmd("AUTH", "XOAUTH2 " + base64.b64encode(told.encode()).decode()))
        if code == 334:  # why not, in base64; the server wants an empty line before it says no
            why = _decoded(words)
            code, words = _pair(smtp.docmd(""))
            words = f"{words} {why}".strip()
        if code != 235:
            raise LoginRefused(code, words)

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
        if isinstance(error, TimeoutError) or "timed out" in str(error):
            return "no answer in time"
        text = f"{code} {_text_of(said)}" if said else getattr(error, "strerror", None) or str(error)
        return self._hide(" ".join(str(text).split()) or type(error).__name__)

    def _hide(self, words: str) -> str:
        """Server's words, printable and short, without the password in any form it travels in."""
        secret, user = self._password, self._where.user
        if secret:
            raw = [secret, f"\0{user}\0{secret}", f"{user}\0{user}\0{secret}", f"user={user}\1auth=Bearer {secret}\1\1"]
            for form in [secret, *(base64.b64encode(text.encode()).decode() for text in raw)]:
                words = words.replace(form, "•••")
        return "".join(c if c.isprintable() else " " for c in words)[:300]


def _decoded(words: str) -> str:
    """The reason a server gives in base64; as it stands when it is none."""
    try:
        return base64.b64decode(words, validate=True).decode("utf-8", "replace")
    except ValueError:
        return words


def _pair(answer: Any) -> tuple[int, str]:
    return int(answer[0]), _text_of(answer[1])


def _text_of(words: Any) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(text.split())
