"""What exported calendars last said, written and read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pmkit.files import sent_calendars
from pmkit.model.calendar import SentEvent
from pmkit.problems import Stop

SENT = {
    "SALT-2025-10-13-main-ana@pmkit": SentEvent(
        sequence=3, content="12e3456789", date=dt.date(2025, 10, 13), what='SALT: "day" 1\n# {x}: y 🎬 沈'
    ),
    "SALT-2025-10-14-main-ana@pmkit": SentEvent(sequence=1, date=dt.date(2025, 10, 14), what="off", cancelled=True),
}


def put(root: Path, data: bytes) -> None:
    (root / "issued" / "calendar").mkdir(parents=True, exist_ok=True)
    (root / "issued" / "calendar" / "ana.yaml").write_bytes(data)


def test_what_is_written_reads_back_an_event_a_line(tmp_path: Path) -> None:
    data = sent_calendars.written(SENT)
    put(tmp_path, data)
    sent, before = sent_calendars.read(tmp_path, "ana")
    assert before == data and sent_calendars.written(sent) == data
    for key, event in SENT.items():
        read = sent[key]
        assert [getattr(read, name) for name in SentEvent.fields] == [getattr(event, name) for name in SentEvent.fields]
    assert len(data.splitlines()) == 4
    assert sent_calendars.known(tmp_path) == ("ana",)


def test_the_first_time_there_is_nothing(tmp_path: Path) -> None:
    assert sent_calendars.read(tmp_path, "ana") == ({}, None)
    assert sent_calendars.known(tmp_path) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"<<<<<<< ours\na: {sequence: 1, date: 2025-10-13}\n=======\n>>>>>>> theirs\n",
        b"a: {sequence: many, date: 2025-10-13}\n",
        b"a: {sequence: 1}\n",
        b"- a\n",
        b"\xff\xfe",
    ],
)
def test_what_cannot_be_read_stops_rather_than_begin_anew(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, data)
    with pytest.raises(Stop) as stop:
        sent_calendars.read(tmp_path, "ana")
    assert "issued/calendar/ana.yaml" in stop.value.message and "git" in stop.value.hint


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "issued" / "calendar").mkdir(parents=True)
    (tmp_path / "issued" / "calendar" / "ana.yaml").symlink_to("/etc/hosts")
    with pytest.raises(Stop, match="link"):
        sent_calendars.read(tmp_path, "ana")
