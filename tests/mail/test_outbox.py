"""A message is frozen before it goes, goes once, and where it stands is always known."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from pmkit import disk
from pmkit.mail import batch as batches
from pmkit.mail.batch import Outcome, due, not_before
from pmkit.mail.outbox import Outbox, key_of
from pmkit.mail.standing import Status
from pmkit.problems import Stop
from tests.mail.letters import NOW, parcel, parcels


class Stand:
    """A door that answers as told and keeps what went through it."""

    def __init__(self, *answers: Status | Stop) -> None:
        self.answers = list(answers)
        self.through: list[str] = []
        self.quota = "quota used up"

    def deliver(self, sender: str, recipient: str, data: bytes, before: Callable[[], None]) -> Outcome:
        answer = self.answers.pop(0) if self.answers else "sent"
        if isinstance(answer, Stop):
            raise answer
        before()
        self.through.append(recipient)
        return Outcome(answer, f"250 {answer}", self.quota if answer == "deferred" else "")


def clock() -> datetime:
    return NOW


def statuses(outbox: Outbox) -> list[Status]:
    return [entry.status for entry in outbox.standing().entries.values()]


def test_the_second_run_sends_nothing(tmp_path: Path) -> None:
    outbox, door, three = Outbox(tmp_path, "mara"), Stand(), parcels(3)
    queued = outbox.queue(three, NOW)
    assert queued.new == tuple(p.key for p in three)
    batch = batches.send(outbox, queued.new, door, clock)
    assert [r.status for r in batch.results] == ["sent"] * 3
    again = outbox.queue(parcels(3), NOW + timedelta(days=1))
    assert (again.new, again.known, again.refused) == ((), queued.new, ())
    assert batches.send(outbox, again.known, door, clock).count("sent") == 3
    assert len(door.through) == 3


def test_what_lies_in_the_outbox_is_private_and_readable(tmp_path: Path) -> None:
    outbox, one = Outbox(tmp_path, "mara"), parcel("ana")
    outbox.queue([one], NOW)
    path = outbox.path_of(one.key)
    assert path.read_bytes() == one.sealed.data
    assert path.stat().st_mode & 0o777 == 0o600
    card = yaml.safe_load(path.with_suffix(".yaml").read_text())
    assert (card["to"], card["who"], card["what"]) == ("ana@example.com", "ana", "grips")
    log = next((tmp_path / "mail" / "log").iterdir()).read_text()
    assert "@" not in log and "Dear" not in log


def test_another_content_under_a_known_key_is_refused_in_words(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "mara")
    outbox.queue([parcel("ana")], NOW)
    changed = parcel("ana", "Are you free on Monday?")
    ((key, fault),) = outbox.queue([changed], NOW).refused
    assert key == changed.key
    assert fault.message == "revision 1 of grips is queued with another content"
    assert "revision: 2" in fault.hint
    assert outbox.queue([parcel("bob"), changed], NOW).new == ()
    assert list(outbox.standing().entries) == [key]
    batches.send(outbox, [key], Stand(), clock)
    assert "was sent with another content" in outbox.queue([changed], NOW).refused[0][1].message


def test_a_message_changed_on_disk_is_not_sent(tmp_path: Path) -> None:
    outbox, one, door = Outbox(tmp_path, "mara"), parcel("ana"), Stand()
    outbox.queue([one], NOW)
    path = outbox.path_of(one.key)
    path.write_bytes(one.sealed.data.replace(b"ana@example.com", b"eve@example.com"))
    (result,) = batches.send(outbox, [one.key], door, clock).results
    assert "was changed after it was queued" in result.words
    path.write_bytes(b"junk")
    assert "not a mail" in batches.send(outbox, [one.key], door, clock).results[0].words
    path.unlink()
    assert "is not here" in batches.send(outbox, [one.key], door, clock).results[0].words
    assert door.through == []


def test_a_file_that_was_frozen_but_not_yet_queued_is_made_anew(tmp_path: Path) -> None:
    outbox, old, new = Outbox(tmp_path, "mara"), parcel("ana", "Old."), parcel("ana")
    disk.write(outbox.path_of(old.key), old.sealed.data)
    outbox.queue([new], NOW)
    assert outbox.path_of(new.key).read_bytes() == new.sealed.data


@pytest.mark.parametrize(("kind", "again"), [("availability", 0), ("release", 0), ("unheard-of", 0), ("callsheet", 1)])
def test_in_doubt_is_held_or_sent_again_by_kind(tmp_path: Path, kind: str, again: int) -> None:
    outbox, one, door = Outbox(tmp_path, "mara"), parcel("ana", kind=kind), Stand("doubt")
    outbox.queue([one], NOW)
    assert batches.send(outbox, [one.key], door, clock).results[0].status == "doubt"
    second = Stand()
    (result,) = batches.send(outbox, [one.key], second, clock).results
    assert len(second.through) == again
    assert result.status == ("sent" if again else "doubt")


def test_the_batch_goes_on_after_a_failure_and_ends_at_a_quota_or_a_stop(tmp_path: Path) -> None:
    outbox, keys = Outbox(tmp_path, "mara"), [p.key for p in parcels(5)]
    outbox.queue(parcels(5), NOW)
    batch = batches.send(outbox, keys, Stand("failed", "doubt", "sent", "deferred"), clock)
    assert [r.status for r in batch.results] == ["failed", "doubt", "sent", "deferred"]
    assert batch.stopped is not None and batch.stopped.exit_code == 75
    assert statuses(outbox) == ["failed", "doubt", "sent", "deferred", "queued"]
    later = lambda: NOW + timedelta(days=2)  # noqa: E731
    batch = batches.send(outbox, keys, Stand(Stop("gone", exit_code=75)), later)
    assert batch.stopped is not None and batch.stopped.message == "gone"
    assert statuses(outbox) == ["failed", "doubt", "sent", "deferred", "queued"]
    assert batches.send(outbox, keys, Stand(), later).stopped is None
    assert statuses(outbox) == ["failed", "doubt", "sent", "sent", "sent"]


def test_a_deferred_message_waits_longer_each_time_and_not_all_alike(tmp_path: Path) -> None:
    outbox, many = Outbox(tmp_path, "mara"), parcels(20)
    outbox.queue(many, NOW)
    for one in many:
        batches.send(outbox, [one.key], Stand("deferred"), clock)
    waits = {(not_before(entry) - NOW).total_seconds() / 60 for entry in outbox.standing().entries.values()}
    assert len(waits) == 20
    assert all(4 <= wait <= 6 for wait in waits)
    entry = outbox.standing().entries[many[0].key]
    assert not due(entry, NOW + timedelta(minutes=3)) and due(entry, NOW + timedelta(minutes=7))
    assert 12 <= (not_before(entry._replace(tries=2)) - NOW).total_seconds() / 60 <= 18
    assert 1152 <= (not_before(entry._replace(tries=9)) - NOW).total_seconds() / 60 <= 1728


def test_keys_name_the_message_and_a_rehearsal_has_its_own() -> None:
    base = ("SALT", "offer", "Ana@example.com", "grips", 1)
    assert key_of(*base) == key_of("SALT", "offer", "ana@EXAMPLE.com", "grips", 1)
    others = {
        key_of("SALTY", *base[1:]),
        key_of("SALT", "hold", *base[2:]),
        key_of("SALT", "offer", "bob@example.com", "grips", 1),
        key_of("SALT", "offer", "Ana@example.com", "gaffers", 1),
        key_of("SALT", "offer", "Ana@example.com", "grips", 2),
        key_of(*base, rehearsal="me@example.com"),
    }
    assert len(others | {key_of(*base)}) == 7


def test_at_most_three_flushes_a_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, real = 0, os.fsync

    def counted(descriptor: int) -> None:
        nonlocal count
        count += 1
        real(descriptor)

    monkeypatch.setattr(disk.os, "fsync", counted)
    outbox = Outbox(tmp_path, "mara")
    batches.send(outbox, outbox.queue(parcels(40), NOW).new, Stand(), clock)
    assert count <= 3 * 40 + 12


def test_a_full_disk_after_the_server_took_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, one = Outbox(tmp_path, "mara"), parcel("ana")
    outbox.queue([one], NOW)

    class Full(Stand):
        def deliver(self, sender: str, recipient: str, data: bytes, before: Callable[[], None]) -> Outcome:
            found = super().deliver(sender, recipient, data, before)
            monkeypatch.setattr(disk.os, "write", self.write)
            return found

        @staticmethod
        def write(*_: object) -> int:
            raise OSError(28, "No space left on device")

    batch = batches.send(outbox, [one.key], Full(), clock)
    monkeypatch.undo()
    assert batch.stopped is not None and batch.stopped.exit_code == 4
    assert "ana@example.com was sent, and that could not be written down" in batch.stopped.message
    assert statuses(outbox) == ["doubt"]
