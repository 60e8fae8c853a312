"""A mail server on this machine alone, that fails where a test tells it to."""

from __future__ import annotations

import asyncio
import base64
import ssl
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pmkit.mail.server import Security, Server

PASSWORD = "corr3ct-h0rse-battery"
USER = "production@salt.example.com"
CERTIFICATE = Path(__file__).with_name("loopback.pem")  # for "localhost" only, and trusted by nobody

SAYS = {
    "4xx": "451 4.3.0 later, please",
    "5xx": "550 5.1.1 no such person",
    "421": "421 4.3.2 closing down",
    "530": "530 5.7.0 authentication required",
}
GARBAGE = b"\xff\x00 what is this? \x1b[31m\r\n"


class Fault:
    """Fails at one stage of the talk: how, how often, and for which recipient (empty: whoever comes)."""

    def __init__(self, stage: str, how: str, times: int = 1, recipient: str = "") -> None:
        self.stage, self.how, self.times, self.recipient = stage, how, times, recipient


class Loopback(Controller):
    """The server as a context manager; `mails` are (recipient, bytes) as it took them, `said` the commands."""

    def __init__(self, *faults: Fault, security: Security = "plain", login: bool = True) -> None:
        self.faults = list(faults)
        self.security: Security = security
        self.mails: list[tuple[str, bytes]] = []
        self.said: list[str] = []
        self.login = login
        self.trusted = True
        self.talks: set[_Talk] = set()
        self.token = ""
        self.token_answers: list[str] = []
        self.halted = threading.Event()
        self.tls: ssl.SSLContext | None = None
        if security != "plain":
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(CERTIFICATE)
        super().__init__(
            self, hostname="127.0.0.1", port=0, ssl_context=self.tls if security == "tls" else None, ready_timeout=10
        )

    def factory(self) -> SMTP:
        return _Talk(self)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def __enter__(self) -> Loopback:
        faults, self.faults = self.faults, []  # the controller tries the door itself first
        self.start()
        self.faults = faults
        return self

    def __exit__(self, *_: object) -> None:
        self.halted.set()
        asyncio.run_coroutine_threadsafe(self._empty(), self.loop).result(30)
        self.stop()

    async def _empty(self) -> None:
        """Close the door, wait until everybody has gone, and put out who stays: nothing of a talk is left behind."""
        assert self.server is not None
        self.server.close()
        for turn in range(1000):
            await asyncio.sleep(0.01)  # at least once: whoever was just let in is counted then
            if not self.talks:
                return
            if turn >= 100:
                for talk in self.talks:
                    assert talk.transport is not None
                    talk.transport.abort()

    def server_for(self, host: str = "127.0.0.1") -> Server:
        return Server(host, self.port, USER if self.login else "", self.security)

    def settle(self) -> None:
        """Wait until nobody is connected any more: a client that was killed left what it had sent."""
        for _ in range(200):
            if not self.talks:
                return
            time.sleep(0.01)
        raise AssertionError("somebody stays connected")

    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.mails]

    def count(self, word: str) -> int:
        return sum(said.startswith(word) for said in self.said)

    def fault_at(self, stage: str, recipient: str = "") -> str:
        for fault in self.faults:
            if fault.stage == stage and fault.times and fault.recipient in ("", recipient):
                fault.times -= 1
                return fault.how
        return ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipients = list(envelope.rcpt_tos)
        assert len(recipients) == 1
        how = self.fault_at("DOT", recipients[0])
        if how in SAYS or how[:1].isdigit():
            return SAYS.get(how, how)
        if how == "garbage":  # it took the mail, and says what nobody understands
            self.mails.append((recipients[0], bytes(envelope.content or b"")))
            return "\x00 what is this?"
        data = envelope.content
        assert isinstance(data, bytes)
        self.mails.append((recipients[0], data))
        await _break(server, how)
        return "250 2.0.0 taken"


class _Talk(SMTP):
    """One connection, which may break at any command."""

    line_length_limit = 16384  # a token is long

    def __init__(self, owner: Loopback) -> None:
        self.owner = owner

        def check(server: Any, session: Any, envelope: Any, mechanism: str, auth: Any) -> AuthResult:
            good = (
                isinstance(auth, LoginPassword) and auth.login == USER.encode() and auth.password == PASSWORD.encode()
            )
            return AuthResult(success=good, handled=False, message=None if good else "535 5.7.8 wrong password")

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # passwords in clear are what loopback is for
            super().__init__(
                owner,
                tls_context=owner.tls if owner.security == "starttls" else None,
                require_starttls=owner.security == "starttls",
                authenticator=check,
                auth_required=owner.login,
                auth_require_tls=False,
                timeout=20,
            )
        self.command_size_limits["AUTH"] = 12288  # RFC 4954, section 4

    async def _at(self, stage: str, arg: str | None, recipient: str = "") -> bool:
        self.owner.said.append(f"{stage} {arg or ''}".strip())
        how = self.owner.fault_at(stage, recipient)
        if how in SAYS or how[:1].isdigit():
            await self.push(SAYS.get(how, how))
            return True
        await _break(self, how)
        return bool(how)

    def connection_made(self, transport: Any) -> None:
        if self.session is None:  # not once more after STARTTLS
            self.owner.talks.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.owner.talks.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        # The session after STARTTLS comes here again, and has no banner.
        if self.session is not None and self.session.ssl is None:
            how = self.owner.fault_at("CONNECT")
            if how in SAYS or how[:1].isdigit():
                await self.push(SAYS.get(how, how))
            await _break(self, how)
            if how:
                assert self.transport is not None
                self.transport.close()
                return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._at("EHLO", hostname):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        if not await self._at("HELO", hostname):
            await super().smtp_HELO(hostname)

    async def auth_XOAUTH2(self, server: SMTP, args: list[bytes]) -> AuthResult:
        """As large providers do it: the token at once; a no is an explanation, an empty line, and then the no."""
        told = base64.b64decode(args[1])
        good = told == f"user={USER}\1auth=Bearer {self.owner.token}\1\1".encode()
        answers = list(self.owner.token_answers)
        if not answers and good:
            return AuthResult(success=True, auth_data=USER)
        for number, answer in enumerate(answers or ["535 5.7.8 wrong token"]):
            if number:
                await self._reader.readline()
            await self.push(answer)
        return AuthResult(success=False, handled=True)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._at("AUTH", arg):
            await super().smtp_AUTH(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._at("STARTTLS", arg):
            await super().smtp_STARTTLS(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._at("MAIL", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._at("RCPT", arg, arg.partition("<")[2].partition(">")[0]):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        assert self.envelope is not None
        if not await self._at("DATA", arg, self.envelope.rcpt_tos[0]):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        if not await self._at("QUIT", arg):
            await super().smtp_QUIT(arg)


async def _break(talk: Any, how: str) -> None:
    if how == "drop":
        assert talk.transport is not None
        talk.transport.abort()
        await asyncio.sleep(0)
    elif how == "stall":
        for _ in range(60):
            if not talk.owner.halted.is_set():
                await asyncio.sleep(0.05)
    elif how == "garbage":
        assert talk.transport is not None
        talk.transport.write(GARBAGE)
