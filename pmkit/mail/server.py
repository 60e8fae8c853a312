"""A mail server: how to speak to it, and what its refusals mean."""

from __future__ import annotations

import ipaddress
import re
import ssl
from typing import Final, Literal, NamedTuple

from pmkit.mail.batch import QuotaUsed
from pmkit.problems import Stop

Security = Literal["starttls", "tls", "plain"]
Auth = Literal["password", "xoauth2"]
# Our own quota, not a full mailbox of the recipient (4.2.2) and not a greylist (4.2.0, 4.7.1 "try later").
_QUOTA: Final = re.compile(
    r"\b[45]\.4\.5\b|\b[45]\.7\.28\b|(?:sending|message|daily|hourly|rate|user) (?:\w+ )?(?:quota|limit)"
    r"|too many (?:messages|login)",
    re.IGNORECASE,
)
# With these codes any 4.7.x is about the account or its address, as large providers use them.
_BY_CODE: Final = {421: re.compile(r"\b4\.7\.\d+"), 454: re.compile(r"\b4\.7\.0\b")}
_NOT_TRUSTED: Final = {
    10: "has expired",
    9: "is not valid yet",
    18: "was made by the server itself",
    19: "was made by a stranger",
    20: "was made by a stranger",
    21: "was made by a stranger",
    62: "is for another name",
    64: "is for another address",
}  # OpenSSL's X509_V_ERR numbers


class Server(NamedTuple):
    """A mail server and how to speak to it. Without a user nobody logs in.

    `auth` is what the secret is: a password, or a token of XOAUTH2. A server that takes only so
    many mails a connection has that as `per_connection`; 0 is no such limit.
    """

    host: str
    port: int
    user: str = ""
    security: Security = "starttls"
    auth: Auth = "password"
    per_connection: int = 0


def server(host: str, port: int, user: str = "") -> Server:
    """TLS from the start on port 465, else STARTTLS; in clear only to this machine itself."""
    if port == 465:
        return Server(host, port, user, "tls")
    if port == 587 or not is_loopback(host):
        return Server(host, port, user, "starttls")
    return Server(host, port, user, "plain")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class LoginRefused(OSError):
    """The server did not take the token."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.smtp_code = code
        self.smtp_error = words


def of_quota(code: int, words: str) -> bool:
    """Whether an answer means that this account may send no more for now."""
    by_code = _BY_CODE.get(code)
    return bool(_QUOTA.search(words) or (by_code is not None and by_code.search(words)))


def no_way(where: Server, error: Exception, said: str) -> Stop:
    """Why a server could not be reached or would not have us, in words; `said` is what it said, without the password."""
    host, code = f"{where.host}:{where.port}", getattr(error, "smtp_code", 0)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _NOT_TRUSTED.get(error.verify_code, "is not valid")
        hint = "no password was sent; check host: under mail:, or this machine's certificates and clock"
        return Stop(f"the certificate of {host} is not to be trusted, it {why}: {said}", hint, exit_code=75)
    if isinstance(error, ssl.SSLError):
        hint = "no password was sent; port 465 speaks TLS from the start, port 587 after STARTTLS"
        return Stop(f"{host} does not speak TLS as it should: {said}", hint, exit_code=75)
    login = type(error).__name__ in ("SMTPAuthenticationError", "LoginRefused")
    if "STARTTLS" in str(error) or (where.security == "starttls" and code == 454 and not login):
        hint = "no password was sent; port 465 speaks TLS from the start"
        return Stop(f"{host} offers no TLS: {said}", hint, exit_code=75)
    if isinstance(code, int) and code in (*_BY_CODE, 550, 552) and of_quota(code, said):
        hint = "what is left stays in the outbox; try again later"
        return QuotaUsed(f"{host} lets nobody of this account in for now: {said}", hint, exit_code=75)
    if code in (530, 534, 535) or (login and isinstance(code, int) and 500 <= code < 600):
        what = "token" if where.auth == "xoauth2" else "password"
        hint = f"check the {what} that your own configuration gives, and user: under mail:"
        return Stop(f"{host} refuses the {what} of {where.user}: {said}", hint)
    if "AUTH" in str(error) and not code:
        hint = "is it the server that sends mail for this account? Some take mail without a user: leave user: out"
        return Stop(f"{host} knows no way to log in that pmkit knows: {said}", hint, exit_code=75)
    if isinstance(code, int) and code > 0:
        return Stop(f"{host} does not let us in: {said}", "try again later", exit_code=75)
    if code:
        hint = "check host: and port: under mail:; nothing was lost"
        return Stop(f"{host} is no mail server, or a broken one: {said}", hint, exit_code=75)
    hint = "check the network, and host: and port: under mail:; nothing was lost"
    return Stop(f"{host} can not be reached: {said}", hint, exit_code=75)
