"""A run that is killed loses nothing and doubles nothing that must not be doubled."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pmkit.mail import batch as batches
from pmkit.mail.outbox import Outbox
from pmkit.mail.post import Post
from tests.mail.letters import NOW, parcels
from tests.mail.loopback import PASSWORD, USER, Loopback

ROOT = Path(__file__).parents[2]

# What a child does: the same steps as a command, with a death somewhere in them.
CHILD = """
import os, pathlib, signal, sys
root, port, point, kind = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
from pmkit import disk, lock
from pmkit.mail import batch as batches, log, outbox, post, server
from tests.mail.letters import NOW, parcels

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def at(module, name, when, after=False):
    real, seen = getattr(module, name), []
    def call(*args, **kwargs):
        seen.append(1)
        if len(seen) == when and not after:
            die()
        found = real(*args, **kwargs)
        if len(seen) == when and after:
            die()
        return found
    setattr(module, name, call)

def torn(*args, real=log.append):
    if b'"sent"' in args[2][0]:
        path = log.path_of(root, "mara", NOW)
        with path.open("ab") as file:
            file.write(args[2][0][:30])
            file.flush()
            os.fsync(file.fileno())
        die()
    real(*args)

match point:
    case "temporary file written": at(disk.os, "replace", 1)
    case "frozen": at(log, "append", 1)
    case "queued": at(log, "append", 1, after=True)
    case "recipient accepted": at(log, "append", 2)
    case "try written": at(log, "append", 2, after=True)
    case "text accepted": at(log, "append", 3)
    case "half of sent written": log.append = torn
    case "sent written": at(log, "append", 3, after=True)
with lock.mail_lock(root, "requests"):
    if point == "lock taken":
        die()
    box = outbox.Outbox(root, "mara")
    queued = box.queue(parcels(2, kind), NOW)
    with post.Post(server.Server("127.0.0.1", port, sys.argv[5], "plain"), sys.argv[6]) as door:
        batches.send(box, [*queued.new, *queued.known], door, lambda: NOW)
"""

POINTS = [
    # where it dies, copies on the server then, in doubt after the next run
    ("lock taken", 0, False),
    ("temporary file written", 0, False),
    ("frozen", 0, False),
    ("queued", 0, False),
    ("recipient accepted", 0, False),
    ("try written", 0, True),
    ("text accepted", 1, True),
    ("half of sent written", 1, True),
    ("sent written", 1, False),
]


@pytest.mark.parametrize(
    ("kind", "point", "copies", "doubt"),
    [("availability", *point) for point in POINTS] + [("callsheet", *point) for point in POINTS if point[2]],
)
def test_killed_at_any_point(tmp_path: Path, kind: str, point: str, copies: int, doubt: bool) -> None:
    with Loopback() as server:
        child = [sys.executable, "-c", CHILD, str(tmp_path), str(server.port), point, kind, USER, PASSWORD]
        died = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert died.returncode == -9, died.stderr
        assert len(server.mails) == copies
        outbox = Outbox(tmp_path, "mara")
        queued = outbox.queue(parcels(2, kind), NOW)
        assert queued.refused == ()
        with Post(server.server_for(), PASSWORD) as door:
            batches.send(outbox, [*queued.new, *queued.known], door, lambda: NOW + timedelta(hours=1))
        found = outbox.standing()
        entries, problems = found.entries, found.problems
        states = [entries[p.key].status for p in parcels(2, kind)]
        received = server.recipients()
        assert received.count("p001@example.com") == 1
        if kind == "availability":  # held: never twice, and never lost in silence
            assert states == ["doubt" if doubt else "sent", "sent"]
            assert received.count("p000@example.com") == (copies if doubt else 1)
        else:  # sent again: never lost, at most once too often, and then the same bytes
            assert states == ["sent", "sent"]
            assert received.count("p000@example.com") == (copies + 1 if doubt else 1)
            assert len({data for who, data in server.mails if who == "p000@example.com"}) == 1
        assert bool(problems) == point.startswith("half")
        assert not list(tmp_path.glob("mail/outbox/*.tmp")) or point == "temporary file written"
