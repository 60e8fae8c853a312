"""A program that has pmkit loaded and bears a child for every order it is given: the child sends a batch and may be killed.

An order is a line of JSON: the production's folder, the server's port, the kind of mail, at which
call of write, fsync, rename or socket send the child dies (0: never), and whether half of that
call is still done. The answer is how it ended and how many such calls it made. The child is a process
of its own and dies of SIGKILL; only loading pmkit is not paid for each time.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pmkit.mail.outbox import Parcel

ROOT = Path(__file__).parents[2]
BATCH = 20


class Nursery:
    """The program, as a context manager; `run` orders a child and waits for it."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def run(self, root: Path, port: int, kind: str, at: int = 0, half: bool = False, later: int = 0) -> tuple[int, int]:
        """How the child ended (0, or -9 when it was killed), and how many calls it made."""
        assert self.process.stdin is not None and self.process.stdout is not None
        order = {"root": str(root), "port": port, "kind": kind, "at": at, "half": half, "later": later}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        ended, calls = json.loads(self.process.stdout.readline())
        return ended, calls


@functools.cache
def letters(kind: str) -> list[Parcel]:
    """The batch, sealed once for all children."""
    from tests.mail.letters import parcels

    return parcels(BATCH, kind)


def counting(at: int, half: bool) -> Callable[[], int]:
    """Counts the calls that leave a trace outside the process, and dies at the one told."""
    calls = 0

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def counted(real: Callable[..., Any], data_at: int | None) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                if half and data_at is not None:
                    data = bytes(arguments[data_at])
                    real(*arguments[:data_at], data[: len(data) // 2], *arguments[data_at + 1 :], **named)
                elif half:
                    real(*arguments, **named)
                die()
            return real(*arguments, **named)

        return call

    write, sendall = os.write, socket.socket.sendall
    os.write = counted(write, 1)
    os.fsync = counted(os.fsync, None)
    os.replace = counted(os.replace, None)
    os.unlink = counted(os.unlink, None)
    socket.socket.sendall = counted(sendall, 1)  # type: ignore[method-assign]
    socket.socket.send = counted(socket.socket.send, 1)  # type: ignore[method-assign]
    return lambda: calls


def child(order: dict[str, Any]) -> int:
    """What a command does: the lock, the queue, the batch, the archive. Returns how many calls it made."""
    from pmkit import lock
    from pmkit.mail import archive, batch, outbox, post, server
    from tests.mail.letters import NOW
    from tests.mail.loopback import PASSWORD, USER

    root, now = Path(order["root"]), NOW + timedelta(hours=order["later"])
    count = counting(order["at"], order["half"])
    with lock.mail_lock(root, "requests"):
        box = outbox.Outbox(root, "mara")
        queued = box.queue(letters(order["kind"]), now)
        where = server.Server("127.0.0.1", order["port"], USER, "plain")
        due = batch.expire(box, [*queued.new, *queued.known], now)
        if due:
            with post.Post(where, PASSWORD) as door:
                batch.send(box, due, door, lambda: now, batch.Limits(2000, 2000))
        archive.tidy(box, box.standing().entries, now)
    return count()


def main() -> None:
    """Bears children until nobody orders any more."""
    import yagmail  # noqa: F401

    for kind in ("availability", "callsheet"):
        letters(kind)
    for line in sys.stdin:
        reads, writes = os.pipe()
        born = os.fork()
        if not born:
            os.close(reads)
            told = os.write
            calls = child(json.loads(line))
            told(writes, str(calls).encode())
            os._exit(0)
        os.close(writes)
        with os.fdopen(reads) as pipe:
            calls = int(pipe.read() or 0)
        ended = os.waitstatus_to_exitcode(os.waitpid(born, 0)[1])
        sys.stdout.write(json.dumps([ended, calls]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
