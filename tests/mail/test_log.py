"""The state of a message is read from every clone's log, whatever order and damage they are in."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmkit.mail import log, standing

NOW = datetime(2025, 10, 13, 9, tzinfo=UTC)
KEY = "0123456789abcdef"


def write(root: Path, actor: str, *events: str, start: int = 0, **about: str) -> None:
    for minute, event in enumerate(events, start):
        now = NOW + timedelta(minutes=minute)
        log.append(root, actor, [log.line(now, event, KEY, **about)], now)


def status(root: Path) -> str:
    return standing.read(root).entries[KEY].status


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ("queued", "queued"),
        ("queued try", "doubt"),
        ("queued try sent", "sent"),
        ("queued try deferred", "deferred"),
        ("queued deferred", "deferred"),
        ("queued try deferred try", "doubt"),
        ("queued try failed", "failed"),
        ("queued try requeued", "queued"),
        ("queued try cancelled", "cancelled"),
        ("queued cancelled queued", "queued"),
        ("queued try sent failed try requeued cancelled queued", "sent"),
        ("queued try wanted bounced", "doubt"),
    ],
)
def test_what_one_clone_tells(tmp_path: Path, events: str, expected: str) -> None:
    write(tmp_path, "mara", *events.split())
    assert status(tmp_path) == expected


def test_two_clones_that_both_sent_are_told_and_the_order_of_their_clocks_does_not_matter(tmp_path: Path) -> None:
    for number, (first, second) in enumerate(itertools.product((0, 3, 600), (0, 3, 600))):
        root = tmp_path / str(number)
        write(root, "mara", "queued", "try", "sent", start=first)
        write(root, "joe", "queued", "try", "sent", start=second)
        entry = standing.read(root).entries[KEY]
        assert entry.status == "sent"
        assert sorted(entry.senders) == ["joe", "mara"]


def test_one_clones_failure_does_not_end_anothers_doubt(tmp_path: Path) -> None:
    write(tmp_path, "mara", "queued", "try")
    write(tmp_path, "joe", "queued", "try", "failed", start=10)
    assert status(tmp_path) == "doubt"
    write(tmp_path, "mara", "sent", start=20)
    assert status(tmp_path) == "sent"


def test_a_clock_set_back_does_not_turn_one_clones_order_round(tmp_path: Path) -> None:
    write(tmp_path, "mara", "queued", "try", start=30)
    write(tmp_path, "mara", "deferred", start=0)
    assert status(tmp_path) == "deferred"


def test_a_torn_line_is_told_and_leaves_the_message_in_doubt(tmp_path: Path) -> None:
    write(tmp_path, "mara", "queued", "try")
    path = log.path_of(tmp_path, "mara", NOW)
    whole = log.line(NOW, "sent", KEY)
    with path.open("ab") as file:
        file.write(whole[: len(whole) // 2])
    found = standing.read(tmp_path)
    entries, problems = found.entries, found.problems
    assert entries[KEY].status == "doubt"
    assert [(p.severity, p.place.file, p.place.line) for p in problems] == [
        ("warning", "mail/log/2025-10.mara.jsonl", 3)
    ]
    write(tmp_path, "mara", "sent", start=5)
    assert status(tmp_path) == "sent"


@pytest.mark.parametrize(
    "junk",
    [
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"at":"x","event":"sent","key":"k"}',
        b'{"at":"2025-10-13T09:00:00","event":"sent","key":"k"}',
        b'{"at":"2025-10-13T09:00:00+00:00","event":1,"key":"k"}',
        b"[" * 100_000,
        b"<<<<<<< ours",
        b'{"at":"9999-12-31T23:00:00+00:00","event":"quota","key":"","until":"2026-01-01T00:00:00+00:00"}',
        b'{"at":"0001-01-02T00:00:00+00:00","event":"queued","key":"k"}',
        b'{"at":"2025-10-13T09:00:00+00:00","event":"queued","key":"k","revision":"' + b"9" * 5000 + b'"}',
        '{"at":"2025-10-13T09:00:00+00:00","event":"queued","key":"k","revision":"²"}'.encode(),
    ],
)
def test_what_is_no_event_is_passed_over(tmp_path: Path, junk: bytes) -> None:
    write(tmp_path, "mara", "queued")
    with log.path_of(tmp_path, "mara", NOW).open("ab") as file:
        file.write(junk + b"\n")
    found = standing.read(tmp_path)
    entries, problems = found.entries, found.problems
    assert list(entries) == [KEY]
    assert len(problems) == 1


def test_a_time_that_no_calendar_has_is_no_limit(tmp_path: Path) -> None:
    write(tmp_path, "mara", "queued", not_after="9999-12-31T23:59:59-05:00")
    assert standing.read(tmp_path).entries[KEY].not_after is None


def test_the_month_is_by_utc_and_no_empty_value_is_written(tmp_path: Path) -> None:
    late = datetime.fromisoformat("2025-10-31T18:00:00-07:00")
    assert log.path_of(tmp_path, "mara", late).name == "2025-11.mara.jsonl"
    assert log.line(late, "sent", KEY, words="") == (
        b'{"at":"2025-11-01T01:00:00+00:00","event":"sent","key":"0123456789abcdef"}\n'
    )
