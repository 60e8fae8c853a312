"""kill -9 at every write, fsync, rename and socket send of a batch of twenty; the next run goes on from there."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmkit.mail.batch import RESENT
from pmkit.mail.outbox import Outbox
from tests.mail.loopback import Loopback
from tests.mail.nursery import BATCH, Nursery, letters

KINDS = ("availability", "callsheet")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as found:
        yield found


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what a dead process leaves does not depend on the disk under it."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def calls_of(nursery: Nursery, root: Path, kind: str) -> int:
    """How many calls a whole batch makes; it is sent once to count them."""
    with Loopback() as server:
        ended, calls = nursery.run(root, server.port, kind)
    assert ended == 0
    assert len(server.mails) == BATCH
    shutil.rmtree(root)
    return calls


def killed(nursery: Nursery, root: Path, server: Loopback, kind: str, at: int, half: bool) -> tuple[int, int]:
    """Kill a batch there, run it again, look; returns how many are in doubt and how many came twice."""
    server.mails.clear()
    assert nursery.run(root, server.port, kind, at, half)[0] == -9
    server.settle()
    first = Counter(server.recipients())
    assert max(first.values(), default=0) <= 1
    assert nursery.run(root, server.port, kind, later=2)[0] == 0
    server.settle()
    copies = Counter(server.recipients())
    entries = Outbox(root, "mara").standing().entries
    everyone = letters(kind)
    doubts = [p for p in everyone if entries[p.key].status == "doubt"]
    twice = [who for who, number in copies.items() if number > 1]
    for parcel in everyone:
        number, state = copies[parcel.sealed.recipient], entries[parcel.key].status
        assert state in ("sent", "doubt")
        assert number >= 1 or state == "doubt", "lost, and nobody is told"
        assert number <= 1 or (kind in RESENT and number == 2)
    assert len(doubts) <= (0 if kind in RESENT else 1)
    assert len(twice) <= (1 if kind in RESENT else 0)
    for who in twice:
        assert len({data for to, data in server.mails if to == who}) == 1  # the same bytes, with one Message-ID
    if kind in RESENT:
        assert nursery.run(root, server.port, kind, later=4)[0] == 0
        assert Counter(server.recipients()) == copies
    left = [path.name for path in (root / "mail" / "outbox").iterdir() if not path.name.endswith(".tmp")]
    assert sorted(left) == sorted(f"{p.key}.{end}" for p in doubts for end in ("eml", "yaml"))
    shutil.rmtree(root)
    return len(doubts), len(twice)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_the_places_to_die(nursery: Nursery, quick: Path, kind: str) -> None:
    calls = calls_of(nursery, quick / "whole", kind)
    assert calls > 10 * BATCH
    # One in the freezing, one in the archive, and a mail's worth in the midst of the batch: try, text, sent.
    places = [calls // 8, calls - BATCH, *range(calls // 2, calls // 2 + 8, 2 if kind == "availability" else 3)]
    with Loopback() as server:
        for number, at in enumerate(places):
            killed(nursery, quick / str(at), server, kind, at, half=bool(number % 2))


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_every_place_to_die(nursery: Nursery, quick: Path, kind: str) -> None:
    calls = calls_of(nursery, quick / "whole", kind)
    # Every place, before the call and in the midst of it; in a mixed order, for when the time given is short.
    places = [(at, half) for at in range(1, calls + 1) for half in (False, True)]
    random.Random(5).shuffle(places)
    until = time.monotonic() + float(os.environ.get("SOAK_MINUTES", "10")) * 60
    done = doubts = twice = 0
    with Loopback() as server:
        for at, half in places:
            if time.monotonic() > until:
                break
            doubt, double = killed(nursery, quick / f"{at}-{half}", server, kind, at, half)
            done, doubts, twice = done + 1, doubts + doubt, twice + double
    print(f"\n{kind}: {done} of {len(places)} places to die, {doubts} held in doubt, {twice} came twice, 0 lost")
    assert done
